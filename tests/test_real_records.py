"""Real records of the world's registers, read in place beside the project and skipped where they are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import parser
from parser.models import ParseResult, Trial
from parser.reading.document import Document
from parser.text import is_blank, mended_words
from tests.evaluation import places
from tests.evaluation.registries import evaluate, expectations, records_with_documents

#: Names of fields, of every register at hand, that no value of a field may be: the label of the next one was taken.
LABELS = frozenset(
    """public title|scientific title|brief title|official title|acronym|study acronym|trial acronym|primary sponsor|
    secondary sponsor|recruitment status|overall recruitment status|study type|study design|phase|target size|
    target sample size|sample size|gender|sex|minimum age|maximum age|age minimum|age maximum|inclusion criteria|
    exclusion criteria|key inclusion criteria|key exclusion criteria|countries of recruitment|date of registration|
    date registered|date of first enrolment|date of first enrollment|primary outcome|primary outcomes|
    secondary outcome|secondary outcomes|primary outcome(s)|secondary outcome(s)|contact for public queries|
    contact for scientific queries|public contact|scientific contact|health condition(s) or problem(s) studied|
    intervention(s)|interventions|source(s) of monetary or material support|ethics review|completion date|
    universal trial number (utn)|secondary id|secondary ids|trial status|eudract number|last update|timepoint|
    funding source|ipd sharing statement|study start date|allocation|masking|blinding""".replace("\n    ", "").split(
        "|"
    )
)
#: Where records keep their criteria, by the name of the field.
CRITERIA = re.compile(
    r"(?:key|principal|main)?_?\s?(?:inclusion|exclusion)(?:[_\s]?criteria)?|eligibilitycriteria", re.IGNORECASE
)
_HEADING = re.compile(r"(?:inclusion|exclusion|criteria|key|main|principal)")


@dataclass(frozen=True)
class Source:
    """A file and what reading it gave."""

    name: str
    results: list[ParseResult]

    records: list[tuple[Trial, Document]]


@cache
def _read(folder: Path) -> list[Source]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [_source(path, path.relative_to(folder).as_posix()) for path in paths]


def _source(path: Path, name: str) -> Source:
    results = list(parser.parse_records(path, rules=False))
    return Source(name, results, list(records_with_documents(path, results)))


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    found = shared_data / "registries"
    if not found.is_dir():
        pytest.skip("needs the real records in ../shared/data/registries, which are no part of the project")
    return found


@pytest.fixture(scope="module")
def sources(folder: Path) -> list[Source]:
    return _read(folder)


@pytest.fixture(scope="module")
def trials(sources: list[Source]) -> list[Source]:
    """The files that hold trials."""
    return [source for source in sources if source.name not in expectations()["errors"]]


def test_real_records_that_are_no_trials_fail_as_they_must(sources: list[Source]) -> None:
    found = {
        source.name: [(result.status, [one.code for one in result.diagnostics]) for result in source.results]
        for source in sources
        if source.name in expectations()["errors"]
    }
    assert found == {name: [("failed", [error["code"]])] for name, error in expectations()["errors"].items()}


def test_real_records_of_every_other_file_are_read(trials: list[Source]) -> None:
    failed = [
        (source.name, found.code, found.message)
        for source in trials
        for result in source.results
        if result.trial is None
        for found in result.diagnostics
    ]
    assert failed == []
    assert [source.name for source in trials if not source.results] == []


def test_real_records_have_an_identifier_and_a_title(trials: list[Source]) -> None:
    without = [
        (source.name, number)
        for source in trials
        for number, (trial, _) in enumerate(source.records)
        if not any(one.role == "primary" for one in trial.identifiers) or not (trial.title or trial.scientific_title)
    ]
    assert without == []


def test_real_records_hold_the_criteria_of_their_source(trials: list[Source]) -> None:
    """Every word of the source's criteria is kept, but for the headings that name its fields: most in the text,
    other languages in the translations, answers on ages that stand among the criteria with the other values."""
    lost = [
        (source.name, trial.identifiers[0].value, sorted(words)[:8])
        for source in trials
        for trial, document in source.records
        if (words := _words(source_criteria(document)) - _words(_kept(trial)))
    ]
    assert lost == []


def test_real_records_lead_back_to_their_source(trials: list[Source]) -> None:
    wrong = [
        (source.name, problem)
        for source in trials
        for trial, document in source.records
        for problem in places.problems(trial, document)
    ]
    assert wrong == []


def test_real_records_tile_the_criteria(trials: list[Source]) -> None:
    for source in trials:
        for trial, _ in source.records:
            text = trial.eligibility.text or ""
            owners = [0] * len(text)
            for segment in trial.eligibility.segments:
                for at in range(*segment.span):
                    owners[at] += 1
            assert all(is_blank(text[at]) or owner == 1 for at, owner in enumerate(owners)), source.name
            shares = trial.eligibility.coverage.model_dump().values()
            assert sum(shares) == pytest.approx(1 if text.strip() else 0), source.name


def test_real_records_hold_no_label_as_a_value(trials: list[Source]) -> None:
    taken = [
        (source.name, pointer, value)
        for source in trials
        for trial, _ in source.records
        for pointer, value in _strings(trial.model_dump(include=_FIELDS, exclude_none=True), "")
        if value.casefold().strip(" :") in LABELS
    ]
    assert taken == []


def test_real_records_meet_their_floors(folder: Path) -> None:
    assert evaluate(folder)["problems"] == []


#: The fields of a record, without what is about them.
_FIELDS = set(Trial.model_fields) - {"provenance", "absent", "diagnostics", "sections", "extra", "source", "text"}


#: What is no value of the source's: our own words for kinds and roles, the criteria's text and outline.
_NO_VALUES = {"label", "text", "segments", "parts", "criteria", "role", "rank", "scheme"}


def _strings(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NO_VALUES:
                yield from _strings(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _strings(inner, f"{pointer}/{number}")


def source_criteria(document: Document) -> str:
    """The criteria of a record, found by the names of its fields alone; those of a page are left to other tests."""
    if document.format == "xml":
        tree: Any = document.tree
        return " ".join(
            "".join(element.itertext())
            for element in tree.iter()
            if isinstance(element.tag, str) and (CRITERIA.fullmatch(element.tag) or element.tag == "criteria")
            if element.tag != "criteria" or element.find("textblock") is not None
        )
    return " ".join(_criteria_below(document.tree)) if document.tree is not None else ""


def _kept(trial: Trial) -> str:
    others = [entry.value for entry in trial.extra] + [entry.text for entry in trial.translations]
    return "\n".join([trial.eligibility.text or "", *(other for other in others if other)])


def _criteria_below(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _criteria_below(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str) and CRITERIA.fullmatch(name):
                yield inner
            else:
                yield from _criteria_below(inner)


def _words(text: str) -> set[str]:
    plain = mended_words(text).casefold()
    return {word for word in re.findall(r"[^\W_]+", plain) if not _HEADING.fullmatch(word)}
