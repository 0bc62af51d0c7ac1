"""Bare scores after the name of their scale: "ECOG 0 or 1", "ASA I, II or III"."""

from __future__ import annotations

import re

from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.nlp.components.quantities.bounding import Found, gap_before
from parser.nlp.components.quantities.patterns import AFTER_SCALE, SCALES
from parser.nlp.components.quantities.writings import one_of
from parser.nlp.components.writings import any_of
from parser.normalize.numbers import parse_roman

_VALUE = r"(?:\d{1,3}|[IVX]{1,4}|[Ⅰ-Ⅻ])(?![^\W_])"
_BETWEEN = r"(?:\s?(?:,\s?(?:and|or|&)|,|/|-|–|—|~|&|and/or|or|and|to)\s?)"
_ANY_SCALE = rf"(?<![^\W\d_]){any_of(SCALES)}(?![^\W_])"
_SCORES = re.compile(
    rf"{_ANY_SCALE}(?:\s?{one_of(AFTER_SCALE)}){{0,5}}\s?[():]?\s?(?P<values>{_VALUE}(?:{_BETWEEN}{_VALUE}){{0,9}})"
    rf"(?![\d.,]*\d|\s?(?:%|[<>≤≥]))(?:(?<=\d)|(?<=[IVXⅠ-Ⅻ]))",
    re.IGNORECASE,
)
#: What a text must hold to be worth the search: two values, and a scale. Both cases are named where a pattern begins,
#: because one that ignores case is slow in finding where to begin.
_ANY_VALUE = r"(?:\d{1,3}|[IVXivxıİⅠ-Ⅻⅰ-ⅻ]{1,4})(?![^\W_])"
_TWO_VALUES = re.compile(rf"{_ANY_VALUE}(?i:{_BETWEEN}){_ANY_VALUE}")
_SCALE = re.compile(_ANY_SCALE, re.IGNORECASE)
_EACH = re.compile(_VALUE)
_RANGE = re.compile(r"\s?(?:-|–|—|~|to)\s?", re.IGNORECASE)


def with_scores(found: list[Found], text: str) -> list[Found]:
    """Add the scores that follow each other, as a range; those already read stay."""
    if not (_TWO_VALUES.search(text) and _SCALE.search(text)):
        return found
    added: list[Found] = []
    for match in _SCORES.finditer(text):
        start, end = match.span("values")
        limits = _limits(match["values"])
        if limits is not None and gap_before(found, start, end) is not None:
            roman = not match["values"][0].isdigit()
            added.append((start, end, Quantity(limits, False, False, is_roman=roman)))
    return sorted([*found, *added], key=lambda row: row[0]) if added else found


def _limits(values: str) -> Range | None:
    """Return the lowest and the highest of several scores without a gap between them; None for one alone."""
    written = list(_EACH.finditer(values))
    numbers = [int(match[0]) if match[0].isdigit() else parse_roman(match[0]) for match in written]
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers) or len(known) < 2:
        return None
    first, last = known[0], known[-1]
    ranged = len(known) == 2 and first < last and _RANGE.fullmatch(values, written[0].end(), written[1].start())
    if not ranged and known != list(range(first, first + len(known))):
        return None
    return Range(low=first, high=last)
