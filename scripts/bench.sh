#!/usr/bin/env bash
# scripts/bench.sh         every number beside a limit measured in the same run; results in out/bench
# scripts/bench.sh soak    the long runs
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/progress.sh

kind=${1:-bench}
if [[ ! -d Benchmarks ]]; then
    echo "There are no benchmarks yet (no folder Benchmarks)." >&2
    exit 1
fi
scripts/setup.sh bench
scripts/build.sh release
mkdir -p out/bench
case $kind in
    bench) with_heartbeat "benchmarks" Benchmarks/run.sh bench ;;
    soak)
        with_heartbeat "soak" Benchmarks/run.sh soak
        XIEZHI_FUZZ_MINUTES=${XIEZHI_FUZZ_MINUTES:-60} scripts/test.sh api
        ;;
    *)
        echo "usage: scripts/bench.sh [bench|soak]" >&2
        exit 2
        ;;
esac
