"""What must hold after any fault: acknowledged acts there once, nothing half done, numbers without gaps, a ledger that
agrees with what it published."""

import base64
import hashlib
import json
import pathlib
import re
import sqlite3
import time

import filing
from client import Client, Refused
from load import Notes, Submission
from server import Server

#: What a submission enters: the complaint, a consent a stage, the address.
FILED = ["filing.submitted", "consent.given", "consent.given", "service.address-confirmed"]


def everything(server: Server, notes: Notes) -> None:
    """Fails with all that is wrong. The server is running; what is checked is forgotten, so that a soak stays short."""
    wrong = []
    for check in (_drafts, _submissions, _docketings, _uploads, _numbers, _ledger):
        try:
            wrong += check(server, notes)
        except Refused as refused:
            wrong.append(f"{check.__name__.strip('_')}: lost what let a person in: {refused}")
    report = server.audit()
    wrong += [f"audit: {json.dumps(difference)}" for difference in report["differences"]]
    assert not wrong, "\n".join(["What was acknowledged is not what is there:", *wrong])


def _drafts(server: Server, notes: Notes) -> list[str]:
    wrong = []
    for save in notes.saves:
        try:
            draft = save.person.client(server.port).json("GET", f"/api/v1/drafts/{save.person.draft}")
        except Refused as refused:
            wrong.append(f"draft of {save.person.name}: {refused}")
            continue
        there = int(draft["fields"].get("fake_because", ["0"])[0])
        if there not in (save.acknowledged, save.sent):
            wrong.append(f"draft of {save.person.name}: {there} is there, {save.acknowledged} was acknowledged")
        save.acknowledged = save.sent = there
        save.version = draft["version"]
    return wrong


def _submissions(server: Server, notes: Notes) -> list[str]:
    wrong = []
    for one in notes.submissions:
        client = one.person.client(server.port)
        try:
            types, ids = _entries(client, one.docket)
        except Refused as refused:
            wrong += _never_entered(client, one, refused)
            continue
        if types[:4] != FILED or types.count("filing.submitted") != 1:
            wrong.append(f"{one.docket}: half a submission: {types}")
        try:
            again = filing.submit(client, one.docket, one.digest, one.code, one.once)
        except Refused as refused:
            wrong.append(f"{one.docket}: sent again: {refused}")
            continue
        if one.answer not in (None, again):
            wrong.append(f"{one.docket}: the court's signed answer was another one")
        if ids[0] != again["entry"]:
            wrong.append(f"{one.docket}: the entry acknowledged is not the one that is there")
        if _entries(client, one.docket)[0].count("filing.submitted") != 1:
            wrong.append(f"{one.docket}: entered twice")
    # Those that came through without an answer have one now, and wait for the clerk.
    docketed = {one.docket for one in notes.docketings}
    for one in notes.submissions:
        if one.answer is None and one.docket not in docketed:
            try:
                _entries(one.person.client(server.port), one.docket)
            except Refused:
                continue
            notes.waiting.put(one)
    notes.submissions.clear()
    return wrong


def _entries(client: Client, docket: str) -> tuple[list[str], list[str]]:
    entries = client.json("GET", f"/api/v1/cases/{docket}")["entries"]
    return [entry["type"] for entry in entries], [entry["id"] for entry in entries]


def _never_entered(client: Client, one: Submission, refused: Refused) -> list[str]:
    if one.answer is not None:
        return [f"submission lost: {one.docket}, entry {one.answer['entry']} ({refused})"]
    if refused.status != 404:
        return [f"{one.docket}: {refused}"]
    # Then the draft is still whole, to be signed again.
    draft = client.json("GET", f"/api/v1/drafts/{one.docket}")
    return [] if draft.get("digest") == one.digest else [f"{one.docket}: neither entered nor a draft any more"]


def _docketings(server: Server, notes: Notes) -> list[str]:
    wrong = []
    for one in notes.docketings:
        try:
            case = one.person.client(server.port).json("GET", f"/api/v1/cases/{one.docket}")
        except Refused as refused:
            wrong.append(f"docketing lost: {one.docket} {one.number} ({refused})")
            continue
        number = case.get("number")
        if one.number not in (None, number):
            wrong.append(f"docketing lost: {one.docket} was given {one.number} and has {number}")
        if [entry["type"] for entry in case["entries"]].count("case.docketed") != (number is not None):
            wrong.append(f"{one.docket} was docketed other than once")
        if number is None:
            notes.waiting.put(one)
    notes.docketings.clear()
    return wrong


def _uploads(server: Server, notes: Notes) -> list[str]:
    wrong = []
    for one in notes.sendings:
        client = one.person.client(server.port)
        try:
            one.upload.offset = one.upload.standing(client)
            if one.upload.offset < one.acknowledged:
                wrong.append(
                    f"upload lost: {one.upload.name}: {one.acknowledged} bytes acknowledged, {one.upload.offset} there")
            # The rest completes it, and its digest is that of the whole.
            while not one.upload.is_whole:
                one.upload.go_on(client, len(one.upload.content))
            client.call("DELETE", one.upload.path, headers={"Tus-Resumable": "1.0.0"})
        except (Refused, AssertionError) as error:
            # One that was being given up may be gone.
            if one.acknowledged < len(one.upload.content):
                wrong.append(f"upload lost: {one.upload.name}: {error}")
    notes.sendings.clear()
    return wrong


