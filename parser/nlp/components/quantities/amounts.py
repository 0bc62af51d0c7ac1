"""A number with its unit and what it is a multiple of: "1.5 x ULN", "80 % of predicted", "2 years 6 months old"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from parser.models.values import RelativeTo
from parser.nlp.components.quantities.patterns import AGE_UNITS, AGE_WORDS, NAMED_BY_TIME, SMALLER
from parser.nlp.components.quantities.references import double_at, multiple_at, share_at
from parser.nlp.components.quantities.writings import UnitWriting, number_at, one_of, rate_at, unit_at
from parser.normalize.units import DOSE_UNITS

_AGE = re.compile(rf"[\s-]?{one_of(AGE_WORDS)}(?!\s(?:than|limit|group|range)(?![^\W_]))", re.IGNORECASE)
_PLURAL_OR_DOT = re.compile(
    r"\s?\(s\)\.?|\.(?=\s?(?:old|of\sage|[,;)]|and\s(?:older|above)|or\s(?:older|above)))", re.IGNORECASE
)
_INCLUSIVE = re.compile(
    r",?\s?(?:(?:both\s)?(?P<inside>inclusive)(?:ly)?|(?P<outside>exclusive)"
    r"|[(\[]\s?(?:both\s)?(?:(?P<in>inclusive|included?|incl\.?|including)|(?P<out>exclusive|excluded))(?:\sof\slimits)?\s?[)\]])"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\s?\+(?!\s?\d|\+|/)")
_TOLERANCE = re.compile(r"\s?\(?\s?(?:±|\+\s?/\s?[-−–]|\+[-−])\s?(?=[\d.])")
_NEXT_TIME = re.compile(r"(?:,?\s?and\s|,?\s|\s?)(?=\d)", re.IGNORECASE)
_PART_OF_A_NAME = re.compile(rf"[\s-](?:\w+\s)?(?:{NAMED_BY_TIME})(?![^\W_])", re.IGNORECASE)
_SMALLEST_BARE_PLUS = 10
_TIMED = re.compile(r"/(?:s|min|h|d|wk|mo|a)(?![a-z])")
#: First words of a rate that counts nothing but its unit ("mg per day").
_PER = frozenset("per / a an each every daily weekly monthly yearly annually times in".split())


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what belongs to it, comparators aside.

    Attributes:
        start: Where the number begins.
        end: Where its last word ends.
        value: The number, in `ucum` where a unit is written.
        unit: The unit as written.
        ucum: In UCUM; None where it is not known or none is written.
        relative: What it is a multiple or a share of.
        spread: What stands after `±`.
        inclusive: What "(inclusive)" or "(exclusive)" say after it.
        days: The days of "36+6 weeks".
        plus: Whether a plus after it makes it the least number ("18+ years").
    """

    start: int
    end: int
    value: int | float
    unit: str | None = None
    ucum: str | None = None
    relative: RelativeTo | None = None
    spread: int | float | None = None
    inclusive: bool | None = None
    is_time: bool = False
    is_rate: bool = False
    says_age: bool = False
    plus: bool = False
    days: int | None = None

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the number is there."""
        return self.unit is None and self.relative is None and not self.says_age and not self.plus


def amount_at(text: str, start: int, *, rates: bool) -> Amount | None:
    """Read the amount whose number begins at `start`; `rates` takes "exacerbations per year" for a unit."""
    number = number_at(text, start)
    if number is None:
        return None
    if number.multiplies:
        doubled = double_at(text, number.end)
        return None if doubled is None else Amount(start, doubled.end, number.value, relative=doubled.relative)
    amount = Amount(start, number.end, number.value, days=number.days)
    if number.days is not None:
        amount = replace(amount, ucum="wk", is_time=True, unit=text[start : number.end])
    if (tolerance := _TOLERANCE.match(text, number.end)) is not None:
        amount = _with_spread(amount, text, tolerance.end())
    plus = _PLUS.match(text, amount.end)
    after_plus = plus.end() if plus is not None else amount.end
    compared = multiple_at(text, amount.end)
    if compared is not None:
        return replace(amount, end=compared.end, relative=compared.relative)
    unit = unit_at(text, after_plus)
    if unit is None or (rates and not unit.is_time and not _is_timed(unit)):
        rate = rate_at(text, unit.end if unit else after_plus) if rates else None
        if rate is not None and not (unit is not None and _names_a_drug(unit, rate)):
            unit = replace(rate, text=text[after_plus : rate.end].strip())
    if unit is None:
        bare_plus = plus is not None and number.value >= _SMALLEST_BARE_PLUS
        return _finished(replace(amount, end=after_plus, plus=True) if bare_plus else amount, text)
    if unit.is_time and plus is None and _PART_OF_A_NAME.match(text, unit.end):
        return None
    return _with_unit(replace(amount, end=unit.end, plus=plus is not None), unit, text)


def _is_timed(unit: UnitWriting) -> bool:
    """Tell whether a unit says a time already ("mL/min")."""
    return unit.ucum is not None and _TIMED.search(unit.ucum) is not None


def _names_a_drug(unit: UnitWriting, rate: UnitWriting) -> bool:
    """Tell whether what is "counted" after a dose's unit is the drug: "10 mg prednisone per day"."""
    return unit.ucum in DOSE_UNITS and not rate.text.startswith("/") and rate.text.split()[0].lower() not in _PER


