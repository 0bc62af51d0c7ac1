"""Criteria that are not understood as a whole: what is sure stays, beside the words that narrow or loosen it."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import CriterionKind
from parser.models.rules import Unstructured, atoms

CASES: list[tuple[CriterionKind, str, list[str]]] = [
    ("inclusion", "Sustained recovery with platelets ≥ 100 x 10^9/L", ["platelets ≥ 100 x 10^9/L"]),
    (
        "inclusion",
        "AST and ALT ≤ 2.5 x ULN as seen locally",
        ["AST ≤ 2.5 × the upper limit of normal", "ALT ≤ 2.5 × the upper limit of normal"],
    ),
    ("inclusion", "Blood PSA values <10 ng/mL, rising", ["Blood PSA values < 10 ng/mL"]),
    ("exclusion", "Glucose <50 or >400 mg/dL despite care", ["Glucose < 50 mg/dL", "Glucose > 400 mg/dL"]),
    (
        "exclusion",
        "BP ≥ 140/90 mmHg despite care",
        ["systolic blood pressure ≥ 140 mmHg", "diastolic blood pressure ≥ 90 mmHg"],
    ),
    ("inclusion", "Overweight people, with a BMI of 25.0 to 29.9 kg/m2", ["Overweight", "BMI 25 to 29.9 kg/m2"]),
    ("inclusion", "Older adults (≥ 65 years) who walk alone", ["age 65 years or older"]),
    (
        "inclusion",
        "Mini-Mental State Examination (MMSE) score of 24 or more, as tested",
        ["Mini-Mental State Examination score ≥ 24"],
    ),
    (
        "inclusion",
        "Men or women aged 18 to 65 years who own a telephone",
        ["male sex", "female sex", "age 18 to 65 years", "access to the technology needed (telephone)"],
    ),
    (
        "exclusion",
        "Subjects less than 18 years of age or older than 65 years of age, or in prison",
        ["age under 18 years", "age over 65 years"],
    ),
]

LEFT_ALONE = [
    ("inclusion", "Prednisone up to 20 mg per day is allowed"),
]


def sure(text: str, kind: CriterionKind, nlp: Language) -> list[str]:
    [criterion] = parse_eligibility(text, kind=kind, nlp=nlp).criteria
    assert criterion.rule is not None
    return [str(atom) for atom in atoms(criterion.rule) if not isinstance(atom, Unstructured)]


@pytest.mark.parametrize(("kind", "text", "limits"), CASES)
def test_rules_partial_keeps_sure_limits(nlp: Language, kind: CriterionKind, text: str, limits: list[str]) -> None:
    assert sure(text, kind, nlp) == limits


@pytest.mark.parametrize(("kind", "text"), LEFT_ALONE)
def test_rules_partial_leaves_limits_alone_that_words_turn_round(nlp: Language, kind: CriterionKind, text: str) -> None:
    assert sure(text, kind, nlp) == []


def test_rules_partial_waiver_loosens_an_inclusion(nlp: Language) -> None:
    text = "Total bilirubin < 2 x ULN unless related to hemolysis"
    [criterion] = parse_eligibility(text, kind="inclusion", nlp=nlp).criteria
    assert criterion.rule is not None
    assert str(criterion.rule) == (
        "any of: Total bilirubin < 2 × the upper limit of normal; "
        "“unless related to hemolysis” (not structured: no pattern)"
    )


def test_rules_partial_words_beside_a_limit_narrow_it(nlp: Language) -> None:
    [criterion] = parse_eligibility("Sustained SBP < 80 mmHg", kind="exclusion", nlp=nlp).criteria
    assert criterion.rule is not None
    assert criterion.rule.type == "all_of"
    assert criterion.rule.confidence <= 0.5


def test_rules_partial_limits_by_sex(nlp: Language) -> None:
    text = "CHA2DS2VASc score ≥2 for males and ≥3 for females"
    [criterion] = parse_eligibility(text, kind="inclusion", nlp=nlp).criteria
    assert str(criterion.rule) == ("any of: male sex and CHA2DS2VASc score ≥ 2; female sex and CHA2DS2VASc score ≥ 3")


def test_rules_partial_another_limit_under_a_condition_is_an_alternative(nlp: Language) -> None:
    text = "- ALT ≤ 3 x ULN; ALT ≤ 5 x ULN if there are liver metastases; platelets ≥ 100 x 10^9/L"
    [criterion] = parse_eligibility(text, kind="inclusion", nlp=nlp).criteria
    assert criterion.rule is not None
    assert criterion.rule.type == "all_of"
    first, second = criterion.rule.rules
    assert first.type == "any_of"
    assert [str(rule) for rule in first.rules] == [
        "ALT ≤ 3 × the upper limit of normal",
        "liver metastases and ALT ≤ 5 × the upper limit of normal",
    ]
    assert str(second) == "platelets ≥ 100 x 10^9/L"


def test_rules_partial_limit_of_some_people_does_not_bind_all(nlp: Language) -> None:
    text = "LVEF >45% (in children, shortening fraction >26%)"
    [criterion] = parse_eligibility(text, kind="inclusion", nlp=nlp).criteria
    assert str(criterion.rule) == (
        "any of: LVEF > 45 %; “in children, shortening fraction >26%” (not structured: no pattern)"
    )


#: Rules of criteria of which a part is understood, in words; `[…]` are words that are kept.
READ_IN_PART: list[tuple[CriterionKind, str, str]] = [
    (
        "inclusion",
        "No seizures for at least 6 months before enrollment",
        "not (seizures, within 6 months before enrolment)",
    ),
    (
        "inclusion",
        "No other lung disease, bronchitis or asthma for at least 6 weeks prior to screening",
        "not (any of: lung disease (other), within 6 weeks before screening; bronchitis, within 6 weeks before "
        "screening; asthma, within 6 weeks before screening)",
    ),
    (
        "inclusion",
        "Ketoconazole must have been discontinued at least 4 weeks prior to enrollment",
        "not (treatment with Ketoconazole, last dose less than 4 weeks before enrolment)",
    ),
    ("exclusion", "Planned surgery within 12 months", "planned surgery, within the next 12 months"),
    (
        "exclusion",
        "Cardiac disease: myocardial infarction within 6 months",
        "myocardial infarction, within the past 6 months",
    ),
    ("inclusion", "Performance status: ECOG 0 - 2", "ECOG 0 to 2"),
    (
        "inclusion",
        "Measurable disease is preferred but not mandatory",
        "[Measurable disease is preferred but not mandatory]",
    ),
    (
        "inclusion",
        "Women older than 35 years. It is not allowed to take estrogen.",
        "all of: female sex; age over 35 years; [It is not allowed to take estrogen]",
    ),
    (
        "inclusion",
        "ALT ≤ 2.5 x ULN, or ≤ 5 x ULN if hepatic metastases are present",
        "any of: ALT ≤ 2.5 × the upper limit of normal; hepatic metastases and ALT ≤ 5 × the upper limit of normal",
    ),
    (
        "exclusion",
        "Older than 7 years and cannot perform spirometry despite coaching",
        "all of: age over 7 years; [cannot perform spirometry despite coaching]",
    ),
    (
        "exclusion",
        "Peripheral neuropathy or neuropathic pain grade 2 or higher",
        "any of: Peripheral neuropathy, where (grade ≥ 2); neuropathic pain, where (grade ≥ 2)",
    ),
    ("inclusion", "Creatinine clearance ≥ 30 mL/minute (mL/min)", "Creatinine clearance ≥ 30 mL/minute"),
    ("inclusion", "Advanced solid tumors (excluding breast cancer)", "solid tumors (advanced), except (breast cancer)"),
    ("exclusion", "Patients who are receiving warfarin", "current treatment with warfarin"),
    ("exclusion", "Have received chemotherapy", "prior chemotherapy"),
    (
        "inclusion",
        "Men must have no seizures and no tremor",
        "any of: not (male sex); not (seizures) and not (tremor)",
    ),
    (
        "inclusion",
        "If creatinine > 1.5 mg/dL, a nephrologist must agree",
        "any of: not (creatinine > 1.5 mg/dL); [a nephrologist must agree]",
    ),
    ("inclusion", "For subjects with diabetes: HbA1c < 10 %", "either not (diabetes) or HbA1c < 10 %"),
    (
        "exclusion",
        "For subjects with liver metastases, ALT > 5 x ULN",
        "liver metastases and ALT > 5 × the upper limit of normal",
    ),
    (
        "inclusion",
        "Women of childbearing potential must have a negative pregnancy test at screening",
        "any of: not (female sex and childbearing potential); pregnancy test negative, at screening",
    ),
    ("inclusion", "Must not have had platelets < 50 x 10^9/L ever", "not (all of: platelets < 50 x 10^9/L; [ever])"),
    (
        "inclusion",
        "No prior chemotherapy or radiotherapy at any hospital within 4 weeks",
        "not (all of: (any of: prior chemotherapy, within the past 4 weeks; prior radiotherapy, within the past "
        "4 weeks); [at any hospital])",
    ),
    (
        "exclusion",
        "Active infection and currently requires intravenous therapy",
        "all of: current infection; [currently requires intravenous therapy]",
    ),
    (
        "exclusion",
        "Active malignancy. Patients with basal cell carcinoma are eligible.",
        "all of: current malignancy; [Patients with basal cell carcinoma are eligible]",
    ),
    (
        "exclusion",
        "Has had cataract surgery on the study eye within 90 days",
        "all of: cataract surgery, within the past 90 days; [on the study eye]",
    ),
    (
        "exclusion",
        "Surgery for lung cancer within 4 weeks",
        "Surgery, within the past 4 weeks, where (lung cancer)",
    ),
    ("exclusion", "Central venous catheter more than 48 hours", "Central venous catheter, lasting more than 48 hours"),
    (
        "exclusion",
        "History of abdominal fistula, or active bleeding within 6 months",
        "any of: history of abdominal fistula; current bleeding, within the past 6 months",
    ),
    (
        "inclusion",
        "Acute lymphoblastic leukemia; Burkitt lymphoma",
        "either Acute lymphoblastic leukemia or Burkitt lymphoma",
    ),
    ("inclusion", "Patients with stage IV melanoma are eligible", "melanoma, where (stage IV)"),
]


@pytest.mark.parametrize(("kind", "text", "words"), READ_IN_PART)
def test_rules_partial_reads_what_it_can(nlp: Language, kind: CriterionKind, text: str, words: str) -> None:
    [criterion] = parse_eligibility(text, kind=kind, nlp=nlp).criteria
    assert re.sub(r"“([^”]*)” \(not structured: [a-z ]+\)", r"[\1]", str(criterion.rule)) == words
