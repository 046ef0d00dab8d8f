// For strptime.
#define _GNU_SOURCE
#include "form.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

// What is left to be read.
struct text {
    const char *at, *end;
};

static int is_text(struct slice slice, const char *text) {
    return slice.length == strlen(text) && memcmp(slice.start, text, slice.length) == 0;
}

static int hexadecimal(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

int read_identifier(unsigned char out[16], struct slice text) {
    if (text.length != 36) return 0;
    int at = 0;
    for (int i = 0; i < 16; i++) {
        if (at == 8 || at == 13 || at == 18 || at == 23) {
            if (text.start[at++] != '-') return 0;
        }
        const int high = hexadecimal(text.start[at++]);
        const int low = hexadecimal(text.start[at++]);
        if (high < 0 || low < 0) return 0;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return 1;
}

static int read_number(struct slice text, long *number) {
    if (text.length == 0 || text.length > 15) return 0;
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] < '0' || text.start[i] > '9') return 0;
        *number = *number * 10 + (text.start[i] - '0');
    }
    return 1;
}

// `2026-11-24T08:10:00.000Z`, as our writers spell it.
static int read_time(struct slice text, long long *milliseconds) {
    char copy[32];
    if (text.length != 24) return 0;
    memcpy(copy, text.start, 24);
    copy[24] = 0;
    struct tm parts = {0};
    const char *rest = strptime(copy, "%Y-%m-%dT%H:%M:%S", &parts);
    if (!rest || *rest != '.') return 0;
    *milliseconds = (long long)timegm(&parts) * 1000 + atoi(rest + 1);
    return 1;
}

int read_envelope(const rd_kafka_message_t *message, struct envelope *envelope) {
    rd_kafka_headers_t *headers;
    const char *name;
    const void *value;
    size_t size;
    int found = 0;
    memset(envelope, 0, sizeof *envelope);
    if (rd_kafka_message_headers(message, &headers)) return 0;
    for (size_t i = 0; !rd_kafka_header_get_all(headers, i, &name, &value, &size); i++) {
        const struct slice text = {value, size};
        int is_right = 1;
        if (strcmp(name, "ce_specversion") == 0) is_right = is_text(text, "1.0");
        else if (strcmp(name, "ce_id") == 0) {
            envelope->id_text = text;
            is_right = read_identifier(envelope->id, text);
        }
        else if (strcmp(name, "ce_source") == 0) is_right = size > 12 && memcmp(value, "/barnsakert/", 12) == 0;
        else if (strcmp(name, "ce_type") == 0) is_right = is_text(text, "barnsakert.answers.submitted.v1");
        else if (strcmp(name, "ce_time") == 0) is_right = read_time(text, &envelope->time_milliseconds);
        else if (strcmp(name, "ce_subject") == 0) {
            envelope->subject_text = text;
            is_right = read_identifier(envelope->subject, text);
        } else if (strcmp(name, "ce_dataschema") == 0) is_right = memchr(value, ':', size) != NULL;
        else if (strcmp(name, "ce_partitionkey") == 0)
            is_right = size == message->key_len && memcmp(value, message->key, size) == 0;
        else if (strcmp(name, "content-type") == 0) is_right = is_text(text, "application/json");
        else if (strcmp(name, "ce_revision") == 0) is_right = read_number(text, &envelope->revision);
        else if (strcmp(name, "ce_epoch") == 0) is_right = read_number(text, &envelope->epoch);
        else if (strcmp(name, "traceparent") == 0) envelope->traceparent = text;
        else found--;
        if (!is_right) return 0;
        found++;
    }
    return found >= 11;
}

static int take(struct text *text, char wanted) {
    if (text->at >= text->end || *text->at != wanted) return 0;
    text->at++;
    return 1;
}

