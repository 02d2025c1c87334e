"""The main pages, one line each: looked at in both languages and three widths, in dark and in the large mode."""

from dataclasses import dataclass

import pytest

from checks import check, check_dark_and_large
from people import LANGUAGES, ROLE_CARDS, VISITOR, Person


@dataclass(frozen=True)
class MainPage:
    name: str
    path: str
    person: Person = VISITOR
    status: int = 200


PAGES = [
    MainPage("home", "/"),
    MainPage("role-cards", ROLE_CARDS),
    MainPage("sign-in", "/sign-in"),
    MainPage("not-found", "/there-is-no-such-page", status=404),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("main", PAGES, ids=lambda main: main.name)
def test_main_page(visit, main, language):
    watcher = visit(main.person, language)
    watcher.open(main.path)
    check(watcher, main.name, language, staff=main.person.is_staff, status=main.status)
    if main.status == 200:
        check_dark_and_large(watcher, main.name, main.path, language)


@pytest.mark.parametrize("main", PAGES, ids=lambda main: main.name)
def test_main_page_without_script(browser, court, main):
    """What can be read with script can be read without it: the same headings and links."""
    from people import open_as

    seen = []
    for script in (True, False):
        page = open_as(browser, main.person, court.origin, script=script)
        page.goto(main.path)
        seen.append((page.locator("h1").all_inner_texts(), page.locator("main a[href]").count()))
        page.context.close()
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == 1, "one main heading a page"
