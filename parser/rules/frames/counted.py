"""Counts: "at least 3 measurable lesions", "no more than 2 prior lines of chemotherapy", "> 6 drinks per day"."""

from __future__ import annotations

import re
from typing import Any

from parser.models.rules import Observation, Rule
from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.rules.context import GUESS, LIKELY, Context, concept
from parser.rules.frames.measurement import MEASURED_WORDS
from parser.rules.frames.openings import opens
from parser.rules.frames.timing import read_timing
from parser.rules.things import NAMED, TREATMENTS, thing
from parser.rules.units import Cursor, Unit

#: Words for single occurrences of what stands after "of".
_COUNTERS = frozenset(
    """
    line lines cycle cycles course courses episode episodes attack attacks dose doses session sessions regimen regimens
    occurrence occurrences event events bout bouts exacerbation exacerbations round rounds type types kind kinds
    injection injections form forms class classes unit units
    """.split()
)
#: Last words of phrases that no count goes with: units of time, and what only refers to other words.
_UNCOUNTED = frozenset(
    """
    day days week weeks month months year years hour hours minute minutes times fold x following criteria criterion
    above below half-lives parameters points decimal normal out
    """.split()
)
#: A rate's unit: what is counted, and the time ("drinks per week").
_RATED = re.compile(r"\s*([^\W\d_][\w\s-]*?)\s*(?:/|\b(?:per|a|an|each|every|daily|weekly|monthly)\b)")
#: UCUM units of the times that a rate is counted in.
_TIMES = {"day": "d", "week": "wk", "month": "mo", "year": "a", "hour": "h", "night": "d", "yr": "a", "wk": "wk"}


@opens("quantity", first=("article", "quantity"))
def counted(cursor: Cursor, context: Context) -> Rule | None:
    """Read a number of occurrences and what occurs; a rate has its unit."""
    return cursor.attempt(lambda: _rated(cursor, context)) or _counted(cursor, context)


def _rated(cursor: Cursor, context: Context) -> Rule | None:
    """Read "more than 14 drinks per week": a rate that names what it counts."""
    number = cursor.take("quantity")
    if number is None or not number.data.is_rate or not (named := _RATED.match(number.data.range.unit or "")):
        return None
    if named[1].lower().split()[-1] in _UNCOUNTED:
        return None
    start = number.text.rfind(named[1]) + number.start
    name = Unit("phrase", "Unknown", start, start + len(named[1]), named[1])
    timing = read_timing(cursor)
    return Observation(
        concept=concept(name.text),
        count=number.data.range,
        **timing.fields(),
        spans=context.spans(number, *timing.units),
        confidence=LIKELY,
    )


def _counted(cursor: Cursor, context: Context) -> Rule | None:
    cursor.take("article")
    number = cursor.take("quantity")
    if number is None or not _is_count(number.data):
        return None
    manner = _manner(cursor)
    counter = _counter(cursor)
    manner += _manner(cursor)
    named = cursor.take("phrase")
    if named is None or _is_uncounted(named):
        return None
    rate = _rate(cursor)
    limits = _limits(number.data.range, rate)
    timing = read_timing(cursor)
    parts = [number, *manner, *([counter] if counter else []), named, *([rate] if rate else []), *timing.units]
    fields: dict[str, Any] = {
        "count": limits,
        "status": list(dict.fromkeys(_status(unit, named) for unit in manner if unit.kind == "status")),
        "qualifiers": [unit.text.lower() for unit in manner if unit.kind == "qualifier"],
        **timing.fields(),
        "spans": context.spans(*parts),
    }
    if named.value in NAMED:
        return thing(named.value, named.text, {**fields, "confidence": LIKELY})
    return Observation.model_validate({**fields, "concept": concept(named.text), "confidence": GUESS})


def _is_count(quantity: Quantity) -> bool:
    limits = quantity.range
    bounds = [bound for bound in (limits.low, limits.high, limits.value) if bound is not None]
    return (
        limits.unit is None
        and limits.relative_to is None
        and not quantity.is_time
        and not quantity.is_age
        and all(isinstance(bound, int) or bound.is_integer() for bound in bounds)
    )


def _manner(cursor: Cursor) -> list[Unit]:
    """Read status and qualifiers before the noun ("prior systemic")."""
    found: list[Unit] = []
    while (unit := cursor.take("status", "prior", "history", "current") or cursor.take("qualifier")) is not None:
        found.append(unit)
    return found


def _counter(cursor: Cursor) -> Unit | None:
    """Pass "lines of" before what comes in lines."""
    unit = cursor.peek()
    if unit is None or unit.kind != "phrase" or unit.text.lower().split()[-1] not in _COUNTERS:
        return None
    if not cursor.sees("word", "of", ahead=1):
        return None
    cursor.at += 2
    return unit


def _is_uncounted(named: Unit) -> bool:
    words = named.text.lower().split()
    return words[-1] in _UNCOUNTED or words[0] in _UNCOUNTED or words[-1] in MEASURED_WORDS


def _rate(cursor: Cursor) -> Unit | None:
    """Read "per week", "/ day", "a year" after what is counted."""
    opener, time = cursor.peek(), cursor.peek(1)
    if opener is None or time is None or opener.text.lower() not in ("per", "/", "a", "each", "every"):
        return None
    if time.text.lower().split()[0].rstrip("s") not in _TIMES:
        return None
    cursor.at += 2
    return Unit("rate", _TIMES[time.text.lower().split()[0].rstrip("s")], opener.start, time.end, time.text)


def _limits(limits: Range, rate: Unit | None) -> Range:
    """Return the count; an exact number that nothing bounds has no known direction."""
    if limits.low is not None and limits.low == limits.high:
        limits = Range(value=limits.low)
    if rate is None:
        return limits
    return limits.model_copy(update={"unit": f"/{rate.text}", "ucum": f"/{rate.value}"})


def _status(unit: Unit, named: Unit) -> str:
    of_kind = {"history": "prior"} if named.value in TREATMENTS else {"prior": "history"}
    return of_kind.get(unit.value, unit.value)
