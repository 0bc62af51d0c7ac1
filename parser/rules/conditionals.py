"""Criteria for some people only: "For subjects with diabetes: HbA1c < 10 %", "Women of childbearing potential must …".

Everybody else meets such a criterion: an inclusion takes whom it is not for or who fulfils it, an exclusion keeps out
whom it is for and who fulfils it (JSON contract, section 3, "If A then B").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from parser.models.rules import Not, Rule
from parser.rules.announcing import is_generic
from parser.rules.context import Context, all_of, any_of, not_
from parser.rules.units import Unit

_FOR = frozenset(("for", "in", "among"))
_IF = frozenset(("if", "when"))
#: Words after the people for whom alone the rest is asked.
_OBLIGING = frozenset(("must", "should", "need", "shall", "agree", "agrees"))
#: Kinds of unit before the people spoken of.
_BEFORE_PEOPLE = frozenset(("article", "qualifier", "word"))
_ENDS_A_CONDITION = frozenset(("colon", "separator"))

Read = Callable[[list[Unit], Context], Rule]


def read_conditional(row: list[Unit], context: Context, read: Read) -> Rule | None:
    """Read a criterion that begins with whom it is for.

    Args:
        row: Its units.
        context: Where it stands.
        read: Reads a stretch of units as a criterion of its own.

    Returns:
        None when the criterion is for everybody.
    """
    split = _colon_or_comma(row) or _obliged(row)
    if split is None:
        return None
    condition, rest = split
    if is_generic(" ".join(unit.text for unit in rest)):
        return None  # a list head: what follows it is asked
    who = read(condition, replace(context, kind="inclusion", denied=False))
    what = read(rest, context)
    if context.kind == "exclusion":
        return all_of([who, what])
    return any_of([who.rule if isinstance(who, Not) else not_(who, []), what])


def _colon_or_comma(row: list[Unit]) -> tuple[list[Unit], list[Unit]] | None:
    """Split "for subjects with diabetes: …" and "if …, …" at the end of the condition."""
    first = row[0]
    if first.kind != "word" or first.value not in _FOR | _IF:
        return None
    if first.value in _FOR and not _speaks_of_people(row[1:4]):
        return None
    depth = 0
    for index, unit in enumerate(row):
        depth += (unit.kind == "open") - (unit.kind == "close")
        ends = unit.kind == "colon" or (unit.kind == "separator" and unit.value == "comma")
        if depth == 0 and ends and index > 1:
            return (row[1:index], row[index + 1 :]) if row[index + 1 :] else None
    return None


def _speaks_of_people(units: list[Unit]) -> bool:
    for unit in units:
        if unit.kind in ("population", "sex"):
            return True
        if unit.kind not in _BEFORE_PEOPLE:
            return False
    return False


def _obliged(row: list[Unit]) -> tuple[list[Unit], list[Unit]] | None:
    """Split "women of childbearing potential must …": a sex, or who can become pregnant, before what they must do."""
    named = False
    for index, unit in enumerate(row):
        if unit.kind == "word" and unit.value in _OBLIGING:
            rest = row[index + 1 :]
            return (row[:index], rest) if named and rest else None
        if unit.kind == "negation" and unit.text.lower().split()[0] in _OBLIGING:
            return (row[:index], row[index:]) if named else None
        if unit.text.lower() == "required" and named and row[index + 1 :]:
            return row[:index], row[index + 1 :]
        named = named or unit.kind == "sex" or (unit.kind == "narrowing" and _speaks_of_people(row[:index]))
        if unit.kind in ("separator", "colon", "stop", "quantity") and unit.value not in ("or", "and"):
            return None
    return None
