"""What must be true of every page, whoever looks and however wide the screen."""

import json
import re
from urllib.parse import urlsplit

import html5lib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from court import OUT

WIDTHS = (360, 768, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PUBLIC_BYTES = 60 * 1024
STAFF_BYTES = 150 * 1024
SCREENS = OUT / "screens"
WEIGHTS = OUT / "tests" / "weights.jsonl"

_axe = Axe()


class Watcher:
    """Listens to a page from its first request on: errors, strangers, bytes over the wire, the HTML as it was sent."""

    def __init__(self, page: Page, origin: str):
        self.page = page
        self.origin = origin
        self.document: Response | None = None
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self.bytes = 0
        self._evidence: set[str] = set()
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)
        page.on("response", self._response)
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.responseReceived", self._received)
        wire.on("Network.loadingFinished", self._loaded)

    def _request(self, request) -> None:
        place = urlsplit(request.url)
        if place.scheme not in ("data", "blob", "about") and f"{place.scheme}://{place.netloc}" != self.origin:
            self.strangers.append(request.url)

    def _response(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame and not 300 <= response.status < 400:
            self.document = response

    def _received(self, event) -> None:
        # What people handed in is as heavy as it is; the page around it is what we answer for.
        if urlsplit(event["response"]["url"]).path.startswith("/files/"):
            self._evidence.add(event["requestId"])

    def _loaded(self, event) -> None:
        if event["requestId"] not in self._evidence:
            self.bytes += int(event["encodedDataLength"])

    def forget(self) -> None:
        self.document, self.errors, self.strangers, self.bytes = None, [], [], 0

    def open(self, path: str) -> Response:
        """Goes there uncached and waits until the page has everything it asked for."""
        self.forget()
        self.page.goto(path, wait_until="load")
        # A page that follows its docket keeps a stream open and is never idle; loaded is enough.
        assert self.document is not None, f"{path} answered nothing"
        return self.document


def html_errors(text: str) -> list[str]:
    """What a strict HTML parser has against the bytes that were sent, by line and column."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [f"{line}:{column} {code} {details or ''}" for (line, column), code, details in parser.errors]


def axe_violations(page: Page) -> list[str]:
    found = _axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']} at " + "; ".join(str(node["target"]) for node in one["nodes"][:5])
        for one in found
    ]


def too_wide(page: Page) -> list[str]:
    """Elements that make the page scroll sideways."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.scrollingElement.scrollWidth <= room + 1) return [];
            return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 1)
                .slice(0, 5).map(e => e.tagName.toLowerCase() + (e.className ? '.' + e.className : ''));
        }"""
    )


def check(watcher: Watcher, name: str, language: str, *, staff: bool = False, status: int = 200,
          widths=WIDTHS, screenshot: bool = True, eyes: Page | None = None) -> None:
    """Holds the page now open to all of it, and gathers everything that is wrong before failing once.

    `eyes` is the same page in another browser, for one whose own runs no script.
    """
    page, wrong = eyes or watcher.page, []
    document = watcher.document
    assert document is not None, "open the page through the watcher"
    if document.status != status:
        wrong.append(f"status {document.status} instead of {status}")
    wrong += [f"HTML {error}" for error in html_errors(document.text())]
    if page.evaluate("document.documentElement.lang") != language:
        wrong.append(f"the page is not in {language}")
    if not page.title().strip():
        wrong.append("no title")

    size, limit = watcher.bytes, STAFF_BYTES if staff else PUBLIC_BYTES
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    with WEIGHTS.open("a") as weights:
        weights.write(json.dumps({"page": name, "language": language, "bytes": size, "limit": limit}) + "\n")
    if size > limit:
        wrong.append(f"{size} bytes over the wire, {limit} allowed")

    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740 if width < 700 else 1000})
        wrong += [f"at {width} px: {violation}" for violation in axe_violations(page)]
        wrong += [f"at {width} px: scrolls sideways because of {element}" for element in too_wide(page)]
        if screenshot:
            SCREENS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENS / f"{_file_name(name)}-{language}-{width}.png", full_page=True)
    if before:
        page.set_viewport_size(before)

    # A refused page is an error to the browser's console; that one is meant.
    expected = re.compile(r"Failed to load resource.*\b%d\b" % status) if status >= 400 else None
    wrong += [f"console: {error}" for error in watcher.errors if not (expected and expected.search(error))]
    wrong += [f"asks a stranger: {url}" for url in watcher.strangers]
    assert not wrong, f"{name} in {language}:\n  " + "\n  ".join(wrong)


def check_dark_and_large(watcher: Watcher, name: str, path: str, language: str) -> None:
    """The same accessibility in dark colours and in the large mode, which is left again afterwards."""
    page, wrong = watcher.page, []
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark: {violation}" for violation in axe_violations(page)]
    page.emulate_media(color_scheme="light")
    join = "&" if "?" in path else "?"
    page.goto(f"{path}{join}large=on")
    wrong += [f"large: {violation}" for violation in axe_violations(page)]
    page.set_viewport_size({"width": 360, "height": 740})
    wrong += [f"large: scrolls sideways because of {element}" for element in too_wide(page)]
    page.goto(f"{path}{join}large=off")
    assert not wrong, f"{name} in {language}:\n  " + "\n  ".join(wrong)


def _file_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "home"
