internal import Kafka
internal import Runtime
internal import Synchronization
internal import Telemetry

/// How far the worker has come with what was in its logs when it began. Readiness shows it, and the log from time to
/// time; a rebuilt store has hundreds of thousands of records before it.
public final class CatchingUp: Sendable {
    private let state = Mutex<ReadingProgress?>(nil)

    init() {}

    /// Whether the log was found to be the store's own and reading has begun.
    public var hasBegun: Bool { state.withLock { $0 != nil } }

    /// Whether the worker has applied everything that was in its logs when it began. False before it began.
    public var isOver: Bool { state.withLock { $0?.isOver ?? false } }

    /// As "1200 of 600000 records, about 40 s left"; nil before reading began and once it has caught up.
    func text(at now: ContinuousClock.Instant) -> String? {
        state.withLock { progress in progress.flatMap { $0.isOver ? nil : $0.text(at: now) } }
    }

    func begin(from next: [TopicPartition: Int64], to ends: [TopicPartition: Int64], at now: ContinuousClock.Instant) {
        state.withLock { $0 = ReadingProgress(from: next, to: ends, at: now) }
    }

    /// Notes the next offsets of partitions that moved.
    /// - Returns: a line for the log when one is due.
    func applied(_ moved: [TopicPartition: Int64], at now: ContinuousClock.Instant) -> Field? {
        state.withLock { progress in
            guard progress?.isOver == false else { return nil }
            for (place, next) in moved { progress?.read(place, next: next) }
            return progress?.line(at: now)
        }
    }
}
