"""Who sits before the browsers: their screens, languages, and how they sign in to a demonstration court."""

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

# The page of role cards: one form each, whose button carries the role in data-role.
ROLE_CARDS = "/demo"
LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True)
class Person:
    role: str | None
    width: int
    height: int
    phone: bool = False

    @property
    def is_staff(self) -> bool:
        return self.role not in (None, "plaintiff", "defendant")


VISITOR = Person(None, 768, 1024)
PLAINTIFF = Person("plaintiff", 360, 740, phone=True)
DEFENDANT = Person("defendant", 768, 1024)
CLERK = Person("clerk", 1440, 900)
JUDGE = Person("judge", 1440, 900)
FILING_CLERK = Person("filing-clerk", 1440, 900)
SECOND_JUDGE = Person("judge-2", 1440, 900)
PRESIDENT = Person("president", 1440, 900)
ADMINISTRATOR = Person("administrator", 1440, 900)
EVERYBODY = (VISITOR, PLAINTIFF, DEFENDANT, CLERK, JUDGE)


def context_for(browser: Browser, person: Person, origin: str, language: str = "zh-CN", script: bool = True) -> BrowserContext:
    """A browser profile of that person's own: no cookie, no cache from anyone else."""
    context = browser.new_context(
        base_url=origin, locale=language, timezone_id="Asia/Shanghai",
        viewport={"width": person.width, "height": person.height},
        is_mobile=person.phone, has_touch=person.phone, java_script_enabled=script, reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    return context


def sign_in(page: Page, person: Person) -> None:
    """One click on the role's card."""
    if person.role is None:
        return
    page.goto(ROLE_CARDS)
    page.locator(f'[data-role="{person.role}"]').first.click()
    page.wait_for_load_state()
    if page.locator(f'[data-role="{person.role}"]').count() and page.url.endswith(ROLE_CARDS):
        raise AssertionError(f"the card of the {person.role} led nowhere")


def open_as(browser: Browser, person: Person, origin: str, language: str = "zh-CN", script: bool = True) -> Page:
    """A signed-in page of that person, in a profile of its own; close it with `page.context.close()`."""
    page = context_for(browser, person, origin, language, script).new_page()
    sign_in(page, person)
    return page
