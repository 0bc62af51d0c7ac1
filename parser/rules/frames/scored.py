"""Bounds before what they bound: "score of 5 or more on the GDS", "≥ 15 % increase in FEV1"."""

from __future__ import annotations

from parser.models.rules import Aspect, Rule
from parser.nlp.annotations import Quantity
from parser.rules.context import LIKELY, SURE, Context
from parser.rules.frames.items import is_abbreviation
from parser.rules.frames.measurement import MEASURED_WORDS
from parser.rules.frames.openings import NAMES, opens
from parser.rules.frames.timing import read_timing
from parser.rules.things import measure
from parser.rules.units import Cursor, Unit

_SCORE_WORDS = frozenset("score scores scored scoring rating rated value values result points point grade".split())
_TO_SCALE = ("on", "in", "by", "using", "with", "for", "at", "of")
_LINKS = ("of", "is", "was", "=", "be", "must", "at", "between", "or", "from")
_CHANGES: dict[str, Aspect] = {
    **dict.fromkeys(("increase", "increases", "gain", "rise", "improvement", "elevation"), "increase"),
    **dict.fromkeys(("decrease", "decreases", "reduction", "loss", "drop", "decline", "fall"), "decrease"),
    **dict.fromkeys(("change", "changes", "variation", "difference"), "change"),
}


@opens("quantity", first=(*NAMES, "word", "quantity"))
def scored(cursor: Cursor, context: Context) -> Rule | None:
    """Read a bound with the scale after it, a change with what changes, or weeks of gestation."""
    return cursor.attempt(lambda: _gestation(cursor, context)) or _scored(cursor, context)


def _gestation(cursor: Cursor, context: Context) -> Rule | None:
    """Read "28 to 32 weeks of gestation"."""
    number = cursor.take("quantity")
    if number is None or not number.data.is_time or number.data.range.unit is None:
        return None
    cursor.take("word", "of")
    named = cursor.peek()
    if named is None or named.text.lower().split()[0] not in ("gestation", "gestational", "pregnant"):
        return None
    cursor.at += 1
    timing = read_timing(cursor)
    return measure(
        "gestational age",
        number.data.range,
        **timing.fields(),
        spans=context.spans(number, named, *timing.units),
        confidence=SURE,
    )


def _scored(cursor: Cursor, context: Context) -> Rule | None:
    label = _label(cursor)
    number = cursor.take("quantity")
    if number is None or _is_time(number.data) or _is_exact(number.data) > (label is not None):
        return None
    number, label = number, label or cursor.attempt(lambda: _take_word(cursor, _SCORE_WORDS))
    change = cursor.attempt(lambda: _take_word(cursor, frozenset(_CHANGES)))
    if cursor.take("word", *_TO_SCALE) is None and cursor.take("method") is None:
        return None
    cursor.take("article")
    scale = cursor.take("measurement") or cursor.take("phrase")
    if scale is None or not (change or _is_scale(scale, label, number.data)):
        return None
    if cursor.sees("open"):
        inside = cursor.take_bracket()
        if inside is None or not is_abbreviation(inside):
            return None
    timing = read_timing(cursor)
    parts = [number, *([label] if label else []), *([change] if change else []), scale, *timing.units]
    return measure(
        scale.text,
        number.data.range,
        aspect=_CHANGES[change.text.lower().split()[-1]] if change else "value",
        **timing.fields(),
        spans=context.spans(*parts),
        confidence=SURE if scale.kind == "measurement" else LIKELY,
    )


def _label(cursor: Cursor) -> Unit | None:
    """Read "a score of" before the bound."""
    cursor.take("article")
    label = _take_word(cursor, _SCORE_WORDS)
    if label is not None:
        cursor.take_all("word", *_LINKS)
        cursor.take("article")
    return label


def _take_word(cursor: Cursor, words: frozenset[str]) -> Unit | None:
    """Take a phrase or word that is nothing but one of these words."""
    unit = cursor.peek()
    if unit is None or unit.kind not in ("phrase", "word", "measurement") or unit.text.lower() not in words:
        return None
    cursor.at += 1
    return unit


def _is_time(quantity: Quantity) -> bool:
    return quantity.is_time or quantity.is_age


def _is_exact(quantity: Quantity) -> bool:
    return quantity.range.low is not None and quantity.range.low == quantity.range.high


def _is_scale(scale: Unit, label: Unit | None, quantity: Quantity) -> bool:
    """Tell whether a name is that of a scale or measurement that the bound can be of."""
    if scale.kind == "measurement":
        return True
    words = scale.text.lower().split()
    short = sum(char.isupper() for char in scale.text.split()[-1]) >= 2
    no_unit = quantity.range.unit in (None, "points", "point")
    return no_unit and (words[-1] in MEASURED_WORDS or (label is not None and short))
