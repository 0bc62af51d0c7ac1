"""Giving the concepts of rules their names and codes, once the rules are built.

Rules never change: those in which a concept gains something are built anew, all others stay as they are. Heads of lists
hold copies of their items' rules; one and the same rule is done once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import BaseModel

from parser.models.eligibility import Eligibility
from parser.models.rules import Measurement, Rule, Treatment
from parser.models.values import Code, Concept
from parser.normalize.abbreviations import meanings, unambiguous
from parser.normalize.concepts import concept_name, may_abbreviate
from parser.vocabulary.interface import Domain, Vocabulary
from parser.vocabulary.measurements import measured

#: Gives the concept of a rule what it lacks.
Change = Callable[[Concept, Rule], Concept]

#: OMOP's domain of what each type of atom names. The substance of an allergy may be a drug, a food or anything.
_DOMAINS: dict[str, Domain] = {
    "condition": "Condition",
    "measurement": "Measurement",
    "observation": "Observation",
}
_TREATMENT_DOMAINS: dict[str, Domain] = {
    "drug": "Drug",
    "vaccine": "Drug",
    "device": "Device",
    "procedure": "Procedure",
    "radiotherapy": "Procedure",
    "transfusion": "Procedure",
    "transplant": "Procedure",
    "behavioural": "Procedure",
}
#: Fields of rules that hold rules.
_HOLDING_RULES = ("rules", "rule", "where", "defined_as", "unless", "examples")
#: Atoms whose concepts are no clinical terms.
_NOT_CODED = frozenset({"requirement"})


def name_concepts(eligibility: Eligibility) -> None:
    """Give every concept in the rules its normalised name, with abbreviations as this text means them.

    Measurements of the built-in table have its names ("SGPT" is alanine aminotransferase).

    Args:
        eligibility: With its rules; changed in place.
    """
    known = meanings(eligibility.text or "")
    everywhere = unambiguous()
    special = [short for short, name in known.items() if everywhere.get(short) != name]

    def name_of(text: str) -> str:
        return concept_name(text, known) if may_abbreviate(text, special) else concept_name(text)

    def named(concept: Concept, rule: Rule) -> Concept:
        row = measured(concept.text) if isinstance(rule, Measurement) else None
        name = row.name.lower() if row else name_of(concept.text)
        return concept if name == concept.name else concept.model_copy(update={"name": name})

    change_concepts(eligibility, named)


def code_rules(eligibility: Eligibility, vocabulary: Vocabulary) -> None:
    """Give every concept in the rules the codes that the vocabulary is sure of; codes it has already are kept.

    Args:
        eligibility: With its rules; changed in place.
        vocabulary: What knows codes for names.
    """

    def coded(concept: Concept, rule: Rule) -> Concept:
        if rule.type in _NOT_CODED:
            return concept
        domain = _domain(rule)
        found = vocabulary.codes(concept.name or concept.text, domain=domain)
        codes = _joined(concept.codes, found or vocabulary.codes(concept.text, domain=domain))
        return concept if codes == concept.codes else concept.model_copy(update={"codes": codes})

    change_concepts(eligibility, coded)


def change_concepts(eligibility: Eligibility, change: Change) -> None:
    """Put what `change` makes of it in the place of every concept in the rules of an eligibility."""
    done: dict[int, Rule] = {}
    for criterion in eligibility.walk():
        if criterion.rule is not None:
            criterion.rule = _changed(criterion.rule, change, done)


def _changed(rule: Rule, change: Change, done: dict[int, Rule]) -> Rule:
    """Return the rule with its concepts changed, those in its modifiers too; itself where nothing changes.

    `done` holds what became of rules by their identity; the rules stay alive meanwhile, as criteria hold them.
    """
    if id(rule) in done:
        return done[id(rule)]
    updates: dict[str, object] = {}
    for field in _held(type(rule)):
        value: Any = getattr(rule, field)
        if not value:
            continue
        changed: Any
        if isinstance(value, list):
            changed = _all_changed(value, change, done)
        else:
            changed = change(value, rule) if isinstance(value, Concept) else _changed(value, change, done)
        if changed is not value:
            updates[field] = changed
    result = rule.model_copy(update=updates) if updates else rule
    done[id(rule)] = result
    return result


@cache
def _held(kind: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a type of rule that hold a concept or rules."""
    return tuple(field for field in ("concept", *_HOLDING_RULES) if field in kind.model_fields)


def _all_changed(rules: list[Rule], change: Change, done: dict[int, Rule]) -> list[Rule]:
    changed = [_changed(rule, change, done) for rule in rules]
    return rules if all(one is other for one, other in zip(changed, rules, strict=True)) else changed


def _domain(rule: Rule) -> Domain | None:
    if isinstance(rule, Treatment):
        return _TREATMENT_DOMAINS.get(rule.category)
    return _DOMAINS.get(rule.type)


def _joined(codes: list[Code], more: list[Code]) -> list[Code]:
    """Return codes and those of terminologies that they lack."""
    systems = {code.system for code in codes}
    return [*codes, *(code for code in more if code.system not in systems)]
