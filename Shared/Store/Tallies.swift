/// Numbers of rows that a store keeps up to date itself, so that asking for them costs the same at a thousand rows and
/// at a million. They change in the transaction that changes the rows: written once at its end, however many rows it
/// has.
public enum Tallies {
    /// The table, for the migration of whoever counts.
    public static let schema = """
        -- How many rows of a table are of a kind, kept up to date in the transaction that changes them. A tallied table
        -- is the part of some row from the first, if of no kind; its rule for erasing is held to that.
        CREATE TABLE tally (
            part TEXT NOT NULL, name TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (part, name)) STRICT,
            WITHOUT ROWID;
        """

    /// The table's rule for erasing.
    public static let rule = TableRule.notAboutChild("tally", why: "numbers of rows")
}

extension ReadScope {
    /// How many rows of one kind the table `part` has. Changes of the running transaction aren't in it yet.
    public func tally(_ part: StaticString, _ name: String) throws -> Int {
        try count("SELECT rows FROM tally WHERE part = ? AND name = ?", .text(part.description), .text(name))
    }

    /// The kinds of which the table `part` has rows, and how many.
    public func tallies(of part: StaticString) throws -> [(name: String, rows: Int)] {
        try all("SELECT name, rows FROM tally WHERE part = ? AND rows <> 0 ORDER BY name", .text(part.description)) {
            ($0.text(0), $0.int(1))
        }
    }
}

extension Transaction {
    /// Counts rows that were added to the table `part`, or taken from it when `rows` is negative. Undone with the
    /// savepoint or the transaction that it is called in.
    public func tally(_ part: StaticString, _ name: String, by rows: Int) {
        connection.tallies.add(part, name, rows)
    }
}

/// What a transaction has counted so far. A handful of kinds, so that looking through them is cheaper than hashing.
struct TallyChanges {
    private var changes: [(part: StaticString, name: String, rows: Int)] = []

    mutating func add(_ part: StaticString, _ name: String, _ rows: Int) {
        let found = changes.firstIndex { $0.part.utf8Start == part.utf8Start && $0.name == name }
        if let found { changes[found].rows += rows } else { changes.append((part, name, rows)) }
    }

    /// Writes the changes, at the end of their transaction.
    consuming func write(to connection: Connection) throws(StoreFailure) {
        for change in changes where change.rows != 0 {
            try connection.execute(
                """
                INSERT INTO tally (part, name, rows) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET rows = rows + excluded.rows
                """, [.text(change.part.description), .text(change.name), .int(change.rows)])
        }
    }
}
