"""Modifiers of one fact: status, absence, certainty, method, qualifiers, duration."""

from __future__ import annotations

from typing import Any

import pytest
from matching_rules import (
    ON,
    above,
    allergy,
    condition,
    is_a,
    least,
    observation,
    person,
    treatment,
    window,
)

from parser.matching import evaluate
from parser.models import Rule

Record = dict[str, Any]
COMPLETE: Record = {"complete": ["condition", "treatment", "allergy", "observation"]}


def conditions(*facts: Record, **more: Any) -> Record:
    return {"conditions": list(facts), **COMPLETE, **more}


def treatments(*facts: Record, **more: Any) -> Record:
    return {"treatments": list(facts), **COMPLETE, **more}


def asthma(**more: Any) -> Record:
    return {"concept": "asthma", **more}


def drug(**more: Any) -> Record:
    return {"concept": "warfarin", **more}


STATUS = [
    ("at enrolment", condition("asthma"), conditions(asthma(start="2001")), True),
    ("over before", condition("asthma"), conditions(asthma(start="2001", end="2025-05-31")), False),
    ("over that month", condition("asthma"), conditions(asthma(start="2001", end="2025-06")), True),
    ("over some time this year", condition("asthma"), conditions(asthma(start="2001", end="2025")), None),
    ("over, some time", condition("asthma"), conditions(asthma(ongoing=False)), False),
    ("perhaps over", condition("asthma"), conditions(asthma(ongoing=None)), None),
    ("begins tomorrow", condition("asthma"), conditions(asthma(start="2025-06-02")), False),
    ("begins today", condition("asthma"), conditions(asthma(start="2025-06-01")), True),
    ("in the history, over", condition("asthma", status=["history"]), conditions(asthma(ongoing=False)), True),
    ("in the history, now", condition("asthma", status=["history"]), conditions(asthma()), True),
    ("active, over", condition("asthma", status=["current"]), conditions(asthma(end="2024")), False),
    (
        "an event by name",
        condition("myocardial infarction"),
        conditions({"concept": "MI", "start": "2010", "end": "2010"}),
        True,
    ),
    ("an event by record", condition("fall"), conditions({"concept": "fall", "start": "2010", "once": True}), True),
    ("in the family", condition("asthma"), conditions(asthma(standing="family_history")), False),
    (
        "family history",
        condition("asthma", status=["family_history"]),
        conditions(asthma(standing="family_history")),
        True,
    ),
    ("own, not the family's", condition("asthma", status=["family_history"]), conditions(asthma()), False),
    ("risk", condition("asthma", status=["risk"]), conditions(asthma(standing="risk")), True),
    ("ongoing", treatment("warfarin"), treatments(drug(ongoing=True)), True),
    ("stopped", treatment("warfarin"), treatments(drug(end="2025-05-31")), False),
    ("perhaps stopped", treatment("warfarin"), treatments(drug(start="2024")), None),
    ("prior and ongoing", treatment("warfarin", status=["prior"]), treatments(drug(ongoing=True)), True),
    ("planned", treatment("warfarin", status=["planned"]), treatments(drug(standing="planned")), True),
    ("planned by its date", treatment("warfarin", status=["planned"]), treatments(drug(start="2025-06-02")), True),
    ("planned is not prior", treatment("warfarin", status=["prior"]), treatments(drug(standing="planned")), False),
    (
        "any status suffices",
        treatment("warfarin", status=["prior", "planned"]),
        treatments(drug(standing="planned")),
        True,
    ),
    ("indicated", treatment("warfarin", status=["indicated"]), treatments(drug(standing="indicated")), True),
    (
        "a procedure counts for ever",
        treatment("splenectomy"),
        treatments({"concept": "splenectomy", "category": "procedure", "start": "1999"}),
        True,
    ),
    (
        "an allergy counts for ever",
        allergy("penicillin"),
        {"allergies": [{"concept": "penicillin", "end": "2001"}]},
        True,
    ),
    (
        "a planned stay is not yet",
        observation("in hospital"),
        {"observations": [{"concept": "in hospital", "standing": "planned"}], **COMPLETE},
        False,
    ),
    (
        "a stay that ended",
        observation("in hospital"),
        {"observations": [{"concept": "in hospital", "end": "2025-05-31"}], **COMPLETE},
        False,
    ),
]


@pytest.mark.parametrize(("rule", "record", "expected"), [pytest.param(*case[1:], id=case[0]) for case in STATUS])
def test_matching_modifiers_status(rule: Rule, record: Record, expected: bool | None) -> None:
    assert evaluate(rule, person(**record), on=ON) is expected


