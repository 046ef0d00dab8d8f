// The thread sanitizer sees only half of Swift's Mutex. Its fast path is inlined into our code, whose atomics are
// instrumented; when two threads contend, the lock is taken in libswiftSynchronization, which isn't, or by the kernel.
// Whatever a contended Mutex guards then looks like a race (measured: 57 reports in the HTTP server's tests, each with
// both sides inside the same Mutex). So in sanitized builds the two slow paths come by here on their way and say what
// they did, at the address that the fast path uses. Hidden: only calls from our own, instrumented code are meant.
#include "CSanitizer.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#include <dlfcn.h>
#include <stdint.h>

// POSIX defines it with _GNU_SOURCE only; the value is the same everywhere on Linux.
#ifndef RTLD_NEXT
#define RTLD_NEXT ((void *)-1l)
#endif

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))
#define HIDDEN __attribute__((visibility("hidden")))

void __tsan_acquire(void *address);
void __tsan_release(void *address);

HIDDEN SWIFT void contended_lock(uint32_t thread, SELF void *mutex) __asm__(LOCK_SLOW);
HIDDEN SWIFT void contended_unlock(SELF void *mutex) __asm__(UNLOCK_SLOW);

typedef SWIFT void (*lock_function)(uint32_t thread, SELF void *mutex);
typedef SWIFT void (*unlock_function)(SELF void *mutex);

HIDDEN SWIFT void contended_lock(uint32_t thread, SELF void *mutex) {
    ((lock_function)dlsym(RTLD_NEXT, LOCK_SLOW))(thread, mutex);
    __tsan_acquire(mutex);
}

HIDDEN SWIFT void contended_unlock(SELF void *mutex) {
    __tsan_release(mutex);
    ((unlock_function)dlsym(RTLD_NEXT, UNLOCK_SLOW))(mutex);
}
#endif
#endif
