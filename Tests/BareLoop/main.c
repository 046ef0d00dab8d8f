// The bare loop: what the hop topic -> SQLite -> topic costs in C, with nothing of ours in it.
//
// Reads records, runs the statements that scoring runs with the same syncs in the same batches, publishes the outbox
// rows with as many headers, and moves a watermark. Development only. Two ways:
//
// - `work`: does scoring's whole work. Reads headers and form, scores, compares with the form before, writes and hashes
//   the outcome, names the event. The ratio to it says what Swift and the design's guards cost.
// - `bare`: decides nothing and decodes nothing; rows and records have the usual size. The ratio to it says what
//   everything costs but moving bytes.
//
// What came before the first WARM records is start-up and isn't counted; ROWS are in the store before that.
//
// usage: bare-loop work|bare SERVERS TOPIC_IN TOPIC_OUT PARTITIONS RECORDS DATABASE WARM ROWS CHILDREN
//        bare-loop course DATABASE   reads scoring's kept forms and outcomes in the order of the course, for `replay`
//        bare-loop score COUNT       scores one form of eighteen answers again and again
//        bare-loop sql DATABASE      runs the statements on standard input: fills another program's store beforehand
#include "offline.h"
#include "outcome.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH_MAX = 500, HEADERS = 13, OUTCOME_BYTES = 1000, EVENT_BYTES = 1230, FORM_BYTES = 1135 };

static const char an_identifier[] = "00000000-0000-4000-8000-000000000000";
static long children = 1;
static int does_work;

static void fail(const char *what) {
    fprintf(stderr, "bare-loop: %s\n", what);
    exit(70);
}

// Sixteen bytes that stand for an identifier, ordered as ours are; `salt` tells the kinds apart.
static void identifier(unsigned char out[16], long number, int salt) {
    memset(out, salt, 16);
    for (int i = 0; i < 8; i++) out[i] = (unsigned char)(number >> (56 - 8 * i));
}

// Facts of the usual size about nothing. Families below `first_family` are those that come again.
static void make_up(struct facts *facts, long number, long family) {
    memset(facts->content, 'x', OUTCOME_BYTES);
    memset(facts->value, 'x', EVENT_BYTES);
    facts->content_bytes = OUTCOME_BYTES;
    facts->value_bytes = EVENT_BYTES;
    identifier(facts->id, number, 1);
    identifier(facts->event, number, 1);
    identifier(facts->screening, number, 2);
    identifier(facts->respondent, (long)(((unsigned long)family * 0x9E3779B97F4A7C15UL) >> 1), 3);
    memcpy(facts->child, facts->respondent, 16);
    facts->age_days = 300 + 200 * (number / children);
    strcpy(facts->results, "nnnnnn");
    facts->subject = facts->key = (struct slice){an_identifier, sizeof an_identifier - 1};
    facts->traceparent.length = 0;
}

static void apply_bare(const rd_kafka_message_t *message, long number, struct facts *facts) {
    char before[FACTORS + 1];
    make_up(facts, number, number % children);
    facts->form = (struct slice){message->payload, message->len};
    facts->key = (struct slice){message->key, message->key_len};
    note_record(facts);
    read_known(facts, before);
    keep(facts);
}

static void apply_work(const rd_kafka_message_t *message, struct facts *facts) {
    static struct form form;
    struct envelope envelope;
    char before[FACTORS + 1];
    if (!read_envelope(message, &envelope)) fail("headers are malformed");
    facts->form = (struct slice){message->payload, message->len};
    facts->key = (struct slice){message->key, message->key_len};
    facts->subject = envelope.subject_text;
    facts->traceparent = envelope.traceparent;
    memcpy(facts->id, envelope.id, 16);
    memcpy(facts->screening, envelope.subject, 16);
    if (!read_identifier(facts->child, facts->key)) fail("a key is no child");
    note_record(facts);
    if (!read_form(message->payload, message->len, &form)) fail("a form is malformed");
    if (memcmp(form.screening, envelope.subject, 16) != 0 || form.revision != envelope.revision)
        fail("a form disagrees with its headers");
    memcpy(facts->respondent, form.respondent, 16);
    facts->age_days = form.age_days;
    read_known(facts, before);
    decide(&envelope, &form, before, facts);
    keep(facts);
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

struct sending {
    rd_kafka_t *producer;
    const char *topic;
    rd_kafka_headers_t *constant;
    long sent;
};

static void identifier_text(char out[37], const unsigned char *id) {
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) *out++ = '-';
        *out++ = digits[id[i] >> 4];
        *out++ = digits[id[i] & 15];
    }
    *out = 0;
}

