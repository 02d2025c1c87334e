import pathlib
import signal
import sys

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from checks import WEIGHTS, Watcher  # noqa: E402
from court import Court  # noqa: E402
from people import open_as  # noqa: E402


# A run that is stopped from outside still stops the courts and databases it started.
signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def browser():
    WEIGHTS.unlink(missing_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def court():
    """A court that tests only read. One that changes things starts its own."""
    with Court("pages") as court:
        yield court


@pytest.fixture
def visit(browser, court):
    """visit(person, language) -> a watcher over that person's page, closed after the test."""
    opened = []

    def open_one(person, language="zh-CN", script=True):
        page = open_as(browser, person, court.origin, language, script)
        opened.append(page)
        return Watcher(page, court.origin)

    yield open_one
    for page in opened:
        page.context.close()
