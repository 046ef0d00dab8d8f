public import Events
internal import Foundation
public import Runtime

/// A recorded event: what was on a topic, byte for byte in meaning. Recorded once per released version and never
/// changed, so that a reader can be shown what older writers wrote, and what a later one may write.
public struct EventFixture: Sendable {
    /// The file's name without its ending.
    public let name: String
    /// The topic it was on.
    public let topic: Topic
    /// Text of the trigger that went into its id.
    public let trigger: String
    /// The trigger's time.
    public let triggeredAt: Timestamp
    /// The record's key.
    public let key: [UInt8]
    /// The record's headers, by name.
    public let headers: [EventHeader]
    /// The record's value.
    public let value: [UInt8]

    /// Events of the first version, one a type.
    public static func recorded() throws -> [EventFixture] { try read(folder: "v1") }

    /// The event of one type, as the first version wrote it.
    public static func recorded(_ type: EventType) throws -> EventFixture {
        try EventFixture(folder: "v1", file: "\(type.name).json")
    }

    /// A record of a type that this release doesn't know: a reader must let it wait.
    public static func unknownType() throws -> EventFixture {
        try EventFixture(folder: "future", file: "unknown-type.json")
    }

    /// A `screening.offered` with members, codes and headers that this release doesn't know: a reader must apply it.
    public static func unknownMembers() throws -> EventFixture {
        try EventFixture(folder: "future", file: "unknown-members.json")
    }

    private static let path = "Tests/EventsTests/Fixtures"

    private static func read(folder: String) throws -> [EventFixture] {
        try Repository.files(in: "\(path)/\(folder)").map { try EventFixture(folder: folder, file: $0) }
    }

    private struct Recording: Decodable {
        let topic: Topic
        let trigger: String
        let triggeredAt: Timestamp
        let key: String
        let headers: [String: String]
        let value: JSONValue
    }

    private init(folder: String, file: String) throws {
        let recording = try JSONDecoder().decode(
            Recording.self, from: Repository.bytes("\(Self.path)/\(folder)/\(file)"))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        name = String(file.dropLast(5))
        topic = recording.topic
        trigger = recording.trigger
        triggeredAt = recording.triggeredAt
        key = Array(recording.key.utf8)
        headers = recording.headers.sorted { $0.key < $1.key }.map { EventHeader($0.key, $0.value) }
        value = Array(try encoder.encode(recording.value))
    }
}
