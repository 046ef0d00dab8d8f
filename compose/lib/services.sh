#!/usr/bin/env bash
# The demonstration's broker, municipality and five services: ports, settings, order. Sourced by compose/run, which sets
# root, bin, data and logs.
# shellcheck disable=SC2154
set -euo pipefail

readonly services=(intake scoring referral-router notifier reporting)
# The services' own defaults, by which a newcomer finds them.
declare -A operations_port=([intake]=9101 [scoring]=9102 [referral-router]=9103 [notifier]=9104 [reporting]=9105)
declare -A public_port=([intake]=8101 [notifier]=8104 [reporting]=8105)
receiver_port=8790
broker_port=19092
demo=$root/compose/demo
operations="" receiver_url="" bootstrap="" prefix=""

public() { echo "http://127.0.0.1:${public_port[$1]}"; }

# Keeps the usual ports if all are free, else moves all of them up together.
choose_ports() {
    local shift_by port name
    for ((shift_by = 0; shift_by <= 400; shift_by += 10)); do
        for port in "${operations_port[@]}" "${public_port[@]}" "$receiver_port" "$broker_port"; do
            is_port_free $((port + shift_by)) || continue 2
        done
        for name in "${!operations_port[@]}"; do ((operations_port[$name] += shift_by)) || true; done
        for name in "${!public_port[@]}"; do ((public_port[$name] += shift_by)) || true; done
        ((receiver_port += shift_by)) || true
        ((broker_port += shift_by)) || true
        receiver_url=http://127.0.0.1:$receiver_port
        for name in "${services[@]}"; do operations+=",$name=http://127.0.0.1:${operations_port[$name]}"; done
        operations=${operations#,}
        return
    done
    echo "no free ports near the usual ones" >&2
    return 1
}

# A fresh topic prefix belongs to fresh stores; with --data it stays.
start_broker() {
    if [[ -d $data/intake ]] && { [[ -z ${KAFKA_BOOTSTRAP_SERVERS:-} ]] || ((${kafka_nodes:-0})); }; then
        echo "$data holds stores of an earlier run, and this broker is new and empty: take another folder" >&2
        return 1
    fi
    if [[ -n ${KAFKA_BOOTSTRAP_SERVERS:-} ]]; then
        bootstrap=$KAFKA_BOOTSTRAP_SERVERS
        if [[ -n ${KAFKA_TOPIC_PREFIX+set} ]]; then
            prefix=$KAFKA_TOPIC_PREFIX
        elif [[ -f $data/topic-prefix ]]; then
            prefix=$(<"$data/topic-prefix")
        else
            prefix=run-$(date +%Y%m%d-%H%M%S)-$$.
        fi
        echo "$prefix" >"$data/topic-prefix"
        echo "broker $bootstrap, topics ${prefix}barnsakert.*"
        KAFKA_TOPIC_PREFIX=$prefix "$bin/development-broker" create-topics "$bootstrap"
        return
    fi
    bootstrap=127.0.0.1:$broker_port
    foundations+=(development-broker)
    start development-broker "$bin/development-broker" "$broker_port"
    local deadline=$((SECONDS + 20))
    while is_port_free "$broker_port"; do
        if ((SECONDS >= deadline)) || ! is_running development-broker; then
            echo "the development broker doesn't come up; see $logs/development-broker.log" >&2
            return 1
        fi
        sleep 0.1
    done
}

start_municipality() {
    "$bin/families" credentials --demo "$demo" --receiver "$receiver_url" --into "$data"
    foundations+=(development-receiver)
    start development-receiver RECEIVER_SECRETS_FILE="$data/receiver-secrets.txt" RECEIVER_PORT="$receiver_port" \
        "$bin/development-receiver"
    wait_for development-receiver "$receiver_url/received" 20
}

start_services() {
    local name settings
    for name in "${services[@]}"; do
        settings=(
            REGION=23 DATA_DIRECTORY="$data/$name" KAFKA_BOOTSTRAP_SERVERS="$bootstrap" KAFKA_TOPIC_PREFIX="$prefix"
            OPERATIONS_LISTEN="127.0.0.1:${operations_port[$name]}"
        )
        if [[ -n ${public_port[$name]:-} ]]; then
            settings+=(HTTP_LISTEN="127.0.0.1:${public_port[$name]}" TOKENS_FILE="$data/$name-tokens.json")
        fi
        case $name in
            intake) settings+=(REGISTRY_FILE="$demo/registry.json" INSTRUMENT_FILES="$demo/instrument.json") ;;
            referral-router) settings+=(CONTACT_LISTS_FILE="$demo/contact-lists.json") ;;
            # The receiver listens on this machine, without TLS.
            notifier) settings+=(RECIPIENTS_FILE="$data/recipients.json" WEBHOOK_PRIVATE_ADDRESSES=true) ;;
        esac
        upper+=("$name")
        start "$name" "${settings[@]}" "$bin/$name"
    done
    for name in "${services[@]}"; do wait_for "$name" "http://127.0.0.1:${operations_port[$name]}/readyz" 60; done
}

# The development broker drops what doesn't fit, silently: then no table can be believed.
check_broker() {
    [[ -z ${KAFKA_BOOTSTRAP_SERVERS:-} ]] || return 0
    local marks dropped
    # Not knowing is as bad as knowing that something is gone.
    marks=$("$bin/development-broker" watermarks "$bootstrap") || return 1
    dropped=$(awk '$3 > 0' <<<"$marks")
    [[ -n $dropped ]] || return 0
    echo "the development broker dropped records (topic, partition, first kept, next):" >&2
    echo "$dropped" >&2
    return 1
}

print_addresses() {
    local name
    echo
    for name in "${services[@]}"; do
        printf '%-16s operations http://127.0.0.1:%s/readyz' "$name" "${operations_port[$name]}"
        [[ -z ${public_port[$name]:-} ]] || printf '   public http://127.0.0.1:%s' "${public_port[$name]}"
        echo
    done
    printf '%-16s what municipalities were sent: %s/received\n' receiver "$receiver_url"
    printf '%-16s %s\n' broker "$bootstrap" tokens "$data/callers.json" logs "$logs"
}
