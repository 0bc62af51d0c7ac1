"""Where a list ends whose items look like everything after it: flat lists, with a head in their middle.

Such a list has no sign of its end, but its items have. What this module says is likely and not sure, except where
connectors or semicolons say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.outline.heading_words import PEOPLE

_CONNECTOR_ENDINGS = (" or", " and", " OR", " AND", "/or", "/OR", " or;", " or,", " OR,")
_JOINING = ("and ", "or ", "or,", "and,")
_FEW = 2
_PEOPLE_FIRST = re.compile(
    rf"(?:(?:all|any|the|female|male|pregnant|adult|eligible|heterosexually active|sexually active)\s)*{PEOPLE}\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_BOUND = re.compile(
    r"[<>≥≤=]|\bULN\b|\d\s?%|/(?:d?L|mm|mcL|[uµμ]L)\b|upper limit|greater than|less than|at least \d", re.IGNORECASE
)
#: Words that exclusion criteria begin with, and exceptions from one hardly ever do.
_OPENINGS = frozenset(
    """
    active any clinically concomitant concurrent current evidence has have having history inability judgment known major
    participation participating pregnancy pregnant presence previous prior receipt received receiving severe
    significant treatment unable uncontrolled unresolved unwilling use
    """.split()
)


def says_end(items: Sequence[str], following: str) -> bool:
    """Tell whether punctuation shows that the last of these items ends its list: "A; or", "B", or "A;", "B."."""
    if len(items) < _FEW or _joins(following):
        return False
    before, last = _ending(items[-2]), _ending(items[-1])
    if before == "connector":
        return last in ("", "point")
    return before == "comma" and last == "point" and _ending(following) != "comma"


def is_likely_over(head: str, items: Sequence[str], following: str) -> bool:
    """Tell whether a criterion is likely none of a head's items.

    Args:
        head: The head's words.
        items: Words of the items that are its own.
        following: Words of the criterion after them.
    """
    if _joins(following) or _ending(items[-1]) in ("connector", "comma"):
        return False
    first = items[0]
    opening = _words(following)
    return (
        (len(items) >= _FEW and _joins(items[-1]))
        or (opening == _words(head) and opening != _words(first))
        or (_PEOPLE_FIRST.match(following) is not None and _PEOPLE_FIRST.match(first) is None)
        or ("informed consent" in following.lower() and "informed consent" not in first.lower())
        or (_DIGIT.search(following) is None and _is_measured(items))
        or ("except" in head.lower() and opening[0] in _OPENINGS and opening[0] != _words(first)[0])
    )


def _is_measured(items: Sequence[str]) -> bool:
    """Tell whether all items have a number, or a bound where they are but two."""
    if len(items) < _FEW:
        return False
    return all(map(_BOUND.search if len(items) == _FEW else _DIGIT.search, items))


def _joins(words: str) -> bool:
    return words[:4].lower().startswith(_JOINING)


def _words(text: str) -> tuple[str, ...]:
    """Return the first two words in lower case."""
    return tuple([*text.lower().split(None, 2)[:2], "", ""][:2])


def _ending(words: str) -> str:
    """Say how an item ends: with a connector, a comma or semicolon, a point, or none of these."""
    if words.endswith(_CONNECTOR_ENDINGS):
        return "connector"
    return "comma" if words[-1:] in ",;" else "point" if words[-1:] == "." else ""
