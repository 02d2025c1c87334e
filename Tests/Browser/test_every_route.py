"""Every page the server says it has, found as people find it: by following links, each role on its own.

Nothing is listed here by hand but the pages that no link leads to.
"""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest

import court as courthouse
from checks import Watcher, check
from people import EVERYBODY, LANGUAGES, open_as

# Pages that come only after something was done, each with the test that does it.
ELSEWHERE: dict[str, str] = {}


def pattern(template: str) -> re.Pattern:
    return re.compile("^" + re.sub(r":\w+|\\\{\w+\\\}|\{\w+\}", "[^/]+", template) + "/?$")


def page_templates() -> dict[str, re.Pattern]:
    return {
        route["template"]: pattern(route["template"])
        for route in courthouse.routes()
        if route["method"].upper() == "GET" and route["kind"] == "page"
    }


def crawl(watcher: Watcher, start: str, templates: dict[str, re.Pattern]) -> dict[str, str]:
    """The first address met of each page: template to path."""
    met: dict[str, str] = {}
    queue, queued = deque([start]), {start}
    while queue:
        path = queue.popleft()
        template = next((one for one, shape in templates.items() if shape.match(urlsplit(path).path)), None)
        if template is None or template in met:
            continue
        document = watcher.open(path)
        if document.status != 200:
            continue
        met[template] = path
        for link in watcher.page.locator("a[href]").evaluate_all("links => links.map(link => link.href)"):
            place = urlsplit(link)
            if f"{place.scheme}://{place.netloc}" != watcher.origin:
                continue
            # The switches of language, size and theme lead back to the same page.
            next_path = place.path if re.search(r"(?:^|&)(?:lang|large|theme)=", place.query) else (
                place.path + (f"?{place.query}" if place.query else ""))
            if next_path not in queued:
                queued.add(next_path)
                queue.append(next_path)
    return met


@pytest.fixture(scope="module")
def templates():
    return page_templates()


@pytest.fixture(scope="module")
def found(browser, court, templates):
    """Which page each person reaches, and where: template to (person, path), the first one who gets there."""
    reached = {}
    for person in EVERYBODY:
        page = open_as(browser, person, court.origin)
        watcher = Watcher(page, court.origin)
        met = crawl(watcher, "/", templates)
        for template in templates:
            if template not in met and ":" not in template and "{" not in template:
                met |= crawl(watcher, template, {template: templates[template]})
        for template, path in met.items():
            reached.setdefault(template, (person, path))
        page.context.close()
    return reached


def test_every_page_is_reached(templates, found):
    # The pages of one docket, draft or person need one; test_journey.py makes a case and opens them.
    alone = {template for template in templates if ":" not in template and "{" not in template}
    missing = sorted(alone - set(found) - set(ELSEWHERE))
    assert not missing, "no role finds a way to:\n  " + "\n  ".join(missing)
    assert not set(ELSEWHERE) - set(templates), "these pages are gone: take them out of ELSEWHERE"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_order(browser, court, found, language):
    wrong = []
    for person in EVERYBODY:
        watcher = None
        for template, (finder, path) in sorted(found.items()):
            if finder is not person:
                continue
            watcher = watcher or Watcher(open_as(browser, person, court.origin, language), court.origin)
            try:
                watcher.open(path)
                check(watcher, f"route {template}", language, staff=person.is_staff)
            except AssertionError as problem:
                wrong.append(str(problem))
        if watcher:
            watcher.page.context.close()
    assert not wrong, "\n".join(wrong)
