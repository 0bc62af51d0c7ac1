"""Short ways to write rules and participants by hand, for tests of `parser.matching`."""

from __future__ import annotations

from datetime import date
from typing import Any

from parser.matching import Participant
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
    Window,
)

#: The day of evaluation.
ON = date(2025, 6, 1)
FEMALE, MALE = Sex(value="female"), Sex(value="male")


def condition(text: str, **modifiers: Any) -> Condition:
    return Condition(concept=Concept(text=text), **modifiers)


def treatment(text: str, **modifiers: Any) -> Treatment:
    return Treatment(concept=Concept(text=text), **modifiers)


def measurement(text: str, limits: Range | None = None, **modifiers: Any) -> Measurement:
    return Measurement(concept=Concept(text=text), range=limits, **modifiers)


def observation(text: str, **modifiers: Any) -> Observation:
    return Observation(concept=Concept(text=text), **modifiers)


def allergy(text: str, **modifiers: Any) -> Allergy:
    return Allergy(concept=Concept(text=text), **modifiers)


def biomarker(marker: str, **modifiers: Any) -> Biomarker:
    return Biomarker(marker=marker, **modifiers)


def reproductive(state: Any, **modifiers: Any) -> Reproductive:
    return Reproductive(state=state, **modifiers)


def requirement(topic: Any, **modifiers: Any) -> Requirement:
    return Requirement(topic=topic, **modifiers)


def age(low: float | None = None, high: float | None = None, ucum: str = "a", **bounds: Any) -> Age:
    return Age(range=Range(low=low, high=high, ucum=ucum, **bounds))


def least(low: float, ucum: str | None = None, **more: Any) -> Range:
    return Range(low=low, ucum=ucum, **more)


def most(high: float, ucum: str | None = None, **more: Any) -> Range:
    return Range(high=high, ucum=ucum, **more)


def above(low: float, ucum: str | None = None, **more: Any) -> Range:
    return Range(low=low, low_inclusive=False, ucum=ucum, **more)


def below(high: float, ucum: str | None = None, **more: Any) -> Range:
    return Range(high=high, high_inclusive=False, ucum=ucum, **more)


def uln(limits: Range) -> Range:
    return limits.model_copy(update={"relative_to": "ULN"})


def window(relation: Any, max: str | None = None, anchor: Any = "unstated", **more: Any) -> Window:
    return Window(relation=relation, max=max, anchor=anchor, **more)


def all_of(*rules: Rule) -> AllOf:
    return AllOf(rules=list(rules))


def any_of(*rules: Rule, at_least: int = 1) -> AnyOf:
    return AnyOf(rules=list(rules), at_least=at_least)


def negation(rule: Rule) -> Not:
    return Not(rule=rule)


def person(**record: Any) -> Participant:
    return Participant(**record)


#: What is a kind of what, for tests that need it; of other pairs it says that they are not.
KINDS = {
    "basal cell carcinoma": "malignancy",
    "lung cancer": "malignancy",
    "lymphoma": "malignancy",
    "cisplatin": "chemotherapy",
    "liver metastases": "metastatic disease",
    "early breast cancer": "cancer",
}


def is_a(specific: Concept, general: Concept) -> bool:
    return KINDS.get(specific.text) == general.text
