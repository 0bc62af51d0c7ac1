"""Confidence: what it rests on, how it goes up a rule, and that it means what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from comparison import nodes
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import CriterionKind
from parser.models.rules import Rule, atoms
from parser.rules.confidence import ANY, Ground, share, widened
from tests.evaluation import confidence
from tests.evaluation.confidence import reliability

RANKS = ("sure", "likely", "guess")

#: Every way of joining, modifiers with rules in them, words that stay.
CRITERIA: list[tuple[CriterionKind, str]] = [
    ("inclusion", "Age 18 to 65 years and BMI > 30 kg/m2"),
    ("inclusion", "Asthma, COPD or bronchiectasis"),
    ("inclusion", "Asthma, COPD, bronchiectasis"),
    ("exclusion", "No history of stroke or epilepsy"),
    ("exclusion", "Malignancy within 5 years except basal cell carcinoma"),
    ("exclusion", "Transplantation (bone marrow, lung, liver)"),
    ("exclusion", "Severe diseases (e.g., cirrhosis, dialysis)"),
    ("inclusion", "Uncontrolled hypertension, defined as SBP > 180 mmHg"),
    ("exclusion", "Imminent terminal status (e.g., septic shock, life expectancy <7 days)"),
    ("exclusion", "Asthma that in the opinion of the sponsor is strange"),
    ("inclusion", "Maternal HIV infection"),
]


def rules(nlp: Language) -> Iterator[Rule]:
    for kind, text in CRITERIA:
        for criterion in parse_eligibility(text, kind=kind, nlp=nlp).criteria:
            assert criterion.rule is not None
            yield criterion.rule


def test_rules_confidence_of_logic_is_the_least_of_its_parts(nlp: Language) -> None:
    joined = 0
    for rule in rules(nlp):
        for node in nodes(rule.model_dump()):
            parts = node["rules"] if "rules" in node else [node["rule"]] if "rule" in node else []
            if parts:
                joined += 1
                assert node["confidence"] == min(part["confidence"] for part in parts)
    assert joined > len(CRITERIA) / 2


def test_rules_confidence_of_an_atom_is_no_more_than_of_what_says_what_it_means(nlp: Language) -> None:
    told = 0
    for rule in rules(nlp):
        for node in nodes(rule.model_dump()):
            meant = [*node.get("examples", ()), *([node["defined_as"]] if node.get("defined_as") else [])]
            told += bool(meant)
            assert all(node["confidence"] <= each["confidence"] for each in meant)
    assert told >= 2


@pytest.mark.parametrize(
    "text",
    ["Age 18 to 65 years", "BMI > 30 kg/m2", "History of stroke", "Platelets ≥ 100 x 10^9/L", "Pregnancy"],
)
def test_rules_confidence_of_exact_patterns_is_high(nlp: Language, text: str) -> None:
    rule = parse_eligibility(text, kind="exclusion", nlp=nlp).criteria[0].rule
    assert rule is not None
    assert rule.confidence >= 0.85


@pytest.mark.parametrize("text", ["Bus driving for more than 3 years", "Singing in a choir within 6 months"])
def test_rules_confidence_of_guesses_by_place_is_low(nlp: Language, text: str) -> None:
    rule = parse_eligibility(text, kind="exclusion", nlp=nlp).criteria[0].rule
    assert rule is not None
    assert rule.confidence <= 0.5


def test_rules_confidence_of_kept_words_bounds_the_whole(nlp: Language) -> None:
    rule = parse_eligibility("Diabetes as far as we may tell it", kind="inclusion", nlp=nlp).criteria[0].rule
    assert rule is not None
    assert {atom.type for atom in atoms(rule)} == {"condition", "unstructured"}
    assert rule.confidence <= 0.5


@pytest.mark.parametrize("rank", RANKS)
def test_rules_confidence_falls_back_to_wider_grounds(rank: str) -> None:
    widest = Ground(ANY, rank, ANY, ANY)
    unseen = Ground("unheard of", rank, "unheard of", "whole")
    assert list(widened(unseen))[-1] == widest
    assert share(unseen) == share(widest)


def test_rules_confidence_ranks_keep_their_order() -> None:
    sure, likely, guess = (share(Ground(ANY, rank, ANY, ANY)) for rank in RANKS)
    assert 0 < guess < likely < sure < 1
    agrees, silent = (share(Ground("condition", "guess", each, "part")) for each in ("agrees", "silent"))
    assert silent < agrees


def test_evaluation_confidence_tells_what_came_true() -> None:
    found = reliability([(0.95, True), (0.95, True), (0.95, True), (0.95, False), (0.3, False), (0.3, False)])
    assert found["table"] == [
        {"from": 0.0, "to": 0.5, "atoms": 2, "says": 0.3, "right": 0.0},
        {"from": 0.9, "to": 1.0, "atoms": 4, "says": 0.95, "right": 0.75},
    ]
    assert found["gap"] == pytest.approx((2 * 0.3 + 4 * 0.2) / 6, abs=1e-4)
    assert reliability([]) == {"table": [], "gap": 0.0}


#: Name and number right; the number wrong; nothing marked on the line; another label.
JUDGED = "Hemoglobin > 9 g/dL\r\nPlatelets > 100 10^9/L\r\nDiabetes\r\nEpilepsy\r\n"
MARKS = (("Measurement", "Hemoglobin"), ("Value", "> 9 g/dL"), ("Measurement", "Platelets"), ("Drug", "Epilepsy"))


def test_evaluation_confidence_judges_names_and_numbers(tmp_path: Path) -> None:
    (tmp_path / "NCT00000000_inc.txt").write_text(JUDGED, encoding="utf-8", newline="")
    lines = [
        f"T{number}\t{label} {JUDGED.index(text)} {JUDGED.index(text) + len(text)}\t{text}\n"
        for number, (label, text) in enumerate(MARKS)
    ]
    (tmp_path / "NCT00000000_inc.ann").write_text("".join(lines), encoding="utf-8")
    measured = confidence.evaluate(tmp_path)
    assert (measured["atoms"], measured["right"]) == (3, pytest.approx(1 / 3, abs=1e-4))


def test_evaluation_confidence_stays_honest(shared_data: Path) -> None:
    text = (Path(__file__).parent / "evaluation" / "floors.json").read_text(encoding="utf-8")
    wanted: dict[str, Any] = json.loads(text)["confidence"]
    corpus = shared_data / wanted["corpus"]
    if not corpus.is_dir():
        pytest.skip(f"no corpus {corpus.name}")
    measured = confidence.evaluate(corpus)
    assert measured["gap"] <= wanted["gap_at_most"]
    assert measured["right"] >= wanted["right"]
    assert measured["table"][0]["right"] < 0.5 < 0.9 < measured["table"][-1]["right"]
