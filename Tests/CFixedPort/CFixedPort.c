// librdkafka 2.0.2's mock broker listens on a port that the system chooses, and from the first moment: a client that
// comes before the topics were made gets topics of four partitions. When it is set down it closes the port and binds it
// anew, and ends the process if somebody has it between the two. There is no option for any of this. Functions of the
// program win over those of the C library, so these two put the wanted port where none was asked for, keep it from
// everybody else, wait for it, and let nobody in early.
#define _GNU_SOURCE
#include "CFixedPort.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static _Atomic uint16_t fixed_port = 0;
static _Atomic int is_open = 1;

// Where this thread's next held ports go; null while it holds none.
static _Thread_local struct held_ports *holding = NULL;

// One bit for each port that some cluster of this process holds.
static _Atomic uint64_t held_bits[(UINT16_MAX + 1) / 64];

static uint64_t bit_of(uint16_t port) { return UINT64_C(1) << (port % 64); }
static int is_held(uint16_t port) { return (atomic_load(&held_bits[port / 64]) & bit_of(port)) != 0; }

static int bind_to(int descriptor, const struct sockaddr_in *address) {
    // A broker that is started again finds its port although old connections linger.
    int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    return (int)syscall(SYS_bind, descriptor, address, sizeof *address);
}

// A port is shared by sockets that all have SO_REUSEADDR, as long as the one that listens came last. So a socket that
// is bound first, and never listens, keeps the port from the system's choice and from those who ask without the option;
// the mock, which has it, comes and goes beside it.
static int hold_and_bind(int descriptor, const struct sockaddr_in *address) {
    if (holding->count == HELD_PORTS_MAX) {
        errno = EMFILE;
        return -1;
    }
    int holder = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (holder < 0) return -1;
    struct sockaddr_in held;
    socklen_t size = sizeof held;
    if (bind_to(holder, address) != 0 || getsockname(holder, (struct sockaddr *)&held, &size) != 0 ||
        bind_to(descriptor, &held) != 0) {
        int fault = errno;
        close(holder);
        errno = fault;
        return -1;
    }
    uint16_t port = ntohs(held.sin_port);
    atomic_fetch_or(&held_bits[port / 64], bit_of(port));
    holding->ports[holding->count] = port;
    holding->descriptors[holding->count++] = holder;
    return 0;
}

// Whether the socket asks for a port as the mock does: somebody else's plain question is answered at once.
static int shares(int descriptor) {
    int on = 0;
    socklen_t size = sizeof on;
    return getsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, &size) == 0 && on;
}

// A process that this one is just starting has a copy of every descriptor until it becomes another program, so a
// listener that was closed here may listen there for some milliseconds more. Nobody who asks without SO_REUSEADDR can
// have a held port.
static int bind_held(int descriptor, const struct sockaddr_in *address) {
    const struct timespec pause = {.tv_nsec = 1000 * 1000};
    for (int tries = 0; tries < 5000; tries++) {
        if (bind_to(descriptor, address) == 0) return 0;
        if (errno != EADDRINUSE) return -1;
        nanosleep(&pause, NULL);
    }
    errno = EADDRINUSE;
    return -1;
}

int bind(int descriptor, const struct sockaddr *address, socklen_t size) {
    uint16_t port = atomic_load(&fixed_port);
    struct sockaddr_in chosen;
    if (address != NULL && address->sa_family == AF_INET && size == sizeof chosen) {
        memcpy(&chosen, address, sizeof chosen);
        if (is_held(ntohs(chosen.sin_port)) && shares(descriptor)) return bind_held(descriptor, &chosen);
        if (chosen.sin_port == 0 && holding != NULL) return hold_and_bind(descriptor, &chosen);
        if (chosen.sin_port == 0 && port != 0) {
            chosen.sin_port = htons(port);
            return bind_to(descriptor, &chosen);
        }
    }
    return (int)syscall(SYS_bind, descriptor, address, size);
}

int accept(int descriptor, struct sockaddr *address, socklen_t *size) {
    if (!atomic_load(&is_open)) {
        errno = EAGAIN;
        return -1;
    }
    return (int)syscall(SYS_accept, descriptor, address, size);
}

void held_ports_begin(struct held_ports *ports) {
    ports->count = 0;
    holding = ports;
}

void held_ports_end(void) { holding = NULL; }

void held_ports_release(struct held_ports *ports) {
    for (int i = 0; i < ports->count; i++) {
        uint16_t port = ports->ports[i];
        atomic_fetch_and(&held_bits[port / 64], ~bit_of(port));
        close(ports->descriptors[i]);
    }
    ports->count = 0;
}

int fixed_port_set(uint16_t port) {
    // The mock aborts when its bind fails, so the port is tried first.
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (descriptor < 0) return errno;
    int fault = bind_to(descriptor, &address) == 0 && listen(descriptor, 1) == 0 ? 0 : errno;
    close(descriptor);
    if (fault != 0) return fault;
    atomic_store(&is_open, 0);
    atomic_store(&fixed_port, port);
    return 0;
}

void fixed_port_open(void) { atomic_store(&is_open, 1); }
