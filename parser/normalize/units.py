"""Units as criteria write them, in UCUM (https://ucum.org/ucum).

One row a unit: the UCUM code, whether it measures time, and the writings, lower case. Longer writings are tried
first by the reader. Only units whose UCUM code is certain stand here. `in_canonical_unit` repeats a range in the
canonical unit of its quantity, where the conversion is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from parser.models.values import CanonicalRange, Number, Range

Dimension = Literal["time", "other"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    Attributes:
        ucum: Its UCUM code, case sensitive.
        dimension: Whether it measures time.
        duration: The ISO 8601 designator of a time unit, `Y` for years to `TM` for minutes.
    """

    ucum: str
    dimension: Dimension = "other"
    duration: str = ""


_TIME: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("a", "Y", ("years", "year", "yrs", "yr", "y", "yo")),
    ("mo", "M", ("months", "month", "mos", "mo")),
    ("wk", "W", ("weeks", "week", "wks", "wk")),
    ("d", "D", ("days", "day", "d")),
    ("h", "TH", ("hours", "hour", "hrs", "hr", "h")),
    ("min", "TM", ("minutes", "minute", "mins")),
)

_OTHER: tuple[tuple[str, str], ...] = (
    ("%", "% | percent | per cent"),
    ("kg/m2", "kg/m2 | kg/m² | kg/m^2 | kg/sqm | kg per square meter | kilogram per square meter"),
    ("kg/m2", "kilograms per square meter | kilograms per square metre"),
    ("kg", "kg | kgs | kilograms | kilogram"),
    ("g", "g | grams | gram"),
    ("mg", "mg | milligrams | milligram"),
    ("ug", "µg | μg | mcg"),
    ("[lb_av]", "lb | lbs | pounds"),
    ("m", "meters | metres"),
    ("cm", "cm | centimeters | centimetres"),
    ("mm", "mm | millimeters | millimetres"),
    ("cm2", "cm2 | cm²"),
    ("um", "µm | μm | um | microns | micron | micrometers | micrometres"),
    ("[in_i]", "inches | inch"),
    ("s", "seconds | second | secs | sec"),
    ("fL", "fl"),
    ("L", "liters | litres | l"),
    ("{score}", "points"),
    ("mL", "ml | cc | milliliters | millilitres"),
    ("mm[Hg]", "mmhg | mm hg"),
    ("kPa", "kpa"),
    ("ms", "msec | ms | milliseconds"),
    ("Cel", "°c | ℃ | ° c | ºc | º c | degrees celsius"),
    ("deg", "° | degrees"),
    ("[diop]", "diopters | dioptres | diopter"),
    ("[ppm]", "ppm"),
    ("Gy", "gy"),
    ("dB", "db | decibel | decibels"),
    (
        "/min",
        "bpm | beats per minute | beats/min | breaths/min | breaths per minute | /min | breaths/minute | beats/minute",
    ),
    ("g/dL", "g/dl | gm/dl | gr/dl | gm % | gm%"),
    ("g/L", "g/l | gm/l"),
    ("mg/dL", "mg/dl | mg/100ml | mg/100 ml"),
    ("mg/L", "mg/l"),
    ("ng/dL", "ng/dl"),
    ("ug/dL", "µg/dl | μg/dl | ug/dl | mcg/dl"),
    ("ug/L", "µg/l | μg/l | ug/l | mcg/l"),
    ("ug/mL", "µg/ml | μg/ml | ug/ml | mcg/ml"),
    ("ng/mL", "ng/ml"),
    ("ng/L", "ng/l"),
    ("pg/mL", "pg/ml"),
    ("umol/L", "µmol/l | μmol/l | umol/l"),
    ("mmol/L", "mmol/l"),
    ("nmol/L", "nmol/l"),
    ("pmol/L", "pmol/l"),
    ("mmol/mol", "mmol/mol"),
    ("meq/L", "meq/l"),
    ("[IU]/L", "iu/l"),
    ("[IU]/mL", "iu/ml"),
    ("m[IU]/mL", "miu/ml"),
    ("m[IU]/L", "miu/l | mu/l"),
    ("u[IU]/mL", "µiu/ml | μiu/ml | uiu/ml | µu/ml | μu/ml | uu/ml"),
    ("U/L", "u/l"),
    ("{copies}/mL", "copies/ml"),
    ("mL/min", "ml/min | ml/minute | cc/min | milliliters per minute"),
    ("mL/min/{1.73_m2}", "ml/min/1.73m2 | ml/min/1.73 m2 | ml/min/1.73m² | ml/min/1.73 m² | ml/min/1.73 m^2"),
    ("mL/min/{1.73_m2}", "ml/minute/1.73 m2 | ml/minute/1.73m2 | ml/minute/1.73 m² | ml/minute/1.73m²"),
    ("mL/min/{1.73_m2}", "ml/min per 1.73 m2 | ml/min per 1.73 m² | ml/min/1.73m^2"),
    ("mg/g", "mg/g"),
    ("mg/kg", "mg/kg"),
    ("mg/m2", "mg/m2 | mg/m²"),
    ("g/m2", "g/m2 | g/m²"),
    ("mg/d", "mg/day | mg/d | mg per day | mg daily"),
    ("g/d", "g/day | g/24h | g/24 h | g per day"),
    ("/mm3", "/mm3 | /mm³ | /mm^3 | cells/mm3 | cells/mm³ | per mm3"),
    ("/uL", "/µl | /μl | /ul | cells/µl | cells/μl | cells/ul | /mcl | /microliter | /microlitre"),
    ("10*3/uL", "k/µl | k/μl | k/ul | k/mm3 | x 10^3/µl | x 10^3/μl | x 10^3/ul | x10^3/ul | 10^3/ul"),
    ("10*9/L", "x10^9/l | x 10^9/l | ×10^9/l | × 10^9/l | x 10⁹/l | × 10⁹/l | ×10⁹/l | x 109/l | x109/l | ×109/l"),
    ("10*9/L", "109/l | × 109/l | *10^9/l | * 10^9/l | *109/l | * 109/l | 10^9/l | 10⁹/l | x10e9/l | x 10e9/l"),
    ("10*12/L", "x10^12/l | x 10^12/l | × 10^12/l | x 1012/l"),
)

