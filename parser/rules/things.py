"""From what a phrase names to the atom that says so."""

from __future__ import annotations

from typing import Any

from parser.models.rules import Condition, Measurement, Rule, Treatment
from parser.models.values import Range
from parser.nlp.components.phrases.patterns import CATEGORIES
from parser.normalize.concepts import singular
from parser.normalize.conversions import with_canonical
from parser.rules.context import concept
from parser.vocabulary.measurements import measured

#: Kinds of measurement whose numbers are scores.
SCORES = ("score", "class", "stage")
#: Kinds of thing, as `trial_phrases` labels them, that are treatments.
TREATMENTS = ("Procedure", "Drug")
#: Kinds of thing that make an atom.
NAMED = ("Condition", *TREATMENTS)


def measure(name: str, limits: Range | None, **fields: Any) -> Measurement:
    """Return the measurement that `name` names, its bounds also in its canonical unit where that is exact.

    Args:
        name: The concept's words.
        limits: The bounds as written.
        **fields: Further fields of the atom.
    """
    row = measured(name)
    if limits is not None and row is not None and row.kind in SCORES and limits.unit is None and limits.ucum is None:
        limits = limits.model_copy(update={"ucum": None if limits.relative_to else "{score}"})
    if limits is not None:
        limits = with_canonical(limits, row)
    return Measurement.model_validate({**fields, "concept": concept(name), "range": limits})


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
