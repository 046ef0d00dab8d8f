internal import Events
internal import Store

/// Per topic of this service: everything up to and with `published` is on the broker.
struct PublishedMarks: Sendable, Equatable {
    /// The mark of each topic that the service writes.
    var published: [Topic: Int64]
    /// Topics at which the broker refused a row. Nothing of theirs is published until a person has decided.
    var stopped: [Topic: String]

    /// The position from which the outbox is read: the lowest mark of the topics that go on.
    var position: Int64 {
        published.filter { stopped[$0.key] == nil }.values.min() ?? Int64.max
    }

    /// Whether a row is still to be published.
    func isDue(_ entry: Outbox.Entry) -> Bool {
        stopped[entry.topic] == nil && entry.seq > published[entry.topic, default: 0]
    }

    static func load(topics: [Topic], in scope: ReadScope) throws -> PublishedMarks {
        var marks = PublishedMarks(published: [:], stopped: [:])
        for topic in topics { marks.published[topic] = 0 }
        try scope.forEach("SELECT topic, published, stopped FROM watermark") { row in
            guard let topic = Topic(rawValue: row.text(0)), marks.published[topic] != nil else { return true }
            marks.published[topic] = row.integer(1)
            marks.stopped[topic] = row.textIfAny(2)
            return true
        }
        return marks
    }

    /// The highest mark that each topic ever had: everything up to it has been on the broker once.
    static func reached(topics: [Topic], in scope: ReadScope) throws -> [Topic: Int64] {
        let rows = try scope.all("SELECT topic, reached FROM watermark") { ($0.text(0), $0.integer(1)) }
        let known = rows.compactMap { name, reached in Topic(rawValue: name).map { ($0, reached) } }
        return Dictionary(uniqueKeysWithValues: known.filter { topics.contains($0.0) })
    }

    /// Writes the marks that differ from `before`, each only where the store still has it as it was then: a mark that a
    /// command moved back meanwhile stays back.
    func save(over before: PublishedMarks, in transaction: Transaction) throws {
        for (topic, position) in published {
            let was = before.published[topic, default: 0]
            guard position != was || stopped[topic] != before.stopped[topic] else { continue }
            try transaction.execute(
                """
                INSERT INTO watermark (topic, published, stopped, reached) VALUES (?1, ?2, ?3, ?2)
                ON CONFLICT DO UPDATE SET published = excluded.published, stopped = excluded.stopped,
                    reached = max(reached, excluded.reached)
                    WHERE published = ?4 AND stopped IS ?5
                """, .text(topic.rawValue), .integer(position), .maybe(stopped[topic]), .integer(was),
                .maybe(before.stopped[topic]))
        }
    }
}
