// librdkafka 2.0.2's mock broker listens on a port that the system chooses, and from the first moment: a client that
// comes before the topics were made gets topics of four partitions. There is no option for either. Functions of the
// program win over those of the C library, so these two put the wanted port where none was asked for, and let nobody
// in early.
#define _GNU_SOURCE
#include "CFixedPort.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Atomic uint16_t fixed_port = 0;
static _Atomic int is_open = 1;

static int bind_to(int descriptor, const struct sockaddr_in *address) {
    // A broker that is started again finds its port although old connections linger.
    int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    return (int)syscall(SYS_bind, descriptor, address, sizeof *address);
}

int bind(int descriptor, const struct sockaddr *address, socklen_t size) {
    uint16_t port = atomic_load(&fixed_port);
    struct sockaddr_in chosen;
    if (port != 0 && address != NULL && address->sa_family == AF_INET && size == sizeof chosen) {
        memcpy(&chosen, address, sizeof chosen);
        if (chosen.sin_port == 0) {
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
