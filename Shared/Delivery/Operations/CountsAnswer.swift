internal import Foundation
internal import Store
internal import Synchronization

/// The counts of a service, read anew while that is cheap, and never by two at once.
///
/// Some counts have to look at many rows. Whoever asks while they are read gets that reading. One that took longer than
/// `costFree` stands `standingFactor` times as long as it took, so that however large the store is and however often
/// somebody asks, at most one of the store's readers counts, for one part in fifty of its time.
final class CountsAnswer: Sendable {
    static let costFree = Duration.milliseconds(50)
    static let standingFactor = 50

    private struct Answer: Sendable {
        let counts: [Count]
        /// Before the store was asked: what was written by then is counted.
        let at: ContinuousClock.Instant
        let standsUntil: ContinuousClock.Instant
    }

    private struct State {
        /// The last reading, also one that failed.
        var last: Result<Answer, any Error>?
        var isReading = false
        /// Who came while it was read; bounded by the connections of the port.
        var waiting: [CheckedContinuation<Answer, any Error>] = []
    }

    private enum Turn {
        case answered(Answer)
        case reads
        case waits
    }

    private let state = Mutex(State())
    private let store: Store
    private let read: @Sendable (ReadScope) throws -> [Count]

    init(store: Store, read: @escaping @Sendable (ReadScope) throws -> [Count]) {
        self.store = store
        self.read = read
    }

    /// How many wait for a reading that another asker began.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// The counts, and how long ago the reading of them began.
    /// - Throws: what the reading threw, to all who waited for it.
    func counts() async throws -> (counts: [Count], age: Duration) {
        let answer =
            switch turn() {
            case .answered(let answer): answer
            case .reads: try await readForAll()
            case .waits: try await waitForReading()
            }
        return (answer.counts, ContinuousClock.now - answer.at)
    }

    private func turn() -> Turn {
        state.withLock { state in
            if case .success(let last) = state.last, ContinuousClock.now < last.standsUntil { return .answered(last) }
            if state.isReading { return .waits }
            state.isReading = true
            return .reads
        }
    }

    private func readForAll() async throws -> Answer {
        let result: Result<Answer, any Error>
        do {
            result = .success(try await readOnce())
        } catch {
            result = .failure(error)
        }
        let waiting = state.withLock { state in
            state.last = result
            state.isReading = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for asker in waiting { asker.resume(with: result) }
        return try result.get()
    }

    private func waitForReading() async throws -> Answer {
        try await withCheckedThrowingContinuation { asker in
            let ended: Result<Answer, any Error>? = state.withLock { state in
                guard state.isReading else { return state.last }
                state.waiting.append(asker)
                return nil
            }
            if let ended { asker.resume(with: ended) }
        }
    }

    /// What it costs is the larger of the processor's time and the time for which a reader is busy: one that waits for
    /// the disk is as little there for the relay as one that computes.
    private func readOnce() async throws -> Answer {
        let read = self.read
        let at = ContinuousClock.now
        let (counts, cost) = try await store.read { scope in
            let (began, beganOnThread) = (ContinuousClock.now, Self.threadTime())
            let counts = try read(scope)
            return (counts, max(ContinuousClock.now - began, Self.threadTime() - beganOnThread))
        }
        let stands = cost > Self.costFree ? cost * Self.standingFactor : .zero
        return Answer(counts: counts, at: at, standsUntil: .now + stands)
    }

    /// Time for which the calling thread has had a processor.
    private static func threadTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
