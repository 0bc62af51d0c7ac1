"""Doses of treatments: "prednisone > 10 mg/day or equivalent", "more than 10 mg of prednisone a day"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parser.models.values import Range
from parser.normalize.units import DOSE_UNITS, unit_of
from parser.rules.context import Context
from parser.rules.units import Cursor, Unit

#: Units of mass, of volume and of activity, by body weight or surface and by time, in UCUM.
_DOSE = re.compile(
    r"(?:[mu]?g|mL|\[[iI]U\]|10\*\d\.?\[[iI]U\]|\{units\}|U|meq|mmol|Gy|cGy)(?:/kg|/m2)?(?:/(?:d|wk|h|mo|min))?"
)
_LEADS = ("at", "a", "an", "the", "of", "in", "with", "is", "than", "exceeding", "above", "below", "to", "up", "equal")
_DOSE_WORDS = re.compile(
    r"(?:(?:total|maximum|minimum|mean|average|stable|cumulative|starting|low|high|equivalent)\s)?(?:daily\s|weekly\s)?"
    r"(?:doses?|dosages?|dosing|equivalents?)",
    re.IGNORECASE,
)
#: How and how often it is given: "IV Q4W", "orally once daily", "every 4 weeks".
_REGIMEN = re.compile(
    r"(?:(?:once|twice|daily|weekly|monthly|every|per|day|weeks?|qd|od|bid|tid|qid|qw|q\d+[dwh]|po|iv|sc|im|orally|oral"
    r"|intravenously|subcutaneously|\d|/)\s*)+",
    re.IGNORECASE,
)
#: Kinds of unit in "per day", and in "of prednisone (or equivalent)".
_OF_TIME = ("word", "phrase", "article", "method")
_OF_EQUIVALENTS = ("phrase", "separator", "article", "open", "close", "word")
#: Units between an amount and the word "equivalent".
_LONGEST = 5
_EQUIVALENT = re.compile(r"\bequivalents?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a treatment.

    Attributes:
        amount: With its unit.
        units: The words.
        equivalent: The words that say in what it is measured ("prednisone or equivalent"); None where nothing does.
    """

    amount: Range
    units: list[Unit]
    equivalent: Unit | None = None


def dose_before(cursor: Cursor) -> Dose | None:
    """Read "≥ 5 mg/day of" before what is given."""
    cursor.take("article")
    number = cursor.take("quantity")
    if number is None or not is_dose(number.data.range):
        return None
    _pass_regimen(cursor)
    of = cursor.take("word", "of")
    cursor.take("qualifier")
    return Dose(number.data.range, [number, *([of] if of else [])]) if cursor.sees("phrase") else None


def dose_after(cursor: Cursor, context: Context) -> Dose | None:
    """Read ", at doses greater than 10 mg/day of prednisone or equivalent" after what is given."""
    first = cursor.at
    cursor.take("separator", "comma")
    while cursor.take("word", *_LEADS) or cursor.take("article") or _take_dose_word(cursor):
        pass
    number = cursor.take("quantity")
    if number is None or not is_dose(number.data.range):
        return None
    _pass_regimen(cursor)
    equivalent = cursor.attempt(lambda: _equivalent(cursor, context))
    return Dose(number.data.range, cursor.units[first : cursor.at], equivalent)


def dose_in_bracket(inside: Cursor, context: Context) -> Dose | None:
    """Read "> 10 mg/day prednisone equivalent", a whole bracket."""
    dose = dose_after(inside, context)
    return dose if dose is not None and inside.done else None


def is_dose(limits: Range) -> bool:
    """Tell whether an amount is one that a treatment is given in."""
    return limits.ucum is not None and (limits.ucum in DOSE_UNITS or _DOSE.fullmatch(limits.ucum) is not None)


def with_time_after(cursor: Cursor, dose: Dose, context: Context) -> Dose:
    """Add the time that stands after what is given ("10 mg prednisone per day")."""
    mark = cursor.at
    words: list[Unit] = []
    while (
        (unit := cursor.peek()) is not None and len(words) < 2 and unit.kind in ("word", "phrase", "article", "method")
    ):
        words.append(unit)
        cursor.at += 1
        said = " ".join(unit.text for unit in words)
        found = unit_of(f"{dose.amount.unit} {said}")
        if found is not None and (said.lower() == "daily" or len(words) == 2):
            amount = dose.amount.model_copy(update={"unit": f"{dose.amount.unit} {said}", "ucum": found.ucum})
            equivalent = cursor.attempt(lambda: _equivalent(cursor, context))
            return replace(dose, amount=amount, units=[*dose.units, *words], equivalent=equivalent)
    cursor.at = mark
    return dose


def _pass_regimen(cursor: Cursor) -> None:
    """Pass "once daily", "orally", "per day" after an amount."""
    while (unit := cursor.peek()) is not None and _REGIMEN.fullmatch(unit.text):
        cursor.at += 1


def _take_dose_word(cursor: Cursor) -> Unit | None:
    unit = cursor.peek()
    if unit is None or unit.kind not in ("phrase", "word", "intro") or not _DOSE_WORDS.fullmatch(unit.text):
        return None
    cursor.at += 1
    return unit


def _equivalent(cursor: Cursor, context: Context) -> Unit | None:
    """Read "of prednisone or equivalent", "prednisone equivalents", "(or equivalent)"."""
    cursor.take("word", "of")
    first = cursor.at
    last = first
    while (unit := cursor.peek()) is not None and unit.kind in (
        "phrase",
        "separator",
        "article",
        "open",
        "close",
        "word",
    ):
        cursor.at += 1
        if _EQUIVALENT.search(unit.text):
            last = cursor.at
            break
        if cursor.at - first > _LONGEST:
            return None
    if last == first:
        return None
    if cursor.units[first].kind == "open":
        first += 1
    cursor.take("close") if any(unit.kind == "open" for unit in cursor.units[first - 1 : last]) else None
    start, end = cursor.units[first].start, cursor.units[last - 1].end
    return Unit("extent", "", start, end, context.words(start, end))
