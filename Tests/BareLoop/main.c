// The bare loop: what the hop topic -> SQLite -> topic costs in C, with nothing of ours in it.
//
// Reads records, runs the statements that scoring runs on a store of the same tables and settings, with the same syncs
// in the same batches, publishes the outbox rows with as many headers, and moves a watermark. Development only. Two
// ways:
//
// - `work`: does scoring's whole work. Reads headers and form, scores, compares with the form before, writes and hashes
//   the outcome, names the event. It knows one instrument, in code, takes no record that isn't as it should be and ends
//   at the first that isn't: no parking, no other revisions, no fault points, one thread for reading and publishing.
//   The ratio to it says what Swift and those guards cost.
// - `bare`: decides nothing and decodes nothing; rows and records have the usual size. The ratio to it says what
//   everything costs but moving bytes.
//
// What came before the first WARM records is start-up and isn't counted.
//
// usage: bare-loop work|bare SERVERS TOPIC_IN TOPIC_OUT PARTITIONS RECORDS DATABASE WARM CHILDREN
//        bare-loop course DATABASE   reads scoring's kept forms and outcomes in the order of the course, for `replay`
//        bare-loop score COUNT       scores one form of eighteen answers again and again
//        bare-loop sql DATABASE      runs the statements on standard input: fills another program's store beforehand
#include "offline.h"
#include "outcome.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCH_MAX = 500, PARTITIONS_MAX = 64, HEADERS = 13, OUTCOME_BYTES = 1000, EVENT_BYTES = 1230 };

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

// Facts of the usual size about nothing.
static void make_up(struct facts *facts, long number) {
    const long family = number % children;
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
    make_up(facts, number);
    facts->form = (struct slice){message->payload, message->len};
    facts->key = (struct slice){message->key, message->key_len};
    if (!note_record(facts)) fail("a record came twice");
    read_known(facts, before);
    keep(facts);
}

