"""Limits that differ by sex, which stands before each: "males QTc ≤ 450 ms, females ≤ 470 ms"."""

from __future__ import annotations

from parser.models.rules import Rule
from parser.rules.context import Context
from parser.rules.frames.measurement import Term, goes_with, limits_by_sex, read_term
from parser.rules.frames.openings import opens
from parser.rules.units import Cursor, Unit

_SEPARATORS = ("comma", "semicolon", "and", "or")


@opens("quantity", first=("sex", "article", "measurement", "phrase", "word"))
def by_sex(cursor: Cursor, context: Context) -> Rule | None:
    """Read two limits on one thing, each after the sex that it is for."""
    term = cursor.attempt(lambda: _before_the_sexes(cursor))
    limits: list[tuple[Unit, Unit]] = []
    while len(limits) < 2:
        if limits and cursor.take("separator", *_SEPARATORS) is None:
            return None
        sex = _sex(cursor)
        again = cursor.attempt(lambda: read_term(cursor)) if sex is not None else None
        term = term or again
        quantity = cursor.take("quantity")
        if sex is None or quantity is None or term is None or not goes_with(term, quantity.data):
            return None
        if again is not None and again.unit.text.lower() != term.unit.text.lower():
            return None
        limits.append((sex, quantity))
    if limits[0][0].value == limits[1][0].value:
        return None
    return limits_by_sex(limits, term, limits[1][1], context) if term is not None else None


def _before_the_sexes(cursor: Cursor) -> Term | None:
    term = read_term(cursor)
    return term if term is not None and cursor.sees("sex") else None


def _sex(cursor: Cursor) -> Unit | None:
    cursor.take("word", "for", "in")
    sex = cursor.take("sex")
    cursor.take("population")
    cursor.take("colon")
    return sex
