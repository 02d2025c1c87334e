#!/usr/bin/env bash
# scripts/run.sh [arguments of `xiezhi demo`]   from a fresh clone to a demonstration court; --data is var unless given
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh run
scripts/build.sh server

arguments=("$@")
if [[ " $* " != *" --data"* ]]; then arguments=(--data var "$@"); fi
exec .build/debug/xiezhi demo "${arguments[@]}"
