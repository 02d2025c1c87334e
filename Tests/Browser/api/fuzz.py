"""Sends the API what its own description allows and what it forbids, and holds the answers to the description.

The seed is fixed, so a run that fails fails again; XIEZHI_SEED takes another. Exit code as schemathesis gives it.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from court import OUT, Court  # noqa: E402
from openapi_spec_validator import validate  # noqa: E402

DESCRIPTION = "/api/v1/openapi.json"
SEED = "20260105"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=10)
    minutes = arguments.parse_args().minutes

    with Court("api") as court:
        with urllib.request.urlopen(court.origin + DESCRIPTION, timeout=30) as answer:
            description = json.load(answer)
        validate(description)
        print(f"{DESCRIPTION}: {len(description['paths'])} paths, OpenAPI {description['openapi']}, valid", flush=True)

        token = os.environ.get("XIEZHI_API_TOKEN")
        command = [
            pathlib.Path(sys.executable).with_name("st"), "--no-color", "run", court.origin + DESCRIPTION,
            "--seed", os.environ.get("XIEZHI_SEED", SEED),
            "--max-time", str(max(1, int(minutes * 60))),
            "--checks", "all",
            "--request-timeout", "20",
            "--rate-limit", "auto",
            "--generation-database", "none",
            "--report", "junit", "--report-junit-path", str(OUT / "tests" / "api.xml"),
        ]
        if token:
            command += ["--header", f"Authorization: Bearer {token}"]
        return subprocess.run(command, cwd=court.data, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
