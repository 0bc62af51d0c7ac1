"""Scope headings: lines that limit what follows to a cohort, part, visit or group, and are no criteria."""

from __future__ import annotations

import re

from parser.models.eligibility import Scope, ScopeType
from parser.outline.scope_words import AFTERWARDS, AROUND, NAMED, NUMBERED

_ID = r"(?:\d{1,2}[a-z]?|[a-z]\d{0,2}|[ivx]{1,4})"
_IDS = rf"(?:{_ID}(?:(?:\s?(?:,|/|&|\+|-|–)\s?|\s(?:and|or|to|through)\s|, and ){_ID}\b)*)"
#: Between noun and identifier: `Part A`, `Cohort #1`, `Group2`; the s of "groups" is no identifier.
_LINK = r"(?:\s(?:#\s?|no\.?\s)?|#|(?=\d))"
_BRACKET = r"(?:\s?[(\[][^()\[\]]{1,60}[)\]])"
_TAIL = rf"(?:\s{AFTERWARDS})*"
_LONGEST = 90


def _numbered(words: tuple[str, ...]) -> str:
    return "|".join(words)


_NUMBERED = {
    kind: re.compile(
        rf"(?:{AROUND}\s)*(?:\w+\s)?(?:{_numbered(words)}){_LINK}(?P<ids>{_IDS}){_BRACKET}?{_TAIL}{_BRACKET}?"
    )
    for kind, words in NUMBERED.items()
}
_NAMED = {kind: re.compile(rf"(?:{AROUND}\s)*(?:{'|'.join(words)}){_BRACKET}?{_TAIL}") for kind, words in NAMED.items()}
_EVERYBODY = re.compile(
    rf"(?:{AROUND}\s)*(?:all|both|either|any)\s(?:(?:of|the|study|\d)\s)*"
    rf"(?:parts?|cohorts?|arms?|groups?|phases?|patients?|subjects?|participants?|stages?|visits?)"
    rf"(?:\s(?:of|the|study|trial|this))*"
)
_FIRST_ID = re.compile(_ID)


def is_everybody(phrase: str) -> bool:
    """Tell whether a lower-case phrase limits to nobody in particular: "all 3 parts of study"."""
    return _EVERYBODY.fullmatch(phrase) is not None


def read_scope(phrase: str, words: str) -> Scope | None:
    """Read a phrase that is nothing but a scope.

    Args:
        phrase: The phrase in lower case with single blanks, without its colon.
        words: The same words as written.

    Returns:
        The scope with the words as written, or None where the phrase says anything else.
    """
    if not phrase or len(phrase) > _LONGEST:
        return None
    for kind, pattern in _NUMBERED.items():
        if (match := pattern.fullmatch(phrase)) is not None:
            return Scope(text=words, type=kind, ids=_ids(match["ids"]))
    for kind, pattern in _NAMED.items():
        if pattern.fullmatch(phrase) is not None:
            return Scope(text=words, type=kind, ids=ids_in(phrase))
    return None


def is_numbered(scope: Scope) -> bool:
    """Tell whether the scope names its part by number or letter, which no criterion does."""
    return bool(scope.ids)


def scope_type_of(phrase: str) -> ScopeType:
    """Say what kind of limit a phrase sets that is known to be one: "for the sepsis cohort"."""
    for kind, words in NUMBERED.items():
        if kind != "period" and re.search(rf"\b(?:{_numbered(words)})\b", phrase):
            return kind
    for kind in ("part", "phase", "period"):
        if any(re.search(rf"\b(?:{words})\b", phrase) for words in NAMED[kind]):
            return kind
    return "period" if re.search(r"\b(?:visit|screening|baseline|randomi[sz]ation)\b", phrase) else "group"


def ids_in(phrase: str) -> list[str]:
    """Return the identifiers after the numbered noun of a phrase, in capitals."""
    for words in NUMBERED.values():
        match = re.search(rf"\b(?:{_numbered(words)})\s(?P<ids>{_IDS})(?!\w)", phrase)
        if match is not None:
            return _ids(match["ids"])
    return []


def _ids(listed: str) -> list[str]:
    plain = re.sub(r"\b(?:and|or|to|through)\b", " ", listed)
    return [match[0].upper() for match in _FIRST_ID.finditer(plain)]
