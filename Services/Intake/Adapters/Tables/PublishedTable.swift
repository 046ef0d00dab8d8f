internal import Events
internal import Foundation
internal import Store

/// Reference data as it was published last: SQL only.
enum PublishedTable {
    struct Entry: Sendable {
        let subject: String
        let type: EventType
        let sha256: [UInt8]
        let revision: Int
        let event: UUID
    }

    static func find(_ subject: String, _ type: EventType, in store: ReadScope) throws -> Entry? {
        try store.first(
            "SELECT sha256, revision, event FROM published WHERE subject = ? AND type = ?", .text(subject),
            .text(type.name)
        ) { row in
            Entry(
                subject: subject, type: type, sha256: row.blob(0), revision: row.int(1), event: try row.uuid(2))
        }
    }

    /// The subjects of a type.
    static func subjects(of type: EventType, in store: ReadScope) throws -> [String] {
        try store.all("SELECT subject FROM published WHERE type = ? ORDER BY subject", .text(type.name)) { $0.text(0) }
    }

    static func write(_ entry: Entry, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO published (subject, type, sha256, revision, event) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, revision = excluded.revision, event = excluded.event
                WHERE excluded.revision > revision
            """,
            .text(entry.subject), .text(entry.type.name), .blob(entry.sha256), .int(entry.revision), .uuid(entry.event))
    }
}
