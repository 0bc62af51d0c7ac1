"""Dates of registry pages, as exactly as they are written and no more exactly than that.

`March 2025` stays a month. A numeric date whose day and month could be either way round has no reading unless the
caller knows the registry's convention. `01/01/1900` is how some registers store an empty date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from parser.models.trial import AbsentReason
from parser.models.values import PartialDate
from parser.normalize.absence import absent_reason

DateOrder = Literal["dmy", "mdy"]
DateKind = Literal["actual", "anticipated"]

_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = _MONTH_NAMES.split()
MONTHS: dict[str, int] = {
    **{name: number for number, name in enumerate(_MONTHS, start=1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, start=1)},
    "sept": 9,
}

#: Words in brackets after a date, or before it with a colon, that say whether it has come to pass.
KINDS: dict[str, DateKind] = {
    "actual": "actual",
    "anticipated": "anticipated",
    "estimated": "anticipated",
    "expected": "anticipated",
    "planned": "anticipated",
}

#: What registers and databases store where there is no date: their first day, or their last.
EMPTY_DATES = frozenset({"0001-01-01", "1753-01-01", "1900-01-01", "9999-12-31"})
_NO_DATE = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}")

#: Which comes first in a numeric date, by the name of the reader (`source.registry`). ISO dates need none.
#: ICTRP's portal export and the national registers that send it XML write dd/mm/yyyy; so do the EU's CTIS, and ANZCTR,
#: CTRI, ISRCTN and PACTR on their pages; ClinicalTrials.gov's classic pages write mm/dd/yyyy.
DATE_ORDERS: dict[str, DateOrder] = {
    "anzctr": "dmy",
    "ctgov": "mdy",
    "ctis": "dmy",
    "ctri": "dmy",
    "euctr": "dmy",
    "ictrp": "dmy",
    "isrctn": "dmy",
    "pactr": "dmy",
    "rebec": "dmy",
    "repec": "dmy",
    "tctr": "dmy",
    "who": "dmy",
}
# Longest real form is about 45 characters; anything longer is prose.
_LONGEST = 60

_KIND_AFTER = re.compile(rf"\s*[(\[]\s*({'|'.join(KINDS)})\s*[)\]]$", re.IGNORECASE)
_KIND_BEFORE = re.compile(rf"({'|'.join(KINDS)})\s*:?\s+", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}[\d:.]{0,20}\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_TIME = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s?(?:Z|UTC|GMT))?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?\s?,?[\s-]+)?(\d{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s/-]*([A-Za-z]{3,9})\.?\s?,?[\s/-]*(\d{4})", re.IGNORECASE
)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/](\d{4})")


@dataclass(frozen=True, slots=True)
class DateReading:
    """What the words of a date field say.

    Attributes:
        date: The date, where the words have one reading.
        reason: Why there is none; None beside a date.
        ambiguous: Day and month could be either way round.
        kind: Whether the words say that it has come to pass.
    """

    date: PartialDate | None = None
    reason: AbsentReason | None = None
    ambiguous: bool = False
    kind: DateKind | None = None


def read_date(words: str, *, order: DateOrder | None = None) -> DateReading:
    """Read the words of a date field.

    Args:
        words: The whole field: a date in any common form, or words that say there is none.
        order: Which comes first in a numeric date of this source, day or month, where that is known.
    """
    return _known_date(words, order) if len(words) <= _LONGEST else _read_date(words, order)


def _read_date(words: str, order: DateOrder | None) -> DateReading:
    raw = " ".join(words.split())
    if reason := absent_reason(raw):
        return DateReading(reason=reason)
    if len(raw) > _LONGEST:
        return DateReading(reason="unparseable")
    plain, kind = _without_kind(raw)
    if _NO_DATE.fullmatch(plain):
        return DateReading(reason="explicit_not_reported")
    value, ambiguous = _iso(_TIME.sub("", plain) if ":" in plain else plain, order)
    if value in EMPTY_DATES:
        return DateReading(reason="explicit_not_reported")
    if value is None:
        return DateReading(reason="unparseable", ambiguous=ambiguous)
    precision: Literal["year", "month", "day"] = "year" if len(value) == 4 else "month" if len(value) == 7 else "day"
    return DateReading(PartialDate(value=value, precision=precision, raw=raw), kind=kind)


# The dates of a file of records fall on the same days again and again.
_known_date = lru_cache(maxsize=4096)(_read_date)


def _without_kind(raw: str) -> tuple[str, DateKind | None]:
    if raw.endswith((")", "]")) and (match := _KIND_AFTER.search(raw)):
        return raw[: match.start()], KINDS[match[1].casefold()]
    if raw[:1].isalpha() and (match := _KIND_BEFORE.match(raw)):
        return raw[match.end() :], KINDS[match[1].casefold()]
    return raw, None


def _iso(plain: str, order: DateOrder | None) -> tuple[str | None, bool]:
    """Return the ISO form, and whether there is none because two readings are possible."""
    if weekday := _WEEKDAY.match(plain):
        plain = plain[weekday.end() :]
    if match := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        groups = match.groups()
        year, month, day = (groups[0], groups[2], groups[3]) if len(groups) == 4 else groups
        return _checked(year, month, day), False
    if match := _MONTH_FIRST.fullmatch(plain):
        return _named(match[3], match[1], match[2]), False
    if match := _DAY_FIRST.fullmatch(plain):
        return _named(match[3], match[2], match[1]), False
    if match := _MONTH_YEAR.fullmatch(plain):
        return _checked(match[2], match[1], None), False
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(match[4], match[1], match[3], order)
    return None, False


def _named(year: str, month: str, day: str | None) -> str | None:
    number = MONTHS.get(month.casefold())
    return None if number is None else _checked(year, str(number), day)


def _numeric(year: str, first: str, second: str, order: DateOrder | None) -> tuple[str | None, bool]:
    day_first, month_first = _checked(year, second, first), _checked(year, first, second)
    if order is not None:
        return (day_first if order == "dmy" else month_first), False
    if day_first and month_first and day_first != month_first:
        return None, True
    return day_first or month_first, False


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    """Return the ISO form of a date that the calendar has."""
    try:
        checked = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    iso = checked.isoformat()
    return iso if day else iso[:7] if month else iso[:4]
