"""Amounts become quantities: one number with its comparator, or the two numbers of a range."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.nlp.components.quantities.amounts import Amount, spread_bounds, value_and_unit, with_time
from parser.nlp.components.quantities.comparators import Comparator, Opener
from parser.nlp.components.quantities.patterns import AFTER, SIGNS, Side
from parser.nlp.components.quantities.writings import one_of, rate_at, unit_at
from parser.normalize.ages import in_one_unit

#: Where a quantity begins and ends, and what it is.
Found = tuple[int, int, Quantity]

_SIGN = "(?:" + "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True)) + ")"
_AFTER = re.compile(
    rf"(?:,?\s?|-)(?P<after>{one_of(AFTER)})(?!\sthan\b|\s?-?\s?(?:the\sages?\sof\s)?(?:\d|{_SIGN}))", re.IGNORECASE
)
#: A name after the comparator that belongs to the number before it: "30 < eGFR < 60", "18 years ≤ age".
_NAME_AFTER = re.compile(r"\s?(?P<sign>[<>˂˃‹›≤≥≦≧⩽⩾＜＞]=?|=[<>])\s?(?=[^\W\d_])")
_SAME_AGAIN = re.compile(r"[^<>≤≥≦≧⩽⩾＜＞;\n]{1,48}([<>≤≥≦≧⩽⩾＜＞]=?|=[<>])\s?[\d.(+−-]")
_SAME_WAY = {"<": "<≤", "≤": "<≤", ">": ">≥", "≥": ">≥"}
_CLAUSE_START = re.compile(r"(?:^|[:;(,\n•]|\band|\bor|\bwith|^\W+)\s*$", re.IGNORECASE)
_PLURAL = re.compile(
    r"\s(?:of\s(?:the\s)?|(?:[^\W\d_]+(?:-[^\W\d_]+)?,?\s){0,3}?[^\W\d_]*[^\W\d_s]s(?![^\W_]|\s?/))", re.IGNORECASE
)
_SINGULAR = re.compile(r"\s[^\W\d_]{3,}")


def gap_before(found: list[Found], start: int, end: int) -> int | None:
    """Return where the quantity before a stretch of text ends, 0 without one; None where one overlaps the stretch."""
    index = bisect_right(found, start, key=lambda row: row[1])
    if index < len(found) and found[index][0] < end:
        return None
    return found[index - 1][1] if index else 0


@dataclass(frozen=True, slots=True)
class _Bound:
    """On which side a number bounds, and what the words said beside it."""

    start: int
    end: int
    side: Side
    inclusive: bool
    says_age: bool = False
    before_name: bool = False
    lost: bool = False


def single(text: str, amount: Amount, opened: Comparator | Opener | None) -> Found | None:
    """Make a quantity of one number; None where nothing bounds it and it has no unit, or comparators disagree."""
    bound = _bound(text, amount, opened)
    if bound is None:
        return None
    amount, bound = _with_rate_after(text, amount, bound)
    value, ucum = value_and_unit(amount, in_days=bool(amount.days))
    inclusive = bound.inclusive if amount.inclusive is None else amount.inclusive
    sides = _sides(bound.side, value, inclusive, amount)
    quantity = Quantity(
        Range.model_validate({**sides, "unit": amount.unit, "ucum": ucum, "relative_to": amount.relative}),
        amount.is_time,
        (amount.says_age or bound.says_age) and (amount.is_time or amount.unit is None),
        is_count=not (amount.says_age or bound.says_age or bound.before_name) and _counts(text, amount, bound.end),
        is_rate=amount.is_rate,
        comparator_lost=bound.lost,
        before_name=bound.before_name,
    )
    return bound.start, bound.end, quantity


def _with_rate_after(text: str, amount: Amount, bound: _Bound) -> tuple[Amount, _Bound]:
    """Add the unit that stands after the comparator ("two or more relapses per year", "18 or more years of age")."""
    if not amount.is_bare or bound.end == amount.end or bound.before_name:
        return amount, bound
    unit = unit_at(text, bound.end)
    if unit is not None and unit.is_time:
        amount = with_time(replace(amount, end=unit.end), unit, text)
        return amount, replace(bound, end=amount.end)
    rate = unit if unit is not None and unit.is_rate else rate_at(text, bound.end)
    if rate is None:
        return amount, bound
    amount = replace(amount, unit=text[bound.end : rate.end].strip(), ucum=rate.ucum, is_rate=True)
    return amount, replace(bound, end=rate.end)


def _bound(text: str, amount: Amount, opened: Comparator | Opener | None) -> _Bound | None:
    after = _after(text, amount)
    if isinstance(opened, Comparator):
        return _bound_before(amount, opened, after)
    if isinstance(opened, Opener) and opened.kind == "from" and (amount.says_age or opened.says_age):
        # "from" alone is a bound of ages only: elsewhere it says where something comes from
        return _Bound(opened.start, amount.end, "low", inclusive=True, says_age=opened.says_age)
    if after is not None:
        return after
    if amount.plus:
        return _Bound(amount.start, amount.end, "low", inclusive=True)
    named = _bound_of_name_after(text, amount)
    if named is not None:
        return named
    if amount.is_bare and amount.spread is None:
        return None
    return _Bound(amount.start, amount.end, "exact", inclusive=True)


def _bound_before(amount: Amount, opened: Comparator, after: _Bound | None) -> _Bound | None:
    """Return the bound of a comparator before the number; one after it adds to it where it says the same side."""
    lost = opened.side == "value"
    if after is not None and (lost or opened.side == after.side):
        inclusive = (opened.inclusive and not lost) or after.inclusive
        says_age = opened.says_age or after.says_age
        return _Bound(opened.start, after.end, after.side, inclusive, says_age, lost=lost)
    if amount.plus and opened.side == "high":
        return None
    return _Bound(opened.start, amount.end, opened.side, opened.inclusive, opened.says_age, lost=lost)


def _after(text: str, amount: Amount) -> _Bound | None:
    """Return the bound of the comparator after an amount ("or older", "and above")."""
    match = _AFTER.match(text, amount.end)
    if match is None:
        return None
    words = re.sub(r"\s", " ", match["after"].lower())
    side, inclusive = AFTER[words]
    return _Bound(amount.start, match.end(), side, inclusive, words.endswith(("older", "younger", "elder")))


def bounds_name_after(text: str, amount: Amount) -> bool:
    """Tell whether a name follows an amount that it is a bound of ("-2 ≤ z-score")."""
    return _bound_of_name_after(text, amount) is not None


def _bound_of_name_after(text: str, amount: Amount) -> _Bound | None:
    """Return the bound that a number is of the name after it: "30 <" in "30 < eGFR < 60"."""
    match = _NAME_AFTER.match(text, amount.end)
    if match is None:
        return None
    sign = SIGNS.get(match["sign"], "")
    again = _SAME_AGAIN.match(text, match.end())
    paired = again is not None and SIGNS.get(again[1], " ")[:1] in _SAME_WAY.get(sign, "")
    if sign not in _SAME_WAY or not (paired or _CLAUSE_START.search(text, max(0, amount.start - 12), amount.start)):
        return None
    side: Side = "low" if sign in "<≤" else "high"
    return _Bound(amount.start, match.end("sign"), side, inclusive=sign in "≤≥", before_name=True)


def _sides(side: Side, value: int | float, inclusive: bool, amount: Amount) -> dict[str, int | float | bool]:
    """Return the bounds of a `Range` for one number on one side."""
    if side == "exact":
        low, high = spread_bounds(amount) if amount.spread is not None else (value, value)
        return {"low": low, "high": high}
    return {"value": value} if side == "value" else {side: value, f"{side}_inclusive": inclusive}


def _counts(text: str, amount: Amount, end: int) -> bool:
    """Tell whether a number without a unit counts the things named after it ("at least 3 lesions")."""
    if amount.unit is not None or amount.relative is not None or not isinstance(amount.value, int):
        return False
    if _PLURAL.match(text, end):
        return True
    return amount.value == 1 and _SINGULAR.match(text, end) is not None


def ranged(
    text: str, first: Amount, second: Amount, limit: Comparator | None, opened: Comparator | Opener | None
) -> Found | None:
    """Make a range of two numbers in one unit; None where they are none ("75-18"), or their units do not agree.

    Args:
        text: The whole text.
        first: The number that stands first, the lower one unless both are negative.
        second: The other one.
        limit: The comparator before it ("20-<75").
        opened: The comparator, or "between", before the first one.
    """
    if first.value > second.value and second.value < 0:
        first, second, turned = second, first, True
    else:
        turned = False
    bounds = _in_one_unit(first, second)
    if bounds is None or bounds[0] > bounds[1]:
        return None
    low, high, unit, ucum, parts = bounds
    said = opened.inclusive if isinstance(opened, Comparator) else None
    limits = Range(
        low=low,
        low_inclusive=_first_said(first.inclusive, said),
        high=high,
        high_inclusive=_first_said(second.inclusive, limit.inclusive if limit is not None else None),
        unit=unit,
        ucum=ucum,
        relative_to=second.relative or first.relative,
    )
    is_time = first.is_time or second.is_time
    says_age = first.says_age or second.says_age or (opened is not None and opened.says_age)
    last = first if turned else second
    quantity = Quantity(
        limits,
        is_time,
        is_age=says_age and (is_time or unit is None),
        is_count=unit is None and not says_age and _counts(text, last, last.end),
        is_rate=first.is_rate or second.is_rate,
        parts=parts,
    )
    start = second.start if turned else first.start
    return opened.start if opened is not None else start, last.end, quantity


def _in_one_unit(
    first: Amount, second: Amount
) -> tuple[int | float, int | float, str | None, str | None, tuple[Range, ...]] | None:
    """Return both numbers in one unit, the unit as written and in UCUM, and the bounds as written where they differ."""
    in_days = bool(first.days or second.days)
    low, low_unit = value_and_unit(first, in_days=in_days)
    high, high_unit = value_and_unit(second, in_days=in_days)
    if first.unit is None or second.unit is None or low_unit == high_unit:
        unit, ucum = (second.unit, high_unit) if second.unit is not None else (first.unit, low_unit)
        return low, high, unit, ucum, ()
    both = in_one_unit(low, low_unit, high, high_unit)
    if both is None:
        return None
    parts = Range(low=low, unit=first.unit, ucum=low_unit), Range(high=high, unit=second.unit, ucum=high_unit)
    return both[0], both[1], f"{first.unit} – {second.unit}", both[2], parts


def _first_said(*said: bool | None) -> bool:
    """Return whether a bound is inclusive: the first that is said, else it is."""
    return next((inclusive for inclusive in said if inclusive is not None), True)
