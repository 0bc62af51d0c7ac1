"""Criteria written by hand, each with the rule that the JSON contract makes of it: `rule_cases.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from parser import parse_eligibility
from tests.rule_notation import Case, canonical, notation_of, read_cases

CASES = list(read_cases(Path(__file__).parent / "rule_cases.txt"))
#: Cases at least, and known failures at most: the first may only rise, the second only fall.
LEAST_CASES, MOST_FAILURES = 250, 14


def _marked(case: Case) -> object:
    marks = [pytest.mark.xfail(strict=True, reason="known failure")] if case.fails else []
    return pytest.param(case, id=f"{case.number}: {case.text[:60]}", marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_rules_cases_become_the_rule_of_the_contract(nlp: Language, case: Case) -> None:
    criteria = parse_eligibility(case.text, kind=case.kind, nlp=nlp).criteria
    assert notation_of(one.rule for one in criteria if one.rule is not None) == case.rule


def test_rules_cases_are_many_and_few_fail() -> None:
    assert len({(case.kind, case.text) for case in CASES}) >= LEAST_CASES
    assert sum(case.fails for case in CASES) <= MOST_FAILURES


@pytest.mark.parametrize(
    ("notation", "sorted_notation"),
    [
        ("any(condition b;  condition a)", "any(condition a; condition b)"),
        ("condition a {when before <=P5Y; qual severe, acute}", "condition a {qual acute, severe; when before <=P5Y}"),
        ("not(any(x; all(c; b {eg(z; y)})))", "not(any(all(b {eg(y; z)}; c); x))"),
        ("b // a", "b // a"),
    ],
)
def test_rules_cases_compare_without_regard_to_order(notation: str, sorted_notation: str) -> None:
    assert canonical(notation) == sorted_notation
