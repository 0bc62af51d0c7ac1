"""Age fields: a line such as `18 - 65 years`, or a limit such as `6 Months`, to a range in UCUM.

A range whose bounds have different units is written in the smaller one, with UCUM's own definitions (`a` is 365.25 d,
`mo` a twelfth of it), which are exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from parser.models.trial import AbsentReason
from parser.models.values import Range
from parser.normalize.absence import absent_reason
from parser.normalize.units import in_canonical_unit

#: UCUM code to the words for it.
AGE_UNITS: dict[str, tuple[str, ...]] = {
    "a": ("years", "year", "yrs", "yr", "yo", "y/o", "y.o", "years-old", "year-old", "year(s)", "y", "age old"),
    "mo": ("months", "month", "mths", "mth", "mos", "mo", "month(s)"),
    "wk": ("weeks", "week", "wks", "wk", "week(s)"),
    "d": ("days", "day", "day(s)"),
    "h": ("hours", "hour", "hrs", "hr", "hour(s)"),
    "min": ("minutes", "minute", "mins", "min", "minute(s)"),
}
_UCUM = {words: code for code, forms in AGE_UNITS.items() for words in forms}
_DAYS = {
    "a": Fraction(1461, 4),
    "mo": Fraction(1461, 48),
    "wk": Fraction(7),
    "d": Fraction(1),
    "h": Fraction(1, 24),
    "min": Fraction(1, 1440),
}

#: Whole fields that say that there is no limit.
NO_LIMIT = frozenset(
    {
        "no limit",
        "no limits",
        "none",
        "all ages",
        "any age",
        "any",
        "all",
        "no age limit",
        "no age limits",
        "no minimum age",
        "no maximum age",
        "no limitation",
        "no restriction",
        "not limited",
        "no upper limit",
        "no lower limit",
        "no minimum",
        "no maximum",
        "no age restriction",
        "no restrictions",
        "no limitations",
        "no age limitation",
        "no age limitations",
        "no limit on age",
        "no limits on age",
        "no age specified limit",
        "no upper age limit",
        "no lower age limit",
        "no max",
        "no min",
        "unlimited",
        "without limit",
        "not restricted",
        "n/a (no limit)",
        "0 n/a (no limit)",
        "n/a no limit",
        "lifetime",
    }
)

#: Age groups of ClinicalTrials.gov and the EU registers, as pages print them.
AGE_GROUPS: dict[str, str] = {
    "child": "child",
    "children": "child",
    "adult": "adult",
    "adults": "adult",
    "older adult": "older_adult",
    "older adults": "older_adult",
    "elderly": "older_adult",
    "senior": "older_adult",
    "adolescent": "adolescent",
    "adolescents": "adolescent",
    "infant": "infant",
    "infants": "infant",
    "newborn": "newborn",
    "newborns": "newborn",
    "neonate": "newborn",
}

_UNITS = "|".join(sorted(map(re.escape, _UCUM), key=len, reverse=True))
_NUMBER = r"(\d{1,3}(?:\.\d{1,2})?)"
_UNIT = rf"(?:[\s-]{{0,2}}({_UNITS})(?![a-z])\.?)?(?:\s(?:old|of\sage|of\slife))?"
_NAMED_NUMBER = _NUMBER.replace("(", "(?P<number>", 1)
_NAMED_UNIT = _UNIT.replace(f"({_UNITS})", f"(?P<unit>{_UNITS})")
_OVER = r"over|older than|above|more than|greater than|>"
_AT_LEAST = r"at least|minimum(?:\sage)?(?:\sof)?|min\.?|from|≥|>=|=>|not younger than|no younger than"
_UNDER = r"under|younger than|below|less than|<"
_UP_TO = r"up to|until|to|at most|maximum(?:\sage)?(?:\sof)?|max\.?|≤|<=|=<|not older than|no older than"
_BETWEEN = re.compile(
    rf"(?:ages?:?\s|aged\s)?(?:between\s|from\s)?(?:the ages of\s)?{_NUMBER}{_UNIT}\s?"
    rf"(?:-|–|—|‐|‑|~|to|and|through|until|up to)\s?{_NUMBER}{_UNIT}(?:\s?\(?inclusive\)?)?"
)
_BOUND_BEFORE = re.compile(
    rf"(?:ages?:?\s)?(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<least>{_AT_LEAST})|(?P<most>{_UP_TO}))\s?"
    rf"{_NAMED_NUMBER}{_NAMED_UNIT}(?P<plus>\+| and (?:older|over|above)| or (?:older|more|above))?"
)
_BOUND_AFTER = re.compile(
    rf"(?:ages?:?\s|aged\s)?{_NAMED_NUMBER}{_NAMED_UNIT},?\s?(?:(?P<least>\+|(?:and|or)\s(?:older|over|above|up|more)|<=|≤|minimum)|(?P<most>(?:and|or)\s(?:younger|under|below|less)|>=|≥))"
    rf"(?:[\s-]?(?P<unit_after>{_UNITS})(?![a-z]))?(?:\sold|\sof\sage)?"
)
_BARE = re.compile(rf"{_NUMBER}{_UNIT}")
_LONGEST = 100
#: Words that stand for a missing value elsewhere, and for no limit in a field that holds one limit: registers print
#: them where the form offers "N/A (No limit)".
_NO_LIMIT_ALONE = frozenset({"n/a", "na", "n.a", "not applicable", "not limited", "nil"})
# Nobody is older in years: databases store 999 where there is no limit.
_NO_AGE = 150
Limit = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class AgeReading:
    """What the words of an age field say.

    Attributes:
        range: The limits, where numbers are given.
        reason: Why there are none; None beside a range or groups.
        unit_assumed: No unit is given, and years were taken.
        groups: Named age groups (`child`, `adult`, `older_adult`, …), where the words name them.
    """

    range: Range | None = None
    reason: AbsentReason | None = None
    unit_assumed: bool = False
    groups: tuple[str, ...] = ()


def read_ages(words: str) -> AgeReading:
    """Read a line that states who is old enough: `18 - 65 years`, `18+`, `Over 18`, `Up to 6 months`, `Adult`."""
    folded = _folded(words)
    if absence := _absence(folded):
        return AgeReading(reason=absence)
    if len(folded) > _LONGEST:
        return AgeReading(reason="unparseable")
    plain, groups = _without_groups(folded)
    if groups and not plain:
        return AgeReading(groups=groups)
    bounds = _read_bounds(plain)
    if bounds is None:
        return AgeReading(reason="unparseable")
    limits = bounds.range(_unit_words(words))
    if limits is None:
        return AgeReading(reason="unparseable")
    return AgeReading(limits, unit_assumed=bounds.unit is None, groups=groups)


def is_age(words: str) -> bool:
    """Tell whether words are a value of an age field."""
    reading = read_ages(words)
    return reading.range is not None or bool(reading.groups) or reading.reason == "no_limit"


def read_age_limit(words: str, limit: Limit, *, bare_means_years: bool = True) -> AgeReading:
    """Read a field that holds one limit (`18 Years`, `N/A`): the lowest or the highest age that is admitted.

    Args:
        words: The whole field.
        limit: Which limit it holds.
        bare_means_years: Take years where no unit is written, as the registers do that write none, and say so in
            `unit_assumed`; otherwise a bare number is `unparseable`. A highest age of a bare 0 is no limit.
    """
    read = _known_limit if len(words) <= _LONGEST else _read_limit
    return read(words, limit, bare_means_years)


def _read_limit(words: str, limit: Limit, bare_means_years: bool) -> AgeReading:
    folded = _folded(words).replace("(year)", " years")
    if folded in _NO_LIMIT_ALONE:
        return AgeReading(reason="no_limit")
    if absence := _absence(folded):
        return AgeReading(reason=absence)
    if (match := _BARE.fullmatch(folded)) is None:
        return _bound_of_limit(read_ages(words), limit)
    unit = _UCUM[match[2]] if match[2] else None
    number = Fraction(match[1])
    if ((unit or "a") == "a" and number >= _NO_AGE) or (unit is None and limit == "high" and number == 0):
        return AgeReading(reason="no_limit")
    if unit is None and not bare_means_years:
        return AgeReading(reason="unparseable")
    low, high = (match[1], None) if limit == "low" else (None, match[1])
    return AgeReading(_Bounds(low, high, unit).range(_unit_words(words)), unit_assumed=unit is None)


_known_limit = lru_cache(maxsize=1024)(_read_limit)


def _bound_of_limit(reading: AgeReading, limit: Limit) -> AgeReading:
    """Check that what a limit's field says is that limit: `65+` as the highest age is no limit."""
    limits = reading.range
    if limits is None or (limits.low if limit == "low" else limits.high) is not None:
        return reading
    return AgeReading(reason="no_limit" if limit == "high" else "unparseable")


