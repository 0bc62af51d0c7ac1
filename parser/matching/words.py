"""Results and qualifiers in words: which mean the same, and which exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parser.matching.identity import same_words
from parser.matching.kleene import Truth, every, some
from parser.normalize.numbers import parse_number, parse_roman

#: Groups of words that exclude each other; words divided by | mean the same.
_GROUPS: tuple[tuple[str, ...], ...] = (
    (
        "positive|pos|+|reactive|detected|present|yes|mutant|mutated",
        "negative|neg|-|nonreactive|undetected|not detected|absent|no|wild type|wildtype|wt|unmutated",
        "indeterminate|equivocal|inconclusive",
    ),
    ("high|elevated|increased|raised", "normal", "low|reduced|decreased"),
    ("methylated", "unmethylated"),
    ("msi-h|msi-high", "msi-l|msi-low", "mss|stable"),
    ("dmmr|deficient", "pmmr|proficient"),
    ("mild", "moderate", "severe"),
    ("acute", "chronic"),
    ("controlled|well controlled", "uncontrolled|poorly controlled"),
    ("stable", "unstable"),
    ("active", "inactive"),
    ("symptomatic", "asymptomatic"),
    ("left", "right"),
    ("benign", "malignant"),
    ("resectable", "unresectable"),
    ("treated", "untreated"),
    ("never", "former|previous", "current"),
)
_STAGE = re.compile(r"(?:stage )?(?P<number>0|iv|i{1,3}|[1-4])(?: ?(?P<letter>[a-d])(?P<more>[1-3]?))?")
_GRADE = re.compile(r"(?:grade |class |level )?(?P<code>\d{1,2}|[ivx]{1,4}|[a-e])\+?")


def _key(word: str) -> str:
    """Return what writings of one result share; a sign alone stays."""
    text = word.strip().lower()
    return text if text in ("+", "-") else same_words(text.replace("_", " "))


def _table() -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for group, words in enumerate(_GROUPS):
        for place, writings in enumerate(words):
            for writing in writings.split("|"):
                found.setdefault(_key(writing), []).append((group, place))
    return found


_PLACES = _table()


def says(recorded: str, asked: str) -> Truth:
    """Tell whether a result or qualifier on record is the one asked for; None where the words do not tell.

    Examples:
        >>> says("Reactive", "positive"), says("mild", "severe"), says("IIIA", "III"), says("brisk", "severe")
        (True, False, True, None)
    """
    mine, theirs = _key(recorded), _key(asked)
    if mine == theirs:
        return True
    for decide in (_by_groups, _by_stage, _by_code):
        known, truth = decide(mine, theirs)
        if known:
            return truth
    return None


def _by_groups(mine: str, theirs: str) -> tuple[bool, Truth]:
    places = dict(_PLACES.get(theirs, ()))
    shared = [(place, places[group]) for group, place in _PLACES.get(mine, ()) if group in places]
    return bool(shared), any(one == other for one, other in shared)


def _by_stage(mine: str, theirs: str) -> tuple[bool, Truth]:
    """Stages of tumours: IIIB is a kind of III, and III may be IIIB."""
    one, other = _STAGE.fullmatch(mine), _STAGE.fullmatch(theirs)
    if not one or not other or not (one["letter"] or other["letter"]):
        return False, None
    steps = [(_arabic(one["number"]), _arabic(other["number"]))]
    steps += [(one[part] or "", other[part] or "") for part in ("letter", "more")]
    for recorded, asked in steps:
        if not asked:
            return True, True
        if recorded != asked:
            return True, None if not recorded else False
    return True, True


def _arabic(number: str) -> str:
    return str(parse_roman(number) or number)


def _by_code(mine: str, theirs: str) -> tuple[bool, Truth]:
    """Grades and classes: numbers and letters that differ are different ones."""
    one, other = _GRADE.fullmatch(mine), _GRADE.fullmatch(theirs)
    if not one or not other:
        return False, None
    return True, _arabic(one["code"]) == _arabic(other["code"])


def any_says(recorded: Iterable[str], asked: Iterable[str]) -> Truth:
    """Tell whether any result on record is any of those asked for; None where there is none on record."""
    asked = list(asked)
    found = [says(mine, theirs) for mine in recorded for theirs in asked]
    return some(found) if found else None


def all_apply(recorded: Iterable[str], asked: Iterable[str]) -> Truth:
    """Tell whether all qualifiers asked for are on record; false where one is that excludes another."""
    recorded = list(recorded)
    return every(_applies([says(mine, each) for mine in recorded]) for each in asked)


def _applies(found: list[Truth]) -> Truth:
    if True in found:
        return True
    return False if False in found else None


def number_said(results: Iterable[str]) -> int | float | None:
    """Return the number that a result in words is (`III`, `2+`); None where there is none, or several."""
    numbers = {_number(result) for result in results}
    return numbers.pop() if len(numbers) == 1 else None


def _number(result: str) -> int | float | None:
    text = result.strip().rstrip("+")
    roman = parse_roman(text)
    return roman if roman is not None else parse_number(text)
