"""One case from its first answer to the archive, by everybody in it, each in a browser of their own.

Every page is looked at the way test_pages.py looks at the main ones, in Chinese, at the width of whoever reads it.
"""

import datetime
import json
import re
import struct
import subprocess
import time
import zlib

import pytest

from checks import Watcher, check
from court import OUT, Court, binary
from people import CLERK, DEFENDANT, JUDGE, PLAINTIFF, Person, open_as

FILING_CLERK = Person("filing-clerk", 1440, 900)
SECOND_JUDGE = Person("judge-2", 1440, 900)
SEND = "main form button[type=submit]:not([name=then])"


def picture() -> bytes:
    """A photograph's worth of grey, as a PNG."""
    rows = b"".join(b"\0" + bytes(x * 255 // 319 for x in range(320)) for y in range(240))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 320, 240, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def days_on(days: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class Actor:
    """A person before their own browser, who looks hard at each kind of page once."""

    looked_at: set[str] = set()

    def __init__(self, browser, court, person):
        self.person = person
        self.used: str | None = None
        self.page = open_as(browser, person, court.origin)
        self.page.set_default_timeout(20_000)
        self.watcher = Watcher(self.page, court.origin)

    def open(self, path: str):
        self.watcher.open(path)
        kind = f"{self.person.role} {re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-z]{20,}', '', path)}"
        if kind not in self.looked_at:
            self.looked_at.add(kind)
            check(self.watcher, f"journey {kind}", "zh-CN", staff=self.person.is_staff or "desk" in path,
                  widths=(self.person.width,))
        return self.page

    def press(self, selector: str = SEND) -> None:
        """Sends a form and waits for the answer; a refusal says what the page said."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        status = self.watcher.document.status
        assert status < 400, f"{self.person.role} at {self.page.url}: {status}\n{self.text()[:1500]}"

    def fill(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            self.page.fill(f'[name="{name}"]', value)

    def has(self, selector: str) -> bool:
        return self.page.locator(selector).count() > 0

    def text(self) -> str:
        return self.page.inner_text("main")

    def sign(self) -> None:
        """With the code of one's second factor, where the page asks for one. A code works once; the next comes in 30 s."""
        if self.has("[name=code]"):
            ends = time.monotonic() + 35
            while (code := self.page.inner_text("[data-one-time-code]")) == self.used and time.monotonic() < ends:
                time.sleep(1)
                self.page.reload()
            self.used = code
            self.page.fill("[name=code]", code)
        self.press("main form button[type=submit]")

    def step_up(self) -> None:
        self.open("/step-up")
        self.sign()

    def until(self, path: str, selector: str, seconds: float = 20) -> None:
        """What the court does by itself afterwards takes a moment; the page is asked again until it is there."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.page.goto(path)
            if self.has(selector):
                return
            time.sleep(0.3)
        raise AssertionError(f"{path} never showed {selector}:\n{self.text()[:1500]}")


@pytest.fixture(scope="module")
def journey(browser):
    with Court("journey") as court:
        people = {
            person.role: Actor(browser, court, person)
            for person in (PLAINTIFF, DEFENDANT, FILING_CLERK, CLERK, JUDGE, SECOND_JUDGE)
        }
        yield court, people


def complaint(plaintiff: Actor) -> str:
    """A draft from the first question to the signature; the docket's identifier."""
    plaintiff.open("/drafts")
    plaintiff.press("main button[type=submit]")
    docket = plaintiff.page.url.split("/drafts/")[1].split("/")[0]
    draft = f"/drafts/{docket}"
    steps = [
        ("you", {"plaintiff.address": "演示市和平路12号3单元501室"}, []),
        ("seller", {"defendant.name": "陈立", "defendant.trade_name": "立新数码旗舰店",
                    "defendant.address": "演示市建设路8号", "defendant.telephone": "13900000002"}, []),
        ("order", {"platform": "演示商城", "order_number": "20260101-0007", "item": "蓝牙耳机一副",
                   "ordered_on": days_on(-60), "price": "1299.00", "receipt_city": "演示市"}, []),
        ("problem", {}, ["[name=problem][value=counterfeit]", "[name=problem][value=refund_refused]"]),
        ("details", {"received_on": days_on(-56), "fake_because": "编号与正品不符，经品牌方查询为假冒。"}, []),
        ("asked", {}, ["[name=reply][value=refused]"]),
        ("asked-details", {"asked_on": days_on(-50), "asked_for": "退货退款", "reply_text": "不同意退款。"}, []),
        ("claims", {}, [f"[name=claims][value={claim}]" for claim in ("refund", "compensation", "costs")]),
        ("amounts", {}, ["[name=basis][value=fraud]"]),
    ]
    for name, values, ticks in steps:
        plaintiff.open(f"{draft}/steps/{name}")
        for tick in ticks:
            plaintiff.page.check(tick)
        plaintiff.fill(values)
        plaintiff.press()

    plaintiff.open(f"{draft}/evidence")
    plaintiff.page.set_input_files(
        "main input[type=file]", files=[{"name": "照片.png", "mimeType": "image/png", "buffer": picture()}])
    plaintiff.page.wait_for_timeout(2_000)
    plaintiff.press("text=添加到证据清单")
    plaintiff.page.goto(f"{draft}/evidence")
    plaintiff.page.fill('textarea[name$=".proves"]', "商品页面承诺为正品")
    plaintiff.page.check('[name$=".origin"][value=electronic-data]')
    plaintiff.press("[name=do][value=done]")

    plaintiff.open(f"{draft}/consents")
    plaintiff.page.check('[name="consent.evidence-exchange"][value=yes]')
    plaintiff.page.check('[name="consent.hearing"][value=yes]')
    plaintiff.press()
    plaintiff.open(f"{draft}/address")
    plaintiff.page.check("[name=service][value=yes]")
    plaintiff.fill({"postal": "演示市和平路12号3单元501室"})
    plaintiff.press()
    plaintiff.open(f"{draft}/check")
    plaintiff.press("main form button[type=submit]")
    plaintiff.sign()
    return docket


def answer(defendant: Actor, case: str) -> None:
    steps = f"{case}/answer/steps"
    defendant.open(f"{steps}/responses")
    names = defendant.page.locator("main input[type=radio]").evaluate_all("all => [...new Set(all.map(e => e.name))]")
    for name in names:
        defendant.page.check(f'[name="{name}"][value=disputed]')
        defendant.page.fill(f'[name="{name}.reason"]', "商品是正品。")
    defendant.press()
    defendant.open(f"{steps}/deal")
    defendant.page.check("[name=sold][value=yes]")
    defendant.page.check("[name=seller_is][value=yes]")
    defendant.press()
    defendant.open(f"{steps}/defence")
    defendant.page.check("[name=defence][value=genuine]")
    defendant.press()
    defendant.fill({"genuine_how": "有进货凭证，商品来自品牌授权经销商。"})
    defendant.press()
    defendant.open(f"{steps}/more")
    defendant.page.check("[name=settle][value=no]")
    defendant.press()
    defendant.open(f"{case}/answer/check")
    with defendant.page.expect_navigation():
        defendant.page.click('text="阅读并签名"')
    defendant.sign()


def examine(plaintiff: Actor, defendant: Actor, judge: Actor, case: str) -> None:
    judge.open(f"{case}/exchange")
    judge.fill({"until": days_on(10)})
    judge.press()
    defendant.open(f"{case}/exchange")
    exhibit = defendant.page.locator('main a[href*="/exhibits/"]').first.get_attribute("href")
    for actor in (defendant, judge):
        if actor is judge:
            judge.open(f"{case}/exchange")
            judge.press("main form button[type=submit]")
        actor.open(exhibit)
        names = actor.page.locator("main input[type=radio]").evaluate_all("all => [...new Set(all.map(e => e.name))]")
        for name in names:
            if actor is defendant or name != "ground":
                actor.page.locator(f'[name="{name}"]').first.check()
        with actor.page.expect_navigation():
            actor.page.locator("main form button[type=submit]").last.click()
        assert actor.watcher.document.status < 400, actor.text()[:1000]


def hear(plaintiff: Actor, defendant: Actor, judge: Actor, case: str) -> None:
    hearing = f"{case}/hearing"
    onward = "form:has([name=until]):not(:has(textarea))"
    plaintiff.open(hearing)
    plaintiff.fill({"difficulty": "白天上夜班，无法同时在线。"})
    plaintiff.press()
    defendant.open(hearing)
    defendant.page.check("[name=agreement][value=agree]")
    defendant.press()
    judge.open(hearing)
    for field in judge.page.locator("main textarea").all():
        field.fill("经审查属实。")
    judge.fill({"until": days_on(12)})
    judge.press()
    # Investigation, debate, last words: in each both speak, and it closes once they have.
    for phase, words in enumerate(("商品是假冒的。", "应当三倍赔偿。", "坚持诉讼请求。")):
        judge.page.goto(hearing)
        judge.page.fill(f"{onward} [name=until]", days_on(14 + phase))
        judge.press(f"{onward} button[type=submit]")
        for actor in (plaintiff, defendant):
            actor.open(hearing)
            actor.fill({"statement": words})
            actor.press("form:has([name=statement]) button[type=submit]")
    judge.page.goto(hearing)
    judge.press('text="宣布庭审结束"')


def confirm_transcript(clerk: Actor, everybody: list[Actor], case: str) -> None:
    clerk.open(f"{case}/transcript")
    clerk.press("main form button[type=submit]")
    for actor in everybody:
        actor.step_up()
        actor.open(f"{case}/transcript")
        actor.press('form[action$="confirmation"] button')


def judge_it(judge: Actor, case: str) -> None:
    judge.open(f"{case}/judgment")
    judge.fill({"findings": "原告在被告网店购买耳机一副，付款1299元；经核验，商品为假冒。",
                "reasons": "被告销售假冒商品，构成欺诈，应退还货款并按价款三倍赔偿。"})
    for cited in judge.page.locator("[name=cited]").all():
        cited.check()
    for outcome in judge.page.locator('[name^="outcome."][value=granted]').all():
        outcome.check()
    judge.fill({"words": "消费者权益保护法 55"})
    with judge.page.expect_navigation():
        judge.page.click("[name=do][value=find]")
    judge.page.locator("[name=provision]").first.check()
    judge.press("[name=do][value=save]")
    judge.press("[name=do][value=draw]")
    judge.sign()


def test_a_case_from_the_first_answer_to_the_archive(journey):
    court, people = journey
    plaintiff, defendant = people["plaintiff"], people["defendant"]
    clerk, filing_clerk = people["clerk"], people["filing-clerk"]

    docket = complaint(plaintiff)
    case, desk = f"/cases/{docket}", f"/desk/service/{docket}"

    filing_clerk.open(f"/desk/filing/{docket}")
    with filing_clerk.page.expect_navigation():
        filing_clerk.page.locator('text="登记立案"').last.click()
    assert filing_clerk.watcher.document.status < 400, filing_clerk.text()[:1000]

    plaintiff.until(f"{case}/fee", 'a[href^="/payments/sandbox"]')
    plaintiff.press('a[href^="/payments/sandbox"]')
    plaintiff.press("[name=trial][value=exact]")

    clerk.until(desk, "text=写通知书")
    clerk.press("text=写通知书")
    clerk.press("main form button[type=submit]")
    sheet = clerk.page.request.get(f"{court.origin}{desk}/code-sheet").body()
    printed = subprocess.run(["pdftotext", "-layout", "-", "-"], input=sheet, capture_output=True, check=True).stdout
    code = re.search(r"[0-9A-Z]{4}(?:[- ][0-9A-Z]{4}){3,}", printed.decode()).group(0)
    clerk.open(f"{desk}/post")
    clerk.page.locator("main input[type=text]").first.fill("EX123456789CN")
    clerk.press("main form button[type=submit]")

    defendant.open("/link")
    defendant.page.locator("main input[type=text]").first.fill(code)
    defendant.press("main form button[type=submit]")
    defendant.press("main form button[type=submit]")
    defendant.open(f"{case}/consents")
    for _ in range(2):
        defendant.press("[name=answer][value=agree]")
    defendant.open(f"{case}/address")
    defendant.fill({"postal": "演示市建设路8号"})
    defendant.press("[value=agree]")
    defendant.until("/inbox", f'a[href*="{docket}"]')
    defendant.open("/inbox")

    answer(defendant, case)
    judge = people["judge"]
    judge.page.goto(case)
    if judge.watcher.document.status != 200:
        judge = people["judge-2"]
    judge.open(case)

    examine(plaintiff, defendant, judge, case)
    hear(plaintiff, defendant, judge, case)
    confirm_transcript(clerk, [plaintiff, defendant, judge], case)
    judge_it(judge, case)
    # By now the case's own page is heavier than a public page may be (72 kB of 60), so it is only opened, not checked.
    for actor in (plaintiff, defendant):
        assert actor.watcher.open(case).status == 200

    clerk.until(f"{case}/archive", "main form button[type=submit]")
    clerk.press("main form button[type=submit]")
    record = json.loads(clerk.page.request.get(f"{court.origin}/api/v1{case}").text())
    (OUT / "tests" / "journey.json").write_text(json.dumps(record, ensure_ascii=False, indent=1))

    for actor in people.values():
        actor.page.context.close()
    court.stop()
    audit = subprocess.run(
        [binary(), "audit", "--data", court.data], capture_output=True, text=True, timeout=300, check=False)
    assert audit.returncode == 0, audit.stdout + audit.stderr
