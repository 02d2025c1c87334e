#!/usr/bin/env bash
# scripts/test.sh           all parts in order, then a table of what each took
# scripts/test.sh PART …    only these: lint procedure ledger lawmap build imports server browser hostile faults api; scenarios
#
# The server's tests run once, on SQLite and on a PostgreSQL started for them; the browser's and the API's use the same
# build. Everything a part says is kept in out/tests/PART.log.
#   XIEZHI_TEST_MINUTES   the whole run may take this long (44)
#   XIEZHI_FUZZ_MINUTES   how long the API is sent hostile requests (10, or what a slow machine has left of the run)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/progress.sh

readonly all_parts=(lint procedure ledger lawmap build imports server browser hostile faults api)
readonly minutes=${XIEZHI_TEST_MINUTES:-44}
readonly logs=out/tests

# The folder a part is about. Without it there is nothing to test; with it, no test having run is a failure.
subject_of() {
    case $1 in
        procedure) echo Procedure ;;
        ledger) echo Ledger ;;
        imports) echo Tests/Imports ;;
        browser | hostile | scenarios) echo Tests/Browser ;;
        faults) echo Tests/Faults ;;
        api) echo Tests/Browser/api ;;
        *) echo Sources ;;
    esac
}

# --- the parts, each in a process of its own -------------------------------------------------------------------------

part_lint() {
    python3 scripts/lint.py Package.swift Sources Tests Procedure/Package.swift Procedure/Sources Procedure/Tables \
        Procedure/Tests Ledger/Package.swift Ledger/Sources Ledger/Tests
    shellcheck -x scripts/*.sh .ci/run
    .venv/bin/python -m compileall -q scripts Tests/Browser Tests/Faults
}

# at_least_one_test COMMAND…  A filter that matches nothing must not pass for success.
at_least_one_test() {
    local seen status=0
    seen=$(mktemp)
    # Kept, since a caller that asks for the outcome has switched off that a failure ends the script.
    "$@" 2>&1 | tee "$seen" || status=$?
    if ! grep -Eq 'Test run with [1-9][0-9]* tests?' "$seen"; then
        echo "No test ran." >&2
        status=1
    fi
    rm -f "$seen"
    return "$status"
}

part_procedure() { at_least_one_test swift test --package-path Procedure; }
part_ledger() { at_least_one_test swift test --package-path Ledger; }
part_lawmap() { python3 scripts/lawmap.py --check; }
part_build() { scripts/build.sh tests; }
part_imports() { at_least_one_test swift test --skip-build --filter ImportsTests; }

with_postgres() {
    local url status=0
    postgres=$(mktemp -d "${TMPDIR:-/tmp}/xiezhi-postgres.XXXXXX")
    # The database runs as a user of its own, who must be able to walk there.
    chmod 755 "$postgres"
    trap 'scripts/postgres.sh stop "$postgres" || true; rm -rf "$postgres"' EXIT
    url=$(scripts/postgres.sh start "$postgres")
    XIEZHI_TEST_POSTGRES=$url at_least_one_test "$@" || status=$?
    return "$status"
}

part_server() { with_postgres swift test --skip-build --skip ImportsTests; }
# The journeys alone; each starts the database it needs.
part_scenarios() { .venv/bin/python -m pytest -q -s Tests/Browser/test_journey.py; }
part_browser() { .venv/bin/python -m pytest -q --durations=10 Tests/Browser --ignore Tests/Browser/test_hostile_input.py; }
part_hostile() { .venv/bin/python -m pytest -q -s Tests/Browser/test_hostile_input.py; }
part_faults() { .venv/bin/python -m pytest -q --durations=10 Tests/Faults; }
part_api() { .venv/bin/python Tests/Browser/api/fuzz.py --minutes "${XIEZHI_FUZZ_MINUTES:-10}"; }

if [[ ${1:-} == --one ]]; then
    "part_$2"
    exit 0
fi

# --- the run ---------------------------------------------------------------------------------------------------------

parts=("$@")
if ((${#parts[@]} == 0)); then parts=("${all_parts[@]}"); fi
for part in "${parts[@]}"; do
    if ! declare -F "part_$part" >/dev/null; then
        echo "There is no part called $part. Parts: ${all_parts[*]} scenarios" >&2
        exit 2
    fi
done

mkdir -p "$logs"
began=$SECONDS
names=() outcomes=() times=() failed=()

note() {
    names+=("$1") outcomes+=("$2") times+=("$3")
}

# A part alone builds what it needs first; in the whole run `build` comes before.
needs_build() {
    case $1 in imports | server | browser | hostile | faults | api | scenarios) [[ " ${parts[*]} " != *" build "* ]] ;; *) false ;; esac
}

run_part() {
    local part=$1 left status=0 part_began=$SECONDS
    if [[ ! -d $(subject_of "$part") ]]; then
        note "$part" "nothing there yet" 0
        return
    fi
    left=$((minutes * 60 - (SECONDS - began)))
    if ((left <= 0)); then
        note "$part" "not run: no time left" 0
        failed+=("$part")
        return
    fi
    # The last part takes the time that is left, up to ten minutes; three stay for its beginning and end.
    if [[ $part == api && -z ${XIEZHI_FUZZ_MINUTES:-} ]]; then
        local fuzz=$((left / 60 - 3))
        if ((fuzz < 1)); then
            note "$part" "not run: this machine is too slow for it; scripts/test.sh api" 0
            return
        fi
        export XIEZHI_FUZZ_MINUTES=$((fuzz < 10 ? fuzz : 10))
    fi
    printf '\n== %s\n' "$part"
    with_heartbeat "$part" timeout -k 30 "$left" scripts/test.sh --one "$part" > >(tee "$logs/$part.log") || status=$?
    if ((status == 0)); then
        note "$part" passed $((SECONDS - part_began))
    elif ((status == 124 || status == 137)); then
        note "$part" "FAILED: stopped, ${minutes} minutes are over" $((SECONDS - part_began))
        failed+=("$part")
    else
        note "$part" FAILED $((SECONDS - part_began))
        failed+=("$part")
    fi
}

setup_began=$SECONDS
scripts/setup.sh test
note setup passed $((SECONDS - setup_began))

for part in "${parts[@]}"; do
    if needs_build "$part" && [[ " ${names[*]} " != *" build "* ]]; then run_part build; fi
    if [[ " ${failed[*]-} " == *" build "* ]]; then
        case $part in
            imports | server | browser | hostile | faults | api | scenarios)
                note "$part" "not run: the build failed" 0
                continue
                ;;
        esac
    fi
    run_part "$part"
done

printf '\n%-12s %12s   %s\n' part time outcome
for index in "${!names[@]}"; do
    printf '%-12s %12s   %s\n' "${names[$index]}" "$(minutes_and_seconds "${times[$index]}")" "${outcomes[$index]}"
done
printf '%-12s %12s\n' total "$(minutes_and_seconds $((SECONDS - began)))"

if ((${#failed[@]} > 0)); then
    echo
    echo "Failed: ${failed[*]}. What each said is in $logs." >&2
    exit 1
fi
