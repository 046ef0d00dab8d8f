internal import Events
internal import Store

/// Contact lists and recipients as they were published last: SQL only.
enum PublishedTable {
    struct Entry: Sendable, Equatable {
        let type: EventType
        let subject: String
        let sha256: String
        let revision: Int
    }

    static func find(_ type: EventType, _ subject: String, in store: ReadScope) throws -> Entry? {
        try store.first(
            "SELECT sha256, revision FROM published WHERE type = ? AND subject = ?", .text(type.name), .text(subject)
        ) { Entry(type: type, subject: subject, sha256: $0.text(0), revision: $0.int(1)) }
    }

    /// Keeps the higher revision.
    static func write(_ entry: Entry, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO published (type, subject, sha256, revision) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, revision = excluded.revision
                WHERE excluded.revision >= revision
            """, .text(entry.type.name), .text(entry.subject), .text(entry.sha256), .int(entry.revision))
    }
}
