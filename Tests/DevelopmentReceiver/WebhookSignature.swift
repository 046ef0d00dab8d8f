internal import Cryptography
internal import Foundation
internal import Runtime

/// A receiver's secret of Standard Webhooks 1.0.0: `whsec_` and 24 to 64 bytes in base64.
struct WebhookSecret: Sendable {
    let key: [UInt8]

    init?(text: String) {
        let prefix = "whsec_"
        guard text.hasPrefix(prefix), let key = Data(base64Encoded: String(text.dropFirst(prefix.count))),
            (24...64).contains(key.count)
        else { return nil }
        self.key = Array(key)
    }
}

/// What a delivery says of itself in its headers.
struct WebhookHeaders: Sendable {
    let id: String
    let timestamp: String
    let signatures: String
}

/// Whether a delivery is from somebody who holds one of the secrets, and new enough not to be a recording.
struct WebhookVerification: Sendable {
    enum Fault: String, Error {
        case id = "webhook-id is 1 to 128 of letters, digits, '_' and '-'"
        case timestamp = "webhook-timestamp is whole seconds since 1970"
        case tooOldOrNew = "webhook-timestamp is more than five minutes from now"
        case signature = "no v1 signature in webhook-signature fits"
    }

    /// How far sender's and receiver's clocks may be apart, both ways.
    static let tolerance: Duration = .seconds(300)

    /// While a secret is changed the sender signs with the new and the old one, and the receiver may hold both.
    let secrets: [WebhookSecret]

    func check(_ headers: WebhookHeaders, body: [UInt8], now: Timestamp) throws(Fault) {
        guard (1...128).contains(headers.id.utf8.count), headers.id.utf8.allSatisfy(Self.isAllowedInID) else {
            throw .id
        }
        guard (1...11).contains(headers.timestamp.utf8.count), let seconds = Int64(headers.timestamp), seconds >= 0
        else {
            throw .timestamp
        }
        let difference = now - Timestamp(milliseconds: seconds * 1_000)
        guard difference <= Self.tolerance, difference >= .zero - Self.tolerance else { throw .tooOldOrNew }
        let given = headers.signatures.split(separator: " ").filter { $0.hasPrefix("v1,") }
            .compactMap { Data(base64Encoded: String($0.dropFirst(3))) }
        let signed = Array("\(headers.id).\(headers.timestamp).".utf8)
        let fits = secrets.contains { secret in
            let wanted = HMACSHA256.authenticate(parts: [signed, body], key: secret.key)
            return given.contains { constantTimeEquals(Array($0), wanted) }
        }
        guard fits else { throw .signature }
    }

    private static func isAllowedInID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
