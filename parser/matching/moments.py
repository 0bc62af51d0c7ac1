"""Moments as exactly as they are known, lengths of time, and calendar arithmetic on both.

A moment is a stretch from the earliest instant that it can be to the latest: `2024-05` is any instant of that month.
Months and years are added by the calendar (31 January and a month is the last day of February); weeks and days are
whole days; hours and minutes are counted on the clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator

from parser.matching.kleene import Truth
from parser.models.values import PartialDate
from parser.normalize.conversions import convert

_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?)?)?")
_YEAR, _MONTH, _DAY = len("2024"), len("2024-05"), len("2024-05-03")


def _moment(value: object) -> object:
    """Return a date, a time or a partial date as ISO 8601; ValueError where the calendar has no such day."""
    if isinstance(value, PartialDate):
        value = value.value
    elif isinstance(value, datetime):
        value = _local(value).isoformat()
    elif isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, str):
        if not _ISO.fullmatch(value):
            raise ValueError(f"expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm without a zone, found {value!r}")
        stretch(value)
    return value


def _local(instant: datetime) -> datetime:
    if instant.tzinfo is not None:
        raise ValueError(f"expected a local time without a zone, found {instant.isoformat()}")
    return instant


#: A moment as exactly as it is known: ISO 8601 `2024`, `2024-05`, `2024-05-03` or `2024-05-03T14:30`, local time.
#: Dates, datetimes and `PartialDate` are taken as well.
Moment = Annotated[str, BeforeValidator(_moment)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The instants that a moment can be, both ends included."""

    earliest: datetime = datetime.min
    latest: datetime = datetime.max

    def on_days(self) -> Stretch:
        """Return the days that it can be, each as its first instant."""
        return Stretch(_midnight(self.earliest), _midnight(self.latest))

    def until(self, other: Stretch) -> Stretch:
        """Return what is left of it when it lies no later than another; itself if it surely does."""
        return Stretch(self.earliest, max(self.earliest, min(self.latest, other.latest)))

    def since(self, other: Stretch) -> Stretch:
        """Return what is left of it when it lies no earlier than another; itself if it surely does."""
        return Stretch(min(self.latest, max(self.earliest, other.earliest)), self.latest)


def earlier(one: Stretch, other: Stretch) -> Stretch:
    """Return the earlier of two moments."""
    return Stretch(min(one.earliest, other.earliest), min(one.latest, other.latest))


def later(one: Stretch, other: Stretch) -> Stretch:
    """Return the later of two moments."""
    return Stretch(max(one.earliest, other.earliest), max(one.latest, other.latest))


ANY_TIME = Stretch()
LONG_AGO = Stretch(datetime.min, datetime.min)
FAR_AHEAD = Stretch(datetime.max, datetime.max)


def _midnight(instant: datetime) -> datetime:
    return instant if instant == datetime.max else instant.replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=4096)
def stretch(moment: str) -> Stretch:
    """Return the instants that a moment in ISO 8601 can be.

    Raises:
        ValueError: The calendar has no such day.

    Examples:
        >>> stretch("2024-02").latest.date()
        datetime.date(2024, 2, 29)
    """
    if len(moment) > _DAY:
        instant = datetime.fromisoformat(moment)
        return Stretch(instant, instant)
    first = date.fromisoformat(moment + "-01-01"[len(moment) - _YEAR :])
    last = first
    if len(moment) < _DAY:
        month = 12 if len(moment) == _YEAR else first.month
        last = date(first.year, month, monthrange(first.year, month)[1])
    return Stretch(datetime.combine(first, time.min), datetime.combine(last, time.max))


def day_of(on: date) -> Stretch:
    """Return a day, or an instant, as a stretch.

    Raises:
        ValueError: `on` has a time zone.
    """
    if isinstance(on, datetime):
        return Stretch(_local(on), on)
    return Stretch(datetime.combine(on, time.min), datetime.combine(on, time.max))


def not_after(one: Stretch, other: Stretch, *, strictly: bool = False) -> Truth:
    """Tell whether a moment lies no later than another; `strictly`: before it."""
    if strictly:
        return True if one.latest < other.earliest else False if one.earliest >= other.latest else None
    return True if one.latest <= other.earliest else False if one.earliest > other.latest else None


# --- lengths of time -------------------------------------------------------------------------------------------------

