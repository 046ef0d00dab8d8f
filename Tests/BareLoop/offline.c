#include "offline.h"
#include "outcome.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static int failed(const char *what, sqlite3 *database) {
    fprintf(stderr, "bare-loop: %s: %s\n", what, sqlite3_errmsg(database));
    return 70;
}

double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int run_input(const char *path) {
    static char sql[1 << 20];
    sqlite3 *database;
    size_t length = fread(sql, 1, sizeof sql - 1, stdin);
    sql[length] = 0;
    if (sqlite3_open(path, &database) != SQLITE_OK) return failed("open", database);
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) return failed("sql", database);
    return sqlite3_close(database) == SQLITE_OK ? 0 : 70;
}

// It copies what it reads, as a program must that is to decode it.
int read_kept(const char *path) {
    static char copy[1 << 16];
    const char *sql =
        "SELECT respondent, age_days, screening, scored.child, form, outcome_revision, content, digest, ruled_by, "
        "questionnaire, outbox.value, results FROM scored LEFT JOIN answered USING (seq) "
        "LEFT JOIN outbox ON outbox.id = scored.event AND outbox.revision = scored.outcome_revision "
        "ORDER BY respondent, questionnaire, age_days, screening";
    sqlite3 *database;
    sqlite3_stmt *rows;
    long records = 0;
    if (sqlite3_open(path, &database) != SQLITE_OK) return failed("open", database);
    if (sqlite3_prepare_v2(database, sql, -1, &rows, NULL) != SQLITE_OK) return failed("prepare", database);
    for (; sqlite3_step(rows) == SQLITE_ROW; records++) {
        for (int column = 0; column < 12; column++) {
            const void *bytes = sqlite3_column_blob(rows, column);
            const size_t length = (size_t)sqlite3_column_bytes(rows, column);
            if (length > sizeof copy) return failed("a column is too long", database);
            if (length > 0) memcpy(copy, bytes, length);
        }
    }
    printf("{\"records\": %ld, \"cpuSeconds\": %.6f}\n", records, cpu_seconds());
    return 0;
}

int score_often(long count) {
    static char items[ITEMS][16];
    static struct answer answers[ITEMS];
    long outcomes = 0;
    name_items(items);
    for (int i = 0; i < ITEMS; i++) {
        memcpy(answers[i].item, items[i], sizeof items[i]);
        strcpy(answers[i].code, i == 4 ? "yes" : "no");
    }
    for (long n = 0; n < count; n++) {
        // Another answer each time, so that nothing is computed beforehand.
        strcpy(answers[n % ITEMS].code, n & 1 ? "yes" : "no");
        for (int factor = 0; factor < FACTORS; factor++) {
            struct result result = score_factor(items, answers, ITEMS, factor);
            outcomes += result.is_outcome;
        }
    }
    printf("{\"records\": %ld, \"cpuSeconds\": %.6f}\n", count, cpu_seconds());
    return outcomes >= 0 ? 0 : 70;
}
