internal import CSQLite

extension Connection {
    /// Copies the database, as this connection's open transaction sees it, over the empty file at `path`, by SQLite's
    /// online backup. Writers go on meanwhile; their log can't begin anew until the transaction ends.
    /// - Parameter progress: called with the bytes done and to do; throws to give up.
    func copy(to path: String, progress: (Int, Int) throws(StoreFailure) -> Void) throws(StoreFailure) {
        let target = try Connection(path: path, purpose: .assembling)
        guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
            throw StoreFailure(code: sqlite3_extended_errcode(target.handle), doing: "starting a copy")
        }
        // Finished before the target is closed, on every way out.
        var result = SQLITE_OK
        do throws(StoreFailure) {
            while result == SQLITE_OK {
                result = sqlite3_backup_step(backup, Self.pagesPerStep)
                let pages = Int(sqlite3_backup_pagecount(backup))
                let left = Int(sqlite3_backup_remaining(backup))
                try progress((pages - left) * Self.pageBytes, pages * Self.pageBytes)
            }
        } catch {
            sqlite3_backup_finish(backup)
            throw error
        }
        let finished = sqlite3_backup_finish(backup)
        guard result == SQLITE_DONE, finished == SQLITE_OK else {
            throw StoreFailure(code: result == SQLITE_DONE ? finished : result, doing: "copying the database")
        }
    }

    private static let pagesPerStep: Int32 = 512
    /// SQLite's default, which no store changes.
    private static let pageBytes = 4096

    /// The number of rows in a table of the schema.
    func countRows(of table: String) throws(StoreFailure) -> Int {
        let quoted = table.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        var statement: OpaquePointer?
        let prepared = sqlite3_prepare_v2(handle, "SELECT count(*) FROM \"\(quoted)\"", -1, &statement, nil)
        defer { sqlite3_finalize(statement) }
        guard prepared == SQLITE_OK else { throw StoreFailure(code: prepared, doing: "counting rows") }
        let result = sqlite3_step(statement)
        guard result == SQLITE_ROW else { throw StoreFailure(code: result, doing: "counting rows") }
        return Int(sqlite3_column_int64(statement, 0))
    }
}
