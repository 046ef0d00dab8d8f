#!/usr/bin/env bash
# A real Kafka for tests, from a folder outside this repository whose script starts and kills nodes. Sourced after
# debian.sh, processes.sh and services.sh, which set root and find free ports.
# shellcheck disable=SC2154
set -euo pipefail

kafka_home=${KAFKA_TEST_HOME:-$root/../shared/kafka}
readonly kafka_absence="no real Kafka at KAFKA_TEST_HOME or ../shared/kafka"
kafka_nodes=0
kafka_port=29092
kafka_data=""

has_kafka() { [[ -x $kafka_home/kafka ]]; }

kafka() { KAFKA_DIR=$kafka_data KAFKA_PORT=$kafka_port KAFKA_NODES=$kafka_nodes "$kafka_home/kafka" "$@"; }

require_kafka() {
    if ! has_kafka; then
        echo "$kafka_absence" >&2
        return 69
    fi
    command -v java >/dev/null || install_missing openjdk-17-jre-headless
}

# start_kafka NODES: a cluster of its own, which KAFKA_BOOTSTRAP_SERVERS names from then on. clean_kafka ends it.
start_kafka() {
    local servers offset
    require_kafka
    kafka_data=$(mktemp --directory --tmpdir barnsakert-kafka.XXXXXX)
    while :; do
        for ((offset = 0; offset < 2 * $1; offset++)); do
            is_port_free $((kafka_port + offset)) || { ((kafka_port += 10)); continue 2; }
        done
        break
    done
    # An id of our own: one that begins with a hyphen, as the script may draw it, is taken for an option.
    head --bytes=16 /dev/urandom | base64 | tr '+/' '01' | tr --delete '=' >"$kafka_data/cluster"
    kafka_nodes=$1
    servers=$(kafka start | tail -n 1)
    [[ $servers == *:* ]] || return 1
    export KAFKA_BOOTSTRAP_SERVERS=$servers
    echo "Kafka with $kafka_nodes node(s)"
}

clean_kafka() {
    ((kafka_nodes)) || return 0
    kafka clean >/dev/null
    kafka_nodes=0
    unset KAFKA_BOOTSTRAP_SERVERS
}

# disturb_kafka SEED: kills a node at random (kill -9) and brings it back, again and again, until the file calm in $data
# appears; then every node is up. Writes each kill to nodes-killed in $data.
disturb_kafka() {
    local node
    RANDOM=$1
    until [[ -e $data/calm ]]; do
        sleep "$((RANDOM % 2)).$((RANDOM % 10))"
        node=$((RANDOM % kafka_nodes + 1))
        kafka kill "$node"
        echo "$node" >>"$data/nodes-killed"
        sleep "$((RANDOM % 3)).$((RANDOM % 10))"
        kafka start "$node" >/dev/null
    done
}
