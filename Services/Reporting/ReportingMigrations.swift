internal import Store

/// Reporting's own tables: facts keyed by what they are about, never a running total. Append only.
///
/// A row may begin with any of the events that speak of its subject: each fills its own columns, so that every order of
/// arrival leaves the same row. What the columns mean together is worked out when they are read.
enum ReportingMigrations {
    static let all = [
        Migration(
            "reporting", 1, "facts along the chain",
            sql: """
                -- Units as they are now. `live_from` is the first instant that its go-live may mean, by Stockholm's
                -- day.
                CREATE TABLE unit (
                    unit TEXT PRIMARY KEY, name TEXT NOT NULL, municipality TEXT NOT NULL, phase TEXT NOT NULL,
                    go_live TEXT, live_from INTEGER, live_until INTEGER) STRICT, WITHOUT ROWID;
                CREATE TABLE contact_list (
                    municipality TEXT PRIMARY KEY, entries INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE recipient (
                    recipient TEXT PRIMARY KEY, municipality TEXT NOT NULL, kind TEXT NOT NULL,
                    staff INTEGER NOT NULL) STRICT, WITHOUT ROWID;

                -- How far each topic has been read, by the time at which its latest event was recorded.
                CREATE TABLE freshness (
                    topic TEXT PRIMARY KEY, last_event INTEGER NOT NULL, synthetic INTEGER NOT NULL,
                    genuine INTEGER NOT NULL) STRICT, WITHOUT ROWID;

                -- Children with protected identity: all that is known of them counts for the region only.
                CREATE TABLE protected (child BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
                CREATE TABLE child (
                    child BLOB PRIMARY KEY, unit TEXT, residence TEXT) STRICT, WITHOUT ROWID;
                CREATE TABLE visit (
                    visit BLOB PRIMARY KEY, child BLOB NOT NULL, unit TEXT, residence TEXT, held_at INTEGER NOT NULL,
                    slot TEXT NOT NULL) STRICT, WITHOUT ROWID;

                -- One parent at one visit. `completeness`: 1 partly, 2 wholly answered.
                CREATE TABLE screening (
                    visit BLOB NOT NULL, respondent BLOB NOT NULL, child BLOB NOT NULL, screening BLOB,
                    present INTEGER NOT NULL DEFAULT 0, offered INTEGER NOT NULL DEFAULT 0, not_offered TEXT,
                    completeness INTEGER, has_outcome INTEGER, factors TEXT,
                    outcome_revision INTEGER,
                    PRIMARY KEY (visit, respondent)) STRICT, WITHOUT ROWID;
                -- These events name the screening alone.
                CREATE TABLE declined (screening BLOB PRIMARY KEY, child BLOB NOT NULL) STRICT, WITHOUT ROWID;
                -- An outcome of a lower revision is taken back, one of a higher came again afterwards.
                CREATE TABLE retracted (
                    screening BLOB PRIMARY KEY, child BLOB NOT NULL, revision INTEGER NOT NULL)
                    STRICT, WITHOUT ROWID;

                CREATE TABLE conversation (
                    conversation BLOB PRIMARY KEY, child BLOB NOT NULL, unit TEXT, residence TEXT)
                    STRICT, WITHOUT ROWID;
                CREATE TABLE offer (
                    offer BLOB PRIMARY KEY, child BLOB NOT NULL, unit TEXT, residence TEXT, kind TEXT, decision TEXT,
                    held TEXT) STRICT, WITHOUT ROWID;
                CREATE TABLE consent (
                    consent BLOB PRIMARY KEY, child BLOB NOT NULL, offer BLOB, complete INTEGER, withdrawn TEXT)
                    STRICT, WITHOUT ROWID;
                CREATE TABLE referral (
                    referral BLOB PRIMARY KEY, child BLOB NOT NULL, offer BLOB, state TEXT, closing TEXT, answer TEXT)
                    STRICT, WITHOUT ROWID;
                CREATE TABLE delivery (
                    delivery BLOB PRIMARY KEY, child BLOB NOT NULL, referral BLOB NOT NULL,
                    delivered INTEGER NOT NULL DEFAULT 0, exhausted INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
                """)
    ]

    static let tables: [TableRule] = [
        .notAboutChild("unit", why: "child health centres"),
        .notAboutChild("contact_list", why: "municipalities"),
        .notAboutChild("recipient", why: "functions in municipalities"),
        .notAboutChild("freshness", why: "times of topics"),
        .aboutChild("protected", delete: "DELETE FROM protected WHERE child = ?"),
        .aboutChild("child", delete: "DELETE FROM child WHERE child = ?"),
        .aboutChild("visit", delete: "DELETE FROM visit WHERE child = ?"),
        .aboutChild("screening", delete: "DELETE FROM screening WHERE child = ?"),
        .aboutChild("declined", delete: "DELETE FROM declined WHERE child = ?"),
        .aboutChild("retracted", delete: "DELETE FROM retracted WHERE child = ?"),
        .aboutChild("conversation", delete: "DELETE FROM conversation WHERE child = ?"),
        .aboutChild("offer", delete: "DELETE FROM offer WHERE child = ?"),
        .aboutChild("consent", delete: "DELETE FROM consent WHERE child = ?"),
        .aboutChild("referral", delete: "DELETE FROM referral WHERE child = ?"),
        .aboutChild("delivery", delete: "DELETE FROM delivery WHERE child = ?"),
    ]
}