ABSENCE = [
    ("never", condition("asthma", status=["history"]), asthma(present=False), False),
    ("not since", condition("asthma", status=["history"]), asthma(present=False, start="2024-01"), None),
    ("not now", condition("asthma"), asthma(present=False, start="2024-01"), False),
    ("no more than then", condition("asthma"), asthma(present=False, end="2024-01"), None),
    ("not since birth", condition("asthma", status=["history"]), asthma(present=False, start="1990-02-03"), False),
    ("not planned is another thing", condition("asthma", status=["planned"]), asthma(present=False), None),
    ("no severe one", condition("asthma"), asthma(present=False, qualifiers=["severe"]), None),
    ("no severe one asked", condition("asthma", qualifiers=["severe"]), asthma(present=False), False),
    (
        "none in the window",
        condition("asthma", when=[window("before", "P1Y")]),
        asthma(present=False, start="2024-06-01"),
        False,
    ),
    (
        "none in part of it",
        condition("asthma", when=[window("before", "P1Y")]),
        asthma(present=False, start="2024-06-02"),
        None,
    ),
    ("none known of the future", condition("asthma", when=[window("within", "P1Y")]), asthma(present=False), None),
    ("a kind of it", condition("lymphoma"), {"concept": "malignancy", "present": False}, False),
    ("not a kind of it", condition("malignancy"), {"concept": "lymphoma", "present": False}, None),
]


@pytest.mark.parametrize(("rule", "fact", "expected"), [pytest.param(*case[1:], id=case[0]) for case in ABSENCE])
def test_matching_modifiers_absence(rule: Rule, fact: Record, expected: bool | None) -> None:
    assert evaluate(rule, person(birth_date="1990-02-03", conditions=[fact]), on=ON, is_a=is_a) is expected


HOW = [
    ("a suspicion is no fact", condition("asthma"), asthma(certainty="suspected"), None),
    ("confirmed", condition("asthma", certainty=["confirmed"]), asthma(certainty="confirmed"), True),
    ("confirmed, as it seems", condition("asthma", certainty=["confirmed"]), asthma(), None),
    ("confirmed, only suspected", condition("asthma", certainty=["confirmed"]), asthma(certainty="suspected"), False),
    ("suspected, but sure", condition("asthma", certainty=["suspected"]), asthma(certainty="confirmed"), False),
    ("known", condition("asthma", certainty=["known"]), asthma(), True),
    ("any method", condition("asthma", method=["FeNO", "spirometry"]), asthma(method=["Spirometry"]), True),
    (
        "qualifiers all apply",
        condition("asthma", qualifiers=["severe", "allergic"]),
        asthma(qualifiers=["Severe"]),
        None,
    ),
    ("all there", condition("asthma", qualifiers=["severe"]), asthma(qualifiers=["allergic", "severe"]), True),
    ("of another severity", condition("asthma", qualifiers=["severe"]), asthma(qualifiers=["mild"]), False),
    ("controlled", condition("asthma", qualifiers=["uncontrolled"]), asthma(qualifiers=["well-controlled"]), False),
    ("lasts half a year", condition("asthma", duration=least(6, "mo")), asthma(start="2024-12-01"), True),
    ("lasts a day less", condition("asthma", duration=least(6, "mo")), asthma(start="2024-12-02"), False),
    ("began in that month", condition("asthma", duration=least(6, "mo")), asthma(start="2024-12"), None),
    (
        "lasted more than 3 days",
        condition("asthma", status=["history"], duration=above(3, "d")),
        asthma(start="2020-01-01", end="2020-01-04"),
        False,
    ),
    (
        "for 8 weeks as told",
        condition("asthma", duration=least(50, "d")),
        asthma(duration={"value": 8, "unit": "weeks"}),
        True,
    ),
    (
        "2 months as told",
        condition("asthma", duration=least(60, "d")),
        asthma(duration={"value": 2, "unit": "months"}),
        None,
    ),
    (
        "3 months as told",
        condition("asthma", duration=least(60, "d")),
        asthma(duration={"value": 3, "unit": "months"}),
        True,
    ),
]


@pytest.mark.parametrize(("rule", "fact", "expected"), [pytest.param(*case[1:], id=case[0]) for case in HOW])
def test_matching_modifiers_how_it_is(rule: Rule, fact: Record, expected: bool | None) -> None:
    assert evaluate(rule, person(**conditions(fact)), on=ON) is expected


def test_matching_modifiers_what_is_not_on_record_is_not_known() -> None:
    assert evaluate(condition("asthma", certainty=["known"]), person(), on=ON) is False
    assert evaluate(condition("asthma", certainty=["known", "suspected"]), person(), on=ON) is None
