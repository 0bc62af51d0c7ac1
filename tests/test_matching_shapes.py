"""Common shapes of rules about what happened: participants who meet them, who do not, of whom it is not known.

The rules are those that careful readers write for the criteria in the comments; what is expected is read off the words.
"""

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
    is_a,
    least,
    negation,
    observation,
    person,
    reproductive,
    requirement,
    treatment,
    window,
)

from parser.matching import evaluate
from parser.models import Rule

METASTATIC = {"conditions": [{"concept": "metastatic disease"}]}
EARLY = {"conditions": [{"concept": "metastatic disease", "present": False}]}
PREGNANCY = any_of(
    reproductive("pregnant"),
    reproductive("breastfeeding"),
    reproductive("planning_pregnancy", when=[window("after", "P1Y")]),
)
WOMEN = all_of(FEMALE, PREGNANCY)
NEITHER = [{"state": "pregnant", "present": False}, {"state": "breastfeeding", "present": False}]
NO_PLANS = {"state": "planning_pregnancy", "present": False, "end": "2030-01-01"}

MALIGNANCY = condition(
    "malignancy",
    status=["history"],
    when=[window("before", "P5Y")],
    unless=[condition("basal cell carcinoma")],
)
NO_CHEMOTHERAPY = negation(treatment("chemotherapy", status=["prior"], where=[condition("metastatic disease")]))
RECENT_CHEMOTHERAPY = treatment(
    "chemotherapy", when=[window("before", None, "first_dose", longer_of=["P28D", "5 half-lives"])]
)
ENDED_THERAPY = negation(
    treatment("therapy", when=[window("before", "P3W", "first_dose", max_inclusive=False, of="last_dose")])
)
TWO_OF_THREE = any_of(condition("fever"), condition("cough"), condition("dyspnea"), at_least=2)
TRANSPLANTATION = treatment(
    "transplantation",
    category="transplant",
    defined_as=any_of(
        treatment("bone marrow transplantation", category="transplant"),
        treatment("lung transplantation", category="transplant"),
    ),
)
IN_JAPAN = any_of(all_of(negation(observation("Japan")), age(18)), all_of(observation("Japan"), age(20)))
METFORMIN = treatment(
    "metformin",
    qualifiers=["stable dose"],
    duration=least(90, "d"),
    when=[window("before", None, "screening")],
)


