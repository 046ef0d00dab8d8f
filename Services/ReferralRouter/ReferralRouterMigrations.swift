internal import Store

/// The router's own tables. Append only.
enum ReferralRouterMigrations {
    static let all = [
        Migration(
            "referral-router", 1, "contact lists, offers, consents, referrals, answers",
            sql: """
                -- Contact lists and recipients as they were published last: once for every content.
                CREATE TABLE published (
                    type TEXT NOT NULL, subject TEXT NOT NULL, sha256 TEXT NOT NULL, revision INTEGER NOT NULL,
                    PRIMARY KEY (type, subject)) STRICT, WITHOUT ROWID;

                -- What was told of children: month of birth, and whether the family is protected.
                CREATE TABLE listing (child BLOB PRIMARY KEY, listed TEXT NOT NULL) STRICT, WITHOUT ROWID;

                -- Conversations, for whether an interpreter was needed.
                CREATE TABLE conversation (
                    conversation BLOB PRIMARY KEY, child BLOB NOT NULL, interpreter INTEGER NOT NULL)
                    STRICT, WITHOUT ROWID;
                CREATE INDEX conversation_child ON conversation (child);

                -- Offers with all their revisions and decisions, and where each stands.
                CREATE TABLE offer (
                    offer BLOB PRIMARY KEY, child BLOB NOT NULL, kind TEXT, made TEXT NOT NULL, decided TEXT NOT NULL,
                    standing TEXT NOT NULL) STRICT;
                CREATE INDEX offer_child ON offer (child);
                CREATE INDEX offer_standing ON offer (standing, offer);

                -- Consents with all their revisions and withdrawals.
                CREATE TABLE consent (
                    consent BLOB PRIMARY KEY, child BLOB NOT NULL, offer BLOB, given TEXT NOT NULL,
                    withdrawals TEXT NOT NULL) STRICT;
                CREATE INDEX consent_offer ON consent (offer);
                CREATE INDEX consent_child ON consent (child);

                -- Referrals as they were said: what each follows from, and the states that were told.
                CREATE TABLE referral (
                    referral BLOB PRIMARY KEY, offer BLOB NOT NULL, child BLOB NOT NULL, consent BLOB NOT NULL,
                    key TEXT, path TEXT NOT NULL, state TEXT NOT NULL, closing TEXT, changes INTEGER NOT NULL,
                    rereading INTEGER NOT NULL) STRICT;
                CREATE INDEX referral_offer ON referral (offer);
                CREATE INDEX referral_child ON referral (child);

                -- Recipients' answers, also those whose referral isn't known yet.
                CREATE TABLE answer (
                    referral BLOB NOT NULL, revision INTEGER NOT NULL, child BLOB NOT NULL, answer TEXT NOT NULL,
                    effect TEXT NOT NULL, given TEXT NOT NULL, PRIMARY KEY (referral, revision)) STRICT, WITHOUT ROWID;
                CREATE INDEX answer_child ON answer (child);

                -- The last word that an offer is held, and whether it still is.
                CREATE TABLE held (
                    offer BLOB PRIMARY KEY, child BLOB NOT NULL, reason TEXT NOT NULL, task_for TEXT NOT NULL,
                    revision INTEGER NOT NULL, standing INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                CREATE INDEX held_child ON held (child);
                """)
    ]

    static let tables: [TableRule] = [
        .notAboutChild("published", why: "contact lists and functions of municipalities"),
        .aboutChild("listing", delete: "DELETE FROM listing WHERE child = ?"),
        .aboutChild("conversation", delete: "DELETE FROM conversation WHERE child = ?"),
        .aboutChild("offer", delete: "DELETE FROM offer WHERE child = ?"),
        .aboutChild("consent", delete: "DELETE FROM consent WHERE child = ?"),
        .aboutChild("referral", delete: "DELETE FROM referral WHERE child = ?"),
        .aboutChild("answer", delete: "DELETE FROM answer WHERE child = ?"),
        .aboutChild("held", delete: "DELETE FROM held WHERE child = ?"),
    ]
}
