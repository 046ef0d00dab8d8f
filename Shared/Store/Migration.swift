internal import CSQLite
internal import Cryptography

/// One named step of a store's schema. Once released its text never changes: the store keeps its hash and compares.
///
/// A change first *widens* (a new table, a column with a default), so that the release before still runs on the store,
/// and *narrows* a release later. `readableFrom` says how old a program may be that runs on the store after this step.
public struct Migration: Sendable {
    /// Which part of the program owns the tables, as "delivery" or "scoring". Each part counts its own steps.
    public let part: String
    /// From 1, without gaps, in the part.
    public let number: Int
    /// What the step does, in a few words.
    public let name: String
    /// The lowest number of steps a program must know of this part to run on the store; 0 when a program that has never
    /// heard of the part may.
    public let readableFrom: Int
    /// SQL, several statements.
    public let sql: String

    /// A step of `part`.
    public init(_ part: String, _ number: Int, _ name: String, readableFrom: Int = 1, sql: String) {
        self.part = part
        self.number = number
        self.name = name
        self.readableFrom = readableFrom
        self.sql = sql
    }
}

/// Why a store's schema and the program don't fit together. The store was not changed.
public struct MigrationFault: Error, Sendable, CustomStringConvertible {
    /// What doesn't fit.
    public let description: String
}

/// Applies what is missing, in one transaction, or refuses.
struct MigrationRunner {
    private let migrations: [Migration]

    init(_ migrations: [Migration]) {
        self.migrations = migrations
    }

    func bringUpToDate(_ transaction: Transaction) throws {
        try refuseGaps()
        let connection = transaction.connection
        try connection.begin()
        do {
            try apply(transaction)
            try connection.commit()
        } catch {
            try connection.undo()
            throw error
        }
    }

    /// Each part counts from 1 in the order of the list: otherwise a step could be passed over for ever.
    private func refuseGaps() throws {
        var last: [String: Int] = [:]
        for migration in migrations {
            guard migration.number == last[migration.part, default: 0] + 1 else {
                throw MigrationFault(
                    description: "step \(migration.part) \(migration.number) is out of its order in the program")
            }
            last[migration.part] = migration.number
        }
    }

    private func apply(_ transaction: Transaction) throws {
        try transaction.connection.run(
            """
            CREATE TABLE IF NOT EXISTS migration (
                part TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,
                readable_from INTEGER NOT NULL, PRIMARY KEY (part, number)) STRICT
            """)
        // Also the parts that only the store has: it may be another service's, or a newer release's.
        let stored = try transaction.all("SELECT DISTINCT part FROM migration") { $0.text(0) }
        for part in Set(stored + migrations.map(\.part)).sorted() {
            try refuseIfNewer(part, transaction)
        }
        var total = 0
        for migration in migrations {
            try applyOrCompare(migration, transaction)
            total += 1
        }
        let applied = try transaction.count("SELECT count(*) FROM migration")
        try transaction.connection.run("PRAGMA user_version = \(max(total, applied))")
    }

    private func refuseIfNewer(_ part: String, _ transaction: Transaction) throws {
        let known = migrations.filter { $0.part == part }.map(\.number).max() ?? 0
        let needed = try transaction.count("SELECT max(readable_from) FROM migration WHERE part = ?", .text(part))
        guard needed <= known else {
            throw MigrationFault(
                description:
                    "the store's part \(part) needs a program that knows its step \(needed); this one knows \(known): "
                    + "run the newer release, or restore a backup made by this one")
        }
    }

    private func applyOrCompare(_ migration: Migration, _ transaction: Transaction) throws {
        let hash = SHA256.hash(Array(migration.sql.utf8)).hexText
        let found = try transaction.first(
            "SELECT sha256 FROM migration WHERE part = ? AND number = ?", .text(migration.part), .int(migration.number)
        ) { $0.text(0) }
        if let found {
            guard found == hash else {
                throw MigrationFault(
                    description: "step \(migration.part) \(migration.number) was changed after it had been applied")
            }
            return
        }
        try transaction.connection.run(migration.sql)
        guard transaction.connection.isInTransaction else {
            throw MigrationFault(description: "step \(migration.part) \(migration.number) ends its own transaction")
        }
        try transaction.execute(
            "INSERT INTO migration (part, number, name, sha256, readable_from) VALUES (?, ?, ?, ?, ?)",
            .text(migration.part), .int(migration.number), .text(migration.name), .text(hash),
            .int(migration.readableFrom))
    }
}
