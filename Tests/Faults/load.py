"""Many people at once before a court, and a note of everything it acknowledged."""

import dataclasses
import os
import pathlib
import queue
import random
import secrets
import threading
import time

import filing
from client import Client, Gone, Refused, enter_as, register, resident_number, set_second_factor

#: A court grows with every round; after so many a fresh one begins.
ROUNDS_A_COURT = 25

PHOTOGRAPH = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@dataclasses.dataclass
class Person:
    """A plaintiff with a session and codes to sign with."""

    name: str
    token: str
    address: str
    codes: list[str]
    factor_at: float
    draft: str
    begun: list[str] = dataclasses.field(default_factory=list)

    def client(self, port: int) -> Client:
        return Client(port, self.token, self.address)

    def make_ready(self, port: int) -> None:
        """Takes ten new codes, which ends the person's other lines, and finds the drafts that a cut left behind."""
        client = self.client(port)
        drafts = [draft["docket"] for draft in client.json("GET", "/api/v1/drafts")["drafts"]]
        self.begun = [docket for docket in drafts if docket != self.draft]
        # One is given up, with whatever was on its way to it; the others are gone on with.
        if self.begun:
            client.post(f"/drafts/{self.begun.pop()}/discard", {})
        if time.time() - self.factor_at > 200:
            client.post("/step-up", {"code": self.codes.pop()})
        self.codes = set_second_factor(client)
        self.token, self.factor_at = client.token, time.time()


@dataclasses.dataclass
class Cast:
    people: list[Person]
    clerk: str
    clerk_at: float
    notices: filing.Notices
    #: Dockets that were there before.
    before: set[str]

    @staticmethod
    def gather(port: int, registered: int = 2) -> "Cast":
        """Signs in who is there and registers more, all with a factor of their own."""
        clerk, clerk_at = enter_as(port, "filing-clerk"), time.time()
        clients = [("plaintiff", enter_as(port, "plaintiff")), ("defendant", enter_as(port, "defendant"))]
        for number in range(registered):
            clients.append((f"registered-{number}", register(
                port, clerk, "李" + "一二三四五六七八"[number], resident_number(11 + number), f"1390000001{number}",
                PHOTOGRAPH)))
        people, notices, before = [], None, set()
        for place, (name, client) in enumerate(clients):
            codes = set_second_factor(client)
            before |= {case["docket"] for case in filing.cases(client)}
            draft = filing.begin(client)
            notices = notices or filing.Notices(client, draft)
            people.append(Person(name, client.token, f"127.0.0.{10 + place}", codes, time.time(), draft))
        return Cast(people, clerk.token, clerk_at, notices, before)

    def make_ready(self, port: int) -> None:
        # Staff who do nothing for a quarter of an hour are signed out.
        if time.time() - self.clerk_at > 600:
            self.clerk, self.clerk_at = enter_as(port, "filing-clerk").token, time.time()
        for person in self.people:
            person.make_ready(port)


@dataclasses.dataclass
class Save:
    """The draft a person types into: the number last acknowledged, and the one perhaps on its way."""

    person: Person
    acknowledged: int = 0
    sent: int = 0
    version: int = 1


@dataclasses.dataclass
class Submission:
    person: Person
    docket: str
    digest: str
    code: str
    once: str
    answer: dict | None = None


@dataclasses.dataclass
class Docketing:
    person: Person
    docket: str
    once: str
    number: str | None = None


@dataclasses.dataclass
class Sending:
    """An upload on its way: what the court said it had."""

    person: Person
    upload: filing.Upload
    acknowledged: int


class Notes:
    def __init__(self, cast: Cast):
        self.cast = cast
        self.saves = [Save(person) for person in cast.people]
        self.submissions: list[Submission] = []
        self.docketings: list[Docketing] = []
        self.sendings: list[Sending] = []
        self.checkpoints: set[bytes] = set()
        self.waiting: queue.Queue[Submission] = queue.Queue()
        #: Answers nobody may get: status, path, code.
        self.unforeseen: list[str] = []
        #: How often the court said that it cannot now.
        self.unavailable = 0
        self.first_number: int | None = None

    @property
    def acknowledged(self) -> int:
        """How much was, since the last check; drafts from their beginning."""
        return (sum(save.acknowledged for save in self.saves) + sum(s.answer is not None for s in self.submissions)
                + sum(d.number is not None for d in self.docketings) + sum(s.acknowledged > 0 for s in self.sendings))


