#!/usr/bin/env bash
# Runs suites and keeps what each of them came to. Sourced by compose/test, which sets results and debug.
# shellcheck disable=SC2154
set -euo pipefail

declare -a lines=()
passed=0 failed=0 skipped=0

# record NAME PASSED FAILED SKIPPED NOTE
record() {
    local counts="$2 passed"
    (($3 == 0)) || counts+=", $3 FAILED"
    (($4 == 0)) || counts+=", $4 skipped"
    # A suite that didn't run at all has only its reason.
    (($2 + $3 > 0)) || counts="skipped"
    lines+=("$(printf '%-30s %-26s %s' "$1" "$counts" "$5")")
    ((passed += $2, failed += $3, skipped += $4)) || true
}

# single NAME COMMAND [ARGUMENT…]: a suite that is one thing, which holds or doesn't.
single() {
    local name=$1 began=$SECONDS log=$results/$1.log
    shift
    echo "== $name"
    if "$@" >"$log" 2>&1; then
        record "$name" 1 0 0 "ran in $((SECONDS - began)) s"
    else
        tail -n 40 "$log"
        record "$name" 0 1 0 "ran in $((SECONDS - began)) s; see $log"
    fi
}

skip() { record "$1" 0 0 1 "$2"; }

# tests NAME FILTER [OPTION…]: the tests whose ids match, counted one by one.
tests() {
    local name=$1 filter=$2 began=$SECONDS log=$results/$1.log xml=$results/$1.xml status=0
    shift 2
    echo "== $name"
    # Time enough for the slowest suite on a slow machine; a suite that hangs is a failure and not a night. More tests
    # at once only wait for one another's processor: all of scoring's at once take as long as 24 at a time.
    timeout --kill-after=20 900 swift test --package-path "$root" --skip-build --disable-xctest "$@" \
        --experimental-maximum-parallelization-width 24 --filter "$filter" --xunit-output "$xml" >"$log" 2>&1 || status=$?
    local ran=0 bad=0 not=0
    if [[ -s $xml ]]; then read -r ran bad not < <(count_tests "$xml"); fi
    # What ended without a report, or wrongly though no test failed, or ran nothing, is a failure itself.
    if ((bad == 0 && (status != 0 || ran == 0))); then bad=1; fi
    if ((bad)); then
        grep -E '✘|error:|Fatal|crashed|ThreadSanitizer' "$log" | head -n 40 || tail -n 40 "$log"
    fi
    local note
    note="ran in $((SECONDS - began)) s"
    ((not == 0)) || note+="; skipped: $(grep -oE 'skipped: "[^"]*"' "$log" | sort -u | cut -d'"' -f2 | paste -sd ';')"
    ((bad == 0)) || note+="; see $log"
    record "$name" "$((ran > bad + not ? ran - bad - not : 0))" "$bad" "$not" "$note"
}

# Tests, failed ones and skipped ones of a report. A test with several failures is one failed test.
count_tests() {
    awk '
        /<testcase / { ran++; counted = 0 }
        /<failure|<error/ { if (!counted) { bad++; counted = 1 } }
        /<skipped/ { not++ }
        END { print ran + 0, bad + 0, not + 0 }' "$1"
}

# The lines of all suites; the very last line counts them together.
report() {
    echo
    printf '%s\n' "${lines[@]}"
    echo
    if ((skipped)); then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    ((failed == 0 && passed > 0))
}