// The one instrument, as the first form names it.
static void know_instrument(struct slice instrument) {
    static char known[256];
    if (instrument.length >= sizeof known) fail("an instrument's name is too long");
    if (known[0] == 0) memcpy(known, instrument.start, instrument.length);
    if (strlen(known) != instrument.length || memcmp(known, instrument.start, instrument.length) != 0)
        fail("a form was given under another instrument");
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
    if (!note_record(facts)) fail("a record came twice");
    if (!read_form(message->payload, message->len, &form)) fail("a form is malformed");
    if (memcmp(form.screening, envelope.subject, 16) != 0 || form.revision != envelope.revision)
        fail("a form disagrees with its headers");
    know_instrument(form.instrument);
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
    for (int i = 0; i < 6; i++) {
        const char **own = type == RD_KAFKA_PRODUCER ? producer[i % 4] : consumer[i % 4];
        const char **pair = i < 4 ? own : common[i - 4];
        if (rd_kafka_conf_set(conf, pair[0], pair[1], error, sizeof error) != RD_KAFKA_CONF_OK) fail(error);
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

static void time_text(char out[32], sqlite3_int64 milliseconds) {
    const time_t seconds = (time_t)(milliseconds / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    const size_t length = strftime(out, 32, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out + length, 32 - length, ".%03dZ", (int)(milliseconds % 1000));
}

static const char *column(sqlite3_stmt *row, int index) { return (const char *)sqlite3_column_text(row, index); }

static rd_kafka_headers_t *headers_of(sqlite3_stmt *row) {
    char id[37], causation[37], time[32], type[64], schema[128];
    identifier_text(id, sqlite3_column_blob(row, 3));
    identifier_text(causation, sqlite3_column_blob(row, 9));
    time_text(time, sqlite3_column_int64(row, 7));
    snprintf(type, sizeof type, "barnsakert.%s.v1", column(row, 4));
    snprintf(schema, sizeof schema, "https://barnsakert.example/schemas/%s.v1.json", column(row, 4));
    const char *const texts[][2] = {
        {"ce_specversion", "1.0"}, {"ce_id", id}, {"ce_source", "/barnsakert/23/scoring"}, {"ce_type", type},
        {"ce_time", time}, {"ce_subject", column(row, 5)}, {"ce_dataschema", schema},
        {"ce_partitionkey", column(row, 2)}, {"content-type", "application/json"}, {"ce_revision", column(row, 6)},
        {"ce_epoch", column(row, 10)}, {"ce_causationid", causation}, {"traceparent", column(row, 8)}};
    rd_kafka_headers_t *headers = rd_kafka_headers_new(HEADERS);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i][1]) rd_kafka_header_add(headers, texts[i][0], -1, texts[i][1], -1);
    return headers;
}

static void send_record(void *context, sqlite3_stmt *row) {
    struct sending *sending = context;
    rd_kafka_headers_t *headers = does_work ? headers_of(row) : rd_kafka_headers_copy(sending->constant);
    const rd_kafka_resp_err_t code = rd_kafka_producev(
        sending->producer, RD_KAFKA_V_TOPIC(sending->topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(sqlite3_column_text(row, 2), sqlite3_column_bytes(row, 2)),
        RD_KAFKA_V_VALUE((void *)sqlite3_column_blob(row, 11), sqlite3_column_bytes(row, 11)),
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
        if (!event) continue;
        const rd_kafka_message_t *report;
        while ((report = rd_kafka_event_message_next(event))) {
            if (report->err) fail(rd_kafka_err2str(report->err));
            sending.sent--;
        }
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
        if (message->err) fail(rd_kafka_message_errstr(message));
        batch[count++] = message;
        wait = 5;
    }
    return count;
}

static rd_kafka_queue_t *assigned(rd_kafka_t *consumer, const char *topic, int partitions) {
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
    for (int i = 0; i < partitions; i++) rd_kafka_topic_partition_list_add(list, topic, i)->offset = 0;
    rd_kafka_assign(consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    return rd_kafka_queue_get_consumer(consumer);
}

// Tells the broker how far the store has come, as a witness.
static void tell(rd_kafka_t *consumer, const char *topic, int partitions, const long next[]) {
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
    for (int p = 0; p < partitions; p++) rd_kafka_topic_partition_list_add(list, topic, p)->offset = next[p];
    rd_kafka_commit(consumer, list, 1);
    rd_kafka_topic_partition_list_destroy(list);
}

static int run_loop(char **argv) {
    static struct facts facts;
    const char *servers = argv[2], *topic = argv[3];
    const int partitions = atoi(argv[5]);
    const long wanted = atol(argv[6]), warm = atol(argv[8]);
    children = atol(argv[9]);
    long next[PARTITIONS_MAX] = {0};
    if (children < 1 || partitions < 1 || partitions > PARTITIONS_MAX) fail("there must be children and partitions");
    sqlite3_int64 position = open_store(argv[7]);
    rd_kafka_t *producer = client(RD_KAFKA_PRODUCER, servers);
    rd_kafka_t *consumer = client(RD_KAFKA_CONSUMER, servers);
    rd_kafka_queue_t *queue = assigned(consumer, topic, partitions);
    rd_kafka_queue_t *reports = rd_kafka_queue_get_main(producer);
    rd_kafka_message_t *batch[BATCH_MAX];
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
            else apply_bare(batch[i], done + i, &facts);
            next[batch[i]->partition] = (long)batch[i]->offset + 1;
        }
        end_batch(topic, partitions, next);
        tell(consumer, topic, partitions, next);
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
    does_work = argc == 10 && strcmp(argv[1], "work") == 0;
    if (argc == 10 && (does_work || strcmp(argv[1], "bare") == 0)) return run_loop(argv);
    fprintf(stderr,
            "usage: bare-loop work|bare SERVERS TOPIC_IN TOPIC_OUT PARTITIONS RECORDS DATABASE WARM CHILDREN\n"
            "       bare-loop course DATABASE | score COUNT | sql DATABASE\n");
    return 2;
}
