"""From what a phrase names to the atom that says so."""

from __future__ import annotations

from typing import Any

from parser.models.rules import Condition, Rule, Treatment
from parser.nlp.components.phrases.patterns import CATEGORIES
from parser.normalize.concepts import singular
from parser.rules.context import concept

#: Kinds of thing, as `trial_phrases` labels them, that are treatments.
TREATMENTS = ("Procedure", "Drug")
#: Kinds of thing that make an atom.
NAMED = ("Condition", *TREATMENTS)


def thing(kind: str, text: str, fields: dict[str, Any]) -> Rule:
    """Return the condition or treatment that `text` names, with the fields given.

    Args:
        kind: One of `NAMED`.
        text: The concept's words; the last one decides a treatment's category.
        fields: Further fields of the atom.
    """
    named = {**fields, "concept": concept(text)}
    if kind not in TREATMENTS:
        return Condition.model_validate(named)
    head = singular(text.split()[-1].lower())
    category = CATEGORIES.get(head, "drug" if kind == "Drug" else "procedure")
    return Treatment.model_validate({**named, "category": category})
