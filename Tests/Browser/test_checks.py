"""The checks themselves: a good page passes, and each thing that must not be is seen."""

import http.server
import threading

import pytest

from checks import Watcher, check
from hostile import MARKUP, Shot, faults
from people import PLAINTIFF, VISITOR, context_for
from plain import Answer

GOOD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head>
<body><header><a href="/">Home</a></header><main><h1>A page</h1><p>Words.</p>{}</main></body></html>"""

PAGES = {
    "/good": GOOD.format(""),
    "/unlabelled": GOOD.format("<input type='text' name='a'>"),
    "/invalid-html": GOOD.format("<div><span></div>"),
    "/script-error": GOOD.format("<script>throw new Error('oh')</script>"),
    "/stranger": GOOD.format("<img alt='' src='http://127.0.0.2:9/pixel.png'>"),
    "/too-wide": GOOD.format("<div style='width:900px'>wide</div>"),
    "/heavy": GOOD.format("<!--" + "x" * 70_000 + "-->"),
    "/other-language": GOOD.format("").replace('lang="en"', 'lang="zh-CN"'),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((body or GOOD.format("")).encode())

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def origin():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def watcher(browser, origin):
    context = context_for(browser, VISITOR, origin, "en")
    yield Watcher(context.new_page(), origin)
    context.close()


def test_a_good_page_passes(watcher):
    watcher.open("/good")
    check(watcher, "self-test", "en", screenshot=False)
    assert watcher.bytes > 300


def test_a_page_that_is_meant_to_be_missing_passes(watcher):
    watcher.open("/missing")
    check(watcher, "self-test", "en", status=404, screenshot=False)


@pytest.mark.parametrize(
    "path, words",
    [
        ("/unlabelled", "label"), ("/invalid-html", "HTML"), ("/script-error", "console: oh"),
        ("/stranger", "asks a stranger"), ("/too-wide", "scrolls sideways"), ("/heavy", "over the wire"),
        ("/other-language", "not in en"), ("/missing", "status 404"),
    ],
)
def test_what_must_not_be_is_seen(watcher, path, words):
    watcher.open(path)
    with pytest.raises(AssertionError, match=words):
        check(watcher, "self-test", "en", screenshot=False)


def test_a_phone_is_a_phone(browser, origin):
    context = context_for(browser, PLAINTIFF, origin, "en")
    page = context.new_page()
    page.goto("/good")
    assert page.evaluate("[innerWidth, matchMedia('(pointer: coarse)').matches, navigator.language]") == [360, True, "en"]
    context.close()


REFUSAL = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>No</title><link rel="stylesheet" href="/c.css">
</head><body><main><h1>No</h1><div class="errors"><p>{}</p></div></main></body></html>"""
HEADERS = {"content-type": "text/html; charset=utf-8", "x-request-id": "1", "x-content-type-options": "nosniff"}


def faults_of(status=422, body=REFUSAL.format("Not so."), headers=HEADERS, kept=None):
    shot = Shot("self-test", "POST", "/form", kept=kept)
    return list(faults(shot, "/form", Answer("POST", "/form", status, headers, body.encode(), "en")))


def test_a_refusal_as_it_should_be_passes():
    assert faults_of() == []
    assert faults_of(body=REFUSAL.format("Not so: &lt;b&gt;"), kept="<b>") == []


@pytest.mark.parametrize(
    "answer, words",
    [
        (dict(status=500), "status 500"), (dict(body=REFUSAL.format(MARKUP)), "came back as markup"),
        (dict(body=REFUSAL.format("不可以。")), "English is missing"), (dict(body="<p>No</p>"), "unstyled"),
        (dict(kept="what I wrote"), "lost"), (dict(headers=HEADERS | {"location": "//evil.example"}), "leads elsewhere"),
        (dict(headers=HEADERS | {"content-type": "application/problem+json"}, body='{"code":"x"}'), "a problem without"),
        (dict(body=REFUSAL.replace('lang="en"', 'lang="zh-CN"')), "not in en"),
    ],
)
def test_a_wrong_answer_to_hostile_input_is_seen(answer, words):
    assert any(words in fault for fault in faults_of(**answer)), faults_of(**answer)
