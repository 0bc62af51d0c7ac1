"""Windows as `timeFromEvent`: before the event is negative, a bound that is not included is a comparator."""

from __future__ import annotations

from typing import Any

import pytest

from parser.export.fhir.timing import length, time_from_event
from parser.models import Window


def _q(value: float, unit: str, comparator: str | None = None) -> dict[str, Any]:
    words = {"d": "days", "wk": "weeks", "mo": "months", "a": "years", "h": "hours"}[unit]
    shared = {"value": value, "unit": words, "system": "http://unitsofmeasure.org", "code": unit}
    return shared if comparator is None else {**shared, "comparator": comparator}


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ({"relation": "before", "max": "P28D"}, [{"range": {"low": _q(-28, "d"), "high": _q(0, "d")}}]),
        ({"relation": "before", "min": "P6M"}, [{"quantity": _q(-6, "mo", "<=")}]),
        (
            {"relation": "before", "min": "P1W", "max": "P3W"},
            [{"range": {"low": _q(-3, "wk"), "high": _q(-1, "wk")}}],
        ),
        (
            {"relation": "before", "max": "P3W", "max_inclusive": False},
            [{"quantity": _q(-3, "wk", ">")}, {"quantity": _q(0, "d", "<=")}],
        ),
        ({"relation": "before"}, [{"quantity": _q(0, "d", "<=")}]),
        ({"relation": "after", "max": "P1Y"}, [{"range": {"low": _q(0, "a"), "high": _q(1, "a")}}]),
        ({"relation": "after", "min": "PT48H", "min_inclusive": False}, [{"quantity": _q(48, "h", ">")}]),
        ({"relation": "within", "max": "P3D"}, [{"range": {"low": _q(-3, "d"), "high": _q(3, "d")}}]),
        ({"relation": "at"}, [{"quantity": _q(0, "d")}]),
        ({"relation": "since"}, [{"quantity": _q(0, "d", ">=")}]),
        ({"relation": "during"}, [{}]),
        ({"relation": "before", "half_lives": 5}, [{}]),
        # from 3 weeks before until 1 day before, said the wrong way round: nothing lies there
        ({"relation": "before", "min": "P3W", "max": "P1D"}, [{}]),
        # a month has no fixed number of days
        ({"relation": "before", "max": "P1M2D"}, [{}]),
    ],
)
def test_export_fhir_timing_of_windows(window: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    timed = time_from_event(Window(**window, anchor="randomization"))
    for entry in timed.entries:
        assert entry.pop("description")
        assert entry.pop("eventCodeableConcept") == {"text": "randomization"}
    assert timed.entries == expected
    assert bool(timed.in_words) == (expected == [{}]), "what only the words tell is a loss"


def test_export_fhir_timing_names_no_event_that_the_text_does_not() -> None:
    (entry,) = time_from_event(Window(relation="before", max="P5Y")).entries
    assert "eventCodeableConcept" not in entry


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("P2W", (2, "wk")),
        ("P1Y6M", (18, "mo")),
        ("P1W3D", (10, "d")),
        ("PT90M", (90, "min")),
        ("P0.5Y", (0.5, "a")),
        ("P1M2D", None),
        ("P1DT12H", None),
    ],
)
def test_export_fhir_timing_lengths_are_exact_or_none(iso: str, expected: tuple[float, str] | None) -> None:
    assert length(iso) == expected
