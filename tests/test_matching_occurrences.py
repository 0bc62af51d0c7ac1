"""Occurrences and what is of them: counts, `where`, `unless`, definitions, examples, other people."""

from __future__ import annotations

from typing import Any

import pytest
from matching_rules import (
    FEMALE,
    ON,
    age,
    all_of,
    any_of,
    condition,
    least,
    measurement,
    most,
    observation,
    person,
    treatment,
    window,
)

from parser.matching import evaluate
from parser.models import Age, Range, Rule, Sex

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


LINES = treatment("chemotherapy", status=["prior"], count=most(2))
STAYS = observation("hospitalisation", status=["history"], count=least(2), when=[window("before", "P1Y")])


def times(number: int, **more: Any) -> list[Record]:
    return [{"concept": "chemotherapy", "start": f"20{20 + at}", "end": f"20{20 + at}", **more} for at in range(number)]


def stays(*ends: str) -> list[Record]:
    return [{"concept": "hospitalisation", "start": end, "end": end} for end in ends]


COUNTS = [
    ("two of two", LINES, {"treatments": times(2), **COMPLETE}, True),
    ("three of two", LINES, {"treatments": times(3)}, False),
    ("two and others not known", LINES, {"treatments": times(2)}, None),
    ("also true at none", LINES, {"treatments": [{"concept": "chemotherapy", "present": False}]}, True),
    ("none known", LINES, {}, None),
    ("one entry for three", LINES, {"treatments": times(1, count=3)}, False),
    (
        "cycles in an entry",
        treatment("chemotherapy", status=["prior"], count=least(4, "{cycles}")),
        {"treatments": times(1), **COMPLETE},
        None,
    ),
    (
        "four cycles",
        treatment("chemotherapy", status=["prior"], count=least(4, "{cycles}")),
        {"treatments": times(1, count=4)},
        True,
    ),
    ("a rate", treatment("chemotherapy", status=["prior"], count=least(1, "/a")), {"treatments": times(3)}, None),
    ("twice in the year", STAYS, {"observations": stays("2024-06-01", "2025-03-01")}, True),
    ("once in the year", STAYS, {"observations": stays("2024-05-31", "2025-03-01"), **COMPLETE}, False),
    ("once or twice", STAYS, {"observations": stays("2024", "2025-03-01"), **COMPLETE}, None),
    (
        "of unknown direction",
        treatment("chemotherapy", status=["prior"], count=Range(value=2)),
        {"treatments": times(2), **COMPLETE},
        None,
    ),
]


@pytest.mark.parametrize(("rule", "record", "expected"), [pytest.param(*case[1:], id=case[0]) for case in COUNTS])
def test_matching_occurrences_counts(rule: Rule, record: Record, expected: bool | None) -> None:
    assert evaluate(rule, person(**record), on=ON) is expected


