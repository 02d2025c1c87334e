"""`xiezhi law fee` and `xiezhi law deadline` answer every vector of the tables as they stand in the repository."""

import concurrent.futures
import json
import subprocess

import pytest

from court import ROOT, binary

DATA = ROOT / "Procedure" / "Tables" / "Data"


def vectors(table):
    return json.loads((DATA / f"{table}.json").read_text())["test_vectors"]


def ask(law, question):
    text = question if isinstance(question, str) else json.dumps(question)
    return subprocess.run(
        [binary(), "law", law, "--input", "-"], input=text, capture_output=True, text=True, timeout=30
    )


def ask_all(law, questions):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda question: ask(law, question), questions))


def test_fee_vectors():
    rows = vectors("fees")
    assert len(rows) > 20
    for row, answer in zip(rows, ask_all("fee", [{"kind": row["kind"], "input": row["input"]} for row in rows])):
        assert answer.returncode == 0, f"{row['id']}: {answer.stderr}"
        told = json.loads(answer.stdout)
        assert told["fee_fen"] == row["fee_fen"], row["id"]
        assert told["explanation"]["zh"] and told["explanation"]["en"], row["id"]


def test_deadline_vectors():
    rows = vectors("deadlines")
    assert len(rows) > 10
    results = {"nominal_last_day", "last_day", "why", "confirmed", "explanation"}
    questions = [{name: value for name, value in row.items() if name not in results} for row in rows]
    for row, answer in zip(rows, ask_all("deadline", questions)):
        assert answer.returncode == 0, f"{row}: {answer.stderr}"
        told = json.loads(answer.stdout)
        for name in ("nominal_last_day", "last_day"):
            if name in row:
                assert told[name] == row[name], row
        assert told["explanation"]["zh"] and told["explanation"]["en"]


@pytest.mark.parametrize("law", ["fee", "deadline"])
@pytest.mark.parametrize(
    "question",
    ["", "nonsense", "[]", "{}", '{"kind":"property","kind":"property"}', '{"kind":"unheard-of","input":{}}', "[" * 10_000],
)
def test_malformed_questions_end_with_2_and_a_problem(law, question):
    answer = ask(law, question)
    assert answer.returncode == 2
    assert answer.stdout == ""
    problem = json.loads(answer.stderr)
    assert problem["code"].startswith("law.")
    assert problem["title"]["zh"] and problem["title"]["en"]
