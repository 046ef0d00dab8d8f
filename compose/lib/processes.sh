#!/usr/bin/env bash
# Starts processes, waits until they can serve, stops them in the reverse order. Sourced by compose/run.
set -euo pipefail

# Broker and receiver, which the services stand on, and the services themselves.
declare -a foundations=() upper=()
declare -A pid_of=() command_of=()
logs=""

# start NAME [SETTING=VALUE…] COMMAND [ARGUMENT…]: in a session of its own, so that Ctrl-C reaches this script only,
# which then stops everything in order.
start() {
    local name=$1
    shift
    command_of[$name]=$(printf '%q ' "$@")
    setsid env "$@" >>"$logs/$name.log" 2>&1 </dev/null &
    pid_of[$name]=$!
}

# restart NAME: as it was started, the log going on.
restart() { eval "start $1 ${command_of[$1]}"; }

is_running() { kill -0 "${pid_of[$1]}" 2>/dev/null; }

# wait_for NAME URL SECONDS: until the URL answers 2xx.
wait_for() {
    local name=$1 url=$2 deadline=$((SECONDS + $3))
    until curl --silent --fail --max-time 2 --output /dev/null "$url"; do
        if ! is_running "$name"; then
            echo "$name ended; its last words:" >&2
            tail -n 5 "$logs/$name.log" >&2
            return 1
        fi
        if ((SECONDS >= deadline)); then
            echo "$name: nothing good at $url within $3 s; see $logs/$name.log" >&2
            return 1
        fi
        sleep 0.1
    done
}

# stop NAME…: SIGTERM to all of them, each with time to drain. Fails if one doesn't end with 0.
stop() {
    local name status failed=0 deadline
    for name in "$@"; do kill -TERM "${pid_of[$name]}" 2>/dev/null || true; done
    deadline=$((SECONDS + 40))
    for name in "$@"; do
        while is_running "$name" && ((SECONDS < deadline)); do sleep 0.05; done
        # One that takes no leave is killed, which its exit code then tells.
        kill -KILL "${pid_of[$name]}" 2>/dev/null || true
        status=0
        wait "${pid_of[$name]}" || status=$?
        if ((status != 0)); then
            echo "$name ended with $status; see $logs/$name.log" >&2
            failed=1
        fi
    done
    return "$failed"
}

# stop_all: the services at once, each draining; then what they stand on, the last started first.
stop_all() {
    local index failed=0
    stop "${upper[@]}" || failed=1
    for ((index = ${#foundations[@]} - 1; index >= 0; index--)); do
        stop "${foundations[index]}" || failed=1
    done
    upper=() foundations=()
    return "$failed"
}

is_port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
