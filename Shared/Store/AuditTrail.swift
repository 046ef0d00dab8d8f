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
/// `verify`. Erasing a child empties what names it and leaves the digest of that, so that the chain still holds; when,
/// who and what was done stay and stay chained. Rows cut off at the end, or a chain made anew from some row on, show
/// only against a `head` that was kept elsewhere.
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
        let last = try head(in: transaction)
        let digest = digestOfErasable(entry)
        try transaction.execute(
            """
            INSERT INTO audit (seq, at, caller, role, action, child, subject, reason, digest, chain)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(last.seq + 1), .time(entry.at), .text(entry.caller), .text(entry.role), .text(entry.action),
            .maybe(entry.child), .text(entry.subject), .text(entry.reason), .blob(digest),
            .blob(link(after: last.chain, seq: last.seq + 1, entry, digest: digest)))
    }

    /// The last row's number and link; 0 and no bytes before the first.
    public static func head(in scope: ReadScope) throws -> (seq: Int64, chain: [UInt8]) {
        try scope.first("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1") { row in
            (row.integer(0), row.blob(1))
        } ?? (0, [])
    }

    /// Walks the whole chain; costs one pass over the table.
    /// - Returns: the number of rows that were read, and the number of the first that doesn't hold, if any.
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
            let seq = row.integer(0)
            let holds = seq == Int64(rows) && self.holds(row, after: chain)
            chain = row.blob(10)
            if !holds { broken = seq }
            return holds
        }
        return (rows, broken)
    }

    private static func holds(_ row: Row, after chain: [UInt8]) -> Bool {
        let child = row.blobIfAny(5)
        let entry = AuditEntry(
            at: row.time(1), caller: row.text(2), role: row.text(3), action: row.text(4),
            child: child.flatMap { UUID(bytes: $0) }, subject: row.text(6), reason: row.text(7))
        guard (child == nil) == (entry.child == nil) else { return false }
        let digest = row.blob(9)
        let erasableHolds =
            row.bool(8)
            ? child == nil && entry.subject.isEmpty && entry.reason.isEmpty
            : digestOfErasable(entry) == digest
        return erasableHolds && link(after: chain, seq: row.integer(0), entry, digest: digest) == row.blob(10)
    }

    /// Of what erasing empties. The child's surrogate is random, so that its digest tells nothing once it is gone.
    private static func digestOfErasable(_ entry: AuditEntry) -> [UInt8] {
        SHA256.hash(delimited([entry.child?.text ?? "", entry.subject, entry.reason]))
    }

    private static func link(after chain: [UInt8], seq: Int64, _ entry: AuditEntry, digest: [UInt8]) -> [UInt8] {
        let kept = [String(seq), String(entry.at.milliseconds), entry.caller, entry.role, entry.action]
        return SHA256.hash(chain + delimited(kept) + digest)
    }

    /// Each part with its length, so that no two lists have the same bytes.
    private static func delimited(_ parts: [String]) -> [UInt8] {
        parts.flatMap { part in Array("\(part.utf8.count):".utf8) + Array(part.utf8) }
    }
}
