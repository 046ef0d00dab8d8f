internal import Foundation
internal import Store
internal import Synchronization

/// The counts of a service, read anew for each who asks while that is cheap.
///
/// Some counts have to look at many rows. An answer that cost more than `costFree` of a processor stands `standing`
/// times as long as it cost, so that however large the store is and however often somebody asks, no more than one part
/// in fifty of a processor goes into counting.
final class CountsAnswer: Sendable {
    static let costFree = Duration.milliseconds(50)
    static let standing = 50

    private struct Answer {
        let counts: [Count]
        let at: ContinuousClock.Instant
        let standsUntil: ContinuousClock.Instant
    }

    private let last = Mutex<Answer?>(nil)
    private let store: Store
    private let read: @Sendable (ReadScope) throws -> [Count]

    init(store: Store, read: @escaping @Sendable (ReadScope) throws -> [Count]) {
        self.store = store
        self.read = read
    }

    /// The counts, and how old they are: zero when they were read for this answer.
    func counts() async throws -> (counts: [Count], age: Duration) {
        if let last = last.withLock({ $0 }), ContinuousClock.now < last.standsUntil {
            return (last.counts, ContinuousClock.now - last.at)
        }
        let read = self.read
        let at = ContinuousClock.now
        let (counts, cost) = try await store.read { scope in
            let began = Self.threadTime()
            return (try read(scope), Self.threadTime() - began)
        }
        let stands = cost > Self.costFree ? cost * Self.standing : .zero
        last.withLock { $0 = Answer(counts: counts, at: at, standsUntil: .now + stands) }
        return (counts, .zero)
    }

    /// Time for which the calling thread has had a processor.
    private static func threadTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
