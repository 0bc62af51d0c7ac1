"""Numbers that bound nothing: parts of names and codes, calendar years, dates, telephone numbers, times of day."""

from __future__ import annotations

import re

from parser.nlp.components.quantities.amounts import Amount
from parser.nlp.components.quantities.comparators import Comparator, Opener
from parser.nlp.components.quantities.patterns import NAMING

_WORD_BEFORE = re.compile(r"([^\W\d_]+\.?|[#§])\s?[-:]?\s?$")
_AGE_BEFORE = re.compile(r"\bage\s$", re.IGNORECASE)
_MONTH = re.compile(
    r"\s?(?:of\s)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?(?!\s?\d?\d?\s?%)|\s?[ap]\.?m\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r":\d\d")
_NUMBER_BEFORE = re.compile(r"(?<=\d)[\s:]\Z")
_PHONE = re.compile(r"\d{3,4}[-–]\d{4,}")
_DIGIT_AFTER = re.compile(r"\s?\d")
_VOLUME_BEFORE = re.compile(r"\b(?:volume|volumes|fev)\sin\s(?:the\sfirst\s)?$", re.IGNORECASE)
#: Digits that are no number are passed as a whole, with what they are joined to in dates, ranges and codes.
_RUN = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}|[\d.,:-]*\d")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_READS_BACK = 24


def run_end(text: str, at: int) -> int:
    """Return where the digits that begin at `at` end, with all that they are joined to."""
    run = _RUN.match(text, at)
    return run.end() if run is not None else at


def is_named(text: str, at: int, floor: int) -> bool:
    """Tell whether the word before a number makes it part of a name ("type 1-2", "weeks 2 to 4")."""
    match = _WORD_BEFORE.search(text, max(floor, at - _READS_BACK), at)
    if match is None or match[1].lower().rstrip(".") not in NAMING:
        return False
    return _AGE_BEFORE.search(text, max(0, match.start() - 6), match.start()) is None


def is_name_or_date(text: str, amount: Amount, opened: Comparator | Opener | None, floor: int) -> bool:
    """Tell whether a number is one of a date, of a time of day, of a name ("Cycle 1 Day 15", "volume in 1 second")."""
    if _MONTH.match(text, amount.end) or _CLOCK.match(text, amount.end):
        return True
    if opened is not None:
        return False
    if amount.ucum == "s" and _VOLUME_BEFORE.search(text, max(0, amount.start - _READS_BACK), amount.start):
        return True
    return amount.is_time and _DIGIT_AFTER.match(text, amount.end) is not None and is_named(text, amount.start, floor)


def is_no_range(text: str, first: Amount, second: Amount, opened: Comparator | Opener | None, floor: int) -> bool:
    """Tell whether two bare numbers are years of the calendar, days of a month, a telephone number, a name."""
    if isinstance(opened, Comparator) or not (first.is_bare and second.is_bare):
        return False
    if _is_year(first) and _is_year(second):
        return True
    if opened is not None:
        return False
    if (
        _MONTH.match(text, second.end)
        or _PHONE.match(text, first.start)
        or _NUMBER_BEFORE.search(text, max(0, first.start - 2), first.start)
    ):
        return True
    return is_named(text, first.start, floor)


def _is_year(amount: Amount) -> bool:
    return isinstance(amount.value, int) and _FIRST_YEAR <= amount.value <= _LAST_YEAR
