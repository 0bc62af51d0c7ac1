"""The evaluation itself: places that do not lead back are found, and its tables fit the readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.models import Trial
from parser.models.trial import Provenance
from parser.reading import read
from parser.reading.document import Document
from parser.registries import REGISTRIES, read_trial
from tests.evaluation import places
from tests.evaluation.__main__ import main, names
from tests.evaluation.registries import FIELDS, expectations

DOCS = Path(__file__).parents[1] / "docs" / "registries.md"


@pytest.fixture
def parsed(clinconnect: Path) -> tuple[Trial, Document]:
    document = read((clinconnect / "sources" / "clinconnect_sepsis.txt").read_bytes())
    return read_trial(document), document


def test_evaluation_places_accepts_a_record_that_leads_back(parsed: tuple[Trial, Document]) -> None:
    assert list(places.problems(*parsed)) == []


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("/title", Provenance(span=(0, 0))),
        ("/title", Provenance(span=(0, 10**6))),
        ("/title", Provenance(span=(100, 120))),
        ("/title", Provenance(path="/no/such/place")),
        ("/title", Provenance()),
        ("/nothing", Provenance(span=(0, 10))),
        ("/locations/7/raw", Provenance(span=(0, 10))),
    ],
)
def test_evaluation_places_finds_wrong_places(parsed: tuple[Trial, Document], pointer: str, place: Provenance) -> None:
    trial, document = parsed
    trial.provenance = {pointer: place}
    assert len(list(places.problems(trial, document))) == 1


def test_evaluation_expectations_fit_the_readers() -> None:
    readers = {row.name for row in REGISTRIES}
    for registry, floors in expectations()["floors"].items():
        assert registry in readers
        assert set(floors) <= set(FIELDS)
        assert all(0 < floor <= 1 for floor in floors.values())


def test_evaluation_command_names_the_evaluations(capsys: pytest.CaptureFixture[str]) -> None:
    assert "registries" in names()
    assert main(["no such evaluation", "."]) == 2
    assert "registries" in capsys.readouterr().err


def test_docs_registries_tell_every_reader() -> None:
    page = DOCS.read_text("utf-8")
    assert [row.name for row in REGISTRIES if f"`{row.name}`" not in page] == []
