internal import Kafka
public import Runtime
internal import Synchronization

/// Since when the service is known to have read some topics to their ends.
///
/// The worker asks the broker where the logs end and notes the time of the question; once everything before those ends
/// is applied, the store was as new as the logs at that time. Cut off from the broker, the time stands still, and
/// whoever needs a fresh view (the notifier before an attempt, DESIGN 3.2) sees it grow old.
public final class SeenEnds: Sendable {
    private struct State {
        var question: (askedAt: Timestamp, ends: [TopicPartition: Int64])?
        var seenAt: Timestamp?
    }

    private let state = Mutex(State())

    init() {}

    /// The last time at which the store was as new as the watched logs; nil before the first.
    public var seenAt: Timestamp? { state.withLock { $0.seenAt } }

    /// Whether the store was as new as the watched logs within `age` before `now`.
    public func isFresh(at now: Timestamp, within age: Duration) -> Bool {
        guard let seenAt else { return false }
        // A clock that was set back says nothing about how old the view is.
        return (.zero...age).contains(now - seenAt)
    }

    func ask(_ ends: [TopicPartition: Int64], askedAt: Timestamp) {
        state.withLock { state in
            // An unanswered question stays: a newer one would push the answer away for ever while records flow.
            if state.question == nil { state.question = (askedAt, ends) }
        }
    }

    func applied(next: [TopicPartition: Int64]) {
        state.withLock { state in
            guard let question = state.question else { return }
            guard question.ends.allSatisfy({ next[$0.key, default: 0] >= $0.value }) else { return }
            state.seenAt = question.askedAt
            state.question = nil
        }
    }
}
