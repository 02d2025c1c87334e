"""PostgreSQL stops at once while many people write: the server stays, says so, and goes on by itself."""

import time

import checks
from load import Cast, Load, Notes
from postgres import Postgres
from server import LOGS, Server


def test_immediate_stops(request, workshop, chance):
    folder = workshop / "postgres"
    folder.mkdir()
    with Postgres(folder) as postgres:
        server = Server(workshop / "on-postgres", LOGS / "faults-postgres.log", postgres.url)
        server.log.unlink(missing_ok=True)
        try:
            server.start("demo")
            notes = Notes(Cast.gather(server.port, registered=1))
            for _ in range(request.config.getoption("--postgres-rounds")):
                one_round(server, notes, postgres, chance)
            checks.rebuild_is_equal(server, notes)
        finally:
            server.kill()


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
        ends = time.monotonic() + 20
        while server.status("/health/ready") != 200 or progress(notes) < before + 20:
            assert time.monotonic() < ends, f"nothing is acknowledged 20 s after it is back: {server.last_words()}"
            time.sleep(0.1)
    assert server.runs
    assert notes.unavailable > 0, "nobody was told that it cannot be done now"
    assert not notes.unforeseen, notes.unforeseen
    checks.everything(server, notes)


def progress(notes: Notes) -> int:
    return sum(save.acknowledged for save in notes.saves)