_DURATION = re.compile(r"P(?P<date>(?:\d+(?:\.\d+)?[YMWD])*)(?:T(?P<time>(?:\d+(?:\.\d+)?[HMS])+))?")
_COMPONENT = re.compile(r"(\d+(?:\.\d+)?)([YMWDHS])")
_MONTHS = {"Y": 12, "M": 1}
_DAYS = {"W": 7, "D": 1}
_SECONDS = {"H": 3600, "M": 60, "S": 1}
_SECONDS_A_DAY = 86400


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: whole months, and seconds; `on_clock` where hours count, and not days."""

    months: int = 0
    seconds: Fraction = Fraction(0)
    on_clock: bool = False

    def times(self, number: Fraction) -> Length | None:
        """Return a multiple; None where it is no whole number of months."""
        return _length(self.months * number, self.seconds * number, self.on_clock)


def _length(months: Fraction, seconds: Fraction, on_clock: bool) -> Length | None:
    if months.denominator != 1:
        return None
    return Length(int(months), seconds, on_clock or seconds % _SECONDS_A_DAY != 0)


@lru_cache(maxsize=4096)
def length(iso: str) -> Length | None:
    """Return an ISO 8601 duration as a length; None of other words, and of parts of a month.

    Examples:
        >>> length("P1Y6M").months, length("PT72H").on_clock, length("P0.3M")
        (18, True, None)
    """
    found = _DURATION.fullmatch(iso)
    if found is None or len(iso) < len("P1D"):
        return None
    months = seconds = Fraction(0)
    for number, letter in _COMPONENT.findall(found["date"]):
        months += Fraction(number) * _MONTHS.get(letter, 0)
        seconds += Fraction(number) * _DAYS.get(letter, 0) * _SECONDS_A_DAY
    for number, letter in _COMPONENT.findall(found["time"] or ""):
        seconds += Fraction(number) * _SECONDS[letter]
    return _length(months, seconds, found["time"] is not None)


def length_in(number: Fraction, ucum: str) -> Length | None:
    """Return a number of a UCUM unit of time as a length; None of other units, negative ones and parts of a month."""
    if number < 0:
        return None
    if ucum in ("a", "mo"):
        return _length(number * (12 if ucum == "a" else 1), Fraction(0), False)
    seconds = convert(1, ucum, "s")
    if seconds is None:
        return None
    return _length(Fraction(0), number * Fraction(str(seconds)), on_clock=seconds < _SECONDS_A_DAY)


def shifted(moment: Stretch, by: Length | None, sign: int) -> Stretch:
    """Return a moment a length later (`sign` 1) or earlier (-1); anywhere on that side by a length not known."""
    if by is None:
        return replace(moment, latest=datetime.max) if sign > 0 else replace(moment, earliest=datetime.min)
    return Stretch(_moved(moment.earliest, by, sign), _moved(moment.latest, by, sign))


def _moved(instant: datetime, by: Length, sign: int) -> datetime:
    """Return an instant moved along the calendar; its first or last instant where that leads out of it."""
    if instant in (datetime.min, datetime.max):
        return instant
    month = instant.year * 12 + instant.month - 1 + sign * by.months
    year = month // 12
    if not date.min.year <= year <= date.max.year:
        return datetime.max if sign > 0 else datetime.min
    day = min(instant.day, monthrange(year, month % 12 + 1)[1])
    try:
        return instant.replace(year=year, month=month % 12 + 1, day=day) + timedelta(seconds=float(sign * by.seconds))
    except OverflowError:
        return datetime.max if sign > 0 else datetime.min


# --- completed units -------------------------------------------------------------------------------------------------


def completed(unit: str, since: datetime, until: datetime) -> int | None:
    """Return how many units have passed in full; None of a unit that is no unit of time.

    A month is completed on the same day of a later one, a year on the birthday; who was born on 29 February has a
    birthday on 1 March in other years.

    Examples:
        >>> completed("a", datetime(1959, 6, 2), datetime(2025, 6, 1))
        65
    """
    if unit in ("a", "mo"):
        months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
        return months // 12 if unit == "a" else months
    seconds = convert(1, unit, "s")
    if seconds is None:
        return None
    if seconds >= _SECONDS_A_DAY:
        since, until = _midnight(since), _midnight(until)
    return int((until - since) / timedelta(seconds=float(seconds)) // 1)
