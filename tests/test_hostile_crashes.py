"""What fuzzing found, each crash in its smallest form."""

from __future__ import annotations

from spacy.language import Language

import parser
from parser.models import Eligibility


def test_hostile_crashes_lone_surrogate_in_criteria(nlp: Language) -> None:
    eligibility = parser.parse_eligibility("asthma \ud800", nlp=nlp)
    assert eligibility.text == "asthma \ufffd"
    assert Eligibility.model_validate_json(eligibility.model_dump_json()) == eligibility
