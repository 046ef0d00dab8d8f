internal import Foundation
internal import HTTPClient
internal import Support

/// Where everything is: the services' public ports, the municipalities' receiver, and who may call as whom.
struct Town: Sendable {
    let client: HTTPClient
    let intake: String
    let notifier: String
    let callers: Callers
    let registry: Registry
    let recipients: Recipients
    let instrument: Instrument
    let mailbox: MunicipalMailbox

    func caller(_ role: Callers.Role, at place: String) throws -> Caller {
        let isMunicipal = [.familyTherapist, .socialWorker, .municipalManager].contains(role)
        return Caller(
            client: client, base: isMunicipal ? notifier : intake, token: try callers.token(role, at: place))
    }

    /// Whoever answers for a recipient.
    func caller(for recipient: Recipients.Recipient) throws -> Caller {
        let role = Callers.Role(rawValue: recipient.kind) ?? .municipalManager
        return try caller(role, at: recipient.municipality)
    }
}

/// What the municipalities have been told, by reference number: what came to their systems by webhook, and what lies in
/// the inbox of those who have no system.
actor MunicipalMailbox {
    private static let interval = Duration.milliseconds(100)

    private let receiver: Caller
    private var referrals: [String: String] = [:]
    private var cursors: [String: String] = [:]
    private var askedAt: ContinuousClock.Instant?

    init(receiver: Caller) { self.receiver = receiver }

    /// The referral's id, once its recipient has been told.
    func referral(_ reference: String, inbox: Caller?, of recipient: String) async throws -> String? {
        if let known = referrals[reference] { return known }
        if let inbox {
            let after = cursors[recipient] ?? "0"
            let page = try await inbox.get("/v1/inbox?after=\(after)")
            for entry in page["entries"]?.elements ?? [] { note(entry) }
            cursors[recipient] = page["next"]?.text ?? after
        } else if askedAt.map({ ContinuousClock.now - $0 > Self.interval }) ?? true {
            askedAt = .now
            for delivery in try await receiver.get("/received").elements {
                note(try JSONDecoder().decode(JSONValue.self, from: Data((delivery["payload"]?.text ?? "").utf8)))
            }
        }
        return referrals[reference]
    }

    private func note(_ notice: JSONValue) {
        guard notice["type"]?.text == "referral.requested", let reference = notice["data"]?["referenceNumber"]?.text,
            let referral = notice["data"]?["referral"]?.text
        else { return }
        referrals[reference] = referral
    }
}
