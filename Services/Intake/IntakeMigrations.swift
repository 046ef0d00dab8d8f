internal import Store

/// Intake's own tables. Append only.
enum IntakeMigrations {
    static let all = [
        Migration(
            "intake", 1, "registry, children, visits, forms, agreements, consents, their course",
            sql: """
                -- Reference data as it was published last: once for every content.
                CREATE TABLE published (
                    subject TEXT PRIMARY KEY, type TEXT NOT NULL, sha256 BLOB NOT NULL, revision INTEGER NOT NULL,
                    event BLOB NOT NULL) STRICT, WITHOUT ROWID;

                -- Children by surrogate, and those who may answer.
                CREATE TABLE child (
                    child BLOB PRIMARY KEY, unit TEXT, residence TEXT, birth_month TEXT NOT NULL, birth_day INTEGER,
                    since TEXT NOT NULL, restricted INTEGER NOT NULL, synthetic INTEGER NOT NULL,
                    participating INTEGER NOT NULL DEFAULT 0, digest BLOB) STRICT, WITHOUT ROWID;
                CREATE TABLE respondent (
                    respondent BLOB PRIMARY KEY, child BLOB NOT NULL, place INTEGER NOT NULL, relation TEXT NOT NULL,
                    guardian TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE INDEX respondent_child ON respondent (child, place);

                -- Who a surrogate is. Nothing of this table goes anywhere.
                CREATE TABLE identity_of (
                    surrogate BLOB PRIMARY KEY, child BLOB NOT NULL, system TEXT NOT NULL, value TEXT NOT NULL,
                    name TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE UNIQUE INDEX identity_of_child ON identity_of (system, value) WHERE surrogate = child;
                CREATE INDEX identity_of_about ON identity_of (child);

                -- Visits held; child and slot are the visit's natural key.
                CREATE TABLE visit (
                    visit BLOB PRIMARY KEY, child BLOB NOT NULL, slot TEXT NOT NULL, held_at INTEGER NOT NULL,
                    team TEXT NOT NULL, place TEXT NOT NULL, present BLOB NOT NULL, actor TEXT NOT NULL,
                    revision INTEGER NOT NULL, event BLOB NOT NULL) STRICT, WITHOUT ROWID;
                CREATE UNIQUE INDEX visit_of_child ON visit (child, slot);

                -- What became of the form for one parent at one visit.
                CREATE TABLE screening (
                    visit BLOB NOT NULL, respondent BLOB NOT NULL, child BLOB NOT NULL, screening BLOB,
                    state TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
                    mode TEXT NOT NULL DEFAULT '', PRIMARY KEY (visit, respondent)) STRICT, WITHOUT ROWID;
                CREATE UNIQUE INDEX screening_id ON screening (screening);
                CREATE INDEX screening_child ON screening (child);

                -- Answered forms. `answers` is the event that was said, from which the form can be shown again;
                -- `…_event` are the ids of the two that told it last, of which an amendment takes the place.
                CREATE TABLE form (
                    screening BLOB PRIMARY KEY, child BLOB NOT NULL, respondent BLOB NOT NULL, visit BLOB NOT NULL,
                    revision INTEGER NOT NULL, digest BLOB, answered_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
                    completeness TEXT, filled TEXT, answers BLOB, answers_event BLOB, answered_event BLOB)
                    STRICT, WITHOUT ROWID;
                CREATE INDEX form_child ON form (child);

                -- Conversations, offers, decisions.
                CREATE TABLE conversation (
                    conversation BLOB PRIMARY KEY, child BLOB NOT NULL, respondent BLOB NOT NULL,
                    held_at INTEGER NOT NULL, digest BLOB) STRICT, WITHOUT ROWID;
                CREATE UNIQUE INDEX conversation_key ON conversation (child, respondent, held_at);
                CREATE TABLE offer (
                    offer BLOB PRIMARY KEY, child BLOB NOT NULL, conversation BLOB NOT NULL, respondent BLOB NOT NULL,
                    place INTEGER NOT NULL, kind TEXT NOT NULL, recipient TEXT) STRICT, WITHOUT ROWID;
                CREATE INDEX offer_conversation ON offer (conversation, place);
                CREATE INDEX offer_child ON offer (child);
                CREATE TABLE decision (
                    offer BLOB NOT NULL, revision INTEGER NOT NULL, child BLOB NOT NULL, decision TEXT NOT NULL,
                    decided_at INTEGER NOT NULL, reason TEXT, ask_again_at TEXT, via TEXT NOT NULL,
                    event BLOB NOT NULL, PRIMARY KEY (offer, revision)) STRICT, WITHOUT ROWID;
                CREATE INDEX decision_child ON decision (child);

                -- Consents; `given` is the event's body as it was said last.
                CREATE TABLE consent (
                    consent BLOB PRIMARY KEY, child BLOB NOT NULL, offer BLOB NOT NULL, revision INTEGER NOT NULL,
                    complete INTEGER NOT NULL, withdrawn TEXT, withdrawals INTEGER NOT NULL DEFAULT 0,
                    given BLOB, event BLOB) STRICT, WITHOUT ROWID;
                CREATE INDEX consent_offer ON consent (offer);
                CREATE INDEX consent_child ON consent (child);
                CREATE TABLE consent_guardian (
                    consent BLOB NOT NULL, respondent BLOB NOT NULL, child BLOB NOT NULL, given_at INTEGER NOT NULL,
                    PRIMARY KEY (consent, respondent)) STRICT, WITHOUT ROWID;
                CREATE INDEX consent_guardian_child ON consent_guardian (child);

                -- What other services said that a nurse needs. An outcome that was taken back has no content, only
                -- its revision.
                CREATE TABLE outcome (
                    screening BLOB PRIMARY KEY, child BLOB NOT NULL, revision INTEGER NOT NULL,
                    has_outcome INTEGER, scored BLOB) STRICT, WITHOUT ROWID;
                CREATE INDEX outcome_child ON outcome (child);
                CREATE TABLE recipient (
                    recipient TEXT PRIMARY KEY, municipality TEXT NOT NULL, kind TEXT NOT NULL,
                    changed BLOB NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE contact_list (
                    municipality TEXT PRIMARY KEY, version TEXT NOT NULL, published BLOB NOT NULL)
                    STRICT, WITHOUT ROWID;
                CREATE TABLE referral (
                    referral BLOB PRIMARY KEY, child BLOB NOT NULL, offer BLOB, reference TEXT, state TEXT NOT NULL,
                    closing TEXT, changes INTEGER NOT NULL) STRICT;
                CREATE INDEX referral_offer ON referral (offer);
                CREATE INDEX referral_child ON referral (child);
                CREATE TABLE held (
                    offer BLOB PRIMARY KEY, child BLOB NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE INDEX held_child ON held (child);

                -- Answers to requests that named themselves by Idempotency-Key.
                CREATE TABLE attempt (
                    caller TEXT NOT NULL, key TEXT NOT NULL, child BLOB, request BLOB NOT NULL, status INTEGER NOT NULL,
                    headers TEXT NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL,
                    PRIMARY KEY (caller, key)) STRICT, WITHOUT ROWID;
                CREATE INDEX attempt_at ON attempt (at);
                CREATE INDEX attempt_child ON attempt (child) WHERE child IS NOT NULL;
                """)
    ]

