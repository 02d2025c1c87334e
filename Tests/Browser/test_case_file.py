"""A case file, from the court to a browser without a network: every file is checked there, and a changed byte is named."""

import base64
import re
import subprocess
import zipfile

import pytest

from checks import PUBLIC_BYTES, SCREENS, Watcher, axe_violations, check, html_errors, too_wide
from court import Court, binary
from people import CLERK, open_as

SEED = "5"


@pytest.fixture(scope="module")
def case(browser):
    """A court with finished cases, a clerk before its desk, and a case that waits for its archive."""
    court = Court("case-file")
    subprocess.run(
        [binary(), "simulate", "--data", court.data, "--cases", "4", "--seed", SEED], check=True, timeout=120,
        capture_output=True)
    with court:
        clerk = open_as(browser, CLERK, court.origin)
        clerk.goto("/desk")
        waiting = re.findall(r"/cases/([0-9a-z]{26})/archive", clerk.content())
        assert waiting, "the seed gives no case that waits for its archive"
        yield court, clerk, waiting[0]
        clerk.context.close()


@pytest.fixture(scope="module")
def downloaded(case, tmp_path_factory):
    """The clerk's copy, as saved: the zip, and the folder it was unpacked into."""
    _, clerk, docket = case
    clerk.goto(f"/cases/{docket}/archive")
    with clerk.expect_download() as download:
        clerk.locator('a[href$="/file.zip"]').click()
    folder = tmp_path_factory.mktemp("case")
    path = folder / "case.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as zipped:
        assert zipped.testzip() is None
        zipped.extractall(folder / "case")
    return path, folder / "case"


@pytest.fixture
def offline(browser, downloaded):
    """The page in the file, opened from disk on a phone with the network off."""
    context = browser.new_context(
        offline=True, locale="zh-CN", viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.wrong, page.asked = [], []
    page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto((downloaded[1] / "index.html").as_uri())
    yield page
    assert page.wrong == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()


def with_changed_byte(path, name, target):
    """The same zip with one byte of one file another, its checksum left as it was."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as zipped:
        info = zipped.getinfo(name)
    begins = info.header_offset + 30 + int.from_bytes(data[info.header_offset + 26:info.header_offset + 28], "little")
    begins += int.from_bytes(data[info.header_offset + 28:info.header_offset + 30], "little")
    data[begins + info.file_size // 2] ^= 1
    target.write_bytes(data)
    return target


def without(path, name, target):
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
    return target


def drop(page, path):
    data = page.evaluate_handle(
        """([name, text]) => {
            const data = new DataTransfer();
            data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], name));
            return data;
        }""", [path.name, base64.b64encode(path.read_bytes()).decode()])
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": data})


def found(page):
    """What the list names that is not in order: path and state."""
    rows = page.locator("[data-list] > .found > li")
    return [
        (rows.nth(index).locator("bdi").inner_text(), rows.nth(index).locator(".finding").get_attribute("class").split()[1])
        for index in range(rows.count())
    ]


def first_file(path):
    with zipfile.ZipFile(path) as zipped:
        return next(name for name in zipped.namelist() if name.startswith("files/"))


def look(page, name):
    """Accessible on a phone, and pictures of what the reader sees first, in both languages."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    wrong = axe_violations(page)
    for language, tongue in (("zh-CN", "#tongue-zh"), ("en", "#tongue-en")):
        page.check(tongue)
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 1000})
            wrong += [f"{language} {width}: scrolls sideways because of {element}" for element in too_wide(page)]
            page.screenshot(path=SCREENS / f"{name}-{language}-{width}.png")
    page.check("#tongue-zh")
    assert wrong == []


def test_the_page_reads_from_disk(offline, downloaded):
    assert html_errors((downloaded[1] / "index.html").read_text()) == []
    entries = offline.locator(".timeline > li").count()
    assert entries == len(list((downloaded[1] / "docket").iterdir()))
    assert offline.locator(".check").get_by_text("把下载的压缩包").is_visible()
    assert not offline.locator(".check").get_by_text("Drop the zip").is_visible()
    for link in offline.locator(".documents a").all():
        href = link.evaluate("link => decodeURIComponent(link.getAttribute('href'))")
        assert (downloaded[1] / href).is_file()
    look(offline, "case-file-unchecked")


