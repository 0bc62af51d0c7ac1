"""Whether a number on record lies in a range, in any units that can be converted into each other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from parser.matching.extents import Extent
from parser.matching.kleene import Truth, every
from parser.matching.moments import completed, length_in, not_after, shifted
from parser.matching.participant import Amount, Measured, ObservationFact
from parser.models.values import Number, Range
from parser.normalize.conversions import Analyte, convert, scale
from parser.normalize.units import unit_of

_TEMPERATURES: dict[str, tuple[Fraction, Fraction]] = {
    # degrees Celsius are (number - first) * second
    "Cel": (Fraction(0), Fraction(1)),
    "[degF]": (Fraction(32), Fraction(5, 9)),
    "K": (Fraction("273.15"), Fraction(1)),
}
#: Days that a month can have: how many days a number of months is depends on which they are.
_MONTH_DAYS = (Fraction(28), Fraction(31))
_MONTHS, _SECONDS = (("month", 1),), (("second", 1),)
_SECONDS_A_DAY = 86400


@dataclass(frozen=True, slots=True)
class Between:
    """A number that is known to lie between two others; None is no bound, an open bound is not reached."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def above(self, bound: Fraction, inclusive: bool) -> Truth:
        """Tell whether the number is at least `bound`, or more if that is not included."""
        if self.low is not None and (self.low > bound or (self.low == bound and (inclusive or self.low_open))):
            return True
        beyond = self.high is not None and (
            self.high < bound or (self.high == bound and (not inclusive or self.high_open))
        )
        return False if beyond else None

    def below(self, bound: Fraction, inclusive: bool) -> Truth:
        """Tell whether the number is at most `bound`, or less if that is not included."""
        return self.mirrored().above(-bound, inclusive)

    def mirrored(self) -> Between:
        """Return the number with its sign changed."""
        low, high = self.low, self.high
        return Between(None if high is None else -high, None if low is None else -low, self.high_open, self.low_open)

    def times(self, least: Fraction, most: Fraction | None = None) -> Between:
        """Return a multiple by a positive factor, which need not be known exactly."""
        factors = (least, least if most is None else most)
        low = None if self.low is None else min(self.low * factor for factor in factors)
        high = None if self.high is None else max(self.high * factor for factor in factors)
        return Between(low, high, self.low_open, self.high_open)


def exactly(number: Number | Fraction) -> Between:
    """Return a number that is known."""
    exact = Fraction(str(number))
    return Between(exact, exact)


def between(number: Amount) -> Between:
    """Return an amount's number; on one side of it only, where the laboratory gives a limit."""
    exact = Fraction(str(number.value))
    if number.comparator is None:
        return Between(exact, exact)
    is_open = len(number.comparator) == 1
    if number.comparator.startswith("<"):
        return Between(None, exact, high_open=is_open)
    return Between(exact, None, low_open=is_open)


def in_range(number: Between, limits: Range) -> Truth:
    """Tell whether a number lies in a range of the same unit. Nothing lies surely in a range that states no bound."""
    if limits.low is None and limits.high is None:
        return None
    truths: list[Truth] = []
    if limits.low is not None:
        truths.append(number.above(Fraction(str(limits.low)), limits.low_inclusive is not False))
    if limits.high is not None:
        truths.append(number.below(Fraction(str(limits.high)), limits.high_inclusive is not False))
    return every(truths)


# --- units -----------------------------------------------------------------------------------------------------------


def ucum_of(unit: str | None) -> str | None:
    """Return a unit as written in UCUM, empty where there is none; None where it cannot be read.

    Points of a score are no unit: a number of them needs none.

    Examples:
        >>> ucum_of("g/dl"), ucum_of("10*9/L"), ucum_of(None), ucum_of("points"), ucum_of("hogsheads")
        ('g/dL', '10*9/L', '', '', None)
    """
    if not unit or not unit.strip():
        return ""
    known = unit_of(unit)
    ucum = known.ucum if known else unit
    if ucum in ("{score}", "1"):
        return ""
    return ucum if ucum in _TEMPERATURES or scale(ucum) is not None else None


def range_ucum(limits: Range) -> str | None:
    """Return a range's unit in UCUM, empty where it has none; None where it cannot be read."""
    return ucum_of(limits.ucum or limits.unit)


def amount_in_range(amount: Amount, limits: Range, analyte: Analyte | None = None) -> Truth:
    """Tell whether an amount lies in a range; None where their units cannot be converted into each other."""
    mine, theirs = ucum_of(amount.unit), range_ucum(limits)
    if mine is None or theirs is None:
        return None
    number = between(amount)
    if mine == theirs:
        return in_range(number, limits)
    same = _in_unit(number, mine, theirs)
    if same is not None:
        return in_range(same, limits)
    return _by_conversion(amount, mine, limits, theirs, analyte)