class Load:
    """Runs from entering to leaving. Lines that break end nothing here: the test breaks them."""

    def __init__(self, notes: Notes, port: int, ledger: pathlib.Path):
        self.notes, self.port, self.ledger = notes, port, ledger
        self.over = threading.Event()
        work = [(self._look, None)] + [(self._docket, None)] * 2
        for save in notes.saves:
            work += [(self._type, save), (self._file, save.person), (self._upload, save.person)]
        self.threads = [threading.Thread(target=self._run, args=one, daemon=True) for one in work]

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(90)
            assert not thread.is_alive(), "a client hangs"

    def wait(self, chance: random.Random, submissions: int = 0, seconds: float = 60) -> None:
        """Until a moment drawn by how much was acknowledged, so that a slow machine gets as far as a quick one."""
        ends = time.monotonic() + seconds
        enough = self.notes.acknowledged + chance.randrange(1, 250)
        while time.monotonic() < ends and (self.notes.acknowledged < enough or submissions > sum(
                one.answer is not None for one in self.notes.submissions)):
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.03))

    def _run(self, work, about) -> None:
        client = about.person.client(self.port) if isinstance(about, Save) else (
            about.client(self.port) if about else Client(self.port, self.notes.cast.clerk))
        # The load goes on with something else when it is told to wait.
        client.waits = False
        while not self.over.is_set():
            try:
                work(client, about)
            except Gone:
                # The server was killed, or will be in a moment.
                self.over.wait(0.05)
            except Refused as refused:
                if refused.status == 503:
                    self.notes.unavailable += 1
                # 507: what stops left unused of somebody's uploads has filled their share, as it should.
                elif refused.status not in (429, 507):
                    self.notes.unforeseen.append(str(refused))
                    return
                self.over.wait(0.1)

    def _type(self, client: Client, save: Save) -> None:
        save.sent = save.acknowledged + 1
        answer = client.json(
            "PUT", f"/api/v1/drafts/{save.person.draft}/answers",
            {"fields": {"fake_because": [str(save.sent)]}, "version": save.version})
        save.acknowledged, save.version = save.sent, answer["version"]
        self.over.wait(0.005)

    def _file(self, client: Client, person: Person) -> None:
        if not person.codes:
            self.over.wait(0.2)
            return
        docket = person.begun.pop() if person.begun else filing.begin(client)
        try:
            digest = filing.prepare(client, docket, self.notes.cast.notices, os.urandom(70_000))
        except (Gone, Refused):
            # Gone on with later: whoever is told to wait does not begin another.
            person.begun.insert(0, docket)
            raise
        one = Submission(person, docket, digest, person.codes.pop(), secrets.token_hex(16))
        self.notes.submissions.append(one)
        one.answer = filing.submit(client, docket, digest, one.code, one.once)
        self.notes.waiting.put(one)

    def _docket(self, client: Client, _) -> None:
        try:
            filed = self.notes.waiting.get(timeout=0.1)
        except queue.Empty:
            return
        one = Docketing(filed.person, filed.docket, secrets.token_hex(16))
        self.notes.docketings.append(one)
        one.number = client.json(
            "POST", f"/api/v1/desk/filings/{one.docket}/docket", {"seen": 4}, once=one.once)["number"]

    def _upload(self, client: Client, person: Person) -> None:
        upload = filing.Upload(client, person.draft, os.urandom(250_000))
        one = Sending(person, upload, 0)
        self.notes.sendings.append(one)
        while not upload.is_whole and not self.over.is_set():
            upload.go_on(client, 30_000)
            one.acknowledged = upload.offset
            self.over.wait(0.02)
        client.call("DELETE", upload.path, headers={"Tus-Resumable": "1.0.0"})
        self.notes.sendings.remove(one)

    def _look(self, *_) -> None:
        """What anyone could have copied from the ledger while it was served."""
        try:
            self.notes.checkpoints.add((self.ledger / "checkpoint").read_bytes())
        except FileNotFoundError:
            pass
        self.over.wait(0.01)
