import pathlib
import pickle
import random
import shutil
import sys
import tempfile
import time

import pytest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
# Last: what both have by one name is this folder's own.
sys.path.append(str(HERE.parent / "Browser"))

import powercut  # noqa: E402
from load import Cast, Notes  # noqa: E402
from server import LOGS, Server  # noqa: E402


def pytest_addoption(parser):
    parser.addoption("--rounds", type=int, default=20, help="power cuts on SQLite")
    parser.addoption("--kills", type=int, default=5, help="plain kills on SQLite")
    parser.addoption("--postgres-rounds", type=int, default=5, help="immediate stops of PostgreSQL")
    parser.addoption("--seed", type=int, default=None, help="of the moments; drawn and printed when not given")


@pytest.fixture(scope="session")
def seed(request) -> int:
    seed = request.config.getoption("--seed")
    return seed if seed is not None else random.SystemRandom().randrange(1_000_000)


@pytest.fixture
def chance(request, seed) -> random.Random:
    print(f"seed {seed}")
    return random.Random(f"{seed} {request.node.name}")


@pytest.fixture(scope="session")
def workshop():
    # In memory where there is some: the disk after a cut is what the image says, not where it lies.
    shared = pathlib.Path("/dev/shm")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="xiezhi-faults-", dir=shared if shared.is_dir() else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def library(workshop) -> pathlib.Path:
    return powercut.build(workshop)


class FirstCourt:
    """A court with its people in it; tests work on copies. Made anew before its people's sessions end."""

    LASTS = 20 * 60

    def __init__(self, data: pathlib.Path):
        self.data, self.cast, self.made_at = data, b"", 0.0

    def copy_to(self, place: pathlib.Path) -> Cast:
        if time.time() - self.made_at > self.LASTS:
            self._make()
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.data, place)
        return pickle.loads(self.cast)

    def _make(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        server = Server(self.data, LOGS / "faults-first.log")
        server.log.unlink(missing_ok=True)
        server.start("demo")
        try:
            self.cast = pickle.dumps(Cast.gather(server.port))
        finally:
            server.stop()
        self.made_at = time.time()


@pytest.fixture(scope="session")
def first_court(workshop) -> FirstCourt:
    return FirstCourt(workshop / "first")


@pytest.fixture
def court(request, workshop, first_court):
    """court() -> a fresh copy of the court and the notes of its people, as often as it is called."""
    made = []

    def make() -> tuple[Server, Notes]:
        copy = workshop / f"court-{len(made)}"
        cast = first_court.copy_to(copy)
        log = LOGS / f"faults-{request.node.name}.log"
        if not made:
            log.unlink(missing_ok=True)
        for old, _ in made:
            old.kill()
            shutil.rmtree(old.data, ignore_errors=True)
        made.append((Server(copy, log), Notes(cast)))
        return made[-1]

    yield make
    for server, _ in made:
        server.kill()
        shutil.rmtree(server.data, ignore_errors=True)
