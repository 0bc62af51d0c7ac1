"""The evaluation of how much becomes rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parser.models import AllOf, Concept, Condition, Unstructured
from tests.evaluation.structure import evaluate, how_structured

ASTHMA = Condition(concept=Concept(text="asthma"))
LONG = Condition(concept=Concept(text="a disease of more than eight words that goes on"))
KEPT = Unstructured(text="whatever")


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (ASTHMA, "full"),
        (KEPT, "none"),
        (LONG, "none"),
        (AllOf(rules=[ASTHMA, KEPT]), "part"),
        (AllOf(rules=[LONG, KEPT]), "none"),
    ],
)
def test_evaluation_structure_tells_how_much(rule: Condition | Unstructured | AllOf, kind: str) -> None:
    assert how_structured(rule) == kind


def test_evaluation_structure_counts_criteria(tmp_path: Path) -> None:
    text = "Inclusion Criteria:\n- Age 18 years or older\n- Blue shoes and 3 hats\n"
    (tmp_path / "texts.jsonl").write_text(json.dumps({"id": "one", "text": text}) + "\n", encoding="utf-8")
    measured = evaluate(tmp_path)
    assert (measured["trials"], measured["criteria"]) == (1, 2)
    assert measured["shares"] == {"full": 0.5, "part": 0.0, "none": 0.5}
    assert measured["shapes"] == {"blue shoes and": 1}
    assert measured["problems"] == []
