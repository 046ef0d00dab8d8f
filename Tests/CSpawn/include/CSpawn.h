// Starts a program; see CSpawn.c.
#pragma once
#include <sys/types.h>

/// Starts `program` with three descriptors as its 0, 1 and 2 and no others, no signal ignored or held back, in
/// `directory` if that isn't null. Each of the three is above 2, or has its own place. 0, or why it can't be started
/// (errno).
int spawn_child(
    pid_t *child, const char *program, char *const words[], char *const environment[], const char *directory,
    const int descriptors[3]);
