"""How long a state or treatment lasts, said before it.

"At least 3 months of statin therapy", "duration of asthma > 1 year", "minimum duration of symptoms: 3 weeks".
"""

from __future__ import annotations

from collections.abc import Sequence

from parser.models.rules import AllOf, AnyOf, Condition, Observation, Rule, Treatment
from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.rules.context import LIKELY, Context, concept, outline_of
from parser.rules.frames.clinical import clinical_loosely
from parser.rules.frames.observation import observation
from parser.rules.frames.openings import opens
from parser.rules.frames.timing import read_timing
from parser.rules.units import Cursor, Unit

#: Words before "duration" that make an exact number a limit.
_SIDES = {"minimum": "low", "minimal": "low", "maximum": "high", "maximal": "high"}
_LINKS = ("is", "of", "was", "must", "be", "has", "for", "should")
#: Things that the word before them names well enough: "duration of symptoms".
_PLAIN = frozenset("symptoms of|signs of|disease|illness".split("|"))


@opens("", first=("article", "phrase", "duration", "quantity"))
def lasting(cursor: Cursor, context: Context) -> Rule | None:
    """Read a fact with the length that stands before it, or after "duration of" and its name."""
    return cursor.attempt(lambda: _length_first(cursor, context)) or _named_duration(cursor, context)


def _length_first(cursor: Cursor, context: Context) -> Rule | None:
    length = cursor.take("duration") or cursor.take("quantity")
    limits = _limits(length)
    if length is None or limits is None:
        return None
    cursor.take("word", "'", "’")
    if cursor.take("word", "of") is None and not cursor.sees("intro"):
        return None
    rule = _fact(cursor, context)
    return None if rule is None else _with_duration(rule, limits, [length], context)


def _named_duration(cursor: Cursor, context: Context) -> Rule | None:
    cursor.take("article")
    label = cursor.take("phrase")
    words = label.text.lower().split() if label is not None else []
    if label is None or words[-1] != "duration" or len(words) > 2 or cursor.take("word", "of") is None:
        return None
    rule = cursor.attempt(lambda: _plain(cursor, context)) or _fact(cursor, context)
    cursor.take("colon")
    cursor.take_all("word", *_LINKS)
    length = cursor.take("duration") or cursor.take("quantity")
    limits = _limits(length)
    if rule is None or length is None or limits is None:
        return None
    if limits.low == limits.high:
        side = _SIDES.get(words[0])
        if side is None:
            return None
        other = "high" if side == "low" else "low"
        limits = limits.model_copy(update={other: None, f"{other}_inclusive": None})
    timing = read_timing(cursor)
    return _with_duration(rule, limits, [label, length, *timing.units], context, timing.when)


def _plain(cursor: Cursor, context: Context) -> Rule | None:
    """Read "symptoms", which elsewhere only introduces what they are of."""
    unit = cursor.peek()
    if unit is None or unit.text.lower() not in _PLAIN:
        return None
    cursor.at += 1
    text = unit.text.removesuffix(" of")
    return Condition(concept=concept(text), spans=context.spans(unit), confidence=LIKELY)


def _fact(cursor: Cursor, context: Context) -> Rule | None:
    """Read what lasts; a treatment needs no more words, since its length says that it is given."""
    return cursor.attempt(lambda: observation(cursor, context)) or cursor.attempt(
        lambda: clinical_loosely(cursor, context, is_dated=True)
    )


def _limits(unit: Unit | None) -> Range | None:
    if unit is None:
        return None
    if isinstance(unit.data, Quantity):
        return unit.data.range if unit.data.is_time and not unit.data.is_age else None
    return unit.data if isinstance(unit.data, Range) else None


def _with_duration(
    rule: Rule, limits: Range, words: Sequence[Unit], context: Context, when: Sequence[object] = ()
) -> Rule | None:
    """Return the fact with its length on each of its atoms; None where one of them has a length of its own."""
    if isinstance(rule, AllOf | AnyOf):
        parts = [_with_duration(part, limits, words, context, when) for part in rule.rules]
        told = [part for part in parts if part is not None]
        return rule.model_copy(update={"rules": told}) if len(told) == len(parts) else None
    if not isinstance(rule, Condition | Treatment | Observation) or rule.duration is not None:
        return None
    spans = [*rule.spans, *context.spans(*words)]
    update = {
        "duration": limits,
        "when": [*rule.when, *when],
        "spans": outline_of([rule], spans) if words else rule.spans,
    }
    return rule.model_copy(update=update)
