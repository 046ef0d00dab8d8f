internal import Foundation
public import Store
internal import Synchronization

/// A real store on a real file in a directory of its own, which goes when the last reference does.
public final class TemporaryStore: Sendable {
    /// What the directory is in.
    public let directory: TemporaryDirectory
    /// The store.
    public let store: Store
    private let migrations: [Migration]
    private let heard: Heard

    /// Opens a store.
    /// - Parameter directory: what another process or test left there is opened again; nil for a new one.
    public convenience init(
        migrations: [Migration], in directory: TemporaryDirectory? = nil, readersCount: Int = 2
    ) async throws {
        let directory = try directory ?? TemporaryDirectory()
        try await self.init(
            directory, DataDirectory(locking: Self.dataPath(in: directory)), migrations, readersCount: readersCount)
    }

    private init(
        _ directory: TemporaryDirectory, _ locked: DataDirectory, _ migrations: [Migration], readersCount: Int
    ) async throws {
        let heard = Heard()
        self.directory = directory
        self.migrations = migrations
        self.heard = heard
        store = try await Store.open(locked, migrations: migrations, readersCount: readersCount) { failure in
            heard.failures.withLock { $0.append(failure) }
        }
        // A test that keeps only the store keeps the directory too.
        store.whenCommitted { withExtendedLifetime(directory) {} }
    }

    /// The same store, closed and opened again; with other migrations as another release would.
    public func reopened(migrations: [Migration]? = nil) async throws -> TemporaryStore {
        await store.close()
        return try await TemporaryStore(directory, store.directory, migrations ?? self.migrations, readersCount: 2)
    }

    /// Where a temporary store's data directory is.
    public static func dataPath(in directory: TemporaryDirectory) -> String { directory.file("data") }

    /// What the store told as fatal.
    public var failures: [StoreFailure] { heard.failures.withLock { $0 } }

    /// The length of a file of the store's in bytes; 0 when it isn't there.
    public func length(of name: String) throws -> Int {
        let path = store.directory.path + "/" + name
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }

    private final class Heard: Sendable {
        let failures = Mutex<[StoreFailure]>([])
    }
}
