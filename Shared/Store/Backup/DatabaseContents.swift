/// What a database holds, as far as it can be told by counting.
struct DatabaseContents: Equatable {
    let userVersion: Int
    /// Rows by table.
    let rows: [String: Int]
}

extension Connection {
    /// Counts all rows: a pass over each table. Consistent inside a transaction only.
    func contents() throws -> DatabaseContents {
        let scope = ReadScope(self)
        let version = try scope.count("PRAGMA user_version")
        var rows: [String: Int] = [:]
        for table in try scope.tableNames() { rows[table] = try countRows(of: table) }
        return DatabaseContents(userVersion: version, rows: rows)
    }

    /// Walks all pages, rows and indexes.
    /// - Throws: fatal, when something doesn't hold.
    func checkIntegrity() throws {
        let finding = try ReadScope(self).first("PRAGMA integrity_check(1)") { $0.text(0) }
        guard finding == "ok" else {
            throw StoreFailure(.fatal, reason: "the copy is damaged", hint: "check the volume; use another backup")
        }
    }
}
