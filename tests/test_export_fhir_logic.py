"""What FHIR makes of a rule is what the rule says: both are worked out for every assignment of truth to their facts.

The reading of FHIR here is written from its definitions alone: characteristics must all hold, `exclude` turns one
round, a combination says how many of its parts must hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parser
from parser.models import AllOf, AnyOf, Concept, Condition, Criterion, Eligibility, Not, Rule, Scope, Trial
from parser.models.rules import parts
from tests.sample_trial import sample_trial

NAMES = ("ague", "bruise", "cough", "dropsy")
FACTS = st.sampled_from(NAMES).map(lambda name: Condition(concept=Concept(text=name)))


def _logic(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(inner, min_size=1, max_size=3)
    return (
        several.map(lambda rules: AllOf(rules=rules))
        | st.builds(
            lambda rules, least: AnyOf(rules=rules, at_least=min(least, len(rules))), several, st.integers(1, 3)
        )
        | inner.map(lambda rule: Not(rule=rule))
    )


RULES: st.SearchStrategy[Rule] = st.recursive(FACTS, _logic, max_leaves=6)


def says(rule: Rule, facts: dict[str, bool]) -> bool:
    """Work out a rule."""
    below = [says(part, facts) for part in parts(rule)]
    match rule:
        case AllOf():
            return all(below)
        case AnyOf():
            return sum(below) >= rule.at_least
        case Not():
            return not below[0]
        case _:
            return facts[rule.concept.text]  # type: ignore[union-attr]


def holds(characteristic: dict[str, Any], facts: dict[str, bool]) -> bool:
    """Work out a characteristic of an EvidenceVariable."""
    return _defined(characteristic, facts) != characteristic.get("exclude", False)


def _defined(characteristic: dict[str, Any], facts: dict[str, bool]) -> bool:
    if "definitionByTypeAndValue" in characteristic:
        return facts[characteristic["definitionByTypeAndValue"]["valueCodeableConcept"]["text"]]
    combined = characteristic["definitionByCombination"]
    met = [holds(part, facts) for part in combined["characteristic"]]
    return {
        "all-of": all(met),
        "any-of": any(met),
        "at-least": sum(met) >= combined.get("threshold", 0),
        "at-most": sum(met) <= combined.get("threshold", 0),
    }[combined["code"]]


def group_holds(group: dict[str, Any], facts: dict[str, bool], words: dict[str, bool]) -> bool:
    """Work out a Group; `words` says which characteristics that are text alone are true."""
    return all(
        (facts[each["valueCodeableConcept"]["text"]] if "valueCodeableConcept" in each else words[each["code"]["text"]])
        != each["exclude"]
        for each in group["characteristic"]
    )


def assignments() -> Iterator[dict[str, bool]]:
    for values in product((False, True), repeat=len(NAMES)):
        yield dict(zip(NAMES, values, strict=True))


def trial_of(rule: Rule, kind: Any, scope: Scope | None = None) -> Trial:
    criterion = Criterion(id=f"{kind}.1", kind=kind, text="the words", span=(0, 9), rule=rule, scope=scope)
    return sample_trial().model_copy(update={"eligibility": Eligibility(text="the words", criteria=[criterion])})


def resource(trial: Trial, target: str, kind: str) -> dict[str, Any]:
    entries = parser.export(trial, target).document["entry"]
    found: dict[str, Any] = next(
        entry["resource"] for entry in entries if entry["resource"]["id"].endswith("-eligibility")
    )
    assert found["resourceType"] == kind
    return found


@pytest.mark.parametrize("kind", ["inclusion", "exclusion"])
@settings(max_examples=80, deadline=None)
@given(rule=RULES)
def test_export_fhir_logic_of_an_evidence_variable_is_the_rule(kind: str, rule: Rule) -> None:
    variable = resource(trial_of(rule, kind), "fhir-r5", "EvidenceVariable")
    (characteristic,) = variable["characteristic"]
    for facts in assignments():
        assert holds(characteristic, facts) == (says(rule, facts) == (kind == "inclusion"))


@pytest.mark.parametrize("kind", ["inclusion", "exclusion"])
@pytest.mark.parametrize("target", ["fhir-r5-group", "fhir-r4b"])
@settings(max_examples=60, deadline=None)
@given(rule=RULES)
def test_export_fhir_logic_of_a_group_is_the_rule(target: str, kind: str, rule: Rule) -> None:
    group = resource(trial_of(rule, kind), target, "Group")
    for facts in assignments():
        words = {str(part): says(part, facts) for part in _all_parts(rule)} | {"the words": says(rule, facts)}
        assert group_holds(group, facts, words) == (says(rule, facts) == (kind == "inclusion"))


def _all_parts(rule: Rule) -> Iterator[Rule]:
    yield rule
    for part in parts(rule):
        yield from _all_parts(part)


@pytest.mark.parametrize("kind", ["inclusion", "exclusion"])
@settings(max_examples=40, deadline=None)
@given(rule=RULES)
def test_export_fhir_logic_of_a_cohort_lets_others_pass(kind: str, rule: Rule) -> None:
    scope = Scope(text="Cohort B", type="cohort")
    (characteristic,) = resource(trial_of(rule, kind, scope), "fhir-r5", "EvidenceVariable")["characteristic"]
    for facts in assignments():
        assert holds(characteristic, facts | {"Cohort B": False})
        inside = holds(characteristic, facts | {"Cohort B": True})
        assert inside == (says(rule, facts) == (kind == "inclusion"))
