"""Facts about how people live, read aloud: the expected words are what a careful reader would say."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import CriterionKind
from parser.models.rules import Observation, Rule, atoms

CASES: list[tuple[CriterionKind, str, str]] = [
    ("exclusion", "Current smoker", "current smoker"),
    ("exclusion", "Smokes more than 10 cigarettes per day", "Smokes > 10 cigarettes per day"),
    ("exclusion", "Smoking > 10 cigarettes a day", "Smoking > 10 cigarettes a day"),
    ("exclusion", "Smoking history ≥ 10 pack-years", "Smoking history ≥ 10 pack-years"),
    ("inclusion", "Non-smoker", "not (smoker)"),
    ("inclusion", "Current non-smoker", "not (current smoker)"),
    ("exclusion", "Use of tobacco products within 3 months", "Use of tobacco products, within the past 3 months"),
    ("exclusion", "Alcohol intake > 2 drinks/day", "Alcohol intake > 2 drinks/day"),
    ("exclusion", "Current illicit drug use", "current illicit drug use"),
    ("inclusion", "Able to swallow tablets", "ability to swallow tablets"),
    ("exclusion", "Unable to swallow oral medication", "not (ability to swallow oral medication)"),
    ("inclusion", "Ability to swallow capsules without difficulty", "ability to swallow capsules"),
    ("inclusion", "Able to walk 10 meters", "ability to walk ≥ 10 meters"),
    ("inclusion", "Able to walk independently", "ability to walk independently"),
    ("exclusion", "Currently hospitalized", "current hospitalized"),
    ("exclusion", "Admitted to the ICU", "Admitted to the ICU"),
    (
        "exclusion",
        "Hospitalization for heart failure within 3 months",
        "Hospitalization, within the past 3 months, where (heart failure)",
    ),
    ("inclusion", "Outpatient", "Outpatient"),
    ("exclusion", "Nursing home resident", "Nursing home resident"),
    ("inclusion", "Resident of France", "Resident of France"),
    ("inclusion", "Ambulatory patients", "Ambulatory"),
    ("inclusion", "Right-handed", "Right-handed"),
    ("exclusion", "Prisoners", "Prisoners"),
    ("inclusion", "Caucasian", "Caucasian"),
    ("inclusion", "Japanese subjects", "Japanese"),
    ("inclusion", "Of Japanese descent", "Of Japanese descent"),
]


def _rule(text: str, kind: CriterionKind, nlp: Language) -> Rule:
    (criterion,) = parse_eligibility(f"- {text}", kind=kind, nlp=nlp).criteria
    assert criterion.rule is not None
    return criterion.rule


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_rules_frames_observation_reads(nlp: Language, kind: CriterionKind, text: str, expected: str) -> None:
    assert str(_rule(text, kind, nlp)) == expected


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_rules_frames_observation_is_one(nlp: Language, kind: CriterionKind, text: str, expected: str) -> None:
    (atom,) = atoms(_rule(text, kind, nlp))
    assert isinstance(atom, Observation)


@pytest.mark.parametrize("text", ["Alcohol abuse", "Single-use products", "Willing to use contraception"])
def test_rules_frames_observation_leaves_other_words(nlp: Language, text: str) -> None:
    found = [atom for atom in atoms(_rule(text, "exclusion", nlp)) if isinstance(atom, Observation)]
    assert found == []
