"""Ages: "Age: 0-65 years old", "aged 18 or older", "≥ 18 years of age"."""

from __future__ import annotations

from parser.models.rules import Age, Rule
from parser.models.values import Range, Window
from parser.nlp.annotations import Quantity
from parser.normalize.units import in_canonical_unit
from parser.rules.context import LIKELY, SURE, Context
from parser.rules.units import Cursor, Unit

#: Fewer years than these, with nothing around them, may as well be a duration.
_AGE_OF_A_PERSON = 12

_LINKS = ("is", "of", "between", "range", "must", "be", "from", "group", "at")


def age(cursor: Cursor, context: Context) -> Rule | None:
    """Read an age limit; a bare number is one only after the word "age", in years."""
    alone = cursor.at == 0
    after_people = _follows_people(cursor)
    label = cursor.take("age")
    if label is not None:
        cursor.take("colon")
        cursor.take_all("word", *_LINKS)
    unit = cursor.take("quantity") or (_bracketed(cursor) if label is not None else None)
    label = label or cursor.take("age")
    if unit is None or not (_is_age(unit.data, label) or _may_be_age(cursor, unit.data, after_people, alone)):
        return None
    limits, sure = _in_years(_bounded(unit.data.range, label))
    if limits.low == limits.high:
        return None
    cursor.take("word", "inclusive")
    windows = cursor.take_all("window")
    when: list[Window] = [window.data for window in windows]
    if any(window.relation != "at" for window in when):
        return None
    parts = [*([label] if label else []), unit, *windows]
    return Age(range=limits, when=when, spans=context.spans(*parts), confidence=SURE if sure else LIKELY)


def _is_age(quantity: Quantity, label: Unit | None) -> bool:
    if quantity.range.unit is None:
        return label is not None or quantity.is_age
    return quantity.is_age or (quantity.is_time and label is not None)


def _follows_people(cursor: Cursor) -> bool:
    """Tell whether the people spoken of stand right before, a bracket's opening aside ("adults (≥ 18 years)")."""
    back = 1 if cursor.at and cursor.units[cursor.at - 1].kind == "open" else 0
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
    ends = cursor.done or cursor.sees("separator") or cursor.sees("stop") or cursor.sees("close")
    if limits.ucum != "a" or limits.low == limits.high or not ends:
        return False
    return after_people or (alone and cursor.done and max(limits.low or 0, limits.high or 0) >= _AGE_OF_A_PERSON)


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
