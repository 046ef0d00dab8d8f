internal import Store

/// Counts in how many deaths of the process a record was in hand, and says when it was once too often.
enum Deaths {
    /// After this many a record is parked.
    static let max = 3

    /// Counts the death that the last process left behind, if any.
    static func count(_ place: InHand.Place, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO death (topic, partition, offset, deaths) VALUES (?, ?, ?, 1)
            ON CONFLICT DO UPDATE SET deaths = deaths + 1
            """, .text(place.topic), .int(place.partition), .integer(place.offset))
    }

    /// The records under suspicion and their counts: none or one in ordinary life.
    static func suspects(in scope: ReadScope) throws -> [InHand.Place: Int] {
        let rows = try scope.all("SELECT topic, partition, offset, deaths FROM death") { row in
            (InHand.Place(topic: row.text(0), partition: Int32(row.int(1)), offset: row.integer(2)), row.int(3))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Clears a record that has been applied or parked.
    static func clear(_ place: InHand.Place, in transaction: Transaction) throws {
        try transaction.execute(
            "DELETE FROM death WHERE topic = ? AND partition = ? AND offset = ?", .text(place.topic),
            .int(place.partition), .integer(place.offset))
    }
}
