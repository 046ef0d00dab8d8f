import Events
import Foundation

/// Fills scoring's store by SQL, as if so many forms had been scored and published before: the tables that grow with
/// forms, with rows of the usual size, identifiers in the order of time and surrogates at random.
struct Prefill {
    let rows: Int

    /// As if the store had begun to read: a new one takes back from its own topics, once, what an earlier one said.
    static let begun = "INSERT INTO next_offset (topic, partition, next) VALUES ('\(Topic.answers.name())', 0, 0);"

    /// One statement a table, without a log beside it: for a store that nobody has open.
    var sql: String {
        """
        PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;
        BEGIN;
        DROP INDEX scored_course;
        \(insert("inbox (id, day)", "\(id(1)), 1"))
        \(insert(
            "fact (type, subject, revision, child)",
            "'barnsakert.answers.submitted.v1', \(id(2)), 1, randomblob(16)"))
        \(insert(
            """
            scored (seq, screening, child, respondent, questionnaire, age_days, form_revision, outcome_revision,
                instrument, ruled_by, digest, has_outcome, results, content)
            """,
            """
            i, \(id(2)), randomblob(16), randomblob(16), 'mill', 300, 1, 1, 'mill/1', 'mill/1', randomblob(32),
                i % 2, 'nnnnnn', hex(randomblob(416))
            """))
        \(insert("answered (seq, child, form)", "i, randomblob(16), randomblob(1135)"))
        CREATE INDEX scored_course ON scored (respondent, questionnaire, age_days, screening, instrument);
        \(insert(
            "outbox (topic, key, child, id, type, subject, revision, time, causation, epoch, value)",
            """
            'outcomes', '00000000-0000-4000-8000-000000000000', randomblob(16), \(id(3)), 'outcome.scored',
            '00000000-0000-7000-8000-000000000000', 1, 1767225600000, randomblob(16), 0, randomblob(1233)
            """))
        -- The marks of all topics: the relay reads from the lowest.
        INSERT INTO watermark (topic, published, reached) VALUES \(marks)
            ON CONFLICT DO UPDATE SET published = excluded.published, reached = excluded.reached;
        INSERT INTO tally VALUES ('inbox', 'records', \(rows)), ('outbox', 'outcome.scored', \(rows)),
            ('scored', 'forms', \(rows)), ('scored', 'with-outcome', \(rows / 2))
            ON CONFLICT DO UPDATE SET rows = rows + excluded.rows;
        COMMIT;
        PRAGMA journal_mode = WAL;
        """
    }

    private var marks: String {
        Catalogue.topicsWritten(by: .scoring).map { "('\($0.topic.rawValue)', \(rows), \(rows))" }
            .joined(separator: ", ")
    }

    /// Sixteen bytes that are lower than those of any identifier made now; `salt` tells the kinds apart.
    private func id(_ salt: Int) -> String { "CAST(x'00' || printf('\(salt)%014d', i) AS BLOB)" }

    private func insert(_ table: String, _ values: String) -> String {
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
        INSERT INTO \(table) SELECT \(values) FROM n;
        """
    }
}