def test_the_page_reads_without_script(browser, downloaded):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((downloaded[1] / "index.html").as_uri())
    assert page.locator(".timeline > li").count() > 20
    page.check("#tongue-en")
    assert page.get_by_role("heading", name="Docket").is_visible()
    context.close()


def test_everything_is_proven(offline, downloaded):
    offline.set_input_files("#zip", downloaded[0])
    offline.wait_for_selector(".verdict.good")
    assert "没有缺少" in offline.inner_text(".verdict")
    assert found(offline) == []
    marks = offline.locator(".timeline .finding")
    assert marks.count() > 30
    assert {marks.nth(index).get_attribute("class") for index in range(marks.count())} == {"finding proven"}
    offline.locator("[data-list] summary").click()
    listed = offline.locator("[data-list] details li").count()
    with zipfile.ZipFile(downloaded[0]) as zipped:
        assert listed == len(zipped.namelist()), "every file of the zip is accounted for"
    offline.locator("[data-list] summary").click()
    look(offline, "case-file-proven")


def test_a_changed_byte_is_named(offline, downloaded, tmp_path):
    path = downloaded[0]
    name = first_file(path)
    drop(offline, with_changed_byte(path, name, tmp_path / "changed.zip"))
    offline.wait_for_selector(".verdict.bad")
    assert found(offline) == [(name, "altered")]
    assert "1份不符" in offline.inner_text(".verdict")
    assert offline.locator(f'.timeline [data-path="{name}"].altered').count() >= 1
    look(offline, "case-file-altered")

    drop(offline, with_changed_byte(path, "docket/0003.json", tmp_path / "entry.zip"))
    offline.wait_for_selector('.timeline [data-path="docket/0003.json"].altered')
    assert found(offline) == [("docket/0003.json", "altered")]

    drop(offline, with_changed_byte(path, "receipts/0003.json", tmp_path / "receipt.zip"))
    offline.wait_for_selector('.timeline [data-path="docket/0003.json"].waiting')
    assert ("receipts/0003.json", "altered") in found(offline)


def test_what_is_gone_is_missed(offline, downloaded, tmp_path):
    path = downloaded[0]
    name = first_file(path)
    drop(offline, without(path, name, tmp_path / "less.zip"))
    offline.wait_for_selector(".verdict.bad")
    assert found(offline) == [(name, "missing")]

    (tmp_path / "cut.zip").write_bytes(path.read_bytes()[:-100])
    drop(offline, tmp_path / "cut.zip")
    offline.get_by_text("不完整").wait_for()


def test_the_court_offers_it_and_the_timeline_leads_back(case):
    court, clerk, docket = case
    watcher = Watcher(clerk, court.origin)
    watcher.open(f"/cases/{docket}")
    check(watcher, "case page at its end", "zh-CN", staff=True, widths=(360,))
    assert watcher.bytes < PUBLIC_BYTES, "light enough for a party's phone"
    assert clerk.locator(f'a[href="/cases/{docket}/file.zip"]').count() == 1
    assert clerk.locator(".timeline > li").count() == 20
    seen = clerk.locator(".timeline > li").count()
    while clerk.get_by_role("link", name="更早的记载").count():
        clerk.get_by_role("link", name="更早的记载").click()
        clerk.wait_for_url("**entries=*")
        seen += clerk.locator(".timeline > li").count()
    clerk.locator('a[data-switch][hreflang="en"]').first.click()
    assert "entries=" in clerk.url, "switching the language keeps the place"
    assert clerk.get_by_role("link", name="Later entries").is_visible()
    numbers = [int(text) for text in re.findall(r"of (\d+)", clerk.inner_text("main"))]
    assert seen in numbers
    clerk.locator('a[data-switch][hreflang="zh-CN"]').first.click()
