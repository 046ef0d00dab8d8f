// The bare loop: what the hop topic -> SQLite -> topic costs in C, with nothing of ours in it.
//
// Reads records, runs the statements that scoring runs (inbox, fact, what is known of the form and of the one before
// it, scored, answered, outbox, next offset) with the same syncs in the same batches, publishes the outbox rows with as
// many headers, and moves a watermark. It decides nothing and decodes nothing, so that the ratio to it says what Swift,
// JSON and the design's guards cost. Development only.
//
// What came before the first WARM records is start-up and isn't counted; ROWS are in the store before that.
//
// usage: bare-loop SERVERS TOPIC_IN TOPIC_OUT PARTITIONS RECORDS DATABASE WARM ROWS CHILDREN
//        bare-loop course DATABASE   reads scoring's kept forms and outcomes in the order of the course, for `replay`
//        bare-loop score COUNT      scores one form of eighteen answers again and again
//        bare-loop sql DATABASE      runs the statements on standard input: fills another program's store beforehand
#include "offline.h"
#include <librdkafka/rdkafka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCH_MAX = 500, HEADERS = 13, OUTCOME_BYTES = 1000, FORM_BYTES = 1135 };

static sqlite3 *database;
static sqlite3_stmt *begin, *commit, *inbox, *fact, *standing, *retracted, *neighbours, *earlier, *scored, *answered;
static sqlite3_stmt *outbox, *offset, *select_rows, *mark;
static char outcome[OUTCOME_BYTES];
static long children = 1;

static void fail(const char *what) {
    fprintf(stderr, "bare-loop: %s: %s\n", what, database ? sqlite3_errmsg(database) : "");
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

static void step(sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_sql(statement));
    sqlite3_reset(statement);
}

static void open_database(const char *path) {
    if (sqlite3_open(path, &database) != SQLITE_OK) fail("open");
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("CREATE TABLE inbox (id BLOB PRIMARY KEY, day INTEGER) WITHOUT ROWID");
    run("CREATE TABLE fact (type TEXT, subject BLOB, revision INTEGER, child BLOB, PRIMARY KEY (type, subject)) "
        "WITHOUT ROWID");
    run("CREATE TABLE scored (seq INTEGER PRIMARY KEY, screening BLOB UNIQUE, child BLOB, respondent BLOB, age "
        "INTEGER, factors TEXT)");
    run("CREATE TABLE retracted (screening BLOB PRIMARY KEY) WITHOUT ROWID");
    run("CREATE TABLE answered (seq INTEGER PRIMARY KEY, child BLOB, form BLOB)");
    run("CREATE INDEX course ON scored (respondent, age, screening)");
    run("CREATE TABLE outbox (seq INTEGER PRIMARY KEY, topic TEXT, key TEXT, child BLOB, id BLOB, type TEXT, subject "
        "TEXT, value BLOB)");
    run("CREATE UNIQUE INDEX outbox_id ON outbox (id)");
    run("CREATE TABLE next_offset (partition INTEGER PRIMARY KEY, next INTEGER)");
    run("CREATE TABLE watermark (topic TEXT PRIMARY KEY, published INTEGER) WITHOUT ROWID");
    begin = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
    inbox = prepare("INSERT INTO inbox VALUES (?, 1) ON CONFLICT DO NOTHING");
    fact = prepare("INSERT INTO fact VALUES ('answers.submitted', ?, 1, ?) ON CONFLICT DO UPDATE SET revision = "
                   "excluded.revision WHERE excluded.revision > revision");
    standing = prepare("SELECT child, respondent, age FROM scored WHERE screening = ?");
    retracted = prepare("SELECT screening FROM retracted WHERE screening = ?");
    neighbours = prepare("SELECT screening FROM scored WHERE respondent = ? AND screening <> ? "
                         "ORDER BY age, screening");
    earlier = prepare("SELECT factors FROM scored WHERE screening = ?");
    scored = prepare("INSERT INTO scored (screening, child, respondent, age, factors) VALUES (?, ?, ?, ?, ?)");
    answered = prepare("INSERT INTO answered VALUES (?, ?, ?)");
    outbox = prepare("INSERT INTO outbox (topic, key, child, id, type, subject, value) VALUES ('outcomes', ?, ?, ?, "
                     "'outcome.scored', ?, ?)");
    offset = prepare("INSERT INTO next_offset VALUES (?, ?) ON CONFLICT DO UPDATE SET next = excluded.next");
    select_rows = prepare("SELECT seq, key, value FROM outbox WHERE seq > ? ORDER BY seq LIMIT 2000");
    mark = prepare("INSERT INTO watermark VALUES ('outcomes', ?) ON CONFLICT DO UPDATE SET published = "
                   "excluded.published");
}

// Sixteen bytes that stand for an identifier, ordered as ours are; `salt` tells the kinds apart.
static void identifier(unsigned char out[16], long number, int salt) {
    memset(out, salt, 16);
    for (int i = 0; i < 8; i++) out[i] = (unsigned char)(number >> (56 - 8 * i));
}

