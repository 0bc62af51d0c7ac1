"""Verdicts on whole trials, and why."""

from __future__ import annotations

from typing import Any

import pytest
from matching_rules import (
    FEMALE,
    ON,
    age,
    all_of,
    any_of,
    condition,
    least,
    measurement,
    negation,
    person,
    treatment,
)
from sample_trial import sample_trial

import parser
from parser.matching import Verdict, evaluate, explain, verdict
from parser.models import Criterion, Eligibility, Range, Rule, Scope, Unstructured

SEPSIS, PREGNANT, CANCER = condition("sepsis"), condition("pregnancy"), condition("cancer")


def criterion(id_: str, rule: Rule | None, **more: Any) -> Criterion:
    return Criterion(
        id=id_, kind=more.pop("kind", id_.split(".")[0]), text="as written", span=(0, 1), rule=rule, **more
    )


def judged(
    *criteria: Criterion, fields: dict[str, Any] | None = None, scope: str | None = None, **record: Any
) -> Verdict:
    eligibility = Eligibility(criteria=list(criteria), **(fields or {}))
    return verdict(eligibility, person(**record), on=ON, scope=scope)


BOTH = (criterion("inclusion.1", SEPSIS), criterion("exclusion.1", CANCER))
HAS = {"concept": "sepsis"}
HAS_NOT = {"concept": "cancer", "present": False}


@pytest.mark.parametrize(
    ("conditions", "status", "failed", "unknown"),
    [
        ([HAS, HAS_NOT], "eligible", [], []),
        ([HAS], "undetermined", [], ["exclusion.1"]),
        ([HAS_NOT], "undetermined", [], ["inclusion.1"]),
        ([HAS, {"concept": "cancer"}], "ineligible", ["exclusion.1"], []),
        ([{"concept": "sepsis", "present": False}], "ineligible", ["inclusion.1"], ["exclusion.1"]),
        ([{"concept": "cancer"}], "ineligible", ["exclusion.1"], ["inclusion.1"]),
    ],
)
def test_matching_verdicts_by_both_kinds(
    conditions: list[Any], status: str, failed: list[str], unknown: list[str]
) -> None:
    found = judged(*BOTH, conditions=conditions)
    assert (found.status, found.failed, found.unknown) == (status, failed, unknown)


@pytest.mark.parametrize(
    ("fields", "record", "status"),
    [
        ({}, {}, "eligible"),
        ({"sex": "all"}, {}, "eligible"),
        ({"sex": "female"}, {"sex": "female"}, "eligible"),
        ({"sex": "female"}, {"sex": "male"}, "ineligible"),
        ({"sex": "female"}, {}, "undetermined"),
        ({"sex": "unknown"}, {"sex": "male"}, "undetermined"),
        ({"age": Range(high=65, ucum="a")}, {"birth_date": "1959-06-02"}, "eligible"),
        ({"age": Range(high=65, ucum="a")}, {"birth_date": "1959-06-01"}, "ineligible"),
        ({"age": Range(high=65, ucum="a")}, {"birth_date": "1959-06"}, "undetermined"),
    ],
)
def test_matching_verdicts_by_the_registry_s_fields(
    fields: dict[str, Any], record: dict[str, Any], status: str
) -> None:
    assert judged(*BOTH, fields=fields, conditions=[HAS, HAS_NOT], **record).status == status


@pytest.mark.parametrize(
    ("criteria", "fields"),
    [
        ([], {}),
        ([], {"sex": "all", "age": Range(low=18, ucum="a")}),
        ([criterion("unspecified.1", SEPSIS)], {}),
        ([criterion("unspecified.1", Unstructured(text="Contact the site"))], {}),
        ([criterion("inclusion.1", SEPSIS, role="note")], {}),
        ([criterion("exclusion.1", negation(CANCER), flags=["polarity_suspect"])], {}),
        ([criterion("inclusion.1", SEPSIS, scope=Scope(text="Arm A", type="arm"))], {}),
    ],
    ids=["no text", "fields alone", "no kind", "kept words", "a note", "suspect", "another scope"],
)
def test_matching_verdicts_where_no_criterion_decides_nobody_is_eligible(
    criteria: list[Criterion], fields: dict[str, Any]
) -> None:
    found = judged(*criteria, fields=fields, sex="female", birth_date="1990", conditions=[HAS, HAS_NOT])
    assert (found.status, found.rests_on_criteria) == ("undetermined", False)
    assert judged(*BOTH, fields=fields, birth_date="1990", conditions=[HAS, HAS_NOT]).rests_on_criteria


def test_matching_verdicts_a_field_alone_can_keep_out() -> None:
    found = judged(fields={"age": Range(low=18, ucum="a")}, birth_date="2020-01-01")
    assert (found.status, found.failed, found.rests_on_criteria) == ("ineligible", ["age"], False)


@pytest.mark.parametrize("text", ["", "Not provided", "N/A", "Contact the site for details."])
def test_matching_verdicts_of_texts_without_criteria_stay_open(text: str) -> None:
    eligibility = parser.parse_eligibility(text) if text else Eligibility()
    assert parser.verdict(eligibility, person(sex="female", birth_date="1990"), on=ON).status == "undetermined"


