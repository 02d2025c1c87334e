"""One case as far as an opinion on an exhibit; everybody types words that must never lie in the clear on a disk."""

import datetime
import re
import secrets
import subprocess
import time

import filing
import forms
import markers
from client import FORM, Client, Refused, enter_as, register, resident_number, set_second_factor
from load import Person


NAME = "钟离墨痕"
NUMBER = resident_number(77, born="19790217")
PHRASE = "序列号三零七九查无此物且包装有拆痕"


def disguises(content: bytes) -> dict[str, bytes]:
    """All that must be found nowhere after the story was told with this content of a file."""
    wanted = {}
    # Halves too: what is drawn in lines or written in pieces may be broken in the middle.
    half = len(PHRASE) // 2
    texts = {"name": NAME, "number": NUMBER, "phrase": PHRASE[:half], "rest of the phrase": PHRASE[half:]}
    for name, text in texts.items():
        wanted |= {f"{name}, {disguise}": code for disguise, code in markers.disguises(text).items()}
    wanted |= {f"file, {name}": code for name, code in markers.of_content(content[3_000:3_030]).items()}
    # A paper the court drew, before it is sealed.
    return wanted | {"a PDF": b"%PDF-1.", "a page": b"<!DOCTYPE html>"}


class Story:
    name, number, phrase = NAME, NUMBER, PHRASE

    def __init__(self, port: int, defendant: Person, content: bytes):
        self.port, self.defendant, self.content = port, defendant, content

    def tell(self) -> str:
        """What the other side is shown in the end."""
        filing_clerk = enter_as(self.port, "filing-clerk")
        plaintiff = register(self.port, filing_clerk, self.name, self.number, "13900000077", self.content)
        codes = set_second_factor(plaintiff)
        self._drafts_left_open(plaintiff)
        docket = self._complaint(plaintiff, codes.pop())
        filing_clerk.json("POST", f"/api/v1/desk/filings/{docket}/docket", {"seen": 4}, once=secrets.token_hex(16))
        self._pay(plaintiff, docket)
        defendant = self.defendant.client(self.port)
        self._serve(docket, defendant)
        self._answer(defendant, docket, self.defendant.codes.pop())
        exhibit = self._exchange(defendant, docket)
        self._ask_for_it(filing_clerk)
        return defendant.page(f"/cases/{docket}") + defendant.page(f"/cases/{docket}/exhibits/{exhibit}")

    def _drafts_left_open(self, client: Client) -> None:
        """What is typed, half sent or not yet handed in lies there too."""
        docket = filing.begin(client)
        fields = filing.answers(self.phrase) | {"defendant.name": [self.name], "reply_text": [self.phrase]}
        client.json("PUT", f"/api/v1/drafts/{docket}/answers", {"fields": fields, "version": 1})
        half = filing.Upload(client, docket, self.content * 3, f"{self.name}.txt")
        half.go_on(client, len(self.content) + 100)
        filing.Upload(client, docket, self.content, f"{self.phrase}.txt").go_on(client, len(self.content))

    def _complaint(self, client: Client, code: str) -> str:
        docket = filing.begin(client)
        filing.prepare(client, docket, filing.Notices(client, docket), self.content)
        draft = client.json("GET", f"/api/v1/drafts/{docket}")
        exhibit = draft["exhibits"][0]["exhibit"]
        client.json("PUT", f"/api/v1/drafts/{docket}/answers", {
            "fields": {"fake_because": [self.phrase], f"exhibit.{exhibit}.proves": [self.phrase],
                       f"exhibit.{exhibit}.origin": ["electronic-data"]}, "version": draft["version"]})
        digest = client.json("POST", f"/api/v1/drafts/{docket}/draw", {})["digest"]
        filing.submit(client, docket, digest, code, secrets.token_hex(16))
        return docket

    def _pay(self, client: Client, docket: str) -> None:
        sandbox = self._until(client, f"/cases/{docket}/fee", "/payments/sandbox/")
        forms.fill(client, sandbox, {"trial": "exact"})

    def _serve(self, docket: str, defendant: Client) -> None:
        clerk = enter_as(self.port, "clerk")
        desk = f"/desk/service/{docket}"
        self._until(clerk, desk, f"{desk}/invite")
        forms.fill(clerk, f"{desk}/invite", {}, having="answer_by")
        _, _, sheet = clerk.send("GET", f"{desk}/code-sheet", headers={"Cookie": clerk._cookie})
        text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=sheet, capture_output=True, check=True).stdout
        code = re.search(r"[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){4}", text.decode()).group(0)
        forms.fill(clerk, f"{desk}/post", {"tracking": "EX123456789CN"})
        forms.fill(defendant, "/link", {"code": code})
        forms.fill(defendant, "/link/case", {}, having="/link/case")
        for _ in range(2):
            forms.fill(defendant, f"/cases/{docket}/consents", {"answer": "agree"})
        forms.fill(defendant, f"/cases/{docket}/address", {"postal": self.phrase, "answer": "agree"})
        self._until(defendant, "/inbox", docket)

    def _answer(self, client: Client, docket: str, code: str) -> None:
        path = f"/cases/{docket}/answer/steps/responses"
        choices = next(form.choices for form in forms.read(client, path)[0] if form.choices)
        disputed = {name: "disputed" for name in choices} | {f"{name}.reason": self.phrase for name in choices}
        forms.fill(client, path, disputed)
        forms.fill(client, f"/cases/{docket}/answer/steps/deal", {"sold": "yes", "seller_is": "yes"})
        path = forms.fill(client, f"/cases/{docket}/answer/steps/defence", {"defence": "genuine"})
        forms.fill(client, path, {"genuine_how": self.phrase})
        forms.fill(client, f"/cases/{docket}/answer/steps/more", {"settle": "no"})
        digest = client.json("GET", f"/api/v1/cases/{docket}/answer")["draft"]["digest"]
        signature = {"digest": digest, "code": code}
        client.json("POST", f"/api/v1/cases/{docket}/answer", signature, once=secrets.token_hex(16))

    def _exchange(self, defendant: Client, docket: str) -> str:
        until = (datetime.date.today() + datetime.timedelta(days=10)).isoformat()
        for role in ("judge", "judge-2"):
            try:
                enter_as(self.port, role).json(
                    "POST", f"/api/v1/cases/{docket}/exchange", {"until": until}, once=secrets.token_hex(16))
                break
            except Refused as refused:
                # The other one was drawn.
                if role == "judge-2" or refused.status not in (403, 404):
                    raise
        exhibit = defendant.json("GET", f"/api/v1/cases/{docket}/exhibits")["exhibits"][0]["id"]
        view = {"accepted": False, "reason": self.phrase}
        defendant.json("POST", f"/api/v1/cases/{docket}/opinions", {
            "exhibit": exhibit, "authenticity": view, "legality": view, "relevance": {"accepted": True},
        }, once=secrets.token_hex(16))
        return exhibit

    def _ask_for_it(self, clerk: Client) -> None:
        """In every place a request has room for words, rightly and wrongly."""
        judge = enter_as(self.port, "judge")
        judge.post("/desk/search", {"name": self.name}, page="/desk")
        quoted = "".join(f"%{byte:02X}" for byte in (self.name + self.phrase).encode())
        form, json = {"Content-Type": FORM}, {"Content-Type": "application/json"}
        tries = [
            ("GET", f"/{quoted}?q={quoted}", None, {}), ("GET", f"/cases/{quoted}", None, {}),
            ("POST", "/sign-in", f"name={quoted}&password={quoted}".encode(), form),
            ("POST", "/api/v1/drafts", ('{"form":"' + self.phrase + '","x":').encode(), json),
            ("POST", "/api/v1/law/fee", ('{"kind":"' + self.phrase + '"}').encode(), json),
            ("POST", "/payments/callback", self.phrase.encode() * 50, {"X-Signature": quoted}),
            ("GET", "/", None, {"Referer": f"http://127.0.0.1/{quoted}", "Cookie": f"xz={quoted}; xz-form={quoted}"}),
            ("GET", "/law/fee", None, {"Authorization": f"Bearer {quoted}", "Idempotency-Key": quoted}),
        ]
        for method, path, body, headers in tries:
            status, _, _ = clerk.send(method, path, body, headers)
            assert status < 500, f"{method} {path}: {status}"
        clerk.hang_up()

    def _until(self, client: Client, path: str, link: str, seconds: float = 20) -> str:
        """What the court does by itself afterwards takes a moment."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            found = [href for href in forms.read(client, path)[1] if link in href]
            if found:
                return found[0]
            time.sleep(0.2)
        raise AssertionError(f"{path} never led to {link}")
