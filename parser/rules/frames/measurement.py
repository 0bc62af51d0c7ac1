"""Measurements with their bounds: "life expectancy < 7 days", "BMI between 18.5 and 30 kg/m2"."""

from __future__ import annotations

from parser.models.rules import Measurement, Rule
from parser.models.values import Range
from parser.rules.context import SURE, Context, concept
from parser.rules.frames.items import is_abbreviation
from parser.rules.units import Cursor

_LINKS = ("of", "is", "was", "must", "be", "at", "from")


def measurement(cursor: Cursor, context: Context) -> Rule | None:
    """Read a measured thing and its range; a number without a comparator is no bound."""
    cursor.take("article")
    term = cursor.take("measurement")
    if term is None:
        return None
    cursor.attempt(lambda: _short_form(cursor))
    cursor.take("colon")
    cursor.take_all("word", *_LINKS)
    bound = cursor.take("quantity")
    if bound is None or _is_exact(bound.data.range):
        return None
    windows = cursor.take_all("window")
    return Measurement(
        concept=concept(term.text),
        range=bound.data.range,
        when=[window.data for window in windows],
        spans=context.spans(term, bound, *windows),
        confidence=SURE,
    )


def _short_form(cursor: Cursor) -> Cursor | None:
    """Pass "(BMI)" after the name it shortens."""
    inside = cursor.take_bracket()
    return inside if inside is not None and is_abbreviation(inside) else None


def _is_exact(limits: Range) -> bool:
    return limits.low is not None and limits.low == limits.high
