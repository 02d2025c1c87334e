"""The steps of one case, each by the person whose step it is; the same with and without script, in either language."""

import datetime
import http.client
import pathlib
import re
import subprocess
import time
from urllib.parse import urlsplit

from actor import Actor
from material import MEGABYTE, picture

SELLER = {"defendant.name": "陈立", "defendant.trade_name": "立新数码旗舰店", "defendant.address": "演示市建设路8号",
          "defendant.telephone": "13900000002"}


def days_on(days: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


# --- the complaint -------------------------------------------------------------------------------------------------


def complaint(plaintiff: Actor, film: pathlib.Path) -> str:
    """A draft from the first question to the signature; the docket's identifier."""
    plaintiff.open("/drafts")
    plaintiff.press("main button[type=submit]")
    docket = plaintiff.page.url.split("/drafts/")[1].split("/")[0]
    draft = f"/drafts/{docket}"
    steps = [
        ("you", {"plaintiff.address": "演示市和平路12号3单元501室"}, []),
        ("seller", SELLER | {"defendant.address": "演示市"}, []),
        ("order", {"platform": "演示商城", "order_number": "20260101-0007", "item": "蓝牙耳机一副",
                   "ordered_on": days_on(-60), "price": "1299.00", "receipt_city": "演示市"}, []),
        ("problem", {}, [("problem", "counterfeit"), ("problem", "refund_refused")]),
        ("details", {"received_on": days_on(-56), "fake_because": "编号与正品不符，经品牌方查询为假冒。"}, []),
        ("asked", {}, [("reply", "refused")]),
        ("asked-details", {"asked_on": days_on(-50), "asked_for": "退货退款", "reply_text": "不同意退款。"}, []),
        ("claims", {}, [("claims", claim) for claim in ("refund", "compensation", "costs")]),
        ("amounts", {}, [("basis", "fraud")]),
    ]
    for name, values, ticks in steps:
        plaintiff.open(f"{draft}/steps/{name}")
        for tick in ticks:
            plaintiff.choose(*tick)
        plaintiff.fill(values)
        plaintiff.press()

    plaintiff.open(f"{draft}/evidence")
    hand_in = upload_over_a_broken_line if plaintiff.journey.script else upload_by_form
    hand_in(plaintiff, f"{draft}/evidence", film)
    plaintiff.open(f"{draft}/evidence")
    for field in plaintiff.page.locator('textarea[name$=".proves"]').all():
        field.fill("商品页面承诺为正品，实物与宣传不符。")
    for choice in plaintiff.page.locator('[name$=".origin"][value=electronic-data]').all():
        choice.check()
    plaintiff.press("[name=do][value=done]")

    plaintiff.open(f"{draft}/consents")
    plaintiff.choose("consent.evidence-exchange", "yes")
    plaintiff.choose("consent.hearing", "yes")
    plaintiff.press()
    plaintiff.open(f"{draft}/address")
    plaintiff.choose("service", "yes")
    plaintiff.fill({"postal": "演示市和平路12号3单元501室"})
    plaintiff.press()
    sign_complaint(plaintiff, draft)
    return docket


def sign_complaint(plaintiff: Actor, draft: str) -> None:
    plaintiff.open(f"{draft}/check")
    plaintiff.press('form[action$="/draw"] button')
    plaintiff.sign()


# --- files ---------------------------------------------------------------------------------------------------------


def upload_over_a_broken_line(plaintiff: Actor, path: str, film: pathlib.Path) -> None:
    """A photograph and a film at once; the court dies in the middle of the film, comes back, and it goes on by itself."""
    court, page = plaintiff.journey.court, plaintiff.page
    photograph = film.with_name("照片.png")
    photograph.write_bytes(picture())
    size = film.stat().st_size
    wire = page.context.new_cdp_session(page)

    def slow_to(bytes_a_second: float) -> None:
        wire.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second})

    def arrived() -> list[int]:
        return [int(float(bar.get_attribute("value") or 0)) for bar in page.locator("[data-uploads] progress").all()]

    slow_to(size / 3)
    page.set_input_files("main input[type=file]", [photograph, film])
    ends = time.monotonic() + 60
    while time.monotonic() < ends and not any(size / 5 < done < size for done in arrived()):
        time.sleep(0.05)
    assert any(0 < done < size for done in arrived()), "the film was through before the line could break"
    court.kill()
    # Long enough for the page to notice and say so.
    page.wait_for_timeout(500)
    court.start()
    slow_to(-1)
    uploads = page.locator("[data-uploads] input[name=upload]")
    ends = time.monotonic() + 60 + size / MEGABYTE
    while time.monotonic() < ends and uploads.count() < 2:
        time.sleep(0.1)
    assert uploads.count() == 2, page.inner_text("[data-uploads]")
    plaintiff.press(f'form[action$="{path}"] button[type=submit]')


