#include "store.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *database;
static sqlite3_stmt *begin, *commit, *inbox, *fact, *standing, *unscored, *neighbours, *earlier, *scored, *answered;
static sqlite3_stmt *outbox, *offset, *select_rows, *mark;

static void fail(const char *what) {
    fprintf(stderr, "bare-loop: %s: %s\n", what, sqlite3_errmsg(database));
    exit(70);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) fail(sql);
    return statement;
}

void run_sql(const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

static void step(sqlite3_stmt *statement) {
    const int result = sqlite3_step(statement);
    if (result != SQLITE_DONE && result != SQLITE_ROW) fail(sqlite3_sql(statement));
    sqlite3_reset(statement);
}

static void bind_id(sqlite3_stmt *statement, int index, const unsigned char id[16]) {
    sqlite3_bind_blob(statement, index, id, 16, SQLITE_STATIC);
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text, size_t length) {
    sqlite3_bind_text(statement, index, text, (int)length, SQLITE_STATIC);
}

static void create_tables(void) {
    run_sql("CREATE TABLE inbox (id BLOB PRIMARY KEY, day INTEGER) WITHOUT ROWID");
    run_sql("CREATE TABLE fact (type TEXT, subject BLOB, revision INTEGER, child BLOB, PRIMARY KEY (type, subject)) "
            "WITHOUT ROWID");
    run_sql("CREATE TABLE scored (seq INTEGER PRIMARY KEY, screening BLOB UNIQUE, child BLOB, respondent BLOB, "
            "questionnaire TEXT, age_days INTEGER, form_revision INTEGER, outcome_revision INTEGER, instrument TEXT, "
            "ruled_by TEXT, digest BLOB, has_outcome INTEGER, results TEXT, content TEXT, event BLOB)");
    run_sql("CREATE TABLE retracted (screening BLOB PRIMARY KEY) WITHOUT ROWID");
    run_sql("CREATE TABLE said_before (screening BLOB PRIMARY KEY) WITHOUT ROWID");
    run_sql("CREATE TABLE answered (seq INTEGER PRIMARY KEY, child BLOB, form BLOB)");
    run_sql("CREATE INDEX course ON scored (respondent, questionnaire, age_days, screening, instrument)");
    run_sql("CREATE TABLE outbox (seq INTEGER PRIMARY KEY, topic TEXT, key TEXT, child BLOB, id BLOB, type TEXT, "
            "subject TEXT, revision INTEGER, time INTEGER, traceparent TEXT, causation BLOB, epoch INTEGER, "
            "value BLOB)");
    run_sql("CREATE UNIQUE INDEX outbox_id ON outbox (id)");
    run_sql("CREATE TABLE next_offset (partition INTEGER PRIMARY KEY, next INTEGER)");
    run_sql("CREATE TABLE watermark (topic TEXT PRIMARY KEY, published INTEGER) WITHOUT ROWID");
}

void open_store(const char *path) {
    if (sqlite3_open(path, &database) != SQLITE_OK) fail("open");
    run_sql("PRAGMA journal_mode = WAL");
    run_sql("PRAGMA synchronous = FULL");
    create_tables();
    begin = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
    inbox = prepare("INSERT INTO inbox VALUES (?, 1) ON CONFLICT DO NOTHING");
    fact = prepare("INSERT INTO fact VALUES ('barnsakert.answers.submitted.v1', ?, 1, ?) ON CONFLICT DO UPDATE SET "
                   "revision = excluded.revision WHERE excluded.revision > revision");
    standing = prepare("SELECT child, respondent, age_days FROM scored WHERE screening = ?");
    unscored = prepare("SELECT EXISTS (SELECT 1 FROM retracted WHERE screening = ?1), "
                       "EXISTS (SELECT 1 FROM said_before WHERE screening = ?1)");
    neighbours = prepare("SELECT seq FROM scored WHERE respondent = ? AND questionnaire = 'mill' AND screening <> ? "
                         "ORDER BY age_days, screening");
    earlier = prepare("SELECT ruled_by, results FROM scored WHERE seq = ?");
    scored = prepare("INSERT INTO scored (screening, child, respondent, questionnaire, age_days, form_revision, "
                     "outcome_revision, instrument, ruled_by, digest, has_outcome, results, content, event) "
                     "VALUES (?, ?, ?, 'mill', ?, 1, 1, 'mill/1', 'mill/1', ?, ?, ?, ?, ?)");
    answered = prepare("INSERT INTO answered VALUES (?, ?, ?)");
    outbox = prepare("INSERT INTO outbox (topic, key, child, id, type, subject, revision, time, traceparent, "
                     "causation, epoch, value) VALUES ('outcomes', ?, ?, ?, 'outcome.scored', ?, 1, 1767225600000, ?, "
                     "?, 1, ?) ON CONFLICT (id) DO NOTHING");
    offset = prepare("INSERT INTO next_offset VALUES (?, ?) ON CONFLICT DO UPDATE SET next = excluded.next");
    select_rows = prepare("SELECT seq, key, value, id, subject, traceparent, causation FROM outbox WHERE seq > ? "
                          "ORDER BY seq LIMIT 2000");
    mark = prepare("INSERT INTO watermark VALUES ('outcomes', ?) ON CONFLICT DO UPDATE SET published = "
                   "excluded.published");
}

void begin_batch(void) { step(begin); }

void end_batch(int partitions, long next) {
    for (int p = 0; p < partitions; p++) {
        sqlite3_bind_int(offset, 1, p);
        sqlite3_bind_int64(offset, 2, next);
        step(offset);
    }
    step(commit);
}

void note_record(const struct facts *facts) {
    bind_id(inbox, 1, facts->id);
    step(inbox);
    bind_id(fact, 1, facts->screening);
    bind_id(fact, 2, facts->child);
    step(fact);
}

void read_known(const struct facts *facts, char before[FACTORS + 1]) {
    sqlite3_int64 last = 0;
    before[0] = 0;
    bind_id(standing, 1, facts->screening);
    step(standing);
    bind_id(unscored, 1, facts->screening);
    step(unscored);
    bind_id(neighbours, 1, facts->respondent);
    bind_id(neighbours, 2, facts->screening);
    while (sqlite3_step(neighbours) == SQLITE_ROW) last = sqlite3_column_int64(neighbours, 0);
    sqlite3_reset(neighbours);
    if (last == 0) return;
    sqlite3_bind_int64(earlier, 1, last);
    if (sqlite3_step(earlier) != SQLITE_ROW) fail("the form before is gone");
    snprintf(before, FACTORS + 1, "%s", (const char *)sqlite3_column_text(earlier, 1));
    sqlite3_reset(earlier);
}

void keep(const struct facts *facts) {
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
    sqlite3_bind_int64(select_rows, 1, position);
    while (sqlite3_step(select_rows) == SQLITE_ROW) {
        position = sqlite3_column_int64(select_rows, 0);
        send(context, select_rows);
    }
    sqlite3_reset(select_rows);
    return position;
}

void mark_published(sqlite3_int64 position) {
    sqlite3_bind_int64(mark, 1, position);
    step(mark);
}
