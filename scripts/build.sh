#!/usr/bin/env bash
# scripts/build.sh            builds the server (debug), unless nothing changed since the last time
# scripts/build.sh tests      the server together with all its tests, in one build
# scripts/build.sh release    the server, optimised, in .build/release
#
# Debug is the default: the first build takes half as long as an optimised one, and the court is quick enough in it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/progress.sh

what=${1:-server}
case $what in
    server) arguments=(--product xiezhi) ;;
    tests) arguments=(--build-tests) ;;
    release) arguments=(-c release --product xiezhi) ;;
    *)
        echo "usage: scripts/build.sh [server|tests|release]" >&2
        exit 2
        ;;
esac

# Name, size and time of everything that goes into the build; asking the package manager takes seconds.
state() {
    local folders=(Package.swift Package.resolved Sources Procedure/Package.swift Procedure/Sources Procedure/Tables
        Ledger/Package.swift Ledger/Sources)
    if [[ $what == tests ]]; then folders+=(Tests); fi
    {
        swift_path=$(command -v swift) && readlink -f "$swift_path"
        # A clean clone has no Package.resolved yet.
        { find "${folders[@]}" -path '*/.build' -prune -o -path Tests/Browser -prune -o -type f \
            -printf '%p %s %T@\n' 2>/dev/null || true; } | LC_ALL=C sort
    } | sha256sum
}

stamp=.build/stamps/build-$what
before=$(state)
if [[ -f $stamp && $(<"$stamp") == "$before" ]]; then exit 0; fi

if [[ ! -d .build/checkouts ]]; then
    echo "First build: about five minutes on two cores."
fi
began=$SECONDS
with_heartbeat "building" swift build "${arguments[@]}"
mkdir -p "$(dirname "$stamp")"
printf '%s\n' "$before" >"$stamp"
echo "Built in $(minutes_and_seconds $((SECONDS - began)))."