#: Unit by its writing, lower case.
UNITS: dict[str, Unit] = {
    **{writing: Unit(ucum, "time", iso) for ucum, iso, writings in _TIME for writing in writings},
    **{writing.strip(): Unit(ucum) for ucum, writings in _OTHER for writing in writings.split("|")},
}

#: How many of the second unit one of the first is, where that is exact (UCUM, tables 5 and 6).
FACTORS: dict[tuple[str, str], Fraction] = {
    ("mo", "a"): Fraction(1, 12),
    ("wk", "d"): Fraction(7),
    ("h", "d"): Fraction(1, 24),
    ("min", "h"): Fraction(1, 60),
}


def in_canonical_unit(limits: Range, ucum: str) -> Range:
    """Return the range with its bounds repeated in the canonical unit `ucum`; as it is where that is not exact.

    Examples:
        >>> in_canonical_unit(Range(low=6, high=18, unit="months", ucum="mo"), "a").canonical
        CanonicalRange(low=0.5, high=1.5, ucum='a')
    """
    factor = Fraction(1) if limits.ucum == ucum else FACTORS.get((limits.ucum or "", ucum))
    if factor is None or limits.relative_to is not None:
        return limits
    bounds = [None if bound is None else _exact(bound, factor) for bound in (limits.low, limits.high)]
    if bounds == [None, None] or bounds.count(None) != [limits.low, limits.high].count(None):
        return limits
    return limits.model_copy(update={"canonical": CanonicalRange(low=bounds[0], high=bounds[1], ucum=ucum)})


def _exact(bound: Number, factor: Fraction) -> Number | None:
    """Return `bound * factor` where a decimal number says it exactly; None otherwise."""
    product = Fraction(str(bound)) * factor
    if product.denominator == 1:
        return int(product)
    decimal = round(float(product), 6)
    return decimal if Fraction(str(decimal)) == product else None


#: Units in which doses are given: a bound in them is a dose more often than a measurement.
DOSE_UNITS = frozenset(("mg", "ug", "g", "mg/d", "g/d", "mg/kg", "mg/m2", "mL"))
