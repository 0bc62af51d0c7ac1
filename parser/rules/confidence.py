"""What `confidence` says: how often atoms read on such grounds are right.

Frames say what an atom rests on in three ranks (`context.SURE`, `LIKELY`, `GUESS`). `calibrated` turns these into
shares of atoms that were right, by the kind of atom, the rank, whether the recogniser sees the same thing there, and
whether all words of the criterion were understood. The shares are data (`confidence.tsv`), counted on criteria that the
recogniser's weights never saw, by `python -m tests.evaluation.fit_confidence`; docs/confidence.md tells how they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from spacy.tokens import Doc

from parser.models.rules import AllOf, AnyOf, Atom, Not, Rule, Unstructured, atoms
from parser.models.values import Span
from parser.rules.context import GUESS, LIKELY, SURE, Context, least

#: Beside this module: kind, rank, recogniser, reading, share, how many it was counted on; `*` is any.
SHARES_FILE = "confidence.tsv"
ANY = "*"

#: The recogniser's labels of what each kind of atom with a name says.
_LABELS: dict[str, frozenset[str]] = {
    "condition": frozenset(("Condition",)),
    "treatment": frozenset(("Drug", "Procedure", "Device")),
    "measurement": frozenset(("Measurement",)),
    "biomarker": frozenset(("Measurement", "Condition")),
    "allergy": frozenset(("Condition", "Drug")),
    "observation": frozenset(("Observation", "Condition")),
    "reproductive": frozenset(("Condition", "Observation")),
}
#: Modifiers that hold rules.
_MODIFIERS = ("where", "unless", "examples")


class Ground(NamedTuple):
    """What an atom rests on.

    Attributes:
        kind: The atom's type.
        rank: `sure`, `likely` or `guess`, as its frame said.
        recogniser: `agrees`, `differs` or `silent`; `-` for kinds that it does not name.
        reading: `whole` where all words of the criterion were understood, else `part`.
    """

    kind: str
    rank: str
    recogniser: str
    reading: str


class Entity(NamedTuple):
    """What the recogniser found: its place in the eligibility text, label and words."""

    place: Span
    label: str
    words: frozenset[str]


def calibrated(rule: Rule, doc: Doc, context: Context) -> Rule:
    """Return a criterion's rule with confidences that are shares.

    An atom's is at most that of what it is defined as and of its examples; a logic node's is the least of its parts.
    Where a frame was less sure of how parts are joined than of the parts, all of them are at most as sure.

    Args:
        rule: As its frames made it.
        doc: The criterion's words, with entities.
        context: Where they stand.
    """
    reading = _reading(rule)
    if isinstance(rule, Unstructured):
        return rule
    return _calibrated(rule, entities_of(doc, context), reading, SURE)


def grounds(rule: Rule, doc: Doc, context: Context) -> Iterator[tuple[Atom, Ground]]:
    """Yield the atoms of a rule that its frames made, those kept as words aside, with what each rests on."""
    found = entities_of(doc, context)
    reading = _reading(rule)
    for atom in atoms(rule):
        if not isinstance(atom, Unstructured):
            yield atom, _ground(atom, found, reading, atom.confidence)


def entities_of(doc: Doc, context: Context) -> list[Entity]:
    """Return what the recogniser found in a criterion."""
    place = _places(context)
    return [
        Entity(place(each.start_char, each.end_char), each.label_, frozenset(each.text.lower().split()))
        for each in doc.ents
    ]


def _places(context: Context) -> Callable[[int, int], Span]:
    """Return what leads from a stretch of the words to the source: a shift, where nothing was replaced."""
    runs = context.text.runs
    if len(runs) == 1 and runs[0].length == runs[0].source_length == len(context.text.text):
        shift = runs[0].source
        return lambda start, end: (start + shift, end + shift)
    return context.span


def share(ground: Ground) -> float:
    """Return how often an atom on such grounds is right: by the narrowest row of the table that has it."""
    table = _shares()
    for row in widened(ground):
        if row in table:
            return table[row]
    return GUESS


def widened(ground: Ground) -> Iterator[Ground]:
    """Yield grounds from the narrowest to the widest; every table has the last ones, those of a rank alone."""
    yield ground
    yield ground._replace(reading=ANY)
    yield ground._replace(kind=ANY)
    yield ground._replace(kind=ANY, reading=ANY)
    yield Ground(ANY, ground.rank, ANY, ANY)


@cache
def _shares() -> dict[Ground, float]:
    lines = (files(__package__) / SHARES_FILE).read_text("utf-8").splitlines()[2:]
    rows = (line.split("\t") for line in lines)
    return {Ground(*row[:4]): float(row[4]) for row in rows}


def _reading(rule: Rule) -> str:
    return "part" if any(isinstance(atom, Unstructured) for atom in atoms(rule)) else "whole"


def _rank(confidence: float) -> str:
    """Return the rank that a frame's number stands for."""
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "guess"


def _ground(atom: Atom, found: Sequence[Entity], reading: str, confidence: float) -> Ground:
    return Ground(atom.type, _rank(confidence), _recogniser(atom, found), reading)


def _recogniser(atom: Atom, found: Sequence[Entity]) -> str:
    """Tell whether the recogniser sees the thing that an atom names."""
    labels = _LABELS.get(atom.type)
    if labels is None:
        return "-"
    name = _name(atom)
    there = [each for each in found if _meets(each.place, atom.spans) and (not name or name & each.words)]
    if not there:
        return "silent"
    return "agrees" if any(each.label in labels for each in there) else "differs"


def _name(atom: Atom) -> frozenset[str]:
    concept = getattr(atom, "concept", None)
    return frozenset(concept.text.lower().split()) if concept is not None else frozenset()


def _meets(place: Span, spans: Sequence[Span]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in spans)


def _calibrated(rule: Rule, found: Sequence[Entity], reading: str, ceiling: float) -> Rule:
    if isinstance(rule, AllOf | AnyOf):
        ceiling = _lower(rule, rule.rules, ceiling)
        parts = [_calibrated(part, found, reading, ceiling) for part in rule.rules]
        return rule.model_copy(update={"rules": parts, "confidence": least(parts)})
    if isinstance(rule, Not):
        part = _calibrated(rule.rule, found, reading, _lower(rule, [rule.rule], ceiling))
        return rule.model_copy(update={"rule": part, "confidence": part.confidence})
    return rule if isinstance(rule, Unstructured) else _atom(rule, found, reading, ceiling)


def _lower(rule: Rule, parts: Sequence[Rule], ceiling: float) -> float:
    """Return how sure the parts of a logic node may be at most."""
    return min(ceiling, rule.confidence) if rule.confidence < least(parts) else ceiling


def _atom(atom: Atom, found: Sequence[Entity], reading: str, ceiling: float) -> Rule:
    own = share(_ground(atom, found, reading, min(atom.confidence, ceiling)))
    updates: dict[str, Any] = {}
    for field in _MODIFIERS:
        if rules := getattr(atom, field, None):
            updates[field] = [_calibrated(each, found, reading, SURE) for each in rules]
    bounding = list(updates.get("examples", ()))
    if (defined := getattr(atom, "defined_as", None)) is not None:
        updates["defined_as"] = _calibrated(defined, found, reading, SURE)
        bounding.append(updates["defined_as"])
    if bounding:
        own = min(own, least(bounding))
    return atom.model_copy(update={**updates, "confidence": own})
