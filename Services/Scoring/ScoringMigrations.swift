internal import Store

/// Scoring's own tables. Append only.
enum ScoringMigrations {
    static let all = [
        Migration(
            "scoring", 1, "instruments, scored and retracted forms, re-runs",
            sql: """
                -- Instruments as they arrived. A version never changes.
                CREATE TABLE instrument (
                    code TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL, published BLOB NOT NULL,
                    PRIMARY KEY (code, version)) STRICT;

                -- One row a screening: what it was scored to. `instrument` is the version that the form was given
                -- under and `ruled_by` the one that decided, as code/version, `questionnaire` their code; `content` is
                -- the outcome without revision and cause, canonical, and `digest` its SHA-256; `event` is the last one
                -- that said it. Rows are found by number: without one SQLite would give each row of this size a page
                -- of its own. `results` has a letter for each factor in the order of `ruled_by`: what a successor is
                -- compared with.
                CREATE TABLE scored (
                    seq INTEGER PRIMARY KEY, screening BLOB NOT NULL UNIQUE, child BLOB NOT NULL,
                    respondent BLOB NOT NULL, questionnaire TEXT NOT NULL, age_days INTEGER NOT NULL,
                    form_revision INTEGER NOT NULL, outcome_revision INTEGER NOT NULL, instrument TEXT NOT NULL,
                    ruled_by TEXT NOT NULL, digest BLOB NOT NULL, has_outcome INTEGER NOT NULL,
                    results TEXT NOT NULL, content TEXT NOT NULL, event BLOB) STRICT;
                INSERT INTO tally VALUES ('scored', 'forms', 0), ('scored', 'with-outcome', 0);
                -- The form's latest revision as it was submitted, under the number of what it was scored to: both fit
                -- several to a page, and what a later form is compared with is read without it.
                CREATE TABLE answered (
                    seq INTEGER PRIMARY KEY, child BLOB NOT NULL, form BLOB NOT NULL) STRICT;
                -- A respondent's course in each questionnaire; by `instrument` a re-run finds whom it concerns without
                -- a form being read.
                CREATE INDEX scored_course ON scored (respondent, questionnaire, age_days, screening, instrument);
                CREATE INDEX scored_again ON scored (ruled_by, instrument) WHERE ruled_by <> instrument;

                -- Forms that were taken back, with the record that did so: their revisions go on if they come again.
                CREATE TABLE retracted (
                    screening BLOB PRIMARY KEY, child BLOB NOT NULL, form_revision INTEGER NOT NULL,
                    outcome_revision INTEGER NOT NULL, reason TEXT NOT NULL, members BLOB NOT NULL,
                    record BLOB NOT NULL, event BLOB) STRICT, WITHOUT ROWID;
                CREATE INDEX retracted_child ON retracted (child);

                -- Versions that score another's forms again, in the order of arrival. `respondent` is the last one
                -- whose forms it has been through, `skipped` how many it had to leave as they were.
                CREATE TABLE rerun (
                    seq INTEGER PRIMARY KEY, code TEXT NOT NULL, version TEXT NOT NULL, old_version TEXT NOT NULL,
                    from_day TEXT NOT NULL, respondent BLOB NOT NULL DEFAULT x'', done INTEGER NOT NULL DEFAULT 0,
                    skipped INTEGER NOT NULL DEFAULT 0, UNIQUE (code, version)) STRICT;
                -- Where reading of `answers` stood when such a version arrived: forms before it were scored first
                -- without it. For people; the log tells it when the re-run begins.
                CREATE TABLE rerun_seen (
                    code TEXT NOT NULL, version TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL,
                    PRIMARY KEY (code, version, partition)) STRICT, WITHOUT ROWID;

                -- Above which revisions of outcomes go on that this store has counted itself; also those of forms
                -- that it knows nothing of and that were given until `blank_until`, in milliseconds. One row.
                CREATE TABLE revision_floor (
                    id INTEGER PRIMARY KEY CHECK (id = 1), floor INTEGER NOT NULL,
                    blank_until INTEGER NOT NULL) STRICT;
                INSERT INTO revision_floor (id, floor, blank_until) VALUES (1, 0, -1);

                -- What a store that was lost or rolled back had said last of each screening, until this one agrees.
                -- `digest` is NULL for a retraction and empty for what this release can't read. `causation` is the
                -- record of `answers` that this followed from, if one, and `form_revision` the form's revision that it
                -- says something of, 1 where nothing tells. Both must have come back.
                CREATE TABLE said_before (
                    screening BLOB PRIMARY KEY, child BLOB NOT NULL, revision INTEGER NOT NULL, digest BLOB,
                    compared INTEGER NOT NULL, event BLOB NOT NULL, recorded_at INTEGER NOT NULL, causation BLOB,
                    form_revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                CREATE INDEX said_before_child ON said_before (child);
                """)
    ]

    static let tables: [TableRule] = [
        .notAboutChild("instrument", why: "codes and rules of questionnaires"),
        .aboutChild(
            "scored", delete: "DELETE FROM scored WHERE child = ?",
            tally: (
                "scored",
                """
                SELECT 'forms', count(*) FROM scored WHERE child = ?1
                UNION ALL SELECT 'with-outcome', count(*) FROM scored WHERE child = ?1 AND has_outcome = 1
                """
            )),
        .aboutChild("answered", delete: "DELETE FROM answered WHERE child = ?"),
        .aboutChild("retracted", delete: "DELETE FROM retracted WHERE child = ?"),
        .aboutChild("said_before", delete: "DELETE FROM said_before WHERE child = ?"),
        .notAboutChild("revision_floor", why: "one number"),
        .notAboutChild("rerun", why: "versions of questionnaires; the surrogate it has come to is a place in an order"),
        .notAboutChild("rerun_seen", why: "positions in topics"),
    ]
}
