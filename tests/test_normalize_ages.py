"""Age fields: lines with both limits, and fields with one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.models import Range
from parser.normalize.ages import join_limits, read_age_limit, read_ages


def _bounds(found: Range | None) -> tuple[Any, ...] | None:
    if found is None:
        return None
    return (found.low, found.low_inclusive, found.high, found.high_inclusive, found.ucum)


@pytest.mark.parametrize(
    ("words", "bounds", "assumed"),
    [
        ("18 - 65 years", (18, True, 65, True, "a"), False),
        ("18 Years to 65 Years", (18, True, 65, True, "a"), False),
        ("between 18 and 75 years old", (18, True, 75, True, "a"), False),
        ("Ages 18-65", (18, True, 65, True, "a"), True),
        ("0–65", (0, True, 65, True, "a"), True),
        ("18+", (18, True, None, None, "a"), True),
        ("18 Years and older", (18, True, None, None, "a"), False),
        ("18 years or older (Adult, Older Adult)", (18, True, None, None, "a"), False),
        ("at least 18 years", (18, True, None, None, "a"), False),
        ("≥ 18 years", (18, True, None, None, "a"), False),
        ("Over 18", (18, False, None, None, "a"), True),
        ("older than 60 years", (60, False, None, None, "a"), False),
        ("Up to 6 Months", (None, None, 6, True, "mo"), False),
        ("65 years and younger", (None, None, 65, True, "a"), False),
        ("younger than 12 weeks", (None, None, 12, False, "wk"), False),
        ("under 18", (None, None, 18, False, "a"), True),
        ("20years-old<=", (20, True, None, None, "a"), False),
        ("6 Months to 5 Years", (6, True, 60, True, "mo"), False),
        # UCUM defines the year as 365.25 days.
        ("28 Days to 2 Years", (28, True, 730.5, True, "d"), False),
        ("30 minutes to 2 hours", (30, True, 120, True, "min"), False),
        ("2.5 years to 7 years", (2.5, True, 7, True, "a"), False),
    ],
)
def test_normalize_ages_reads_lines(words: str, bounds: tuple[Any, ...], assumed: bool) -> None:
    found = read_ages(words)
    assert _bounds(found.range) == bounds
    assert (found.reason, found.unit_assumed) == (None, assumed)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("No limit", "no_limit"),
        ("All ages", "no_limit"),
        ("N/A", "explicit_not_reported"),
        ("65-18 years", "unparseable"),
        ("18 to physiologic 79", "unparseable"),
        ("adults of working age", "unparseable"),
        ("18", "unparseable"),
        ("> 18 years and younger", "unparseable"),
    ],
)
def test_normalize_ages_gives_the_reason_for_none(words: str, reason: str) -> None:
    assert (read_ages(words).range, read_ages(words).reason) == (None, reason)


def test_normalize_ages_keeps_the_unit_as_written() -> None:
    found = read_ages("18 Years to 65 Years").range
    assert found is not None
    assert found.unit == "Years"


def test_normalize_ages_reads_named_groups() -> None:
    assert read_ages("Adult, Older Adult").groups == ("adult", "older_adult")
    assert read_ages("18 Years and older (Adult, Older Adult)").groups == ("adult", "older_adult")


@pytest.mark.parametrize(
    ("low", "high", "bounds"),
    [
        ("18 Years", "65 Years", (18, True, 65, True, "a")),
        ("6 Months", "12 Years", (6, True, 144, True, "mo")),
        ("18 Years", "No limit", (18, True, None, None, "a")),
        ("N/A", "17 Years", (None, None, 17, True, "a")),
        ("N/A", "N/A", None),
        ("20Y", "70Y", (20, True, 70, True, "a")),
        ("60(Year)", "80(Year)", (60, True, 80, True, "a")),
        (">= 20age old", "<= 85age old", (20, True, 85, True, "a")),
        (">= 20age old", "< 75age old", (20, True, 75, False, "a")),
        ("20years-old", "Not applicable", (20, True, None, None, "a")),
        ("19 Year(s)", "44 Year(s)", (19, True, 44, True, "a")),
        ("18 years.", "None", (18, True, None, None, "a")),
        ("18 Years", "999 Years", (18, True, None, None, "a")),
        ("18 Years", "0 N/A (No limit)", (18, True, None, None, "a")),
        ("18", "0", (18, True, None, None, "a")),
        ("60 Years", "65+", (60, True, None, None, "a")),
        ("70 Years", "18 Years", None),
    ],
)
def test_normalize_ages_joins_two_fields(low: str, high: str, bounds: tuple[Any, ...] | None) -> None:
    joined = join_limits(read_age_limit(low, "low").range, read_age_limit(high, "high").range)
    assert _bounds(joined) == bounds


def test_normalize_ages_reads_a_bare_number_as_the_limit_that_the_field_holds() -> None:
    found = read_age_limit("18", "low")
    assert _bounds(found.range) == (18, True, None, None, "a")
    assert found.unit_assumed


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["years", "months", "weeks", "days"]))
def test_normalize_ages_reads_any_pair_of_limits(low: int, span: int, unit: str) -> None:
    found = read_ages(f"{low} - {low + span} {unit}").range
    assert found is not None
    assert (found.low, found.high, found.unit) == (low, low + span, unit)


@given(st.text(alphabet="0123456789 -+<>=≥yearsmonthdoltp.", max_size=60))
def test_normalize_ages_takes_any_words(words: str) -> None:
    found = read_ages(words)
    assert (found.range is None and not found.groups) == (found.reason is not None)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("N/A", "no_limit"),
        ("Not applicable", "no_limit"),
        ("no maximum age", "no_limit"),
        ("999 Years", "no_limit"),
        ("0 N/A (No limit)", "no_limit"),
        ("-", "explicit_not_reported"),
        ("", "label_only"),
        ("Days", "unparseable"),
        ("??", "unparseable"),
    ],
)
def test_normalize_ages_tells_no_limit_from_no_answer(words: str, reason: str) -> None:
    found = read_age_limit(words, "high")
    assert (found.range, found.reason) == (None, reason)


def test_normalize_ages_takes_years_for_granted_only_where_told() -> None:
    assert read_age_limit("18", "low", bare_means_years=False).reason == "unparseable"
    assert _bounds(read_age_limit("18 Months", "low", bare_means_years=False).range) == (18, True, None, None, "mo")


def test_normalize_ages_keeps_a_lowest_age_of_zero() -> None:
    assert _bounds(read_age_limit("0", "low").range) == (0, True, None, None, "a")
