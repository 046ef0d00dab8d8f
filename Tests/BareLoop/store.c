#include "store.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Pages of the write-ahead log at which scoring folds it into the database, between transactions.
enum { CHECKPOINT_PAGES = 2000 };

static sqlite3 *database;
static sqlite3_stmt *begin, *commit, *inbox, *fact, *standing, *unscored, *rescorings, *neighbours, *earlier, *scored;
static sqlite3_stmt *answered, *outbox, *parked, *tally, *offset, *marks, *select_rows, *last_row, *mark;
static int log_pages;
// What the transaction has counted.
static long recorded, with_outcome;

static void fail(const char *what) {
    fprintf(stderr, "bare-loop: %s: %s\n", what, sqlite3_errmsg(database));
    exit(70);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) fail(sql);
    return statement;
}

static void run(const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

// Runs a statement of at most one row. Gives how many rows it changed.
static int step(sqlite3_stmt *statement) {
    const int result = sqlite3_step(statement);
    if (result != SQLITE_DONE && result != SQLITE_ROW) fail(sqlite3_sql(statement));
    sqlite3_reset(statement);
    return sqlite3_changes(database);
}

static void bind_id(sqlite3_stmt *statement, int index, const unsigned char id[16]) {
    sqlite3_bind_blob(statement, index, id, 16, SQLITE_STATIC);
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text, size_t length) {
    sqlite3_bind_text(statement, index, text, (int)length, SQLITE_STATIC);
}

static int note_pages(void *context, sqlite3 *handle, const char *name, int pages) {
    (void)context, (void)handle, (void)name;
    log_pages = pages;
    return SQLITE_OK;
}

static void configure(void) {
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("PRAGMA foreign_keys = ON");
    run("PRAGMA secure_delete = ON");
    run("PRAGMA wal_autocheckpoint = 0");
    run("PRAGMA temp_store = MEMORY");
    run("PRAGMA cache_size = -8192");
    sqlite3_wal_hook(database, note_pages, NULL);
    // As a start does: without it nobody may say anything.
    run("INSERT OR IGNORE INTO identity (id, incarnation, epoch, place, boot) "
        "VALUES (1, randomblob(16), 1, 'bare-loop', randomblob(16))");
}

static void prepare_records(void) {
    inbox = prepare("INSERT INTO inbox (id, day) VALUES (?, 20000) ON CONFLICT DO NOTHING");
    fact = prepare("INSERT INTO fact (type, subject, revision, child) VALUES ('barnsakert.answers.submitted.v1', ?, 1, "
                   "?) ON CONFLICT DO UPDATE SET revision = excluded.revision WHERE excluded.revision > revision");
    standing = prepare("SELECT child, respondent, age_days, form_revision, max(outcome_revision, (SELECT floor FROM "
                       "revision_floor)), questionnaire, event FROM scored WHERE screening = ?");
    unscored = prepare("SELECT floor, blank_until >= ?2, EXISTS (SELECT 1 FROM retracted WHERE screening = ?1), "
                       "EXISTS (SELECT 1 FROM said_before WHERE screening = ?1) FROM revision_floor");
    rescorings = prepare("SELECT version, old_version, from_day FROM rerun WHERE code = 'mill'");
    neighbours = prepare("SELECT seq, (age_days, screening) < (?2, ?3) FROM scored WHERE respondent = ?1 AND "
                         "questionnaire = 'mill' AND screening <> ?3 ORDER BY age_days, screening");
    earlier = prepare("SELECT ruled_by, results FROM scored WHERE seq = ?");
    scored = prepare(
        "INSERT INTO scored (seq, screening, child, respondent, questionnaire, age_days, form_revision, "
        "outcome_revision, instrument, ruled_by, digest, has_outcome, results, content, event) VALUES (NULL, ?, ?, ?, "
        "'mill', ?, 1, 1, 'mill/1', 'mill/1', ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET respondent = "
        "excluded.respondent, questionnaire = excluded.questionnaire, age_days = excluded.age_days, form_revision = "
        "excluded.form_revision, outcome_revision = excluded.outcome_revision, instrument = excluded.instrument, "
        "ruled_by = excluded.ruled_by, digest = excluded.digest, has_outcome = excluded.has_outcome, results = "
        "excluded.results, content = excluded.content, event = excluded.event");
    answered = prepare("INSERT INTO answered (seq, child, form) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET form = "
                       "excluded.form WHERE form <> excluded.form");
    outbox = prepare("INSERT INTO outbox (topic, key, child, id, type, subject, revision, time, traceparent, "
                     "causation, epoch, value) VALUES ('outcomes', ?, ?, ?, 'outcome.scored', ?, 1, 1767225600123, ?, "
                     "?, (SELECT epoch FROM identity), ?) ON CONFLICT (id) DO NOTHING");
}

sqlite3_int64 open_store(const char *path) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) fail("open");
    configure();
    prepare_records();
    begin = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
    parked = prepare("SELECT 1 FROM parked LIMIT 1");
    tally = prepare("INSERT INTO tally (part, name, rows) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET rows = rows + "
                    "excluded.rows");
    offset = prepare("INSERT INTO next_offset (topic, partition, next, last_id) VALUES (?, ?, ?, NULL) ON CONFLICT DO "
                     "UPDATE SET next = excluded.next");
    marks = prepare("SELECT topic, published, stopped FROM watermark");
    select_rows = prepare("SELECT seq, topic, key, id, type, subject, revision, time, traceparent, causation, epoch, "
                          "value FROM outbox WHERE seq > ? ORDER BY seq LIMIT 2000");
    last_row = prepare("SELECT max(seq) FROM outbox");
    mark = prepare("INSERT INTO watermark (topic, published, reached) VALUES ('outcomes', ?1, ?1) ON CONFLICT DO "
                   "UPDATE SET published = excluded.published, reached = max(reached, excluded.reached)");
    if (sqlite3_step(last_row) != SQLITE_ROW) fail("the outbox");
    const sqlite3_int64 last = sqlite3_column_int64(last_row, 0);
    sqlite3_reset(last_row);
    return last;
}

