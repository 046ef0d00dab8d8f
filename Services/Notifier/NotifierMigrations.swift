internal import Store

/// The notifier's own tables. Append only.
enum NotifierMigrations {
    static let all = [
        Migration(
            "notifier", 1, "referrals, consents, deliveries, answers",
            sql: """
                -- Units and recipients as they are now.
                CREATE TABLE unit (unit TEXT PRIMARY KEY, phone TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE recipient (
                    recipient TEXT PRIMARY KEY, municipality TEXT NOT NULL, kind TEXT NOT NULL, channels TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;

                -- Endpoints that answered 410, by the address that did. Another address begins anew.
                CREATE TABLE gone_endpoint (
                    recipient TEXT PRIMARY KEY, address_sha256 BLOB NOT NULL, since INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                -- A consent, from both of its events. Columns of the giving are NULL until it has come.
                CREATE TABLE consent (
                    consent BLOB PRIMARY KEY, child BLOB NOT NULL, given INTEGER NOT NULL, recipient TEXT,
                    complete INTEGER NOT NULL, feedback TEXT NOT NULL, valid_until TEXT, withdrawn_at INTEGER,
                    feedback_withdrawn INTEGER NOT NULL) STRICT, WITHOUT ROWID;

                -- A referral as it was requested: the event whole, and what is looked for.
                CREATE TABLE referral (
                    referral BLOB PRIMARY KEY, child BLOB NOT NULL, consent BLOB NOT NULL, recipient TEXT NOT NULL,
                    requested_at INTEGER NOT NULL, traceparent TEXT, event BLOB NOT NULL) STRICT, WITHOUT ROWID;
                CREATE INDEX referral_consent ON referral (consent);

                -- How its course stands: open, closed or recalled.
                CREATE TABLE standing (
                    referral BLOB PRIMARY KEY, child BLOB NOT NULL, standing TEXT NOT NULL, since INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                -- A notice on its way. The body is fixed by the first attempt, so that each attempt says the same.
                CREATE TABLE delivery (
                    delivery BLOB PRIMARY KEY, child BLOB NOT NULL, referral BLOB NOT NULL, notice TEXT NOT NULL,
                    recipient TEXT NOT NULL, state TEXT NOT NULL, due INTEGER NOT NULL, held_by TEXT,
                    attempts INTEGER NOT NULL DEFAULT 0, started_at INTEGER, body BLOB,
                    may_have_arrived INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
                CREATE UNIQUE INDEX delivery_notice ON delivery (referral, notice);
                CREATE INDEX delivery_due ON delivery (recipient, due)
                    WHERE state = 'waiting' AND held_by IS NULL AND started_at IS NULL;

                -- Every attempt: who was told, when, and how it went.
                CREATE TABLE attempt (
                    seq INTEGER PRIMARY KEY, delivery BLOB NOT NULL, child BLOB NOT NULL, number INTEGER NOT NULL,
                    channel TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, result TEXT) STRICT;
                CREATE INDEX attempt_delivery ON attempt (delivery);

                -- What a recipient may see in its inbox, in the order in which it was released. Numbers are never
                -- used again: they are cursors.
                CREATE TABLE released (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT, delivery BLOB NOT NULL UNIQUE, child BLOB NOT NULL,
                    recipient TEXT NOT NULL) STRICT;
                CREATE INDEX released_recipient ON released (recipient, seq);

                -- The municipality's answers; the highest revision is the present one.
                CREATE TABLE answer (
                    referral BLOB NOT NULL, revision INTEGER NOT NULL, child BLOB NOT NULL, answer TEXT NOT NULL,
                    reason TEXT, proposed_times TEXT NOT NULL, answered_at INTEGER NOT NULL, caller TEXT,
                    idempotency_key TEXT, PRIMARY KEY (referral, revision)) STRICT, WITHOUT ROWID;
                CREATE UNIQUE INDEX answer_key ON answer (caller, idempotency_key)
                    WHERE idempotency_key IS NOT NULL;
                """)
    ]

    static let tables: [TableRule] = [
        .notAboutChild("unit", why: "telephones of health centres"),
        .notAboutChild("recipient", why: "functions of municipalities"),
        .notAboutChild("gone_endpoint", why: "addresses of municipalities' systems"),
        .aboutChild("consent", delete: "DELETE FROM consent WHERE child = ?"),
        .aboutChild("referral", delete: "DELETE FROM referral WHERE child = ?"),
        .aboutChild("standing", delete: "DELETE FROM standing WHERE child = ?"),
        .aboutChild("delivery", delete: "DELETE FROM delivery WHERE child = ?"),
        .aboutChild("attempt", delete: "DELETE FROM attempt WHERE child = ?"),
        .aboutChild("released", delete: "DELETE FROM released WHERE child = ?"),
        .aboutChild("answer", delete: "DELETE FROM answer WHERE child = ?"),
    ]
}
