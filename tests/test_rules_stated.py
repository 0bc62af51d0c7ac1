"""What the criteria say of age and sex for everybody, and whether the registry's fields say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from spacy.language import Language

import parser
from parser import parse_eligibility
from parser.models import Range
from parser.rules.findings import find
from parser.rules.stated import state_age_and_sex

Bounds = tuple[float | None, bool | None, float | None, bool | None, str | None]

AGES: list[tuple[str, Bounds | None]] = [
    ("Age 18 to 65 years", (18, True, 65, True, "a")),
    ("Aged 18 years or older", (18, True, None, None, "a")),
    ("Over 18 years of age", (18, False, None, None, "a")),
    ("Male or female patients aged 40 to 75 years with asthma", (40, True, 75, True, "a")),
    ("Age ≥ 18 years\nAge < 70 years", (18, True, 70, False, "a")),
    ("Age 18 to 65 years\nAge at least 21 years", (21, True, 65, True, "a")),
    ("6 months to 17 years of age", (6, True, 204, True, "mo")),
    ("Aged ≤28 days", (None, None, 28, True, "d")),
    ("Age 18 to 65 years at the time of consent", (18, True, 65, True, "a")),
    # another time, somebody else, one of several, those to whom something else applies
    ("Age under 40 years at diagnosis", None),
    ("Mother aged 18 years or older", None),
    ("Asthma", None),
    ("Age 18 to 30 years\nAge 40 to 50 years", None),
    ("Informed consent, and assent of those aged 7 to 17 years", None),
]

SEXES: list[tuple[str, str | None]] = [
    ("Women aged 18 to 45 years", "female"),
    ("Male", "male"),
    ("Male or female", "all"),
    ("Male or female patients aged 40 to 75 years", "all"),
    ("Asthma", None),
    ("Women of childbearing potential must have a negative pregnancy test", None),
    ("Negative pregnancy test in women of childbearing potential", None),
    ("Men whose partners are pregnant must use condoms", None),
]

YEARS = {"ucum": "a"}
DIFFERENCES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("Age 18 to 65 years", {"age": Range(low=18, high=65, **YEARS)}, []),
    ("Age 18 to 65 years", {"age": Range(low=18, high=75, **YEARS)}, ["age_differs_from_text"]),
    ("Age 18 to 65 years", {"age": Range(low=21, high=65, **YEARS)}, ["age_differs_from_text"]),
    ("Age 18 to 65 years", {"age": Range(low=18, **YEARS)}, ["age_differs_from_text"]),
    ("Age 18 to 65 years", {}, []),
    # what the criteria leave out is no difference, nor what a field in whole years cannot say
    ("Aged 18 years or older", {"age": Range(low=18, high=99, **YEARS)}, []),
    ("Over 18 years of age", {"age": Range(low=18, **YEARS)}, []),
    ("Age ≥ 18 and < 65 years", {"age": Range(low=18, high=64, **YEARS)}, []),
    ("Age ≥ 18 and < 65 years", {"age": Range(low=18, high=65, **YEARS)}, []),
    ("Age ≥ 18 and < 65 years", {"age": Range(low=18, high=66, **YEARS)}, ["age_differs_from_text"]),
    # the same in other units
    ("6 months to 17 years of age", {"age": Range(low=6, high=204, ucum="mo")}, []),
    ("Aged 24 to 60 months", {"age": Range(low=2, high=5, **YEARS)}, []),
    ("Aged 24 to 72 months", {"age": Range(low=2, high=5, **YEARS)}, ["age_differs_from_text"]),
    # a field as wide as its age groups
    ("Age 30 to 60 years", {"age": Range(low=18, high=64, **YEARS), "age_groups": ["adult"]}, []),
    (
        "Age 30 to 70 years",
        {"age": Range(low=18, high=64, **YEARS), "age_groups": ["adult"]},
        ["age_differs_from_text"],
    ),
    ("Age 30 to 60 years", {"age": Range(low=18, high=64, **YEARS)}, ["age_differs_from_text"]),
    ("Women aged 18 to 45 years", {"sex": "female"}, []),
    ("Women aged 18 to 45 years", {"sex": "all"}, ["sex_differs_from_text"]),
    ("Women aged 18 to 45 years", {"sex": "male"}, ["sex_differs_from_text"]),
    ("Women aged 18 to 45 years", {"sex": "unknown"}, []),
    ("Male or female", {"sex": "female"}, ["sex_differs_from_text"]),
    ("Male or female", {"sex": "all"}, []),
    ("Asthma", {"sex": "female", "age": Range(low=18, **YEARS)}, []),
]


@pytest.mark.parametrize(("text", "expected"), AGES)
def test_rules_stated_age_is_what_everybody_must_meet(nlp: Language, text: str, expected: Bounds | None) -> None:
    stated = parse_eligibility(text, kind="inclusion", nlp=nlp).stated_age
    found = stated and (stated.low, stated.low_inclusive, stated.high, stated.high_inclusive, stated.ucum)
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "Of legal age",
        "Legal age to consent",
        "Adults of legal age in their country",
        "Has reached the age of majority",
        "Over the legal age of consent",
    ],
)
def test_rules_stated_age_without_a_number_is_the_law_s(nlp: Language, text: str) -> None:
    eligibility = parse_eligibility(text, kind="inclusion", nlp=nlp)
    rule = eligibility.criteria[0].rule
    assert rule is not None
    assert (rule.type, str(rule), eligibility.stated_age) == ("age", "legal age", None)
    assert [each.code for each in find(eligibility)] == ["age_not_stated"]


@pytest.mark.parametrize("text", ["Age of onset over 40 years", "Bone age", "Legal guardian"])
def test_rules_stated_other_ages_are_no_legal_age(nlp: Language, text: str) -> None:
    rule = parse_eligibility(text, kind="inclusion", nlp=nlp).criteria[0].rule
    assert rule is not None
    assert "legal age" not in str(rule)


def test_rules_stated_of_exclusions_is_nothing(nlp: Language) -> None:
    eligibility = parse_eligibility("Women\nAge over 65 years", kind="exclusion", nlp=nlp)
    assert (eligibility.stated_age, eligibility.stated_sex) == (None, None)


@pytest.mark.parametrize(("text", "expected"), SEXES)
def test_rules_stated_sex_is_what_everybody_must_have(nlp: Language, text: str, expected: str | None) -> None:
    assert parse_eligibility(text, kind="inclusion", nlp=nlp).stated_sex == expected


@pytest.mark.parametrize(("text", "fields", "codes"), DIFFERENCES)
def test_rules_stated_differences_from_the_fields(
    nlp: Language, text: str, fields: dict[str, Any], codes: list[str]
) -> None:
    eligibility = parse_eligibility(text, kind="inclusion", nlp=nlp).model_copy(update=fields)
    found = state_age_and_sex(eligibility)
    assert [each.code for each in found] == codes
    for each in found:
        assert each.pointer == "/eligibility/criteria/0/rule"
        assert each.span is not None
        assert (eligibility.text or "")[slice(*each.span)].strip()
        assert "in the field" in each.message


def test_rules_stated_differences_reach_the_record() -> None:
    eligibility = {
        "eligibilityCriteria": "Inclusion Criteria:\n\n* Men aged 40 to 75 years\n* Asthma",
        "sex": "FEMALE",
        "minimumAge": "18 Years",
        "maximumAge": "75 Years",
    }
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000102", "briefTitle": "A trial"},
            "statusModule": {"overallStatus": "COMPLETED"},
            "eligibilityModule": eligibility,
        }
    }
    trial = parser.parse(json.dumps(record).encode())
    found = {each.code: each.message for each in trial.diagnostics if each.code.endswith("_differs_from_text")}
    assert "18 to 75 years in the field, 40 to 75 years in the criteria" in found["age_differs_from_text"]
    assert "female in the field, male in the criteria" in found["sex_differs_from_text"]
