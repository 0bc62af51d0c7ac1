"""Ranges, windows and partial dates say what the contract lets them say."""

import json

import pytest
from pydantic import ValidationError

from parser.models import Concept, Limits, PartialDate, Range, Window
from parser.models.values import CanonicalRange


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"low": 18}, {"low": 18, "low_inclusive": True}),
        ({"high": 65}, {"high": 65, "high_inclusive": True}),
        ({"low": 18, "low_inclusive": False}, {"low": 18, "low_inclusive": False}),
        ({"low": 0, "high": 65}, {"low": 0, "low_inclusive": True, "high": 65, "high_inclusive": True}),
        ({"value": 450, "unit": "ms"}, {"value": 450, "unit": "ms"}),
        ({"low": 1.5, "relative_to": "ULN"}, {"low": 1.5, "low_inclusive": True, "relative_to": "ULN"}),
        ({}, {}),
    ],
)
def test_models_values_range_is_inclusive_unless_said(given: dict[str, object], written: dict[str, object]) -> None:
    assert json.loads(Range(**given).model_dump_json()) == written


def test_models_values_range_keeps_numbers_as_written() -> None:
    assert Range(low=2, high=2.5).model_dump_json() == (
        '{"low":2,"low_inclusive":true,"high":2.5,"high_inclusive":true}'
    )


@pytest.mark.parametrize(
    "data",
    [
        {"low_inclusive": True},
        {"high": 3, "low_inclusive": False},
        {"high_inclusive": True},
        {"low": 66, "high": 65},
        {"low": float("nan")},
        {"high": float("inf")},
        {"low": "eighteen"},
        {"relative_to": "usual"},
        {"low": 1, "mean": 2},
    ],
)
def test_models_values_range_refuses_bounds_without_sense(data: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Range(**data)


@pytest.mark.parametrize(
    "duration", ["P28D", "P2W", "PT72H", "P1Y6M", "P1.5Y", "P1DT12H", "PT30M", "P0D", "PT10S", "P6M"]
)
def test_models_values_window_takes_iso_durations(duration: str) -> None:
    window = Window(relation="before", min=duration, max=duration)
    assert (window.min, window.max) == (duration, duration)
    assert (window.min_inclusive, window.max_inclusive) == (True, True)


@pytest.mark.parametrize("duration", ["28 days", "P", "PT", "P28", "28D", "P-2D", "P2H", "PT2D", "P2WT", ""])
def test_models_values_window_refuses_other_durations(duration: str) -> None:
    with pytest.raises(ValidationError):
        Window(relation="before", max=duration)


def test_models_values_window_without_bounds_has_no_flags() -> None:
    # The enumerations' defaults are written: an anchor that is not stated, the occurrence itself.
    assert json.loads(Window(relation="at", anchor="screening").model_dump_json()) == {
        "relation": "at",
        "anchor": "screening",
        "of": "occurrence",
    }


@pytest.mark.parametrize(("value", "precision"), [("2025", "year"), ("2025-03", "month"), ("2025-03-17", "day")])
def test_models_values_date_is_as_precise_as_its_value(value: str, precision: str) -> None:
    assert PartialDate(value=value, precision=precision, raw=value).value == value


@pytest.mark.parametrize(
    ("value", "precision"),
    [("2025", "day"), ("2025-03-17", "month"), ("2025-3", "month"), ("17.03.2025", "day"), ("2025-03-17T00", "day")],
)
def test_models_values_date_refuses_a_precision_it_has_not(value: str, precision: str) -> None:
    with pytest.raises(ValidationError):
        PartialDate(value=value, precision=precision, raw=value)


def test_models_values_concept_reads_as_its_text() -> None:
    assert str(Concept(text="Sepsis", name="sepsis")) == "Sepsis"


@pytest.mark.parametrize("data", [{"bytes": 0}, {"depth": -1}, {"seconds": 0}, {"pages": 3}])
def test_models_values_limits_refuse_what_bounds_nothing(data: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Limits(**data)


def test_models_values_canonical_range_needs_its_unit() -> None:
    with pytest.raises(ValidationError):
        CanonicalRange(low=1)
