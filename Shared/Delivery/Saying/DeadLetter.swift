internal import Events
internal import Foundation
internal import Runtime

/// A notice to ops that a record was parked. It says where and why, never what: the value stays where it was.
struct DeadLetter: Sendable {
    let service: ServiceName
    let topic: Topic
    let partition: Int32
    let offset: Int64
    let event: UUID?
    let reason: String

    private struct Value: Encodable {
        let topic: String
        let partition: Int32
        let offset: Int64
        let event: String?
        let reason: String
    }

    func saying() throws -> Saying {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let value = Value(
            topic: topic.rawValue, partition: partition, offset: offset, event: event?.text, reason: reason)
        let place = "\(topic.rawValue)/\(partition)/\(offset)"
        return Saying(
            type: .deadLetter(of: service), subject: place, key: place, revision: 1,
            value: Array(try encoder.encode(value)))
    }

    /// The record's place pulls the trigger, so that parking it again after a crash says the same event.
    func cause(_ now: Timestamp) -> Cause {
        Cause(
            trigger: .timer(name: "parked/\(topic.rawValue)/\(partition)/\(offset)", due: Timestamp(milliseconds: 0)),
            time: Timestamp(milliseconds: 0), traceparent: nil)
    }
}