static rd_kafka_headers_t *headers_of(sqlite3_stmt *row) {
    char id[37], causation[37];
    identifier_text(id, sqlite3_column_blob(row, 3));
    identifier_text(causation, sqlite3_column_blob(row, 6));
    const char *traceparent = (const char *)sqlite3_column_text(row, 5);
    const char *const texts[][2] = {
        {"ce_specversion", "1.0"}, {"ce_id", id}, {"ce_source", "/barnsakert/23/scoring"},
        {"ce_type", "barnsakert.outcome.scored.v1"}, {"ce_time", "2026-11-24T08:10:00.412Z"},
        {"ce_subject", (const char *)sqlite3_column_text(row, 4)},
        {"ce_dataschema", "https://barnsakert.example/schemas/outcome.scored.v1.json"},
        {"ce_partitionkey", (const char *)sqlite3_column_text(row, 1)}, {"content-type", "application/json"},
        {"ce_revision", "1"}, {"ce_epoch", "1"}, {"ce_causationid", causation}};
    rd_kafka_headers_t *headers = rd_kafka_headers_new(HEADERS);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        rd_kafka_header_add(headers, texts[i][0], -1, texts[i][1], -1);
    if (traceparent) rd_kafka_header_add(headers, "traceparent", -1, traceparent, -1);
    return headers;
}

static void send_record(void *context, sqlite3_stmt *row) {
    struct sending *sending = context;
    rd_kafka_headers_t *headers = does_work ? headers_of(row) : rd_kafka_headers_copy(sending->constant);
    const rd_kafka_resp_err_t code = rd_kafka_producev(
        sending->producer, RD_KAFKA_V_TOPIC(sending->topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(sqlite3_column_text(row, 1), sqlite3_column_bytes(row, 1)),
        RD_KAFKA_V_VALUE((void *)sqlite3_column_blob(row, 2), sqlite3_column_bytes(row, 2)),
        RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
    if (code) fail(rd_kafka_err2str(code));
    sending->sent++;
}

// Publishes everything after `position`, waits for every report, and gives the new position.
static sqlite3_int64 relay(rd_kafka_t *producer, rd_kafka_queue_t *reports, const char *topic, sqlite3_int64 position) {
    struct sending sending = {producer, topic, rd_kafka_headers_new(HEADERS), 0};
    for (int i = 0; i < HEADERS; i++)
        rd_kafka_header_add(sending.constant, "ce_dataschema", -1, "https://example.org/schemas/outcome.scored.v1", -1);
    position = read_outbox(position, send_record, &sending);
    rd_kafka_headers_destroy(sending.constant);
    while (sending.sent > 0) {
        rd_kafka_event_t *event = rd_kafka_queue_poll(reports, 1000);
        if (event) sending.sent -= (long)rd_kafka_event_message_count(event);
        rd_kafka_event_destroy(event);
    }
    mark_published(position);
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

// Puts rows into the store as if so many records had been read and published before, of families that don't come again.
static void fill(long rows) {
    static struct facts facts;
    static char form[FORM_BYTES];
    memset(form, 'x', sizeof form);
    run_sql("PRAGMA synchronous = OFF");
    for (long number = 0; number < rows; number++) {
        if (number % BATCH_MAX == 0) begin_batch();
        make_up(&facts, number, number + children);
        facts.form = (struct slice){form, sizeof form};
        note_record(&facts);
        keep(&facts);
        if (number % BATCH_MAX == BATCH_MAX - 1 || number == rows - 1) end_batch(0, 0);
    }
    run_sql("PRAGMA wal_checkpoint(TRUNCATE)");
    run_sql("PRAGMA synchronous = FULL");
}

static rd_kafka_queue_t *assigned(rd_kafka_t *consumer, const char *topic, int partitions) {
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
    for (int i = 0; i < partitions; i++) rd_kafka_topic_partition_list_add(list, topic, i)->offset = 0;
    rd_kafka_assign(consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    return rd_kafka_queue_get_consumer(consumer);
}

static int run_loop(char **argv) {
    static struct facts facts;
    const char *servers = argv[2];
    const int partitions = atoi(argv[5]);
    const long wanted = atol(argv[6]), warm = atol(argv[8]), rows = atol(argv[9]);
    children = atol(argv[10]);
    open_store(argv[7]);
    fill(rows);
    rd_kafka_t *producer = client(RD_KAFKA_PRODUCER, servers);
    rd_kafka_queue_t *queue = assigned(client(RD_KAFKA_CONSUMER, servers), argv[3], partitions);
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
        const int count = fetch(queue, batch);
        if (count == 0) continue;
        begin_batch();
        for (int i = 0; i < count; i++) {
            if (does_work) apply_work(batch[i], &facts);
            else apply_bare(batch[i], rows + done + i, &facts);
        }
        end_batch(partitions, done);
        for (int i = 0; i < count; i++) rd_kafka_message_destroy(batch[i]);
        done += count;
        position = relay(producer, reports, argv[4], position);
    }
    printf("{\"records\": %ld, \"cpuSeconds\": %.6f}\n", done - counted_from, cpu_seconds() - cpu_before);
    fflush(stdout);
    _exit(0);
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "course") == 0) return read_kept(argv[2]);
    if (argc == 3 && strcmp(argv[1], "score") == 0) return score_often(atol(argv[2]));
    if (argc == 3 && strcmp(argv[1], "sql") == 0) return run_input(argv[2]);
    does_work = argc == 11 && strcmp(argv[1], "work") == 0;
    if (argc == 11 && (does_work || strcmp(argv[1], "bare") == 0)) return run_loop(argv);
    fprintf(stderr,
            "usage: bare-loop work|bare SERVERS TOPIC_IN TOPIC_OUT PARTITIONS RECORDS DATABASE WARM ROWS CHILDREN\n"
            "       bare-loop course DATABASE | score COUNT | sql DATABASE\n");
    return 2;
}