def _in_unit(number: Between, ucum: str, target: str) -> Between | None:
    """Return a number in another unit of its kind; None where there is no factor between them."""
    if ucum in _TEMPERATURES and target in _TEMPERATURES:
        low, high = (_degrees(bound, ucum, target) for bound in (number.low, number.high))
        return Between(low, high, number.low_open, number.high_open)
    one, other = (scale(unit) if unit else None for unit in (ucum, target))
    if one is None or other is None:
        return None
    if one.kind == other.kind:
        return number.times(one.factor / other.factor)
    day = Fraction(_SECONDS_A_DAY)
    if (one.kind, other.kind) == (_MONTHS, _SECONDS):
        return number.times(*(one.factor * days * day / other.factor for days in _MONTH_DAYS))
    if (one.kind, other.kind) == (_SECONDS, _MONTHS):
        return number.times(*(one.factor / (days * day * other.factor) for days in reversed(_MONTH_DAYS)))
    return None


def _degrees(bound: Fraction | None, ucum: str, target: str) -> Fraction | None:
    if bound is None:
        return None
    (zero, degree), (their_zero, their_degree) = _TEMPERATURES[ucum], _TEMPERATURES[target]
    return (bound - zero) * degree / their_degree + their_zero


def _by_conversion(amount: Amount, ucum: str, limits: Range, target: str, analyte: Analyte | None) -> Truth:
    """Compare through what is measured: mass and amount of substance, units of an enzyme."""
    if not ucum or not target or analyte is None:
        return None
    value = convert(amount.value, ucum, target, analyte)
    if value is not None:
        return in_range(between(amount.model_copy(update={"value": value})), limits)
    low, high = (
        None if bound is None else convert(bound, target, ucum, analyte) for bound in (limits.low, limits.high)
    )
    if (low is None) != (limits.low is None) or (high is None) != (limits.high is None):
        return None
    return in_range(between(amount), limits.model_copy(update={"low": low, "high": high}))


# --- measured numbers ------------------------------------------------------------------------------------------------


def measured_in_range(fact: Measured | ObservationFact, limits: Range, analyte: Analyte | None = None) -> Truth:
    """Tell whether what was measured lies in a range, which may be of multiples of a reference."""
    if fact.amount is None:
        return None
    relative = fact.relative_to if isinstance(fact, Measured) else None
    if limits.relative_to is None:
        return amount_in_range(fact.amount, limits, analyte) if relative is None else None
    if limits.relative_to == "other":
        return None
    share = _share(range_ucum(limits))
    if relative is not None:
        if relative != limits.relative_to:
            return None
        mine = _share(ucum_of(fact.amount.unit))
        if share is None or mine is None:
            return amount_in_range(fact.amount, limits, analyte)
        return in_range(between(fact.amount).times(mine / share), limits)
    reference = fact.references.get(limits.relative_to) if isinstance(fact, Measured) else None
    if share is None or reference is None:
        return None
    return _of_reference(between(fact.amount), Fraction(str(reference)) * share, limits)


def _share(ucum: str | None) -> Fraction | None:
    """Return what one of a unit of multiples is: 1 without a unit, a hundredth of `%`; None of other units."""
    return {"": Fraction(1), "%": Fraction(1, 100)}.get(ucum) if ucum is not None else None


def _of_reference(number: Between, one: Fraction, limits: Range) -> Truth:
    """Tell whether a number lies in a range of multiples of `one`."""
    return in_range(number.times(1 / one), limits) if one > 0 else None


# --- time ------------------------------------------------------------------------------------------------------------


def lasts(what: Extent, limits: Range) -> Truth:
    """Tell whether what began and ended so lasted as long as a range says, by the calendar."""
    ucum = range_ucum(limits)
    if not ucum or limits.relative_to is not None or (limits.low is None and limits.high is None):
        return None
    days = what.on_days()
    truths: list[Truth] = []
    for bound, inclusive, is_low in (
        (limits.low, limits.low_inclusive, True),
        (limits.high, limits.high_inclusive, False),
    ):
        if bound is None:
            continue
        by = length_in(Fraction(str(bound)), ucum)
        if by is None:
            return None
        within = what if by.on_clock else days
        limit, strictly = shifted(within.start, by, 1), inclusive is False
        pair = (limit, within.end) if is_low else (within.end, limit)
        truths.append(not_after(*pair, strictly=strictly))
    return every(truths)


def aged(born: Extent, until: Extent, limits: Range) -> Truth:
    """Tell whether an age in completed units lies in a range. Parts of a year are counted in months."""
    ucum = range_ucum(limits)
    if not ucum or limits.relative_to is not None:
        return None
    factor = 1
    if ucum == "a" and any(isinstance(b, float) and not b.is_integer() for b in (limits.low, limits.high)):
        ucum, factor = "mo", 12
    least = completed(ucum, born.start.latest, until.start.earliest)
    most = completed(ucum, born.start.earliest, until.start.latest)
    if least is None or most is None:
        return None
    return in_range(Between(Fraction(least, factor), Fraction(most, factor)), limits)
