internal import Runtime
internal import Synchronization

/// A service's own SQLite database: one writer, some readers, nobody else (DESIGN 3.3).
///
/// Any task may call any function. Closures run on the store's threads and can't suspend, so that no transaction is ever
/// held across a wait.
public final class Store: Sendable {
    /// Where the database and its lock lie.
    public let directory: DataDirectory

    private let writer: Writer
    private let readers: Readers
    private let observers: Observers

    /// Opens the database in a data directory whose lock the caller holds, and brings its schema up to date.
    /// - Parameters:
    ///   - migrations: all that this program knows; see `Migration`.
    ///   - readersCount: threads for reads; two are enough for pages and commands.
    ///   - failed: called once with a fatal failure. The caller ends the process: nothing acknowledged is lost, since
    ///     nobody was told of the transaction that failed.
    /// - Throws: `StoreFailure` or `MigrationFault`.
    public static func open(
        _ directory: DataDirectory, migrations: [Migration], readersCount: Int = 2,
        failed: @escaping @Sendable (StoreFailure) -> Void
    ) async throws -> Store {
        let store = Store(directory, readersCount: readersCount, failed: failed)
        try await store.writer.start(path: directory.databasePath) { connection in
            try MigrationRunner(migrations).bringUpToDate(Transaction(connection))
        }
        store.readers.start(path: directory.databasePath)
        return store
    }

    private init(_ directory: DataDirectory, readersCount: Int, failed: @escaping @Sendable (StoreFailure) -> Void) {
        let observers = Observers()
        self.directory = directory
        self.observers = observers
        writer = Writer(committed: { observers.tell() }, failed: failed)
        readers = Readers(count: readersCount)
    }

    /// Runs `body` in a transaction and returns when what it wrote is on disk.
    ///
    /// Bodies that wait at the same time share a transaction and a disk sync; each is undone alone when it throws. They
    /// run in the order of the calls, on one thread, so that a body sees all earlier ones.
    /// - Throws: what `body` threw, or `StoreFailure` when the transaction could not be made durable.
    public func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
            let job = WriteJob(
                perform: { transaction in
                    do {
                        let value = try body(transaction)
                        return .init(error: nil) { failure in
                            if let failure {
                                continuation.resume(throwing: failure)
                            } else {
                                continuation.resume(returning: value)
                            }
                        }
                    } catch {
                        return .init(error: error) { _ in continuation.resume(throwing: error) }
                    }
                },
                abandon: { continuation.resume(throwing: $0) })
            if !writer.queue.submit(job) { continuation.resume(throwing: StoreFailure.closed) }
        }
    }

    /// Runs `body` on one consistent view of the database, beside writers.
    /// - Throws: what `body` threw, or `StoreFailure`.
    public func read<T: Sendable>(_ body: @escaping @Sendable (ReadScope) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
            let accepted = readers.queue.submit { scope in
                continuation.resume(with: Result { try Self.consistently(try scope.get(), body) })
            }
            if !accepted { continuation.resume(throwing: StoreFailure.closed) }
        }
    }

    /// Calls `observer` after each commit, on the writer's thread: it must not block. There is no way to take it back.
    public func whenCommitted(_ observer: @escaping @Sendable () -> Void) {
        observers.add(observer)
    }

    /// Lets waiting work finish, empties the write-ahead log into the database and closes it.
    public func close() async {
        readers.queue.close(threads: readers.count)
        writer.queue.close(threads: 1)
        await writer.ended.wait()
    }

    /// Copies the database as it is now to `path`, by SQLite's online backup, while the service goes on.
    func copy(to path: String) async throws {
        try await read { try $0.connection.copy(to: path) }
    }

    private static func consistently<T>(_ scope: ReadScope, _ body: (ReadScope) throws -> T) throws -> T {
        try scope.connection.run("BEGIN")
        do {
            let value = try body(scope)
            try scope.connection.run("COMMIT")
            return value
        } catch {
            if scope.connection.isInTransaction { try scope.connection.run("ROLLBACK") }
            throw error
        }
    }
}

/// Who wants to know of commits.
private final class Observers: Sendable {
    private let all = Mutex<[@Sendable () -> Void]>([])

    func add(_ observer: @escaping @Sendable () -> Void) { all.withLock { $0.append(observer) } }

    func tell() { for observer in all.withLock({ $0 }) { observer() } }
}
