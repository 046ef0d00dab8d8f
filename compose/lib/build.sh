#!/usr/bin/env bash
# The build that ships. Sourced by those that run it and by compose/test, which set root.
# shellcheck disable=SC2034,SC2154
set -euo pipefail

# Builds of compose/test's own, so that warnings as errors don't rebuild what a developer works with.
readonly strict=(--scratch-path "$root/.build/strict" -Xswiftc -warnings-as-errors)

# Builds for release and sets bin to where the programs are; strictly if STRICT_BUILD is set, as compose/test has it.
build_release() {
    local options=(--package-path "$root" --configuration release)
    [[ -z ${STRICT_BUILD:-} ]] || options+=("${strict[@]}")
    echo "building (release)"
    swift build "${options[@]}" --quiet || return
    bin=$(swift build "${options[@]}" --show-bin-path)
}
