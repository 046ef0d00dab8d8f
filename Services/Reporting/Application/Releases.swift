internal import Runtime
internal import Store
internal import Synchronization

/// The release that callers are shown: made when it is asked for, and kept while the store stays as it is.
///
/// While records flow, a release is shown for up to `age` after it was made; one caller at a time makes the next, and
/// the others are shown the one that stands.
actor Releases {
    /// How old a release may be while newer facts are in the store.
    static let age: Duration = .seconds(2)

    private struct Standing {
        let release: Release
        let madeAt: Timestamp
        /// Commits seen before it was made.
        let commits: Int
    }

    private let region: String
    private let store: Store
    private let time: TimeSource
    private let commits = CommitCount()
    private var standing: Standing?
    private var isMaking = false

    init(region: String, store: Store, time: TimeSource) {
        self.region = region
        self.store = store
        self.time = time
        let commits = self.commits
        store.whenCommitted { commits.add() }
    }

    /// The release to show.
    /// - Throws: `StoreFailure`.
    func current() async throws -> Release {
        let now = time.now()
        let commits = self.commits.value
        if let standing, isMaking || standing.commits == commits || now - standing.madeAt < Self.age {
            return standing.release
        }
        isMaking = true
        defer { isMaking = false }
        let region = self.region
        let reading = try await store.read { try ReleaseReading.read(region: region, from: $0) }
        let release = Release(
            region: region, freshness: reading.freshness, resources: reading.resources, tally: reading.tally)
        standing = Standing(release: release, madeAt: now, commits: commits)
        return release
    }
}

/// How often the store was committed to since the process started.
private final class CommitCount: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}