def join_limits(low: Range | None, high: Range | None) -> Range | None:
    """Make one range of a lower and an upper limit that were fields of their own."""
    if low is None or high is None:
        return low or high
    if low.low is None or high.high is None or low.ucum is None or high.ucum is None:
        return None
    bounds = _Bounds(
        str(low.low),
        str(high.high),
        low.ucum,
        high.ucum,
        low.low_inclusive is not False,
        high.high_inclusive is not False,
    )
    return bounds.range(low.unit if low.unit == high.unit else None)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Limits as written; `unit` is the only unit, or the lower limit's."""

    low: str | None
    high: str | None
    unit: str | None
    high_unit: str | None = None
    low_inclusive: bool = True
    high_inclusive: bool = True

    def range(self, unit_words: str | None) -> Range | None:
        """Return the limits as a range in one unit; None where the lower is above the higher."""
        return _range(self, unit_words)

    def _in_one_unit(self, unit_words: str | None) -> Range | None:
        unit = self.unit or self.high_unit or "a"
        high_unit = self.high_unit or unit
        if self.low is None or self.high is None:
            unit = high_unit if self.low is None else unit
            low, high = _number(self.low), _number(self.high)
        else:
            smaller = min(unit, high_unit, key=_DAYS.__getitem__)
            low, high = _converted(self.low, unit, smaller), _converted(self.high, high_unit, smaller)
            unit = smaller
            if low > high:
                return None
        limits = Range(
            low=low,
            low_inclusive=None if low is None else self.low_inclusive,
            high=high,
            high_inclusive=None if high is None else self.high_inclusive,
            unit=unit_words,
            ucum=unit,
        )
        return in_canonical_unit(limits, "a")


