#include "outcome.h"
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[FACTORS] = {
    "child-safety", "economic-worry", "low-mood", "parental-stress", "alcohol", "violence"};

void name_items(char items[ITEMS][16]) {
    for (int i = 0; i < ITEMS; i++) snprintf(items[i], 16, "item-%d", i + 1);
}

// The items of one factor: those that say yes, and those that nobody answered.
struct result score_factor(char items[ITEMS][16], const struct answer *answers, int count, int factor) {
    struct result result = {0};
    for (int i = factor * ITEMS_OF_FACTOR; i < (factor + 1) * ITEMS_OF_FACTOR; i++) {
        const struct answer *found = NULL;
        for (int a = 0; a < count && !found; a++)
            if (strcmp(answers[a].item, items[i]) == 0) found = &answers[a];
        if (!found || found->code[0] == 0)
            result.unanswered[result.unanswered_count++] = items[i];
        else if (strcmp(found->code, "yes") == 0)
            result.because[result.because_count++] = items[i];
        else if (strcmp(found->code, "no") != 0)
            abort();
    }
    result.is_outcome = result.because_count > 0;
    return result;
}

static char letter(const struct result *result) {
    if (result->is_outcome) return 'o';
    return result->unanswered_count ? 'u' : 'n';
}

static const char *change(char before, char now) {
    if (before == 0) return "first";
    if (before == 'u' || now == 'u') return "not-comparable";
    if (before == now) return "persisting";
    return now == 'o' ? "new" : "gone";
}

// Text that is being written.
struct writer {
    char *at, *end;
};

static void put_bytes(struct writer *writer, const char *bytes, size_t length) {
    if ((size_t)(writer->end - writer->at) < length) abort();
    memcpy(writer->at, bytes, length);
    writer->at += length;
}

static void put(struct writer *writer, const char *text) { put_bytes(writer, text, strlen(text)); }

static void put_member(struct writer *writer, const char *before, struct slice value) {
    put(writer, before);
    put_bytes(writer, value.start, value.length);
}

static void put_list(struct writer *writer, const char *const *texts, int count) {
    put(writer, "[");
    for (int i = 0; i < count; i++) {
        put(writer, i ? ",\"" : "\"");
        put(writer, texts[i]);
        put(writer, "\"");
    }
    put(writer, "]");
}

static void put_factors(
    struct writer *writer, const struct form *form, const char *before, struct facts *facts) {
    static char items[ITEMS][16];
    static const char *const words[] = {"none", "outcome", "unknown"};
    if (items[0][0] == 0) name_items(items);
    put(writer, "\"factors\":[");
    facts->has_outcome = 0;
    for (int i = 0; i < FACTORS; i++) {
        const struct result result = score_factor(items, form->answers, form->answer_count, i);
        const char now = facts->results[i] = letter(&result);
        facts->has_outcome |= result.is_outcome;
        put(writer, i ? ",{\"because\":" : "{\"because\":");
        put_list(writer, result.because, result.because_count);
        put(writer, ",\"change\":\"");
        put(writer, change(before[0] ? before[i] : 0, now));
        put(writer, "\",\"factor\":\"");
        put(writer, names[i]);
        put(writer, "\",\"result\":\"");
        put(writer, words[now == 'o' ? 1 : now == 'u' ? 2 : 0]);
        put(writer, "\",\"rule\":\"");
        put(writer, names[i]);
        put(writer, "-any\",\"unanswered\":");
        put_list(writer, result.unanswered, now == 'u' ? result.unanswered_count : 0);
        put(writer, "}");
    }
    facts->results[FACTORS] = 0;
    put(writer, "]");
}

static void hash(const void *bytes, size_t length, unsigned char digest[32]) {
    static EVP_MD *kind;
    static EVP_MD_CTX *context;
    if (!kind) {
        kind = EVP_MD_fetch(NULL, "SHA256", NULL);
        context = EVP_MD_CTX_new();
    }
    if (EVP_DigestInit_ex2(context, kind, NULL) != 1 || EVP_DigestUpdate(context, bytes, length) != 1
        || EVP_DigestFinal_ex(context, digest, NULL) != 1)
        abort();
}

// A UUIDv8 from the trigger's time and what is said.
static void name_event(const struct envelope *envelope, struct facts *facts) {
    char trigger[48] = "record/";
    memcpy(trigger + 7, envelope->id_text.start, envelope->id_text.length);
    char bytes[512];
    unsigned char digest[32];
    struct writer writer = {bytes, bytes + sizeof bytes};
    const char *const parts[] = {"/barnsakert/23/scoring", "barnsakert.outcome.scored.v1", NULL, "1", trigger};
    for (int i = 0; i < 5; i++) {
        const struct slice part = parts[i] ? (struct slice){parts[i], strlen(parts[i])} : facts->subject;
        const unsigned char length[4] = {0, 0, (unsigned char)(part.length >> 8), (unsigned char)part.length};
        put_bytes(&writer, (const char *)length, 4);
        put_bytes(&writer, part.start, part.length);
    }
    hash(bytes, (size_t)(writer.at - bytes), digest);
    for (int i = 0; i < 6; i++) facts->event[i] = (unsigned char)(envelope->time_milliseconds >> (40 - 8 * i));
    memcpy(facts->event + 6, digest, 10);
    facts->event[6] = (unsigned char)(0x80 | (facts->event[6] & 0x0F));
    facts->event[8] = (unsigned char)(0x80 | (facts->event[8] & 0x3F));
}

static void put_value(struct writer *writer, const struct form *form, struct slice factors) {
    put(writer, "{\"actor\":{\"role\":\"system\"},\"acute\":false,\"cause\":\"answered\",");
    put_bytes(writer, factors.start, factors.length);
    put_member(writer, ",\"instrument\":", form->instrument);
    put_member(writer, ",\"occurredAt\":\"", form->occurred_at);
    put_member(writer, "\",\"region\":\"", form->region);
    put_member(writer, "\",\"registryVersion\":\"", form->registry_version);
    if (form->residence.length) put_member(writer, "\",\"residenceMunicipality\":\"", form->residence);
    put_member(writer, "\",\"respondent\":\"", form->respondent_text);
    put(writer, form->restricted ? "\",\"restricted\":true" : "\",\"restricted\":false");
    put_member(writer, ",\"revision\":1,\"screening\":\"", form->screening_text);
    put_member(writer, "\",\"signals\":[],\"slot\":\"", form->slot);
    put(writer, form->synthetic ? "\",\"synthetic\":true" : "\",\"synthetic\":false");
    if (form->unit.length) {
        put_member(writer, ",\"unit\":\"", form->unit);
        put(writer, "\"");
    }
    put_member(writer, ",\"visit\":\"", form->visit);
    put(writer, "\"}");
}

void decide(const struct envelope *envelope, const struct form *form, const char *before, struct facts *facts) {
    struct writer content = {facts->content, facts->content + sizeof facts->content};
    put(&content, "{\"acute\":false,");
    const char *factors = content.at;
    put_factors(&content, form, before, facts);
    const struct slice written = {factors, (size_t)(content.at - factors)};
    put_member(&content, ",\"instrument\":", form->instrument);
    put(&content, ",\"signals\":[]}");
    facts->content_bytes = (size_t)(content.at - facts->content);
    hash(facts->content, facts->content_bytes, facts->digest);
    struct writer value = {facts->value, facts->value + sizeof facts->value};
    put_value(&value, form, written);
    facts->value_bytes = (size_t)(value.at - facts->value);
    name_event(envelope, facts);
}
