"""Allergies and results of tests, read aloud: the expected words are what a careful reader would say."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import CriterionKind
from parser.models.rules import Rule, atoms

ALLERGIES = [
    ("Allergic to penicillin", "allergy to penicillin"),
    ("Penicillin allergy", "allergy to Penicillin"),
    ("Known or suspected allergy against insulin", "allergy to insulin (known or suspected)"),
    ("Known hypersensitivity to any component of the study drug", "allergy to component of the study drug (known)"),
    (
        "Hypersensitivity to the study drug or any of its excipients",
        "any of: allergy to study drug; allergy to excipients",
    ),
    ("History of anaphylaxis to peanuts", "history of allergy to peanuts"),
    ("History of anaphylaxis", "history of anaphylaxis"),
    ("Severe hypersensitivity to latex", "allergy to latex (severe)"),
    ("Intolerance to metformin", "intolerance to metformin"),
    ("Lactose intolerance", "intolerance to Lactose"),
    ("Contraindication to MRI", "contraindication to MRI"),
    ("Contraindication to the use of anticoagulants", "contraindication to anticoagulants"),
    ("Contra-indications for MRI", "contraindication to MRI"),
    ("Contraindication to MRI (e.g., claustrophobia)", "contraindication to MRI, for example (claustrophobia)"),
    (
        "History of allergic reactions to compounds of similar chemical or biologic composition to carboplatin",
        "history of allergy to compounds of similar composition to carboplatin",
    ),
    (
        "Hypersensitivity to human or murine antibodies",
        "any of: allergy to human antibodies; allergy to murine antibodies",
    ),
    (
        "Allergy or intolerance to aspirin",
        "any of: allergy to aspirin; intolerance to aspirin",
    ),
    ("Previous allergic reaction to hyaluronan", "history of allergy to hyaluronan"),
]

RESULTS: list[tuple[CriterionKind, str, str]] = [
    ("inclusion", "Negative serum pregnancy test", "serum pregnancy test negative"),
    (
        "inclusion",
        "Negative pregnancy test within 7 days before randomization",
        "pregnancy test negative, within 7 days before randomization",
    ),
    (
        "inclusion",
        "Negative pregnancy test performed within 7 days before randomization",
        "pregnancy test negative, within 7 days before randomization",
    ),
    ("inclusion", "Negative RT-PCR for SARS-CoV-2", "RT-PCR for SARS-CoV-2 negative"),
    ("exclusion", "HBsAg positive", "HBsAg positive"),
    ("exclusion", "Positive for HBsAg", "HBsAg positive"),
    ("exclusion", "Hepatitis C antibody positive", "Hepatitis C antibody positive"),
    ("exclusion", "HIV positive", "HIV"),
    ("exclusion", "HIV-positive", "HIV"),
    ("exclusion", "HIV seropositive", "HIV"),
    ("inclusion", "HIV-negative", "not (HIV)"),
    ("exclusion", "Known HIV infection", "HIV infection (known)"),
    ("exclusion", "Positive for human immunodeficiency virus (HIV)", "human immunodeficiency virus"),
    ("exclusion", "Active hepatitis B or C", "any of: current hepatitis B; current hepatitis C"),
    (
        "exclusion",
        "Known HIV, hepatitis B or hepatitis C infection",
        "any of: HIV (known); hepatitis B (known); hepatitis C infection (known)",
    ),
    (
        "exclusion",
        "Acute or chronic HIV or HBV infection",
        "any of: HIV (acute); HIV (chronic); HBV infection (acute); HBV infection (chronic)",
    ),
    ("exclusion", "Infected with HIV or hepatitis B virus", "either HIV or hepatitis B virus"),
    (
        "exclusion",
        "Positive HIV, HBV or HCV serology",
        "any of: HIV serology positive; HBV serology positive; HCV serology positive",
    ),
    (
        "inclusion",
        "Seronegative for HBsAg",
        "not (HBsAg positive)",
    ),
    (
        "exclusion",
        "HBsAg, hepatitis C antibodies or HIV positive",
        "any of: HBsAg positive; hepatitis C antibodies positive; HIV",
    ),
]


def _rule(text: str, kind: CriterionKind, nlp: Language) -> Rule:
    (criterion,) = parse_eligibility(f"- {text}", kind=kind, nlp=nlp).criteria
    assert criterion.rule is not None
    return criterion.rule


@pytest.mark.parametrize(("text", "expected"), ALLERGIES)
def test_rules_frames_allergy_reads(nlp: Language, text: str, expected: str) -> None:
    assert str(_rule(text, "exclusion", nlp)) == expected


@pytest.mark.parametrize(("kind", "text", "expected"), RESULTS)
def test_rules_frames_result_reads(nlp: Language, kind: CriterionKind, text: str, expected: str) -> None:
    assert str(_rule(text, kind, nlp)) == expected


@pytest.mark.parametrize("text", ["Prior monoclonal antibody therapy", "Hepatitis B vaccination within 4 weeks"])
def test_rules_frames_result_leaves_other_words(nlp: Language, text: str) -> None:
    assert all(atom.type != "measurement" for atom in atoms(_rule(text, "exclusion", nlp)))
