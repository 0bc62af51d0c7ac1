"""Decisions of careful readers, ages, concepts, what a participant takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from matching_rules import (
    FEMALE,
    ON,
    age,
    allergy,
    any_of,
    biomarker,
    condition,
    is_a,
    least,
    measurement,
    most,
    negation,
    observation,
    person,
    reproductive,
    requirement,
    treatment,
    window,
)
from pydantic import ValidationError

from parser.matching import Participant, evaluate
from parser.models import Age, Code, Concept, Condition, Range, Rule, Sex, Unstructured

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


DECISIONS = [
    # "no A and B" is not(any_of)
    ("neither", negation(any_of(condition("fever"), condition("cough"))), conditions(), True),
    ("one of them", negation(any_of(condition("fever"), condition("cough"))), conditions({"concept": "cough"}), False),
    # "If A then B" in an inclusion is any_of[not(A), B]
    ("no A", any_of(negation(condition("fever")), requirement("consent")), conditions(), True),
    (
        "A without B",
        any_of(negation(condition("fever")), requirement("consent")),
        conditions({"concept": "fever"}, requirements=[{"topic": "consent", "present": False}]),
        False,
    ),
    # history of X as of A: no max
    (
        "as of screening",
        condition("asthma", status=["history"], when=[window("before", None, "screening")]),
        conditions(asthma(start="1999", end="2000")),
        True,
    ),
    # a window on both sides is one atom a window
    (
        "before or after",
        any_of(
            treatment("warfarin", when=[window("before", "P4W")]), treatment("warfarin", when=[window("after", "P90D")])
        ),
        treatments(drug(start="2025-08-30", standing="planned")),
        True,
    ),
    (
        "a day too late",
        any_of(
            treatment("warfarin", when=[window("before", "P4W")]), treatment("warfarin", when=[window("after", "P90D")])
        ),
        treatments(drug(start="2025-08-31", standing="planned")),
        False,
    ),
    # diagnosed at least N months before
    (
        "diagnosed three months ago",
        condition("asthma", when=[window("before", None, min="P3M", of="diagnosis")]),
        conditions(asthma(diagnosed="2025-03-01")),
        True,
    ),
    (
        "diagnosed a day later",
        condition("asthma", when=[window("before", None, min="P3M", of="diagnosis")]),
        conditions(asthma(diagnosed="2025-03-02")),
        False,
    ),
    (
        "diagnosed some time",
        condition("asthma", when=[window("before", None, min="P3M", of="diagnosis")]),
        conditions(asthma(start="2001")),
        None,
    ),
    # a condition that would interfere in the investigator's opinion
    (
        "would interfere",
        condition("asthma", where=[negation(requirement("investigator_judgement"))]),
        conditions(asthma(particulars={"requirements": [{"topic": "investigator_judgement", "present": False}]})),
        True,
    ),
    (
        "nobody judged",
        condition("asthma", where=[negation(requirement("investigator_judgement"))]),
        conditions(asthma()),
        None,
    ),
    # contraception, the method in its qualifiers
    (
        "condoms",
        reproductive("contraception", qualifiers=["condoms"]),
        {"reproductive": [{"state": "contraception", "qualifiers": ["Condoms"]}]},
        True,
    ),
    # toxicity resolved to grade 1
    (
        "grade 1",
        measurement("toxicity grade", most(1, "{score}")),
        {"measurements": [{"concept": "toxicity grade", "results": ["1"]}]},
        True,
    ),
    (
        "grade 2",
        measurement("toxicity grade", most(1, "{score}")),
        {"measurements": [{"concept": "toxicity grade", "results": ["grade 2"], "amount": {"value": 2}}]},
        False,
    ),
    # above the normal range is 1 × ULN, exclusive
    (
        "at the upper limit",
        measurement("TSH", Range(low=1, low_inclusive=False, relative_to="ULN")),
        {"measurements": [{"concept": "TSH", "amount": {"value": 4.5, "unit": "mIU/L"}, "references": {"ULN": 4.5}}]},
        False,
    ),
    # legal age with no number
    ("legal age", Age(), {"birth_date": "1980"}, None),
    ("words kept", Unstructured(text="as judged"), {}, None),
    ("male or female", any_of(Sex(value="male"), Sex(value="female")), {"sex": "male"}, True),
    (
        "HBsAg positive",
        measurement("HBsAg", values=["positive"]),
        {"measurements": [{"concept": "hepatitis B surface antigen", "results": ["reactive"]}]},
        True,
    ),
    (
        "intolerance is no allergy",
        allergy("aspirin"),
        {"allergies": [{"concept": "aspirin", "kind": "intolerance"}], **COMPLETE},
        False,
    ),
    ("any alteration", biomarker("HER2"), {"biomarkers": [{"marker": "ERBB2", "kind": "amplification"}]}, True),
    (
        "tested and negative",
        biomarker("ALK", kind="fusion"),
        {"biomarkers": [{"marker": "ALK", "kind": "fusion", "results": ["negative"]}]},
        False,
    ),
    (
        "HER2 negative",
        biomarker("ERBB2", kind="expression", values=["negative"]),
        {"biomarkers": [{"marker": "HER2", "kind": "expression", "results": ["3+"]}]},
        None,
    ),
]


@pytest.mark.parametrize(("rule", "record", "expected"), [pytest.param(*case[1:], id=case[0]) for case in DECISIONS])
def test_matching_participant_decisions(rule: Rule, record: Record, expected: bool | None) -> None:
    assert evaluate(rule, person(**record), on=ON) is expected


AGES = [
    ("1959-06-02", age(0, 65), True),
    ("1959-06-01", age(0, 65), False),
    ("1959-06", age(0, 65), None),
    ("2007-06-01", age(18), True),
    ("2007-06-02", age(18), False),
    ("2007-06-01", Age(range=Range(low=17, low_inclusive=False, ucum="a")), True),
    ("1960-06-01", Age(range=Range(high=65, high_inclusive=False, ucum="a")), False),
    ("1960-06-02", Age(range=Range(high=65, high_inclusive=False, ucum="a")), True),
    ("2024-12-01", age(6, None, "mo"), True),
    ("2024-12-02", age(6, None, "mo"), False),
    ("2025-05-04", age(4, None, "wk"), True),
    ("2025-05-05", age(4, None, "wk"), False),
    ("2023-12-01", age(1.5), True),
    ("2023-12-02", age(1.5), False),
    ("2025-05-30", age(None, 28, "d"), True),
    ("2025-05-31", age(None, 72, "h"), True),
    ("2025-05-29", age(None, 72, "h"), None),
    ("2025-05-29T12:00", age(None, 72, "h"), None),
    ("2025-05-27T12:00", age(None, 72, "h"), False),
    ("1990", Age(range=Range(low=18)), None),
    ("1990", Age(range=Range(value=18, ucum="a")), None),
]


@pytest.mark.parametrize(("born", "rule", "expected"), AGES)
def test_matching_participant_age_in_completed_units(born: str, rule: Rule, expected: bool | None) -> None:
    assert evaluate(rule, person(birth_date=born), on=ON) is expected


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2025, 2, 28), False), (date(2025, 3, 1), True), (date(2028, 2, 29), True)]
)
def test_matching_participant_age_of_who_was_born_on_a_leap_day(on: date, expected: bool) -> None:
    assert evaluate(age(21), person(birth_date="2004-02-29"), on=on) is expected


@pytest.mark.parametrize(("day", "expected"), [("2020-02-02", True), ("2020-02-03", False), ("2020-02", None)])
def test_matching_participant_age_at_diagnosis(day: str, expected: bool | None) -> None:
    rule = Age(range=most(29, "a"), when=[window("at", None, "diagnosis")])
    assert evaluate(rule, person(birth_date="1990-02-03", events={"diagnosis": day}), on=ON) is expected
    assert evaluate(rule, person(birth_date="1990-02-03"), on=ON) is None


def test_matching_participant_concepts_match_by_code_before_name() -> None:
    def coded(text: str, code: str, system: str = "SNOMED CT") -> Concept:
        return Concept(text=text, codes=[Code(system=system, code=code)])

    def holds(asked: Concept, recorded: Concept) -> bool | None:
        return evaluate(Condition(concept=asked), person(**conditions({"concept": recorded})), on=ON)

    assert holds(coded("heart attack", "22298006"), coded("MI", "22298006", "snomed-ct")) is True
    assert holds(coded("cold", "82272006"), coded("cold", "84162001")) is False
    assert holds(coded("cold", "82272006"), coded("cold", "J00", "ICD-10")) is True
    assert holds(Concept(text="Neoplasms, benign"), Concept(text="neoplasms benign")) is True


def test_matching_participant_a_kind_nobody_knows_of_leaves_it_open() -> None:
    record = person(**conditions({"concept": "lymphoma"}))
    assert evaluate(condition("malignancy"), record, on=ON) is False
    assert evaluate(condition("malignancy"), record, on=ON, is_a=is_a) is True
    assert evaluate(condition("malignancy"), record, on=ON, is_a=lambda specific, general: None) is None
    # recorded less exactly than asked for
    general = person(**conditions({"concept": "malignancy"}))
    assert evaluate(condition("lymphoma"), general, on=ON, is_a=is_a) is None


def test_matching_participant_a_closed_world_is_one_of_conditions_treatments_and_allergies() -> None:
    for rule in (condition("asthma"), treatment("warfarin", status=["prior"]), allergy("penicillin")):
        assert evaluate(rule, person(), on=ON) is None
        assert evaluate(rule, person(), on=ON, closed_world=True) is False
    for rule in (measurement("ANC", least(1)), observation("smoking"), requirement("consent"), FEMALE, age(18)):
        assert evaluate(rule, person(), on=ON, closed_world=True) is None


@pytest.mark.parametrize("moment", ["2025-13", "2025-02-30", "1 May", "2025-05-01T10:00+02:00", "25"])
def test_matching_participant_participants_refuse_days_that_are_none(moment: str) -> None:
    with pytest.raises(ValidationError):
        Participant(birth_date=moment)


def test_matching_participant_survives_json() -> None:
    own = {"measurements": [{"concept": "eosinophils", "amount": {"value": 400, "unit": "/uL"}}]}
    mother = {"role": "mother", "conditions": [{"concept": "asthma", "particulars": own}]}
    record = person(sex="female", birth_date=date(1990, 2, 3), others=[mother], events={"surgery": {"start": "2024"}})
    assert Participant.model_validate_json(record.model_dump_json()) == record
    assert record.birth_date == "1990-02-03"
