internal import Cryptography
internal import Events
internal import Kafka
internal import Runtime

/// The saying and the cause of a notice that a record was parked.
struct DeadLetter: Sendable {
    let service: ServiceName
    let notice: DeadLetterNotice
    /// The record that was parked.
    let record: ConsumedRecord

    private var place: String { "\(notice.topic.rawValue)/\(notice.partition)/\(notice.offset)" }

    func saying() throws -> Saying {
        Saying(
            type: .deadLetter(of: service), subject: place, key: place, child: nil, revision: 1,
            value: try notice.encoded())
    }

    /// The record at its place pulls the trigger: parking it again after a crash says the same event, and another
    /// record at the same place of a topic that was made anew says its own.
    func cause() -> Cause {
        let never = Timestamp(milliseconds: 0)
        let content = SHA256.hash((record.key ?? []) + (record.value ?? [])).hexText.prefix(16)
        let which = notice.event?.uuid.text ?? String(content)
        return Cause(trigger: .timer(name: "parked/\(place)/\(which)", due: never), time: never, traceparent: nil)
    }
}
