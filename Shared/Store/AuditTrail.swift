internal import Cryptography
public import Foundation
public import Runtime

/// One thing that was done to data, and by whom. Never what the data said.
public struct AuditEntry: Sendable {
    /// When.
    public let at: Timestamp
    /// The caller's name as the token directory or the sign-in gives it; "operator" for a command.
    public let caller: String
    /// The caller's role.
    public let role: String
    /// What was done, in the program's own words, as "form.submitted" or "parked.discarded".
    public let action: String
    /// The child it was about, if any.
    public let child: UUID?
    /// What it was done to: an identifier of ours.
    public let subject: String
    /// A reason given by a person with a command or a break of the glass; empty otherwise.
    public let reason: String

    /// An entry.
    public init(
        at: Timestamp, caller: String, role: String, action: String, child: UUID? = nil, subject: String,
        reason: String = ""
    ) {
        self.at = at
        self.caller = caller
        self.role = role
        self.action = action
        self.child = child
        self.subject = subject
        self.reason = reason
    }
}

/// The audit rows of a store, each carrying a hash over itself and the one before, from the first row on.
///
/// Written in the transaction of what they tell of. A row that was changed, taken out or put in between is found by
/// `verify`. Erasing a child empties what named it but leaves the row's own digest, so that the chain still holds.
public enum AuditTrail {
    /// The table's migration.
    public static let migration = Migration(
        "audit", 1, "audit rows chained by hash",
        sql: """
            CREATE TABLE audit (
                seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, caller TEXT NOT NULL, role TEXT NOT NULL,
                action TEXT NOT NULL, child BLOB, subject TEXT NOT NULL, reason TEXT NOT NULL,
                erased INTEGER NOT NULL DEFAULT 0, digest BLOB NOT NULL, chain BLOB NOT NULL) STRICT;
            CREATE INDEX audit_child ON audit (child) WHERE child IS NOT NULL;
            """)

    /// The table's rule for erasing.
    public static let rule = TableRule.keptForAudit(
        "audit", empty: "UPDATE audit SET child = NULL, subject = '', reason = '', erased = 1 WHERE child = ?")

    /// Appends a row.
    public static func append(_ entry: AuditEntry, in transaction: Transaction) throws {
        let last = try transaction.first("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1") { row in
            (row.integer(0), row.blob(1))
        }
        let seq = (last?.0 ?? 0) + 1
        let digest = digest(of: entry)
        try transaction.execute(
            """
            INSERT INTO audit (seq, at, caller, role, action, child, subject, reason, digest, chain)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(seq), .time(entry.at), .text(entry.caller), .text(entry.role), .text(entry.action),
            .maybe(entry.child), .text(entry.subject), .text(entry.reason), .blob(digest),
            .blob(link(after: last?.1 ?? [], seq: seq, digest: digest)))
    }

    /// Walks the whole chain; costs one pass over the table.
    /// - Returns: the number of rows, and the first row that doesn't hold, if any.
    public static func verify(in scope: ReadScope) throws -> (rows: Int, firstBroken: Int64?) {
        var rows = 0
        var chain: [UInt8] = []
        var broken: Int64?
        try scope.forEach(
            """
            SELECT seq, at, caller, role, action, child, subject, reason, erased, digest, chain
            FROM audit ORDER BY seq
            """
        ) { row in
            rows += 1
            let digest = row.blob(9)
            let entry = AuditEntry(
                at: row.time(1), caller: row.text(2), role: row.text(3), action: row.text(4),
                child: try row.uuidIfAny(5), subject: row.text(6), reason: row.text(7))
            let holds =
                row.integer(0) == Int64(rows) && (row.bool(8) || Self.digest(of: entry) == digest)
                && link(after: chain, seq: row.integer(0), digest: digest) == row.blob(10)
            chain = row.blob(10)
            if !holds { broken = row.integer(0) }
            return holds
        }
        return (rows, broken)
    }

    private static func digest(of entry: AuditEntry) -> [UInt8] {
        let parts = [
            String(entry.at.milliseconds), entry.caller, entry.role, entry.action, entry.child?.text ?? "",
            entry.subject, entry.reason,
        ]
        // Each part with its length, so that no two entries have the same bytes.
        return SHA256.hash(parts.flatMap { part in Array("\(part.utf8.count):".utf8) + Array(part.utf8) })
    }

    private static func link(after chain: [UInt8], seq: Int64, digest: [UInt8]) -> [UInt8] {
        SHA256.hash(chain + Array("\(seq):".utf8) + digest)
    }
}
