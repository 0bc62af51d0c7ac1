"""Allergies, intolerances and contraindications, with what they are against."""

from __future__ import annotations

from dataclasses import dataclass

from parser.models.rules import Allergy, Rule
from parser.rules.context import LIKELY, Context, any_of, concept
from parser.rules.units import Cursor, Unit

#: Words for a part of a product, which its name must follow.
_PARTS = frozenset("component components ingredient ingredients excipient excipients constituent constituents".split())


@dataclass(frozen=True, slots=True)
class _Reaction:
    """A kind of reaction with its qualifiers."""

    term: Unit
    qualifiers: list[Unit]


def allergy(cursor: Cursor, context: Context) -> Rule | None:
    """Read "hypersensitivity or severe adverse reactions to A or B": one atom a reaction and substance."""
    statuses = cursor.take_all("status", "history", "current")
    certainties = cursor.take_all("certainty", "known", "suspected", "confirmed")
    reactions = _reactions(cursor)
    if not reactions or cursor.take("word", "to") is None:
        return None
    substances, separators = _substances(cursor, context)
    if not substances or "and" in separators or not _is_over(cursor):
        return None
    manner = {
        "status": [status.value for status in statuses],
        "certainty": [certainty.value for certainty in certainties],
        "confidence": LIKELY,
    }
    shared = [*statuses, *certainties]
    return any_of([_atom(one, substance, shared, manner, context) for one in reactions for substance in substances])


def _reactions(cursor: Cursor) -> list[_Reaction]:
    reactions: list[_Reaction] = []
    while (reaction := cursor.attempt(lambda: _reaction(cursor, first=not reactions))) is not None:
        reactions.append(reaction)
    return reactions


def _reaction(cursor: Cursor, *, first: bool) -> _Reaction | None:
    if not first and cursor.take("separator", "or", "comma") is None:
        return None
    qualifiers = cursor.take_all("qualifier")
    term = cursor.take("allergy")
    return _Reaction(term, qualifiers) if term else None


def _substances(cursor: Cursor, context: Context) -> tuple[list[Unit], list[str]]:
    substances: list[Unit] = []
    separators: list[str] = []
    while True:
        phrase = _substance(cursor, context)
        if phrase is None or phrase.value == "Adjective":
            return [], separators
        substances.append(phrase)
        separator = cursor.take("separator", "comma", "or", "and")
        if separator is None:
            return substances, separators
        separators.append(separator.value)


def _substance(cursor: Cursor, context: Context) -> Unit | None:
    """Read a substance, or a part of one: "any component of the study drug", "any of its excipients"."""
    cursor.take("article")
    if cursor.take("word", "of") is not None:
        cursor.take("article")
    cursor.take("word", "its", "their")
    part = cursor.take("phrase")
    if part is None or part.text.lower() not in _PARTS or cursor.take("word", "of") is None:
        return part
    cursor.take("article")
    whole = cursor.take("phrase")
    if whole is None:
        return None
    return Unit("phrase", "Drug", part.start, whole.end, context.words(part.start, whole.end))


def _is_over(cursor: Cursor) -> bool:
    """Tell whether the substances are all: nothing, a new clause or a bracket's end follows."""
    return cursor.done or cursor.sees("stop") or cursor.sees("separator", "semicolon")


def _atom(
    reaction: _Reaction, substance: Unit, shared: list[Unit], manner: dict[str, object], context: Context
) -> Rule:
    return Allergy.model_validate(
        {
            "concept": concept(substance.text),
            "kind": reaction.term.value,
            "qualifiers": [qualifier.text.lower() for qualifier in reaction.qualifiers],
            "spans": context.spans(*shared, *reaction.qualifiers, reaction.term, substance),
            **manner,
        }
    )