// Nothing of ours is escaped; what is counts as malformed.
static int read_string(struct text *text, struct slice *string) {
    if (!take(text, '"')) return 0;
    string->start = text->at;
    while (text->at < text->end && *text->at != '"') {
        if (*text->at == '\\' || (unsigned char)*text->at < 0x20) return 0;
        text->at++;
    }
    string->length = (size_t)(text->at - string->start);
    return take(text, '"');
}

// Any value, by its bytes; of a string without the quotation marks.
static int read_value(struct text *text, struct slice *value) {
    if (text->at >= text->end) return 0;
    if (*text->at == '"') return read_string(text, value);
    value->start = text->at;
    if (*text->at == '{' || *text->at == '[') {
        const char close = *text->at == '{' ? '}' : ']';
        text->at++;
        while (!take(text, close)) {
            struct slice part;
            if (close == '}' && (!read_string(text, &part) || !take(text, ':'))) return 0;
            if (!read_value(text, &part)) return 0;
            take(text, ',');
        }
    } else {
        while (text->at < text->end && !strchr(",}]", *text->at)) text->at++;
    }
    value->length = (size_t)(text->at - value->start);
    return value->length > 0;
}

static int copy(char *out, size_t size, struct slice text) {
    if (text.length >= size) return 0;
    memcpy(out, text.start, text.length);
    out[text.length] = 0;
    return 1;
}

static int read_answer(struct text *text, struct answer *answer) {
    answer->item[0] = answer->code[0] = 0;
    if (!take(text, '{')) return 0;
    while (!take(text, '}')) {
        struct slice name, value;
        if (!read_string(text, &name) || !take(text, ':') || !read_value(text, &value)) return 0;
        if (is_text(name, "item") && !copy(answer->item, sizeof answer->item, value)) return 0;
        if (is_text(name, "value") && !copy(answer->code, sizeof answer->code, value)) return 0;
        take(text, ',');
    }
    return answer->item[0] != 0;
}

static int read_answers(struct text *text, struct form *form) {
    if (!take(text, '[')) return 0;
    while (!take(text, ']')) {
        if (form->answer_count == ITEMS || !read_answer(text, &form->answers[form->answer_count])) return 0;
        for (int i = 0; i < form->answer_count; i++)
            if (strcmp(form->answers[i].item, form->answers[form->answer_count].item) == 0) return 0;
        form->answer_count++;
        take(text, ',');
    }
    return 1;
}

static int read_member(struct form *form, struct slice name, struct slice value) {
    const struct {
        const char *name;
        struct slice *place;
    } texts[] = {
        {"instrument", &form->instrument}, {"occurredAt", &form->occurred_at}, {"region", &form->region},
        {"registryVersion", &form->registry_version}, {"residenceMunicipality", &form->residence},
        {"respondent", &form->respondent_text}, {"screening", &form->screening_text}, {"slot", &form->slot},
        {"unit", &form->unit}, {"visit", &form->visit}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!is_text(name, texts[i].name)) continue;
        *texts[i].place = value;
        return 1;
    }
    if (is_text(name, "ageDays")) return read_number(value, &form->age_days);
    if (is_text(name, "revision")) return read_number(value, &form->revision);
    if (is_text(name, "restricted")) form->restricted = is_text(value, "true");
    if (is_text(name, "synthetic")) form->synthetic = is_text(value, "true");
    return 1;
}

int read_form(const char *json, size_t length, struct form *form) {
    struct text text = {json, json + length};
    long long occurred_at;
    memset(form, 0, offsetof(struct form, answers));
    form->answer_count = 0;
    if (!take(&text, '{')) return 0;
    while (!take(&text, '}')) {
        struct slice name, value;
        if (!read_string(&text, &name) || !take(&text, ':')) return 0;
        if (is_text(name, "answers")) {
            if (!read_answers(&text, form)) return 0;
        } else if (!read_value(&text, &value) || !read_member(form, name, value)) {
            return 0;
        }
        take(&text, ',');
    }
    return text.at == text.end && read_identifier(form->screening, form->screening_text)
        && read_identifier(form->respondent, form->respondent_text) && read_time(form->occurred_at, &occurred_at);
}
