"""`xiezhi keys destroy` and `destroyed`, with backups of record and keys apart, as an operator would use them."""

import json
import shutil
import sqlite3
import subprocess

import pytest

from court import binary


def told(*arguments):
    return subprocess.run([binary(), *arguments], capture_output=True, text=True, timeout=300)


def done(*arguments):
    answer = told(*arguments)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def written(identifier):
    number = int.from_bytes(identifier, "big")
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(26)))


def dockets(data, kind):
    with sqlite3.connect(f"file:{data}/court.sqlite?mode=ro", uri=True) as database:
        return [written(row[0]) for row in database.execute("SELECT DISTINCT docket FROM act WHERE type = ?", [kind])]


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    data = tmp_path_factory.mktemp("keys") / "court"
    done("simulate", "--cases", "3", "--data", data)
    return data


@pytest.fixture
def court(simulated, tmp_path):
    data = tmp_path / "court"
    shutil.copytree(simulated, data)
    return data


def test_a_docket_is_destroyed_once_and_only_when_it_is_meant(court):
    docket = dockets(court, "case.archived")[0]
    destroy = ["keys", "destroy", docket, "--data", court, "--reason", "retention-over"]
    assert told(*destroy).returncode != 0
    other = dockets(court, "court.opened")[0]
    assert "Nothing was destroyed" in told(*destroy, "--yes-destroy", other).stderr
    own = told("keys", "destroy", other, "--data", court, "--reason", "ordered", "--yes-destroy", other)
    assert own.returncode != 0 and "is no case" in own.stderr
    draft = told("keys", "destroy", docket, "--data", court, "--reason", "never-submitted", "--yes-destroy", docket)
    assert draft.returncode != 0 and "no longer a draft" in draft.stderr
    assert json.loads(done("keys", "destroyed", "--data", court))["destroyed"] == []
    assert "DESTROYED" not in done("audit", "--data", court)

    done(*destroy, "--yes-destroy", docket)
    done(*destroy, "--yes-destroy", docket)
    listed = json.loads(done("keys", "destroyed", "--data", court))
    assert [item["docket"] for item in listed["destroyed"]] == [docket]
    assert set(listed["destroyed"][0]) == {"docket", "at"}
    said = done("audit", "--data", court)
    assert f"DESTROYED: docket {docket}" in said and "Nothing differs." in said
    assert "WRONG" not in done("doctor", "--data", court)
    done("rebuild", "--data", court)


def test_keys_from_before_do_not_come_back(court, tmp_path):
    record, keys, list_, back = (tmp_path / name for name in ("record", "keys", "list", "back"))
    done("backup", "--data", court, "--to", record, "--keys-to", keys)
    assert told("backup", "--data", court, "--to", tmp_path / "x", "--keys-to", tmp_path / "x" / "y").returncode != 0
    docket = dockets(court, "case.archived")[0]
    done("keys", "destroy", docket, "--data", court, "--reason", "ordered", "--yes-destroy", docket)
    list_.write_text(done("keys", "destroyed", "--data", court))
    restore = ["restore", "--from", record, "--data", back, "--court-key", court / "keys" / "court.key"]
    missing = told(*restore)
    assert missing.returncode != 0 and "--keys" in missing.stderr
    changed = tmp_path / "changed"
    changed.write_text(list_.read_text().replace(docket, docket[:-1] + ("0" if docket[-1] != "0" else "1")))
    refused = told(*restore, "--keys", keys, "--destroyed", changed)
    assert refused.returncode != 0 and "not signed" in refused.stderr
    said = done(*restore, "--keys", keys, "--destroyed", list_)
    assert "1 dockets were destroyed after that, by the list" in said
    assert [item["docket"] for item in json.loads(done("keys", "destroyed", "--data", back))["destroyed"]] == [docket]

    # A newer record knows by itself.
    done("backup", "--data", court, "--to", tmp_path / "newer", "--keys-to", tmp_path / "newer-keys")
    done("backup", "--data", court, "--only-keys", "--to", tmp_path / "newest-keys")
    shutil.rmtree(back)
    restore[2] = tmp_path / "newer"
    said = done(*restore, "--keys", keys)
    assert "1 dockets were destroyed after that, by the record" in said and "No list" in said
