"""The forms of a page, filled and sent as a browser without script would."""

import html.parser
import urllib.parse

from client import FORM, Client, Refused


class Form:
    def __init__(self, action: str):
        self.action = action
        self.fields: list[tuple[str, str]] = []
        #: The values each choice offers, by name.
        self.choices: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self.buttons: list[tuple[str, str]] = []


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag, attributes):
        about = dict(attributes)
        name, value = about.get("name"), about.get("value") or ""
        if tag == "a" and about.get("href"):
            self.links.append(about["href"])
        if tag == "form":
            self._form = Form(about.get("action") or "")
            self.forms.append(self._form)
        if self._form is None or not name:
            return
        self._form.names.add(name)
        if tag == "button":
            self._form.buttons.append((name, value))
        elif tag == "textarea":
            self._text = name
            self._form.fields.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "input" and about.get("type") in ("radio", "checkbox"):
            self._form.choices.setdefault(name, []).append(value)
            if "checked" in about:
                self._form.fields.append((name, value))
        elif tag == "input":
            self._form.fields.append((name, value))

    def handle_data(self, data):
        if self._text and self._form:
            name, value = self._form.fields[-1]
            self._form.fields[-1] = (name, value + data.lstrip("\n"))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._text = None
        if tag == "select":
            self._select = None


def read(client: Client, path: str) -> tuple[list[Form], list[str]]:
    reader = _Reader()
    reader.feed(client.page(path))
    return reader.forms, reader.links


def fill(client: Client, path: str, values: dict[str, str], having: str | None = None) -> str:
    """Sends the form of the page that has the field or the action named, or all of the values; where it leads."""
    forms, _ = read(client, path)
    wanted = [form for form in forms if "_csrf" in form.names and (
        having in form.names or having in (form.action or path) if having else set(values) <= form.names)]
    assert wanted, f"{path} has no form for {having or list(values)}: {[sorted(form.names) for form in forms]}"
    form = wanted[0]
    pairs = [(name, value) for name, value in form.fields if name not in values] + list(values.items())
    headers = {"Cookie": client._cookie, "Accept": "text/html", "Content-Type": FORM}
    target = urllib.parse.urljoin(path, form.action) if form.action else path
    status, answered, body = client.send("POST", target, urllib.parse.urlencode(pairs).encode(), headers)
    if status >= 400:
        raise Refused(status, body, target)
    return answered.get("location", target)
