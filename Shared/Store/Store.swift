internal import Runtime

/// A service's own SQLite database: one writer, some readers, nobody else (DESIGN 3.3).
///
/// Any task may call any function. Closures run on the store's threads and can't suspend, so that no transaction is
/// ever held across a wait.
public final class Store: Sendable {
    /// Where the database and its lock lie.
    public let directory: DataDirectory

    let writer: Writer
    private let readers: Readers
    private let observers: Observers
    private let alarm: Alarm

    /// Opens the database in a data directory whose lock the caller holds, and brings its schema up to date.
    ///
    /// Before that, a restore that was interrupted is brought to its end, and plain copies that an interrupted backup
    /// left behind are removed.
    /// - Parameters:
    ///   - migrations: all that this program knows; see `Migration`.
    ///   - readersCount: threads for reads; two are enough for pages and commands.
    ///   - failed: called once, on a thread of the store, with a fatal failure. The caller ends the process: nothing
    ///     acknowledged is lost, since nobody was told of the transaction that failed, and nothing is written after it.
    /// - Throws: `StoreFailure` or `MigrationFault`.
    public static func open(
        _ directory: DataDirectory, migrations: [Migration], readersCount: Int = 2,
        failed: @escaping @Sendable (StoreFailure) -> Void
    ) async throws -> Store {
        let store = Store(directory, readersCount: readersCount, failed: failed)
        // The closure keeps the directory, and so its lock, for as long as the thread lives.
        try await store.writer.start {
            try directory.withPlainCopies { try directory.finishRestore() }
            try directory.makeDatabaseFile()
            let connection = try Connection(path: directory.databasePath, purpose: .writing)
            try MigrationRunner(migrations).bringUpToDate(Transaction(connection))
            return connection
        }
        store.readers.start(path: directory.databasePath)
        return store
    }

    private init(_ directory: DataDirectory, readersCount: Int, failed: @escaping @Sendable (StoreFailure) -> Void) {
        let observers = Observers()
        let alarm = Alarm(failed)
        self.directory = directory
        self.observers = observers
        self.alarm = alarm
        writer = Writer(committed: { observers.tell() }, failed: { alarm.raise($0) })
        readers = Readers(count: readersCount)
    }

    deinit {
        // A store that nobody closed: its threads must not stay for ever.
        readers.close()
        writer.queue.close(threads: 1)
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
                        return .init(error: nil) { error in
                            continuation.resume(with: error.map { .failure($0) } ?? .success(value))
                        }
                    } catch {
                        return .init(error: error) { _ in continuation.resume(throwing: error) }
                    }
                },
                abandon: { continuation.resume(throwing: $0) })
            if !writer.queue.submit(job) { continuation.resume(throwing: StoreFailure.closed) }
        }
    }

    /// Runs `body` on one consistent view of the database, beside writers. It sees every write that had returned
    /// before.
    /// - Throws: what `body` threw, or `StoreFailure`.
    public func read<T: Sendable>(_ body: @escaping @Sendable (ReadScope) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
            let accepted = readers.queue.submit { [alarm] scope in
                let result = Result { try Self.consistently(try scope.get(), body) }
                if case .failure(let error as StoreFailure) = result, error.isDamage { alarm.raise(error) }
                continuation.resume(with: result)
            }
            if !accepted { continuation.resume(throwing: StoreFailure.closed) }
        }
    }

    /// Calls `observer` after each commit, on the writer's thread: it must not block. There is no way to take it back.
    public func whenCommitted(_ observer: @escaping @Sendable () -> Void) {
        observers.add(observer)
    }

    /// Lets waiting work finish, empties the write-ahead log into the database and closes it. Reads that come later are
    /// refused, and writes as soon as the last read is done. Returns when the last connection is closed, also to a task
    /// that is cancelled meanwhile.
    public func close() async {
        readers.close()
        // The log can be emptied only when nobody reads from it any more.
        await readers.waitUntilEnded()
        writer.queue.close(threads: 1)
        await writer.ended.wait()
    }

    private static func consistently<T>(_ scope: ReadScope, _ body: (ReadScope) throws -> T) throws -> T {
        try scope.connection.begin()
        do {
            let value = try body(scope)
            try scope.connection.commit()
            return value
        } catch {
            try scope.connection.undo()
            throw error
        }
    }
}
