"""Flat tables: what a row holds, CSV that is never calculated, and the workbook."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given, settings

import parser
from parser.export.csv_file import FORMULA_STARTS
from parser.export.tables import CRITERION_COLUMNS, TRIAL_COLUMNS
from parser.models import Trial
from tests.random_trials import leaves, trials
from tests.sample_trial import sample_trial
from tests.whole_trial import event, whole

#: What is no word of the trial's own: how it was read, and what a column says by its heading or by another value.
BOOKKEEPING = re.compile(
    r"/(?:schema|source/(?!record_url)|text|sections|provenance|absent|diagnostics|eligibility/(?!text))|"
    r".*/(?:raw|precision|label|scheme|role|event|rank)$"
)


def rows(trial: Trial, target: str) -> list[dict[str, str]]:
    text = parser.export(trial, target).to_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Trial", "ISRCTN48231507"),
        ("Title", "Tea for nurses"),
        ("Other numbers", "isrctn: ISRCTN48231507\nsponsor: TEA-4"),
        ("Status", "recruiting"),
        ("Study type", "interventional"),
        ("Enrolment planned", "120"),
        ("Conditions", "Sleepiness"),
        ("Interventions", "Green tea"),
        ("Primary outcomes", "Alertness [8 hours]"),
        ("Secondary outcomes", "Mood"),
        ("Sponsor", "Orla Hospital"),
        ("Secondary sponsors", "Galway University"),
        ("Countries", "Ireland"),
        ("Contacts", "Maeve Tully, public, maeve@orla.example\nFinn Daly, scientific, +353 91 555 0199"),
        ("Registered", "2024-01-10"),
        ("Start", "2024-02-01"),
        ("Completion", "2025-06"),
        ("Inclusion criteria", "1"),
        ("Exclusion criteria", "1"),
        ("Data sharing", "no"),
    ],
)
def test_export_tables_a_trial_is_a_row(column: str, cell: str) -> None:
    (row,) = rows(whole(), "trials-csv")
    assert row[column] == cell


def test_export_tables_a_criterion_is_a_row_with_its_rule_in_words() -> None:
    found = rows(sample_trial(), "criteria-csv")
    assert [(row["Criterion"], row["As written"], row["Rule in words"], row["Understood"]) for row in found] == [
        ("inclusion.1", "Age: 18 years or older", "age 18 years or older", "yes"),
        ("inclusion.2", "Any of:", "any of: Sepsis; “Good sense” (not structured: vague)", "in part"),
        ("inclusion.2.1", "Sepsis", "Sepsis", "yes"),
        ("inclusion.2.2", "Good sense", "“Good sense” (not structured: vague)", "no"),
    ]
    assert [row["Applies to"] for row in found] == ["", "", "", "Part A"]
    assert {row["Trial"] for row in found} == {"NCT01234567"}


def test_export_tables_every_rule_is_a_loss_with_its_words() -> None:
    found = {loss.pointer: loss for loss in parser.export(sample_trial(), "criteria-csv").losses}
    assert found["/eligibility/criteria/1/criteria/0/rule"].written == "Sepsis"
    assert found["/eligibility/criteria/0/rule"].reason == "rule_as_text"


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_export_tables_no_cell_of_csv_is_calculated(start: str) -> None:
    trial = whole().model_copy(update={"title": f"{start}HYPERLINK(1)", "acronym": f"a{start}b"})
    (row,) = rows(trial, "trials-csv")
    assert row["Title"] == f"'{start}HYPERLINK(1)"
    assert row["Acronym"] == f"a{start}b"
    assert "quoted" in {loss.reason for loss in parser.export(trial, "trials-csv").losses if loss.pointer == "/title"}


@pytest.mark.parametrize("target", ["trials-csv", "criteria-csv", "xlsx"])
def test_export_tables_what_no_column_holds_is_a_loss(target: str) -> None:
    assert _silently_dropped(whole(), target) == []


@pytest.mark.parametrize("target", ["trials-csv", "criteria-csv", "xlsx"])
@settings(max_examples=6, deadline=None)
@given(trial=trials())
def test_export_tables_what_no_column_holds_is_a_loss_of_any_record(target: str, trial: Trial) -> None:
    assert _silently_dropped(trial, target) == []


def _silently_dropped(trial: Trial, target: str) -> list[str]:
    """Return the pointers of filled fields that stand in no cell in the words of the record, and that no loss names."""
    sent = parser.export(trial, target)
    text = " ".join(_words(sent.document).split())
    lost = {loss.pointer for loss in sent.losses}
    return [
        pointer
        for pointer, _, words in leaves(trial.model_dump())
        if not BOOKKEEPING.match(pointer)
        and words not in text
        and not any(pointer == each or pointer.startswith(f"{each}/") for each in lost)
    ]


def _words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(_words(each) for each in value)
    if hasattr(value, "criteria"):
        return _words([value.trial, value.criteria])
    return str(value)


@pytest.mark.parametrize(
    ("timeline", "lost"),
    [
        ([event("start", "2024"), event("start", "2025"), event("launched", "2023")], {"/timeline/1", "/timeline/2"}),
        ([event("start", "2024", kind="actual")], {"/timeline/0/kind"}),
        ([event("start", None), event("start", "2025")], {"/timeline/0"}),
    ],
)
def test_export_tables_of_each_kind_of_event_the_first_date_has_a_column(timeline: list[Any], lost: set[str]) -> None:
    trial = whole().model_copy(update={"timeline": timeline})
    found = {loss.pointer for loss in parser.export(trial, "trials-csv").losses}
    assert {pointer for pointer in found if pointer.startswith("/timeline")} == lost
    assert rows(trial, "trials-csv")[0]["Start"] == next(one.date.value for one in timeline if one.date)


def test_export_tables_csv_has_one_heading_for_many_trials() -> None:
    from parser.export import find_target

    target = find_target("criteria-csv")
    stream = io.BytesIO()
    target.write([target.convert(sample_trial())[0]] * 3, stream)
    lines = list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))
    assert [name for name, _ in CRITERION_COLUMNS] == lines[0]
    assert len(lines) == 1 + 3 * 4


def sheets(content: bytes) -> Any:
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra xlsx")
    return openpyxl.load_workbook(io.BytesIO(content))


def test_export_tables_workbook_has_both_tables() -> None:
    book = sheets(parser.export(sample_trial(), "xlsx").to_bytes())
    assert book.sheetnames == ["Trials", "Criteria"]
    trials, criteria = book["Trials"], book["Criteria"]
    assert [cell.value for cell in trials[1]] == [column.name for column in TRIAL_COLUMNS]
    assert trials["A2"].value == "NCT01234567"
    assert [cell.value for cell in criteria["G"]][1:3] == [
        "age 18 years or older",
        "any of: Sepsis; “Good sense” (not structured: vague)",
    ]
    assert criteria["I2"].value == 1.0
    assert (trials.freeze_panes, criteria.auto_filter.ref) == ("B2", "A1:J5")


def test_export_tables_no_cell_of_a_workbook_is_a_formula() -> None:
    trial = whole().model_copy(update={"title": "=1+1", "acronym": "@SUM(A1)", "scientific_title": "tea\x01\x0b"})
    book = sheets(parser.export(trial, "xlsx").to_bytes())
    cells = {cell.value: cell.data_type for row in book["Trials"].iter_rows() for cell in row if cell.value is not None}
    assert (cells["=1+1"], cells["@SUM(A1)"], cells["tea"]) == ("s", "s", "s")
    assert "f" not in cells.values()


def test_export_tables_a_text_too_long_for_a_cell_is_cut_and_named() -> None:
    trial = whole().model_copy(update={"scientific_title": "tea " * 10_000})
    sent = parser.export(trial, "xlsx")
    assert [loss.reason for loss in sent.losses if loss.pointer == "/scientific_title"] == ["truncated"]
    assert len(sheets(sent.to_bytes())["Trials"]["D2"].value) == 32_767


def test_export_tables_rows_of_a_workbook_are_as_high_as_their_lines() -> None:
    """A row's height holds a line of 14 points for each line of its fullest cell: heights are not set by programs."""
    trial = whole().model_copy(update={"keywords": [f"tea {number}" for number in range(12)]})
    book = sheets(parser.export(trial, "xlsx").to_bytes())
    assert 12 * 14 <= book["Trials"].row_dimensions[2].height <= 13 * 15
    long = whole().model_copy(update={"keywords": [f"tea {number}" for number in range(99)]})
    assert sheets(parser.export(long, "xlsx").to_bytes())["Trials"].row_dimensions[2].height == 409
