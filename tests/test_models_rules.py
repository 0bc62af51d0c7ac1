"""Rules as data: JSON and back, refused fields, values that do not change."""

import json
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter, ValidationError
from random_rules import rules

from parser.models import AllOf, AnyOf, Concept, Condition, Not, Rule, Sex, Window
from parser.models.rules import atoms, parts

ADAPTER: TypeAdapter[Rule] = TypeAdapter(Rule)
#: The logic nodes and atoms of the contract, section 3.
NODE_TYPES = {
    "all_of",
    "any_of",
    "not",
    "age",
    "sex",
    "condition",
    "measurement",
    "biomarker",
    "treatment",
    "allergy",
    "reproductive",
    "observation",
    "requirement",
    "unstructured",
}
SEPSIS = Condition(concept=Concept(text="sepsis"))
FEMALE = Sex(value="female")


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(rules)
def test_models_rules_survive_json_unchanged(rule: Rule) -> None:
    text = rule.model_dump_json()
    assert ADAPTER.validate_json(text) == rule
    assert ADAPTER.validate_python(json.loads(text)) == rule


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(rules)
def test_models_rules_json_leaves_out_nulls_and_silent_modifiers(rule: Rule) -> None:
    def values(node: object) -> list[tuple[str, object]]:
        if isinstance(node, dict):
            return [*node.items(), *(pair for value in node.values() for pair in values(value))]
        return [pair for value in node for pair in values(value)] if isinstance(node, list) else []

    # `spans` and `rules` are always written; every other empty list is a modifier on which the text is silent.
    for name, value in values(json.loads(rule.model_dump_json())):
        assert value is not None, name
        assert value != [] or name == "spans", name


def test_models_rules_has_the_node_types_of_the_contract() -> None:
    models = get_args(get_args(Rule)[0])
    assert {model.model_fields["type"].default for model in models} == NODE_TYPES


def test_models_rules_type_tells_the_node() -> None:
    data = {"type": "not", "rule": {"type": "all_of", "rules": [{"type": "sex", "value": "female"}]}}
    assert ADAPTER.validate_python(data) == Not(rule=AllOf(rules=[FEMALE]))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"type": "sex", "value": "female", "status": ["current"]}, id="a modifier of another atom"),
        pytest.param({"type": "condition", "concept": {"text": "sepsis"}, "when": None, "seen": 1}, id="unknown field"),
        pytest.param({"type": "condition", "concept": {"text": "sepsis", "cui": "C0"}}, id="unknown field inside"),
        pytest.param({"type": "condition"}, id="no concept"),
        pytest.param({"type": "all_of", "rules": []}, id="nothing to hold"),
        pytest.param({"type": "any_of", "rules": [{"type": "sex", "value": "male"}], "at_least": 0}, id="none needed"),
        pytest.param({"type": "sex", "value": "other"}, id="unknown value"),
        pytest.param({"type": "some_of", "rules": []}, id="unknown node"),
        pytest.param({"value": "female"}, id="no type"),
        pytest.param({"type": "sex", "value": "female", "confidence": 1.5}, id="surer than sure"),
        pytest.param({"type": "sex", "value": "female", "spans": [[-1, 3]]}, id="before the text"),
    ],
)
def test_models_rules_refuse_what_the_contract_does_not_know(data: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(data)


def test_models_rules_never_change_once_made() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        SEPSIS.confidence = 0.5
    with pytest.raises(ValidationError, match="frozen"):
        SEPSIS.concept.text = "fever"
    with pytest.raises(ValidationError, match="frozen"):
        Window(relation="at").anchor = "surgery"


def test_models_rules_atoms_come_left_to_right_without_those_in_modifiers() -> None:
    head = Condition(concept=Concept(text="cancer"), where=[Sex(value="male")])
    rule = AnyOf(rules=[Not(rule=FEMALE), AllOf(rules=[head, SEPSIS])])
    assert list(atoms(rule)) == [FEMALE, head, SEPSIS]
    assert parts(rule) == [Not(rule=FEMALE), AllOf(rules=[head, SEPSIS])]
    assert parts(head) == []
