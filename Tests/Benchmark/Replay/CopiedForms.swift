/// Multiplies the forms that scoring has scored, by SQL: the same answers and outcomes of other respondents, whose
/// surrogates lie between each other's as those of different families do.
struct CopiedForms {
    /// Copies of each form beside itself; at most 9999.
    let copies: Int

    /// For a store that nobody has open.
    var sql: String {
        """
        PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;
        BEGIN;
        CREATE TEMP TABLE original AS SELECT scored.*, form FROM scored JOIN answered USING (seq);
        CREATE INDEX original_seq ON original (seq);
        CREATE TEMP TABLE renamed AS
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(copies))
            SELECT i * (SELECT max(seq) FROM original) + seq AS number,
                CAST(printf('%04d', i) || substr(screening, 5) AS BLOB) AS s,
                CAST(substr(respondent, 1, 12) || printf('%04d', i) AS BLOB) AS r, seq
            FROM n, original;
        INSERT INTO scored
            (seq, screening, child, respondent, questionnaire, age_days, form_revision, outcome_revision, instrument,
            ruled_by, digest, has_outcome, results, content, event)
        SELECT number, s, child, r, questionnaire, age_days, form_revision, outcome_revision, instrument, ruled_by,
            digest, has_outcome, results, content, s
        FROM renamed JOIN original USING (seq);
        INSERT INTO outbox (topic, key, child, id, type, subject, revision, time, epoch, value)
        SELECT topic, key, outbox.child, s, type, \(text("s")), revision, time, epoch, value
        FROM renamed JOIN original USING (seq) JOIN outbox ON outbox.id = original.event;
        INSERT INTO answered (seq, child, form)
        SELECT number, child,
            CAST(replace(replace(CAST(form AS TEXT), \(text("screening")), \(text("s"))),
                \(text("respondent")), \(text("r"))) AS BLOB)
        FROM renamed JOIN original USING (seq);
        DROP TABLE renamed;
        DROP TABLE original;
        COMMIT;
        PRAGMA journal_mode = WAL;
        """
    }

    /// An identifier as forms write it.
    private func text(_ column: String) -> String {
        let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)].map { "substr(hex(\(column)), \($0), \($1))" }
        return "lower(\(parts.joined(separator: " || '-' || ")))"
    }
}
