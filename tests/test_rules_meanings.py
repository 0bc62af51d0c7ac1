"""How whole clauses are meant, read aloud: the expected words are what a careful reader would say they ask."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import Criterion, CriterionKind
from parser.models.rules import Not, Rule, Unstructured, atoms

OTHERS: list[tuple[CriterionKind, str, str]] = [
    ("exclusion", "Mother with HIV infection", "HIV infection, of the mother"),
    ("exclusion", "Maternal HIV infection", "HIV infection, of the mother"),
    ("inclusion", "Infants born to mothers with hepatitis B", "hepatitis B, of the mother"),
    ("exclusion", "Maternal history of drug abuse", "history of drug abuse, of the mother"),
    ("exclusion", "Mother's history of preeclampsia", "history of preeclampsia, of the mother"),
    ("inclusion", "Mother aged 18 years or older", "age 18 years or older, of the mother"),
    ("inclusion", "Maternal age 18 to 45 years", "age 18 to 45 years, of the mother"),
    ("exclusion", "Father with hemophilia", "hemophilia, of the father"),
    ("exclusion", "Parent with bipolar disorder", "bipolar disorder, of the parent"),
    ("exclusion", "Either parent has a history of psychosis", "history of psychosis, of the parent"),
    ("exclusion", "Mother or father with epilepsy", "epilepsy, of the parent"),
    ("exclusion", "Sibling with autism", "autism, of the relative"),
    ("inclusion", "Siblings or parents with type 1 diabetes", "type 1 diabetes, of the relative"),
    ("exclusion", "Partner is pregnant", "pregnancy, of the partner"),
    ("exclusion", "Men whose partners are pregnant", "all of: male sex; pregnancy, of the partner"),
    ("exclusion", "Male patients with pregnant partners", "all of: male sex; pregnancy, of the partner"),
    ("inclusion", "Women whose partner is surgically sterile", "all of: female sex; sterility, of the partner"),
    ("inclusion", "Female partners must use contraception", "contraception, of the partner"),
    ("exclusion", "Wife is breastfeeding", "breastfeeding, of the partner"),
    (
        "exclusion",
        "Partner who is HIV positive or has hepatitis C",
        "any of: HIV, of the partner; hepatitis C, of the partner",
    ),
    ("exclusion", "Donor with active hepatitis B", "current hepatitis B, of the donor"),
    ("inclusion", "Donor age 18 to 60 years", "age 18 to 60 years, of the donor"),
    ("exclusion", "Fetus with major congenital anomaly", "congenital anomaly (major), of the fetus"),
    ("exclusion", "Caregiver with dementia", "dementia, of the caregiver"),
]

#: The person is named, but it is the participant's fact, or part of a name.
OWN: list[tuple[CriterionKind, str]] = [
    ("exclusion", "Donor lymphocyte infusion within 4 weeks"),
    ("exclusion", "Maternal-fetal infection"),
    ("exclusion", "Relatives of study staff"),
    ("exclusion", "Pregnant woman or breast-feeding mother"),
    ("exclusion", "First-degree relative with schizophrenia"),
    ("inclusion", "Recipient of a living donor kidney transplant"),
    ("exclusion", "Siblings of patients with autism"),
    ("inclusion", "Mothers of children with asthma"),
]

TURNED: list[tuple[CriterionKind, str, str]] = [
    # denied behind
    ("inclusion", "Active tuberculosis has been ruled out", "not (current tuberculosis)"),
    ("inclusion", "Brain metastases are absent", "not (Brain metastases)"),
    ("inclusion", "Steroid-naive patients", "not (prior treatment with Steroid)"),
    ("inclusion", "adalimumab naïve", "not (prior treatment with adalimumab)"),
    # who is kept out
    ("exclusion", "Patients with diabetes are not eligible", "diabetes"),
    ("exclusion", "Patients with uncontrolled hypertension will be excluded", "hypertension (uncontrolled)"),
    ("exclusion", "Patients with no diabetes are not eligible", "not (diabetes)"),
    ("inclusion", "Patients with diabetes are excluded", "not (diabetes)"),
    ("inclusion", "Concurrent endocrine therapy is not allowed", "not (current endocrine therapy)"),
    # asked in a case alone, or besides
    ("inclusion", "HbA1c < 8% in case of diabetes", "either not (diabetes) or HbA1c < 8 %"),
    ("exclusion", "QTc > 450 ms in the presence of bundle branch block", "bundle branch block and QTc > 450 ms"),
    (
        "inclusion",
        "Asthma provided that FEV1 > 50% predicted",
        "Asthma and FEV1 > 50 % relative to the predicted value",
    ),
    # left open
    ("inclusion", "Asthma, with or without eczema", "Asthma"),
    ("inclusion", "Hypertension regardless of treatment", "Hypertension"),
    ("exclusion", "Metastases, even if treated", "Metastases"),
    # what lies ahead
    ("inclusion", "Likely to require surgery within 6 months", "planned surgery, within the next 6 months"),
    # how sure, and by what
    ("inclusion", "Suspected or proven infection", "infection (suspected or confirmed)"),
    ("inclusion", "Biopsy-proven celiac disease", "celiac disease (confirmed; by biopsy)"),
    (
        "inclusion",
        "Possible Alzheimer disease according to NINCDS-ADRDA criteria",
        "Alzheimer disease (suspected; by NINCDS-ADRDA criteria)",
    ),
]

SUSPECT: list[tuple[CriterionKind, str, bool]] = [
    ("exclusion", "No history of cardiac disease", True),
    ("exclusion", "Patients who do not have diabetes", True),
    ("exclusion", "History of cardiac disease", False),
    ("exclusion", "Patients with diabetes are not eligible", False),
    ("inclusion", "Hypersensitivity to the study drug or any of its excipients", True),
    ("inclusion", "Peanut allergy", False),
    ("inclusion", "Unable to comply with the study protocol", True),
    ("inclusion", "Able to comply with the study protocol", False),
    ("inclusion", "Pregnancy or breastfeeding", True),
    ("inclusion", "Pregnant women", False),
    ("inclusion", "Exclude patients with diabetes", True),
    ("inclusion", "No history of cardiac disease", False),
    ("inclusion", "Patients with diabetes are excluded", False),
]


def read(kind: CriterionKind, text: str, nlp: Language) -> Criterion:
    eligibility = parse_eligibility(text, kind=kind, nlp=nlp)
    assert len(eligibility.criteria) == 1
    return eligibility.criteria[0]


@pytest.mark.parametrize(("kind", "text", "expected"), [*OTHERS, *TURNED], ids=lambda each: str(each)[:50])
def test_rules_meanings_read_as_they_are_meant(nlp: Language, kind: CriterionKind, text: str, expected: str) -> None:
    assert str(read(kind, text, nlp).rule) == expected


@pytest.mark.parametrize(("kind", "text", "expected"), OTHERS, ids=lambda each: str(each)[:50])
def test_rules_meanings_point_to_the_person(nlp: Language, kind: CriterionKind, text: str, expected: str) -> None:
    rule = read(kind, text, nlp).rule
    assert rule is not None
    for atom in atoms(rule):
        subject = getattr(atom, "subject", None)
        assert (subject is None) == (atom.type == "sex")
        if subject is not None:
            assert len(atom.spans) >= 2
            assert atom.spans == sorted(atom.spans)


@pytest.mark.parametrize(("kind", "text"), OWN)
def test_rules_meanings_leave_the_participant_s_own_facts(nlp: Language, kind: CriterionKind, text: str) -> None:
    rule = read(kind, text, nlp).rule
    assert rule is not None
    assert all(getattr(atom, "subject", None) is None for atom in atoms(rule))


@pytest.mark.parametrize(("kind", "text", "expected"), SUSPECT)
def test_rules_meanings_suspect_polarity(nlp: Language, kind: CriterionKind, text: str, expected: bool) -> None:
    eligibility = parse_eligibility(text, kind=kind, nlp=nlp)
    assert ("polarity_suspect" in eligibility.criteria[0].flags) is expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("exclusion", "Infection cannot be ruled out"),
        ("inclusion", "Asthma. Eczema is not present"),
        ("inclusion", "Patients with or without brain metastases"),
        ("inclusion", "Patients with no diabetes or no asthma are not eligible"),
        ("inclusion", "Both parents aged 18 or over and the child aged 2 to 5 years"),
    ],
)
def test_rules_meanings_what_is_not_clear_is_not_turned(nlp: Language, kind: CriterionKind, text: str) -> None:
    rule = read(kind, text, nlp).rule
    assert rule is not None
    assert _is_open(rule)


def _is_open(rule: Rule) -> bool:
    """Tell whether words stay, so that the rule is never surer than what was understood."""
    return not isinstance(rule, Not) and any(isinstance(atom, Unstructured) for atom in atoms(rule))
