"""What taking part asks for, read aloud: the expected words are what a careful reader would say the criterion asks."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import CriterionKind
from parser.models.rules import Not, Requirement, Rule, atoms

INCLUSION = [
    # consent
    ("Signed informed consent", "informed consent"),
    ("Provision of signed and dated informed consent form", "informed consent"),
    ("Willing and able to give informed consent", "informed consent"),
    ("Able to understand and sign an informed consent form (ICF).", "capacity to take part and informed consent"),
    ("Patient or legally authorized representative must provide written informed consent", "informed consent"),
    ("Informed consent obtained from the patient or a legal guardian", "informed consent"),
    ("Capacity to consent", "informed consent"),
    ("Willing to participate in the study", "informed consent"),
    ("Parents able to provide informed consent", "informed consent, of the parent"),
    (
        "Ability to understand and the willingness to sign a written informed consent document.",
        "capacity to take part and informed consent",
    ),
    ("Written informed consent prior to enrollment", "informed consent, before enrolment"),
    ("Written informed consent must be obtained prior to enrollment", "informed consent, before enrolment"),
    # adherence and coming back
    ("Able to comply with the protocol", "adherence to the study's demands"),
    (
        "Willing and able to comply with all scheduled visits, treatment plan, laboratory tests and study procedures",
        "adherence to the study's demands",
    ),
    (
        "Able and willing to comply with protocol requirements, in the opinion of the investigator",
        "adherence to the study's demands",
    ),
    (
        "Patient able and willing to sign informed consent and comply with study procedures",
        "informed consent and adherence to the study's demands",
    ),
    ("Available for follow-up", "availability for follow-up"),
    ("Able to return for all study visits", "availability for follow-up"),
    # understanding, languages
    ("Able to understand the nature of the study", "capacity to take part"),
    ("Able to communicate with the investigator", "capacity to take part"),
    ("Able to read and speak English", "command of the language needed (English)"),
    (
        "Fluent in English or Spanish",
        "any of: command of the language needed (English); command of the language needed (Spanish)",
    ),
    ("English-speaking", "command of the language needed (English)"),
    ("Able to speak the local language", "command of the language needed (local language)"),
    (
        "Speak and read English sufficiently to complete questionnaires",
        "command of the language needed (English)",
    ),
    # devices, ways, the law
    ("Own a smartphone", "access to the technology needed (smartphone)"),
    ("Access to a telephone", "access to the technology needed (telephone)"),
    ("Able to travel to the study site", "practical ability to take part"),
    ("Covered by social security", "legal circumstance (Covered by social security)"),
]

EXCLUSION = [
    ("Unable to give informed consent", "not (informed consent)"),
    ("Refusal or inability to give informed consent to participate in the study", "not (informed consent)"),
    ("Unwilling to participate", "not (informed consent)"),
    ("Inability to comply with the study procedures", "not (adherence to the study's demands)"),
    ("Unable or unwilling to comply with the requirements of the study", "not (adherence to the study's demands)"),
    ("Patient is unlikely to comply with the protocol", "not (adherence to the study's demands)"),
    ("Poor compliance", "not (adherence to the study's demands)"),
    (
        "Unable to understand or comply with the protocol",
        "either not (capacity to take part) or not (adherence to the study's demands)",
    ),
    ("Inability to understand the study", "not (capacity to take part)"),
    ("Not available for follow-up", "not (availability for follow-up)"),
    ("Language barrier", "not (command of the language needed)"),
    ("Non-English speaking", "not (command of the language needed (English))"),
    ("Insufficient knowledge of the German language", "not (command of the language needed (German))"),
    ("Under guardianship", "legal circumstance (Under guardianship)"),
    (
        "Under guardianship, curatorship or deprived of liberty",
        "any of: legal circumstance (Under guardianship); legal circumstance (curatorship); "
        "legal circumstance (deprived of liberty)",
    ),
    ("No affiliation to social security", "not (legal circumstance (affiliation to social security))"),
    # other studies
    ("Participation in another clinical trial", "participation in another study"),
    ("Currently enrolled in another clinical study", "current participation in another study"),
    ("Prior or current participation in another trial", "participation in another study (prior or current)"),
    (
        "Participation in an interventional trial within 30 days before screening",
        "participation in another study (interventional trial), within 30 days before screening",
    ),
    (
        "Participation in a clinical trial of an investigational drug within 3 months",
        "participation in another study (clinical trial of an investigational drug), within the past 3 months",
    ),
    # what the investigator judges
    (
        "Any condition which in the investigator's opinion makes the patient unsuitable for the study",
        "not (suitability in the investigator's judgement)",
    ),
    (
        "Any other reason that, in the opinion of the investigator, would interfere with participation",
        "not (suitability in the investigator's judgement)",
    ),
    ("Deemed unsuitable for the study by the investigator", "not (suitability in the investigator's judgement)"),
    (
        "Any medical condition that, in the opinion of the investigator, could interfere with the study",
        "medical condition, where (not (suitability in the investigator's judgement))",
    ),
    (
        "Severe illness which, in the judgment of the investigator, would preclude participation",
        "illness (severe), where (not (suitability in the investigator's judgement))",
    ),
]

#: What must not be read as a requirement, and what must stay words beside one.
KEPT = [
    "Unable to participate in the consent process",
    "Any diabetes or other condition that, in the opinion of the investigator, would interfere",
    "Clinically important abnormalities of the ECG as judged by the investigator",
]


def _rule(text: str, kind: CriterionKind, nlp: Language) -> Rule:
    (criterion,) = parse_eligibility(f"- {text}", kind=kind, nlp=nlp).criteria
    assert criterion.rule is not None
    return criterion.rule


@pytest.mark.parametrize(("text", "expected"), INCLUSION)
def test_rules_frames_requirement_in_an_inclusion(nlp: Language, text: str, expected: str) -> None:
    assert str(_rule(text, "inclusion", nlp)) == expected


@pytest.mark.parametrize(("text", "expected"), EXCLUSION)
def test_rules_frames_requirement_in_an_exclusion(nlp: Language, text: str, expected: str) -> None:
    assert str(_rule(text, "exclusion", nlp)) == expected


@pytest.mark.parametrize("text", KEPT)
def test_rules_frames_requirement_keeps_what_it_does_not_understand(nlp: Language, text: str) -> None:
    assert any(atom.type == "unstructured" for atom in atoms(_rule(text, "exclusion", nlp)))


@pytest.mark.parametrize("text", ["Compliance of less than 80% during the run-in period", "Eager to follow-up"])
def test_rules_frames_requirement_leaves_other_words(nlp: Language, text: str) -> None:
    assert all(atom.type != "requirement" for atom in atoms(_rule(text, "exclusion", nlp)))


@pytest.mark.parametrize(("text", "expected"), [case for case in EXCLUSION if case[1].startswith("not (")])
def test_rules_frames_requirement_denies_once(nlp: Language, text: str, expected: str) -> None:
    rule = _rule(text, "exclusion", nlp)
    assert isinstance(rule, Not)
    assert isinstance(rule.rule, Requirement)


def test_rules_frames_requirement_points_to_its_words(nlp: Language) -> None:
    eligibility = parse_eligibility("- Able and willing to comply with the protocol", kind="inclusion", nlp=nlp)
    (criterion,) = eligibility.criteria
    assert criterion.rule is not None
    ((start, end),) = criterion.rule.spans
    assert eligibility.text is not None
    assert eligibility.text[start:end] == "Able and willing to comply with the protocol"
