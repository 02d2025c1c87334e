#!/usr/bin/env bash
# scripts/soak.sh           the long runs, one after another, then a table of what each took; hours
# scripts/soak.sh PART …    only these: scenarios faults api bench
#
# What each says is kept in out/soak/PART.log. Exit code 1 when one fails; the others run all the same.
#   XIEZHI_SOAK_ROUNDS     power cuts on SQLite (500); a fifth of them as plain kills, a tenth as stops of PostgreSQL
#   XIEZHI_FUZZ_MINUTES    how long the API is sent hostile requests (60)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/progress.sh

readonly rounds=${XIEZHI_SOAK_ROUNDS:-500}
readonly logs=out/soak

part_scenarios() { XIEZHI_FILM_MB=300 scripts/test.sh scenarios; }
part_bench() { scripts/bench.sh soak; }
part_faults() {
    .venv/bin/python -m pytest -q -s Tests/Faults --rounds "$rounds" --kills $((rounds / 5)) \
        --postgres-rounds $((rounds / 10))
}
part_api() { XIEZHI_FUZZ_MINUTES=${XIEZHI_FUZZ_MINUTES:-60} scripts/test.sh api; }

parts=("$@")
if ((${#parts[@]} == 0)); then parts=(scenarios faults api bench); fi
for part in "${parts[@]}"; do
    if ! declare -F "part_$part" >/dev/null; then
        echo "usage: scripts/soak.sh [scenarios|faults|api|bench]…" >&2
        exit 2
    fi
done

scripts/setup.sh test
scripts/build.sh tests
mkdir -p "$logs"
failed=() lines=()
for part in "${parts[@]}"; do
    began=$SECONDS outcome=passed
    printf '\n== %s\n' "$part"
    (set -e; "part_$part") > >(tee "$logs/$part.log") 2>&1 || outcome=FAILED
    if [[ $outcome == FAILED ]]; then failed+=("$part"); fi
    lines+=("$(printf '%-12s %12s   %s' "$part" "$(minutes_and_seconds $((SECONDS - began)))" "$outcome")")
done
printf '\n'
printf '%s\n' "${lines[@]}"
if ((${#failed[@]} > 0)); then
    echo "Failed: ${failed[*]}. What each said is in $logs." >&2
    exit 1
fi
