"""Pages of the example's shape about other diseases, organs, products, places and dates.

Their expected values were written by hand from the pages. A reading that knows the example by heart fails here.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from comparison import fields, said, tree

import parser
from parser.models import Criterion, Trial

if TYPE_CHECKING:
    from spacy.language import Language

VARIANTS = ("cardiology", "dermatology", "gastroenterology")


@pytest.fixture(scope="module", params=VARIANTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def expected(clinconnect: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((clinconnect / "expected" / f"variant_{name}.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def trial(clinconnect: Path, name: str, nlp: Language) -> Trial:
    return parser.parse((clinconnect / "sources" / f"variant_{name}.txt").read_bytes(), nlp=nlp)


def test_example_variant_outline(trial: Trial, expected: dict[str, Any]) -> None:
    assert tree(trial.eligibility.criteria, rules=False) == tree(_criteria(expected), rules=False)


#: Of every variant, as of the example.
IDS = (
    *(f"inclusion.{number}" for number in range(1, 4)),
    *(f"exclusion.{number}" for number in range(1, 6)),
    *(f"exclusion.5.{number}" for number in range(1, 9)),
)


@pytest.mark.parametrize("id", IDS)
def test_example_variant_rule(trial: Trial, expected: dict[str, Any], id: str) -> None:
    actual, right = (
        {one.id: one for top in criteria for one in top.walk()}
        for criteria in (trial.eligibility.criteria, _criteria(expected))
    )
    rule, right_rule = actual[id].rule, right[id].rule
    assert rule is not None
    assert right_rule is not None
    assert said(rule.model_dump()) == said(right_rule.model_dump())


def test_example_variant_fields(trial: Trial, expected: dict[str, Any]) -> None:
    right = expected["fields"]
    actual = fields(trial)
    actual["sponsor"] = {key: actual["sponsor"].get(key) for key in right["sponsor"]}
    assert {key: actual[key] for key in right} == {key: said(value) for key, value in right.items()}


@cache
def _validated(criteria: str) -> tuple[Criterion, ...]:
    return tuple(Criterion.model_validate(one) for one in json.loads(criteria))


def _criteria(expected: dict[str, Any]) -> tuple[Criterion, ...]:
    """Return the expected criteria as models; their places are not compared."""

    def placed(one: dict[str, Any]) -> dict[str, Any]:
        return {**one, "span": (0, 0), "criteria": [placed(child) for child in one.get("criteria", [])]}

    return _validated(json.dumps([placed(one) for one in expected["criteria"]], sort_keys=True))
