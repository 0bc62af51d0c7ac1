"""A lower and an upper bound of one thing, side by side: "≥ 18 and ≤ 75 years", "> 3 but < 10"."""

from __future__ import annotations

import re
from dataclasses import replace

from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.nlp.components.quantities.bounding import Found
from parser.normalize.ages import in_one_unit

_BRIDGE = re.compile(
    r"\s?[,;]?\s?(?:(?:but|and|and/or|to|-|–|—|~|&|/|as\swell\sas)\s?){0,2}(?:(?:also|is|are|be|must\sbe|aged?|ages|of)\s){0,2}",
    re.IGNORECASE,
)
_OR = re.compile(r",?\s?(?:and/)?or\s?", re.IGNORECASE)


def joined_pairs(found: list[Found], text: str) -> list[Found]:
    """Join bounds that stand next to each other and are one quantity's."""
    joined: list[Found] = []
    for start, end, quantity in found:
        last = joined[-1] if joined else None
        both = _both(last[2], quantity) if last and _BRIDGE.fullmatch(text, last[1], start) else None
        if last is not None and both is not None:
            joined[-1] = (last[0], end, both)
            continue
        if last is not None and _shares_unit(last[2], quantity) and _OR.fullmatch(text, last[1], start):
            joined[-1] = (last[0], last[1], _with_unit_of(quantity, last[2]))
        joined.append((start, end, quantity))
    return joined


def _shares_unit(first: Quantity, second: Quantity) -> bool:
    """Tell whether the unit of the second bound is the first one's too ("< 18 or > 75 years")."""
    one, other = first.range, second.range
    low_first = one.high is None and other.low is None
    high_first = one.low is None and other.high is None
    return one.unit is None and one.relative_to is None and other.unit is not None and (low_first or high_first)


def _with_unit_of(second: Quantity, first: Quantity) -> Quantity:
    limits = first.range.model_copy(update={"unit": second.range.unit, "ucum": second.range.ucum})
    return replace(first, range=limits, is_time=second.is_time, is_age=first.is_age or second.is_age, is_count=False)


def _both(first: Quantity, second: Quantity) -> Quantity | None:
    """Return the range of a lower and an upper bound; None where they are no pair."""
    one, other = _told(first, second)
    if one is None or other is None or first.before_name:
        return None
    low, high = (one, other) if one.low is not None else (other, one)
    if low.high is not None or high.low is not None or low.low is None or high.high is None:
        return None
    bounds = _in_one_unit(low, high)
    if bounds is None:
        return None
    ucum, unit, lowest, highest = bounds
    if lowest > highest or (one.relative_to and other.relative_to and one.relative_to != other.relative_to):
        return None
    limits = Range(
        low=lowest,
        low_inclusive=low.low_inclusive,
        high=highest,
        high_inclusive=high.high_inclusive,
        unit=unit,
        ucum=ucum,
        relative_to=one.relative_to or other.relative_to,
    )
    return replace(
        second,
        range=limits,
        is_time=first.is_time or second.is_time,
        is_age=first.is_age or second.is_age,
        comparator_lost=first.comparator_lost or second.comparator_lost,
        is_count=second.is_count and unit is None,
        parts=(low, high) if low.unit and high.unit and low.ucum != high.ucum else (),
    )


def _told(first: Quantity, second: Quantity) -> tuple[Range | None, Range | None]:
    """Return both ranges; two lost comparators side by side tell each other: "= 18 and = 75 years"."""
    one, other = first.range, second.range
    if one.value is None and other.value is None:
        return one, other
    if one.value is None or other.value is None or one.value >= other.value:
        return None, None
    low = one.model_copy(update={"value": None, "low": one.value, "low_inclusive": True})
    high = other.model_copy(update={"value": None, "high": other.value, "high_inclusive": True})
    return low, high


def _in_one_unit(low: Range, high: Range) -> tuple[str | None, str | None, int | float, int | float] | None:
    """Return UCUM, unit, and both bounds in it; None where the units are of different kinds."""
    assert low.low is not None
    assert high.high is not None
    if low.unit is None or high.unit is None or low.ucum == high.ucum:
        return high.ucum or low.ucum, high.unit or low.unit, low.low, high.high
    both = in_one_unit(low.low, low.ucum, high.high, high.ucum)
    return None if both is None else (both[2], f"{low.unit} – {high.unit}", both[0], both[1])
