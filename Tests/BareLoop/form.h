// A form as it comes, read to the last member: for the loop that does scoring's whole work.
#pragma once
#include <librdkafka/rdkafka.h>
#include <stddef.h>

enum { FACTORS = 6, ITEMS_OF_FACTOR = 3, ITEMS = FACTORS * ITEMS_OF_FACTOR };

// Text that lies in somebody else's memory.
struct slice {
    const char *start;
    size_t length;
};

struct answer {
    char item[16], code[8];
};

// What the headers say.
struct envelope {
    unsigned char id[16], subject[16];
    long long time_milliseconds;
    struct slice id_text, subject_text, traceparent;
    long revision, epoch;
};

struct form {
    unsigned char screening[16], respondent[16];
    struct slice occurred_at, region, unit, residence, registry_version, visit, slot, instrument;
    struct slice screening_text, respondent_text;
    long age_days, revision;
    int restricted, synthetic;
    struct answer answers[ITEMS];
    int answer_count;
};

// All three give 0 when something is missing or malformed.
int read_identifier(unsigned char out[16], struct slice text);
int read_envelope(const rd_kafka_message_t *message, struct envelope *envelope);
int read_form(const char *json, size_t length, struct form *form);
