"""The evaluation of and/or: what it counts, and the floors that may only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.evaluation import logic
from tests.evaluation.brat import read_folder

CHIA = "Asthma, COPD or fibrosis\nAge 18\nRenal or hepatic impairment\n"
LCT = (
    "Exclusion Criteria:\n  - Asthma or COPD\n  - Women with stroke, or\n  - Epilepsy\n  - Two of the following: rash\n"
)


def place(text: str, words: str) -> str:
    start = text.index(words)
    return f"{start} {start + len(words)}\t{words}"


def written(folder: Path, name: str, text: str, lines: list[str]) -> Path:
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / f"{name}.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def chia(tmp_path: Path) -> Path:
    lines = [
        f"T1\tCondition {place(CHIA, 'Asthma')}",
        f"T2\tCondition {place(CHIA, 'COPD')}",
        f"T3\tCondition {place(CHIA, 'fibrosis')}",
        "T4\tCondition 32 37;49 59\tRenal impairment",
        "T5\tCondition 41 59\thepatic impairment",
        "*\tOR T3 T1 T2",
        "*\tOR T4 T5",
    ]
    return written(tmp_path, "NCT1_exc", CHIA, lines)


@pytest.fixture
def lct(tmp_path: Path) -> Path:
    lines = [
        f"T1\tCondition {place(LCT, 'Asthma')}",
        f"T2\tCondition {place(LCT, 'COPD')}",
        f"T3\tLife-Stage-And-Gender {place(LCT, 'Women')}",
        f"T4\tCondition {place(LCT, 'stroke')}",
        f"T5\tCondition {place(LCT, 'Epilepsy')}",
        f"T6\tCriteria-Count {place(LCT, 'following')}",
        f"T7\tEq-Comparison {place(LCT, 'Two')}",
        f"T8\tEq-Value {place(LCT, 'Two')}",
        "E1\tCondition:T1",
        "E2\tCondition:T2",
        "E4\tCondition:T4",
        "E5\tCondition:T5",
        "E6\tCriteria-Count:T6 Min-Value:E7",
        "E7\tEq-Comparison:T7 Value:T8",
        "R1\tOr Arg1:E2 Arg2:E1",
        "R2\tAnd Arg1:T3 Arg2:E4",
        "R3\tOr Arg1:E4 Arg2:E5",
    ]
    return written(tmp_path, "NCT2", LCT, lines)


def test_evaluation_logic_closes_groups_of_chia(chia: Path) -> None:
    [document] = read_folder(chia)
    rows = list(logic.chia_rows(document))
    assert [row.gold["or"] for row in rows] == [{("T1", "T2"), ("T1", "T3"), ("T2", "T3")}, {("T4", "T5")}]
    measured = logic.given([document], {document.id: rows}, closed=True)
    assert measured["or"] == {"gold_pairs": 4, "precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_evaluation_logic_takes_neighbours_of_lct_in_any_order(lct: Path) -> None:
    [document] = read_folder(lct)
    rows = list(logic.lct_rows(document))
    assert all(row.excludes for row in rows if row.gold["or"])
    measured = logic.given([document], {document.id: rows}, closed=False)
    assert measured["or"] == {"gold_pairs": 2, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert measured["and"] == {"gold_pairs": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_evaluation_logic_looks_pairs_up_in_the_rules(chia: Path) -> None:
    measured = logic.evaluate(chia)["rules"]
    assert measured == {"or": {"gold": 4, "found": 1.0, "right": 1.0}}


def test_evaluation_logic_counts_a_count_without_its_list_as_wrong(lct: Path) -> None:
    assert logic.evaluate(lct)["rules"]["count"] == {"gold": 1, "found": 1.0, "right": 0.0}


@pytest.mark.parametrize("part", ["chia", "lct"])
def test_evaluation_logic_stays_above_its_floors(shared_data: Path, part: str) -> None:
    floors = json.loads((Path(__file__).parent / "evaluation" / "floors.json").read_text("utf-8"))["logic"][part]
    corpus = shared_data / floors["corpus"]
    if not corpus.is_dir():
        pytest.skip(f"no corpus {floors['corpus']}")
    documents = list(read_folder(corpus))
    read = logic.chia_rows if part == "chia" else logic.lct_rows
    rows = {document.id: list(read(document)) for document in documents}
    measured = logic.given(documents, rows, closed=part == "chia")
    for joint in floors.keys() - {"corpus"}:
        assert measured[joint]["f1"] >= floors[joint], joint
    assert measured["or"]["f1"] > measured["nearest"]["f1"]
