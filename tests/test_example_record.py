"""The example page gives the whole record that was written by hand from it.

`fixtures/clinconnect/expected/clinconnect_sepsis.json` is complete: what it leaves out must be absent or empty.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from comparison import labelled_characters, led_back, said, tree

import parser
from parser.models import Diagnostic, Trial

if TYPE_CHECKING:
    from spacy.language import Language

#: Compared piece by piece below.
_APART = {"source", "eligibility", "provenance", "diagnostics"}


@pytest.fixture(scope="module")
def expected(clinconnect: Path) -> Trial:
    return Trial.from_json((clinconnect / "expected" / "clinconnect_sepsis.json").read_bytes())


@pytest.fixture(scope="module")
def trial(clinconnect: Path, nlp: Language) -> Trial:
    return parser.parse((clinconnect / "sources" / "clinconnect_sepsis.txt").read_bytes(), nlp=nlp)


@pytest.mark.parametrize("name", sorted(set(Trial.model_fields) - _APART))
def test_example_record_field(trial: Trial, expected: Trial, name: str) -> None:
    assert trial.model_dump().get(name) == expected.model_dump().get(name)


def test_example_record_source(trial: Trial, expected: Trial) -> None:
    without_version = {"parser_version"}
    assert trial.source.model_dump(exclude=without_version) == expected.source.model_dump(exclude=without_version)


def test_example_record_provenance(trial: Trial, expected: Trial) -> None:
    assert trial.provenance == expected.provenance


def test_example_record_diagnostics(trial: Trial, expected: Trial) -> None:
    """The same findings about the same places; a finding may name a part of the field and of the words."""

    def by_code(record: Trial) -> dict[str, Diagnostic]:
        assert len({one.code for one in record.diagnostics}) == len(record.diagnostics)
        return {one.code: one for one in record.diagnostics}

    actual, right = by_code(trial), by_code(expected)
    assert {code: one.severity for code, one in actual.items()} == {code: one.severity for code, one in right.items()}
    for code, one in right.items():
        assert f"{actual[code].pointer}/".startswith(f"{one.pointer}/"), code
        assert _lies_in(actual[code].span, one.span), code
        assert actual[code].message.strip(), code


def _lies_in(span: tuple[int, int] | None, around: tuple[int, int] | None) -> bool:
    if span is None or around is None:
        return span == around
    return around[0] <= span[0] < span[1] <= around[1]


_ELIGIBILITY_APART = {"map", "stated_age", "criteria", "segments", "coverage"}


def test_example_eligibility_fields(trial: Trial, expected: Trial) -> None:
    actual = trial.eligibility.model_dump(exclude=_ELIGIBILITY_APART)
    assert actual == expected.eligibility.model_dump(exclude=_ELIGIBILITY_APART)


def test_example_eligibility_stated_age(trial: Trial, expected: Trial) -> None:
    assert trial.eligibility.stated_age is not None
    assert expected.eligibility.stated_age is not None
    assert said(trial.eligibility.stated_age.model_dump()) == said(expected.eligibility.stated_age.model_dump())


def test_example_eligibility_map(trial: Trial, expected: Trial) -> None:
    text = expected.eligibility.text
    assert trial.eligibility.text == text
    assert text is not None
    assert led_back(text, trial.eligibility.map) == led_back(text, expected.eligibility.map)


def test_example_eligibility_criteria(trial: Trial, expected: Trial) -> None:
    assert tree(trial.eligibility.criteria) == tree(expected.eligibility.criteria)


def test_example_eligibility_criteria_places(trial: Trial, expected: Trial) -> None:
    def places(record: Trial) -> list[tuple[Any, ...]]:
        return [(one.id, one.span, one.marker, one.scope, one.flags) for one in record.eligibility.walk()]

    assert places(trial) == places(expected)


def test_example_eligibility_segments(trial: Trial, expected: Trial) -> None:
    text = expected.eligibility.text
    assert text is not None
    actual = labelled_characters(text, trial.eligibility.segments)
    assert actual == labelled_characters(text, expected.eligibility.segments)


def test_example_eligibility_coverage(trial: Trial, expected: Trial) -> None:
    assert trial.eligibility.coverage.model_dump() == pytest.approx(
        expected.eligibility.coverage.model_dump(), abs=1e-4
    )


# --- the reading without rules -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outlined(clinconnect: Path) -> Trial:
    return parser.parse((clinconnect / "sources" / "clinconnect_sepsis.txt").read_bytes(), rules=False)


@pytest.mark.parametrize("name", sorted(set(Trial.model_fields) - _APART))
def test_example_without_rules_field(outlined: Trial, expected: Trial, name: str) -> None:
    assert outlined.model_dump().get(name) == expected.model_dump().get(name)


def test_example_without_rules_criteria(outlined: Trial, expected: Trial) -> None:
    assert tree(outlined.eligibility.criteria, rules=False) == tree(expected.eligibility.criteria, rules=False)
    assert [one.span for one in outlined.eligibility.walk()] == [one.span for one in expected.eligibility.walk()]
    assert all(one.rule is None for one in outlined.eligibility.walk())


def test_example_without_rules_nothing_is_structured(outlined: Trial, expected: Trial) -> None:
    text = expected.eligibility.text
    assert text is not None
    kinds = labelled_characters(text, expected.eligibility.segments)
    unread = {place: "unstructured" if kind == "structured" else kind for place, kind in kinds.items()}
    assert labelled_characters(text, outlined.eligibility.segments) == unread
    assert outlined.eligibility.coverage.structured == 0
    assert outlined.eligibility.stated_age is None


def test_example_without_rules_provenance(outlined: Trial, expected: Trial) -> None:
    assert outlined.provenance == expected.provenance


def test_example_eligibility_stated_age_canonical(trial: Trial, expected: Trial) -> None:
    assert trial.eligibility.stated_age == expected.eligibility.stated_age
