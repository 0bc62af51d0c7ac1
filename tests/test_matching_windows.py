"""Time windows by calendar arithmetic: every relation, both edges, dates as exactly as they are known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from matching_rules import ON, condition, observation, person, treatment, window

from parser.matching import evaluate
from parser.models import Window

#: Window, day of what happened, and whether it lies in the window on 1 June 2025.
DAYS = [
    (window("before", "P28D"), "2025-05-04", True),
    (window("before", "P28D"), "2025-05-03", False),
    (window("before", "P28D"), "2025-06-01", True),
    (window("before", "P28D", max_inclusive=False), "2025-05-04", False),
    (window("before", "P28D", max_inclusive=False), "2025-05-05", True),
    (window("before", "P28D"), "2025-05", None),
    (window("before", "P1M"), "2025-05", True),
    (window("before", "P3M"), "2025-03-01", True),
    (window("before", "P3M"), "2025-02-28", False),
    (window("before", "P5Y"), "2020-06-01", True),
    (window("before", "P5Y"), "2020-05-31", False),
    (window("before", "P5Y"), "2020", None),
    (window("before", "P5Y"), "2021", True),
    (window("before", "P5Y"), "2019", False),
    (window("before", "P1.5Y"), "2023-12-01", True),
    (window("before", "P1.5Y"), "2023-11-30", False),
    (window("before", "P2W"), "2025-05-18", True),
    (window("before", "P2W"), "2025-05-17", False),
    (window("before", None, min="P4W"), "2025-05-04", True),
    (window("before", None, min="P4W"), "2025-05-05", False),
    (window("before", None, min="P4W", min_inclusive=False), "2025-05-04", False),
    (window("before", "P6M", min="P1M"), "2025-05-01", True),
    (window("before", "P6M", min="P1M"), "2025-05-02", False),
    (window("before", "P6M", min="P1M"), "2024-12-01", True),
    (window("before"), "1999", True),
    (window("after", "P90D"), "2025-08-30", True),
    (window("after", "P90D"), "2025-08-31", False),
    (window("after", "P90D"), "2025-05-31", False),
    (window("within", "P28D"), "2025-05-04", True),
    (window("within", "P28D"), "2025-06-29", True),
    (window("within", "P28D"), "2025-06-30", False),
    (window("within", "P28D"), "2025-06", True),  # a fact, and so of the one day of June that has come
    (window("within", "P28D"), "2025-07", False),
    (window("within", "P28D", min="P7D"), "2025-05-26", False),
    (window("within", "P28D", min="P7D"), "2025-05-25", True),
    (window("within", "P28D", min="P7D"), "2025-06-08", True),
    (window("within"), "2025-05-31", None),
    (window("at"), "2025-06-01", True),
    (window("at"), "2025-05-31", False),
    (window("at", "P1D"), "2025-06-01", None),
    (window("at", "P1D"), "2025-05-31", False),
    (window("since", None, "surgery"), "2025-01-10", True),
    (window("since", None, "surgery"), "2025-01-09", False),
    (window("during", None, "admission"), "2024-03-05", True),
    (window("during", None, "admission"), "2024-03-06", False),
    (window("before", "P7D", "surgery"), "2025-01-03", True),
    (window("before", "P7D", "surgery"), "2025-01-02", False),
    (window("after", "P7D", "admission"), "2024-03-12", True),
    (window("before", "P7D", "transplant"), "2025-01-03", None),
    (window("before", "P7D", "event", anchor_text="the Index Visit"), "2025-02-21", True),
    (window("before", "P7D", "event", anchor_text="another visit"), "2025-02-21", None),
    (window("before", "P7D", "screening", anchor_text="Day 1"), "2025-05-25", True),
    (window("before", "P7D", "randomization"), "2025-06-03", True),
    (window("after", "P28D", "birth"), "1990-03-03", True),
    (window("after", "P28D", "birth"), "1990-03-04", False),
    (window("before", None, shorter_of=["P14D", "P2W"]), "2025-05-18", True),
    (window("before", None, longer_of=["P14D", "P1M"]), "2025-05-01", True),
    (window("before", None, longer_of=["P14D", "P1M"]), "2025-04-30", False),
]
EVENTS = {
    "surgery": "2025-01-10",
    "admission": {"start": "2024-03-01", "end": "2024-03-05"},
    "the index visit": "2025-02-28",
    "randomization": "2025-06-10",
}


@pytest.mark.parametrize(("when", "day", "expected"), DAYS, ids=str)
def test_matching_windows_days(when: Window, day: str, expected: bool | None) -> None:
    fact = {"concept": "fall", "start": day, "once": True, "standing": "planned" if day > "2025-06-01" else "actual"}
    who = person(birth_date="1990-02-03", conditions=[fact], complete=["condition"], events=EVENTS)
    assert evaluate(condition("fall", when=[when]), who, on=ON) is expected


def test_matching_windows_months_end_where_the_calendar_does() -> None:
    rule = condition("fall", when=[window("before", "P1M")])
    for day, expected in (("2025-02-28", True), ("2025-02-27", False)):
        who = person(conditions=[{"concept": "fall", "start": day, "once": True}], complete=["condition"])
        assert evaluate(rule, who, on=date(2025, 3, 31)) is expected


HOURS = window("before", "PT72H", "enrollment", of="onset")


@pytest.mark.parametrize(
    ("onset", "on", "expected"),
    [
        ("2025-05-29T12:00", datetime(2025, 6, 1, 12, 0), True),
        ("2025-05-29T11:59", datetime(2025, 6, 1, 12, 0), False),
        ("2025-05-30", date(2025, 6, 1), True),
        ("2025-05-29", date(2025, 6, 1), None),
        ("2025-05-28", date(2025, 6, 1), False),
        ("2025-06-01", date(2025, 6, 1), True),
        ("2025-05-29", datetime(2025, 6, 1, 0, 0), True),
    ],
)
def test_matching_windows_hours_are_counted_on_the_clock(onset: str, on: date, expected: bool | None) -> None:
    who = person(conditions=[{"concept": "symptoms", "start": onset}], complete=["condition"])
    assert evaluate(condition("symptoms", when=[HOURS]), who, on=on) is expected


def washout(max: str | None = None, **more: Any) -> Window:
    return window("before", max, "first_dose", of="last_dose", **more)


#: Last dose 14 days ago, 15 days ago.
HALF_LIVES = [
    (washout(longer_of=["P14D", "5 half-lives"]), None, (True, None)),
    (washout(longer_of=["P14D", "5 half-lives"]), "P3D", (True, True)),
    (washout(longer_of=["P14D", "5 half-lives"]), "P2D", (True, False)),
    (washout(shorter_of=["P14D", "5 half-lives"]), None, (None, False)),
    (washout(shorter_of=["P14D", "5 half-lives"]), "P3D", (True, False)),
    (washout(shorter_of=["P14D", "5 half-lives"]), "P2D", (False, False)),
    (washout(half_lives=5), None, (None, None)),
    (washout(half_lives=5), "P3D", (True, True)),
    (washout(half_lives=5), "PT67H", (None, False)),
    (washout(longer_of=["P14D", "2 cycles"]), None, (True, None)),
]


@pytest.mark.parametrize(("when", "half_life", "expected"), HALF_LIVES)
def test_matching_windows_half_lives(when: Window, half_life: str | None, expected: tuple[bool | None, ...]) -> None:
    def holds(last: str) -> bool | None:
        fact = {"concept": "warfarin", "start": "2024-01", "end": last, "half_life": half_life}
        return evaluate(treatment("warfarin", when=[when]), person(treatments=[fact], complete=["treatment"]), on=ON)

    assert (holds("2025-05-18"), holds("2025-05-17")) == expected


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        pytest.param({"ongoing": True}, True, id="of an ongoing treatment: today"),
        pytest.param({"start": "2024", "end": "2025-05-11"}, False, id="three weeks ago"),
        pytest.param({"start": "2024", "end": "2025-05-12"}, True, id="a day later"),
        pytest.param({"start": "2024", "last_dose": "2025-05-12"}, True, id="as recorded"),
        pytest.param({"start": "2024", "last_dose": "2025-05-11", "end": "2025-05-30"}, False, id="before its end"),
        pytest.param({"start": "2024", "end": "2025-12"}, True, id="of a treatment that goes on until later"),
        pytest.param({"start": "2024", "ongoing": False}, None, id="some time"),
        pytest.param({"start": "2025-05-20"}, True, id="since a day in the window"),
    ],
)
def test_matching_windows_last_dose(fact: dict[str, Any], expected: bool | None) -> None:
    rule = treatment("warfarin", when=[washout(max="P3W", max_inclusive=False)])
    who = person(treatments=[{"concept": "warfarin", **fact}], complete=["treatment"])
    assert evaluate(rule, who, on=ON) is expected


def test_matching_windows_are_all_of_the_same_occurrence() -> None:
    rule = observation("stay", when=[window("before", "P1Y"), window("before", "P2Y", of="onset", min="P13M")])
    long = {"concept": "stay", "start": "2024-01-01", "end": "2024-07-01"}
    short = [{"concept": "stay", "start": f"{year}-03-01", "end": f"{year}-03-02"} for year in (2024, 2025)]
    assert evaluate(rule, person(observations=[long]), on=ON) is True
    assert evaluate(rule, person(observations=short, complete=["observation"]), on=ON) is False


def test_matching_windows_reach_out_of_the_calendar() -> None:
    fact = {"concept": "fall", "start": "0001-01-02", "end": "9999-12-30"}
    for when in (window("within", "P9000Y"), window("after", "P999999999999D"), window("before", None, min="P9999Y")):
        rule = condition("fall", when=[when])
        assert evaluate(rule, person(conditions=[fact], complete=["condition"]), on=ON) is (when.min is None)


def test_matching_windows_refuse_a_time_zone() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        evaluate(condition("fall"), person(), on=datetime.fromisoformat("2025-06-01T10:00+02:00"))
