"""Common shapes of rules about measurements: participants who meet them, who do not, of whom it is not known.

The rules are those that careful readers write for the criteria in the comments; what is expected is read off the words.
"""

from __future__ import annotations

from typing import Any

import pytest
from matching_rules import (
    FEMALE,
    MALE,
    ON,
    above,
    all_of,
    any_of,
    below,
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
    uln,
    window,
)

from parser.matching import evaluate
from parser.models import Range, Rule


def lab(name: str, value: float, unit: str | None = None, start: str | None = "2025-05-30", **more: Any) -> dict:
    return {"concept": name, "amount": {"value": value, "unit": unit}, "start": start, **more}


def liver(ast: float, alt: float) -> list[dict]:
    return [lab(name, value, "U/L", references={"ULN": 40}) for name, value in (("AST", ast), ("ALT", alt))]


BILIRUBIN = any_of(measurement("bilirubin", uln(below(1.5))), condition("Gilbert's syndrome"))
BILIRUBIN_EXCLUDED = all_of(measurement("bilirubin", uln(above(1.5))), negation(condition("Gilbert's syndrome")))
LIVER = any_of(
    all_of(measurement("AST", uln(most(2.5))), measurement("ALT", uln(most(2.5)))),
    all_of(condition("liver metastases"), measurement("AST", uln(most(5))), measurement("ALT", uln(most(5)))),
)
PLATELETS = measurement("platelets", least(100, "10*9/L"), when=[window("within", "P14D", "randomization")])
ECOG = measurement("ECOG performance status", Range(low=0, high=1, ucum="{score}"))
NYHA = measurement("NYHA class", Range(low=3, high=4, ucum="{score}"))
STAGED = condition("non-small cell lung cancer", where=[measurement("stage", values=["IIIB", "IV"])])
TERMINAL = condition(
    "imminent terminal status",
    examples=[condition("septic shock"), measurement("life expectancy", below(7, "d"))],
)
HYPERTENSION = condition(
    "hypertension", qualifiers=["uncontrolled"], defined_as=measurement("SBP", above(180, "mm[Hg]"))
)
ORGANS = observation(
    "adequate organ function",
    defined_as=all_of(measurement("ANC", least(1.5, "10*9/L")), measurement("platelets", least(100, "10*9/L"))),
)
TESTED_WOMEN = any_of(
    negation(all_of(FEMALE, reproductive("childbearing_potential"))),
    measurement("pregnancy test", values=["negative"]),
)
QTC = any_of(all_of(MALE, measurement("QTc", most(450, "ms"))), all_of(FEMALE, measurement("QTc", most(470, "ms"))))
HIGH_PRESSURE = any_of(measurement("SBP", least(140, "mm[Hg]")), measurement("DBP", least(90, "mm[Hg]")))
LOW_PRESSURE = all_of(measurement("SBP", below(140, "mm[Hg]")), measurement("DBP", below(90, "mm[Hg]")))
PDL1 = biomarker("CD274", kind="expression", range=least(5, "{score}"), method=["CPS"])
NO_L858R = negation(biomarker("EGFR", kind="mutation", variant="L858R"))


