internal import Events
internal import Foundation
internal import Runtime

/// What a recipient's system is told: that there is something, its reference number and whom to call. No identity.
struct NoticeBody: Sendable, Equatable, Codable {
    struct Details: Sendable, Equatable, Codable {
        /// For answering, and for the recipient's own records.
        let referral: String
        /// What people say on the telephone.
        let referenceNumber: String
        /// The unit's telephone.
        let unitPhone: String
    }

    /// `referral.requested` or `referral.recalled`.
    let type: String
    /// When it was requested or taken back; the attempt's own time is in the header.
    let timestamp: Timestamp
    let data: Details

    /// What is said of a referral, as it is known now.
    init(_ notice: Notice, of dossier: Dossier, referenceNumber: String, unitPhone: String) {
        let request = dossier.request
        type = notice.webhookType
        switch notice {
        case .requested: timestamp = request.requestedAt
        case .recalled: timestamp = dossier.takenBackAt ?? request.requestedAt
        }
        data = Details(referral: request.referral.text, referenceNumber: referenceNumber, unitPhone: unitPhone)
    }

    /// The bytes that are signed and sent.
    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}
