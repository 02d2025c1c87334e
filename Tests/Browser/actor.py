"""A person before their own browser, doing what people do, and looking hard at every kind of page once."""

import re
import time
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from checks import Watcher, check
from court import Court
from people import Person, context_for, open_as

# The button that sends the page's first form: not one that saves for later.
SEND = "main form button[type=submit]:not([name=then])"


@dataclass
class Journey:
    """How one case is driven: in which language, with or without script, and which pages were looked at on the way."""

    browser: Browser
    court: Court
    language: str
    script: bool
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    def note(self, stage: str) -> None:
        """Says how long the stage took, for whoever runs it with -s."""
        now = time.monotonic()
        print(f"  {stage:<12} {now - self.since:5.1f} s  {len(self.seen)} pages", flush=True)
        self.since = now


class Actor:
    def __init__(self, journey: Journey, person: Person):
        self.journey, self.person = journey, person
        self.used: str | None = None
        self.page = open_as(journey.browser, person, journey.court.origin, journey.language, journey.script)
        self.page.set_default_timeout(45_000)
        self.watcher = Watcher(self.page, journey.court.origin)
        self._eyes: Page | None = None

    # --- looking ---------------------------------------------------------------------------------------------------

    @property
    def eyes(self) -> Page:
        """The page as it stands, in a browser that can run the accessibility engine.

        Without script there is none in the person's own: the same page is opened beside it, our own script left out.
        """
        if self.journey.script:
            return self.page
        if self._eyes is None:
            context = context_for(
                self.journey.browser, self.person, self.journey.court.origin, self.journey.language)
            context.route("**/*.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
            self._eyes = context.new_page()
        self._eyes.context.clear_cookies()
        self._eyes.context.add_cookies(self.page.context.cookies())
        self._eyes.goto(self.page.url)
        return self._eyes

    def look(self) -> None:
        """Once at each kind of page, at all widths; what is wrong is gathered, so that one journey finds everything."""
        path = self.page.url.removeprefix(self.journey.court.origin).split("?")[0]
        kind = f"{self.person.role} {re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-z]{20,}', '', path)}"
        document = self.watcher.document
        if kind in self.journey.seen or document is None or document.request.method != "GET":
            return
        self.journey.seen.add(kind)
        try:
            check(self.watcher, f"journey {kind}", self.journey.language,
                  staff=self.person.is_staff, eyes=self.eyes)
        except AssertionError as problem:
            print(problem, flush=True)
            self.journey.wrong.append(str(problem))

    def text(self) -> str:
        return self.page.inner_text("main")

    def has(self, selector: str) -> bool:
        return self.page.locator(selector).count() > 0

    # --- doing -----------------------------------------------------------------------------------------------------

    def open(self, path: str) -> Page:
        answer = self.watcher.open(path)
        assert answer.status == 200, f"{self.person.role} at {path}: {answer.status}\n{self.text()[:1500]}"
        self.look()
        return self.page

    def press(self, selector: str = SEND, *, last: bool = False) -> None:
        """Sends a form or follows a link, and waits for the answer; a refusal says what the page said."""
        target = self.page.locator(selector)
        self.watcher.forget()
        with self.page.expect_navigation():
            (target.last if last else target.first).click()
        self._expect_taken()

    def _expect_taken(self) -> None:
        document = self.watcher.document
        assert document is not None and document.status < 400, (
            f"{self.person.role} at {self.page.url}: {document and document.status}\n{self.text()[:1500]}")
        self.look()

    def fill(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            self.page.fill(f'[name="{name}"]', value)

    def choose(self, name: str, value: str | None = None) -> None:
        wanted = f'[name="{name}"]' + (f'[value="{value}"]' if value else "")
        self.page.locator(wanted).first.check()

    def choices(self) -> list[str]:
        """The names of what can be chosen on this page, in order."""
        names = [radio.get_attribute("name") for radio in self.page.locator("main input[type=radio]").all()]
        return list(dict.fromkeys(name for name in names if name))

    def sign(self) -> None:
        """With the code of one's second factor, where the page asks for one. A code works once; the next comes in 30 s."""
        if self.has("[name=code]"):
            place = self.page.url
            ends = time.monotonic() + 35
            while time.monotonic() < ends:
                if (code := self.page.inner_text("[data-one-time-code]")) != self.used:
                    self.used = code
                    self.page.fill("[name=code]", code)
                    self.watcher.forget()
                    with self.page.expect_navigation():
                        self.page.locator("main form button[type=submit]").first.click()
                    # The very code that signed this person in may still be the one shown.
                    if not self.has(".field.wrong [name=code]"):
                        break
                time.sleep(1)
                self.page.goto(place)
            self._expect_taken()
        else:
            self.press("main form button[type=submit]")

    def until(self, path: str, selector: str, seconds: float = 20) -> None:
        """What the court does by itself afterwards takes a moment; the page is asked again until it is there."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.watcher.open(path)
            if self.has(selector):
                return self.look()
            time.sleep(0.3)
        raise AssertionError(f"{path} never showed {selector}:\n{self.text()[:1500]}")

    def leave(self) -> None:
        if self._eyes is not None:
            self._eyes.context.close()
        self.page.context.close()
