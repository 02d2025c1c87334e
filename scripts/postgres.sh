#!/usr/bin/env bash
# A throw-away PostgreSQL 15 for the tests.
#   scripts/postgres.sh start FOLDER   starts it (making it first) and prints its URL for XIEZHI_TEST_POSTGRES
#   scripts/postgres.sh stop FOLDER    stops it and removes what was made
# It listens on loopback alone and lets everyone on this machine in. The server refuses root: then it runs as POSTGRES_USER
# (postgres), which must be able to reach the folder.
set -euo pipefail

usage() { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
[ $# = 2 ] || usage
bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}
owner=${POSTGRES_USER:-postgres}
mkdir -p "$2"
folder=$(cd "$2" && pwd)/postgres

as_owner() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups env HOME="$folder" "$@"
    else
        "$@"
    fi
}

free_port() {
    for _ in $(seq 100); do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    echo "no free port" >&2; return 1
}

case $1 in
start)
    if [ "$(id -u)" = 0 ]; then
        id "$owner" >/dev/null 2>&1 || useradd --system --no-create-home "$owner"
    fi
    if [ ! -f "$folder/data/PG_VERSION" ]; then
        mkdir -p "$folder"
        if [ "$(id -u)" = 0 ]; then chown "$owner:" "$folder"; fi
        (cd "$folder" && as_owner "$bin/initdb" -D data -U court -A trust --encoding=UTF8 --locale=C.UTF-8 >initdb.log)
    fi
    if ! (cd "$folder" && as_owner "$bin/pg_ctl" -D data status >/dev/null 2>&1); then
        port=$(free_port)
        options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories= -c max_connections=400"
        if ! (cd "$folder" && as_owner "$bin/pg_ctl" -D data -w -l log -o "$options" start >/dev/null); then
            tail -5 "$folder/log" >&2
            exit 1
        fi
        echo "$port" >"$folder/port"
    fi
    echo "postgres://court@127.0.0.1:$(cat "$folder/port")/postgres"
    ;;
stop)
    if [ -f "$folder/data/PG_VERSION" ]; then
        (cd "$folder" && as_owner "$bin/pg_ctl" -D data -m immediate stop >/dev/null 2>&1) || true
        rm -rf "$folder"
    fi
    ;;
*) usage ;;
esac
