"""The current goes while many people write: what was acknowledged is on the disk, and nothing is half there."""

import random

import pytest

import checks
from load import ROUNDS_A_COURT, Load
from powercut import Image


def one_round(server, notes, image: Image, chance: random.Random, submissions: int = 0, **hostile) -> int:
    """From a start to the current going; how much was acknowledged meanwhile."""
    server.start(environment=image.environment(**hostile))
    notes.cast.make_ready(server.port)
    before = notes.acknowledged
    with Load(notes, server.port, server.data / "ledger") as load:
        load.wait(chance, submissions)
        server.kill()
    assert not notes.unforeseen, notes.unforeseen
    return notes.acknowledged - before


def test_power_cuts(request, court, library, chance):
    acknowledged = 0
    for number in range(request.config.getoption("--rounds")):
        if number % ROUNDS_A_COURT == 0:
            server, notes = court()
            image = Image(library, server.data, server.data.with_name("image"))
        acknowledged += one_round(server, notes, image, chance)
        # Every other time the disk did part of what it was not asked to.
        image.cut(torn=chance if number % 2 else None)
        server.start()
        checks.everything(server, notes)
        if number % 5 == 4:
            checks.rebuild_is_equal(server, notes)
        server.stop()
        print(f"round {number + 1}: {acknowledged} acknowledged so far", flush=True)
    assert acknowledged > 0


CONTROLS = {
    "a lying disk": {"lie": "all"},
    "a disk that forgets names": {"lie": "names"},
    "synchronous = OFF": {"synchronous": "0"},
    "synchronous = NORMAL": {"synchronous": "1"},
}


@pytest.mark.parametrize("hostile", CONTROLS.values(), ids=CONTROLS)
def test_the_test_can_fail(court, library, chance, hostile):
    """A disk that lies, or SQLite told not to wait for it, loses what was acknowledged, and that is seen."""
    server, notes = court()
    image = Image(library, server.data, server.data.with_name("image"))
    one_round(server, notes, image, chance, submissions=1, **hostile)
    assert image.was_switched == ("synchronous" in hostile)
    image.cut()
    # What the ledger published and the database forgot keeps the court from starting at all.
    with pytest.raises(AssertionError, match="lost|was acknowledged|file-missing|Compare the restored database first"):
        server.start()
        checks.everything(server, notes)
