// The thread sanitizer knows a thread by its interceptor of pthread_create. glibc's thrd_create, which librdkafka uses,
// starts threads behind the interceptor's back, and the first of them crashes (measured: limits.md 7). So in sanitized
// builds C11's two functions are made of pthreads; symbols of the program win over those of the C library.
#include "CSanitizer.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

struct start {
    thrd_start_t function;
    void *argument;
};

static void *run(void *memory) {
    struct start start = *(struct start *)memory;
    free(memory);
    return (void *)(intptr_t)start.function(start.argument);
}

int thrd_create(thrd_t *thread, thrd_start_t function, void *argument) {
    struct start *start = malloc(sizeof *start);
    if (!start) return thrd_nomem;
    start->function = function;
    start->argument = argument;
    if (pthread_create((pthread_t *)thread, NULL, run, start) == 0) return thrd_success;
    free(start);
    return thrd_error;
}

int thrd_join(thrd_t thread, int *result) {
    void *value;
    if (pthread_join((pthread_t)thread, &value) != 0) return thrd_error;
    if (result) *result = (int)(intptr_t)value;
    return thrd_success;
}
#endif
#endif
