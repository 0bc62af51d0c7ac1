"""What the evaluation of outlines counts, on documents of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.models import Segment
from parser.outline import Outline
from tests.evaluation.outline import evaluate, untiled

TEXT = "Inclusion Criteria:\n  - Adults with fever or cough\n  - Consent\n"


def written(folder: Path, annotations: str, text: str = TEXT) -> Path:
    (folder / "NCT1.txt").write_text(text, encoding="utf-8")
    (folder / "NCT1.ann").write_text(annotations, encoding="utf-8")
    return folder


def entity(id: str, label: str, words: str) -> str:
    start = TEXT.index(words)
    return f"{id}\t{label} {start} {start + len(words)}\t{words}\n"


def test_evaluation_outline_counts_what_gold_holds_together(tmp_path: Path) -> None:
    gold = entity("T1", "Condition", "fever") + entity("T2", "Condition", "cough") + "R1\tOr Arg1:T1 Arg2:T2\n"
    measured = evaluate(written(tmp_path, gold))
    names = ("texts", "criteria", "entities", "entities_cut", "relations_on_a_line", "relations_cut")
    assert [measured[name] for name in names] == [1, 2, 2, 0, 1, 0]
    assert measured["problems"] == []


def test_evaluation_outline_sees_phrases_torn_apart(tmp_path: Path) -> None:
    start = TEXT.index("cough")
    over_two_items = f"T1\tCondition {start} {TEXT.index('sent')}\tcough Con\n"
    measured = evaluate(written(tmp_path, over_two_items + entity("T2", "Other", "Inclusion")))
    assert (measured["entities_cut"], measured["entities_in_headings"]) == (1, 1)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Rash of grade 1. Low or grade 2. Middle or grade 3. High", "runs_left"),
        ("Fever of unknown origin • with or without rash", "runs_left"),
    ],
)
def test_evaluation_outline_counts_lists_left_in_a_line(tmp_path: Path, line: str, name: str) -> None:
    measured = evaluate(written(tmp_path, "", f"Inclusion Criteria:\n  - {line}\n"))
    assert measured[name] == 1


def test_evaluation_outline_reports_text_in_no_segment() -> None:
    found = Outline([], [Segment(kind="heading", span=(0, 3)), Segment(kind="unstructured", span=(2, 5))], [])
    assert list(untiled("abcde fg", found)) == ["overlap at 2", "nothing covers 'fg'"]
