"""Ages: "Age: 0-65 years old", "aged 18 or older", "≥ 18 years of age"."""

from __future__ import annotations

from parser.models.rules import Age, Rule
from parser.models.values import Range, Window
from parser.nlp.annotations import Quantity
from parser.normalize.units import in_canonical_unit
from parser.rules.context import LIKELY, SURE, Context
from parser.rules.units import Cursor, Unit

_LINKS = ("is", "of", "between", "range", "must", "be", "from", "group", "at")


def age(cursor: Cursor, context: Context) -> Rule | None:
    """Read an age limit; a bare number is one only after the word "age", in years."""
    label = cursor.take("age")
    if label is not None:
        cursor.take("colon")
        cursor.take_all("word", *_LINKS)
    after_people = cursor.follows("population", "sex")
    unit = cursor.take("quantity")
    if unit is None or not (_is_age(unit.data, label) or (after_people and _may_be_age(cursor, unit.data))):
        return None
    cursor.take("word", "inclusive")
    windows = cursor.take_all("window")
    limits, sure = _in_years(unit.data)
    when: list[Window] = [window.data for window in windows]
    if any(window.relation != "at" for window in when):
        return None
    parts = [*([label] if label else []), unit, *windows]
    return Age(range=limits, when=when, spans=context.spans(*parts), confidence=SURE if sure else LIKELY)


def _is_age(quantity: Quantity, label: Unit | None) -> bool:
    if quantity.range.unit is None:
        return label is not None
    return quantity.is_age or (quantity.is_time and label is not None)


def _may_be_age(cursor: Cursor, quantity: Quantity) -> bool:
    """Tell whether years right after the people spoken of are their age ("male patients between 18 and 80 years")."""
    bounded = quantity.range.low != quantity.range.high
    return quantity.range.ucum == "a" and bounded and (cursor.done or cursor.sees("separator") or cursor.sees("stop"))


def _in_years(quantity: Quantity) -> tuple[Range, bool]:
    """Return the limits, in years where no unit is written, and whether the unit was written."""
    if quantity.range.unit is not None:
        return in_canonical_unit(quantity.range, "a"), True
    return in_canonical_unit(quantity.range.model_copy(update={"ucum": "a"}), "a"), False
