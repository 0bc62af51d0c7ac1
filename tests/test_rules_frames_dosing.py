"""Doses: how much of a treatment, in the words of many registries."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.rules import Rule, Treatment

#: Criterion, concept, low, high, unit in UCUM, qualifiers.
CASES: list[tuple[str, str, float | None, float | None, str, list[str]]] = [
    ("Prednisone > 10 mg/day", "Prednisone", 10, None, "mg/d", []),
    ("Receiving ≥ 5 mg/day prednisone", "prednisone", 5, None, "mg/d", []),
    ("More than 10 mg of prednisone daily", "prednisone", 10, None, "mg/d", []),
    ("Use of more than 10 mg prednisone per day", "prednisone", 10, None, "mg/d", []),
    (
        "Use of systemic corticosteroids (> 10 mg daily prednisone equivalent)",
        "corticosteroids",
        10,
        None,
        "mg/d",
        ["systemic", "prednisone equivalent"],
    ),
    (
        "Current use of corticosteroids at doses greater than 20 mg/day of prednisone or equivalent",
        "corticosteroids",
        20,
        None,
        "mg/d",
        ["prednisone or equivalent"],
    ),
    ("Treatment with rituximab 375 mg/m2 IV", "rituximab", 375, 375, "mg/m2", []),
    (
        "On a stable dose of metformin ≥ 1500 mg/day for at least 8 weeks",
        "metformin",
        1500,
        None,
        "mg/d",
        ["stable dose"],
    ),
    ("Stable methotrexate 15-25 mg/week for at least 12 weeks", "methotrexate", 15, 25, "mg/wk", ["stable"]),
]


def _rule(text: str, nlp: Language) -> Rule:
    (criterion,) = parse_eligibility(f"- {text}", kind="exclusion", nlp=nlp).criteria
    assert criterion.rule is not None
    return criterion.rule


@pytest.mark.parametrize(("text", "concept", "low", "high", "ucum", "qualifiers"), CASES)
def test_rules_dosing_reads_dose(
    text: str, concept: str, low: float | None, high: float | None, ucum: str, qualifiers: list[str], nlp: Language
) -> None:
    rule = _rule(text, nlp)
    assert isinstance(rule, Treatment)
    assert rule.concept.text == concept
    assert rule.dose is not None
    assert (rule.dose.low, rule.dose.high, rule.dose.ucum) == (low, high, ucum)
    assert rule.qualifiers == qualifiers


def test_rules_dosing_brand_in_bracket_is_the_same_drug(nlp: Language) -> None:
    rule = _rule("Prior treatment with erlotinib (Tarceva)", nlp)
    assert isinstance(rule, Treatment)
    assert (rule.concept.text, rule.defined_as) == ("erlotinib", None)


def test_rules_dosing_leaves_measurements_alone(nlp: Language) -> None:
    assert _rule("Proteinuria > 300 mg/d", nlp).type == "measurement"


def test_rules_dosing_only_a_treatment_has_a_dose(nlp: Language) -> None:
    """ "Alcohol … abuse" is a condition; a dose of it cannot be said of one."""
    rule = _rule("Alcohol (> 30 g/day) or drug abuse", nlp)
    assert not isinstance(rule, Treatment)
    assert '"dose"' not in rule.model_dump_json()
