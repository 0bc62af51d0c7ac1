"""Patterns for numbers and units, made of the tables of writings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from parser.nlp.components.quantities.patterns import NO_UNITS, TIME_WRITINGS
from parser.normalize.numbers import MULTIPLIERS, SCALES, WORDS, parse_number
from parser.normalize.units import unit_of, unit_pattern


def one_of(writings: Iterable[str]) -> str:
    """Return a pattern that matches any of the writings, the longest first; words only as whole words."""
    ordered = sorted(set(writings), key=lambda writing: (-len(writing), writing))
    return "(?:" + "|".join(_whole(writing) for writing in ordered) + ")"


def _whole(writing: str) -> str:
    pattern = re.escape(writing).replace(r"\ ", r"\s")
    before = r"(?<![^\W\d_])" if writing[0].isalpha() else ""
    after = r"(?![^\W_])" if writing[-1].isalnum() else ""
    return before + pattern + after


_WORD = one_of(WORDS)
_SCALE = one_of(SCALES)
_WORDS = rf"(?:{_WORD}|an?(?=\shundred))(?:(?:-|\s)(?:and\s(?={_WORD}))?(?:{_WORD}|{_SCALE})){{0,6}}"

#: A number where it begins. Digits are not part of a list ("0,1 or 2"), an ordinal or a date.
_NUMBER = re.compile(
    rf"""
      (?P<weeks>\d\d)(?:\s?\+\s?|[\s-])(?P<days>[0-6])\s?/\s?7(?:ths?)?(?![\d/])
    | (?P<weeks_plus>\d\d)\s?\+\s?(?P<days_plus>[0-6])(?![\d/%.])
      (?=\s?-?w(?:ee)?ks?\b|\s?(?:to|-|–|and)\s?\d\d\s?\+\s?[0-6])
    | (?P<power>10(?:(?:\^|\*\*?|[eE])\d{{1,2}}|[⁰¹²³⁴-⁹]{{1,2}}))(?![\d.])
    | (?P<mixed>(?:\d{{1,4}}\s?)?[½¼¾⅛]|\d{{1,3}}\s(?:1/2|1/4|3/4)(?![\d/]))
    | (?P<spaced>[1-9]\d{{0,2}}(?:[ \u00a0\u2009\u202f]000){{1,3}})(?![\d.,])
    | (?!\d,\d(?:,\d(?!\d)|,?\s(?:or|and)\s\d(?![\d.,])))
      (?!00\d)(?P<digits>\d{{1,15}}(?:[.,]\d{{1,9}})*|\.\d{{1,9}})(?![.,]?\d)(?!(?:st|nd|rd|th)(?![^\W_]|\s(?:per)?centile))
      (?P<scale>\s?(?:million|thousand|billion)(?![^\W_])|[kK](?![^\W_])(?!\s?/))?
    | (?P<multiplier>{one_of(MULTIPLIERS)})
    | (?P<words>{_WORDS})(?!-?\s?(?:thirds?|quarters?|fourths?|fifths?|tenths?|half|halves)(?![^\W_]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: The same number once more: "six (6)", "6 (six)".
_AGAIN = re.compile(rf"\s?[(\[]\s?(\d{{1,7}}|{_WORDS})\s?[)\]]", re.IGNORECASE)

#: Where a number may begin.
CANDIDATE = re.compile(
    rf"[\d½¼¾⅛]|(?<![^\W_])(?:{'|'.join((*WORDS, *MULTIPLIERS))}|an?\shundred)(?![^\W_])", re.IGNORECASE
)

_SHORT_AGE = one_of(TIME_WRITINGS)
_FIRST_UNIT = re.compile(rf"[\s-]?(?:(?P<time>{_SHORT_AGE})|(?P<unit>{unit_pattern()}))", re.IGNORECASE)
#: A power of ten whose unit is left out: "1.5 x 10^9".
_POWER = re.compile(
    r"\s?[x×✕*·]\s?10(?:(?:\^|\*\*?|e)(?P<caret>\d{1,2})|(?P<raised>[⁰¹²³⁴-⁹]{1,2}))(?![^\W_]|\.\d)", re.IGNORECASE
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
#: "3D" is no dioptre, "3.00D" is.
_GLUED_D = re.compile(r"(?<![\d.,])\dD$")
_PER_TIME = re.compile(r"(?:\{.*\})?/(?:d|wk|mo|a)")
_RATE = re.compile(
    r"\s?(?!(?:or|and|to|than|years?|months?|weeks?|days?)\s)(?P<rate>(?:[^\W\d_]+(?:-[^\W\d_]+)?\s){0,2}?[^\W\d_]*[^\W\d_\s]\s?(?:/\s?|per\s|an?\s|each\s|every\s|in\sa\s)"
    r"(?:calendar\s)?(?P<period>day|week|wk|month|mo|year|yr|hour|minute|night|24\s?h(?:ours)?|d)(?![^\W_])"
    r"|(?:times\s)?(?P<adverb>daily|weekly|monthly|yearly|annually)(?![^\W_])"
    r"|(?:/|per)\s?(?P<only>day|week|wk|month|year|yr|hour)(?![^\W_]))",
    re.IGNORECASE,
)
_PERIODS = {"day": "d", "d": "d", "night": "d", "daily": "d", "week": "wk", "wk": "wk", "weekly": "wk", "month": "mo"}
_PERIODS |= {"mo": "mo", "monthly": "mo", "year": "a", "yr": "a", "yearly": "a", "annually": "a", "hour": "h"}
_PERIODS |= {"minute": "min", "24h": "d", "24hours": "d"}


@dataclass(frozen=True, slots=True)
class Writing:
    """A number as it stands: where it ends, its value, and the days of "36+6 weeks"."""

    end: int
    value: int | float
    days: int | None = None
    multiplies: bool = False


@dataclass(frozen=True, slots=True)
class UnitWriting:
    """A unit as it stands."""

    end: int
    text: str
    ucum: str | None
    is_time: bool = False
    is_rate: bool = False


def number_at(text: str, start: int) -> Writing | None:
    """Read the number that begins at `start`; None where there is none."""
    match = _NUMBER.match(text, start)
    if match is None:
        return None
    if weeks := match["weeks"] or match["weeks_plus"]:
        return Writing(match.end(), int(weeks), int(match["days"] or match["days_plus"]))
    if match["multiplier"]:
        return Writing(match.end(), MULTIPLIERS[match["multiplier"].lower()], multiplies=True)
    words, end = match[0], match.end()
    if match["words"]:
        words, end = _longest_number(match[0], start)
    value = parse_number(words)
    if value is None:
        return None
    again = _AGAIN.match(text, end)
    if again is not None and parse_number(again[1]) == value:
        end = again.end()
    return Writing(end, value)


def _longest_number(words: str, start: int) -> tuple[str, int]:
    """Leave out last words that make no number with the others ("two one", "five hundred and")."""
    while parse_number(words) is None and re.search(r"[\s-]", words):
        words = re.split(r"[\s-](?=[^\s-]*$)", words)[0]
    return words, start + len(words)


def unit_at(text: str, at: int) -> UnitWriting | None:
    """Read the unit after a number that ends at `at`; None where there is none that is known."""
    match = _FIRST_UNIT.match(text, at)
    if match is None:
        power = _POWER.match(text, at)
        return None if power is None else _power(power)
    if match["time"]:
        return UnitWriting(match.end(), match["time"], TIME_WRITINGS[_key(match["time"])], is_time=True)
    writing, end = match["unit"], match.end()
    if writing[-1] == ")" and writing.count("(") < writing.count(")"):
        writing, end = writing[:-1].rstrip(), end - 1  # the bracket was open before the number
    unit = unit_of(writing)
    if unit is None or writing in NO_UNITS or (writing == "D" and _GLUED_D.search(text, max(0, at - 4), at + 1)):
        return None
    is_rate = _PER_TIME.fullmatch(unit.ucum) is not None
    return UnitWriting(end, writing, unit.ucum, unit.dimension == "time", is_rate)


def _key(writing: str) -> str:
    return re.sub(r"\s", " ", writing.lower())


def _power(match: re.Match[str]) -> UnitWriting:
    exponent = match["caret"] or match["raised"].translate(_SUPERSCRIPTS)
    return UnitWriting(match.end(), match[0].strip(), f"10*{int(exponent)}")


def rate_at(text: str, at: int) -> UnitWriting | None:
    """Read what is counted in a stretch of time: "times per week", "exacerbations/year"; None where nothing is."""
    match = _RATE.match(text, at)
    if match is None:
        return None
    period = match["period"] or match["adverb"] or match["only"]
    return UnitWriting(match.end(), match["rate"], "/" + _PERIODS[re.sub(r"\s", "", period.lower())], is_rate=True)
