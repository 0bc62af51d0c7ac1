"""What criteria measure, by name: `measured("ANC")` is the neutrophil count, with its LOINC code and canonical unit.

The names, codes and units are data: `measurements.tsv`, whose first lines say how to read it. It is read once, when
first asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from parser.vocabulary.names import WEAK, plain, read_table, words_of


@dataclass(frozen=True, slots=True)
class Measured:
    """A thing that criteria measure.

    Attributes:
        name: Its normalised name.
        kind: `laboratory`, `vital`, `function`, `imaging`, `score`, `stage`, `class`, `size`, `time` or `other`.
        synonyms: How criteria write it; `~` before one that means it only beside a number.
        loinc: Its LOINC code; None where no one code is certain.
        display: The code's long common name.
        unit: Its canonical unit in UCUM, empty where it has none.
        molar_mass: Grams a mole, where mass and amount of substance may stand for each other.
        charge: Equivalents a mole, of ions.
        other_units: Units in use besides the canonical one, in UCUM.
    """

    name: str
    kind: str
    synonyms: tuple[str, ...]
    loinc: str | None = None
    display: str | None = None
    unit: str = ""
    molar_mass: float | None = None
    charge: int | None = None
    other_units: tuple[str, ...] = ()


@cache
def table() -> tuple[Measured, ...]:
    """Return all measurements, in the order of the file."""
    return tuple(_row(cells) for cells in read_table("measurements.tsv"))


def _row(cells: list[str]) -> Measured:
    name, kind, synonyms, loinc, display, unit, molar_mass, charge, others = cells
    return Measured(
        name=name,
        kind=kind,
        synonyms=tuple(synonyms.split("|")),
        loinc=loinc or None,
        display=display or None,
        unit=unit,
        molar_mass=float(molar_mass) if molar_mass else None,
        charge=int(charge) if charge else None,
        other_units=tuple(others.split()),
    )


# --- names -----------------------------------------------------------------------------------------------------------

#: Words around a name that say how or where it was measured, not what.
BEFORE_NAMES = frozenset(
    """
    serum plasma blood peripheral venous arterial capillary whole total absolute baseline screening initial current
    recent mean median average estimated calculated measured corrected documented resting sitting seated supine
    standing fasting random morning central local laboratory clinical normal adequate a an the minimum maximum
    pretreatment predose pre post
    """.split()
)
AFTER_NAMES = frozenset(
    """
    level levels count counts value values score scores concentration concentrations result results measurement
    measurements reading readings scale test tests rating assessment status
    """.split()
)
_BRACKET = re.compile(r"^(?P<before>.*?)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*(?P<after>.*)$")


@cache
def _by_words() -> dict[tuple[str, ...], Measured]:
    """Return the measurements by the words of their names; where two share a name but for its case, the first."""
    found: dict[tuple[str, ...], Measured] = {}
    for row in table():
        for words in plain("|".join(row.synonyms)).split("|"):
            found.setdefault(tuple(words.split()), row)
    return found


@cache
def _as_written() -> dict[str, Measured]:
    """Return the measurements by the names that are only meant as written ("IgA", "IGA")."""
    names = ((synonym.removeprefix(WEAK), row) for row in table() for synonym in row.synonyms)
    return {name: row for name, row in names if name != name.lower()}


@lru_cache(maxsize=4096)
def measured(text: str) -> Measured | None:
    """Return the measurement that the words name; None when they name none.

    Case, blanks, hyphens and spelling do not matter, nor do words such as "serum", "total", "level" and "score", nor an
    abbreviation in brackets that means the same.

    Examples:
        >>> measured("Serum Creatinine levels").loinc, measured("alanine aminotransferase (ALT)").name
        ('2160-0', 'alanine aminotransferase')
        >>> measured("AST (ALT)"), measured("shoe size")
        (None, None)
    """
    exact = _as_written().get(text.strip()) or _undecorated(words_of(text))
    if exact is not None:
        return exact
    bracket = _BRACKET.match(text)
    if bracket is None:
        return _same_of_all(text.split("/"))
    outside = measured(f"{bracket['before']} {bracket['after']}".strip())
    inside = measured(bracket["inside"])
    # what stands in brackets and is no other measurement tells more about this one
    return outside if inside in (None, outside) or _shortens(bracket["inside"], bracket["before"]) else None


def _shortens(short: str, name: str) -> bool:
    """Tell whether a short form is made of the initials of a name, whatever else it may mean elsewhere."""
    return short.lower() == "".join(word[0] for word in words_of(name) if word not in BEFORE_NAMES)


def _same_of_all(names: list[str]) -> Measured | None:
    """Return the measurement that all the names mean ("AST/SGOT")."""
    rows = {_undecorated(words_of(name)) for name in names}
    return rows.pop() if len(rows) == 1 else None


def _undecorated(words: tuple[str, ...]) -> Measured | None:
    """Look words up, then without the words around the name: the fewest are left out."""
    known = _by_words()
    first = next((at for at, word in enumerate(words) if word not in BEFORE_NAMES), len(words))
    last = next((at for at in range(len(words), first, -1) if words[at - 1] not in AFTER_NAMES), first)
    cuts = [(start, end) for start in range(first + 1) for end in range(last, len(words) + 1) if start < end]
    for start, end in sorted(cuts, key=lambda cut: cut[0] - cut[1]):
        row = known.get(words[start:end])
        if row is not None:
            return row
    return None
