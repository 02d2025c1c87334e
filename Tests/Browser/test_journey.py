"""One case from its first answer to the archive, by everybody in it, each in a browser of their own.

The same steps on SQLite in Chinese with script, and on PostgreSQL in English without any (D55). Every kind of page met
on the way is looked at as test_pages.py looks at the main ones.

    XIEZHI_FILM_MB   how large the uploaded film is (12; `make soak` takes 300)
"""

import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import time
from dataclasses import dataclass

import pytest

import journey as steps
from actor import Actor, Journey
from court import OUT, ROOT, Court, binary
from material import film
from people import CLERK, DEFENDANT, FILING_CLERK, JUDGE, PLAINTIFF, SECOND_JUDGE

FILM_MB = int(os.environ.get("XIEZHI_FILM_MB", "12"))
# A form without script takes one file of 50 MB at most.
FORM_MB = 48


@dataclass(frozen=True)
class Variant:
    name: str
    language: str
    script: bool
    postgres: bool


VARIANTS = [
    Variant("chinese-with-script-on-sqlite", "zh-CN", script=True, postgres=False),
    Variant("english-without-script-on-postgres", "en", script=False, postgres=True),
]


@contextlib.contextmanager
def postgres():
    """A database of its own, gone afterwards; its address."""
    with tempfile.TemporaryDirectory(prefix="xiezhi-postgres-") as folder:
        # The database runs as a user of its own, who must be able to walk there.
        os.chmod(folder, 0o755)
        script = ROOT / "scripts" / "postgres.sh"
        started = subprocess.run([script, "start", folder], capture_output=True, text=True, timeout=60, check=True)
        try:
            yield started.stdout.strip().splitlines()[-1]
        finally:
            subprocess.run([script, "stop", folder], timeout=60, check=False)


def drive(journey: Journey, folder: pathlib.Path) -> str:
    """The whole case; its docket."""
    plaintiff, defendant, filing_clerk, clerk, judge = (
        Actor(journey, person) for person in (PLAINTIFF, DEFENDANT, FILING_CLERK, CLERK, JUDGE))
    size = FILM_MB if journey.script else min(FILM_MB, FORM_MB)

    journey.note("sign-in")
    docket = steps.complaint(plaintiff, film(folder / "film.mp4", size))
    case = f"/cases/{docket}"
    journey.note("complaint")
    steps.correct(filing_clerk, plaintiff, docket)
    journey.note("correction")
    steps.docket_it(filing_clerk, docket)
    steps.pay(plaintiff, case)
    journey.note("docketing")
    steps.link(defendant, steps.invite(clerk, docket), docket)
    journey.note("service")
    steps.answer(defendant, case)
    journey.note("answer")
    # The judge is drawn; the case is hidden from the other one.
    if judge.watcher.open(case).status != 200:
        judge.leave()
        judge = Actor(journey, SECOND_JUDGE)
    judge.open("/desk")
    judge.open(case)
    steps.examine(defendant, judge, case)
    journey.note("exchange")
    steps.hear(plaintiff, defendant, judge, case)
    journey.note("hearing")
    steps.confirm_transcript(clerk, [plaintiff, defendant, judge], case)
    journey.note("transcript")
    steps.judge_it(judge, case)
    for actor in (plaintiff, defendant):
        actor.open(case)
    journey.note("judgment")
    steps.archive(clerk, case)
    journey.note("archive")
    record = json.loads(clerk.page.request.get(f"{journey.court.origin}/api/v1{case}").text())
    (OUT / "tests" / "journey.json").write_text(json.dumps(record, ensure_ascii=False, indent=1))
    for actor in (plaintiff, defendant, filing_clerk, clerk, judge):
        actor.leave()
    return docket


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_case_from_the_first_answer_to_the_archive(browser, variant, tmp_path):
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        database = ["--database", stack.enter_context(postgres())] if variant.postgres else []
        court = stack.enter_context(Court(f"journey-{variant.name}", *database))
        journey = Journey(browser, court, variant.language, variant.script)
        drive(journey, tmp_path)
        driven = time.monotonic() - began
        court.stop()
        audit = subprocess.run([binary(), "audit", "--data", court.data, *database],
                               capture_output=True, text=True, timeout=300, check=False)
        assert audit.returncode == 0, audit.stdout + audit.stderr
    print(f"{variant.name}: {len(journey.seen)} kinds of page looked at, {driven:.0f} s; {audit.stdout.strip()}")
    assert not journey.wrong, "\n".join(journey.wrong)
