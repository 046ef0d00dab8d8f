// Gives librdkafka's mock broker a port of the caller's choice, or keeps the ports it has. See CFixedPort.c.
#pragma once
#include <stdint.h>

/// From now on, sockets of this program that are bound to any free IPv4 port get `port` of 127.0.0.1 instead, and take
/// no connection until `fixed_port_open`. Call before the mock cluster is made. 0, or why the port can't be had
/// (errno).
int fixed_port_set(uint16_t port);

/// Connections are taken from now on: the topics are there.
void fixed_port_open(void);

#define HELD_PORTS_MAX 16

/// Ports that nobody gets but the sockets they were held for.
struct held_ports {
    int count;
    int descriptors[HELD_PORTS_MAX];
    uint16_t ports[HELD_PORTS_MAX];
};

/// From now on, each socket that this thread binds to any free IPv4 port has that port held beside it in `ports`, which
/// stays where it is until `held_ports_end`. The socket may be closed and the port bound again with SO_REUSEADDR,
/// by any thread: it is waited for, up to 5 s, while a process that is just being started has it. The 17th is refused.
void held_ports_begin(struct held_ports *ports);

/// No port is held from now on.
void held_ports_end(void);

/// Lets the ports go.
void held_ports_release(struct held_ports *ports);
