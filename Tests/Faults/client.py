"""People before the court's HTTP surface, as plain clients."""

import base64
import hashlib
import hmac
import http.client
import json
import re
import secrets
import struct
import time
import urllib.parse

FORM = "application/x-www-form-urlencoded"


class Gone(Exception):
    """The line broke: nobody knows what became of the request."""


class Refused(Exception):
    def __init__(self, status: int, body: bytes, path: str):
        self.status, self.body, self.path = status, body, path
        super().__init__(f"{path}: {status} {body[:600].decode(errors='replace')}")

    @property
    def code(self) -> str:
        try:
            return json.loads(self.body).get("code", "")
        except ValueError:
            return ""


class Client:
    """One person's line to the court. Not shared between threads: `twin` gives another line of the same person."""

    def __init__(self, port: int, token: str = "", address: str = "127.0.0.1"):
        self.port, self.address = port, address
        self.cookies: dict[str, str] = {"xz": token} if token else {}
        self._line: http.client.HTTPConnection | None = None
        self.waits = True

    @property
    def token(self) -> str:
        return self.cookies.get("xz", "")

    def twin(self, address: str | None = None) -> "Client":
        return Client(self.port, self.token, address or self.address)

    def send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None,
             ) -> tuple[int, dict[str, str], bytes]:
        """Waits as long as the court asks when it is told that it comes too often; nothing was done then."""
        for _ in range(30 if self.waits else 1):
            answered = self._send_once(method, path, body, headers)
            if answered[0] != 429:
                return answered
            if self.waits:
                time.sleep(min(5, int(answered[1].get("retry-after", "1"))))
        return answered

    def _send_once(self, method, path, body, headers) -> tuple[int, dict[str, str], bytes]:
        try:
            if self._line is None:
                self._line = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=60, source_address=(self.address, 0))
            self._line.request(method, path, body, headers or {})
            answer = self._line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            raise Gone(f"{method} {path}: {error!r}") from error
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    # --- as a program

    def call(self, method: str, path: str, body=None, *, once: str | None = None, headers=None,
             content: bytes | None = None) -> tuple[dict[str, str], bytes]:
        """Sends with the session as a bearer; raises `Refused` for anything but success."""
        sent = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", **(headers or {})}
        if body is not None:
            content = json.dumps(body, ensure_ascii=False).encode()
            sent["Content-Type"] = "application/json"
        if once:
            sent["Idempotency-Key"] = once
        status, answered, received = self.send(method, path, content, sent)
        if status >= 300:
            raise Refused(status, received, f"{method} {path}")
        return answered, received

    def json(self, method: str, path: str, body=None, *, once: str | None = None):
        return json.loads(self.call(method, path, body, once=once)[1])

    # --- as a browser

    def page(self, path: str) -> str:
        status, _, body = self.send("GET", path, headers={"Cookie": self._cookie, "Accept": "text/html"})
        if status >= 300:
            raise Refused(status, body, path)
        return body.decode()

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]], page: str | None = None) -> str:
        """Sends a form with the proof of the page it stands on."""
        proof = re.search(r'name="csrf" content="([^"]+)"', self.page(page or path)).group(1)
        pairs = [*(fields.items() if isinstance(fields, dict) else fields), ("_csrf", proof)]
        headers = {"Cookie": self._cookie, "Accept": "text/html", "Content-Type": FORM}
        status, answered, body = self.send("POST", path, urllib.parse.urlencode(pairs).encode(), headers)
        if status >= 400:
            raise Refused(status, body, path)
        return answered.get("location") or body.decode()

    def post_file(self, path: str, field: str, name: str, content: bytes) -> None:
        proof = re.search(r'name="csrf" content="([^"]+)"', self.page(path)).group(1)
        mark = "----" + secrets.token_hex(12)
        body = (
            f'--{mark}\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n{proof}\r\n'
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            "Content-Type: image/png\r\n\r\n").encode() + content + f"\r\n--{mark}--\r\n".encode()
        headers = {
            "Cookie": self._cookie, "Accept": "text/html", "Content-Type": f"multipart/form-data; boundary={mark}",
            "Sec-Fetch-Site": "same-origin"}
        status, _, received = self.send("POST", path, body, headers)
        if status >= 400:
            raise Refused(status, received, path)

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def enter_as(port: int, role: str) -> Client:
    """One click on a role's card."""
    client = Client(port)
    client.post(f"/demo/as/{role}", {}, page="/demo")
    return client


def time_code(secret: str, step: int) -> str:
    """RFC 6238 with six digits and SHA-1, as authenticator apps do it."""
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    mac = hmac.new(key, struct.pack(">q", step), hashlib.sha1).digest()
    at = mac[19] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def set_second_factor(client: Client) -> list[str]:
    """Sets a second factor of our own up; ten recovery codes, each good for one signature."""
    page = client.page("/account/second-factor")
    secret = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page).group(0)
    # The page drawn again for its proof would show, and stand for, another secret.
    proof = re.search(r'name="csrf" content="([^"]+)"', page).group(1)
    body = urllib.parse.urlencode({"code": time_code(secret, int(time.time()) // 30), "_csrf": proof}).encode()
    headers = {"Cookie": client._cookie, "Accept": "text/html", "Content-Type": FORM}
    status, _, received = client.send("POST", "/account/second-factor", body, headers)
    if status >= 400:
        raise Refused(status, received, "/account/second-factor")
    codes = re.search(r'<ul class="codes">(.*?)</ul>', received.decode(), re.S).group(1)
    return re.findall(r"<code>([^<]+)</code>", codes)


def resident_number(sequence: int, born: str = "19800101") -> str:
    """A number with the area code 110000, which issues no documents, and its right check digit (GB 11643)."""
    body = f"110000{born}{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]


def register(port: int, clerk: Client, name: str, number: str, mobile: str, photograph: bytes) -> Client:
    """A person registered, signed in, and verified at the clerk's desk."""
    client = Client(port)
    password = secrets.token_urlsafe(15)
    client.post("/register", {"name": name, "resident_number": number, "mobile": mobile, "password": password})
    client.post("/sign-in", {"name": mobile, "password": password})
    client.post_file("/account/identity", "photograph", "证件.png", photograph)
    check = re.search(r'href="(/desk/people/[^"]+)"', clerk.page("/desk/people")).group(1)
    clerk.post(check, {"decision": "verified", "reason": ""})
    return client
