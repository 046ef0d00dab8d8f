internal import Kafka
internal import Runtime
internal import Synchronization
internal import Telemetry

/// How far the worker has come with what was in its logs when it began. Readiness shows it, and the log from time to
/// time; a rebuilt store has hundreds of thousands of records before it, and those of its own topics before these.
public final class CatchingUp: Sendable {
    private struct State {
        var act = ""
        var progress: ReadingProgress?
        var hasBegun = false
        var isOver = false
        var records: Int64 = 0
    }

    private let state = Mutex(State())

    init() {}

    /// Whether the log was found to be the store's own and reading has begun.
    public var hasBegun: Bool { state.withLock { $0.hasBegun } }

    /// Whether the worker has applied everything that was in its logs when it began; in a store that is being rebuilt,
    /// also what came into them until all that had been said was taken back. False before it began.
    public var isOver: Bool { state.withLock { $0.isOver } }

    /// As "reading: 1200 of 600000 records, about 40 s left"; nil while there is nothing to catch up with.
    func text(at now: ContinuousClock.Instant) -> String? {
        state.withLock { state in
            guard let progress = state.progress, !state.isOver, !progress.isOver else { return nil }
            return "\(state.act): \(progress.text(at: now))"
        }
    }

    /// Own topics are read, between two positions.
    func beginTakingBack(
        from next: [TopicPartition: Int64], to ends: [TopicPartition: Int64], at now: ContinuousClock.Instant
    ) {
        state.withLock { state in
            state.act = "taking back what was said"
            state.progress = ReadingProgress(from: next, to: ends, at: now)
        }
    }

    /// The service's logs are read, up to where they ended when they were looked at.
    func begin(from next: [TopicPartition: Int64], to ends: [TopicPartition: Int64], at now: ContinuousClock.Instant) {
        state.withLock { state in
            state.act = "reading"
            let progress = ReadingProgress(from: next, to: ends, at: now)
            state.records += progress.total
            state.progress = progress
            state.hasBegun = true
        }
    }

    /// Notes the next offsets of partitions that moved.
    /// - Returns: a line for the log when one is due.
    func read(_ moved: [TopicPartition: Int64], at now: ContinuousClock.Instant) -> Field? {
        state.withLock { state in
            guard !state.isOver, state.progress?.isOver == false else { return nil }
            for (place, next) in moved { state.progress?.read(place, next: next) }
            return state.progress?.line(at: now)
        }
    }

    /// Whether the ends given last have been reached.
    var isAtEnds: Bool { state.withLock { $0.progress?.isOver ?? false } }

    /// Nothing is left to catch up with.
    /// - Returns: how many records there were to catch up with.
    func finish() -> Int64 {
        state.withLock { state in
            state.isOver = true
            return state.records
        }
    }
}
