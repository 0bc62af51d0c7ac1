"""Rules in words, read as a person would: every node, every modifier, and logic that can be read in one way only."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_rules import rules

from parser.models import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Biomarker,
    Concept,
    Condition,
    Measurement,
    Not,
    Observation,
    Range,
    Reproductive,
    Requirement,
    Rule,
    Sex,
    Treatment,
    Unstructured,
    Window,
)
from parser.models.wording import in_words


def years(**bounds: Any) -> Range:
    return Range(**bounds, unit="years old", ucum="a")


def condition(text: str, **modifiers: Any) -> Condition:
    return Condition(concept=Concept(text=text), **modifiers)


def measurement(text: str, *values: str, **bounds: Any) -> Measurement:
    return Measurement(concept=Concept(text=text), values=list(values), range=Range(**bounds) if bounds else None)


def treatment(text: str, **modifiers: Any) -> Treatment:
    return Treatment(concept=Concept(text=text), **modifiers)


def window(relation: str, **rest: Any) -> Condition:
    return condition("stroke", when=[Window(relation=relation, **rest)])


SEPSIS, FEVER, COUGH = condition("sepsis"), condition("fever"), condition("cough")
CHRONIC = condition("enteritis", qualifiers=["chronic"], status=["history"])

AGES = [
    (Age(range=years(low=0, high=65)), "age 0 to 65 years"),
    (Age(range=years(low=18)), "age 18 years or older"),
    (Age(range=years(low=18, low_inclusive=False)), "age over 18 years"),
    (Age(range=years(high=65)), "age 65 years or younger"),
    (Age(range=years(high=18, high_inclusive=False)), "age under 18 years"),
    (Age(range=years(low=18, high=65, high_inclusive=False)), "age at least 18 and under 65 years"),
    (Age(range=years(low=18, high=18)), "age exactly 18 years"),
    (Age(range=Range(low=1, ucum="mo")), "age 1 month or older"),
    (Age(range=years(value=18)), "age at a limit of 18 years (minimum or maximum: not stated)"),
    (Age(), "legal age"),
    (Age(range=years(low=18), when=[Window(relation="at", anchor="diagnosis")]), "age 18 years or older, at diagnosis"),
    (Age(range=years(low=18), subject="parent"), "age 18 years or older, of the parent"),
]

NODES = [
    (Sex(value="female"), "female sex"),
    (Sex(value="male", subject="partner"), "male sex, of the partner"),
    (SEPSIS, "sepsis"),
    (measurement("platelets", low=100, unit="× 10^9/L", ucum="10*9/L"), "platelets ≥ 100 × 10^9/L"),
    (measurement("ECOG performance status", low=0, high=1, ucum="{score}"), "ECOG performance status 0 to 1"),
    (measurement("life expectancy", high=7, high_inclusive=False, ucum="d"), "life expectancy < 7 days"),
    (
        measurement("bilirubin", low=1.5, low_inclusive=False, relative_to="ULN"),
        "bilirubin > 1.5 × the upper limit of normal",
    ),
    (
        measurement("FEV1", low=50, unit="%", ucum="%", relative_to="predicted"),
        "FEV1 ≥ 50 % relative to the predicted value",
    ),
    (
        measurement("dose", high=2, relative_to="other", relative_text="the label's dose"),
        "dose ≤ 2 × the label's dose",
    ),
    (measurement("platelets", low=100000, unit="/μL", ucum="/uL"), "platelets ≥ 100000/μL"),
    (measurement("QTc", value=450, unit="ms"), "QTc at a limit of 450 ms (minimum or maximum: not stated)"),
    (measurement("BMI", low=18.5, high=30, high_inclusive=False, unit="kg/m2"), "BMI ≥ 18.5 and < 30 kg/m2"),
    (measurement("Glasgow score", low=15, high=15), "Glasgow score = 15"),
    (measurement("stage", "IIIB", "IV"), "stage IIIB or IV"),
    (measurement("toxicity"), "measurement of toxicity"),
    (
        Measurement(concept=Concept(text="creatinine"), aspect="increase", range=Range(low=0.3, unit="mg/dL")),
        "increase in creatinine ≥ 0.3 mg/dL",
    ),
    (Biomarker(marker="EGFR", kind="mutation", variant="L858R"), "EGFR mutation (L858R)"),
    (Biomarker(marker="ALK", kind="fusion", partner="EML4"), "ALK fusion with EML4"),
    (Biomarker(marker="BRCA1", kind="mutation", origin="germline"), "BRCA1 mutation (germline)"),
    (Biomarker(marker="ER", values=["positive"]), "ER positive"),
    (
        Biomarker(marker="CD274", kind="expression", range=Range(low=5, ucum="{score}"), method=["CPS"]),
        "CD274 expression ≥ 5 (by CPS)",
    ),
    (treatment("metformin", category="drug"), "treatment with metformin"),
    (treatment("chemotherapy"), "chemotherapy"),
    (treatment("bone marrow biopsy", category="procedure"), "bone marrow biopsy"),
    (treatment("BCG", category="vaccine"), "vaccination with BCG"),
    (
        treatment("prednisone", category="drug", dose=Range(low=10, low_inclusive=False, unit="mg/day")),
        "treatment with prednisone, dose more than 10 mg/day",
    ),
    (Allergy(concept=Concept(text="penicillin")), "allergy to penicillin"),
    (Allergy(concept=Concept(text="lactose"), kind="intolerance"), "intolerance to lactose"),
    (Allergy(concept=Concept(text="MRI"), kind="contraindication"), "contraindication to MRI"),
    (Reproductive(state="pregnant"), "pregnancy"),
    (Reproductive(state="contraception", qualifiers=["highly effective"]), "contraception (highly effective)"),
    (Observation(concept=Concept(text="smoking"), status=["current"]), "current smoking"),
    (
        Observation(concept=Concept(text="cigarettes"), range=Range(low=10, unit="per day")),
        "cigarettes ≥ 10 per day",
    ),
    (Requirement(topic="consent"), "informed consent"),
    (Requirement(topic="consent", concept=Concept(text="in writing")), "informed consent (in writing)"),
    (Requirement(topic="participation", status=["current"]), "current participation in another study"),
    (
        Unstructured(text="Foreseeable risk of disputes", reason="vague"),
        "“Foreseeable risk of disputes” (not structured: vague)",
    ),
]

MODIFIERS = [
    (CHRONIC, "history of enteritis (chronic)"),
    (condition("sepsis", status=["current"]), "current sepsis"),
    (condition("infection", status=["current", "current"]), "current infection"),
    (condition("stroke", status=["family_history"]), "family history of stroke"),
    (condition("stroke", status=["risk"]), "risk of stroke"),
    (condition("hepatitis B", status=["current", "history"]), "hepatitis B (current or in the history)"),
    (treatment("surgery", status=["planned"]), "planned surgery"),
    (treatment("insulin", category="drug", status=["indicated"]), "indication for treatment with insulin"),
    (condition("infection", certainty=["confirmed", "suspected"]), "infection (confirmed or suspected)"),
    (condition("HIV", certainty=["known"]), "HIV (known)"),
    (
        condition("sepsis", method=["Sepsis 3.0 International Guidelines"]),
        "sepsis (by Sepsis 3.0 International Guidelines)",
    ),
    (
        condition(
            "cancer", qualifiers=["metastatic", "measurable"], certainty=["confirmed"], method=["histology", "CT"]
        ),
        "cancer (metastatic, measurable; confirmed; by histology or CT)",
    ),
    (condition("lesions", count=Range(low=2)), "lesions, at least 2 occurrences"),
    (treatment("chemotherapy", count=Range(high=2, unit="lines")), "chemotherapy, at most 2 lines or none"),
    (condition("cough", duration=Range(low=8, ucum="wk")), "cough, lasting at least 8 weeks"),
    (condition("cough", duration=Range(low=3, high=8, ucum="wk")), "cough, lasting 3 to 8 weeks"),
    (
        treatment("chemotherapy", where=[condition("metastatic disease")]),
        "chemotherapy, where (metastatic disease)",
    ),
    (condition("cancer", where=[SEPSIS, CHRONIC]), "cancer, where (all of: sepsis; history of enteritis (chronic))"),
    (
        condition("hypertension", defined_as=measurement("SBP", low=180, low_inclusive=False, unit="mmHg")),
        "hypertension, defined as (SBP > 180 mmHg)",
    ),
    (condition("malignancy", unless=[condition("basal cell carcinoma")]), "malignancy, except (basal cell carcinoma)"),
    (condition("malignancy", unless=[FEVER, COUGH]), "malignancy, except (fever; cough)"),
    (
        condition("terminal status", examples=[condition("septic shock"), COUGH]),
        "terminal status, for example (septic shock; cough)",
    ),
    (
        condition("illness", examples=[AllOf(rules=[SEPSIS, FEVER, COUGH])]),
        "illness, for example (all of: sepsis; fever; cough)",
    ),
    (condition("diabetes", subject="mother"), "diabetes, of the mother"),
    (condition("diabetes", subject="other"), "diabetes, of another person"),
]

WINDOWS = [
    (window("before", max="P28D", anchor="first_dose"), "stroke, within 28 days before the first dose"),
    (
        window("before", max="P3W", max_inclusive=False, of="last_dose", anchor="first_dose"),
        "stroke, last dose less than 3 weeks before the first dose",
    ),
    (window("before", min="P6M", anchor="screening"), "stroke, at least 6 months before screening"),
    (
        window("before", min="P2W", min_inclusive=False, max="P4W", anchor="surgery"),
        "stroke, more than 2 weeks and within 4 weeks before surgery",
    ),
    (window("before", anchor="screening"), "stroke, before screening"),
    (window("before", max="P5Y"), "stroke, within the past 5 years"),
    (window("before", max="P5Y", max_inclusive=False), "stroke, less than 5 years ago"),
    (window("before", min="P1M", max="P1Y"), "stroke, within the past year, but at least 1 month ago"),
    (window("after", max="P1Y"), "stroke, within the next year"),
    (window("after", max="P1Y6M"), "stroke, within the next 1 year 6 months"),
    (window("after", min="P1M", anchor="randomization"), "stroke, at least 1 month after randomization"),
    (window("before"), "stroke, before a time that is not stated"),
    (window("within", max="P1W", anchor="surgery"), "stroke, within 1 week of surgery, before or after it"),
    (window("within", anchor="randomization"), "stroke, close to randomization"),
    (window("during", anchor="study"), "stroke, during the study"),
    (window("at", anchor="screening", of="onset"), "stroke, onset at screening"),
    (window("since", anchor="birth", of="diagnosis"), "stroke, diagnosed since birth"),
    (window("before", max="PT72H", anchor="admission"), "stroke, within 72 hours before admission"),
    (window("before", max="P1Y6M", anchor="consent"), "stroke, within 1 year 6 months before consent"),
    (window("before", half_lives=5, anchor="first_dose"), "stroke, within 5 half-lives before the first dose"),
    (
        window("before", longer_of=["P28D", "5 half-lives"], anchor="first_dose"),
        "stroke, within the longer of 28 days and 5 half-lives before the first dose",
    ),
    (
        window("before", shorter_of=["P2W", "3 half-lives"]),
        "stroke, within the shorter of 2 weeks and 3 half-lives before a time that is not stated",
    ),
    (
        window("before", max="P7D", anchor="study", anchor_text="Day 1"),
        "stroke, within 7 days before the study (“Day 1”)",
    ),
    (window("after", anchor="event", anchor_text="the index fracture"), "stroke, after the index fracture"),
]  # fmt: skip

LOGIC = [
    (AllOf(rules=[Age(range=years(low=0, high=65)), SEPSIS]), "age 0 to 65 years and sepsis"),
    (AnyOf(rules=[SEPSIS, FEVER]), "either sepsis or fever"),
    (AnyOf(rules=[Sex(value="male"), Sex(value="female")]), "either male sex or female sex"),
    (AllOf(rules=[SEPSIS, FEVER, COUGH]), "all of: sepsis; fever; cough"),
    (AnyOf(rules=[SEPSIS, FEVER, COUGH]), "any of: sepsis; fever; cough"),
    (AnyOf(rules=[SEPSIS, FEVER, COUGH], at_least=2), "at least 2 of: sepsis; fever; cough"),
    (AllOf(rules=[SEPSIS]), "sepsis"),
    (AnyOf(rules=[SEPSIS]), "sepsis"),
    (Not(rule=Requirement(topic="consent")), "not (informed consent)"),
    (AllOf(rules=[SEPSIS, Not(rule=FEVER)]), "sepsis and not (fever)"),
    (Not(rule=AnyOf(rules=[SEPSIS, FEVER])), "not (either sepsis or fever)"),
    (AnyOf(rules=[AllOf(rules=[SEPSIS, FEVER]), COUGH]), "any of: sepsis and fever; cough"),
    (AllOf(rules=[AnyOf(rules=[SEPSIS, FEVER]), COUGH]), "all of: either sepsis or fever; cough"),
    (AnyOf(rules=[AllOf(rules=[SEPSIS, FEVER, COUGH]), COUGH]), "any of: (all of: sepsis; fever; cough); cough"),
    # "history of enteritis and sepsis" would leave open whether the sepsis is history, too.
    (AllOf(rules=[condition("enteritis", status=["history"]), SEPSIS]), "all of: history of enteritis; sepsis"),
    (AllOf(rules=[SEPSIS, condition("cough", qualifiers=["severe"])]), "all of: sepsis; cough (severe)"),
    (AnyOf(rules=[Age(range=years(low=18)), SEPSIS]), "any of: age 18 years or older; sepsis"),
    (AllOf(rules=[condition("hepatitis B or C"), SEPSIS]), "all of: “hepatitis B or C”; sepsis"),
    (
        AnyOf(rules=[window("before", anchor="screening"), SEPSIS]),
        "any of: stroke, before screening; sepsis",
    ),
]


@pytest.mark.parametrize(("rule", "words"), [*AGES, *NODES, *MODIFIERS, *WINDOWS, *LOGIC])
def test_models_wording_reads_as_english(rule: Rule, words: str) -> None:
    assert str(rule) == in_words(rule) == words


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(rules)
def test_models_wording_is_one_line_with_paired_brackets(rule: Rule) -> None:
    words = in_words(rule)
    assert words
    assert words.splitlines() == [words]
    depth = 0
    for character in words:
        depth += {"(": 1, ")": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


# --- logic can be read in one way only -----------------------------------------------------------------------------

leaves = st.one_of(
    st.sampled_from([SEPSIS, FEVER, COUGH]),
    st.sampled_from([CHRONIC, condition("hepatitis B or C"), condition("a; b"), Age(range=years(low=18))]),
)
logic: st.SearchStrategy[Rule] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(AllOf, rules=st.lists(inner, min_size=2, max_size=3)),
        st.builds(AnyOf, rules=st.lists(inner, min_size=2, max_size=3), at_least=st.integers(1, 2)),
        st.builds(Not, rule=inner),
    ),
    max_leaves=8,
)


def shape(rule: Rule) -> object:
    """The logic of a rule, its atoms as words."""
    if isinstance(rule, Not):
        return ("not", shape(rule.rule))
    if isinstance(rule, AllOf):
        return ("all", *map(shape, rule.rules))
    return (rule.at_least, *map(shape, rule.rules)) if isinstance(rule, AnyOf) else in_words(rule)


def understood(words: str) -> object:
    """Read words back by the grammar in the module's docstring, knowing nothing of how they were made."""
    listed = re.match(r"(all|any|at least (\d+)) of: ", words)
    if listed:
        kind = "all" if listed[1] == "all" else int(listed[2] or 1)
        return (kind, *map(understood, split_outside(words[listed.end() :], "; ")))
    if words.startswith("either "):
        return (1, *map(understood, split_outside(words.removeprefix("either "), " or ")))
    both = split_outside(words, " and ")
    if len(both) > 1:
        return ("all", *map(understood, both))
    if words.startswith("not (") and words.endswith(")"):
        return ("not", understood(words[5:-1]))
    return understood(words[1:-1]) if words.startswith("(") else words


def split_outside(words: str, separator: str) -> list[str]:
    """Split at a separator outside brackets and quotation marks."""
    pieces, depth, start = [], 0, 0
    for at, character in enumerate(words):
        depth += {"(": 1, "“": 1, ")": -1, "”": -1}.get(character, 0)
        if depth == 0 and at >= start and words.startswith(separator, at):
            pieces.append(words[start:at])
            start = at + len(separator)
    return [*pieces, words[start:]]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(logic)
def test_models_wording_gives_the_logic_back_to_its_reader(rule: Rule) -> None:
    assert understood(in_words(rule)) == shape(rule)
