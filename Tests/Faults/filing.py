"""What a plaintiff does, request by request: a draft, a photograph, a complaint handed in."""

import base64
import datetime
import hashlib
import json
import re
import secrets

from client import Client

FORM = "online-shopping/1"
FIRST_CHUNK = 40_000


def days_ago(days: int) -> str:
    return (datetime.date.today() - datetime.timedelta(days=days)).isoformat()


def answers(words: str = "外观与页面所示一致，序列号查无此物。") -> dict[str, list[str]]:
    """A pair of earphones that were not what the page said."""
    return {name: value if isinstance(value, list) else [value] for name, value in {
        "plaintiff.address": "演示市和平路12号3单元501室", "defendant.name": "陈立",
        "defendant.trade_name": "立新数码旗舰店", "defendant.address": "演示市建设路8号", "defendant.telephone": "13900000002", "platform": "演示商城",
        "order_number": "20260101-0007", "item": "蓝牙耳机一副", "ordered_on": days_ago(60), "price": "1299.00",
        "receipt_city": "演示市", "problem": ["counterfeit", "refund_refused"], "received_on": days_ago(56),
        "fake_because": words, "reply": "refused", "asked_on": days_ago(50), "asked_for": "退货退款",
        "reply_text": "不同意退款。", "claims": ["refund", "compensation", "costs"], "basis": "fraud",
    }.items()}


class Upload:
    """A resumable upload, as far as the court said it had come."""

    def __init__(self, client: Client, docket: str, content: bytes, name: str = "照片.png"):
        self.content, self.docket = content, docket
        facts = {"filename": name, "for": docket}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items())
        headers, _ = client.call(
            "POST", "/uploads", headers={
                "Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": metadata})
        self.path = headers["location"]
        self.offset = 0

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[1]

    @property
    def is_whole(self) -> bool:
        return self.offset == len(self.content)

    def go_on(self, client: Client, most: int) -> None:
        piece = self.content[self.offset:self.offset + most]
        headers, _ = client.call(
            "PATCH", self.path, content=piece, headers={
                "Tus-Resumable": "1.0.0", "Upload-Offset": str(self.offset),
                "Content-Type": "application/offset+octet-stream"})
        self.offset = int(headers["upload-offset"])
        if self.is_whole:
            assert hashlib.sha256(self.content).hexdigest() in headers["xz-digest"], headers["xz-digest"]

    def standing(self, client: Client) -> int:
        return int(client.call("HEAD", self.path, headers={"Tus-Resumable": "1.0.0"})[0]["upload-offset"])


class Notices:
    """The digests of the texts a person is shown before consenting, as the pages carry them."""

    def __init__(self, client: Client, docket: str):
        self.stages, self.service = (
            re.search(r'name="notice" value="([^"]+)"', client.page(f"/drafts/{docket}/{page}")).group(1)
            for page in ("consents", "address"))

    def consents(self) -> dict:
        return {
            "language": "zh-CN", "stages": {"evidence-exchange": True, "hearing": True}, "stages_notice": self.stages,
            "service": True, "service_notice": self.service, "postal": "演示市和平路12号3单元501室"}


def cases(client: Client) -> list[dict]:
    """All of a person's cases, page after page."""
    found = []
    while (page := client.json("GET", f"/api/v1/cases?offset={len(found)}"))["cases"]:
        found += page["cases"]
    assert len(found) == page["total"], f"{len(found)} cases on all pages, {page['total']} in all"
    return found


def begin(client: Client) -> str:
    return client.json("POST", "/api/v1/drafts", {"form": FORM}, once=secrets.token_hex(16))["docket"]


def prepare(client: Client, docket: str, notices: Notices, content: bytes) -> str:
    """Fills a draft to its end, with one photograph, and has it drawn; the digest to sign."""
    upload = Upload(client, docket, content)
    upload.go_on(client, FIRST_CHUNK)
    while not upload.is_whole:
        upload.go_on(client, len(content))
    draft = client.json("POST", f"/api/v1/drafts/{docket}/evidence", {"upload": upload.name})
    fields = answers()
    for exhibit in draft["exhibits"]:
        fields[f"exhibit.{exhibit['exhibit']}.proves"] = ["商品页面承诺为正品"]
        fields[f"exhibit.{exhibit['exhibit']}.origin"] = ["electronic-data"]
    client.json("PUT", f"/api/v1/drafts/{docket}/answers", {"fields": fields, "version": draft["version"]})
    client.json("PUT", f"/api/v1/drafts/{docket}/consents", notices.consents())
    drawn = client.json("POST", f"/api/v1/drafts/{docket}/draw", {})
    assert not drawn["missing"], json.dumps(drawn["missing"], ensure_ascii=False)
    return drawn["digest"]


def submit(client: Client, docket: str, digest: str, code: str, once: str) -> dict:
    """Signs and sends; the court's signed answer."""
    return client.json("POST", f"/api/v1/drafts/{docket}/submit", {"digest": digest, "code": code}, once=once)
