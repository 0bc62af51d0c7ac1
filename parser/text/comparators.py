"""Comparators that an export has lost: `=` (or `?`) where the register had `≥` or `≤`.

WHO's portal export writes `age = 18 years` for `age ≥ 18 years` and for `age ≤ 18 years` alike. The text is not
repaired, for nothing in it says which; what can be told is where a comparator may be lost, and where the words around
it show its direction. Whether a source loses them is its reader's knowledge: in other texts `=` is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

Direction = Literal["low", "high"]
Basis = Literal["words", "pair"]


@dataclass(frozen=True, slots=True)
class LostComparator:
    """A place where a comparator may be lost.

    Attributes:
        start: Where the sign in its place begins.
        end: Where it ends.
        direction: `low` for `≥`, `high` for `≤`; None where nothing tells.
        basis: What tells the direction: words beside the number, or a paired bound.
    """

    start: int
    end: int
    direction: Direction | None = None
    basis: Basis | None = None


# A sign after a word and before a number. A `=` beside another comparator (`>=`, `<or=`) is whole.
_SIGN = re.compile(r"(?<![<>=!~≈±+*/≥≤?])\s?(?P<sign>=|\?)(?![=<>])\s?(?=\d)")
_BESIDE = re.compile(r"(?:[<>]\s?(?:or|/)?|\bor|equals?|equal to|is|greater than|less than)\s*$", re.IGNORECASE)
# `1 mmHg = 0.133 kPa`: an equation between two quantities.
_QUANTITY_BEFORE: Final = re.compile(
    r"(?<![a-zA-Z\d.,/-])\d[\d.,]*\s?(?:(?!(?:and|or|to|but)\b)[a-zA-Zµ%°]{1,8}(?:/[a-zA-Z0-9.]{1,8})?)?\s*$"
)
_NUMBER_AFTER = re.compile(r"\s?\d[\d.,]{0,12}\s?")
_UNIT: Final = r"(?:[a-z.%/]{1,10}\s){0,2}(?:old\s|of age\s)?"
_LOW_AFTER = re.compile(rf"{_UNIT}(?:and|or)\s(?:older|over|above|more|higher|greater|up)\b", re.IGNORECASE)
_HIGH_AFTER = re.compile(rf"{_UNIT}(?:and|or)\s(?:younger|under|below|less|lower|fewer)\b", re.IGNORECASE)
_LOW_BEFORE = re.compile(r"\b(?:at least|minimum|not? less than|older than|over|above|more than)\s*$", re.IGNORECASE)
_HIGH_BEFORE = re.compile(r"\b(?:at most|maximum|not? more than|younger than|under|below|up to)\s*$", re.IGNORECASE)
# Between the two bounds of one range: `= 18 and = 75 years`.
_BETWEEN = re.compile(r"\s?(?:[a-z]{1,8}\s?){0,3}(?:and|to|but|,|-|&)\s?(?:age[sd]?\s)?", re.IGNORECASE)
_READS_BACK: Final = 40
_READS_ON: Final = 60


def find_lost_comparators(text: str) -> list[LostComparator]:
    """Return where a text of a source that loses comparators may have lost one, in the order of the text."""
    found = [_told(text, match) for match in _SIGN.finditer(text) if _is_lost(text, match)]
    for index, (first, second) in enumerate(pairwise(found)):
        if _is_pair(text, first, second):
            found[index] = _with(first, "low")
            found[index + 1] = _with(second, "high")
    return found


def _is_lost(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _READS_BACK) : match.start()]
    if match["sign"] == "?" and not text[match.start("sign") - 1 : match.start("sign")].isspace():
        return False
    return not (_BESIDE.search(before) or _QUANTITY_BEFORE.search(before))


def _told(text: str, match: re.Match[str]) -> LostComparator:
    """Return a place with the direction that the words beside its number tell."""
    start, end = match.span("sign")
    number = _NUMBER_AFTER.match(text, end)
    after = text[number.end() : number.end() + _READS_ON] if number else ""
    before = text[max(0, start - _READS_BACK) : start]
    low = bool(_LOW_AFTER.match(after) or _LOW_BEFORE.search(before))
    high = bool(_HIGH_AFTER.match(after) or _HIGH_BEFORE.search(before))
    if low is high:
        return LostComparator(start, end)
    return LostComparator(start, end, "low" if low else "high", "words")


def _is_pair(text: str, first: LostComparator, second: LostComparator) -> bool:
    """Tell whether two places are the bounds of one range: nothing but a joining word between, the lower first."""
    low, high = _NUMBER_AFTER.match(text, first.end), _NUMBER_AFTER.match(text, second.end)
    if low is None or high is None or not _BETWEEN.fullmatch(text, low.end(), second.start):
        return False
    return _value(low[0]) < _value(high[0])


def _value(number: str) -> float:
    digits = number.strip().rstrip(".,").replace(",", ".")
    return float(digits) if digits.count(".") <= 1 else float("nan")


def _with(place: LostComparator, direction: Direction) -> LostComparator:
    return place if place.direction else replace(place, direction=direction, basis="pair")
