"""What people tell the court lies in the clear on no disk: a name, a number, a phrase, a file."""

import base64
import os
import pathlib
import re
import resource
import subprocess

import pytest

import markers
from server import LOGS, Server, binary
from story import NAME, PHRASE, Story, disguises


@pytest.fixture(scope="module")
def told(workshop, library, first_court):
    """A court in which the story was told, killed in the middle, served again and stopped; and where anything of it
    could lie."""
    folder = workshop / "markers"
    temporary = folder / "temporary"
    temporary.mkdir(parents=True)
    data = folder / "data"
    cast = first_court.copy_to(data)
    log, trail = folder / "log", folder / "trail"
    environment = {"LD_PRELOAD": str(library), "POWERCUT_TRAIL": str(trail), "TMPDIR": str(temporary)}
    content = "照片".encode() + os.urandom(6_000)
    server = Server(data, log)
    backup = folder / "backup"
    try:
        server.start(environment=environment)
        limits = pathlib.Path(f"/proc/{server.process.pid}/limits").read_text()
        defendant = next(person for person in cast.people if person.name == "defendant")
        shown = Story(server.port, defendant, content).tell()
        answer = subprocess.run(
            [binary(), "backup", *server.place, "--to", backup], capture_output=True, text=True,
            env={**os.environ, **environment}, check=False)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        (folder / "backup.log").write_text(answer.stdout + answer.stderr)
        server.kill()
        # As it was when the process died, with logs of the database and uploads half done.
        subprocess.run(["cp", "-a", data, folder / "after-the-kill"], check=True)
        server.start(environment=environment)
    finally:
        server.stop()
    LOGS.mkdir(parents=True, exist_ok=True)
    (LOGS / "faults-markers.log").write_bytes(log.read_bytes())
    return {"folder": folder, "content": content, "shown": shown, "limits": limits}


def test_nothing_lies_in_the_clear(told):
    assert NAME in told["shown"] and PHRASE in told["shown"], "the story did not reach the court"
    assert (told["folder"] / "trail").stat().st_size > 1_000_000, "the trail is empty"
    assert list((told["folder"] / "after-the-kill" / "staging").iterdir()), "no upload was half done"
    assert markers.search([told["folder"]], disguises(told["content"])) == []


def test_what_lies_in_the_clear_is_found(told, library, tmp_path):
    wanted = disguises(told["content"])
    (tmp_path / "deep" / "down").mkdir(parents=True)
    for number, (name, disguise) in enumerate(wanted.items()):
        planted = tmp_path / "deep" / "down" / f"{number}.sqlite-wal"
        planted.write_bytes(os.urandom(4_095) + disguise + os.urandom(99))
        assert f"{name} in {planted}" in markers.search([planted], wanted)
    assert len({line.split(" in /")[0] for line in markers.search([tmp_path], wanted)}) == len(wanted)
    # Base64 of a text in which the words stand at any place.
    for before in range(3):
        (tmp_path / "base64").write_bytes(base64.b64encode(b"x" * before + PHRASE.encode() + b"!"))
        assert markers.search([tmp_path / "base64"], markers.disguises(PHRASE))
    # Written to a file that is gone at once.
    trail = tmp_path / "trail"
    subprocess.run(
        ["sh", "-c", f"cat >{tmp_path}/brief; rm {tmp_path}/brief"], input=PHRASE.encode(), check=True,
        env={**os.environ, "LD_PRELOAD": str(library), "POWERCUT_TRAIL": str(trail)})
    assert markers.search([trail], wanted)


def test_a_crash_would_leave_no_memory_on_the_disk(told):
    """One byte: the kernel then writes no core, and hands none to a program either."""
    allowed = 0 if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0 else 1
    assert re.search(rf"Max core file size +{allowed} ", told["limits"]), told["limits"]
