#!/usr/bin/env python3
"""swift format's findings, all of them errors, but for long lines that hold words or markup: those the formatter
cannot break, and breaking them by hand makes a sentence or a page harder to read.

usage: lint.py PATH…
"""
import re
import subprocess
import sys

finding = re.compile(r"^(?P<file>.+?):(?P<line>\d+):\d+: (?:warning|error): (?P<text>.*)$")
run = subprocess.run(["swift", "format", "lint", "-r", "--parallel", *sys.argv[1:]], capture_output=True, text=True)
lines_of, failures = {}, 0
for line in (run.stdout + run.stderr).splitlines():
    match = finding.match(line)
    if not match:
        print(line)
        failures += 1
        continue
    if "[LineLength]" in match["text"]:
        if match["file"] not in lines_of:
            with open(match["file"], encoding="utf-8") as file:
                lines_of[match["file"]] = file.read().split("\n")
        source = lines_of[match["file"]][int(match["line"]) - 1]
        if any(mark in source for mark in ('"', "<", "\\(", "///")):
            continue
    print(line)
    failures += 1
sys.exit(1 if failures or run.returncode not in (0, 1) else 0)