void begin_batch(void) {
    step(begin);
    step(parked);
    recorded = with_outcome = 0;
}

static void count(const char *part, const char *name, long rows) {
    bind_text(tally, 1, part, strlen(part));
    bind_text(tally, 2, name, strlen(name));
    sqlite3_bind_int64(tally, 3, rows);
    step(tally);
}

void end_batch(const char *topic, int partitions, const long next[]) {
    for (int p = 0; p < partitions; p++) {
        bind_text(offset, 1, topic, strlen(topic));
        sqlite3_bind_int(offset, 2, p);
        sqlite3_bind_int64(offset, 3, next[p]);
        step(offset);
    }
    count("inbox", "records", recorded);
    count("outbox", "outcome.scored", recorded);
    count("scored", "forms", recorded);
    count("scored", "with-outcome", with_outcome);
    step(commit);
    if (log_pages >= CHECKPOINT_PAGES) run("PRAGMA wal_checkpoint(PASSIVE)");
}

int note_record(const struct facts *facts) {
    bind_id(inbox, 1, facts->id);
    if (step(inbox) != 1) return 0;
    bind_id(fact, 1, facts->screening);
    bind_id(fact, 2, facts->child);
    return step(fact) == 1;
}

void read_known(const struct facts *facts, char before[FACTORS + 1]) {
    sqlite3_int64 last = 0;
    before[0] = 0;
    bind_id(standing, 1, facts->screening);
    step(standing);
    bind_id(unscored, 1, facts->screening);
    sqlite3_bind_int64(unscored, 2, 1767225600123);
    step(unscored);
    bind_id(neighbours, 1, facts->respondent);
    sqlite3_bind_int64(neighbours, 2, facts->age_days);
    bind_id(neighbours, 3, facts->screening);
    while (sqlite3_step(neighbours) == SQLITE_ROW)
        if (sqlite3_column_int(neighbours, 1)) last = sqlite3_column_int64(neighbours, 0);
    sqlite3_reset(neighbours);
    step(rescorings);
    if (last == 0) return;
    sqlite3_bind_int64(earlier, 1, last);
    if (sqlite3_step(earlier) != SQLITE_ROW) fail("the form before is gone");
    snprintf(before, FACTORS + 1, "%s", (const char *)sqlite3_column_text(earlier, 1));
    sqlite3_reset(earlier);
}

void keep(const struct facts *facts) {
    recorded++;
    with_outcome += facts->has_outcome;
    bind_id(scored, 1, facts->screening);
    bind_id(scored, 2, facts->child);
    bind_id(scored, 3, facts->respondent);
    sqlite3_bind_int64(scored, 4, facts->age_days);
    sqlite3_bind_blob(scored, 5, facts->digest, 32, SQLITE_STATIC);
    sqlite3_bind_int(scored, 6, facts->has_outcome);
    bind_text(scored, 7, facts->results, FACTORS);
    bind_text(scored, 8, facts->content, facts->content_bytes);
    bind_id(scored, 9, facts->event);
    step(scored);
    sqlite3_bind_int64(answered, 1, sqlite3_last_insert_rowid(database));
    bind_id(answered, 2, facts->child);
    sqlite3_bind_blob(answered, 3, facts->form.start, (int)facts->form.length, SQLITE_STATIC);
    step(answered);
    bind_text(outbox, 1, facts->key.start, facts->key.length);
    bind_id(outbox, 2, facts->child);
    bind_id(outbox, 3, facts->event);
    bind_text(outbox, 4, facts->subject.start, facts->subject.length);
    if (facts->traceparent.length) bind_text(outbox, 5, facts->traceparent.start, facts->traceparent.length);
    else sqlite3_bind_null(outbox, 5);
    bind_id(outbox, 6, facts->id);
    sqlite3_bind_blob(outbox, 7, facts->value, (int)facts->value_bytes, SQLITE_STATIC);
    step(outbox);
}

sqlite3_int64 read_outbox(sqlite3_int64 position, send_row *send, void *context) {
    while (sqlite3_step(marks) == SQLITE_ROW) continue;
    sqlite3_reset(marks);
    sqlite3_bind_int64(select_rows, 1, position);
    while (sqlite3_step(select_rows) == SQLITE_ROW) {
        position = sqlite3_column_int64(select_rows, 0);
        send(context, select_rows);
    }
    sqlite3_reset(select_rows);
    step(last_row);
    return position;
}

void mark_published(sqlite3_int64 position) {
    sqlite3_bind_int64(mark, 1, position);
    step(mark);
}
