"""Ages that the law sets, without a number: "of legal age in their country", "has reached the age of majority"."""

from __future__ import annotations

from parser.models.rules import Age, Rule
from parser.rules.context import SURE, Context
from parser.rules.frames.openings import opens
from parser.rules.units import Cursor, Unit

_BEFORE = frozenset("of over above at has have must be reached attained aged the who is are being".split())
_LEGAL = frozenset(("legal", "lawful", "legal adult", "statutory"))
_NAMES = frozenset(("majority", "consent", "legal majority"))
#: Words after it that say whose law.
_WHOSE = frozenset(
    """
    in their his her the of to by law laws local according for country countries region jurisdiction state residence
    where which they live consent give informed respective site study country's national own
    """.split()
)


@opens("age")
def of_legal_age(cursor: Cursor, context: Context) -> Rule | None:
    """Read an age without a number; None where a number follows."""
    begun = cursor.at
    while (unit := cursor.peek()) is not None and unit.text.lower() in _BEFORE:
        cursor.at += 1
    legal = cursor.take("phrase") if _is(cursor.peek(), _LEGAL) else None
    if legal is not None:
        cursor.take("population")
    named = cursor.take("age")
    if named is None or "age" not in named.text.lower():
        return None
    name = cursor.take("phrase") if _is(cursor.peek(), _NAMES) else None
    if legal is None and (name is None or name.text.lower() == "consent"):
        return None
    while (unit := cursor.peek()) is not None and set(unit.text.lower().split()) <= _WHOSE:
        cursor.at += 1
    if not (cursor.done or cursor.sees("separator") or cursor.sees("stop") or cursor.sees("close")):
        return None
    return Age(range=None, spans=context.spans(*cursor.units[begun : cursor.at]), confidence=SURE)


def _is(unit: Unit | None, words: frozenset[str]) -> bool:
    return unit is not None and unit.kind == "phrase" and unit.text.lower() in words
