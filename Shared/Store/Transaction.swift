/// What may be asked of a store inside one consistent view of it.
///
/// SQL is a constant of the program, so that no value can be spliced into it. A scope lives only as long as the closure
/// that received it, on the thread that owns the connection, and can't be kept or sent elsewhere.
public class ReadScope {
    let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// The first row, or nil when there is none.
    public func first<T>(_ sql: StaticString, _ values: SQLValue..., read: (Row) throws -> T) throws -> T? {
        var found: T?
        try connection.step(sql, values) { row in
            found = try read(row)
            return false
        }
        return found
    }

    /// All rows in the statement's order. The statement bounds their number.
    public func all<T>(_ sql: StaticString, _ values: SQLValue..., read: (Row) throws -> T) throws -> [T] {
        var found: [T] = []
        try connection.step(sql, values) { row in
            found.append(try read(row))
            return true
        }
        return found
    }

    /// Hands each row to `body` until it returns false, without gathering them.
    public func forEach(_ sql: StaticString, _ values: SQLValue..., body: (Row) throws -> Bool) throws {
        try connection.step(sql, values, row: body)
    }

    /// The first column of the first row as a number; 0 when there is no row, as for a count.
    public func count(_ sql: StaticString, _ values: SQLValue...) throws -> Int {
        var number = 0
        try connection.step(sql, values) { row in
            number = row.int(0)
            return false
        }
        return number
    }

    /// Whether there is at least one row.
    public func exists(_ sql: StaticString, _ values: SQLValue...) throws -> Bool {
        var found = false
        try connection.step(sql, values) { _ in
            found = true
            return false
        }
        return found
    }

    /// The names of all tables, for the test that compares the erasing function with the schema.
    public func tableNames() throws -> [String] {
        try all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name") {
            $0.text(0)
        }
    }

    /// The names of a table's columns.
    public func columnNames(of table: String) throws -> [String] {
        try all("SELECT name FROM pragma_table_info(?)", .text(table)) { $0.text(0) }
    }
}

/// A view that may also be written to. What it writes is on disk when the `write` that it came from returns.
public final class Transaction: ReadScope {
    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    public func execute(_ sql: StaticString, _ values: SQLValue...) throws -> Int {
        try connection.step(sql, values) { _ in true }
        return connection.changes
    }

    /// Runs an insert and returns the new row's key.
    public func insert(_ sql: StaticString, _ values: SQLValue...) throws -> Int64 {
        try connection.step(sql, values) { _ in true }
        return connection.lastRowID
    }

    /// Runs `body` so that what it wrote is undone when it throws, and only that. Savepoints nest.
    public func savepoint<T>(_ body: () throws -> T) throws -> T {
        try connection.step("SAVEPOINT part", []) { _ in true }
        let counted = connection.tallies
        do {
            let value = try body()
            try connection.step("RELEASE part", []) { _ in true }
            return value
        } catch {
            connection.tallies = counted
            try undoPart()
            throw error
        }
    }

    /// A part that can't be undone alone takes the whole transaction with it: half of it must never be committed.
    private func undoPart() throws {
        // SQLite ends the whole transaction by itself when the disk is full or fails: then nothing is left to undo.
        guard connection.isInTransaction else { return }
        do {
            try connection.step("ROLLBACK TO part", []) { _ in true }
            try connection.step("RELEASE part", []) { _ in true }
        } catch {
            try connection.rollBack()
            throw error
        }
    }
}
