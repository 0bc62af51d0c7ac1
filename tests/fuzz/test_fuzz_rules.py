"""Outline, rules and evaluation: whatever the words, a sound tree with sound rules that can be evaluated."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from hostile_inputs import criteria, effort, phrases
from hypothesis import given
from hypothesis import strategies as st
from promises import assert_read, nodes
from random_participants import participants

import parser
from parser.matching import Participant, evaluate, explain
from parser.models import Eligibility

if TYPE_CHECKING:
    from spacy.language import Language

KINDS: Any = st.sampled_from([None, "inclusion", "exclusion"])


@effort(12)
@given(criteria, KINDS)
def test_fuzz_rules_outlines_of_any_text_lose_nothing(text: str, kind: Any) -> None:
    assert_read(parser.parse_eligibility(text, kind=kind, rules=False))


@effort(8)
@given(st.one_of(phrases, criteria), KINDS)
def test_fuzz_rules_of_any_text_are_sound(nlp: Language, text: str, kind: Any) -> None:
    begun = time.process_time()
    eligibility = parser.parse_eligibility(text, kind=kind, nlp=nlp)
    spent = time.process_time() - begun
    assert spent < 2 + len(text) / 1000, f"{spent:.1f} s for {len(text)} characters"
    assert_read(eligibility)
    assert Eligibility.model_validate_json(eligibility.model_dump_json()) == eligibility
    words = eligibility.text or ""
    for criterion in eligibility.walk():
        assert (criterion.rule is not None) == (criterion.role == "rule")
        for node in nodes(criterion.rule) if criterion.rule else ():
            assert all(0 <= start < end <= len(words) for start, end in node.spans), node
            assert str(node)


@effort(6)
@given(st.one_of(phrases, criteria), KINDS, participants(), st.dates(), st.booleans())
def test_fuzz_rules_of_any_text_are_evaluated(
    nlp: Language, text: str, kind: Any, someone: Participant, day: Any, closed: bool
) -> None:
    eligibility = parser.parse_eligibility(text, kind=kind, nlp=nlp)
    for criterion in eligibility.walk():
        if criterion.rule is not None:
            assert evaluate(criterion.rule, someone, on=day, closed_world=closed) in (True, False, None)
            explain(criterion.rule, someone, on=day)