def _numbers(server: Server, notes: Notes) -> list[str]:
    numbers = []
    for person in notes.cast.people:
        cases = filing.cases(person.client(server.port))
        numbers += [int(re.search(r"民初(\d+)号", case["number"]).group(1)) for case in cases
                    if case.get("number") and case["docket"] not in notes.cast.before]
    numbers.sort()
    # A demonstration begins with a few cases of its own, which have the numbers below.
    notes.first_number = notes.first_number or min(numbers, default=None)
    gapless = [*range(notes.first_number or 1, (notes.first_number or 1) + len(numbers))]
    return [] if numbers == gapless else [f"case numbers: {numbers}, {notes.first_number} was the first"]


# --- the ledger, computed here from its entries alone ---


def _ledger(server: Server, notes: Notes) -> list[str]:
    """Every checkpoint anyone could have seen is one of this ledger, whose newest has everything in it."""
    published = [_parse(note) for note in notes.checkpoints]
    most = max((size for size, _ in published), default=0)
    ends = time.monotonic() + 15
    while (newest := _parse((server.data / "ledger" / "checkpoint").read_bytes()))[0] < most:
        if time.monotonic() > ends:
            return [f"the ledger has {newest[0]} entries, {most} were published"]
        time.sleep(0.05)
    sizes = {size for size, _ in published} | {newest[0]}
    roots = _roots(server.data / "ledger", newest[0], sizes)
    return [f"the root of {size} entries is not the one published" for size, root in [*published, newest]
            if roots[size] != root]


def _parse(note: bytes) -> tuple[int, bytes]:
    _, size, root = note.split(b"\n")[:3]
    return int(size), base64.b64decode(root)


def _roots(ledger: pathlib.Path, newest: int, sizes: set[int]) -> dict[int, bytes]:
    """Merkle roots (RFC 6962) over the first so many entries."""
    trees: list[tuple[int, bytes]] = []
    roots = {0: hashlib.sha256(b"").digest()}
    for index, entry in enumerate(_leaves(ledger, newest), 1):
        tree = (1, hashlib.sha256(b"\0" + entry).digest())
        while trees and trees[-1][0] == tree[0]:
            tree = (2 * tree[0], hashlib.sha256(b"\1" + trees.pop()[1] + tree[1]).digest())
        trees.append(tree)
        if index in sizes:
            root = trees[-1][1]
            for _, left in reversed(trees[:-1]):
                root = hashlib.sha256(b"\1" + left + root).digest()
            roots[index] = root
    return roots


def _leaves(ledger: pathlib.Path, newest: int):
    for bundle in range((newest + 255) // 256):
        place = ledger / "tile" / "entries" / f"{bundle:03d}"
        width = min(256, newest - 256 * bundle)
        part = place.with_name(f"{place.name}.p") / str(width)
        content = (part if width < 256 and part.exists() else place).read_bytes()
        at = 0
        for _ in range(width):
            length = int.from_bytes(content[at:at + 2], "big")
            yield content[at + 2:at + 2 + length]
            at += 2 + length


# --- rebuild ---


def rebuild_is_equal(server: Server, notes: Notes) -> None:
    """Folds every projection anew from the acts; the same rows, and the same lists for everyone. The server is running
    before and after."""
    seen = _lists(server, notes)
    server.stop()
    before = _projections(server)
    answer = server.run("rebuild")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    after = _projections(server)
    server.start()
    for table, rows in before.items():
        assert after[table] == rows, f"{table} is not what the acts add up to"
    assert _lists(server, notes) == seen, "lists are not what the acts add up to"


def _lists(server: Server, notes: Notes) -> list:
    clients = [person.client(server.port) for person in notes.cast.people]
    lists = [filing.cases(client) for client in clients]
    desk = Client(server.port, notes.cast.clerk).json("GET", "/api/v1/desk/filings")
    return [*lists, desk]


def _projections(server: Server) -> dict[str, list]:
    """Rows by table, of the generation in use. Of fields sealed anew each time only whether they are there."""
    if server.database:
        return {}
    tables = {}
    with sqlite3.connect(f"file:{server.data / 'court.sqlite'}?mode=ro", uri=True) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        in_use = {generation for (generation,) in database.execute("SELECT generation FROM projection")}
        for name in names:
            plain = re.fullmatch(r"(\w+)_g(\d+)", name)
            # A rebuild that was cut short leaves tables of the next generation, which nobody reads.
            if not plain or int(plain.group(2)) not in in_use:
                continue
            cursor = database.execute(f"SELECT * FROM {name}")
            sealed = [column[0] in ("number", "title", "party_name", "trade_name") for column in cursor.description]
            tables[plain.group(1)] = sorted(
                repr([value is not None if hide else value for value, hide in zip(row, sealed)]) for row in cursor)
    assert tables, "no projection was found"
    return tables
