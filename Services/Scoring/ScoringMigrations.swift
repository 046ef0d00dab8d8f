internal import Store

/// Scoring's own tables. Append only.
enum ScoringMigrations {
    static let all = [
        Migration(
            "scoring", 1, "instruments and scored forms",
            sql: """
                -- Instruments as they arrived. A version never changes.
                CREATE TABLE instrument (
                    code TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL, published BLOB NOT NULL,
                    PRIMARY KEY (code, version)) STRICT;

                -- One row a screening: the form's latest revision as it was submitted, and what it was scored to.
                CREATE TABLE scored (
                    screening BLOB PRIMARY KEY, child BLOB NOT NULL, respondent BLOB NOT NULL,
                    age_days INTEGER NOT NULL, form_revision INTEGER NOT NULL, outcome_revision INTEGER NOT NULL,
                    form BLOB NOT NULL, factors TEXT NOT NULL, has_outcome INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                CREATE INDEX scored_course ON scored (respondent, age_days, screening);
                """)
    ]

    static let tables: [TableRule] = [
        .notAboutChild("instrument", why: "codes and rules of questionnaires"),
        .aboutChild("scored", delete: "DELETE FROM scored WHERE child = ?"),
    ]
}