    static let tables: [TableRule] = [
        .notAboutChild("published", why: "units, slots and instruments"),
        .aboutChild("child", delete: "DELETE FROM child WHERE child = ?"),
        .aboutChild("respondent", delete: "DELETE FROM respondent WHERE child = ?"),
        .aboutChild("identity_of", delete: "DELETE FROM identity_of WHERE child = ?"),
        .aboutChild("visit", delete: "DELETE FROM visit WHERE child = ?"),
        .aboutChild("screening", delete: "DELETE FROM screening WHERE child = ?"),
        .aboutChild("form", delete: "DELETE FROM form WHERE child = ?"),
        .aboutChild("conversation", delete: "DELETE FROM conversation WHERE child = ?"),
        .aboutChild("offer", delete: "DELETE FROM offer WHERE child = ?"),
        .aboutChild("decision", delete: "DELETE FROM decision WHERE child = ?"),
        .aboutChild("consent", delete: "DELETE FROM consent WHERE child = ?"),
        .aboutChild("consent_guardian", delete: "DELETE FROM consent_guardian WHERE child = ?"),
        .aboutChild("outcome", delete: "DELETE FROM outcome WHERE child = ?"),
        .notAboutChild("recipient", why: "functions in municipalities"),
        .notAboutChild("contact_list", why: "resources in municipalities"),
        .aboutChild("referral", delete: "DELETE FROM referral WHERE child = ?"),
        .aboutChild("held", delete: "DELETE FROM held WHERE child = ?"),
        .aboutChild("attempt", delete: "DELETE FROM attempt WHERE child = ?"),
    ]
}
