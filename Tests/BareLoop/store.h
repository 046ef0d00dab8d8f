// A store that `scoring migrate` made, opened as scoring opens it, and the statements that scoring runs on it.
#pragma once
#include "form.h"
#include <sqlite3.h>

enum { CONTENT_BYTES_MAX = 4096, VALUE_BYTES_MAX = 8192 };

// What one form leads to, as the tables take it.
struct facts {
    unsigned char id[16], screening[16], child[16], respondent[16], event[16], digest[32];
    long age_days;
    int has_outcome;
    // A letter for each factor.
    char results[FACTORS + 1];
    struct slice key, form, subject, traceparent;
    size_t content_bytes, value_bytes;
    char content[CONTENT_BYTES_MAX], value[VALUE_BYTES_MAX];
};

// All of them end the process when SQLite refuses. Gives the place of the last row of the outbox.
sqlite3_int64 open_store(const char *path);
void begin_batch(void);
void end_batch(const char *topic, int partitions, const long next[]);
// Both lines against repetition; 0 for a record or a revision that was there before.
int note_record(const struct facts *facts);
// What is known of the form, and the letters of the respondent's form before it; empty when there is none.
void read_known(const struct facts *facts, char before[FACTORS + 1]);
void keep(const struct facts *facts);

// Hands every row after `position` to `send` and gives the last one's place.
typedef void send_row(void *context, sqlite3_stmt *row);
sqlite3_int64 read_outbox(sqlite3_int64 position, send_row *send, void *context);
void mark_published(sqlite3_int64 position);
