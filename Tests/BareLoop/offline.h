// What the bare loop does without a broker.
#pragma once

// User and system time of this process.
double cpu_seconds(void);

// Reads what a replay reads, in the same order. The result is an exit code, as of the others.
int read_kept(const char *database);

// Runs the SQL on standard input.
int run_input(const char *database);

// Scores one form so many times: six factors of three yes-or-no items each.
int score_often(long count);
