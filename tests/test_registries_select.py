"""Which reader reads a document."""

from __future__ import annotations

import subprocess
import sys

import pytest

from parser.errors import NotATrialError, UsageError
from parser.reading import read
from parser.registries import REGISTRIES, read_trial, select

GENERIC = "Asthma in nurses\nInclusion Criteria\n- Asthma\nExclusion Criteria\n- Smoking\n"
CLINCONNECT = "Asthma in nurses\nLaunched by X · May 1, 2024\nTrial Information\nCurrent as of May 2, 2024\n"


def test_registries_select_prefers_the_registrys_own_reader() -> None:
    assert select(read(CLINCONNECT + GENERIC)).name == "clinconnect"
    assert select(read(GENERIC)).name == "generic"
    assert [row.name for row in REGISTRIES][-1] == "generic"


def test_registries_select_needs_three_of_the_sites_labels() -> None:
    two = "Asthma in nurses\nTrial Information\nCurrent as of May 2, 2024\n"
    assert select(read(two + GENERIC)).name == "generic"
    in_prose = "The trial information is current as of today; patients applied.\n"
    assert select(read(in_prose + GENERIC)).name == "generic"


def test_registries_select_takes_the_reader_that_is_named() -> None:
    assert read_trial(read(CLINCONNECT + GENERIC), registry="generic").source.registry == "generic"


def test_registries_select_refuses_an_unknown_name() -> None:
    with pytest.raises(UsageError, match=r"clinconnect, .*generic.*; found 'nonesuch'"):
        select(read(GENERIC), "nonesuch")


@pytest.mark.parametrize("data", ['{"title": "Asthma"}', "<trial><title>Asthma</title></trial>"])
def test_registries_select_refuses_records_that_no_registry_writes(data: str) -> None:
    document = read(data)
    with pytest.raises(NotATrialError, match="Expected the page of one clinical trial"):
        select(document)
    with pytest.raises(NotATrialError, match=f"found {document.format}"):
        select(document, "generic")


def test_registries_select_refuses_prose() -> None:
    with pytest.raises(NotATrialError, match="Expected the page of one clinical trial"):
        select(read("It was a dark and stormy night."))


def test_registries_select_imports_readers_when_they_are_needed() -> None:
    code = "import sys, parser.registries; print([m for m in sys.modules if m.startswith('parser.registries.')])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "clinconnect" not in shown
    assert "vocabulary" not in shown
