"""The promises on every real text at hand, and evaluation of the rules that real texts give."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from promises import assert_read, assert_sound
from random_participants import participants
from spacy.language import Language

import parser
from parser.matching import Participant, evaluate, verdict
from parser.models import Eligibility

#: Of so many texts, one is read with rules: those take a hundred times as long.
_SPREAD = 400
#: Of so many, one is read in an everyday run; all of them in the longer profile.
_EVERYDAY = 20


def texts(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "eligibility_text").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def share() -> int:
    return 1 if settings.default.max_examples > 100 else _EVERYDAY


def test_hostile_corpora_outlines_of_real_texts_lose_nothing(shared_data: Path) -> None:
    read = 0
    for text in list(texts(shared_data))[:: share()]:
        assert_read(parser.parse_eligibility(text, rules=False))
        read += 1
    assert read > 250


def test_hostile_corpora_records_of_the_portal_keep_every_promise(shared_data: Path) -> None:
    read = 0
    for path in sorted((shared_data / "registries" / "ictrp_export").glob("*.jsonl")):
        rows = path.read_bytes().splitlines()[:: share()]
        for result in parser.parse_records(b"\n".join(rows), rules=False):
            assert result.trial is not None, result.diagnostics
            assert_sound(result.trial)
            read += 1
    assert read > 50


@pytest.fixture(scope="module")
def with_rules(shared_data: Path, nlp: Language) -> list[Eligibility]:
    return [parser.parse_eligibility(text, nlp=nlp) for text in list(texts(shared_data))[7::_SPREAD]]


def test_hostile_corpora_rules_of_real_texts_lose_nothing(with_rules: list[Eligibility]) -> None:
    assert len(with_rules) >= 12
    for eligibility in with_rules:
        assert_read(eligibility)
        assert all((one.rule is not None) == (one.role == "rule") for one in eligibility.walk())
        assert Eligibility.model_validate_json(eligibility.model_dump_json()) == eligibility


@settings(max_examples=max(10, settings.default.max_examples // 20), deadline=None, phases=[Phase.generate])
@given(
    someone=participants(), on=st.dates(date(1990, 1, 1), date(2040, 1, 1)), closed=st.booleans(), seed=st.integers()
)
def test_hostile_corpora_rules_of_real_texts_are_evaluated(
    with_rules: list[Eligibility], someone: Participant, on: date, closed: bool, seed: int
) -> None:
    for eligibility in random.Random(seed).sample(with_rules, 3):
        verdict(eligibility, someone, on=on, closed_world=closed)
        for criterion in eligibility.walk():
            if criterion.rule is not None:
                assert evaluate(criterion.rule, someone, on=on, closed_world=closed) in (True, False, None)
