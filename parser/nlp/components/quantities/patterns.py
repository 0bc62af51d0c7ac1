"""How criteria bound a number. Data only."""

from __future__ import annotations

from typing import Literal

Side = Literal["low", "high"]

#: Comparator before its number: which bound it gives, and whether the number itself is allowed.
BEFORE: dict[str, tuple[Side, bool]] = {
    **dict.fromkeys(("≥", ">=", "=>", ">/=", "≧"), ("low", True)),
    **dict.fromkeys(
        ("at least", "no less than", "not less than", "a minimum of", "minimum of", "minimum"), ("low", True)
    ),
    **dict.fromkeys(("greater than or equal to", "more than or equal to", "equal to or greater than"), ("low", True)),
    **dict.fromkeys(
        (">", "＞", "more than", "greater than", "over", "above", "exceeding", "older than"), ("low", False)
    ),
    **dict.fromkeys(("≤", "<=", "=<", "</=", "≦", "at most", "up to", "a maximum of", "maximum of"), ("high", True)),
    **dict.fromkeys(("no more than", "not more than", "no greater than", "not greater than"), ("high", True)),
    **dict.fromkeys(("not exceeding", "less than or equal to", "equal to or less than"), ("high", True)),
    **dict.fromkeys(
        ("<", "＜", "less than", "below", "under", "younger than", "fewer than", "lower than"), ("high", False)
    ),
}

#: Comparator after its number and unit.
AFTER: dict[str, tuple[Side, bool]] = {
    **dict.fromkeys(
        ("or older", "and older", "or over", "and over", "or above", "and above", "or more"), ("low", True)
    ),
    **dict.fromkeys(("and more", "or greater", "or higher", "and higher", "or longer", "+"), ("low", True)),
    **dict.fromkeys(("or younger", "and younger", "or less", "and less", "or below", "and below"), ("high", True)),
    **dict.fromkeys(("or fewer", "or lower", "or under", "and under"), ("high", True)),
}

#: What follows a unit of time and says that the number is an age.
AGE_WORDS = ("old", "of age", "-old")

#: Between the two numbers of a range.
TO = ("-", "–", "—", "‐", "‑", "to", "~", "through")