@pytest.mark.parametrize(
    "undecided",
    [
        criterion("unspecified.1", CANCER),
        criterion("other.1", SEPSIS),
        criterion("exclusion.2", negation(CANCER), flags=["polarity_suspect"]),
        criterion("inclusion.2", CANCER, role="permission"),
        criterion("inclusion.2", CANCER, role="note"),
    ],
    ids=lambda each: f"{each.id} {each.role}",
)
def test_matching_verdicts_some_criteria_never_decide(undecided: Criterion) -> None:
    assert judged(*BOTH, undecided, conditions=[HAS, HAS_NOT]).status == "eligible"


@pytest.mark.parametrize("rule", [None, Unstructured(text="vague")])
def test_matching_verdicts_what_is_no_rule_leaves_it_open(rule: Rule | None) -> None:
    found = judged(*BOTH, criterion("inclusion.2", rule), conditions=[HAS, HAS_NOT])
    assert (found.status, found.unknown) == ("undetermined", ["inclusion.2"])


ARM, PART = Scope(text="Arm A", type="arm", ids=["a"]), Scope(text="Part 2", type="part")
NESTED = criterion(
    "exclusion.1",
    any_of(CANCER, PREGNANT),
    criteria=[
        criterion("exclusion.1.1", CANCER),
        criterion("exclusion.1.2", PREGNANT),
        criterion("exclusion.1.3", SEPSIS, scope=ARM),
    ],
)


def test_matching_verdicts_heads_speak_for_their_items_but_not_for_those_of_another_scope() -> None:
    nothing = [{"concept": each, "present": False} for each in ("cancer", "pregnancy")]
    alone = judged(NESTED, conditions=[HAS, *nothing])
    assert ([reason.id for reason in alone.reasons], alone.status) == (["exclusion.1"], "eligible")
    assert alone.out_of_scope == ["exclusion.1.3"]
    for scope in ("Arm A", "a"):
        inside = judged(NESTED, conditions=[HAS, *nothing], scope=scope)
        assert (inside.status, inside.failed, inside.out_of_scope) == ("ineligible", ["exclusion.1.3"], [])


def test_matching_verdicts_other_scopes_are_left_out() -> None:
    found = judged(criterion("inclusion.1", SEPSIS, scope=PART), criterion("inclusion.2", FEMALE), sex="female")
    assert (found.status, found.out_of_scope) == ("eligible", ["inclusion.1"])


def test_matching_verdicts_say_that_the_world_was_closed() -> None:
    trial = sample_trial()
    trial.eligibility = Eligibility(criteria=[criterion("exclusion.1", CANCER)])
    for closed, status in ((False, "undetermined"), (True, "eligible")):
        found = parser.verdict(trial, person(), on=ON, closed_world=closed)
        assert (found.status, found.closed_world, found.on) == (status, closed, ON)
        assert Verdict.model_validate_json(found.model_dump_json()) == found


def test_matching_verdicts_of_the_example_page() -> None:
    trial = parser.parse_file("fixtures/clinconnect/sources/clinconnect_sepsis.txt")
    old = parser.verdict(trial, person(birth_date="1950-01-01"), on=ON)
    # "Age: 0-65 years old, diagnosed with sepsis"
    assert (old.status, old.failed) == ("ineligible", ["inclusion.1"])
    young = parser.verdict(trial, person(birth_date="1985-01-01"), on=ON)
    assert young.status == "undetermined"


def test_matching_verdicts_explanations_follow_the_rule() -> None:
    low = any_of(measurement("ANC", least(1.5, "10*9/L")), treatment("G-CSF", status=["prior"]))
    rule = all_of(age(18), low, negation(condition("cancer", examples=[condition("lymphoma")])))
    record = person(
        birth_date="1990",
        conditions=[{"concept": "asthma"}, {"concept": "lymphoma"}],
        measurements=[{"concept": "neutrophils", "amount": {"value": 900, "unit": "/uL"}}],
    )
    told = explain(rule, record, on=ON)
    assert told.holds is evaluate(rule, record, on=ON) is False
    grown, counted, free = told.parts
    assert (grown.type, grown.holds, grown.rule) == ("age", True, "age 18 years or older")
    assert [(part.holds, part.facts) for part in counted.parts] == [(False, ["/measurements/0"]), (None, [])]
    cancer = free.parts[0]
    assert (free.holds, cancer.holds, cancer.facts) == (False, True, [])
    assert [(part.holds, part.facts) for part in cancer.parts] == [(True, ["/conditions/1"])]


def test_matching_verdicts_explanations_lead_to_other_people() -> None:
    mother = {"role": "mother", "conditions": [{"concept": "asthma"}, {"concept": "sepsis"}]}
    told = explain(condition("sepsis", subject="mother"), person(others=[mother], conditions=[HAS]), on=ON)
    assert (told.holds, told.facts) == (True, ["/others/0/conditions/1"])
