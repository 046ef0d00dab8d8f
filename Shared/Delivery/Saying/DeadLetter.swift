internal import Events
internal import Runtime

/// The saying and the cause of a notice that a record was parked.
struct DeadLetter: Sendable {
    let service: ServiceName
    let notice: DeadLetterNotice

    private var place: String { "\(notice.topic.rawValue)/\(notice.partition)/\(notice.offset)" }

    func saying() throws -> Saying {
        Saying(
            type: .deadLetter(of: service), subject: place, key: place, child: nil, revision: 1,
            value: try notice.encoded())
    }

    /// The record's place pulls the trigger, so that parking it again after a crash says the same event.
    func cause() -> Cause {
        let never = Timestamp(milliseconds: 0)
        return Cause(trigger: .timer(name: "parked/\(place)", due: never), time: never, traceparent: nil)
    }
}
