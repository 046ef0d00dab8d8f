internal import CSQLite
internal import Foundation

/// One SQLite connection with its prepared statements. Owned by one thread; never crosses to another.
final class Connection {
    enum Purpose {
        /// The store's one writer.
        case writing
        case reading
        /// Making or examining a file that stands alone, as for a backup: no log beside it.
        case assembling
    }

    let handle: OpaquePointer
    let statements: StatementCache
    /// The bytes of the values bound to statements that run.
    let bindings = BindingRoom()
    /// What the transaction has counted and not yet written.
    var tallies = TallyChanges()
    private let isReading: Bool
    /// SQLite's hook writes here after each commit; outlives the handle.
    private let walPagesCounter: UnsafeMutablePointer<Int32>
    /// Whether statements make sense only inside the transaction that `begin` began.
    private var expectsTransaction = false
    /// Why SQLite ended that transaction by itself, if it did.
    private var endedBy: StoreFailure?

    /// Once, before the first connection. Refused when something else in the process was before us, which costs a
    /// little time and nothing else.
    private static let configured = barn_configure()

    init(path: String, purpose: Purpose) throws(StoreFailure) {
        _ = Self.configured
        let flags =
            purpose == .reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        var opened: OpaquePointer?
        let result = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard result == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw StoreFailure(code: result, doing: "opening the database")
        }
        handle = opened
        statements = StatementCache(handle: opened)
        isReading = purpose == .reading
        walPagesCounter = .allocate(capacity: 1)
        walPagesCounter.initialize(to: 0)
        sqlite3_busy_timeout(handle, Self.busyTimeoutMilliseconds)
        try check(barn_harden(handle), "hardening the connection")
        try configure(for: purpose)
    }

    deinit {
        statements.finalizeAll()
        sqlite3_close_v2(handle)
        walPagesCounter.deallocate()
    }

    /// Nobody else holds the database for long; a person's query with the shell may for a moment.
    static let busyTimeoutMilliseconds: Int32 = 5000

    private func configure(for purpose: Purpose) throws(StoreFailure) {
        switch purpose {
        case .writing:
            try run("PRAGMA journal_mode = WAL")
            // FULL, not the NORMAL that WAL is often run with: what was acknowledged must survive a power cut.
            try run("PRAGMA synchronous = FULL")
            try run("PRAGMA foreign_keys = ON")
            try run("PRAGMA secure_delete = ON")
            // Automatic checkpoints run inside some commit; the writer checkpoints after it has answered.
            try run("PRAGMA wal_autocheckpoint = 0")
            sqlite3_wal_hook(handle, noteWALPages, walPagesCounter)
        case .reading:
            try run("PRAGMA query_only = 1")
        case .assembling:
            try run("PRAGMA journal_mode = DELETE")
            try run("PRAGMA synchronous = FULL")
            try run("PRAGMA foreign_keys = ON")
        }
        // Otherwise large sorts and statement journals go to files in /tmp, with rows about people in them.
        try run("PRAGMA temp_store = MEMORY")
        try run("PRAGMA cache_size = -8192")
    }

    /// Runs SQL text that takes no parameters and whose rows, if any, don't matter.
    func run(_ sql: String) throws(StoreFailure) {
        try check(sqlite3_exec(handle, sql, nil, nil, nil), sql)
    }

    /// Runs a statement, handing each row to `row` until it says stop.
    func step(_ sql: StaticString, _ values: [SQLValue], row: (Row) throws -> Bool) throws {
        // Past the end of a transaction each statement would be one of its own, and committed.
        if expectsTransaction, !isInTransaction { throw endedBy ?? .undone }
        let borrowed = try statements.borrow(sql)
        let statement = borrowed.pointer
        let roomUsed = bindings.used
        defer {
            statements.giveBack(borrowed)
            bindings.shrink(to: roomUsed)
        }
        guard sqlite3_bind_parameter_count(statement) == Int32(values.count) else {
            throw StoreFailure(.fatal, reason: "\(sql) has another number of values", hint: StoreFailure.reportHint)
        }
        for (index, value) in values.enumerated() {
            try check(bindings.bind(value, to: statement, at: Int32(index + 1)), "binding a value")
        }
        while true {
            let result = sqlite3_step(statement)
            if result == SQLITE_DONE { return }
            guard result == SQLITE_ROW else { throw failure(result, sql.description) }
            guard try row(Row(statement: statement)) else { return }
        }
    }

    /// Runs a statement that has no rows.
    func execute(_ sql: StaticString, _ values: [SQLValue]) throws(StoreFailure) {
        do {
            try step(sql, values) { _ in true }
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw StoreFailure(.fatal, reason: "\(sql) failed: \(type(of: error))", hint: StoreFailure.reportHint)
        }
    }

    /// Rows changed by the last statement.
    var changes: Int { Int(sqlite3_changes64(handle)) }
    /// The key of the last inserted row.
    var lastRowID: Int64 { sqlite3_last_insert_rowid(handle) }
    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
    /// Pages in the write-ahead log after the last commit.
    var walPages: Int { Int(walPagesCounter.pointee) }

    /// Begins a transaction, a reading connection's without a lock.
    func begin() throws(StoreFailure) {
        endedBy = nil
        tallies = TallyChanges()
        try run(isReading ? "BEGIN" : "BEGIN IMMEDIATE")
        expectsTransaction = true
    }

    /// Writes what the transaction has counted. The last thing before its commit.
    func writeTallies() throws(StoreFailure) {
        let counted = tallies
        tallies = TallyChanges()
        try counted.write(to: self)
    }

    /// Makes the transaction durable.
    /// - Throws: also when SQLite has ended it by itself meanwhile; then with the reason.
    func commit() throws(StoreFailure) {
        guard isInTransaction else {
            expectsTransaction = false
            throw endedBy ?? .undone
        }
        try run("COMMIT")
        expectsTransaction = false
    }

    /// Undoes the transaction, if there still is one.
    func rollBack() throws(StoreFailure) {
        if isInTransaction { try run("ROLLBACK") }
    }

    /// The end of a transaction that isn't to be committed.
    func undo() throws(StoreFailure) {
        expectsTransaction = false
        try rollBack()
    }

    /// Every deferred foreign key must be whole now, not only at the commit.
    func refuseUnresolvedForeignKeys() throws(StoreFailure) {
        var unresolved: Int32 = 0
        var highest: Int32 = 0
        let result = sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &unresolved, &highest, 0)
        try check(result, "counting foreign keys")
        if unresolved != 0 { throw StoreFailure(code: SQLITE_CONSTRAINT, doing: "resolving deferred foreign keys") }
    }

    private func failure(_ code: Int32, _ what: String) -> StoreFailure {
        let failure = StoreFailure(code: code, doing: what)
        if expectsTransaction, !isInTransaction, endedBy == nil { endedBy = failure }
        return failure
    }

    private func check(_ result: Int32, _ what: String) throws(StoreFailure) {
        guard result == SQLITE_OK else { throw StoreFailure(code: result, doing: what) }
    }
}

/// SQLite's hook after each commit; the context is the connection's own counter.
private func noteWALPages(
    context: UnsafeMutableRawPointer?, handle: OpaquePointer?, name: UnsafePointer<CChar>?, pages: Int32
) -> Int32 {
    context?.assumingMemoryBound(to: Int32.self).pointee = pages
    return SQLITE_OK
}
