"""Dates: the forms that registers and pages write them in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.normalize.dates import MONTHS, read_date


@pytest.mark.parametrize(
    ("words", "value", "precision"),
    [
        ("Mar 17, 2025", "2025-03-17", "day"),
        ("June 26, 2025", "2025-06-26", "day"),
        ("17 March 2025", "2025-03-17", "day"),
        ("17th of March, 2025", "2025-03-17", "day"),
        ("17-Mar-2025", "2025-03-17", "day"),
        ("Sept. 3 2024", "2024-09-03", "day"),
        ("Monday, 17 March 2025", "2025-03-17", "day"),
        ("March 2025", "2025-03", "month"),
        ("2025-03", "2025-03", "month"),
        ("03/2025", "2025-03", "month"),
        ("2025", "2025", "year"),
        ("2025-03-17", "2025-03-17", "day"),
        ("2015/11/02", "2015-11-02", "day"),
        ("20260805", "2026-08-05", "day"),
        ("2019-04-30T00:00:00.000Z", "2019-04-30", "day"),
        ("2025-09-16T03:39:42.531268872", "2025-09-16", "day"),
        ("2020-02-17 00:00:00", "2020-02-17", "day"),
        ("4/29/2020 3:13:32 PM", "2020-04-29", "day"),
        ("17/03/2025 16:01:13", "2025-03-17", "day"),
        ("17 March 2025 09:30", "2025-03-17", "day"),
        ("17/03/2025", "2025-03-17", "day"),
        ("03/17/2025", "2025-03-17", "day"),
        ("04.04.2024", "2024-04-04", "day"),
        ("29 February 2024", "2024-02-29", "day"),
        ("June\u00a026,\u00a02025", "2025-06-26", "day"),
    ],
)
def test_normalize_dates_reads_common_forms(words: str, value: str, precision: str) -> None:
    found = read_date(words).date
    assert found is not None
    assert (found.value, found.precision, found.raw) == (value, precision, " ".join(words.split()))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Not reported", "explicit_not_reported"),
        ("N/A", "explicit_not_reported"),
        ("-", "explicit_not_reported"),
        ("01/01/1900", "explicit_not_reported"),
        ("1900-01-01", "explicit_not_reported"),
        ("1900-01-01T00:00:00.000Z", "explicit_not_reported"),
        ("01/01/0001", "explicit_not_reported"),
        ("9999-12-31", "explicit_not_reported"),
        ("0000-00-00", "explicit_not_reported"),
        ("00/00/0000", "explicit_not_reported"),
        ("Not applicable", "not_applicable"),
        ("", "label_only"),
        ("30 February 2024", "unparseable"),
        ("Smarch 2024", "unparseable"),
        ("2024-13", "unparseable"),
        ("soon", "unparseable"),
        ("12 2024 7", "unparseable"),
        ("9" * 400, "unparseable"),
    ],
)
def test_normalize_dates_gives_the_reason_for_none(words: str, reason: str) -> None:
    found = read_date(words)
    assert (found.date, found.reason, found.ambiguous) == (None, reason, False)


def test_normalize_dates_never_guesses_the_order_of_day_and_month() -> None:
    assert read_date("03/04/2025").ambiguous
    assert read_date("03/04/2025").date is None
    day_first, month_first = read_date("03/04/2025", order="dmy").date, read_date("03/04/2025", order="mdy").date
    assert day_first is not None
    assert month_first is not None
    assert (day_first.value, month_first.value) == ("2025-04-03", "2025-03-04")
    assert read_date("17/03/2025", order="mdy").reason == "unparseable"


@pytest.mark.parametrize(
    ("words", "value", "kind"),
    [
        ("March 2026 (Estimated)", "2026-03", "anticipated"),
        ("2023-09-01 [Actual]", "2023-09-01", "actual"),
        ("Anticipated: 5 May 2027", "2027-05-05", "anticipated"),
    ],
)
def test_normalize_dates_reads_whether_it_has_come_to_pass(words: str, value: str, kind: str) -> None:
    found = read_date(words)
    assert found.date is not None
    assert (found.date.value, found.kind) == (value, kind)


@given(st.dates(min_value=date(1901, 1, 1)), st.sampled_from(sorted(MONTHS)))
def test_normalize_dates_is_idempotent(day: date, month: str) -> None:
    for words in (day.isoformat(), f"{day.day} {month} {day.year:04}", f"{month.capitalize()} {day.year:04}"):
        found = read_date(words).date
        if found is not None:
            again = read_date(found.value).date
            assert again is not None
            assert (again.value, again.precision) == (found.value, found.precision)


@given(st.text(max_size=80))
def test_normalize_dates_takes_any_words(words: str) -> None:
    found = read_date(words)
    assert (found.date is None) == (found.reason is not None)
