"""What fuzzing found, each crash in its smallest form."""

from __future__ import annotations

import pytest
from spacy.language import Language

import parser
from parser.models import Condition, Eligibility


def test_hostile_crashes_lone_surrogate_in_criteria(nlp: Language) -> None:
    eligibility = parser.parse_eligibility("asthma \ud800", nlp=nlp)
    assert eligibility.text == "asthma \ufffd"
    assert Eligibility.model_validate_json(eligibility.model_dump_json()) == eligibility


@pytest.mark.parametrize(
    "text",
    [
        "asthma (e.g., " * 150 + "x" + ")" * 150,
        "asthma such as " * 150 + "x",
        "asthma except " * 150 + "x",
        "asthma (defined as " * 320 + "x" + ")" * 320,
        "asthma (" * 900 + "x" + ")" * 900,
    ],
    ids=["examples", "such as", "exceptions", "definitions", "brackets"],
)
def test_hostile_crashes_lists_inside_lists(nlp: Language, text: str) -> None:
    """They were read by functions that call themselves, until Python's stack was full."""
    (criterion,) = parser.parse_eligibility(text, nlp=nlp).criteria
    assert criterion.text == text
    assert criterion.rule is not None


def test_hostile_crashes_lists_of_two_levels_are_read(nlp: Language) -> None:
    (criterion,) = parser.parse_eligibility("Infection (e.g., hepatitis (e.g., hepatitis B))", nlp=nlp).criteria
    assert isinstance(criterion.rule, Condition)
    assert isinstance(criterion.rule.examples[0], Condition)
    assert [one.concept.text for one in criterion.rule.examples[0].examples] == ["hepatitis B"]


def test_hostile_crashes_reader_of_bare_criteria_gets_another_record() -> None:
    trial = parser.parse('{"id": 5, "criteria": null, "text": {"a": 1}}', registry="criteria_only", rules=False)
    assert trial.eligibility.text is None


@pytest.mark.parametrize(
    "name", ["Total Sample Size", "Sample Size from India", "Final Enrollment numbers achieved (India)"]
)
@pytest.mark.parametrize("registry", ["slctr", "irct", "pactr", "ctri", "rebec"])
def test_hostile_crashes_numbers_of_a_home_country_in_another_registry(registry: str, name: str) -> None:
    page = f'Title: Tea\nSample size: {name}="12"\nTarget sample size\n{name}="12"\nInclusion criteria: asthma'
    assert parser.parse(page, registry=registry, rules=False).source.registry == registry