RECORD = {"measurements": [{"concept": "eosinophils", "amount": {"value": 400, "unit": "/uL"}}]}
SURGERY = treatment("surgery", status=["prior"], where=[condition("cancer")], unless=[treatment("biopsy")])
DEFINED = condition(
    "immunosuppression",
    status=["history"],
    when=[window("before", "P1Y")],
    defined_as=any_of(treatment("prednisone"), condition("HIV infection", status=["current"])),
)
OCCURRENCES = [
    (
        "own measurement",
        condition("asthma", where=[measurement("eosinophils", least(300, "/uL"))]),
        conditions(asthma(particulars=RECORD)),
        True,
    ),
    (
        "a measurement of another time",
        condition("asthma", where=[measurement("eosinophils", least(300, "/uL"))]),
        conditions(asthma(), **RECORD),
        None,
    ),
    (
        "reason and no exception",
        SURGERY,
        treatments({"concept": "surgery", "particulars": {"conditions": [{"concept": "cancer"}]}}),
        None,
    ),
    (
        "recorded as another kind",
        treatment("surgery", status=["prior"], unless=[treatment("biopsy")]),
        treatments({"concept": "biopsy"}),
        False,
    ),
    (
        "reason of another surgery",
        SURGERY,
        treatments(
            {"concept": "surgery"}, {"concept": "radiotherapy", "particulars": {"conditions": [{"concept": "cancer"}]}}
        ),
        None,
    ),
    (
        "age at the time",
        condition("asthma", where=[age(None, 17)]),
        conditions(asthma(start="2008-02-02"), birth_date="1990-02-03"),
        True,
    ),
    (
        "older at the time",
        condition("asthma", where=[age(None, 17)]),
        conditions(asthma(start="2008-02-03"), birth_date="1990-02-03"),
        False,
    ),
    ("sex is the participant's", condition("asthma", where=[FEMALE]), conditions(asthma(), sex="female"), True),
    ("definition takes the window", DEFINED, treatments({"concept": "prednisone", "end": "2024-06-01"}), True),
    ("too long ago for it", DEFINED, treatments({"concept": "prednisone", "end": "2024-05-31"}), False),
    ("the definition's own status", DEFINED, conditions({"concept": "HIV infection", "start": "2001"}), True),
    ("the term itself is not it", DEFINED, conditions({"concept": "immunosuppression"}), False),
    (
        "an example in the window",
        condition("cancer", status=["history"], when=[window("before", "P5Y")], examples=[condition("leukemia")]),
        conditions({"concept": "leukemia", "end": "2021"}),
        True,
    ),
    (
        "an example too long ago",
        condition("cancer", status=["history"], when=[window("before", "P5Y")], examples=[condition("leukemia")]),
        conditions({"concept": "leukemia", "end": "2019"}),
        False,
    ),
    (
        "another fact switches nothing off",
        condition("malignancy", unless=[condition("lymphoma")]),
        conditions({"concept": "malignancy", "particulars": {}}, {"concept": "lymphoma"}),
        None,
    ),
    (
        "excluded by treatment",
        condition(
            "malignancy",
            status=["history"],
            unless=[all_of(condition("malignancy"), treatment("curative resection", status=["prior"]))],
        ),
        conditions({"concept": "malignancy", "particulars": {"treatments": [{"concept": "curative resection"}]}}),
        False,
    ),
    (
        "not treated so",
        condition("malignancy", status=["history"], unless=[treatment("curative resection", status=["prior"])]),
        conditions(
            {
                "concept": "malignancy",
                "particulars": {"treatments": [{"concept": "curative resection", "present": False}]},
            }
        ),
        True,
    ),
    (
        "exception after five years",
        condition(
            "malignancy",
            status=["history"],
            unless=[condition("malignancy", when=[window("before", None, min="P5Y", of="onset")])],
        ),
        conditions({"concept": "malignancy", "start": "2015"}),
        False,
    ),
    (
        "no exception before",
        condition(
            "malignancy",
            status=["history"],
            unless=[condition("malignancy", when=[window("before", None, min="P5Y", of="onset")])],
        ),
        conditions({"concept": "malignancy", "start": "2022"}),
        True,
    ),
    (
        "exception of the whole age",
        Age(range=least(18, "a"), unless=[FEMALE]),
        {"birth_date": "1990", "sex": "male"},
        True,
    ),
]


@pytest.mark.parametrize(("rule", "record", "expected"), [pytest.param(*case[1:], id=case[0]) for case in OCCURRENCES])
def test_matching_occurrences_are_of_one_occurrence(rule: Rule, record: Record, expected: bool | None) -> None:
    assert evaluate(rule, person(**record), on=ON) is expected


MOTHER = {"role": "mother", "sex": "female", "conditions": [{"concept": "HIV infection"}]}
OTHERS = [
    ("hers", condition("HIV infection", subject="mother"), [MOTHER], True),
    ("not the father's", condition("HIV infection", subject="father"), [MOTHER], None),
    ("a parent's", condition("HIV infection", subject="parent"), [MOTHER], True),
    ("not hers", condition("asthma", subject="mother"), [MOTHER | {"complete": ["condition"]}], False),
    ("not known of hers", condition("asthma", subject="mother"), [MOTHER], None),
    (
        "another child may have it",
        condition("asthma", subject="child"),
        [MOTHER | {"role": "child", "complete": ["condition"]}],
        None,
    ),
    ("the participant's is not the mother's", condition("fever", subject="mother"), [], None),
    ("family history by a relative", condition("HIV infection", status=["family_history"]), [MOTHER], True),
    (
        "a partner is no family",
        condition("HIV infection", status=["family_history"]),
        [MOTHER | {"role": "partner"}],
        None,
    ),
    ("of her occurrence", condition("HIV infection", subject="mother", where=[FEMALE]), [MOTHER], True),
    (
        "a definition about her",
        condition("infection", subject="mother", defined_as=condition("HIV infection")),
        [MOTHER],
        True,
    ),
    ("her sex", Sex(value="male", subject="mother"), [MOTHER], False),
]


@pytest.mark.parametrize(("rule", "others", "expected"), [pytest.param(*case[1:], id=case[0]) for case in OTHERS])
def test_matching_occurrences_subject(rule: Rule, others: list[Record], expected: bool | None) -> None:
    own = [{"concept": "fever"}]
    assert evaluate(rule, person(sex="female", conditions=own, others=others), on=ON) is expected
