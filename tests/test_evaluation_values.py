"""The evaluation of numbers: what it counts, and the floors that may only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.evaluation.values import evaluate

TEXT = "Inclusion Criteria:\n- Age 18-65 years\n- HbA1c < 9 %\n- Sodium level of 7 or so\n"


def annotated(folder: Path) -> Path:
    """Write a text with three gold numbers that the rules should give, and one that they cannot."""

    def place(words: str) -> str:
        start = TEXT.index(words)
        return f"{start} {start + len(words)}\t{words}"

    lines = [
        f"T1\tAge {place('Age')}",
        f"T2\tEq-Comparison {place('18-65 years')}",
        f"T3\tEq-Value {place('18')}",
        f"T4\tEq-Operator {place('-65')[:-3]}-",
        f"T5\tEq-Value {place('65')}",
        f"T6\tEq-Comparison {place('< 9 %')}",
        f"T7\tEq-Value {place('9')}",
        f"T8\tEq-Operator {place('<')}",
        f"T9\tEq-Comparison {place('7 or so')}",
        f"T10\tEq-Value {place('7')}",
        "E1\tAge:T1 Numeric-Filter:E2",
        "E2\tEq-Comparison:T2 Value:T3 Operator:T4 Value2:T5",
        "E3\tEq-Comparison:T6 Value:T7 Operator:T8",
        "E4\tEq-Comparison:T9 Value:T10",
        "A1\tEq-Operator-Value T4 BETWEEN",
        "A2\tEq-Operator-Value T8 LT",
    ]
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    (folder / "one.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_evaluation_values_counts_numbers_lines_and_sides(tmp_path: Path) -> None:
    measured = evaluate(annotated(tmp_path))
    assert (measured["gold"], measured["predicted"], measured["hits"]) == (4, 3, 3)
    assert (measured["recall"], measured["precision"], measured["side_right"]) == (0.75, 1.0, 1.0)
    assert measured["gold_by_owner"] == {"age": 2, "laboratory": 2}
    assert measured["recall_by_owner"] == {"age": 1.0, "laboratory": 0.5}


def test_evaluation_values_stay_above_their_floors(shared_data: Path) -> None:
    floors = json.loads((Path(__file__).parent / "evaluation" / "floors.json").read_text(encoding="utf-8"))["values"]
    corpus = shared_data / floors["corpus"]
    if not corpus.is_dir():
        pytest.skip(f"no corpus {floors['corpus']}")
    measured = evaluate(corpus)
    for name in ("recall", "precision", "side_right", "unit_right"):
        assert measured[name] >= floors[name], name
    for owner, floor in floors["recall_by_owner"].items():
        assert measured["recall_by_owner"][owner] >= floor, owner