CASES: list[tuple[str, Rule, dict[str, Any], bool | None]] = [
    # Bilirubin < 1.5 × ULN unless Gilbert's syndrome
    ("under the limit", BILIRUBIN, {"measurements": [lab("bilirubin", 1.79, "mg/dL", references={"ULN": 1.2})]}, True),
    ("at the limit", BILIRUBIN, {"measurements": [lab("bilirubin", 1.8, "mg/dL", references={"ULN": 1.2})]}, None),
    (
        "at the limit without Gilbert's",
        BILIRUBIN,
        {
            "measurements": [lab("bilirubin", 1.8, "mg/dL", references={"ULN": 1.2})],
            "conditions": [{"concept": "Gilbert's syndrome", "present": False}],
        },
        False,
    ),
    (
        "high with Gilbert's",
        BILIRUBIN,
        {
            "measurements": [lab("bilirubin", 4, "mg/dL", references={"ULN": 1.2})],
            "conditions": [{"concept": "Gilbert's syndrome"}],
        },
        True,
    ),
    (
        "no upper limit on record",
        BILIRUBIN,
        {"measurements": [lab("bilirubin", 1, "mg/dL")], "complete": ["condition"]},
        None,
    ),
    (
        "excluded: high without Gilbert's",
        BILIRUBIN_EXCLUDED,
        {"measurements": [lab("bilirubin", 1.81, "mg/dL", references={"ULN": 1.2})], "complete": ["condition"]},
        True,
    ),
    (
        "excluded: high with Gilbert's",
        BILIRUBIN_EXCLUDED,
        {
            "measurements": [lab("bilirubin", 4, "mg/dL", references={"ULN": 1.2})],
            "conditions": [{"concept": "Gilbert's syndrome"}],
        },
        False,
    ),
    (
        "excluded: at the limit",
        BILIRUBIN_EXCLUDED,
        {"measurements": [lab("bilirubin", 1.8, "mg/dL", references={"ULN": 1.2})]},
        False,
    ),
    (
        "excluded: high, Gilbert's not known",
        BILIRUBIN_EXCLUDED,
        {"measurements": [lab("bilirubin", 4, "mg/dL", references={"ULN": 1.2})]},
        None,
    ),
    # AST and ALT ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)
    ("both at the lower limit", LIVER, {"measurements": liver(100, 100)}, True),
    ("one above it", LIVER, {"measurements": liver(100, 101), "complete": ["condition"]}, False),
    (
        "one above it with metastases",
        LIVER,
        {"measurements": liver(200, 101), "conditions": [{"concept": "liver metastases"}]},
        True,
    ),
    (
        "above the upper limit with metastases",
        LIVER,
        {"measurements": liver(201, 101), "conditions": [{"concept": "liver metastases"}]},
        False,
    ),
    ("one above it, metastases not known", LIVER, {"measurements": liver(100, 101)}, None),
    # Platelets ≥ 100 × 10^9/L within 14 days of randomization
    (
        "enough on the first day",
        PLATELETS,
        {"measurements": [lab("platelet count", 100, "10*9/L", "2025-05-18")]},
        True,
    ),
    ("enough a day earlier", PLATELETS, {"measurements": [lab("platelet count", 100, "10*9/L", "2025-05-17")]}, None),
    ("in other units", PLATELETS, {"measurements": [lab("platelets", 100_000, "/uL", "2025-05-20")]}, True),
    ("too few", PLATELETS, {"measurements": [lab("platelets", 99, "10*9/L", "2025-05-20")]}, False),
    (
        "the latest counts",
        PLATELETS,
        {"measurements": [lab("platelets", 150, "10*9/L", "2025-05-20"), lab("platelets", 99, "10*9/L", "2025-05-28")]},
        False,
    ),
    (
        "randomized later",
        PLATELETS,
        {"events": {"randomization": "2025-06-10"}, "measurements": [lab("platelets", 150, "10*9/L", "2025-05-26")]},
        None,
    ),
    # ECOG performance status 0 or 1; NYHA class III–IV
    ("ECOG 1", ECOG, {"measurements": [lab("ECOG", 1)]}, True),
    ("ECOG 2", ECOG, {"measurements": [lab("ECOG PS", 2, "points")]}, False),
    ("no ECOG", ECOG, {}, None),
    ("NYHA III", NYHA, {"measurements": [{"concept": "NYHA class", "results": ["III"]}]}, True),
    ("NYHA II", NYHA, {"measurements": [{"concept": "NYHA class", "results": ["II"]}]}, False),
    ("NYHA not graded", NYHA, {"measurements": [{"concept": "NYHA class"}]}, None),
    # Stage IIIB or IV non-small cell lung cancer
    (
        "stage IV",
        STAGED,
        {
            "conditions": [
                {
                    "concept": "non-small cell lung cancer",
                    "particulars": {"measurements": [{"concept": "stage", "results": ["IV"]}]},
                }
            ]
        },
        True,
    ),
    (
        "stage IVA is a stage IV",
        STAGED,
        {
            "conditions": [
                {"concept": "NSCLC", "particulars": {"measurements": [{"concept": "stage", "results": ["IVA"]}]}}
            ]
        },
        True,
    ),
    (
        "stage IIIA",
        STAGED,
        {
            "conditions": [
                {"concept": "NSCLC", "particulars": {"measurements": [{"concept": "stage", "results": ["IIIA"]}]}}
            ],
            "complete": ["condition"],
        },
        False,
    ),
    (
        "stage III of some kind",
        STAGED,
        {
            "conditions": [
                {"concept": "NSCLC", "particulars": {"measurements": [{"concept": "stage", "results": ["III"]}]}}
            ],
            "complete": ["condition"],
        },
        None,
    ),
    (
        "the stage of another cancer",
        STAGED,
        {"conditions": [{"concept": "NSCLC"}], "measurements": [{"concept": "stage", "results": ["IV"]}]},
        None,
    ),
    # Imminent terminal status (e.g., septic shock, life expectancy <7 days)
    ("septic shock", TERMINAL, {"conditions": [{"concept": "septic shock"}]}, True),
    ("six days to live", TERMINAL, {"measurements": [lab("life expectancy", 6, "d")]}, True),
    ("seven days to live prove nothing", TERMINAL, {"measurements": [lab("life expectancy", 7, "d")]}, None),
    ("as such", TERMINAL, {"conditions": [{"concept": "imminent terminal status"}]}, True),
    ("not at all", TERMINAL, {"measurements": [lab("life expectancy", 1, "a")], "complete": ["condition"]}, False),
    # Uncontrolled hypertension, defined as SBP > 180 mmHg
    ("pressure of 181", HYPERTENSION, {"measurements": [lab("SBP", 181, "mmHg")]}, True),
    (
        "pressure of 180",
        HYPERTENSION,
        {
            "measurements": [lab("SBP", 180, "mmHg")],
            "conditions": [{"concept": "hypertension", "qualifiers": ["uncontrolled"]}],
        },
        False,
    ),
    (
        "pressure not measured",
        HYPERTENSION,
        {"conditions": [{"concept": "hypertension", "qualifiers": ["uncontrolled"]}]},
        None,
    ),
    # Adequate organ function: ANC ≥ 1.5, platelets ≥ 100
    ("organs work", ORGANS, {"measurements": [lab("ANC", 1500, "/uL"), lab("platelets", 100, "10*9/L")]}, True),
    ("too few neutrophils", ORGANS, {"measurements": [lab("absolute neutrophil count", 1.4, "10*9/L")]}, False),
    ("platelets not counted", ORGANS, {"measurements": [lab("ANC", 1.5, "10*9/L")]}, None),
    # Women of childbearing potential must have a negative pregnancy test
    (
        "negative test",
        TESTED_WOMEN,
        {"sex": "female", "measurements": [{"concept": "pregnancy test", "results": ["negative"]}]},
        True,
    ),
    (
        "positive test",
        TESTED_WOMEN,
        {
            "sex": "female",
            "reproductive": [{"state": "childbearing_potential"}],
            "measurements": [{"concept": "pregnancy test", "results": ["positive"]}],
        },
        False,
    ),
    (
        "positive test, potential not known",
        TESTED_WOMEN,
        {"sex": "female", "measurements": [{"concept": "pregnancy test", "results": ["positive"]}]},
        None,
    ),
    ("no test needed of a man", TESTED_WOMEN, {"sex": "male"}, True),
    (
        "no test needed without potential",
        TESTED_WOMEN,
        {"sex": "female", "reproductive": [{"state": "childbearing_potential", "present": False}]},
        True,
    ),
    # Males QTc ≤ 450 ms, females ≤ 470 ms
    ("man at 450", QTC, {"sex": "male", "measurements": [lab("QTc", 450, "ms")]}, True),
    ("man at 460", QTC, {"sex": "male", "measurements": [lab("QTc", 460, "ms")]}, False),
    ("woman at 470", QTC, {"sex": "female", "measurements": [lab("QTc", 0.47, "s")]}, True),
    ("woman at 471", QTC, {"sex": "female", "measurements": [lab("QTc", 471, "ms")]}, False),
    ("either sex at 480", QTC, {"measurements": [lab("QTc", 480, "ms")]}, False),
    ("either sex at 460", QTC, {"measurements": [lab("QTc", 460, "ms")]}, None),
    # Hemoglobin ≥ 9 g/dL (90 g/L)
    ("9 g/dL", measurement("hemoglobin", least(9, "g/dL")), {"measurements": [lab("Hb", 90, "g/L")]}, True),
    ("8.9 g/dL", measurement("hemoglobin", least(9, "g/dL")), {"measurements": [lab("Hb", 89, "g/L")]}, False),
    ("9 of an unknown unit", measurement("hemoglobin", least(9, "g/dL")), {"measurements": [lab("Hb", 9)]}, None),
    # BP ≥ 140/90; BP < 140/90
    ("high by one", HIGH_PRESSURE, {"measurements": [lab("SBP", 139, "mmHg"), lab("DBP", 90, "mmHg")]}, True),
    ("high by none", HIGH_PRESSURE, {"measurements": [lab("SBP", 139, "mmHg"), lab("DBP", 89, "mmHg")]}, False),
    ("high by none known", HIGH_PRESSURE, {"measurements": [lab("SBP", 139, "mmHg")]}, None),
    ("low by both", LOW_PRESSURE, {"measurements": [lab("SBP", 139, "mmHg"), lab("DBP", 89, "mmHg")]}, True),
    ("low by one", LOW_PRESSURE, {"measurements": [lab("SBP", 140, "mmHg")]}, False),
    ("low by one known", LOW_PRESSURE, {"measurements": [lab("DBP", 89, "mmHg")]}, None),
    # PD-L1 CPS ≥ 5; no EGFR L858R mutation
    (
        "CPS of 5",
        PDL1,
        {"biomarkers": [{"marker": "PD-L1", "kind": "expression", "amount": {"value": 5}, "method": ["CPS"]}]},
        True,
    ),
    (
        "CPS of 4",
        PDL1,
        {"biomarkers": [{"marker": "CD274", "kind": "expression", "amount": {"value": 4}, "method": ["cps"]}]},
        False,
    ),
    (
        "50 by another score",
        PDL1,
        {"biomarkers": [{"marker": "PD-L1", "kind": "expression", "amount": {"value": 50}, "method": ["TPS"]}]},
        None,
    ),
    ("L858R", NO_L858R, {"biomarkers": [{"marker": "EGFR", "kind": "mutation", "variant": "L858R"}]}, False),
    (
        "no mutation of EGFR",
        NO_L858R,
        {"biomarkers": [{"marker": "EGFR", "kind": "mutation", "results": ["wild type"]}]},
        True,
    ),
    ("some mutation of EGFR", NO_L858R, {"biomarkers": [{"marker": "EGFR", "kind": "mutation"}]}, None),
    (
        "another mutation of EGFR",
        NO_L858R,
        {"biomarkers": [{"marker": "EGFR", "kind": "mutation", "variant": "T790M"}]},
        None,
    ),
]


@pytest.mark.parametrize(("rule", "record", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_matching_measured_hold_as_their_words_say(rule: Rule, record: dict[str, Any], expected: bool | None) -> None:
    assert evaluate(rule, person(**record), on=ON, is_a=is_a) is expected


@pytest.mark.parametrize("rule", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_matching_measured_are_met_and_not_met_and_not_known(rule: Rule) -> None:
    assert {expected for _, other, _, expected in CASES if other == rule} == {True, False, None}
