#!/usr/bin/env bash
# What the machine must have: Debian packages and a Swift toolchain. Sourced by compose/run and compose/test.
set -euo pipefail

# shellcheck disable=SC2034 # for those who source this
# Headers and tools that the build needs, curl for asking, tzdata because people's days are counted in Stockholm.
readonly build_packages=(
    ca-certificates curl libcurl4-openssl-dev libgnutls28-dev libmicrohttpd-dev librdkafka-dev libsqlite3-dev libssl-dev
    pkg-config tzdata
)

# Installs those of the named packages that are missing. Touches no network when none is.
install_missing() {
    local package missing=()
    for package in "$@"; do
        if [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]]; then
            missing+=("$package")
        fi
    done
    ((${#missing[@]})) || return 0
    echo "installing ${missing[*]}"
    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "neither root nor sudo: install ${missing[*]} first" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update --quiet=2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}" >/dev/null
}

require_swift() {
    if ! swift --version 2>/dev/null | grep -qE 'Swift version (6\.[2-9]|6\.[1-9][0-9]|[7-9])'; then
        echo "a Swift toolchain of version 6.2 or later is needed (swift.org/install); none is on the PATH" >&2
        return 1
    fi
}
