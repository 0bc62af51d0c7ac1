"""One unit into another, exactly.

Every UCUM code of our units is a product of parts; each part has a factor and a kind (UCUM tables 1 to 6). Conversions
are fractions, so that 9 g/dL is 90 g/L and never 89.999. Where a decimal number does not say the result exactly, there
is none. Two things that look convertible are not: millimetres of mercury and pascals (UCUM and the convention differ in
the sixth digit), and HbA1c in % and in mmol/mol (two scales of two methods).

Amount of substance and mass are converted for analytes whose molar mass is stated, rounded to four significant digits,
because a molar mass is itself rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from parser.models.values import CanonicalRange, Number, Range


class Analyte(Protocol):
    """What a conversion asks of a thing that is measured: see `parser.vocabulary.measurements.Measured`."""

    @property
    def kind(self) -> str:
        """`laboratory`, `score`, …."""

    @property
    def unit(self) -> str:
        """Its canonical unit in UCUM, empty when it has none."""

    @property
    def molar_mass(self) -> float | None:
        """Grams a mole, where mass and amount of substance may stand for each other."""

    @property
    def charge(self) -> int | None:
        """Equivalents a mole, of ions."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit as a multiple of the base units of its kind.

    Attributes:
        factor: How many base units one of it is.
        kind: Base units with their exponents, in alphabetical order.
    """

    factor: Fraction
    kind: tuple[tuple[str, int], ...]


_ONE: tuple[tuple[str, int], ...] = ()

#: UCUM atoms without prefix: factor and base unit with exponent. Years and months are a kind of their own: how many
#: days they have depends on which they are.
_ATOMS: dict[str, tuple[Fraction, tuple[tuple[str, int], ...]]] = {
    "a": (Fraction(12), (("month", 1),)),
    "mo": (Fraction(1), (("month", 1),)),
    "wk": (Fraction(604800), (("second", 1),)),
    "d": (Fraction(86400), (("second", 1),)),
    "h": (Fraction(3600), (("second", 1),)),
    "min": (Fraction(60), (("second", 1),)),
    "s": (Fraction(1), (("second", 1),)),
    "g": (Fraction(1), (("gram", 1),)),
    "[lb_av]": (Fraction("453.59237"), (("gram", 1),)),
    "m": (Fraction(1), (("meter", 1),)),
    "[in_i]": (Fraction("0.0254"), (("meter", 1),)),
    "[ft_i]": (Fraction("0.3048"), (("meter", 1),)),
    "L": (Fraction(1, 1000), (("meter", 3),)),
    "[foz_us]": (Fraction("0.0000295735295625"), (("meter", 3),)),
    "mol": (Fraction(1), (("mole", 1),)),
    "eq": (Fraction(1), (("equivalent", 1),)),
    "osm": (Fraction(1), (("osmole", 1),)),
    "kat": (Fraction(1), (("katal", 1),)),
    "U": (Fraction(1, 60_000_000), (("katal", 1),)),
    "[IU]": (Fraction(1), (("international unit", 1),)),
    "Pa": (Fraction(1), (("pascal", 1),)),
    "m[Hg]": (Fraction(1), (("mercury", 1),)),
    "m[H2O]": (Fraction(1), (("water", 1),)),
    "Gy": (Fraction(1), (("gray", 1),)),
    "Sv": (Fraction(1), (("sievert", 1),)),
    "Bq": (Fraction(1), (("becquerel", 1),)),
    "Ci": (Fraction(37_000_000_000), (("becquerel", 1),)),
    "V": (Fraction(1), (("volt", 1),)),
    "A": (Fraction(1), (("ampere", 1),)),
    "Hz": (Fraction(1), (("second", -1),)),
    "%": (Fraction(1, 100), _ONE),
    "[ppth]": (Fraction(1, 1000), _ONE),
    "[ppm]": (Fraction(1, 1_000_000), _ONE),
    "[ppb]": (Fraction(1, 1_000_000_000), _ONE),
    "1": (Fraction(1), _ONE),
}

_PREFIXES = {"k": 3, "M": 6, "G": 9, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15}
_METRIC = frozenset("g m L mol eq osm kat U [IU] Pa m[Hg] m[H2O] Gy Sv Bq Ci V A Hz s".split())

_PART = re.compile(r"(?P<unit>(?:[a-zA-Z]|\[[^\]]+\]|%)+)(?P<exponent>-?\d)?")
_POWER_OF_TEN = re.compile(r"10\*(-?\d+)")
_ANNOTATION = re.compile(r"\{[^}]*\}")


@lru_cache(maxsize=2048)
def scale(ucum: str) -> Scale | None:
    """Return what a UCUM code is a multiple of; None when a part of it is not known.

    Examples:
        >>> scale("g/dL").factor == 10 * scale("g/L").factor, scale("g/dL").kind == scale("mg/mL").kind
        (True, True)
    """
    factor, kind = Fraction(1), dict[str, int]()
    for sign, part in _parts(ucum):
        known = _atom(part)
        if known is None:
            return None
        factor *= known.factor**sign
        for base, exponent in known.kind:
            kind[base] = kind.get(base, 0) + sign * exponent
    left = tuple(sorted((base, exponent) for base, exponent in kind.items() if exponent))
    if not left and kind:
        # a ratio of like to like is no mere share: mmol/mol (of HbA1c) and % are different scales
        left = ((f"{max(kind)} ratio", 1),)
    return Scale(factor, left)


def _parts(ucum: str) -> list[tuple[int, str]]:
    """Return the parts of a code, each with 1 above the fraction line or -1 below it."""
    above, *below = ucum.split("/")
    parts = [(1, part) for part in above.split(".") if part]
    for denominator in below:
        first, *others = denominator.removeprefix("(").removesuffix(")").split(".")
        # without brackets UCUM reads from left to right: a product after a fraction line stands above it again
        sign = -1 if denominator.startswith("(") else 1
        parts += [(-1, first), *((sign, other) for other in others)]
    return parts


def _atom(part: str) -> Scale | None:
    """Return one part of a code: a number, a power of ten, an annotation, or a unit with prefix and exponent."""
    if part.isdigit():
        return Scale(Fraction(int(part)), _ONE)
    if power := _POWER_OF_TEN.fullmatch(part):
        return Scale(Fraction(10) ** int(power[1]), _ONE)
    if _ANNOTATION.fullmatch(part):
        # what is counted is kept apart: copies are not drinks, and 1.73 m² is no mere number
        return Scale(Fraction(1), ((part, 1),))
    match = _PART.fullmatch(part)
    if match is None:
        return None
    factor, kind = Fraction(1), _ATOMS.get(match["unit"])
    if kind is None and match["unit"][:1] in _PREFIXES and match["unit"][1:] in _METRIC:
        factor, kind = Fraction(10) ** _PREFIXES[match["unit"][0]], _ATOMS[match["unit"][1:]]
    if kind is None:
        return Scale(Fraction(1), ((part, 1),)) if match["unit"].startswith("[") else None
    exponent = int(match["exponent"] or 1)
    return Scale((factor * kind[0]) ** exponent, tuple((base, power * exponent) for base, power in kind[1]))


# --- the canonical unit ----------------------------------------------------------------------------------------------

#: The canonical unit of things that are not in the vocabulary, where their kind has one.
_OF_KIND: dict[tuple[tuple[str, int], ...], str] = {
    (("second", 1),): "d",
    (("meter", -3),): "10*9/L",
}
_TEMPERATURES = frozenset(("Cel", "[degF]", "K"))
#: Things that are counted in points: a number of them needs no unit.
_SCORES = frozenset(("score", "stage", "class"))


def canonical(
    low: Number | None, high: Number | None, ucum: str | None, measured: Analyte | None = None
) -> tuple[Number | None, Number | None, str] | None:
    """Return bounds in the canonical unit of what is measured; None where that cannot be said exactly.

    Args:
        low: The lower bound, as written.
        high: The upper bound, as written.
        ucum: Their unit. A score's bounds need none; other bounds without a unit have no canonical value.
        measured: What is measured. Without it, only times, temperatures and counts in a volume have a canonical unit.

    Examples:
        >>> canonical(None, 1500, "/uL")
        (None, 1.5, '10*9/L')
        >>> canonical(2, 4, "wk"), canonical(3, 4, "mo")
        ((14, 28, 'd'), None)
    """
    unit = _canonical_unit(ucum, measured)
    if unit is None or (low is None and high is None):
        return None
    bounds = [None if bound is None else convert(bound, ucum or unit, unit, measured) for bound in (low, high)]
    if (bounds[0] is None) != (low is None) or (bounds[1] is None) != (high is None):
        return None
    return bounds[0], bounds[1], unit


def _canonical_unit(ucum: str | None, measured: Analyte | None) -> str | None:
    if measured is not None and measured.unit:
        return measured.unit if ucum or measured.kind in _SCORES else None
    if ucum in _TEMPERATURES:
        return "Cel"
    known = scale(ucum) if ucum else None
    return _OF_KIND.get(known.kind) if known else None


def convert(value: Number, ucum: str, target: str, measured: Analyte | None = None) -> Number | None:
    """Return a number of one unit in another; None where the units differ in kind or no decimal is exact.

    Examples:
        >>> convert(9, "g/dL", "g/L"), convert(110, "[lb_av]", "kg"), convert(100.4, "[degF]", "Cel")
        (90, 49.8951607, 38)
        >>> convert(1, "d", "a") is None
        True
    """
    exact = Fraction(str(value))
    if ucum == target:
        return value
    if ucum in _TEMPERATURES and target == "Cel":
        return _decimal((exact - 32) * Fraction(5, 9) if ucum == "[degF]" else exact - Fraction("273.15"))
    one, other = scale(ucum), scale(target)
    if one is None or other is None:
        return None
    if one.kind == other.kind:
        return _decimal(exact * one.factor / other.factor)
    return _of_analyte(exact * one.factor / other.factor, dict(one.kind), dict(other.kind), measured)


def _of_analyte(value: Fraction, one: dict[str, int], other: dict[str, int], analyte: Analyte | None) -> Number | None:
    """Convert between kinds that one analyte makes interchangeable: mass, amount, charge, activity."""
    differ = {base: other.get(base, 0) - one.get(base, 0) for base in {*one, *other}}
    change = {base: step for base, step in differ.items() if step}
    if analyte is None:
        return None
    if analyte.molar_mass is not None and change == {"gram": 1, "mole": -1}:
        return _rounded(value * Fraction(str(analyte.molar_mass)))
    if analyte.molar_mass is not None and change == {"gram": -1, "mole": 1}:
        return _rounded(value / Fraction(str(analyte.molar_mass)))
    if analyte.charge is not None and change == {"equivalent": -1, "mole": 1}:
        return _decimal(value / analyte.charge)
    # the international unit of an enzyme is the amount that turns over one micromole a minute: UCUM's U
    if change == {"international unit": -1, "katal": 1} and analyte.unit.startswith("U/"):
        return _decimal(value * _ATOMS["U"][0])
    return None


def _decimal(value: Fraction) -> Number | None:
    """Return the number where a decimal number says it exactly; None otherwise."""
    if value.denominator == 1:
        return int(value)
    decimal = float(value)
    return decimal if Fraction(repr(decimal)) == value else None


def _rounded(value: Fraction) -> Number:
    """Return the number with four significant digits."""
    decimal = float(f"{float(value):.4g}")
    return int(decimal) if decimal.is_integer() else decimal


def with_canonical(limits: Range, measured: Analyte | None = None) -> Range:
    """Return the range with its bounds repeated in the canonical unit of what is measured, where that is exact.

    Multiples ("2 x ULN") and shares of something ("80 % of predicted") have none.

    Examples:
        >>> with_canonical(Range(low=6, unit="weeks", ucum="wk")).canonical
        CanonicalRange(low=42, high=None, ucum='d')
    """
    if limits.relative_to is not None:
        return limits
    bounds = canonical(limits.low, limits.high, limits.ucum, measured)
    if bounds is None:
        return limits
    low, high, ucum = bounds
    return limits.model_copy(update={"canonical": CanonicalRange(low=low, high=high, ucum=ucum)})


def in_canonical_unit(limits: Range, ucum: str) -> Range:
    """Return the range with its bounds repeated in the canonical unit `ucum`; as it is where that is not exact.

    Examples:
        >>> in_canonical_unit(Range(low=6, high=18, unit="months", ucum="mo"), "a").canonical
        CanonicalRange(low=0.5, high=1.5, ucum='a')
    """
    if limits.relative_to is not None or limits.ucum is None or (limits.low is None and limits.high is None):
        return limits
    low, high = (None if bound is None else convert(bound, limits.ucum, ucum) for bound in (limits.low, limits.high))
    if (low is None) != (limits.low is None) or (high is None) != (limits.high is None):
        return limits
    return limits.model_copy(update={"canonical": CanonicalRange(low=low, high=high, ucum=ucum)})
