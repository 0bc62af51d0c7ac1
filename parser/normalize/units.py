"""Units as criteria write them, in UCUM (https://ucum.org/ucum).

`unit_of` reads one writing, `unit_pattern` finds writings in a text: a unit alone ("mg"), a quotient of any two or
three ("mL/min/1.73 m2", "cells per cubic millimeter"), a power of ten over a volume or mass ("x 10^9/L", "K/µL"). What
the words are lies in `unit_writings`; how one unit becomes another in `conversions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from parser.normalize.conversions import Scale, canonical, in_canonical_unit, with_canonical
from parser.normalize.unit_writings import CASED, COUNTED, FREE, OFTEN, POWERS, TIME, UNDER

__all__ = [
    "DOSE_UNITS",
    "UNITS",
    "Scale",
    "Unit",
    "canonical",
    "in_canonical_unit",
    "unit_of",
    "unit_pattern",
    "with_canonical",
]

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


def _writings(row: str) -> list[str]:
    return [writing.strip() for writing in row.split("|")]


#: Units that may stand alone, by writing, lower case. Quotients are not listed: see `unit_of`.
UNITS: dict[str, Unit] = {
    **{writing: Unit(ucum) for ucum, row in FREE for writing in _writings(row)},
    **{writing: Unit(ucum, "time", iso) for ucum, iso, row in TIME for writing in _writings(row)},
}

# --- finding ---------------------------------------------------------------------------------------------------------

#: Characters, each with what may follow it; "" ends a word.
_Tree = dict[str, "_Tree"]


def _tree(words: Iterable[str]) -> _Tree:
    root: _Tree = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return root


def _branches(node: _Tree) -> str:
    """Return a pattern for a tree, which reads each character once however many words begin with it."""
    branches = [
        (r"[\s-]?" if char == " " else re.escape(char)) + _branches(rest) for char, rest in node.items() if char
    ]
    if "" in node:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for whole words, not for the beginnings of longer ones ("g" of "g%", "year" of "year(s)")."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    named = [word for word in ordered if word[-1].isalnum()]
    signs = [word for word in ordered if not word[-1].isalnum()]
    kinds = [rf"{_branches(_tree(named))}(?![^\W_]|\s?%|\([s23]\))"] if named else []
    kinds += [_branches(_tree(signs))] if signs else []
    return f"(?:{'|'.join(kinds)})"


def _column(rows: Iterable[tuple[object, str]]) -> list[str]:
    return [writing for _, row in rows for writing in _writings(row)]


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

#: "10^9", "10*9", "10e9", "10⁹", "10(9)", "109" and "10 9" that lost their superscript, "E9".
_POWER = r"(?:10\s?(?:(?:\^|\*\*?|e|\(|\^\(|\^\{)\s?\+?\d{1,2}[)}]?|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|(?:12|[34569])(?!\d))|e\d{1,2})"
_TIMES = r"(?:[x×*✕ⅹ·∙]\s?)"


@cache
def unit_pattern() -> str:
    """Return a pattern that finds a unit right after its number, for `re.IGNORECASE`; `unit_of` reads what it matches.

    It has no groups, and never matches nothing.
    """
    over = rf"(?:\s?/\s?|\sper\s)\(?{_any_of(_column(UNDER))}\)?"
    rate = rf"(?:{over}|\s{_any_of(_column(OFTEN))})"
    power = rf"(?:{_TIMES}?{_POWER}|{_any_of(_column(POWERS))})\s?"
    # a unit does not begin within a word, and the "s" of "1990s" is no second
    return (
        rf"(?<![^\W\d_])(?:(?:{power})?(?:{_any_of(_column(COUNTED))})?{rate}{{1,3}}"
        rf"|(?!(?<=\d\d\d\d)s)(?:{_any_of(UNITS)}|(?-i:METs|METS|pM|T(?=/[Ll]))\b){rate}{{0,3}})"
    )


# --- reading ---------------------------------------------------------------------------------------------------------


def _key(writing: str) -> str:
    """Return what writings of the same unit share: lower case, one micro sign, no blanks and hyphens."""
    return re.sub(r"[\s-]", "", writing.lower().replace("μ", "µ"))


def _table(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {_key(writing): ucum for ucum, row in rows for writing in _writings(row)}


_ALONE_BY_KEY = {_key(writing): unit for writing, unit in UNITS.items()}
_COUNTED_BY_KEY = _table(COUNTED)
_UNDER_BY_KEY = _table(UNDER)
_OFTEN_BY_KEY = _table(OFTEN)
_POWERS_BY_KEY = {_key(writing): power for power, row in POWERS for writing in _writings(row)}
#: Volumes: units of activity over them are a laboratory's, over anything else a dose's.
_VOLUMES = frozenset(("L", "dL", "mL", "uL"))

_LEADING_POWER = re.compile(rf"{_TIMES}?(?P<power>{_POWER})\s?(?=[^\d])", re.IGNORECASE)
_SPLIT = re.compile(r"\s?/\s?|\sper\s")
_ADVERB = re.compile(rf"\s({_any_of(_column(OFTEN))})\Z")


@lru_cache(maxsize=4096)
def unit_of(writing: str) -> Unit | None:
    """Read a unit in any of its writings; None when the words are no unit.

    Examples:
        >>> unit_of("x 10^9/L").ucum, unit_of("milligrams per deciliter").ucum, unit_of("cells/mm³").ucum
        ('10*9/L', 'mg/dL', '/mm3')
        >>> unit_of("years").dimension, unit_of("patients")
        ('time', None)
    """
    words = " ".join(writing.split())
    cased = CASED.get(words.replace("μ", "µ"))
    if cased is not None:
        return Unit(cased)
    alone = _ALONE_BY_KEY.get(_key(words))
    if alone is not None:
        return alone
    ucum = _quotient(words.lower().replace("μ", "µ"))
    return Unit(ucum) if ucum else None


def _quotient(words: str) -> str | None:
    """Return the UCUM code of a numerator and its denominators; None when a part is not known."""
    power, words = _power(words)
    adverb = _ADVERB.search(words)
    if adverb:
        words = words[: adverb.start()]
    first, *rest = _SPLIT.split(words if words[:1] in ("/", "") else " " + words)
    if words.startswith("per "):
        first, rest = "", [words.removeprefix("per ")]
    below = [_UNDER_BY_KEY.get(_key(part.strip("() ") if part.lstrip().startswith("(") else part)) for part in rest]
    if adverb:
        below.append(_OFTEN_BY_KEY[_key(adverb[1])])
    if not below or None in below:
        return None
    denominators = [part for part in below if part]
    above = _numerator(_key(first), power, denominators[0])
    return None if above is None else "/".join([above, *denominators])


def _power(words: str) -> tuple[str, str]:
    """Return the power of ten that a unit begins with, in UCUM, and the words after it."""
    match = _LEADING_POWER.match(words)
    if match is None:
        return "", words
    digits = re.sub(r"\D", "", match["power"].translate(_SUPERSCRIPTS))
    exponent = digits if match["power"].startswith("e") else digits.removeprefix("10")
    return f"10*{int(exponent)}", words[match.end() :]


def _numerator(key: str, power: str, below: str) -> str | None:
    """Return what stands above the fraction line, empty for mere numbers; None when it is not known."""
    if not power and key in _POWERS_BY_KEY:
        return f"10*{_POWERS_BY_KEY[key]}"
    ucum = "" if not key else _COUNTED_BY_KEY.get(key)
    if ucum is None:
        unit = _ALONE_BY_KEY.get(key)
        ucum = unit.ucum if unit is not None else None
    if ucum == "{units}" and below in _VOLUMES:
        ucum = "U"
    if ucum is None or not power:
        return ucum
    return f"{power}.{ucum}" if ucum else power


#: Units in which doses are given: a bound in them is a dose more often than a measurement.
DOSE_UNITS = frozenset(("mg", "ug", "g", "mg/d", "g/d", "ug/d", "mg/kg", "mg/kg/d", "ug/kg", "mg/m2", "mg/wk", "mL"))