// What is known of the form, and the outcome of the last one by the same respondent, copied as whoever decodes it must.
static void read_course(const unsigned char *screening, const unsigned char *respondent) {
    static char before[OUTCOME_BYTES];
    unsigned char last[16];
    int found = 0;
    sqlite3_bind_blob(standing, 1, screening, 16, SQLITE_STATIC);
    step(standing);
    sqlite3_bind_blob(retracted, 1, screening, 16, SQLITE_STATIC);
    step(retracted);
    sqlite3_bind_blob(neighbours, 1, respondent, 16, SQLITE_STATIC);
    sqlite3_bind_blob(neighbours, 2, screening, 16, SQLITE_STATIC);
    while (sqlite3_step(neighbours) == SQLITE_ROW) {
        memcpy(last, sqlite3_column_blob(neighbours, 0), 16);
        found = 1;
    }
    sqlite3_reset(neighbours);
    if (!found) return;
    sqlite3_bind_blob(earlier, 1, last, 16, SQLITE_STATIC);
    if (sqlite3_step(earlier) != SQLITE_ROW) fail("the form before is gone");
    memcpy(before, sqlite3_column_text(earlier, 0), (size_t)sqlite3_column_bytes(earlier, 0));
    sqlite3_reset(earlier);
}

static void write_record(const rd_kafka_message_t *message, long number, int reads) {
    unsigned char id[16], screening[16], respondent[16];
    // Filled rows are of families that don't come again.
    const long family = reads ? number % children : number + children;
    identifier(id, number, 1);
    identifier(screening, number, 2);
    identifier(respondent, (long)(((unsigned long)family * 0x9E3779B97F4A7C15UL) >> 1), 3);
    sqlite3_bind_blob(inbox, 1, id, 16, SQLITE_STATIC);
    step(inbox);
    sqlite3_bind_blob(fact, 1, screening, 16, SQLITE_STATIC);
    sqlite3_bind_blob(fact, 2, respondent, 16, SQLITE_STATIC);
    step(fact);
    if (reads) read_course(screening, respondent);
    sqlite3_bind_blob(scored, 1, screening, 16, SQLITE_STATIC);
    sqlite3_bind_blob(scored, 2, respondent, 16, SQLITE_STATIC);
    sqlite3_bind_blob(scored, 3, respondent, 16, SQLITE_STATIC);
    sqlite3_bind_int64(scored, 4, 300 + 200 * (number / children));
    sqlite3_bind_text(scored, 5, outcome, OUTCOME_BYTES, SQLITE_STATIC);
    step(scored);
    sqlite3_bind_int64(answered, 1, sqlite3_last_insert_rowid(database));
    sqlite3_bind_blob(answered, 2, respondent, 16, SQLITE_STATIC);
    sqlite3_bind_blob(answered, 3, message->payload, (int)message->len, SQLITE_STATIC);
    step(answered);
    sqlite3_bind_text(outbox, 1, message->key, (int)message->key_len, SQLITE_STATIC);
    sqlite3_bind_blob(outbox, 2, respondent, 16, SQLITE_STATIC);
    sqlite3_bind_blob(outbox, 3, id, 16, SQLITE_STATIC);
    sqlite3_bind_text(outbox, 4, "00000000-0000-7000-8000-000000000000", -1, SQLITE_STATIC);
    sqlite3_bind_blob(outbox, 5, outcome, OUTCOME_BYTES, SQLITE_STATIC);
    step(outbox);
}

static rd_kafka_t *client(rd_kafka_type_t type, const char *servers) {
    char error[256];
    const char *common[][2] = {{"bootstrap.servers", servers}, {"client.id", "bare-loop"}};
    const char *producer[][2] = {
        {"enable.idempotence", "true"}, {"linger.ms", "5"}, {"compression.type", "lz4"},
        {"partitioner", "murmur2_random"}};
    const char *consumer[][2] = {
        {"group.id", "bare-loop"}, {"enable.auto.commit", "false"}, {"fetch.wait.max.ms", "20"},
        {"auto.offset.reset", "error"}};
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    for (int i = 0; i < 2; i++) rd_kafka_conf_set(conf, common[i][0], common[i][1], error, sizeof error);
    for (int i = 0; i < 4; i++) {
        const char **pair = type == RD_KAFKA_PRODUCER ? producer[i] : consumer[i];
        rd_kafka_conf_set(conf, pair[0], pair[1], error, sizeof error);
    }
    if (type == RD_KAFKA_PRODUCER) rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_DR);
    rd_kafka_t *handle = rd_kafka_new(type, conf, error, sizeof error);
    if (!handle) fail(error);
    return handle;
}

