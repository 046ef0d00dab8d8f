public import Store

/// The tables that Delivery keeps in every service's store.
public enum DeliveryTables {
    /// Their migrations; append only.
    public static let migrations = [
        Migration(
            "delivery", 1, "identity, inbox, facts, offsets, outbox, parked records",
            sql: """
                -- Who this store is to the broker (DESIGN 3.5). One row.
                CREATE TABLE identity (
                    id INTEGER PRIMARY KEY CHECK (id = 1), incarnation BLOB NOT NULL, epoch INTEGER NOT NULL,
                    cluster TEXT, place TEXT NOT NULL, boot BLOB NOT NULL, restored INTEGER NOT NULL DEFAULT 0,
                    ended_clean INTEGER NOT NULL DEFAULT 0) STRICT;

                -- Every process that ran on this store, so that a mark it left with the broker is known as ours.
                CREATE TABLE boot (seq INTEGER PRIMARY KEY, boot BLOB NOT NULL, place TEXT NOT NULL) STRICT;

                -- The only number that says where reading goes on, and the id of the last record applied before it.
                CREATE TABLE next_offset (
                    topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, last_id BLOB,
                    PRIMARY KEY (topic, partition)) STRICT, WITHOUT ROWID;

                -- First line against repetition: ids already applied, by the day they were received.
                CREATE TABLE inbox (id BLOB PRIMARY KEY, day INTEGER NOT NULL) STRICT, WITHOUT ROWID;

                -- Second line: the highest revision applied of every fact.
                CREATE TABLE fact (
                    type TEXT NOT NULL, subject BLOB NOT NULL, revision INTEGER NOT NULL, child BLOB,
                    PRIMARY KEY (type, subject)) STRICT, WITHOUT ROWID;

                -- What is to be said and, once published, what was: the journal. No seq is ever given twice:
                -- after the last rows were erased, the next would lie below the watermark and never be published.
                CREATE TABLE outbox (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, key TEXT NOT NULL, child BLOB,
                    id BLOB NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL, revision INTEGER NOT NULL,
                    time INTEGER NOT NULL, traceparent TEXT, causation BLOB, epoch INTEGER NOT NULL,
                    value BLOB NOT NULL) STRICT;
                CREATE UNIQUE INDEX outbox_id ON outbox (id);

                -- Per topic: everything up to and with `published` is on the broker. A stopped topic says why.
                CREATE TABLE watermark (
                    topic TEXT PRIMARY KEY, published INTEGER NOT NULL, stopped TEXT) STRICT, WITHOUT ROWID;

                -- Records that wait for a person, for their subject, or behind one of their key that does. Commands
                -- and audit name them by seq. A topic that was made anew has other records at the same places.
                -- Those of one key go in the order of `turn`, then `seq`: the writer's time where a handler lets older
                -- records go on, else 0.
                CREATE TABLE parked (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, partition INTEGER NOT NULL,
                    offset INTEGER NOT NULL, key BLOB, child BLOB, state TEXT NOT NULL, reason TEXT NOT NULL,
                    awaiting TEXT, id BLOB, type TEXT, headers TEXT NOT NULL, value BLOB, turn INTEGER NOT NULL,
                    parked_at INTEGER NOT NULL) STRICT;
                CREATE INDEX parked_id ON parked (id);
                CREATE INDEX parked_key ON parked (topic, key, turn);
                CREATE INDEX parked_awaiting ON parked (awaiting) WHERE awaiting IS NOT NULL;
                CREATE INDEX parked_state ON parked (state, turn);

                -- Records in whose handling the process died, and how often.
                CREATE TABLE death (
                    topic TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL, deaths INTEGER NOT NULL,
                    PRIMARY KEY (topic, partition, offset)) STRICT, WITHOUT ROWID;
                """),
        Migration(
            "delivery", 2, "how far a topic ever was published",
            sql: """
                -- Stays where it is when a mark is moved back: what goes on the broker again is no new work.
                ALTER TABLE watermark ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
                UPDATE watermark SET reached = published;
                """),
        Migration(
            "delivery", 3, "numbers of rows", readableFrom: 3,
            sql: Tallies.schema + """

                INSERT INTO tally SELECT 'inbox', 'records', count(*) FROM inbox;
                INSERT INTO tally VALUES ('outbox', '', 0);
                INSERT INTO tally SELECT 'outbox', type, count(*) FROM outbox GROUP BY type;
                """),
        Migration(
            "delivery", 4, "decisions about a late log; how far own topics were taken back", readableFrom: 3,
            sql: """
                -- Whether an operator had a store that has read nothing begin where its log begins, however late.
                ALTER TABLE identity ADD COLUMN accepts_late_log INTEGER NOT NULL DEFAULT 0;
                -- Of a rebuilt store: where the service's own topics began and up to where they were read before it
                -- read anything else. What an earlier process left on them since is taken back once more, when due.
                CREATE TABLE taken_back (
                    topic TEXT NOT NULL, partition INTEGER NOT NULL, began INTEGER NOT NULL, next INTEGER NOT NULL,
                    is_due INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (topic, partition)) STRICT, WITHOUT ROWID;
                """),
    ]

    /// Their rules for erasing a child.
    public static let rules: [TableRule] = [
        .notAboutChild("migration", why: "names of schema steps"),
        .notAboutChild("identity", why: "who the store is"),
        .notAboutChild("boot", why: "processes that ran on the store"),
        .notAboutChild("next_offset", why: "positions in topics"),
        .notAboutChild("inbox", why: "hashes of events, which name nobody"),
        .aboutChild("fact", delete: "DELETE FROM fact WHERE child = ?"),
        .aboutChild(
            "outbox", delete: "DELETE FROM outbox WHERE child = ?",
            tally: ("outbox", "SELECT type, count(*) FROM outbox WHERE child = ? GROUP BY type")),
        .notAboutChild("taken_back", why: "positions in topics"),
        .notAboutChild("watermark", why: "positions in the outbox"),
        .aboutChild("parked", delete: "DELETE FROM parked WHERE child = ?"),
        .notAboutChild("death", why: "positions in topics"),
        Tallies.rule,
    ]
}
