"""Criteria to rules, read aloud: the expected words are what a careful reader would say the criterion asks."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import CriterionKind
from parser.models.rules import Rule, atoms

INCLUSION = [
    ("Stage IIIB breast cancer", "breast cancer, where (stage IIIB)"),
    ("NYHA class III-IV heart failure", "heart failure, where (NYHA class 3 to 4)"),
    ("ECOG performance status 0 or 1", "ECOG performance status 0 to 1"),
    ("A score of 5 or more on the Hoarseness Scale", "Hoarseness Scale ≥ 5"),
    ("Child-Pugh class A or B", "Child-Pugh class A or B"),
    ("At least 3 measurable lesions", "measurable lesions, at least 3 occurrences"),
    ("Age: 18-70 years old, diagnosed with ulcerative colitis", "age 18 to 70 years and ulcerative colitis"),
    ("Age ≥ 18", "age 18 years or older"),
    ("Male or female patients aged 18 to 65 years", "all of: either male sex or female sex; age 18 to 65 years"),
    ("Male patients between 18 and 80 years", "male sex and age 18 to 80 years"),
    ("Women 18-45 years of age", "female sex and age 18 to 45 years"),
    ("> 18 years of age at the time of diagnosis", "age over 18 years, at diagnosis"),
    ("Histologically confirmed diagnosis of prostate cancer", "prostate cancer (confirmed; by histology)"),
    ("Suspected or confirmed cardiomegaly", "cardiomegaly (suspected or confirmed)"),
    ("Life expectancy of at least 3 months", "Life expectancy ≥ 3 months"),
    ("Platelet count ≥100,000/mm3", "Platelet count ≥ 100000/mm3"),
    ("Body mass index (BMI) between 18 and 30 kg/m2", "Body mass index 18 to 30 kg/m2"),
    ("HbA1c ≤ 9.5% at screening", "HbA1c ≤ 9.5 %, at screening"),
    ("No prior chemotherapy", "not (prior chemotherapy)"),
    ("Not pregnant or nursing", "not (either pregnancy or breastfeeding)"),
    ("No concurrent celecoxib", "not (current treatment with celecoxib)"),
    ("No known brain metastases", "not (brain metastases (known))"),
    (
        "Metastatic or unresectable pancreatic cancer",
        "any of: pancreatic cancer (metastatic); pancreatic cancer (unresectable)",
    ),
    ("Patients with rheumatoid arthritis", "rheumatoid arthritis"),
    ("Must have maximum age of 90 Years", "age 90 years or younger"),
    ("Must be FEMALE", "female sex"),
    ("Willing and able to provide written informed consent", "informed consent"),
    ("Patients must have provided written informed consent", "informed consent"),
    ("Negative serum pregnancy test", "serum pregnancy test negative"),
]

EXCLUSION = [
    ("Malignancy other than basal cell carcinoma", "Malignancy, except (basal cell carcinoma)"),
    (
        "History of malignancy within 5 years, except basal cell carcinoma or cervical carcinoma",
        "history of malignancy, within the past 5 years, except (basal cell carcinoma; cervical carcinoma)",
    ),
    ("Peripheral neuropathy of grade 2 or higher", "Peripheral neuropathy, where (grade ≥ 2)"),
    ("More than 2 prior lines of systemic therapy", "prior therapy (systemic), more than 2 occurrences"),
    ("Violation of research ethics", "not (respect for medical ethics)"),
    ("Concurrent participation in other clinical trials", "current participation in another study"),
    (
        "Participation in another trial within the last 2 weeks",
        "participation in another study, within the past 2 weeks",
    ),
    ("Active drug-resistant infections", "current infections (drug-resistant)"),
    ("History of malignancy at screening", "history of malignancy, before screening"),
    ("History of autoimmune disease", "history of autoimmune disease"),
    ("History of severe asthma or bronchitis", "any of: history of asthma (severe); history of bronchitis (severe)"),
    ("Known cirrhosis or chronic liver disease", "any of: cirrhosis (known); liver disease (chronic; known)"),
    (
        "Clinically relevant drug or alcohol abuse",
        "any of: drug abuse (clinically relevant); alcohol abuse (clinically relevant)",
    ),
    ("Active hepatitis B or C", "any of: current hepatitis B; current hepatitis C"),
    ("Allergy to iodinated contrast media", "allergy to iodinated contrast media"),
    ("Known hypersensitivity to methadone", "allergy to methadone (known)"),
    (
        "Known intolerance to aspirin or ibuprofen",
        "any of: intolerance to aspirin (known); intolerance to ibuprofen (known)",
    ),
    ("Women who are pregnant or breastfeeding", "all of: female sex; either pregnancy or breastfeeding"),
    ("Planning a pregnancy within 6 months", "plans for pregnancy, within the next 6 months"),
    ("Carcinoma of the cervix", "Carcinoma of the cervix"),
    ("Pregnant or nursing females.", "all of: female sex; either pregnancy or breastfeeding"),
    ("Unwilling or unable to give informed consent", "not (informed consent)"),
    ("Known hypersensitivity to any component of the study drug", "allergy to component of the study drug (known)"),
    ("HIV positive", "HIV"),
    (
        "Any significant acute or chronic liver disease",
        "any of: liver disease (significant, acute); liver disease (significant, chronic)",
    ),
    ("Gram-negative infection", "infection (gram-negative)"),
    ("Chronic obstructive pulmonary disease (COPD)", "Chronic obstructive pulmonary disease"),
    ("neurological and psychiatric disorders", "either neurological disorders or psychiatric disorders"),
    ("Bleeding disorders such as haemophilia", "Bleeding disorders, for example (haemophilia)"),
    (
        "Autoimmune disease (lupus, rheumatoid arthritis)",
        "Autoimmune disease, defined as (either lupus or rheumatoid arthritis)",
    ),
    (
        "Chemotherapy within 28 days prior to randomization",
        "Chemotherapy, within 28 days before randomization",
    ),
    (
        "Unstable or significant kidney or liver disease",
        "any of: kidney disease (unstable); kidney disease (significant); liver disease (unstable); "
        "liver disease (significant)",
    ),
]

#: Words that must not become atoms: what they say is more, or other, than the nearest pattern.
KEPT_WHOLE = [
    ("exclusion", "Significant confounding factors likely to bias study outcomes"),
    ("exclusion", "Foreseeable risk of medical errors or disputes during hospitalization"),
    ("exclusion", "Active coronary artery disease, recent myocardial infarction or stroke"),
    ("exclusion", "History of poor compliance with medical treatment"),
    ("inclusion", "Breast and colon cancer"),
    ("inclusion", "Asthma, rhinitis, eczema"),
    ("inclusion", "Elimination diet must have been tried."),
    ("exclusion", "Surgery"),
]


def rule_of(text: str, kind: CriterionKind, nlp: Language) -> Rule:
    [criterion] = parse_eligibility(text, kind=kind, nlp=nlp).criteria
    assert criterion.rule is not None
    return criterion.rule


@pytest.mark.parametrize(("text", "words"), INCLUSION)
def test_rules_criteria_of_inclusion(nlp: Language, text: str, words: str) -> None:
    assert str(rule_of(text, "inclusion", nlp)) == words


@pytest.mark.parametrize(("text", "words"), EXCLUSION)
def test_rules_criteria_of_exclusion(nlp: Language, text: str, words: str) -> None:
    assert str(rule_of(text, "exclusion", nlp)) == words


@pytest.mark.parametrize(("kind", "text"), KEPT_WHOLE)
def test_rules_criteria_kept_whole(nlp: Language, kind: CriterionKind, text: str) -> None:
    rule = rule_of(text, kind, nlp)
    assert rule.type == "unstructured"
    assert rule.text == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Active tuberculosis which nobody knows of", "which nobody knows of"),
        ("Infection due to catheters", "due to catheters"),
    ],
)
def test_rules_criteria_words_that_narrow_stay_beside_the_rule(nlp: Language, text: str, kept: str) -> None:
    rule = rule_of(text, "exclusion", nlp)
    assert rule.type == "all_of"
    assert [atom.text for atom in atoms(rule) if atom.type == "unstructured"] == [kept]
    assert rule.confidence <= 0.5


def test_rules_criteria_age_limit_stays_when_its_neighbour_is_not_understood(nlp: Language) -> None:
    rule = rule_of("Age 18-65 years, willing to wear a sensor", "inclusion", nlp)
    assert str(rule) == "all of: age 18 to 65 years; “willing to wear a sensor” (not structured: no pattern)"


def test_rules_criteria_bare_age_is_in_years_with_a_diagnostic(nlp: Language) -> None:
    from parser import parse

    page = "My trial\nEligibility criteria\nInclusion Criteria:\n- Age 18-65\n"
    trial = parse(page, nlp=nlp)
    [criterion] = trial.eligibility.criteria
    assert criterion.rule is not None
    assert criterion.rule.model_dump()["range"]["ucum"] == "a"
    assert "age_unit_assumed" in {found.code for found in trial.diagnostics}


def test_rules_criteria_denied_state_in_an_exclusion_is_flagged(nlp: Language) -> None:
    [criterion] = parse_eligibility("No history of cardiac disease", kind="exclusion", nlp=nlp).criteria
    assert criterion.flags == ["polarity_suspect"]
    assert str(criterion.rule) == "not (history of cardiac disease)"