def _with_spread(amount: Amount, text: str, at: int) -> Amount:
    """Add the number after `±`; as it is where that is a share of it."""
    number = number_at(text, at)
    if number is None or text[number.end : number.end + 2].strip().startswith("%"):
        return amount
    end = number.end + (text[amount.end : at].count("(") and text[number.end : number.end + 1] == ")")
    return replace(amount, end=end, spread=number.value)


def with_time(amount: Amount, unit: UnitWriting, text: str) -> Amount:
    """Add a unit of time that does not stand right after its number, with the words that make it an age."""
    return _finished(replace(amount, unit=unit.text, ucum=unit.ucum, is_time=True), text)


def _with_unit(amount: Amount, unit: UnitWriting, text: str) -> Amount:
    amount = replace(amount, unit=unit.text, ucum=unit.ucum, is_time=unit.is_time, is_rate=unit.is_rate)
    if unit.is_time:
        if (dotted := _PLURAL_OR_DOT.match(text, amount.end)) is not None:
            amount = replace(amount, end=dotted.end())
        amount = _compound(amount, text)
        amount = replace(amount, says_age=unit.text.lower() in AGE_UNITS)
    elif unit.ucum == "%" and (share := share_at(text, amount.end)) is not None:
        amount = replace(amount, end=share.end, relative=share.relative)
    return _finished(amount, text)


def _compound(amount: Amount, text: str) -> Amount:
    """Add the smaller unit of "2 years and 6 months"."""
    gap = _NEXT_TIME.match(text, amount.end)
    number = number_at(text, gap.end()) if gap is not None else None
    unit = unit_at(text, number.end) if number is not None else None
    if (
        number is None
        or unit is None
        or amount.days is not None
        or isinstance(amount.value, float)
        or not isinstance(number.value, int)
    ):
        return amount
    times = SMALLER.get((amount.ucum or "", unit.ucum or ""))
    if times is None or not 0 <= number.value < times:
        return amount
    if number.value == 0:
        return replace(amount, end=unit.end)
    writing = text[amount.start : unit.end]
    unit_words = re.sub(r"^\d+\s?", "", writing)
    return replace(amount, end=unit.end, value=amount.value * times + number.value, ucum=unit.ucum, unit=unit_words)


def _finished(amount: Amount, text: str) -> Amount:
    """Add the words after the unit: those of an age, a plus, whether the number itself is allowed."""
    if (amount.unit is None or amount.is_time) and (age := _AGE.match(text, amount.end)) is not None:
        amount = replace(amount, end=age.end(), says_age=True)
    if amount.unit is not None and not amount.plus and (plus := _PLUS.match(text, amount.end)) is not None:
        amount = replace(amount, end=plus.end(), plus=True)
    if (match := _INCLUSIVE.match(text, amount.end)) is not None:
        amount = replace(amount, end=match.end(), inclusive=bool(match["inside"] or match["in"]))
        if amount.unit is None and not amount.says_age and (unit := unit_at(text, amount.end)) is not None:
            return _with_unit(replace(amount, end=unit.end), unit, text)
    return amount


def value_and_unit(amount: Amount, *, in_days: bool) -> tuple[int | float, str | None]:
    """Return the number and its UCUM unit; of "36+6 weeks" the days, and other weeks in days beside them."""
    if in_days and amount.ucum == "wk":
        days = (amount.days or 0) + amount.value * 7
        return days, "d"
    return amount.value, amount.ucum


def spread_bounds(amount: Amount) -> tuple[int | float, int | float]:
    """Return the bounds of "70 ± 5"."""
    value, spread = Decimal(str(amount.value)), Decimal(str(amount.spread))
    low, high = value - spread, value + spread
    return _plain(low), _plain(high)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
