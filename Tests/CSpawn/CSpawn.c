// glibc's extensions of posix_spawn, which Swift's own import of the C library doesn't have: they close in the child
// whatever the tests' process has open, and change its directory.
#define _GNU_SOURCE
#include "CSpawn.h"

#include <signal.h>
#include <spawn.h>

static int prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, const char *directory,
                   const int descriptors[3]) {
    int fault = 0;
    for (int number = 0; number < 3 && fault == 0; number++) {
        fault = posix_spawn_file_actions_adddup2(actions, descriptors[number], number);
    }
    if (fault == 0) fault = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    if (fault == 0 && directory) fault = posix_spawn_file_actions_addchdir_np(actions, directory);
    if (fault != 0) return fault;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    fault = posix_spawnattr_setsigmask(attributes, &none);
    if (fault == 0) fault = posix_spawnattr_setsigdefault(attributes, &all);
    if (fault == 0) fault = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return fault;
}

int spawn_child(pid_t *child, const char *program, char *const words[], char *const environment[],
                const char *directory, const int descriptors[3]) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int fault = posix_spawn_file_actions_init(&actions);
    if (fault != 0) return fault;
    fault = posix_spawnattr_init(&attributes);
    if (fault == 0) {
        fault = prepare(&actions, &attributes, directory, descriptors);
        if (fault == 0) fault = posix_spawn(child, program, &actions, &attributes, words, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return fault;
}
