// SQLite as Swift sees it. Only `Store` imports this module.
#pragma once
#include <sqlite3.h>
#include <stdint.h>

// SQLITE_TRANSIENT is a cast that Swift doesn't import: SQLite copies the bytes before these return.
static inline int barn_bind_text(sqlite3_stmt *statement, int index, const char *text, int64_t count) {
    // An empty Swift string may have no address, which SQLite would read as NULL.
    return sqlite3_bind_text64(
        statement, index, text ? text : "", (sqlite3_uint64)count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int barn_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int64_t count) {
    return sqlite3_bind_blob64(statement, index, bytes, (sqlite3_uint64)count, SQLITE_TRANSIENT);
}

// sqlite3_config is variadic. SQLite counts its memory under one lock of the process; nobody reads the count.
static inline int barn_configure(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

// sqlite3_db_config is variadic. Double-quoted literals off: a misspelt column must be an error, not a string.
// Untrusted schema: a restored file must not run functions from its views and triggers. Defensive: no writable_schema.
static inline int barn_harden(sqlite3 *connection) {
    int result = sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    if (result == SQLITE_OK) result = sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
    if (result == SQLITE_OK) result = sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    if (result == SQLITE_OK) result = sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    return result;
}
