"""Ages: "Age: 0-65 years old", "aged 18 or older", "≥ 18 years of age"."""

from __future__ import annotations

import re
from dataclasses import replace

from parser.models.rules import Age, Rule
from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.normalize.units import in_canonical_unit
from parser.rules.context import LIKELY, SURE, Context, all_of, any_of
from parser.rules.frames.openings import opens
from parser.rules.units import Cursor, Unit

#: Fewer years than these, with nothing around them, may as well be a duration.
_AGE_OF_A_PERSON = 12

#: Ends of a limit that is an age by its words ("18 and over").
_OLDER = re.compile(r"\b(?:over|older|younger)$", re.IGNORECASE)

_LINKS = ("is", "of", "between", "range", "must", "be", "from", "group", "at")


@opens("quantity", first=("age", "article", "quantity", "word"))
def age(cursor: Cursor, context: Context) -> Rule | None:
    """Read an age limit, or two that are alternatives ("age < 18 or > 60"); a bare number only after the word "age"."""
    alone = cursor.at == 0
    if any(cursor.sees(kind, ahead=1) for kind in ("age", "word")):
        cursor.take("article")
    after_people = _follows_people(cursor)
    label = cursor.take("age") or cursor.take("word", "age")  # of "age range between", the range opens the bound
    if label is not None:
        cursor.take("colon")
        cursor.take_all("word", *_LINKS)
    unit = cursor.take("quantity") or (_bracketed(cursor) if label is not None else None)
    other = cursor.attempt(lambda: _other(cursor, label, after_people=after_people))
    label = label or cursor.take("age")
    if unit is None or not (_is_age(unit.data, label) or _may_be_age(cursor, unit.data, after_people, alone)):
        return None
    if _is_exact(unit.data.range, label):
        return None
    cursor.take("word", "inclusive")
    windows = cursor.take_all("window")
    if any(window.data.relation not in ("at", "during") for window in windows):
        return None
    limits = [_with_unit_of(unit, other), other] if other is not None else [unit]
    return any_of([_atom(limit, label, windows, context) for limit in limits])


def _other(cursor: Cursor, label: Unit | None, *, after_people: bool) -> Unit | None:
    """Read the second of two limits: "or > 60 years"."""
    if cursor.take("separator", "or") is None:
        return None
    unit = cursor.take("quantity")
    if unit is None or _is_exact(unit.data.range, None):
        return None
    if not _is_age(unit.data, label) and not (after_people and unit.data.range.ucum == "a"):
        return None
    return None if cursor.sees("word", "if") else unit


def _with_unit_of(unit: Unit, other: Unit) -> Unit:
    """Give the first limit the unit that only the second one states."""
    limits = unit.data.range
    if limits.unit is not None:
        return unit
    same = limits.model_copy(update={"unit": other.data.range.unit, "ucum": other.data.range.ucum})
    return Unit(unit.kind, unit.value, unit.start, unit.end, unit.text, replace(unit.data, range=same))


def _is_exact(limits: Range, label: Unit | None) -> bool:
    bounded = _bounded(limits, label)
    return bounded.low == bounded.high and bounded.value is None


def _atom(unit: Unit, label: Unit | None, windows: list[Unit], context: Context) -> Rule:
    """Return one age; two where the bounds have units of their own ("6 months to 17 years")."""
    if unit.data.parts:
        parts = (replace(unit.data, range=part, parts=()) for part in unit.data.parts)
        units = [Unit(unit.kind, unit.value, unit.start, unit.end, unit.text, part) for part in parts]
        return all_of([_atom(part, label, windows, context) for part in units])
    limits, is_written = _in_years(_bounded(unit.data.range, label))
    return Age(
        range=limits,
        when=[window.data for window in windows],
        spans=context.spans(*([label] if label else []), unit, *windows),
        confidence=SURE if is_written else LIKELY,
    )


def _is_age(quantity: Quantity, label: Unit | None) -> bool:
    if quantity.range.unit is None:
        return label is not None or quantity.is_age
    return quantity.is_age or (quantity.is_time and label is not None)


def _follows_people(cursor: Cursor) -> bool:
    """Tell whether the people spoken of stand right before, a bracket's opening aside ("adults (≥ 18 years)")."""
    last = cursor.units[cursor.at - 1] if cursor.at else None
    between = last is not None and (last.kind in ("open", "separator") or last.text.lower() in ("of", "from"))
    back = 1 if between else 0
    before = cursor.at - 1 - back
    return before >= 0 and cursor.units[before].kind in ("population", "sex")


def _bracketed(cursor: Cursor) -> Unit | None:
    """Read "Age (20-50)"."""
    inside = cursor.take_bracket()
    return inside.units[0] if inside is not None and [unit.kind for unit in inside.units] == ["quantity"] else None


def _may_be_age(cursor: Cursor, quantity: Quantity, after_people: bool, alone: bool) -> bool:
    """Tell whether years are an age though nothing says so.

    They are right after the people spoken of ("male patients between 18 and 80 years"), and where a criterion is
    nothing but such years, enough for a person's age ("18-40 years").
    """
    limits = quantity.range
    ends = cursor.done or any(cursor.sees(kind) for kind in ("separator", "stop", "close", "narrowing"))
    if limits.low == limits.high or not ends:
        return False
    is_grown = max(limits.low or 0, limits.high or 0) >= _AGE_OF_A_PERSON
    if limits.unit is None:
        says_so = alone and _OLDER.search(cursor.units[cursor.at - 1].text) is not None
        return (after_people or says_so) and is_grown and cursor.done
    if limits.ucum != "a":
        return False
    in_bracket = cursor.sees("close")
    stands_alone = alone and is_grown and (cursor.done or (limits.low is not None and limits.high is not None))
    return (after_people and (is_grown or not in_bracket)) or stands_alone


def _bounded(limits: Range, label: Unit | None) -> Range:
    """Make "minimum age of 18 years" a bound."""
    if label is None or label.value == "age" or limits.low != limits.high:
        return limits
    other = "high" if label.value == "low" else "low"
    return limits.model_copy(update={other: None, f"{other}_inclusive": None})


def _in_years(limits: Range) -> tuple[Range, bool]:
    """Return the limits, in years where no unit is written, and whether the unit was written."""
    if limits.unit is not None:
        return in_canonical_unit(limits, "a"), True
    return in_canonical_unit(limits.model_copy(update={"ucum": "a"}), "a"), False