CASES: list[tuple[str, Rule, dict[str, Any], bool | None]] = [
    # Age: 0-65 years old, diagnosed with sepsis
    (
        "sepsis at 65",
        all_of(age(0, 65), condition("sepsis")),
        {"birth_date": "1959-06-02", "conditions": [{"concept": "sepsis"}]},
        True,
    ),
    (
        "sepsis at 66",
        all_of(age(0, 65), condition("sepsis")),
        {"birth_date": "1959-06-01", "conditions": [{"concept": "sepsis"}]},
        False,
    ),
    (
        "no sepsis at 30",
        all_of(age(0, 65), condition("sepsis")),
        {"birth_date": "1995", "conditions": [{"concept": "sepsis", "present": False}]},
        False,
    ),
    ("sepsis at no known age", all_of(age(0, 65), condition("sepsis")), {"conditions": [{"concept": "sepsis"}]}, None),
    ("nothing known of sepsis", all_of(age(0, 65), condition("sepsis")), {"birth_date": "1995"}, None),
    # Clinical diagnosis of sepsis (based on Sepsis 3.0 International Guidelines)
    (
        "by the guideline",
        condition("sepsis", method=["Sepsis 3.0"]),
        {"conditions": [{"concept": "sepsis", "method": ["SEPSIS-3.0"]}]},
        True,
    ),
    (
        "by another guideline",
        condition("sepsis", method=["Sepsis 3.0"]),
        {"conditions": [{"concept": "sepsis", "method": ["SIRS"]}]},
        None,
    ),
    (
        "by no guideline known",
        condition("sepsis", method=["Sepsis 3.0"]),
        {"conditions": [{"concept": "sepsis"}]},
        None,
    ),
    (
        "no sepsis by any",
        condition("sepsis", method=["Sepsis 3.0"]),
        {"conditions": [{"concept": "sepsis", "present": False}]},
        False,
    ),
    # Confirmed or suspected infection
    (
        "suspected",
        condition("infection", certainty=["confirmed", "suspected"]),
        {"conditions": [{"concept": "infection", "certainty": "suspected"}]},
        True,
    ),
    (
        "either",
        condition("infection", certainty=["confirmed", "suspected"]),
        {"conditions": [{"concept": "infection"}]},
        True,
    ),
    (
        "no infection",
        condition("infection", certainty=["confirmed", "suspected"]),
        {"conditions": [{"concept": "infection", "present": False}]},
        False,
    ),
    ("nothing of infection", condition("infection", certainty=["confirmed", "suspected"]), {}, None),
    # Women who are pregnant, lactating or plan to become pregnant within a year
    ("pregnant", WOMEN, {"sex": "female", "reproductive": [{"state": "pregnant"}]}, True),
    ("was pregnant", WOMEN, {"sex": "female", "reproductive": [{"state": "pregnant", "end": "2025-05-31"}]}, None),
    (
        "plans within the year",
        WOMEN,
        {"sex": "female", "reproductive": [{"state": "planning_pregnancy", "start": "2026-06-01"}]},
        True,
    ),
    (
        "plans a day later",
        WOMEN,
        {"sex": "female", "reproductive": [*NEITHER, {"state": "planning_pregnancy", "start": "2026-06-02"}, NO_PLANS]},
        False,
    ),
    (
        "plans some time",
        WOMEN,
        {"sex": "female", "reproductive": [*NEITHER, {"state": "planning_pregnancy", "standing": "planned"}]},
        None,
    ),
    ("a man", WOMEN, {"sex": "male"}, False),
    ("a woman", WOMEN, {"sex": "female"}, None),
    ("nobody known", WOMEN, {}, None),
    # History of malignancy within 5 years except basal cell carcinoma
    (
        "lung cancer since the day five years ago",
        MALIGNANCY,
        {"conditions": [{"concept": "lung cancer", "start": "2019", "end": "2020-06-01"}]},
        True,
    ),
    (
        "lung cancer over the day before",
        MALIGNANCY,
        {"conditions": [{"concept": "lung cancer", "start": "2019", "end": "2020-05-31"}], "complete": ["condition"]},
        False,
    ),
    (
        "basal cell carcinoma",
        MALIGNANCY,
        {"conditions": [{"concept": "basal cell carcinoma", "start": "2024"}], "complete": ["condition"]},
        False,
    ),
    (
        "basal cell carcinoma alone on record",
        MALIGNANCY,
        {"conditions": [{"concept": "basal cell carcinoma", "start": "2024"}]},
        None,
    ),
    (
        "both",
        MALIGNANCY,
        {
            "conditions": [
                {"concept": "basal cell carcinoma", "start": "2024"},
                {"concept": "lung cancer", "start": "2023-02"},
            ]
        },
        True,
    ),
    (
        "a malignancy that may be the exception",
        MALIGNANCY,
        {"conditions": [{"concept": "malignancy", "start": "2023"}]},
        None,
    ),
    ("no malignancy ever", MALIGNANCY, {"conditions": [{"concept": "malignancy", "present": False}]}, False),
    # No prior chemotherapy for metastatic disease
    (
        "for it",
        NO_CHEMOTHERAPY,
        {"treatments": [{"concept": "cisplatin", "start": "2023", "particulars": METASTATIC}]},
        False,
    ),
    (
        "for early disease",
        NO_CHEMOTHERAPY,
        {"treatments": [{"concept": "cisplatin", "start": "2023", "particulars": EARLY}], "complete": ["treatment"]},
        True,
    ),
    (
        "for what is not known",
        NO_CHEMOTHERAPY,
        {"treatments": [{"concept": "cisplatin", "start": "2023"}], "complete": ["treatment"]},
        None,
    ),
    ("never any", NO_CHEMOTHERAPY, {"treatments": [{"concept": "chemotherapy", "present": False}]}, True),
    (
        "metastatic, but treated for early disease",
        NO_CHEMOTHERAPY,
        {
            "conditions": [{"concept": "metastatic disease"}],
            "treatments": [{"concept": "cisplatin", "start": "2023", "particulars": EARLY}],
            "complete": ["treatment"],
        },
        True,
    ),
    # Chemotherapy within 28 days or 5 half-lives, whichever is longer, before first dose
    (
        "28 days ago",
        RECENT_CHEMOTHERAPY,
        {"treatments": [{"concept": "cisplatin", "start": "2025-01", "end": "2025-05-04"}]},
        True,
    ),
    (
        "29 days ago, half-life not known",
        RECENT_CHEMOTHERAPY,
        {"treatments": [{"concept": "cisplatin", "start": "2025-01", "end": "2025-05-03"}], "complete": ["treatment"]},
        None,
    ),
    (
        "29 days ago, half-life of 6 days",
        RECENT_CHEMOTHERAPY,
        {
            "treatments": [{"concept": "cisplatin", "start": "2025-01", "end": "2025-05-03", "half_life": "P6D"}],
            "complete": ["treatment"],
        },
        True,
    ),
    (
        "29 days ago, half-life of 5 days",
        RECENT_CHEMOTHERAPY,
        {
            "treatments": [{"concept": "cisplatin", "start": "2025-01", "end": "2025-05-03", "half_life": "P5D"}],
            "complete": ["treatment"],
        },
        False,
    ),
    # Prior therapy must have ended ≥ 3 weeks before first dose
    (
        "ended three weeks ago",
        ENDED_THERAPY,
        {"treatments": [{"concept": "therapy", "start": "2025-01", "end": "2025-05-11"}], "complete": ["treatment"]},
        True,
    ),
    (
        "ended a day later",
        ENDED_THERAPY,
        {"treatments": [{"concept": "therapy", "start": "2025-01", "end": "2025-05-12"}], "complete": ["treatment"]},
        False,
    ),
    ("goes on", ENDED_THERAPY, {"treatments": [{"concept": "therapy", "start": "2025-01", "ongoing": True}]}, False),
    (
        "ended some time",
        ENDED_THERAPY,
        {"treatments": [{"concept": "therapy", "start": "2025-01", "ongoing": False}], "complete": ["treatment"]},
        None,
    ),
    # At least two of the following
    ("two", TWO_OF_THREE, {"conditions": [{"concept": "fever"}, {"concept": "cough"}]}, True),
    ("one and no others", TWO_OF_THREE, {"conditions": [{"concept": "fever"}], "complete": ["condition"]}, False),
    (
        "one, another not known",
        TWO_OF_THREE,
        {"conditions": [{"concept": "fever"}, {"concept": "cough", "present": False}]},
        None,
    ),
    # Transplantation (bone marrow, lung, liver)
    (
        "of the lung, long ago",
        TRANSPLANTATION,
        {"treatments": [{"concept": "lung transplantation", "start": "1999", "category": "transplant"}]},
        True,
    ),
    (
        "of the cornea",
        TRANSPLANTATION,
        {"treatments": [{"concept": "corneal transplantation", "start": "1999"}], "complete": ["treatment"]},
        False,
    ),
    ("of what is not told", TRANSPLANTATION, {"treatments": [{"concept": "transplantation", "start": "1999"}]}, None),
    # Poor adherence to the study protocol; concurrent participation in other clinical trials
    ("adheres", negation(requirement("adherence")), {"requirements": [{"topic": "adherence"}]}, False),
    (
        "does not adhere",
        negation(requirement("adherence")),
        {"requirements": [{"topic": "adherence", "present": False}]},
        True,
    ),
    ("adherence not known", negation(requirement("adherence")), {}, None),
    (
        "in another trial",
        requirement("participation", status=["current"]),
        {"requirements": [{"topic": "participation", "start": "2025-01"}]},
        True,
    ),
    (
        "was in another trial",
        requirement("participation", status=["current"]),
        {"requirements": [{"topic": "participation", "end": "2025-05-31"}], "complete": ["requirement"]},
        False,
    ),
    (
        "last day of another trial",
        requirement("participation", status=["current"]),
        {"requirements": [{"topic": "participation", "end": "2025-06-01"}]},
        True,
    ),
    (
        "nothing of other trials",
        requirement("participation", status=["current"]),
        {"requirements": [{"topic": "consent"}]},
        None,
    ),
    # (inclusion) At least 18 years (in Japan at least 20)
    (
        "19 elsewhere",
        IN_JAPAN,
        {"birth_date": "2006-01", "observations": [{"concept": "Japan", "present": False}]},
        True,
    ),
    ("19 in Japan", IN_JAPAN, {"birth_date": "2006-01", "observations": [{"concept": "Japan"}]}, False),
    ("19 who knows where", IN_JAPAN, {"birth_date": "2006-01"}, None),
    ("17 who knows where", IN_JAPAN, {"birth_date": "2008-01"}, False),
    # Stable dose of metformin for at least 90 days before screening
    (
        "90 days",
        METFORMIN,
        {
            "treatments": [
                {"concept": "metformin", "qualifiers": ["stable dose"], "start": "2025-03-03", "ongoing": True}
            ]
        },
        True,
    ),
    (
        "89 days",
        METFORMIN,
        {
            "treatments": [
                {"concept": "metformin", "qualifiers": ["stable dose"], "start": "2025-03-04", "ongoing": True}
            ],
            "complete": ["treatment"],
        },
        False,
    ),
    (
        "90 days before an earlier screening",
        METFORMIN,
        {
            "events": {"screening": "2025-05-01"},
            "treatments": [
                {"concept": "metformin", "qualifiers": ["stable dose"], "start": "2025-03-03", "ongoing": True}
            ],
            "complete": ["treatment"],
        },
        False,
    ),
    (
        "a dose that may vary",
        METFORMIN,
        {"treatments": [{"concept": "metformin", "start": "2024", "ongoing": True}], "complete": ["treatment"]},
        None,
    ),
]


@pytest.mark.parametrize(("rule", "record", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_matching_shapes_hold_as_their_words_say(rule: Rule, record: dict[str, Any], expected: bool | None) -> None:
    assert evaluate(rule, person(**record), on=ON, is_a=is_a) is expected


@pytest.mark.parametrize("rule", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_matching_shapes_are_met_and_not_met_and_not_known(rule: Rule) -> None:
    assert {expected for _, other, _, expected in CASES if other == rule} == {True, False, None}
