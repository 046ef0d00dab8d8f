internal import Foundation

/// What of the demonstration's contact lists a nurse needs: who may be told in which municipality.
struct Recipients: Sendable {
    struct Recipient: Sendable {
        let recipient: String
        let municipality: String
        /// As `recipient.changed` names functions.
        let kind: String
        /// Whether a system is told, rather than that somebody looks into the inbox.
        let takesWebhooks: Bool
    }

    let all: [Recipient]

    /// Reads the file that the referral router publishes.
    static func read(_ folder: URL) throws -> Recipients {
        let bytes = try Data(contentsOf: folder.appending(path: "contact-lists.json"))
        let file = try JSONDecoder().decode(File.self, from: bytes)
        return Recipients(
            all: file.municipalities.flatMap { municipality in
                municipality.recipients.map { recipient in
                    Recipient(
                        recipient: recipient.recipient, municipality: municipality.municipality, kind: recipient.kind,
                        takesWebhooks: recipient.channels.first?.kind == "webhook")
                }
            })
    }

    /// The function that an offer of the kind goes to; nil for kinds that send nothing.
    static func function(for offerKind: String) -> String? {
        switch offerKind {
        case "family-therapist", "joint-visit": "familyTherapist"
        case "social-worker": "socialWorker"
        case "care": "otherFunction"
        default: nil
        }
    }

    func recipient(for offerKind: String, in municipality: String) -> Recipient? {
        guard let function = Self.function(for: offerKind) else { return nil }
        return all.first { $0.kind == function && $0.municipality == municipality }
    }

    func recipient(_ name: String) -> Recipient? { all.first { $0.recipient == name } }

    private struct File: Decodable {
        let municipalities: [Municipality]
    }

    private struct Municipality: Decodable {
        let municipality: String
        let recipients: [Function]
    }

    private struct Function: Decodable {
        let recipient: String
        let kind: String
        let channels: [Channel]
    }

    private struct Channel: Decodable {
        let kind: String
    }
}
