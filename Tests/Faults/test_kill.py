"""The process is killed while many people write, or in the middle of work on the whole court; what the system had taken
is still there."""

import shutil
import subprocess
import time

import pytest

import checks
from load import ROUNDS_A_COURT, Load
from server import Server, binary


def test_kills(request, court, chance):
    acknowledged = 0
    for number in range(request.config.getoption("--kills")):
        if number % ROUNDS_A_COURT == 0:
            server, notes = court()
        server.start()
        notes.cast.make_ready(server.port)
        before = notes.acknowledged
        with Load(notes, server.port, server.data / "ledger") as load:
            load.wait(chance)
            server.kill()
        assert not notes.unforeseen, notes.unforeseen
        acknowledged += notes.acknowledged - before
        server.start()
        checks.everything(server, notes)
        server.stop()
    server.start()
    checks.rebuild_is_equal(server, notes)
    assert acknowledged > 0


@pytest.fixture
def written_court(court, chance):
    """A court that people have written in, stopped in good order."""
    server, notes = court()
    server.start()
    notes.cast.make_ready(server.port)
    with Load(notes, server.port, server.data / "ledger") as load:
        load.wait(chance, submissions=2)
    checks.everything(server, notes)
    server.stop()
    return server, notes


def moments(chance, command: list) -> list[float]:
    """Some moments inside the time a command takes."""
    began = time.monotonic()
    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    whole = time.monotonic() - began
    return [chance.uniform(0.2, 1.0) * whole for _ in range(4)]


def killed(command: list, after: float) -> None:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()


def test_a_rebuild_that_is_killed_changes_nothing(written_court, chance):
    server, notes = written_court
    command = [binary(), "rebuild", *server.place]
    for after in moments(chance, command):
        killed(command, after)
        server.start()
        checks.everything(server, notes)
        checks.rebuild_is_equal(server, notes)
        server.stop()


def test_a_backup_that_is_killed_is_none(written_court, chance, tmp_path):
    """What it left behind is refused or the whole court; a restore that is killed leaves no court to write in."""
    server, notes = written_court
    whole = tmp_path / "whole"
    key = server.data / "keys" / "court.key"
    for after in moments(chance, [binary(), "backup", *server.place, "--to", whole]):
        part, back = tmp_path / "part", tmp_path / "back"
        killed([binary(), "backup", *server.place, "--to", part], after)
        restore = [binary(), "restore", "--data", back, "--court-key", key, "--from"]
        answer = subprocess.run([*restore, part], capture_output=True, check=False)
        assert (answer.returncode == 0) == (part / "manifest.json").exists(), answer.stderr
        for folder in (part, back):
            shutil.rmtree(folder, ignore_errors=True)
        killed([*restore, whole], after)
        restored = Server(back, server.log)
        if back.exists():
            with pytest.raises(AssertionError, match="the server ended"):
                restored.start()
        shutil.rmtree(back, ignore_errors=True)
    server.start()
    checks.everything(server, notes)
