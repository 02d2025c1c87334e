"""Every route of the generated list, with missing, wrong, hostile and huge input, as every role.

Over plain HTTP, in a court with one case in its hearing, one filing on the desk and one draft. Whatever is sent, the
answer is a page or a problem as it should be, in the language asked for, and what was typed is on it again.
"""

import collections
import itertools
import json
import os
import re
import subprocess
import threading
import time
import uuid
from urllib.parse import urlsplit

import pytest

import court as courthouse
from court import OUT, Court
from hostile import Shot, faults, of_form, of_place, of_route
from journey import SELLER, days_on
from plain import Answer, Form, Visitor, read

ROLES = ("plaintiff", "defendant", "filing-clerk", "clerk", "judge", "judge-2", "president", "administrator")
# How long all of them together may go on; what was not sent by then is counted and said.
SECONDS = float(os.environ.get("XIEZHI_HOSTILE_SECONDS", "60"))
# These end the session everything else needs; they come last.
LAST = ("/sign-out", "/account/sessions/end")
# These can end what the others need, should one of the answers be good: after the others.
GRAVE = re.compile(r"discard|remove|return|transfer|offline|close|recusal|unpaid")
# Each of these hashes a password, on purpose slowly and one at a time; the visitor's and the president's are enough.
SLOW = ("/sign-in", "/register", "/enrol", "/account/password")


class Person(Visitor):
    """A role signed in by its card, who can also fill in a form properly."""

    def __init__(self, court: Court, role: str | None, number: int):
        super().__init__(court.origin, f"127.0.0.{10 + number}")
        self.role = role
        self.used = ""
        if role:
            self.enter()

    def enter(self) -> None:
        self.get("/demo")
        answer = self.post(f"/demo/as/{self.role}", [])
        assert answer.status == 303, f"{self.role}: {answer.status}"
        self.get("/")

    def follow(self, answer: Answer) -> Answer:
        while answer.status == 303:
            answer = self.get(answer.headers["location"])
        return answer

    def send(self, path: str, values: dict[str, str | list[str]], action: str = "") -> Answer:
        """Opens the page and sends its form, or the one with that action, with these values; it must be taken."""
        page = self.get(path)
        assert page.status == 200, f"{self.role} at {path}: {page.status}"
        form = next((form for form in self.forms(page)
                     if form.path.endswith(action) and not form.path.endswith("/sign-out")), None)
        assert form, f"{self.role} at {path}: no form {action}"
        pairs = [(one.name, one.value) for one in form.fields
                 if one.name not in values and one.name != "_csrf" and one.kind not in ("radio", "checkbox", "button", "file")]
        for name, value in values.items():
            pairs += [(name, each) for each in (value if isinstance(value, list) else [value])]
        answer = self.follow(self.post(form.path, pairs))
        assert answer.status == 200, f"{self.role} sends {form.path}: {answer.status}\n{text_of(answer)[:1500]}"
        return answer

    def code(self, path: str) -> str:
        """The code in the banner; one that signed something makes way for the next."""
        while True:
            found = re.search(r"data-one-time-code>(\d+)<", self.get(path).text)
            assert found, "no code in the banner"
            if found.group(1) != self.used:
                self.used = found.group(1)
                return self.used
            time.sleep(1)

    def sign(self, path: str, action: str) -> Answer:
        return self.send(path, {"code": self.code(path)}, action)


