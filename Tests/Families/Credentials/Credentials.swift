internal import Cryptography
internal import Foundation
internal import Support

/// Makes up the demonstration's secrets: tokens of all callers, webhook secrets of the municipalities; and the files in
/// which services, receiver and this tool find their side of them.
struct Credentials {
    private static let tokenBytes = 24

    let registry: Registry
    let recipients: Recipients
    /// Where the municipalities' systems are played, as `http://host:port`.
    let receiver: String
    private var callers = Callers()
    private var intake: [JSONValue] = []
    private var notifier: [JSONValue] = []
    private var reporting: [JSONValue] = []

    init(registry: Registry, recipients: Recipients, receiver: String) {
        self.registry = registry
        self.recipients = recipients
        self.receiver = receiver
    }

    mutating func write(into folder: URL) throws {
        for unit in registry.units {
            let scope: JSONValue = ["careProvider": .string(unit.careProvider), "units": [.string(unit.unit)]]
            for role in [Callers.Role.tablet, .nurse] { intake.append(try entry(role, at: unit.unit, scope)) }
        }
        for (provider, units) in Dictionary(grouping: registry.units, by: \.careProvider).sorted(by: { $0.key < $1.key }
        ) {
            let units: [JSONValue] = units.map { .string($0.unit) }
            intake.append(try entry(.ehr, at: provider, ["careProvider": .string(provider), "units": .array(units)]))
        }
        let municipalities = Set(recipients.all.map(\.municipality)).sorted()
        for municipality in municipalities {
            for role in [Callers.Role.familyTherapist, .socialWorker, .municipalManager] {
                notifier.append(try entry(role, at: municipality, ["municipalities": [.string(municipality)]]))
            }
        }
        reporting.append(try entry(.regionalCoordinator, at: "region", ["wholeRegion": true]))
        var receiverLines = ""
        var endpoints: [JSONValue] = []
        for municipality in municipalities {
            let secret = "whsec_" + Data(try SecureRandom.bytes(32)).base64EncodedString()
            receiverLines += "\(municipality) \(secret)\n"
            for recipient in recipients.all where recipient.municipality == municipality && recipient.takesWebhooks {
                endpoints.append([
                    "recipient": .string(recipient.recipient), "url": .string("\(receiver)/hooks/\(municipality)"),
                    "secret": .string(secret),
                ])
            }
        }
        try write(.array(intake), to: "intake-tokens.json", in: folder)
        try write(.array(notifier), to: "notifier-tokens.json", in: folder)
        try write(.array(reporting), to: "reporting-tokens.json", in: folder)
        try write(.array(endpoints), to: "recipients.json", in: folder)
        try write(Data(receiverLines.utf8), to: "receiver-secrets.txt", in: folder)
        try write(try Self.encoder.encode(callers), to: "callers.json", in: folder)
    }

    /// A new token's entry for a service's file: the hash; the token itself goes to the callers.
    private mutating func entry(_ role: Callers.Role, at place: String, _ scope: JSONValue) throws -> JSONValue {
        let token = try SecureRandom.bytes(Self.tokenBytes).hexText
        callers.add(role, at: place, token: token)
        var entry = scope
        entry["name"] = .string(Callers.name(role, at: place))
        entry["role"] = .string(role.rawValue)
        entry["sha256"] = .string(SHA256.hash(Array(token.utf8)).hexText)
        return entry
    }

    private func write(_ json: JSONValue, to name: String, in folder: URL) throws {
        try write(try Self.encoder.encode(json), to: name, in: folder)
    }

    /// Readable by the owner only.
    private func write(_ bytes: Data, to name: String, in folder: URL) throws {
        let path = folder.appending(path: name).path
        guard FileManager.default.createFile(atPath: path, contents: bytes, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