def upload_by_form(plaintiff: Actor, path: str, film: pathlib.Path) -> None:
    """Without script: one file a form. A line that breaks leaves nothing half there; the form is sent once more."""
    break_off(plaintiff, path, film)
    send = f'form[action$="{path}"] button[type=submit]'
    before = plaintiff.open(path).locator('textarea[name$=".proves"]').count()
    assert before == 0, "half a file must not become an exhibit"
    photograph = film.with_name("照片.png")
    photograph.write_bytes(picture())
    for file in (photograph, film):
        plaintiff.page.set_input_files("main input[type=file]", file)
        plaintiff.press(send)


def break_off(plaintiff: Actor, path: str, film: pathlib.Path) -> None:
    """Sends a third of what the form would send, as the browser would, and hangs up."""
    place = urlsplit(plaintiff.journey.court.origin)
    form = plaintiff.page.locator(f'form[action$="{path}"]')
    fields = {name: form.locator(f"[name={name}]").get_attribute("value") or "" for name in ("_csrf", "_once")}
    boundary = "broken"
    head = "".join(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                   for name, value in fields.items())
    head += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n\r\n'
    body = head.encode() + film.read_bytes()
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    line.putrequest("POST", path)
    for name, value in {
        "Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(len(body) + 20),
        "Cookie": "; ".join(f"{one['name']}={one['value']}" for one in plaintiff.page.context.cookies()),
        "Origin": plaintiff.journey.court.origin, "Sec-Fetch-Site": "same-origin",
    }.items():
        line.putheader(name, value)
    line.endheaders(body[: len(body) // 3])
    line.close()


# --- the court takes it in -----------------------------------------------------------------------------------------


def correct(filing_clerk: Actor, plaintiff: Actor, docket: str) -> None:
    """The one correction: the seller's address was no address."""
    filing_clerk.open("/desk/filing")
    filing_clerk.open(f"/desk/filing/{docket}")
    filing_clerk.page.click('details:has(form[action$="/correction"]) > summary')
    filing_clerk.choose("check-definite-defendant")
    filing_clerk.fill({"why-definite-defendant": "请写明卖家的详细地址。"})
    filing_clerk.press('form[action$="/correction"] button')

    draft = f"/drafts/{docket}"
    plaintiff.until(f"/cases/{docket}", f'a[href="{draft}"]')
    plaintiff.press(f'a[href="{draft}"]')
    plaintiff.open(f"{draft}/steps/seller")
    plaintiff.fill(SELLER)
    plaintiff.press()
    sign_complaint(plaintiff, draft)


def docket_it(filing_clerk: Actor, docket: str) -> None:
    filing_clerk.open(f"/desk/filing/{docket}")
    filing_clerk.press('form[action$="/docketing"] button', last=True)


def pay(plaintiff: Actor, case: str) -> None:
    plaintiff.until(f"{case}/fee", 'a[href^="/payments/sandbox"]')
    plaintiff.press('a[href^="/payments/sandbox"]')
    plaintiff.press("[name=trial][value=exact]")


def invite(clerk: Actor, docket: str) -> str:
    """The letter and its code; what the defendant finds in the envelope."""
    desk = f"/desk/service/{docket}"
    clerk.until(desk, 'a[href$="/invite"]')
    clerk.press('a[href$="/invite"]')
    clerk.press("main form button[type=submit]")
    sheet = clerk.page.request.get(f"{clerk.journey.court.origin}{desk}/code-sheet").body()
    printed = subprocess.run(["pdftotext", "-layout", "-", "-"], input=sheet, capture_output=True, check=True).stdout
    code = re.search(r"[0-9A-Z]{4}(?:[- ][0-9A-Z]{4}){3,}", printed.decode())
    assert code, printed.decode()
    clerk.open("/desk/service/paper")
    clerk.open(f"{desk}/post")
    clerk.fill({"tracking": "EX123456789CN"})
    clerk.press("main form button[type=submit]")
    return code.group(0)


def link(defendant: Actor, code: str, docket: str) -> None:
    case = f"/cases/{docket}"
    defendant.open("/link")
    defendant.fill({"code": code})
    defendant.press("main form button[type=submit]")
    defendant.press("main form button[type=submit]")
    defendant.open(f"{case}/consents")
    for _ in range(2):
        defendant.press("[name=answer][value=agree]")
    defendant.open(f"{case}/address")
    defendant.fill({"postal": "演示市建设路8号"})
    defendant.press("[value=agree]")
    defendant.until("/inbox", f'a[href*="{docket}"]')


# --- the parties speak ---------------------------------------------------------------------------------------------


def answer(defendant: Actor, case: str) -> None:
    steps = f"{case}/answer/steps"
    defendant.open(f"{case}/answer")
    defendant.open(f"{steps}/responses")
    for name in defendant.choices():
        defendant.choose(name, "disputed")
        defendant.fill({f"{name}.reason": "商品是正品。"})
    defendant.press()
    defendant.open(f"{steps}/deal")
    defendant.choose("sold", "yes")
    defendant.choose("seller_is", "yes")
    defendant.press()
    defendant.open(f"{steps}/defence")
    defendant.choose("defence", "genuine")
    defendant.press()
    defendant.fill({"genuine_how": "有进货凭证，商品来自品牌授权经销商。"})
    defendant.press()
    defendant.open(f"{steps}/more")
    defendant.choose("settle", "no")
    defendant.press()
    defendant.open(f"{case}/answer/check")
    defendant.press('a[href$="/answer/sign"]')
    defendant.sign()


def exhibits(actor: Actor, case: str) -> list[str]:
    links = actor.open(f"{case}/exchange").locator('main a[href*="/exhibits/"]').all()
    return list(dict.fromkeys(href for link in links if (href := link.get_attribute("href"))))


def examine(defendant: Actor, judge: Actor, case: str) -> None:
    judge.open(f"{case}/exchange")
    judge.fill({"until": days_on(10)})
    judge.press()
    for exhibit in exhibits(defendant, case):
        defendant.open(exhibit)
        for name in defendant.choices():
            defendant.choose(name)
        defendant.press('form[action$="/opinion"] button')
    judge.open(f"{case}/exchange")
    judge.press('form[action$="/exchange/close"] button')
    for exhibit in exhibits(judge, case):
        judge.open(exhibit)
        for name in judge.choices():
            if name.startswith("found_"):
                judge.choose(name)
        judge.press('form[action$="/finding"] button')


def hear(plaintiff: Actor, defendant: Actor, judge: Actor, case: str) -> None:
    hearing = f"{case}/hearing"
    onward = "form:has([name=until]):not(:has(textarea))"
    plaintiff.open(hearing)
    plaintiff.fill({"difficulty": "白天上夜班，无法同时在线。"})
    plaintiff.press()
    defendant.open(hearing)
    defendant.choose("agreement", "agree")
    defendant.press()
    judge.open(hearing)
    for field in judge.page.locator("main textarea").all():
        field.fill("经审查属实。")
    judge.fill({"until": days_on(12)})
    judge.press()
    # Investigation, debate, last words: in each both speak, and it closes once they have.
    for phase, words in enumerate(("商品是假冒的。", "应当三倍赔偿。", "坚持诉讼请求。")):
        judge.open(hearing)
        judge.page.fill(f"{onward} [name=until]", days_on(14 + phase))
        judge.press(f"{onward} button[type=submit]")
        for actor in (plaintiff, defendant):
            actor.open(hearing)
            actor.fill({"statement": words})
            actor.press("form:has([name=statement]) button[type=submit]")
    judge.open(hearing)
    judge.press('form[action$="/close"] button')


def confirm_transcript(clerk: Actor, everybody: list[Actor], case: str) -> None:
    clerk.open(f"{case}/transcript")
    clerk.press("main form button[type=submit]")
    for actor in everybody:
        actor.open("/step-up")
        actor.sign()
        actor.open(f"{case}/transcript")
        actor.press('form[action$="confirmation"] button')


# --- the end -------------------------------------------------------------------------------------------------------


def judge_it(judge: Actor, case: str) -> None:
    judge.open(f"{case}/judgment")
    judge.fill({"findings": "原告在被告网店购买耳机一副，付款1299元；经核验，商品为假冒。",
                "reasons": "被告销售假冒商品，构成欺诈，应退还货款并按价款三倍赔偿。"})
    for cited in judge.page.locator("[name=cited]").all():
        cited.check()
    for outcome in judge.page.locator('[name^="outcome."][value=granted]').all():
        outcome.check()
    judge.fill({"words": "消费者权益保护法 55"})
    judge.press("[name=do][value=find]")
    assert not judge.has(".errors"), "finding a provision is no mistake"
    judge.choose("provision")
    judge.press("[name=do][value=save]")
    judge.press("[name=do][value=draw]")
    judge.sign()


def archive(clerk: Actor, case: str) -> None:
    clerk.until(f"{case}/archive", "main form button[type=submit]")
    clerk.press("main form button[type=submit]")
