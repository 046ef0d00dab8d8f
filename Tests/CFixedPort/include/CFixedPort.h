// Gives librdkafka's mock broker a port of the caller's choice. See CFixedPort.c.
#pragma once
#include <stdint.h>

/// From now on, sockets of this program that are bound to any free IPv4 port get `port` of 127.0.0.1 instead, and take
/// no connection until `fixed_port_open`. Call before the mock cluster is made. 0, or why the port can't be had
/// (errno).
int fixed_port_set(uint16_t port);

/// Connections are taken from now on: the topics are there.
void fixed_port_open(void);
