"""PostgreSQL stops at once while many people write: the server stays, says so, and goes on by itself."""

import os
import time

import pytest

import checks
import markers
from load import Cast, Load, Notes
from postgres import Postgres
from server import LOGS, Server
from story import Story, disguises


@pytest.fixture(scope="module")
def place(workshop):
    """A court whose database lies on a PostgreSQL of its own, and its people."""
    folder = workshop / "postgres"
    folder.mkdir()
    with Postgres(folder) as postgres:
        server = Server(workshop / "on-postgres", LOGS / "faults-postgres.log", postgres.url)
        server.log.unlink(missing_ok=True)
        try:
            server.start("demo")
            yield server, Notes(Cast.gather(server.port, registered=1)), postgres
        finally:
            server.kill()


def test_immediate_stops(request, place, chance):
    server, notes, postgres = place
    for number in range(request.config.getoption("--postgres-rounds")):
        one_round(server, notes, postgres, chance)
        print(f"round {number + 1}: {notes.unavailable} times told that it cannot be done now", flush=True)
    checks.rebuild_is_equal(server, notes)


def one_round(server, notes, postgres, chance) -> None:
    notes.cast.make_ready(server.port)
    notes.unavailable = 0
    with Load(notes, server.port, server.data / "ledger") as load:
        load.wait(chance)
        postgres.stop_at_once()
        time.sleep(chance.uniform(0.3, 1.0))
        assert server.status("/health/live") == 200, "the server went with its database"
        assert server.status("/health/ready") == 503, "the server says it is ready, and is not"
        assert server.status("/law/fee") == 200, "what needs no database is still there"
        postgres.start()
        before = progress(notes)
        ends = time.monotonic() + 30
        while server.status("/health/ready") != 200 or progress(notes) < before + 20:
            assert time.monotonic() < ends, f"nothing is acknowledged 30 s after it is back: {server.last_words()}"
            time.sleep(0.1)
    assert server.runs
    assert notes.unavailable > 0, "nobody was told that it cannot be done now"
    assert not notes.unforeseen, (notes.unforeseen, server.faults())
    checks.everything(server, notes)


def progress(notes: Notes) -> int:
    return sum(save.acknowledged for save in notes.saves)


def test_nothing_lies_in_the_clear(place):
    """Neither in the database's tables, its log of writes or its log of words."""
    server, notes, postgres = place
    defendant = next(person for person in notes.cast.people if person.name == "defendant")
    notes.cast.make_ready(server.port)
    content = os.urandom(6_000)
    Story(server.port, defendant, content).tell()
    server.kill()
    postgres.stop_at_once()
    assert markers.search([postgres.folder, server.data, server.log], disguises(content)) == []
