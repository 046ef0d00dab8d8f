internal import Events
internal import Runtime
internal import Store

/// How far each topic has been read, and whether what came on it was made up.
enum FreshnessTable {
    static func note(
        _ topic: Topic, _ time: Timestamp, isSynthetic: Bool, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO freshness (topic, last_event, synthetic, genuine) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET last_event = max(last_event, excluded.last_event),
                synthetic = max(synthetic, excluded.synthetic), genuine = max(genuine, excluded.genuine)
            """,
            .text(topic.rawValue), .time(time), .bool(isSynthetic), .bool(!isSynthetic))
    }

    static func read(_ store: ReadScope) throws -> [TopicFreshness] {
        try store.all("SELECT topic, last_event, synthetic, genuine FROM freshness ORDER BY topic") { row in
            TopicFreshness(
                topic: row.text(0), lastEvent: row.time(1), hasSynthetic: row.bool(2), hasGenuine: row.bool(3))
        }
    }
}
