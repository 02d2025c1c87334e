"""What nobody should send, and what the court must answer to it all the same."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import html5lib
from plain import Answer, Field, Form

# Typed where it is harmless, to see that it is still there after a refusal.
KEPT = "留着这句话 keep this 7f3a"
# In an element that no page of ours has: it must never come back as one.
MARKUP = "</textarea><xz-evil onload=alert(1)>\"'><script>xzEvil()</script>"

TEXTS = {
    "kept": KEPT,
    "markup": MARKUP,
    "sql": "x'; DROP TABLE act; -- \" OR 1=1 /* \\",
    "controls": "a\0b\x01c\x1b[31md\x7fe\r\nSet-Cookie: xz=evil",
    "bidi": "abc\u202e\u2066gnp.exe\u2069\u200f\ufeff\u200b",
    "path": "../../../../etc/passwd\\..\\keys/court.key",
    "format": "%s%n%x{{7*7}}${7*7}#{7*7}\\u0000&#0;&amp;",
    "unicode": "\U0001f9d1\u200d\u2696\ufe0f" * 40 + "e" + "\u0301" * 200 + "\U000e0001",
    "number": "99999999999999999999999999999999.999",
    "negative": "-1",
    "huge": "长" * 20_000,
}
STATUSES = {200, 201, 204, 206, 301, 303, 304, 400, 401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 415, 416, 422, 429,
            460}
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

# Bodies that are the same for every route, made once: some are large.
HUGE_FORM = b"a=" + b"x" * 1_200_000
MANY_FIELDS = urlencode({f"f{n}": "1" for n in range(1_000)}).encode()
JSON_BODIES = {
    "json nothing": b"", "json null": b"null", "json array": b"[]", "json text": b'"x"', "json broken": b'{"a":',
    "json deep": b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "json number": b'{"version":1e999,"amount":-1,"fields":7}',
    "json twice": b'{"kind":"a","kind":"b"}', "json nul": b'{"name":"a\\u0000b","text":"\\ud800"}',
    "json not utf-8": b'{"name":"\xff\xfe"}', "json utf-16": '{"a":1}'.encode("utf-16"),
    "json wrong types": json.dumps({name: [{}, None, -1] for name in (
        "fields", "version", "form", "text", "code", "digest", "until", "items", "day", "answer")}).encode(),
    "json huge": b'{"text":"' + b"x" * 1_200_000 + b'"}',
}


@dataclass(frozen=True)
class Shot:
    """One hostile request to a route, and what must still be on the page after a refusal."""

    name: str
    method: str
    path: str
    body: bytes | None = None
    content_type: str | None = None
    accept: str = "text/html"
    kept: str | None = None


# --- making them ---------------------------------------------------------------------------------------------------


def _value(field: Field, text: str) -> str:
    if field.kind == "hidden":
        return field.value
    if field.kind in ("radio", "checkbox", "select", "button"):
        return field.options[0] if field.options and text == KEPT else text
    return text


def filled(form: Form, text: str, proof: str) -> list[tuple[str, str]]:
    """Every field of the form with this text in it; what is not typed stays as the page had it."""
    pairs = [(one.name, _value(one, text)) for one in form.fields if one.kind != "file" and one.name != "_csrf"]
    if text == TEXTS["huge"]:
        # One field of it is enough, and some forms have fifty.
        pairs = [(name, value if index == 0 else value[:50]) for index, (name, value) in enumerate(pairs)]
    return [("_csrf", proof), *pairs]


def multipart(pairs: list[tuple[str, str]], file: tuple[str, bytes] | None = None, *, broken: bool = False) -> bytes:
    parts = [f'--xz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in pairs]
    if file:
        name = file[0].replace('"', "%22")
        parts.append(f'--xz\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + file[1] + b"\r\n")
    return b"".join(parts) + (b"" if broken else b"--xz--\r\n")


def _shows(form: Form) -> bool:
    """Whether anything typed could come back: a code and a password never do."""
    return any(one.kind in ("text", "long", "tel", "email") and one.name not in ("code", "name")
               and "password" not in one.name for one in form.fields)


def of_form(form: Form, proof: str) -> Iterator[Shot]:
    """A form of a page, in every way it should not be sent."""
    path = form.path
    for name, text in TEXTS.items():
        pairs = filled(form, text, proof)
        kept = text if name in ("kept", "markup", "sql", "path") and _shows(form) else None
        if form.multipart:
            yield Shot(name, "POST", path, multipart(pairs), "multipart/form-data; boundary=xz", kept=kept)
        else:
            yield Shot(name, "POST", path, urlencode(pairs).encode(), FORM, kept=kept)
    pairs = filled(form, KEPT, proof)
    yield Shot("twice", "POST", path, urlencode([*pairs, *filled(form, "twice", proof)]).encode(), FORM)
    yield Shot("hidden wrong", "POST", path, urlencode(
        [(name, MARKUP if name != "_csrf" else value) for name, value in pairs]).encode(), FORM)
    yield Shot("proof wrong", "POST", path, urlencode([("_csrf", "0" * 96), *pairs[1:]]).encode(), FORM,
               kept=KEPT if _shows(form) and not form.multipart else None)
    if form.multipart:
        for name in ("../../evil\0.png", "\u202egnp.exe", "x" * 900, ""):
            yield Shot(f"file named {name[:12]!r}", "POST", path, multipart(pairs, (name, b"GIF89a" + b"\0" * 64)),
                       "multipart/form-data; boundary=xz")
        yield Shot("file broken off", "POST", path, multipart(pairs, ("a.png", b"x"), broken=True),
                   "multipart/form-data; boundary=xz")


def of_route(method: str, path: str, proof: str) -> Iterator[Shot]:
    """A route whose form nobody showed us: bodies of every kind but the right one."""
    if method in ("GET", "HEAD", "OPTIONS", "DELETE"):
        yield Shot("plain", method, path)
        yield Shot("json", method, path, accept="application/json")
        yield Shot("query", method, f"{path}?{urlencode([('next', '//evil.example'), ('then', MARKUP), ('q', TEXTS['controls'])])}")
        yield Shot("long query", method, f"{path}?x={'y' * 6_000}")
        yield Shot("broken query", method, f"{path}?a=%zz&lang=%ff&large=99999999999999999999&theme[]=1&lang=xx")
        return
    token = urlencode({"_csrf": proof}).encode()
    yield Shot("empty", method, path, b"")
    yield Shot("nothing typed", method, path, token, FORM)
    yield Shot("broken escapes", method, path, b"_csrf=%zz&a=%f", FORM)
    yield Shot("not utf-8", method, path, token + b"&name=%d6%d0%ce%c4&x=\xff\xfe", FORM + "; charset=gbk")
    yield Shot("many fields", method, path, token + b"&" + MANY_FIELDS, FORM)
    yield Shot("huge", method, path, HUGE_FORM, FORM)
    yield Shot("wrong type", method, path, b"<a>&xxe;</a>", "application/xml")
    yield Shot("no boundary", method, path, b"--\r\n", "multipart/form-data")
    for name, body in JSON_BODIES.items():
        yield Shot(name, method, path, body, JSON, accept=JSON)


PLACES = ["%00", "%0d%0aSet-Cookie:%20xz=evil", "%e2%80%ae", "..%2f..%2fetc%2fpasswd", quote("' OR 1=1 --"), quote(MARKUP, safe=""),
          "%ff%fe", "%zz", "x" * 5_000, "00000000-0000-0000-0000-000000000000", "-1", "18446744073709551616"]


def of_place(template: str, method: str) -> Iterator[Shot]:
    """The same route with a hostile name in each place of its address that takes one."""
    for place in PLACES if ":" in template else []:
        path = re.sub(r":\w+", lambda _: place, template)
        yield Shot(f"place {place[:24]}", method, path, b"" if method in ("POST", "PUT", "PATCH") else None, FORM)


# --- judging the answers -------------------------------------------------------------------------------------------

HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_parsed: set[tuple[str, int, str]] = set()


def faults(shot: Shot, template: str, answer: Answer) -> Iterator[str]:
    """Everything that is wrong with the answer; nothing when it is as typed as it should be."""
    if answer.status not in STATUSES:
        yield f"status {answer.status}"
    if answer.status >= 500:
        return
    if not answer.headers.get("x-request-id"):
        yield "no request id"
    if answer.headers.get("x-content-type-options") != "nosniff":
        yield "no nosniff"
    if "evil" in answer.headers.get("set-cookie", ""):
        yield f"a cookie of theirs: {answer.headers['set-cookie']}"
    if not re.match(r"(?:/(?!/)[\x21-\x7e]*)?$", answer.headers.get("location", "")):
        yield f"leads elsewhere: {answer.headers['location']}"
    if answer.status in (204, 301, 303, 304) or shot.method in ("HEAD", "OPTIONS"):
        return
    if answer.kind == "text/html":
        yield from page_faults(shot, template, answer)
    elif answer.kind == "application/problem+json":
        yield from problem_faults(answer)
    elif answer.status >= 400:
        yield f"an error as {answer.kind or 'nothing'}: {answer.text[:80]!r}"


def page_faults(shot: Shot, template: str, answer: Answer) -> Iterator[str]:
    text = answer.text
    if "<xz-evil" in text or "<script>xzEvil" in text:
        yield "the payload came back as markup"
    is_page = text.lstrip().lower().startswith("<!doctype html>")
    if template.startswith("/files/") and answer.status == 200:
        # A stored document, drawn as it was; it has no frame of ours.
        return
    if not is_page:
        # Fragments, such as the fee beside a sum, are drawn into a page.
        if answer.status >= 400:
            yield "an unstyled answer"
        return
    if 'rel="stylesheet"' not in text:
        yield "an unstyled answer"
    if f'<html lang="{answer.language}"' not in text:
        yield f"not in {answer.language}"
    key = (template, answer.status, answer.language)
    if key not in _parsed or shot.name in ("controls", "bidi", "unicode"):
        _parsed.add(key)
        parser = html5lib.HTMLParser()
        parser.parse(text)
        yield from (f"HTML {place} {code} {details or ''}" for place, code, details in parser.errors[:3])
    if answer.status < 400:
        return
    says_code = re.search(r'<p class="meta">[^<]*<code>\w+</code> · <code>([^<]+)</code>', text)
    if 'class="errors"' not in text and not (says_code and CODE.fullmatch(says_code.group(1))):
        yield "neither a list of errors nor a stable code"
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    if answer.language == "en" and says_code and heading and HAN.search(heading.group(1)):
        yield f"English is missing: {heading.group(1)}"
    summary = re.search(r'<div class="errors".*?</div>', text, re.DOTALL)
    if answer.language == "en" and summary:
        # What people wrote may be quoted in their language; what the court says of it may not be in Chinese alone.
        for said in re.findall(r"<(?:p|li|h2)[^>]*>(.*?)</(?:p|li|h2)>", summary.group(0), re.DOTALL):
            plain = re.sub(r"<[^>]+>", " ", said)
            if HAN.search(plain) and not re.search(r"[A-Za-z]{3}", plain):
                yield f"English is missing: {plain[:100]}"
    if shot.kept and answer.status in (403, 409, 422) and says_back(shot.kept) not in text:
        yield f"what was typed is lost ({answer.status})"


def says_back(typed: str) -> str:
    for character, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        typed = typed.replace(character, written)
    return typed


def problem_faults(answer: Answer) -> Iterator[str]:
    try:
        problem = json.loads(answer.body)
    except ValueError:
        yield f"no JSON: {answer.text[:80]!r}"
        return
    missing = {"type", "title", "detail", "title_zh", "detail_zh", "code", "status", "instance"} - set(problem)
    if missing:
        yield f"a problem without {sorted(missing)}"
        return
    if problem["status"] != answer.status or not CODE.fullmatch(problem["code"]):
        yield f"code {problem['code']!r}, status {problem['status']}"
    if HAN.search(problem["title"] + problem["detail"]) or not HAN.search(problem["title_zh"] + problem["detail_zh"]):
        yield f"one language missing: {problem}"
