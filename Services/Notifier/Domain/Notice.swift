internal import Cryptography
internal import Events
internal import Foundation
internal import Runtime

/// What a recipient is told about a referral. The raw value stands in the store and, as `referral.…`, in webhooks.
enum Notice: String, Sendable, CaseIterable {
    /// There is a referral.
    case requested
    /// It was taken back: the recipient lets it rest.
    case recalled

    /// The type in the webhook's body.
    var webhookType: String { "referral.\(rawValue)" }

    /// The delivery of this notice about a referral, and the webhook's id: the same on every attempt, after every crash
    /// and in whatever order the records came. UUIDv8 of SHA-256.
    func delivery(of referral: ReferralID) -> DeliveryID {
        let digest = SHA256.hash(Array("delivery/\(rawValue)/\(referral.text)".utf8))
        let high = digest[0..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let low = digest[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return DeliveryID(UUID(high: high, low: low, version: 8))
    }
}
