internal import CSQLite

/// A connection's prepared statements, kept by the address of their constant text: a lookup costs one hash of a number.
final class StatementCache {
    struct Borrowed {
        let pointer: OpaquePointer
        /// Made for this one use, because the kept one was in the middle of its rows.
        let isExtra: Bool
    }

    private let handle: OpaquePointer
    private var kept: [Int: OpaquePointer] = [:]

    init(handle: OpaquePointer) {
        self.handle = handle
    }

    /// A statement ready to be bound.
    func borrow(_ sql: StaticString) throws(StoreFailure) -> Borrowed {
        let key = Int(bitPattern: sql.utf8Start)
        guard let found = kept[key] else {
            let made = try prepare(sql)
            kept[key] = made
            return Borrowed(pointer: made, isExtra: false)
        }
        // The text is being stepped through further up: binding it again would pull its rows from under that loop.
        if sqlite3_stmt_busy(found) != 0 { return Borrowed(pointer: try prepare(sql), isExtra: true) }
        return Borrowed(pointer: found, isExtra: false)
    }

    /// Lets go of the rows and values.
    func giveBack(_ statement: Borrowed) {
        if statement.isExtra {
            sqlite3_finalize(statement.pointer)
        } else {
            sqlite3_reset(statement.pointer)
            sqlite3_clear_bindings(statement.pointer)
        }
    }

    /// Before the connection is closed.
    func finalizeAll() {
        for statement in kept.values { sqlite3_finalize(statement) }
        kept = [:]
    }

    /// How many statements are kept.
    var count: Int { kept.count }

    /// What SQLite's machine has done for the kept statements since they were prepared: all its steps, and those by
    /// which it went through a table or an index row by row for want of a better way. For tests of what a piece of work
    /// costs at whatever size.
    var work: (steps: Int, scanned: Int) {
        kept.values.reduce(into: (0, 0)) { work, statement in
            work.0 += Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0))
            work.1 += Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0))
        }
    }

    private func prepare(_ sql: StaticString) throws(StoreFailure) -> OpaquePointer {
        var statement: OpaquePointer?
        let count = sql.utf8CodeUnitCount
        let (result, isWhole) = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: count + 1) { text in
            var rest: UnsafePointer<CChar>?
            let result = sqlite3_prepare_v3(
                handle, text, Int32(count), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &rest)
            return (result, rest.map { $0 == text + count } ?? true)
        }
        guard result == SQLITE_OK, let statement else {
            throw StoreFailure(code: result, doing: "preparing \(sql)")
        }
        // SQLite prepares the first of several statements and leaves the others unsaid.
        guard isWhole else {
            sqlite3_finalize(statement)
            throw StoreFailure(.fatal, reason: "\(sql) is more than one statement", hint: StoreFailure.reportHint)
        }
        return statement
    }
}
