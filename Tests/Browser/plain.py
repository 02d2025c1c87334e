"""A browser without a screen: one role's cookies, pages over plain HTTP, and the forms on them."""

import http.client
import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    multipart: bool
    fields: list[Field]

    @property
    def path(self) -> str:
        return urlsplit(self.action).path


@dataclass
class Answer:
    method: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    language: str

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").split(";")[0]


class _Reader(HTMLParser):
    """The links and posting forms of a page."""

    def __init__(self):
        super().__init__()
        self.links: list[str] = []
        self.forms: list[dict] = []
        self.proof = ""
        self._form: dict | None = None
        self._choices: Field | None = None

    def handle_starttag(self, tag, attrs):
        at = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in at:
            self.links.append(at["href"])
        elif tag == "meta" and at.get("name") == "csrf":
            self.proof = at["content"]
        elif tag == "form":
            self._form = {"action": at.get("action"), "enctype": at.get("enctype", ""), "fields": []}
            if at.get("method") == "post":
                self.forms.append(self._form)
        elif self._form is not None and "name" in at and tag in ("input", "textarea", "select", "button"):
            self._field(tag, at)
        elif tag == "option" and self._choices is not None and at.get("value"):
            self._choices.options.append(at["value"])

    def _field(self, tag, at) -> None:
        fields = self._form["fields"]
        kind = at.get("type", "text") if tag == "input" else {"textarea": "long"}.get(tag, tag)
        known = next((one for one in fields if one.name == at["name"]), None)
        if kind in ("radio", "checkbox", "button") and known is not None:
            known.options.append(at.get("value", ""))
            return
        made = Field(at["name"], kind, at.get("value", ""))
        if kind in ("radio", "checkbox", "button"):
            made.options.append(at.get("value", "on"))
        if kind == "select":
            self._choices = made
        fields.append(made)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._choices = None


def read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    return reader


class Visitor:
    """Asks one thing at a time, from a loopback address of its own, as fast as the court's limits let it."""

    def __init__(self, origin: str, address: str, cookies: dict[str, str] | None = None):
        place = urlsplit(origin)
        self.origin, self.host, self.port = origin, place.hostname or "", place.port
        self.address = address
        self.cookies = dict(cookies or {})
        self.proof = ""
        self.sent = self.waited = 0
        self._line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None,
            language: str = "zh-CN", patience: int = 8) -> Answer:
        """One request. A full bucket is waited out; being slowed for wrong codes, which takes longer, is an answer."""
        all_headers = {
            "Host": f"{self.host}:{self.port}", "Accept": "text/html", "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{name}={value}" for name, value in (self.cookies | {"xz-lang": language}).items()),
        }
        if body is not None:
            all_headers["Content-Length"] = str(len(body))
        all_headers |= headers or {}
        for attempt in range(patience):
            answer = self._once(method, path, body, all_headers, language)
            if answer.status != 429 or attempt == patience - 1 or int(answer.headers.get("retry-after", "1")) > 1:
                break
            self.waited += 1
            time.sleep(0.3)
        for name, value in re.findall(r"^(xz[\w-]*)=([^;]*)", answer.headers.get("set-cookie", ""), re.MULTILINE):
            if name not in ("xz-lang", "xz-large", "xz-theme") and value:
                self.cookies[name] = value
        return answer

    def _once(self, method, path, body, headers, language) -> Answer:
        for fresh in (False, True):
            if self._line is None or fresh:
                self._line = http.client.HTTPConnection(
                    self.host, self.port, timeout=30, source_address=(self.address, 0))
            try:
                self._line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
                for name, value in headers.items():
                    self._line.putheader(name, value)
                try:
                    self._line.endheaders(body)
                except (BrokenPipeError, ConnectionResetError):
                    # Told off before all was sent; the answer may be there already.
                    pass
                response = self._line.getresponse()
                self.sent += 1
                found: dict[str, str] = {}
                for name, value in response.getheaders():
                    name = name.lower()
                    found[name] = f"{found[name]}\n{value}" if name in found else value
                answer = Answer(method, path, response.status, found, response.read(), language)
                if response.will_close:
                    self._line = None
                return answer
            except (http.client.HTTPException, OSError):
                self._line = None
                if fresh:
                    raise
        raise AssertionError("unreachable")

    def get(self, path: str, **more) -> Answer:
        answer = self.ask("GET", path, **more)
        if answer.kind == "text/html":
            self.proof = read(answer.text).proof or self.proof
        return answer

    def post(self, path: str, pairs: list[tuple[str, str]], **more) -> Answer:
        body = urlencode([("_csrf", self.proof), *pairs]).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}, **more)

    def forms(self, answer: Answer) -> list[Form]:
        return [
            Form(urljoin(answer.path, form["action"]) if form["action"] else answer.path,
                 "multipart" in form["enctype"], form["fields"])
            for form in read(answer.text).forms
        ]

    def links(self, answer: Answer) -> list[str]:
        """Addresses of this court that the page leads to, without the switches of language and size."""
        found = []
        for link in read(answer.text).links:
            place = urlsplit(urljoin(f"{self.origin}{answer.path}", link))
            if f"{place.scheme}://{place.netloc}" == self.origin and not re.search(r"\b(?:lang|large|theme)=", place.query):
                found.append(place.path + (f"?{place.query}" if place.query else ""))
        return found
