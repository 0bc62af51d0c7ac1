"""Ages as the smaller registers print them, put into words that every register uses.

`20 years-old <=` (UMIN) and `18age old over` (jRCT) say that the age is at least that; `75 years-old >` and `75age old
not` that it is below. A zero without a unit as an upper limit says that there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parser.models.values import Range
from parser.normalize.ages import AgeReading, Limit, join_limits, read_age_limit, read_ages

_UNITS = {"y": "years", "m": "months", "w": "weeks", "d": "days", "h": "hours"}
# The age stands before the sign: `20 years-old <=` reads "20 is at most the participant's age".
_SIGN_AFTER = re.compile(r"(\d{1,3})\s*(year|month|week|day|hour|age)s?[\s-]*olds?\s*(<=|>=|<|>|≦|≧|≤|≥)")
_SIGNS = {"<=": "at least", "≤": "at least", "≦": "at least", "<": "over"} | {
    ">=": "up to",
    "≥": "up to",
    "≧": "up to",
    ">": "under",
}
_AGE_OLD = re.compile(
    r"(?:(?P<sign><=|>=|<|>|≤|≥)\s*)?(?P<number>\d{1,3})\s*(?P<unit>age|year|month|week|day)s?\s*old"
    r"\s*(?P<word>[a-z ]*)"
)
_WORDS = {
    "or over": "at least",
    "over": "at least",
    "and over": "at least",
    "or more": "at least",
    "more": "at least",
    "not": "under",
    "less than": "under",
    "under": "under",
    "or under": "up to",
    "and under": "up to",
    "or less": "up to",
}
_BEFORE = {">=": "at least", "≥": "at least", ">": "over", "<=": "up to", "≤": "up to", "<": "under"}
_JAPANESE = re.compile(r"(\d{1,3})\s*(歳|か月|ヶ月|カ月|週|日)\s*(以上|以下|未満|超)?")
_JAPANESE_UNITS = {"歳": "years", "か月": "months", "ヶ月": "months", "カ月": "months", "週": "weeks", "日": "days"}
_JAPANESE_WORDS = {"以上": "at least", "以下": "up to", "未満": "under", "超": "over"}
_LETTER_UNIT = re.compile(r"(\d{1,3})\s*([ymwdh])")
_NO_UPPER = re.compile(r"0\s*(?:-|n/?a.*|null|none)|999\s*years?")
_NO_LIMIT = re.compile(
    r"(?:上限なし|下限なし|制限なし|なし|no limit.*|no age limit.*|not applicable.*|0\s*(?:-|n/?a.*|null|none))"
)
_MIN_AGE = re.compile(r"min(?:imum)?\.?\s*(?:age)?\s*:?\s*(\d{1,3}\s*(?!max)[a-z()-]*)", re.IGNORECASE)
_MAX_AGE = re.compile(r"max(?:imum)?\.?\s*(?:age)?\s*:?\s*(\d{1,3}\s*[a-z()-]*)", re.IGNORECASE)
_BEYOND_LATIN = re.compile("[^\x00-\u024f]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the words of an age field say."""

    range: Range | None = None
    no_limit: bool = False
    unit_assumed: bool = False


def in_common_words(words: str, limit: Limit) -> str:
    """Return an age limit in words that `parser.normalize.ages` reads; other words as they are."""
    folded = " ".join(words.casefold().split())
    if match := _SIGN_AFTER.fullmatch(folded):
        unit = "year" if match[2] == "age" else match[2]
        return f"{_SIGNS[match[3]]} {match[1]} {unit}s"
    if match := _AGE_OLD.fullmatch(folded):
        return _age_old(match, limit)
    if match := _JAPANESE.fullmatch(folded):
        bound = _JAPANESE_WORDS.get(match[3], "at least" if limit == "low" else "up to")
        return f"{bound} {match[1]} {_JAPANESE_UNITS[match[2]]}"
    if match := _LETTER_UNIT.fullmatch(folded):
        return f"{match[1]} {_UNITS[match[2]]}"
    return words


def _age_old(match: re.Match[str], limit: Limit) -> str:
    unit = "years" if match["unit"] == "age" else f"{match['unit']}s"
    plain = "at least" if limit == "low" else "up to"
    bound = _BEFORE.get(match["sign"] or "") or _WORDS.get(match["word"].strip(), plain)
    return f"{bound} {match['number']} {unit}"


def read_limit(words: str, limit: Limit) -> Limits:
    """Read the words of a field that holds one limit.

    Args:
        words: The field.
        limit: Whether it is the lowest or the highest age that is admitted.
    """
    plain = " ".join(_BEYOND_LATIN.sub(" ", words).replace("/", " ").split())
    if not words.isascii() and re.match(r"\d.*[a-z]", plain):
        words = plain
    folded = " ".join(words.casefold().split())
    if _NO_LIMIT.fullmatch(folded) or (limit == "high" and _NO_UPPER.fullmatch(folded)):
        return Limits(no_limit=True)
    return _limits(read_age_limit(in_common_words(words, limit), limit))


def read_both(words: str) -> Limits:
    """Read the words of a field that holds both limits: `From 18 years old to 65 years old`, `Min age 18 years …`."""
    plain = " ".join(_BEYOND_LATIN.sub(" ", words).split())
    low, high = _MIN_AGE.search(plain), _MAX_AGE.search(plain)
    if low is None and high is None:
        return _limits(read_ages(plain))
    lowest = read_limit(low[1].strip(), "low") if low else Limits()
    highest = read_limit(high[1].strip(), "high") if high else Limits()
    return joined(lowest, highest)


def joined(lowest: Limits, highest: Limits) -> Limits:
    """Make one reading of those of the two limits."""
    both = join_limits(lowest.range, highest.range)
    return Limits(both, both is None and lowest.no_limit, lowest.unit_assumed or highest.unit_assumed)


def _limits(reading: AgeReading) -> Limits:
    return Limits(reading.range, reading.reason == "no_limit", reading.unit_assumed)
