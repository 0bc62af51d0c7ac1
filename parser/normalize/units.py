"""Units as criteria write them, in UCUM (https://ucum.org/ucum).

One row a unit: the UCUM code, whether it measures time, and the writings, lower case. Longer writings are tried
first by the reader. Only units whose UCUM code is certain stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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

_OTHER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("%", ("%", "percent", "per cent")),
    ("kg/m2", ("kg/m2", "kg/m²", "kg/m^2", "kg / m2", "kilograms per square meter", "kilograms per square metre")),
    ("kg", ("kg", "kilograms", "kilogram")),
    ("g", ("g", "grams", "gram")),
    ("mg", ("mg", "milligrams", "milligram")),
    ("cm", ("cm", "centimeters", "centimetres")),
    ("mm", ("mm", "millimeters", "millimetres")),
    ("mm[Hg]", ("mmhg", "mm hg")),
    ("ms", ("msec", "ms", "milliseconds")),
    ("g/dL", ("g/dl",)),
    ("g/L", ("g/l",)),
    ("mg/dL", ("mg/dl",)),
    ("mg/L", ("mg/l",)),
    ("ng/mL", ("ng/ml",)),
    ("pg/mL", ("pg/ml",)),
    ("umol/L", ("µmol/l", "μmol/l", "umol/l")),
    ("mmol/L", ("mmol/l",)),
    ("mL/min", ("ml/min",)),
    ("mL/min/{1.73_m2}", ("ml/min/1.73m2", "ml/min/1.73 m2", "ml/min/1.73m²", "ml/min/1.73 m²", "ml/min/1.73 m^2")),
    ("[IU]/L", ("iu/l",)),
    ("U/L", ("u/l",)),
    ("/mm3", ("/mm3", "/mm³", "/mm^3", "cells/mm3", "cells/mm³")),
    ("/uL", ("/µl", "/μl", "/ul", "cells/µl", "cells/μl", "cells/ul")),
    ("10*9/L", ("x10^9/l", "x 10^9/l", "×10^9/l", "× 10^9/l", "x 10⁹/l", "× 10⁹/l", "×10⁹/l", "x 109/l", "x109/l")),
)

#: Unit by its writing, lower case.
UNITS: dict[str, Unit] = {
    **{writing: Unit(ucum, "time", iso) for ucum, iso, writings in _TIME for writing in writings},
    **{writing: Unit(ucum) for ucum, writings in _OTHER for writing in writings},
}
