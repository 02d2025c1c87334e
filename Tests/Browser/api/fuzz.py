"""Sends the API what its own description allows and what it forbids, as each of the people of a demonstration court in
turn and on the cases it really has, and holds the answers to the description.

The seed is fixed, so a run that fails fails again; XIEZHI_SEED takes another. Exit code 1 when any part failed.
"""

import argparse
import base64
import html
import http.cookiejar
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from court import OUT, Court  # noqa: E402
from openapi_spec_validator import validate  # noqa: E402

HOOKS = pathlib.Path(__file__).with_name("hooks.py")
DESCRIPTION = "/api/v1/openapi.json"
SEED = "20260105"
# Whose lists name the cases.
WITNESSES = ("plaintiff", "defendant", "filing-clerk", "clerk")
PEOPLE = ("plaintiff", "defendant", "filing-clerk", "clerk", "judge", "president")

# Ids are texts like any other to a generator: three in four are those of cases that exist.
# A 422 is the law's or the form's answer to what is well formed, such as a day that has passed or a step out of turn; no
# schema says these. What is not well formed is 400, and what is described but refused as malformed still fails.
# An upload speaks tus 1.0, which names 412 for another version and 413 for more than the court takes; 507 is what a
# person is told who leaves sixty uploads lying about.
CONFIGURATION = """
hooks = {hooks}

[auth.openapi.bearer]
bearer = {token}

[dictionaries.dockets]
values = {dockets}

[parameters]
"path.docket" = {{ dictionary = "dockets", probability = 0.75 }}

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "422", "429"]

[[operations]]
include-path-regex = "^/uploads"
parameters = {{ "header.Upload-Metadata" = "for {docket}" }}
checks.negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "429"]
checks.missing_required_header.expected-statuses = ["400", "401", "403", "412", "415"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429", "507"]
checks.not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "507"]
"""


class Person:
    """Somebody of the demonstration, signed in by their card; programs use the same session as a bearer token."""

    def __init__(self, court: Court, role: str):
        self.origin, self.role = court.origin, role
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = opener.open(court.origin + "/demo", timeout=30).read().decode()
        card = re.search(rf'<form[^>]*action="/demo/as/{role}".*?</form>', page, re.S)
        if card is None:
            raise RuntimeError(f"there is no card of the {role}")
        fields = {
            html.unescape(name): html.unescape(value)
            for name, value in re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', card.group(0))
        }
        body = urllib.parse.urlencode(fields).encode()
        opener.open(urllib.request.Request(f"{court.origin}/demo/as/{role}", body, {"Origin": court.origin}), timeout=30)
        new = [cookie.value for cookie in jar if cookie.name.removeprefix("__Host-") == "xz"]
        if len(new) != 1:
            raise RuntimeError(f"the card of the {role} gave {len(new)} sessions")
        self.token, self.since = new[0], time.monotonic()

    def ask(self, path: str, body: dict | None = None) -> dict:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.origin + path, data, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


def dockets(people: dict[str, Person]) -> list[str]:
    """Every case and draft that anyone of them can name."""
    people["plaintiff"].ask("/api/v1/drafts", {"form": "online-shopping/1"})
    lists = [
        people["plaintiff"].ask("/api/v1/drafts")["drafts"],
        people["plaintiff"].ask("/api/v1/cases")["cases"],
        people["defendant"].ask("/api/v1/cases")["cases"],
        people["filing-clerk"].ask("/api/v1/desk/filings")["filings"],
        people["clerk"].ask("/api/v1/desk/service")["items"],
    ]
    return sorted({one["docket"] for entries in lists for one in entries})


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--people", default=",".join(PEOPLE), help="only these, with commas between")
    arguments = arguments.parse_args()
    roles = arguments.people.split(",")

    failed = []
    with Court("api") as court:
        with urllib.request.urlopen(court.origin + DESCRIPTION, timeout=30) as answer:
            description = json.load(answer)
        validate(description)
        operations = sum(len(path) for path in description["paths"].values())
        print(f"{DESCRIPTION}: {operations} operations, OpenAPI {description['openapi']}, valid", flush=True)

        people = {role: Person(court, role) for role in PEOPLE if role in roles or role in WITNESSES}
        known = dockets(people)
        print(f"{len(known)} cases and drafts, as {', '.join(roles)}", flush=True)
        draft = people["plaintiff"].ask("/api/v1/drafts")["drafts"][0]["docket"]
        for role in roles:
            print(f"\n-- as the {role}", flush=True)
            if time.monotonic() - people[role].since > 120:
                # A signature needs a second factor of the last five minutes.
                people[role] = Person(court, role)
            (court.data / "schemathesis.toml").write_text(
                CONFIGURATION.format(
                    hooks=json.dumps(str(HOOKS)), token=json.dumps(people[role].token), dockets=json.dumps(known),
                    docket=base64.b64encode(draft.encode()).decode()))
            command = [
                pathlib.Path(sys.executable).with_name("st"), "--no-color", "run", court.origin + DESCRIPTION,
                "--seed", os.environ.get("XIEZHI_SEED", SEED),
                "--max-time", str(max(1, int(arguments.minutes * 60 / len(roles)))),
                "--checks", "all",
                "--request-timeout", "20",
                "--rate-limit", "auto",
                "--generation-database", "none",
                "--report", "junit", "--report-junit-path", str(OUT / "tests" / f"api-{role}.xml"),
            ]
            if subprocess.run(command, cwd=court.data, check=False).returncode != 0:
                failed.append(role)
    if failed:
        print(f"\nFailed as: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
