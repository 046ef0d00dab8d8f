internal import CSQLite
internal import Foundation

/// One SQLite connection with its prepared statements. Owned by one thread; never crosses to another.
final class Connection {
    enum Purpose { case writing, reading }

    private let handle: OpaquePointer
    private var statements: [Int: OpaquePointer] = [:]
    /// Pages in the write-ahead log after the last commit, told by SQLite's hook.
    let walPages: UnsafeMutablePointer<Int32>

    init(path: String, purpose: Purpose, busyTimeout: Int32 = 5000) throws(StoreFailure) {
        let flags =
            purpose == .writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        var opened: OpaquePointer?
        let result = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard result == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw StoreFailure(code: result, doing: "opening the database")
        }
        handle = opened
        walPages = .allocate(capacity: 1)
        walPages.initialize(to: 0)
        sqlite3_busy_timeout(handle, busyTimeout)
        try check(barn_harden(handle), "hardening the connection")
        if purpose == .writing {
            try configureForWriting()
        } else {
            try run("PRAGMA query_only = 1")
        }
        try run("PRAGMA cache_size = -8192")
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
        walPages.deallocate()
    }

    /// FULL, not the NORMAL that WAL is often run with: what was acknowledged must survive a power cut. Automatic
    /// checkpoints are off because they run inside some commit; the writer checkpoints after it has answered.
    private func configureForWriting() throws(StoreFailure) {
        try run("PRAGMA journal_mode = WAL")
        try run("PRAGMA synchronous = FULL")
        try run("PRAGMA foreign_keys = ON")
        try run("PRAGMA secure_delete = ON")
        try run("PRAGMA wal_autocheckpoint = 0")
        sqlite3_wal_hook(handle, noteWALPages, walPages)
    }

    /// Runs SQL text that takes no parameters and whose rows, if any, don't matter.
    func run(_ sql: String) throws(StoreFailure) {
        try check(sqlite3_exec(handle, sql, nil, nil, nil), sql)
    }

    /// Runs a statement, handing each row to `row` until it says stop.
    func step(_ sql: StaticString, _ values: [SQLValue], row: (Row) throws -> Bool) throws {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() {
            try check(bind(value, to: statement, at: Int32(index + 1)), "binding a value")
        }
        while true {
            let result = sqlite3_step(statement)
            if result == SQLITE_DONE { return }
            guard result == SQLITE_ROW else { throw StoreFailure(code: result, doing: sql.description) }
            guard try row(Row(statement: statement)) else { return }
        }
    }

    /// Rows changed by the last statement.
    var changes: Int { Int(sqlite3_changes64(handle)) }
    /// The key of the last inserted row.
    var lastRowID: Int64 { sqlite3_last_insert_rowid(handle) }
    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Copies the whole database into a new file by the online backup API, without stopping the writer for long.
    func copy(to path: String, pagesPerStep: Int32 = 512) throws(StoreFailure) {
        let target = try Connection(path: path, purpose: .writing)
        try target.run("PRAGMA journal_mode = DELETE")
        guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
            throw StoreFailure(code: sqlite3_extended_errcode(target.handle), doing: "starting a backup")
        }
        var result: Int32
        repeat { result = sqlite3_backup_step(backup, pagesPerStep) } while result == SQLITE_OK
        let finished = sqlite3_backup_finish(backup)
        guard result == SQLITE_DONE, finished == SQLITE_OK else {
            throw StoreFailure(code: result == SQLITE_DONE ? finished : result, doing: "copying the database")
        }
    }

    /// Statements are cached by the address of their constant text: a lookup costs one hash of a number.
    private func prepared(_ sql: StaticString) throws(StoreFailure) -> OpaquePointer {
        let key = Int(bitPattern: sql.utf8Start)
        if let statement = statements[key] { return statement }
        var statement: OpaquePointer?
        let result = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: sql.utf8CodeUnitCount) { text in
            sqlite3_prepare_v3(
                handle, text, Int32(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        }
        guard result == SQLITE_OK, let statement else {
            throw StoreFailure(code: result, doing: "preparing \(sql)")
        }
        statements[key] = statement
        return statement
    }

    private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .text(var text):
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) {
                    barn_bind_text(statement, index, $0.baseAddress, Int64($0.count))
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes {
                $0.isEmpty
                    ? sqlite3_bind_zeroblob(statement, index, 0)
                    : barn_bind_blob(statement, index, $0.baseAddress, Int64($0.count))
            }
        case .uuid(let uuid):
            return withUnsafeBytes(of: uuid.uuid) { barn_bind_blob(statement, index, $0.baseAddress, 16) }
        }
    }

    private func check(_ result: Int32, _ what: String) throws(StoreFailure) {
        guard result == SQLITE_OK else { throw StoreFailure(code: result, doing: what) }
    }
}

/// SQLite's hook after each commit; the context is the connection's own counter, which outlives the handle.
private func noteWALPages(
    context: UnsafeMutableRawPointer?, handle: OpaquePointer?, name: UnsafePointer<CChar>?, pages: Int32
) -> Int32 {
    context?.assumingMemoryBound(to: Int32.self).pointee = pages
    return SQLITE_OK
}
