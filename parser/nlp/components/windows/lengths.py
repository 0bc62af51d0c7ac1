"""Lengths of time in text: "two weeks", "six (6) months", "4 to 6 weeks", "72h", "5 half-lives"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parser.nlp.components.windows.patterns import LENGTH_ADJECTIVES, MORE_UNITS, SHORT_UNITS
from parser.nlp.components.writings import any_of, one_of
from parser.normalize.durations import iso_duration
from parser.normalize.numbers import WORDS, parse_number
from parser.normalize.units import UNITS

Amount = int | float


#: Writing of a unit of time -> the writing that `iso_duration` knows it by, its UCUM code, how many of that one is.
_UNITS: dict[str, tuple[str, str, int]] = {
    **{
        writing: (writing, unit.ucum, 1)
        for writing, unit in UNITS.items()
        if unit.dimension == "time" and unit.duration and writing not in ("yo", "m")
    },
    **{writing: (known, UNITS[known].ucum, times) for writing, (known, times) in MORE_UNITS.items()},
}
_LONG_UNITS = one_of(writing for writing in _UNITS if writing not in SHORT_UNITS and len(writing) > 1)
#: Right behind digits no word boundary is needed: "12weeks", "72h".
_ANY_UNIT = any_of(_UNITS) + r"(?![^\W_])"

_DIGITS = r"\d{1,4}(?:[.,]\d{1,2})?"
_WORD_NUMBERS = one_of(WORDS)
_WORDS = rf"{_WORD_NUMBERS}(?:[\s-]{_WORD_NUMBERS})?"
_HALF = r"\bhalf\san?\b|\bone[\s-]and[\s-]a[\s-]half\b|½"
_ADJECTIVE = rf"(?:{one_of(LENGTH_ADJECTIVES)}\s)?"
_NO_AGE = r"(?!\s?(?:\(s\)\s?)?(?:of\sage\b|-?\s?olds?\b|in\sage\b|gestation))"
_NO_RATE = r"(?!\s?(?:/|per\s|a\s)\s?(?:day|week|month|year|wk|mo|yr)\b)"
_LIFE_WORDS = (
    r"(?:(?:x|×|times|the|its|of|drugs?|drugs?'s?|agent|agent's|plasma|serum|terminal|elimination|biological?|known"
    r"|pharmacokinetic|compound's|product's|medication's|respective|effective|estimated|corresponding|that)\s?){0,5}"
)

_LENGTH = re.compile(
    rf"""
    (?<![\w/^])(?<!\d[.,])
    (?: (?P<half>{_HALF})\s (?P<half_unit>{_LONG_UNITS})
      | (?P<between>\bbetween\s)?(?P<first>{_DIGITS}|{_WORDS}|\ban?\b)
        (?: \s?[(\[]\s?(?P<again>{_DIGITS}|{_WORDS})\s?[)\]] )?
        (?: (?P<and_half>\s?½|\sand\sa\shalf) )?
        (?: (?:[\s-]?(?P<first_unit>{_LONG_UNITS})(?!\s?or))?\s?(?(between)and\s|(?:-|–|—|‐|‑|to\s|or\s|~))\s?
            (?P<second>{_DIGITS}|{_WORDS}) (?: \s?[(\[]\s?(?:{_DIGITS})\s?[)\]] )? )?
        (?: (?<=\d)[\s-]?(?P<short>{_ANY_UNIT})
          | (?:\s?[-‐‑]\s?|\s)?{_ADJECTIVE}(?P<unit>{_LONG_UNITS})
          | (?(first_unit)(?!))[\s-]?{_LIFE_WORDS}(?P<lives>half[\s-]?li(?:ves|fe)(?:'s|s)?\b) )
    )
    (?:\(s\))?
    {_NO_AGE}{_NO_RATE}
    """,
    re.VERBOSE | re.IGNORECASE,
)

#: What every length of time holds: a cheap test before the patterns.
_SIGNS = ("year", "yr", "month", "week", "wk", "day", "hour", "hr", "minute", "fortnight", "decade", "half")
_SHORT = re.compile(r"\d\s?-?(?:[hdy]|mos?|mins?)(?![^\W_])", re.IGNORECASE)

#: A unit that stands for one of it, after a word that turns it ("the past year") or before a direction.
UNIT_ALONE = rf"(?:year|month|week|fortnight|decade)(?![^\W_]|\sof\sage){_NO_RATE}"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as written, or a number of half-lives.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        low: Lesser number of a range ("4 to 6 weeks"); None for one number.
        high: The number, or the greater one.
        iso_unit: Its unit as `iso_duration` knows it; empty for half-lives.
        ucum: The unit in UCUM; empty for half-lives.
        unit: The unit's words.
        low_unit: The same as `iso_unit` for the lesser number.
    """

    start: int
    end: int
    low: Amount | None
    high: Amount
    iso_unit: str
    ucum: str
    unit: str
    low_unit: str = ""

    @property
    def is_half_lives(self) -> bool:
        """Whether it counts half-lives."""
        return not self.iso_unit

    @property
    def has_one_unit(self) -> bool:
        """Whether both numbers of a range are in one unit: not "6 months to 5 years"."""
        return not self.low_unit or _UNITS[self.low_unit.lower()][1] == self.ucum

    @property
    def longest(self) -> str:
        """The number, or the greater one, in ISO 8601 (section 5.5.2), its unit kept."""
        return _iso(self.high, self.iso_unit)

    @property
    def shortest(self) -> str | None:
        """The lesser number of a range in ISO 8601."""
        return None if self.low is None else _iso(self.low, self.low_unit or self.iso_unit)

    def said(self) -> str:
        """Return it as an alternative of `longer_of` and `shorter_of`: ISO 8601, or `5 half-lives`."""
        if not self.is_half_lives:
            return self.longest
        return f"{self.high:g} half-{'life' if self.high == 1 else 'lives'}"


def _iso(amount: Amount, unit: str) -> str:
    written = iso_duration(amount, unit)
    assert written is not None, "only units of time are read"
    return written


def may_hold_length(text: str) -> bool:
    """Tell whether a text holds a word or letter that a length of time needs."""
    lower = text.lower()
    return any(sign in lower for sign in _SIGNS) or _SHORT.search(text) is not None


def find_lengths(text: str) -> Iterator[Length]:
    """Yield the lengths of time in a text, in order."""
    for match in _LENGTH.finditer(text):
        length = _read(match)
        if length is not None:
            yield length


def length_at(text: str, at: int) -> Length | None:
    """Return the length that begins right at a place; None when there is none."""
    match = _LENGTH.match(text, at)
    return _read(match) if match else None


def unit_as_length(words: str, start: int, end: int) -> Length:
    """Return one of a unit: the year in "the past year"."""
    unit, ucum, times = _UNITS[words.lower()]
    return Length(start, end, None, times, unit, ucum, words)


def _read(match: re.Match[str]) -> Length | None:
    if match["half"]:
        unit = match["half_unit"]
        high: Amount | None = 1.5 if match["half"].lower().startswith("one") and "and" in match["half"].lower() else 0.5
        return _united(match, None, high, unit)
    first, second = _amount(match["first"]), _amount(match["second"])
    if first is None or (match["second"] and second is None):
        return None
    if second is not None and second < first and not match["first_unit"]:
        return None
    if match["and_half"]:
        first += 0.5
    low, high = (first, second) if second is not None else (None, first)
    if match["lives"]:
        return Length(match.start(), match.end(), low, high, "", "", match["lives"])
    return _united(match, low, high, match["unit"] or match["short"])


def _united(match: re.Match[str], low: Amount | None, high: Amount | None, unit: str) -> Length | None:
    if high is None:
        return None
    iso_unit, ucum, times = _UNITS[unit.lower()]
    first_unit = match["first_unit"] if low is not None else None
    low_unit, _, low_times = _UNITS[first_unit.lower()] if first_unit else (iso_unit, ucum, times)
    low = low * low_times if low is not None else None
    return Length(match.start(), match.end(), low, high * times, iso_unit, ucum, unit, low_unit)


def _amount(words: str | None) -> Amount | None:
    """Read a number, or an article."""
    if words is None:
        return None
    if words.lower() in ("a", "an"):
        return 1
    return parse_number(words)
