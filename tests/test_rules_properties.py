"""Whatever the words of a criterion are, its rule is sound, nothing is lost, and time grows with its length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from parser import Eligibility, parse_eligibility
from tests.linear import cost as cpu_cost

WORDS = (
    "history of severe or and , ; . ( ) no not without women men patients with who aged 18 65 - years ≥ < 5 x ULN "
    "hepatic renal disorders asthma transplantation liver e.g. such as based on within the last 6 months at screening "
    "hypersensitivity to penicillin pregnant if unless AST ALT BP 140 / 90 mmHg for males females positive HIV test "
    "life expectancy known active acute affecting survival any : hepatitis B C informed consent mg/dL poor ] + *"
).split()

UNITS = [
    "asthma, ",
    "AST and ",
    "5 ",
    "severe ",
    "≥ 5 x ULN ",
    "no ",
    "history of ",
    "asthma (e.g., ",
    "( ",
    "liver or ",
]


@settings(max_examples=150, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=30), kind=st.sampled_from(["inclusion", "exclusion", None]))
def test_rules_properties_any_words_give_sound_rules(nlp: Language, words: list[str], kind: str | None) -> None:
    eligibility = parse_eligibility(" ".join(words), kind=kind, nlp=nlp)  # type: ignore[arg-type]
    assert Eligibility.model_validate_json(eligibility.model_dump_json()) == eligibility
    text = eligibility.text or ""
    covered = [index for segment in eligibility.segments for index in range(*segment.span)]
    assert len(covered) == len(set(covered))
    assert {index for index, char in enumerate(text) if not char.isspace()} <= set(covered)
    assert all(str(criterion.rule) for criterion in eligibility.walk() if criterion.role == "rule")


@pytest.mark.parametrize("unit", UNITS)
def test_rules_properties_time_is_linear(nlp: Language, unit: str) -> None:
    def cost(length: int) -> float:
        text = "Inclusion Criteria:\n- " + unit * (length // len(unit))
        return cpu_cost(lambda data: parse_eligibility(data, nlp=nlp), text)

    cost(500)
    # Four times the text; quadratic work would cost sixteen times as much.
    assert cost(8_000) < 9 * cost(2_000) + 0.1