# Trials share a few limits, and converting is slow.
_range = lru_cache(maxsize=1024)(_Bounds._in_one_unit)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .;")


def _absence(folded: str) -> AbsentReason | None:
    return "no_limit" if folded in NO_LIMIT else absent_reason(folded)


def _without_groups(folded: str) -> tuple[str, tuple[str, ...]]:
    """Take named groups off an age line (`18 years and older (adult, older adult)`)."""
    head, bracket, tail = folded.partition("(")
    named = [word.strip() for word in re.split(r",|/|;|\band\b", tail.rstrip(") ") if bracket else head)]
    if not named or not all(word in AGE_GROUPS for word in named):
        return folded, ()
    groups = tuple(dict.fromkeys(AGE_GROUPS[word] for word in named))
    return (head.strip() if bracket else ""), groups


def _read_bounds(plain: str) -> _Bounds | None:
    if match := _BETWEEN.fullmatch(plain):
        low_unit, high_unit = (_UCUM[unit] if unit else None for unit in (match[2], match[4]))
        return _Bounds(match[1], match[3], low_unit or high_unit, high_unit or low_unit)
    if match := _BOUND_BEFORE.fullmatch(plain):
        return _bound_before(match)
    if match := _BOUND_AFTER.fullmatch(plain):
        unit_words = match["unit"] or match["unit_after"]
        unit = _UCUM[unit_words] if unit_words else None
        number = match["number"]
        return _Bounds(number, None, unit) if match["least"] else _Bounds(None, number, unit)
    return None


def _bound_before(match: re.Match[str]) -> _Bounds | None:
    unit = _UCUM[match["unit"]] if match["unit"] else None
    number, above = match["number"], match["over"] or match["least"]
    if above:
        return _Bounds(number, None, unit, low_inclusive=match["over"] is None or match["plus"] is not None)
    if match["plus"]:
        return None
    return _Bounds(None, number, unit, high_inclusive=match["under"] is None)


def _unit_words(words: str) -> str | None:
    """Return the unit as written, where the words have one only."""
    found = {match[0] for match in re.finditer(rf"(?<![a-z])(?:{_UNITS})(?![a-z])", words, re.IGNORECASE)}
    return found.pop() if len(found) == 1 else None


def _number(written: str | None) -> int | float | None:
    return None if written is None else _plain(Fraction(written))


def _converted(written: str, unit: str, target: str) -> int | float:
    return _plain(Fraction(written) * _DAYS[unit] / _DAYS[target])


def _plain(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else float(number)


def in_one_unit(
    low: int | float, low_ucum: str | None, high: int | float, high_ucum: str | None
) -> tuple[int | float, int | float, str] | None:
    """Return two bounds in the smaller of their units of time, or in days where that is not exact; None of others.

    Examples:
        >>> in_one_unit(6, "mo", 17, "a"), in_one_unit(6, "wk", 5, "a")
        ((6, 204, 'mo'), (42, 1826.25, 'd'))
    """
    if low_ucum not in _DAYS or high_ucum not in _DAYS:
        return None
    for unit in (min(low_ucum, high_ucum, key=_DAYS.__getitem__), "d"):
        bounds = [
            Fraction(str(low)) * _DAYS[low_ucum] / _DAYS[unit],
            Fraction(str(high)) * _DAYS[high_ucum] / _DAYS[unit],
        ]
        if all(Fraction(str(_plain(bound))) == bound for bound in bounds):
            return _plain(bounds[0]), _plain(bounds[1]), unit
    return None
