#!/usr/bin/env bash
# scripts/bench.sh           every number beside a limit measured in the same run; results in out/bench
# scripts/bench.sh PART…     only acts, writes, depth, upload, rebuild or ledger
# scripts/bench.sh soak      the depth part with 300,000 cases: hours the first time, since they are made first
#
# Exit code 1 when a number misses its bound. The courts of the depth part are made once and kept in out/bench; remove
# out/bench/court-* after a change of what is stored. Docs/Speed.md says what is measured, and how.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/progress.sh

for part in "$@"; do
    case $part in
        acts | writes | depth | upload | rebuild | ledger | soak) ;;
        *)
            echo "usage: scripts/bench.sh [acts|writes|depth|upload|rebuild|ledger]… | soak" >&2
            exit 2
            ;;
    esac
done
scripts/setup.sh bench
scripts/build.sh release
with_heartbeat "building the benchmarks" swift build -c release --product xiezhi-bench
if [[ ${1:-} == soak ]]; then
    set -- depth --cases 300000
    # A court made for measuring need not outlive a power cut while it is made: without syncs it takes half the time.
    eatmydata .build/release/xiezhi-bench "$@" --only-courts
    sync
fi
exec .build/release/xiezhi-bench "$@"
