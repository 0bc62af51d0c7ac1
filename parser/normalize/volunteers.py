"""Whether healthy people may take part, from the field that says so."""

from __future__ import annotations

import re

#: Whole fields, casefolded, punctuation as blanks.
VOLUNTEER_WORDS: dict[bool, frozenset[str]] = {
    True: frozenset(
        {
            "1",
            "accepts healthy volunteers",
            "accepted",
            "allowed",
            "healthy volunteer",
            "healthy volunteers",
            "healthy volunteers accepted",
            "healthy volunteers allowed",
            "true",
            "y",
            "yes",
        }
    ),
    False: frozenset(
        {
            "0",
            "does not accept healthy volunteers",
            "false",
            "healthy volunteers not accepted",
            "healthy volunteers not allowed",
            "n",
            "no",
            "no healthy volunteers",
            "not accepted",
            "not allowed",
        }
    ),
}
_VALUES = {words: value for value, forms in VOLUNTEER_WORDS.items() for words in forms}
_APART = re.compile(r"[^\w]+")
_LONGEST = 60


def read_healthy_volunteers(words: str) -> bool | None:
    """Return what the words of the field say; None where they say neither."""
    return _VALUES.get(" ".join(_APART.split(words.casefold())).strip()) if len(words) <= _LONGEST else None
