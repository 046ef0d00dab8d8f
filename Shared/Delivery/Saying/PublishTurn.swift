internal import Events
internal import Kafka

/// What a chunk's acknowledgements mean for the marks. Pure.
///
/// A topic's mark rises over the acknowledged prefix of its rows. A row that may or may not be in the log is sent again
/// in the same order, with its later ones; a row that the broker will never take stops its topic, and only that.
struct PublishTurn: Sendable {
    /// The rows that were sent, in outbox order.
    let sent: [Outbox.Entry]
    /// One result for each.
    let results: [PublishResult]
    /// The last row that was looked at, sent or not.
    let lastSeq: Int64

    /// The marks after the turn, and whether something has to be sent again.
    func marks(after marks: PublishedMarks) -> (marks: PublishedMarks, mustRetry: Bool) {
        var next = marks
        var halted: Set<Topic> = []
        for (entry, result) in zip(sent, results) where !halted.contains(entry.topic) {
            switch result {
            case .persisted: next.published[entry.topic] = entry.seq
            case .retry: halted.insert(entry.topic)
            case .refused(let failure):
                halted.insert(entry.topic)
                next.stopped[entry.topic] = failure.name
            }
        }
        for topic in next.published.keys where !halted.contains(topic) && next.stopped[topic] == nil {
            next.published[topic] = max(next.published[topic, default: 0], lastSeq)
        }
        return (next, halted.contains { next.stopped[$0] == nil })
    }
}
