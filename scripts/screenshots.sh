#!/usr/bin/env bash
# scripts/screenshots.sh   pictures of the main pages in both languages and three widths, in out/screens
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh test
scripts/build.sh server
exec .venv/bin/python -m pytest -q Tests/Browser/test_pages.py "$@"
