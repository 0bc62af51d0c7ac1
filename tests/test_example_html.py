"""The example in seven markups says what it says as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from comparison import fields, tree

import parser
from parser.models import Trial

if TYPE_CHECKING:
    from spacy.language import Language

MARKUPS = ("headings", "minified", "nested_lists", "styled_boxes", "tables", "website", "xhtml")


#: Markups that bind "Not reported" to its label, so that its owner is clear.
BOUND = {"nested_lists", "tables", "website", "xhtml"}


@pytest.fixture(scope="module", params=MARKUPS)
def markup(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def source(markup: str, clinconnect: Path) -> bytes:
    return (clinconnect / "sources" / f"example_{markup}.html").read_bytes()


@pytest.fixture(scope="module")
def trial(source: bytes, nlp: Language) -> Trial:
    return parser.parse(source, nlp=nlp)


@pytest.fixture(scope="module")
def expected(clinconnect: Path) -> Trial:
    return Trial.from_json((clinconnect / "expected" / "clinconnect_sepsis.json").read_bytes())


def test_example_html_format(trial: Trial) -> None:
    assert (trial.source.registry, trial.source.format) == ("clinconnect", "html")


def test_example_html_criteria(trial: Trial, expected: Trial) -> None:
    assert tree(trial.eligibility.criteria) == tree(expected.eligibility.criteria)


def test_example_html_fields(trial: Trial, expected: Trial) -> None:
    assert fields(trial) == fields(expected)


def test_example_html_diagnostics(trial: Trial, expected: Trial, markup: str) -> None:
    codes = {one.code for one in expected.diagnostics} - ({"value_owner_unclear"} if markup in BOUND else set())
    assert {one.code for one in trial.diagnostics} == codes


def test_example_html_without_rules(source: bytes, expected: Trial) -> None:
    trial = parser.parse(source, rules=False)
    assert tree(trial.eligibility.criteria, rules=False) == tree(expected.eligibility.criteria, rules=False)


def test_example_html_text_has_no_markup(trial: Trial) -> None:
    assert trial.text is not None
    for leftover in ("<p", "<li", "</", "&lt;", "&nbsp;", "&bull;", "dataLayer", "font-size", "CDATA"):
        assert leftover not in trial.text


def test_example_html_sections_of_the_page(trial: Trial, expected: Trial) -> None:
    assert {one.kind for one in expected.sections} <= {one.kind for one in trial.sections}
