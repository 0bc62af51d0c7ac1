"""Streams of records through the whole way: results, failures, limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import parser
from parser import Limits, MultipleRecordsError
from parser.registries import read_trial

ROW = {
    "TrialID": "NCT04999901",
    "Public title": "Walking after surgery",
    "Source Register": "ClinicalTrials.gov",
    "Inclusion Criteria": "Inclusion Criteria:<br>- Adults<br>Exclusion Criteria:<br>- Fever",
}


def lines(*rows: Any) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def test_pipeline_records_yield_one_result_each() -> None:
    second = {**ROW, "TrialID": "NCT04999902"}
    results = list(parser.parse_records(lines(ROW, second), rules=False))
    assert [result.status for result in results] == ["success", "success"]
    assert [result.trial.identifiers[0].value for result in results if result.trial] == ["NCT04999901", "NCT04999902"]
    first = results[0]
    assert first.trial is not None
    assert [one.id for one in first.trial.eligibility.walk()] == ["inclusion.1", "exclusion.1"]
    assert first.source == first.trial.source
    assert first.timings["cpu"] >= 0


def test_pipeline_records_bad_ones_are_data() -> None:
    results = list(parser.parse_records(lines(ROW, '{"TrialID": ', {"x": 1}, ROW), rules=False))
    assert [result.status for result in results] == ["success", "failed", "failed", "success"]
    assert [result.diagnostics[0].code for result in results[1:3]] == ["unreadable_input", "not_a_trial"]
    assert results[1].trial is None


def test_pipeline_records_limit_is_a_skipped_result() -> None:
    results = list(parser.parse_records(lines(ROW, ROW, ROW), rules=False, limits=Limits(records=2)))
    assert [result.status for result in results] == ["success", "success", "skipped"]
    assert results[2].diagnostics[0].code == "limit_exceeded"


def test_pipeline_records_bug_ends_no_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    def buggy(document: Any, **options: Any) -> parser.Trial:
        if document.tree["TrialID"] == "bug":
            raise ZeroDivisionError("of ours")
        return read_trial(document, **options)

    monkeypatch.setattr("parser.pipeline.read_trial", buggy)
    results = list(parser.parse_records(lines(ROW, {**ROW, "TrialID": "bug"}, ROW), rules=False))
    assert [result.status for result in results] == ["success", "failed", "success"]
    assert results[1].diagnostics[0].code == "internal_error"
    assert "ZeroDivisionError" in results[1].diagnostics[0].message


def test_pipeline_records_wrong_argument_is_raised() -> None:
    with pytest.raises(parser.UsageError):
        list(parser.parse_records(lines(ROW), registry="no such"))


def test_pipeline_parse_refuses_several_records(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines(ROW, ROW))
    with pytest.raises(MultipleRecordsError, match="parse_records"):
        parser.parse(lines(ROW, ROW))
    with pytest.raises(MultipleRecordsError, match="parse_records"):
        parser.parse_file(path)


def test_pipeline_parse_takes_a_container_of_one() -> None:
    assert parser.parse(json.dumps([ROW]), rules=False).title == "Walking after surgery"
    assert parser.parse(json.dumps({"studies": [ROW]}), rules=False).title == "Walking after surgery"


def test_pipeline_records_are_read_as_needed(tmp_path: Path) -> None:
    """The first result comes before the rest of a source is looked at: here, a broken end."""
    path = tmp_path / "rows.json"
    rows = ",".join([json.dumps(ROW)] * 5_000)
    path.write_text(f"[{rows},")
    stream = parser.parse_records(path, rules=False)
    assert next(stream).status == "success"
