"""Scores that may be one of some numbers: "ECOG performance status 0 or 1", "ASA 1, 2 or 3"."""

from __future__ import annotations

import re

from parser.models.rules import Rule
from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.rules.context import LIKELY, SURE, Context
from parser.rules.frames.measurement import Term, is_score, read_term
from parser.rules.frames.openings import NAMES, opens
from parser.rules.frames.timing import read_timing
from parser.rules.things import SCORES, measure
from parser.rules.units import Cursor, Unit
from parser.vocabulary.measurements import measured

#: Scores named one by one are small; larger numbers are bounds whose direction nothing says.
_HIGHEST = 20
#: Last words of names whose number tells one from another ("CTCAE version 4").
_VERSIONED = frozenset(
    "version edition criteria part phase visit day week cohort arm group section step item type".split()
)
#: Scales whose lowest score is the best.
_BEST_IS_LOW = re.compile(
    r"ECOG|Eastern Cooperative|WHO|Zubrod|SWOG|GOG|performance status|NYHA|New York Heart|ASA\b|Rankin|CTC",
    re.IGNORECASE,
)
_BETWEEN = ("or", "comma", "and")


@opens("number", first=NAMES)
def listed(cursor: Cursor, context: Context) -> Rule | None:
    """Read a score with the numbers that it may have; numbers that follow each other are a range."""
    term = cursor.attempt(lambda: read_term(cursor))
    if term is None or not _has_scores(term):
        return None
    numbers = _numbers(cursor)
    if not numbers or _goes_on(cursor):
        return None
    values = [value for value, _ in numbers]
    better = cursor.attempt(lambda: _or_better(cursor)) if len(values) == 1 else None
    timing = read_timing(cursor)
    if better is not None:
        falls = _BEST_IS_LOW.search(term.unit.text) is not None
        limits = Range(high=values[0], ucum="{score}") if falls else Range(low=values[0], ucum="{score}")
        words = (term.unit, *(unit for _, unit in numbers), better, *timing.units)
        return measure(term.unit.text, limits, **timing.fields(), spans=context.spans(*words), confidence=LIKELY)
    consecutive = values == list(range(values[0], values[0] + len(values)))
    return measure(
        term.unit.text,
        Range(low=values[0], high=values[-1], ucum="{score}") if consecutive else None,
        values=[] if consecutive else [str(value) for value in values],
        **timing.fields(),
        spans=context.spans(term.unit, *(unit for _, unit in numbers), *timing.units),
        confidence=SURE if term.known else LIKELY,
    )


def _or_better(cursor: Cursor) -> Unit | None:
    """Pass "or better" after a score."""
    if cursor.take("separator", "or") is None:
        return None
    unit = cursor.peek()
    if unit is None or unit.text.lower() != "better":
        return None
    cursor.at += 1
    cursor.attempt(lambda: _the_same_in_figures(cursor))
    return unit


def _the_same_in_figures(cursor: Cursor) -> Cursor | None:
    """Pass "(0-2)"."""
    inside = cursor.take_bracket()
    return inside if inside is not None and inside.take("quantity") and inside.done else None


def _has_scores(term: Term) -> bool:
    if term.unit.text.lower().split()[-1] in _VERSIONED:
        return False
    row = measured(term.unit.text)
    if row is not None:
        return row.kind in SCORES
    return is_score(term.unit.text) and " " in term.unit.text


def _numbers(cursor: Cursor) -> list[tuple[int, Unit]]:
    """Read the numbers and the separators between them; none when one is no small whole number."""
    found: list[tuple[int, Unit]] = []
    while (unit := cursor.peek()) is not None and (value := _small_number(unit)) is not None:
        found.append((value, unit))
        cursor.at += 1
        if not cursor.sees("separator", *_BETWEEN):
            break
        following = cursor.peek(1)
        if following is None or _small_number(following) is None:
            break
        cursor.at += 1
    return found


def _small_number(unit: Unit) -> int | None:
    """Return a whole number that stands for itself."""
    if unit.kind == "word" and unit.text.isdecimal():
        value = int(unit.text)
    elif unit.kind == "quantity" and _is_bare(unit.data):
        value = int(unit.data.range.low or 0)
    else:
        return None
    return value if value <= _HIGHEST else None


def _is_bare(quantity: Quantity) -> bool:
    limits = quantity.range
    plain = limits.unit is None and limits.relative_to is None and not (quantity.is_time or quantity.is_age)
    return plain and limits.low is not None and limits.low == limits.high and float(limits.low).is_integer()


def _goes_on(cursor: Cursor) -> bool:
    """Tell whether the number is part of something longer ("2 x ULN", "3 months", "20/40")."""
    following = cursor.peek()
    if following is None:
        return False
    return following.kind in ("quantity", "phrase", "open", "window") or (
        following.kind == "word" and following.text in ("/", "x", "×", "*", "%", "-", "–", "times", "fold")
    )
