public import Events
internal import Kafka
public import Store

/// How a service's own topics stood when a store that is being rebuilt took back what had been said.
struct TakenBack: Sendable, Equatable {
    /// Events that the store hadn't known of.
    var events = 0
    /// The highest epoch of a store that had said something; nil where nobody ever did.
    var epochMax: Int?
    /// Where the topics began, and where they ended: everything between has been taken back.
    var began: [TopicPartition: Int64]
    var ended: [TopicPartition: Int64]
}

/// The table of it: SQL only.
public enum TakenBackTable {
    /// Whether the oldest of what the service said on a topic was gone when the store took back what was left: others
    /// may hold what it doesn't know of. False for a store that never was rebuilt.
    public static func hasLostBeginning(of topic: Topic, in scope: ReadScope) throws -> Bool {
        // Whatever prefix the topics of this deployment have: a store knows only one.
        try scope.exists(
            "SELECT 1 FROM taken_back WHERE substr(topic, -length(?1)) = ?1 AND began > 0", .text(topic.name()))
    }

    /// What could not be known of a topic whose oldest events were gone has been made up for: no longer lost.
    public static func forgetLostBeginning(of topic: Topic, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE taken_back SET began = 0 WHERE substr(topic, -length(?1)) = ?1", .text(topic.name()))
    }

    /// Up to where the topics were read; nil when they need not be read once more.
    static func due(in scope: ReadScope) throws -> [TopicPartition: Int64]? {
        let rows = try scope.all("SELECT topic, partition, next FROM taken_back WHERE is_due = 1") {
            (TopicPartition(topic: $0.text(0), partition: Int32($0.int(1))), $0.integer(2))
        }
        return rows.isEmpty ? nil : Dictionary(uniqueKeysWithValues: rows)
    }

    static func write(_ takenBack: TakenBack, in transaction: Transaction) throws {
        for (place, next) in takenBack.ended {
            try transaction.execute(
                """
                INSERT INTO taken_back (topic, partition, began, next) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET began = excluded.began, next = excluded.next, is_due = 1
                """,
                .text(place.topic), .int(place.partition), .integer(takenBack.began[place, default: 0]),
                .integer(next))
        }
    }

    /// The topics were read once more.
    static func finish(in transaction: Transaction) throws {
        try transaction.execute("UPDATE taken_back SET is_due = 0")
    }
}
