"""Times that have gone by, and lengths said before what lasts: the expected words are a careful reader's."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import CriterionKind
from parser.models.rules import Not, Rule, Treatment

#: Kind, criterion, the rule in words.
ELAPSED: list[tuple[CriterionKind, str, str]] = [
    ("inclusion", "At least 4 weeks since prior chemotherapy", "not (chemotherapy, less than 4 weeks ago)"),
    ("inclusion", "Must be > 4 weeks from previous major surgery", "not (major surgery, within the past 4 weeks)"),
    (
        "inclusion",
        "More than 2 weeks must have elapsed since the last dose of G-CSF",
        "not (treatment with G-CSF, last dose within the past 2 weeks)",
    ),
    ("exclusion", "Less than 4 weeks since prior radiotherapy", "radiotherapy, less than 4 weeks ago"),
    ("exclusion", "Fewer than 6 months since last relapse", "relapse, less than 6 months ago"),
    (
        "inclusion",
        "3 to 12 months after kidney transplantation",
        "kidney transplantation, within the past 12 months, but at least 3 months ago",
    ),
    (
        "inclusion",
        "At least 3 weeks since prior chemotherapy (6 weeks for nitrosoureas)",
        "not (chemotherapy, less than 3 weeks ago) and not (treatment with nitrosoureas, last dose less than 6 weeks"
        " ago)",
    ),
]
LASTING: list[tuple[CriterionKind, str, str]] = [
    ("inclusion", "Duration of diabetes ≥ 1 year", "diabetes, lasting at least 1 year"),
    ("inclusion", "Minimum duration of symptoms of 3 weeks", "symptoms, lasting at least 3 weeks"),
    ("inclusion", "At least 3 months of stable statin therapy", "statin therapy (stable), lasting at least 3 months"),
    (
        "exclusion",
        "More than 72 hours of hospitalization in the last 30 days",
        "hospitalization, lasting more than 72 hours, within the past 30 days",
    ),
]
DATED: list[tuple[CriterionKind, str, str]] = [
    (
        "exclusion",
        "History of other malignancy diagnosed within the past 3 years",
        "history of malignancy (other), diagnosed within the past 3 years",
    ),
    ("exclusion", "Surgery performed within 30 days", "Surgery, within the past 30 days"),
    (
        "exclusion",
        "Any surgery that was performed within 4 weeks before enrolment",
        "surgery, within 4 weeks before enrolment",
    ),
]
BY_SEX: list[tuple[CriterionKind, str, str]] = [
    (
        "exclusion",
        "QTc > 450 msec (males) or > 470 msec (females)",
        "any of: male sex and QTc > 450 msec; female sex and QTc > 470 msec",
    ),
    (
        "exclusion",
        "Alcohol intake above 20 g and 30 g for women and men respectively",
        "any of: female sex and Alcohol intake > 20 g; male sex and Alcohol intake > 30 g",
    ),
]


SCALED: list[tuple[CriterionKind, str, str]] = [
    ("exclusion", "NYHA III/IV heart failure", "heart failure, where (NYHA class 3 to 4)"),
    ("exclusion", "Child-Pugh B or C", "Child-Pugh class B or C"),
    ("exclusion", "Cirrhosis (Child-Pugh C)", "Cirrhosis, where (Child-Pugh class C)"),
    ("inclusion", "FIGO IIIC ovarian cancer", "ovarian cancer, where (FIGO stage IIIC)"),
    ("inclusion", "Child-Pugh score ≤ 6", "Child-Pugh score ≤ 6"),
    ("exclusion", "Pancreatitis (acute or chronic)", "any of: Pancreatitis (acute); Pancreatitis (chronic)"),
    ("exclusion", "Acute hepatitis A", "hepatitis A (acute)"),
    ("exclusion", "Use of probiotics (within past 1-mo)", "treatment with probiotics, within the past month"),
]

AGAIN: list[tuple[CriterionKind, str, str]] = [
    (
        "exclusion",
        "Consumption of alcohol within 3 days prior to dosing or during the study",
        "any of: Consumption of alcohol, within 3 days before the first dose (“dosing”); Consumption of alcohol, during"
        " the study",
    ),
    (
        "exclusion",
        "Major surgery within the prior 6 months or planned within the next 28 days",
        "any of: surgery (major), within the past 6 months; planned surgery (major), within the next 28 days",
    ),
    ("inclusion", "Ejection fraction at least 55% by MUGA", "Ejection fraction ≥ 55 % (by MUGA)"),
    ("exclusion", "eGFR < 30 mL/min calculated by CKD-EPI", "eGFR < 30 mL/min (by CKD-EPI)"),
    ("inclusion", "Neuropathy no greater than grade 2", "Neuropathy, where (grade ≤ 2)"),
    ("inclusion", "ECOG performance status of 2 or better", "ECOG performance status ≤ 2"),
    ("exclusion", "LVEF ˂ 30%", "LVEF < 30 %"),
    ("inclusion", "Creatinine < 2 mg/dL (or GFR > 60)", "either Creatinine < 2 mg/dL or GFR > 60"),
    ("exclusion", "Need for dialysis", "indication for dialysis"),
    ("exclusion", "Uncontrolled hypertension, with or without medication", "hypertension (uncontrolled)"),
    ("inclusion", "ALT ≤ 2.5 x [Upper Limit of Normal (ULN)]", "ALT ≤ 2.5 × the upper limit of normal"),
]


def _rule(kind: CriterionKind, text: str, nlp: Language) -> Rule:
    (criterion,) = parse_eligibility(f"- {text}", kind=kind, nlp=nlp).criteria
    assert criterion.rule is not None
    return criterion.rule


@pytest.mark.parametrize(("kind", "text", "expected"), [*ELAPSED, *LASTING, *DATED, *BY_SEX, *SCALED, *AGAIN])
def test_rules_frames_reads_times(kind: CriterionKind, text: str, expected: str, nlp: Language) -> None:
    assert str(_rule(kind, text, nlp)) == expected


def test_rules_elapsed_least_time_since_treatment_denies_one_nearer(nlp: Language) -> None:
    rule = _rule("inclusion", "At least 3 weeks since the last dose of methotrexate", nlp)
    assert isinstance(rule, Not)
    assert isinstance(rule.rule, Treatment)
    (window,) = rule.rule.when
    assert (window.relation, window.max, window.max_inclusive, window.of) == ("before", "P3W", False, "last_dose")


def test_rules_elapsed_state_of_health_must_have_been(nlp: Language) -> None:
    rule = _rule("inclusion", "At least 3 months after a stroke", nlp)
    assert rule.type == "condition"
    (window,) = rule.when
    assert (window.relation, window.min, window.max) == ("before", "P3M", None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("18 or more years of age", 18, None),
        ("With an age range between 18 and 37 years", 18, 37),
        ("Patients < 18", None, 18),
    ],
)
def test_rules_age_reads_writing(text: str, low: int | None, high: int | None, nlp: Language) -> None:
    rule = _rule("inclusion", text, nlp)
    assert rule.type == "age"
    assert (rule.range.low, rule.range.high) == (low, high)