// Publishes everything after `position`, waits for every report, and gives the new position.
static sqlite3_int64 relay(rd_kafka_t *producer, rd_kafka_queue_t *reports, const char *topic, sqlite3_int64 position) {
    long sent = 0;
    rd_kafka_headers_t *headers = rd_kafka_headers_new(HEADERS);
    for (int i = 0; i < HEADERS; i++)
        rd_kafka_header_add(headers, "ce_dataschema", -1, "https://example.org/schemas/outcome.scored.v1", -1);
    sqlite3_bind_int64(select_rows, 1, position);
    while (sqlite3_step(select_rows) == SQLITE_ROW) {
        position = sqlite3_column_int64(select_rows, 0);
        rd_kafka_headers_t *copy = rd_kafka_headers_copy(headers);
        rd_kafka_resp_err_t code = rd_kafka_producev(
            producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
            RD_KAFKA_V_KEY(sqlite3_column_text(select_rows, 1), sqlite3_column_bytes(select_rows, 1)),
            RD_KAFKA_V_VALUE((void *)sqlite3_column_blob(select_rows, 2), sqlite3_column_bytes(select_rows, 2)),
            RD_KAFKA_V_HEADERS(copy), RD_KAFKA_V_END);
        if (code) fail(rd_kafka_err2str(code));
        sent++;
    }
    sqlite3_reset(select_rows);
    rd_kafka_headers_destroy(headers);
    while (sent > 0) {
        rd_kafka_event_t *event = rd_kafka_queue_poll(reports, 1000);
        if (event) sent -= (long)rd_kafka_event_message_count(event);
        rd_kafka_event_destroy(event);
    }
    sqlite3_bind_int64(mark, 1, position);
    step(mark);
    return position;
}

static int fetch(rd_kafka_queue_t *queue, rd_kafka_message_t **batch) {
    int count = 0;
    int wait = 100;
    while (count < BATCH_MAX) {
        rd_kafka_message_t *message = NULL;
        if (rd_kafka_consume_batch_queue(queue, wait, &message, 1) != 1) break;
        if (message->err) {
            rd_kafka_message_destroy(message);
            continue;
        }
        batch[count++] = message;
        wait = 5;
    }
    return count;
}

// Puts rows into the store as if so many records had been read and published before.
static void fill(long rows) {
    static char form[FORM_BYTES];
    memset(form, 'x', sizeof form);
    rd_kafka_message_t message = {.payload = form, .len = FORM_BYTES, .key = "00000000-0000-4000-8000-000000000000"};
    message.key_len = strlen(message.key);
    run("PRAGMA synchronous = OFF");
    for (long number = 0; number < rows; number++) {
        if (number % BATCH_MAX == 0) step(begin);
        write_record(&message, number, 0);
        if (number % BATCH_MAX == BATCH_MAX - 1 || number == rows - 1) step(commit);
    }
    run("PRAGMA wal_checkpoint(TRUNCATE)");
    run("PRAGMA synchronous = FULL");
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "course") == 0) return read_kept(argv[2]);
    if (argc == 3 && strcmp(argv[1], "score") == 0) return score_often(atol(argv[2]));
    if (argc == 3 && strcmp(argv[1], "sql") == 0) return run_input(argv[2]);
    if (argc != 10) {
        fprintf(stderr, "usage: bare-loop SERVERS TOPIC_IN TOPIC_OUT PARTITIONS RECORDS DATABASE WARM ROWS CHILDREN\n");
        return 2;
    }
    const long warm = atol(argv[7]);
    const long rows = atol(argv[8]);
    const long wanted = atol(argv[5]);
    children = atol(argv[9]);
    const int partitions = atoi(argv[4]);
    memset(outcome, 'x', sizeof outcome);
    open_database(argv[6]);
    fill(rows);
    rd_kafka_t *consumer = client(RD_KAFKA_CONSUMER, argv[1]);
    rd_kafka_t *producer = client(RD_KAFKA_PRODUCER, argv[1]);
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
    for (int i = 0; i < partitions; i++) rd_kafka_topic_partition_list_add(list, argv[2], i)->offset = 0;
    rd_kafka_assign(consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(consumer);
    rd_kafka_queue_t *reports = rd_kafka_queue_get_main(producer);
    rd_kafka_message_t *batch[BATCH_MAX];
    sqlite3_int64 position = rows;
    long done = 0, counted_from = 0;
    double cpu_before = 0;
    while (done < wanted) {
        if (counted_from == 0 && done >= warm) {
            cpu_before = cpu_seconds();
            counted_from = done;
        }
        int count = fetch(queue, batch);
        if (count == 0) continue;
        step(begin);
        for (int i = 0; i < count; i++) write_record(batch[i], rows + done + i, 1);
        for (int p = 0; p < partitions; p++) {
            sqlite3_bind_int(offset, 1, p);
            sqlite3_bind_int64(offset, 2, done);
            step(offset);
        }
        step(commit);
        for (int i = 0; i < count; i++) rd_kafka_message_destroy(batch[i]);
        done += count;
        position = relay(producer, reports, argv[3], position);
    }
    printf("{\"records\": %ld, \"cpuSeconds\": %.6f}\n", done - counted_from, cpu_seconds() - cpu_before);
    fflush(stdout);
    _exit(0);
}
