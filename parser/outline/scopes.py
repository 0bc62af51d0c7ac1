"""Scope headings: lines that limit what follows to a cohort, part, visit or group, and are no criteria."""

from __future__ import annotations

import re

from parser.models.eligibility import Scope, ScopeType
from parser.outline.scope_words import AFTERWARDS, AROUND, GENERAL, INLINE_NAMED, INLINE_NUMBERED, NAMED, NUMBERED

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
_NUMBERED_START = re.compile(
    rf"[\W_]*(?:{AROUND}\s+)*(?:\w+\s+)?(?:{'|'.join(word for words in NUMBERED.values() for word in words)})[\s#\d]",
    re.IGNORECASE,
)
_NAMED = {kind: re.compile(rf"(?:{AROUND}\s)*(?:{'|'.join(words)}){_BRACKET}?{_TAIL}") for kind, words in NAMED.items()}
_EVERYBODY = re.compile(
    rf"(?:{AROUND}\s)*(?:all|both|either|any)\s(?:(?:of|the|study|\d)\s)*"
    rf"(?:parts?|cohorts?|arms?|groups?|phases?|patients?|subjects?|participants?|stages?|visits?)"
    rf"(?:\s(?:of|the|study|trial|this))*{_BRACKET}?"
)
#: "Arm A:", "Cohorts 1 and 2 (expansion):" in the middle of a line.
SCOPE_LABEL = re.compile(
    rf"\b(?P<noun>{INLINE_NUMBERED})\s(?:{_ID})(?:\s?(?:,|/|&|\+|and|or)\s?{_ID}\b)*{_BRACKET}?\s?:", re.IGNORECASE
)
_INLINE = re.compile(
    rf"\W{{0,2}}(?:for (?:the )?)?"
    rf"(?:(?:{INLINE_NUMBERED})\s(?:#\s?)?{_IDS}(?:\s[\w/-]+){{0,3}}|(?P<named>{INLINE_NAMED})){_BRACKET}?"
    rf"(?:\s(?:only|cohort|arm|group|patients|subjects|participants))?\W?",
    re.IGNORECASE,
)
#: Columns within which the label of a single criterion ends.
LONGEST_INLINE_SCOPE = 60
_PEOPLE = r"(?:patients?|subjects?|participants?|volunteers?|individuals?|women|men|children|persons|people)"
_FOR_PEOPLE = re.compile(
    rf"(?:for|in)\s(?:the\s)?(?:[^,;.]{{1,50}}\s)?{_PEOPLE}"
    rf"(?:\s(?:with|in|on|aged|of|from|receiving|treated|undergoing|assigned|randomi[sz]ed|enrolled|who)\s[^;.]{{2,70}})?"
    rf"{_BRACKET}?(?:\sonly)?"
)
_ENDS_WITH_PEOPLE = re.compile(rf"(?:[^,;.:]{{1,60}}\s)?{_PEOPLE}(?:\swith\s[^,;.:]{{2,40}})?{_BRACKET}?")
_LAST_BRACKET = re.compile(r".{1,60}\s[(\[](?P<scope>[^()\[\]]{2,30})[)\]]")
_FIRST_ID = re.compile(_ID)


def may_be_numbered(line: str) -> bool:
    """Tell at a glance whether a line may be a scope with an identifier: one of the nouns is among its first words.

    Or it ends in brackets: "For healthy subjects (Cohort 2)".
    """
    if len(line) > 2 * _LONGEST:
        return False
    return line[-1] in ")]" or _NUMBERED_START.match(line) is not None


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


def read_population(phrase: str, words: str) -> Scope | None:
    """Read a phrase for the people that what follows is about: "for patients with AML".

    Args:
        phrase: The phrase in lower case with single blanks, without its colon.
        words: The same words as written.
    """
    if len(phrase) > _LONGEST or _FOR_PEOPLE.fullmatch(phrase) is None:
        return None
    return Scope(text=words, type="group", ids=ids_in(phrase))


def read_cohort_in_brackets(phrase: str, words: str) -> Scope | None:
    """Read a phrase that ends with the cohort it is the name of: "Healthy subjects (Cohort 2)"."""
    match = _LAST_BRACKET.fullmatch(phrase)
    if match is None or len(phrase) > _LONGEST:
        return None
    scope = read_scope(match["scope"], words)
    return scope if scope is not None and scope.ids and scope.type != "period" else None


def names_people(phrase: str) -> bool:
    """Tell whether a phrase is a name of people, such as "hepatic impaired participants"."""
    return len(phrase) <= _LONGEST and _ENDS_WITH_PEOPLE.fullmatch(phrase) is not None


def is_general(phrase: str) -> bool:
    """Tell whether a phrase says that what follows is about everybody again: "other", "all patients"."""
    return phrase in GENERAL or is_everybody(phrase)


def inline_scope(text: str, start: int, end: int) -> tuple[int, Scope] | None:
    """Read the scope that a criterion begins with: "Panel A: …", "DONOR: …".

    Returns:
        Where the label ends, its colon included, and the scope; None where the words are no scope.
    """
    colon = text.find(":", start, min(end, start + LONGEST_INLINE_SCOPE))
    if colon < 0 or not text[colon + 1 : end].strip():
        return None
    label = " ".join(text[start:colon].split())
    match = _INLINE.fullmatch(label)
    if match is None:
        return None
    words = label.strip("[]()*- ")
    kind: ScopeType = "group" if match["named"] else scope_type_of(words.lower())
    return colon + 1, Scope(text=words, type=kind, ids=ids_in(words.lower()))


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
