"""The people spoken of: "male or female patients who have"."""

from __future__ import annotations

from parser.models.rules import Rule, Sex
from parser.rules.context import SURE, Context, any_of
from parser.rules.frames.openings import opens
from parser.rules.units import Cursor, Unit

#: Between the people and what is said of them.
_LINK_WORDS = ("are", "have", "has", "is", "must", "should", "be", "will", "having", "were", "had")
_SEXES = ("sex", "sexes", "gender", "genders")
_LINK_CUES = ("who", "with", "that")


@opens("sex", first=("sex", "population"))
def people(cursor: Cursor, context: Context) -> Rule | None:
    """Pass who is spoken of; return the sexes where they are named, None where they are not."""
    named: list[Unit] = []
    while (unit := cursor.take("sex") or cursor.take("population")) is not None:
        if unit.kind == "sex":
            named.append(unit)
        if cursor.sees("separator", "or", "and") and (
            cursor.sees("sex", ahead=1) or cursor.sees("population", ahead=1)
        ):
            cursor.take("separator")
    if not named:
        return None
    return any_of(
        [Sex.model_validate({"value": unit.value, "spans": context.spans(unit), "confidence": SURE}) for unit in named]
    )


def _both_sexes(cursor: Cursor, context: Context) -> Rule | None:
    """Read "both sexes", "either gender"."""
    cursor.take("word", "of")
    every, noun = cursor.take("word", "both", "either"), cursor.peek()
    if every is None or noun is None or noun.text.lower() not in _SEXES:
        return None
    cursor.at += 1
    spans = context.spans(every, noun)
    return any_of([Sex(value=value, spans=spans, confidence=SURE) for value in ("male", "female")])


def pass_people(cursor: Cursor, context: Context) -> Rule | None:
    """Pass the people and the words that link them to what is said; return the sexes where they are named."""
    cursor.take_all("word", *_LINK_WORDS)
    sexes = cursor.attempt(lambda: _both_sexes(cursor, context)) or cursor.attempt(lambda: people(cursor, context))
    cursor.take_all("population")
    sexes = sexes or cursor.attempt(lambda: _both_sexes(cursor, context))
    while cursor.take("word", *_LINK_WORDS) is not None or _take_link_cue(cursor):
        pass
    return sexes


def _take_link_cue(cursor: Cursor) -> bool:
    unit = cursor.peek()
    if unit is None or unit.kind != "narrowing" or unit.text.lower() not in _LINK_CUES:
        return False
    cursor.at += 1
    return True