def text_of(answer: Answer) -> str:
    main = answer.text.split("<main", 1)[-1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


# --- a court with something in it ----------------------------------------------------------------------------------


def draft(person: Person) -> str:
    person.get("/drafts")
    form = next(form for form in person.forms(person.get("/drafts")) if form.path == "/drafts")
    answer = person.post("/drafts", [(one.name, one.value) for one in form.fields if one.name != "_csrf"])
    return answer.headers["location"]


def complaint(person: Person, seller: dict[str, str]) -> str:
    """A complaint as sent; its docket."""
    path = draft(person)
    for step, values in {
        "you": {"plaintiff.address": "演示市和平路12号"}, "seller": seller,
        "order": {"platform": "演示商城", "order_number": "7", "item": "耳机", "ordered_on": days_on(-60), "price": "1299.00",
                  "receipt_city": "演示市"},
        "problem": {"problem": ["counterfeit", "refund_refused"]},
        "details": {"received_on": days_on(-56), "fake_because": "编号不符。"}, "asked": {"reply": "refused"},
        "asked-details": {"asked_on": days_on(-50), "asked_for": "退货退款", "reply_text": "不同意。"},
        "claims": {"claims": ["refund", "compensation", "costs"]}, "amounts": {"basis": "fraud"},
    }.items():
        person.send(f"{path}/steps/{step}", values, action=f"/steps/{step}")
    person.send(f"{path}/consents", {"consent.evidence-exchange": "yes", "consent.hearing": "yes"}, action="/consents")
    person.send(f"{path}/address", {"service": "yes", "postal": "演示市和平路12号"}, action="/address")
    person.send(f"{path}/check", {}, action="/draw")
    person.sign(f"{path}/sign", "/submit")
    return path.split("/")[-1]


def until(person: Person, path: str, pattern: str) -> str:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        found = re.search(pattern, person.get(path).text)
        if found:
            return found.group(0)
        time.sleep(0.2)
    raise AssertionError(f"{path} never showed {pattern}")


def bring_together(people: dict[str, Person], docket: str) -> None:
    """From the desk to a defendant who takes part online."""
    case, desk = f"/cases/{docket}", f"/desk/service/{docket}"
    people["filing-clerk"].send(f"/desk/filing/{docket}", {}, action="/docketing")
    payment = until(people["plaintiff"], f"{case}/fee", r"/payments/sandbox/[\w-]+")
    people["plaintiff"].send(payment, {"trial": "exact"}, action=payment)
    clerk, defendant = people["clerk"], people["defendant"]
    until(clerk, desk, r"/invite")
    clerk.send(f"{desk}/invite", {}, action="/invite")
    sheet = clerk.get(f"{desk}/code-sheet").body
    printed = subprocess.run(["pdftotext", "-layout", "-", "-"], input=sheet, capture_output=True, check=True).stdout.decode()
    code = re.search(r"[0-9A-Z]{4}(?:[- ][0-9A-Z]{4}){3,}", printed)
    assert code, printed
    clerk.send(f"{desk}/post", {"tracking": "EX1"}, action="/post")
    defendant.send("/link", {"code": code.group(0)}, action="/link")
    defendant.send("/link/case", {}, action="/link/case")


def consent(people: dict[str, Person], docket: str) -> None:
    """What is still open of it: the hostile answers before may have held a good one."""
    defendant, case = people["defendant"], f"/cases/{docket}"
    for page in ("consents", "consents", "address"):
        if any(form.path.endswith(f"/{page}") for form in defendant.forms(defendant.get(f"{case}/{page}"))):
            defendant.send(f"{case}/{page}", {"answer": "agree", "postal": "演示市建设路8号"}, action=f"/{page}")


def open_hearing(people: dict[str, Person], judge: Person, docket: str) -> None:
    case = f"/cases/{docket}"
    hearing = f"{case}/hearing"
    judge.send(f"{case}/exchange", {"until": days_on(30)}, action="/exchange/open")
    judge.send(f"{case}/exchange", {}, action="/exchange/close")
    people["plaintiff"].send(hearing, {"difficulty": "夜班。"}, action="/application")
    people["defendant"].send(hearing, {"agreement": "agree"}, action="/agreement")
    reasons = {name: "属实。" for name in re.findall(r'<textarea[^>]*name="([^"]+)"', judge.get(hearing).text)}
    judge.send(hearing, reasons | {"until": days_on(32)}, action="/opening")
    judge.send(hearing, {"until": days_on(34)}, action="/phases")


def answer(defendant: Person, docket: str) -> None:
    path = f"/cases/{docket}/answer"
    names = sorted(set(re.findall(r'type="radio"[^>]*name="([^"]+)"', defendant.get(f"{path}/steps/responses").text)))
    defendant.send(f"{path}/steps/responses",
                   {name: "disputed" for name in names} | {f"{name}.reason": "正品。" for name in names}, action="responses")
    defendant.send(f"{path}/steps/deal", {"sold": "yes", "seller_is": "yes"}, action="/deal")
    more = defendant.send(f"{path}/steps/defence", {"defence": "genuine"}, action="/defence").path
    defendant.send(more, {"genuine_how": "有凭证。"}, action=more)
    defendant.send(f"{path}/steps/more", {"settle": "no"}, action="/more")
    defendant.sign(f"{path}/sign", "/answer/sign")


# --- walking and shooting ------------------------------------------------------------------------------------------


class Field:
    """What one role can reach: an address and a form for each route, as its pages showed them."""

    def __init__(self, person: Person, routes: list[dict], known: dict[str, str]):
        self.person, self.routes, self.known = person, routes, known
        self.shapes = [(route["method"], route["template"], shape(route["template"])) for route in routes]
        self.paths: dict[str, str] = {}
        self.forms: dict[str, Form] = {}

    def template(self, method: str, path: str) -> str | None:
        plain = urlsplit(path).path
        return next((template for verb, template, like in self.shapes if verb == method and like.match(plain)), None)

    def walk(self, starts: list[str]) -> None:
        queue = collections.deque(starts + [route["template"] for route in self.routes
                                            if route["method"] == "GET" and ":" not in route["template"]])
        visits: collections.Counter = collections.Counter()
        queued = set(queue)
        while queue:
            path = queue.popleft()
            template = self.template("GET", path)
            if template is None or visits[template] >= 3 or template == "/live":
                continue
            visits[template] += 1
            page = self.person.get(path)
            if page.status != 200 or page.kind != "text/html":
                continue
            self.paths.setdefault(template, path)
            for form in self.person.forms(page):
                target = self.template("POST", form.path)
                if target and target not in LAST:
                    self.forms.setdefault(target, form)
            for link in self.person.links(page):
                if link not in queued:
                    queued.add(link)
                    queue.append(link)

    def address(self, template: str) -> str:
        """A real address of this route if one was met, else one made of what is known."""
        if template in self.paths:
            return self.paths[template]
        docket = self.known["draft"] if "/drafts/" in template else (
            self.known["filing"] if "/desk/filing" in template or "/filings/" in template else self.known["case"])
        return re.sub(r":\w+", lambda part: docket if part.group(0) == ":docket" else str(uuid.UUID(int=7)), template)


def shape(template: str) -> re.Pattern:
    return re.compile("^" + re.sub(r":\w+", "[^/]+", template) + "/?$")


def shots(field: Field, number: int) -> list[tuple[str, Shot]]:
    """Forms in every way; of the rest a share, so that the roles together send everything everywhere."""
    person, chosen = field.person, []
    for template, form in sorted(field.forms.items(), key=lambda one: GRAVE.search(one[0]) is not None):
        if template in SLOW and person.role not in (None, "president"):
            continue
        chosen += [(template, shot) for shot in of_form(form, person.proof)]
    for index, route in enumerate(field.routes):
        method, template = route["method"], route["template"]
        if template in LAST or template == "/live" and method == "GET":
            continue
        every = list(of_route(method, field.address(template), person.proof))
        share = len(every) if template in field.paths else 3
        chosen += [(template, every[(number * 3 + step + index) % len(every)]) for step in range(min(share, 3, len(every)))]
        places = list(of_place(template, method))
        chosen += [(template, places[(number * 2 + step + index) % len(places)]) for step in range(min(2, len(places)))]
    return chosen


def shoot(field: Field, chosen: list[tuple[str, Shot]], until: float, wrong: list[str], tally: collections.Counter) -> None:
    person = field.person
    for index, (template, shot) in enumerate(chosen):
        if time.monotonic() > until:
            tally["left"] += len(chosen) - index
            return
        headers = {"Accept": shot.accept} | ({"Content-Type": shot.content_type} if shot.content_type else {})
        if shot.content_type == "application/json":
            headers["X-CSRF-Token"] = person.proof
        language = "en" if index % 2 else "zh-CN"
        try:
            answer = person.ask(shot.method, shot.path, shot.body, headers, language)
            found = list(faults(shot, template, answer))
            tally[answer.status] += 1
        except OSError as broken:
            found = [f"no answer: {type(broken).__name__} {broken}"]
        wrong += [f"{shot.method} {template} as {person.role or 'visitor'}, {shot.name}: {one}" for one in found]


def assault(fields: list[Field], seconds: float, only: str = "") -> tuple[list[str], collections.Counter]:
    wrong: list[str] = []
    tally: collections.Counter = collections.Counter()
    ends = time.monotonic() + seconds
    threads = []
    for number, field in enumerate(fields):
        chosen = [one for one in shots(field, number) if re.search(only, one[0])]
        threads.append(threading.Thread(target=shoot, args=(field, chosen, ends, wrong, tally)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong, tally


@pytest.fixture(scope="module")
def routes():
    return courthouse.routes()


def test_every_route_answers_whatever_is_sent(routes):
    began = time.monotonic()
    with Court("hostile") as court:
        visitor = Person(court, None, len(ROLES))
        visitor.get("/demo")
        # A day later the codes with which these people were made are others.
        visitor.post("/demo/clock", [("days", "1")])
        people = {role: Person(court, role, number) for number, role in enumerate(ROLES)}
        # The defendant has a complaint of their own on the desk.
        filing = complaint(people["defendant"], SELLER | {"defendant.name": "赵六"})
        case = complaint(people["plaintiff"], SELLER)
        known = {"filing": filing, "case": case, "draft": draft(people["plaintiff"]).split("/")[-1]}
        bring_together(people, case)

        def fields_of(roles: list[Person]) -> list[Field]:
            made = [Field(person, routes, known) for person in roles]
            walkers = [threading.Thread(target=field.walk, args=(["/", f"/cases/{case}", f"/drafts/{known['draft']}"],))
                       for field in made]
            for walker in walkers:
                walker.start()
            for walker in walkers:
                walker.join()
            return made

        parties = [people["plaintiff"], people["defendant"]]
        # First what is there only before the answer is in.
        early, sent = assault(fields_of(parties), SECONDS / 4, only=r"^/cases/:docket/(answer|evidence|consents|address)")
        consent(people, case)
        answer(people["defendant"], case)
        judge = next(person for person in (people["judge"], people["judge-2"]) if person.get(f"/cases/{case}").status == 200)
        open_hearing(people, judge, case)
        fields = fields_of([*people.values(), visitor])
        late, more = assault(fields, SECONDS)
        for person in people.values():
            for path in LAST:
                late += [f"POST {path}: {one}" for one in faults(
                    Shot("end", "POST", path), path, person.post(path, [("session", "%00")]))]
        assert visitor.get("/health/live").status == 200, "the court is gone"
        alive = read(people["plaintiff"].get("/").text).links
        assert alive, "no page any more"

    tally, wrong = sent + more, sorted(set(early + late))
    summary = {
        "requests": sum(person.sent for person in [*people.values(), visitor]), "waited": sum(
            person.waited for person in [*people.values(), visitor]), "not sent": tally.pop("left", 0),
        "statuses": dict(sorted(tally.items())), "routes": len(routes),
        "forms": len({template for field in fields for template in field.forms}), "seconds": round(time.monotonic() - began),
    }
    print(json.dumps(summary))
    (OUT / "tests" / "hostile.json").write_text(json.dumps({"summary": summary, "wrong": wrong}, ensure_ascii=False, indent=1))
    grouped = itertools.groupby(wrong, key=lambda one: one.split(", ", 1)[0])
    assert not wrong, f"{len(wrong)} wrong answers:\n  " + "\n  ".join(
        f"{route}: {len(all_of)} such as {all_of[0].split(', ', 1)[1]}" for route, ones in grouped for all_of in [list(ones)])
