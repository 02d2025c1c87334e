#!/usr/bin/env bash
# scripts/screenshots.sh   pictures of every page of a case and of the main pages, in both languages and three widths,
#                          in out/screens; names what it is given instead (-k english)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh test
scripts/build.sh server
exec .venv/bin/python -m pytest -q Tests/Browser/test_pages.py Tests/Browser/test_every_route.py Tests/Browser/test_journey.py "$@"
