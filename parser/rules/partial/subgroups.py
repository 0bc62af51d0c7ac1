"""Limits that do not hold for everybody: "unless Gilbert's syndrome", "(≤ 5 x ULN if liver metastases)".

What follows the limit names some people by a fact. They need not meet it (a waiver), alone must meet it, or have a
limit of their own. Nothing is read here unless the fact is; the words else stay beside the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parser.models.rules import AllOf, AnyOf, Biomarker, Condition, Measurement, Rule, Sex, Treatment, atoms
from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.rules.context import GUESS, Context, all_of, any_of, not_
from parser.rules.partial.clauses import Element, Group, Island, flat
from parser.rules.things import measure
from parser.rules.units import Cursor, Unit

#: Exceptions that name people whom a limit does not bind; "other than" takes occurrences out instead.
_WAIVING = frozenset(
    ("unless", "except", "except for", "except if", "with the exception of", "excluding", "apart from", "exception of")
)
#: The same after something that is no limit.
_WAIVING_FACTS = frozenset(("unless",))
_IF = frozenset("if when".split())
_OF_PEOPLE = frozenset("in for among".split())
#: Words before a fact that say no more than that somebody has it.
_BEFORE_A_FACT = frozenset(
    "in for if the a an any patient patients subject subjects participant participants individual individuals with "
    "who that there is are has have having had presence case cases of documented known setting they he she".split()
)
#: The same behind it.
_AFTER_A_FACT = frozenset("is are present exist exists documented known involved".split())


def condition_at(elements: Sequence[Element]) -> int | None:
    """Return where in a clause the words begin that say for whom its limit holds; None where there are none."""
    for index, element in enumerate(elements):
        units = list(flat([element])) if isinstance(element, Group) else list(flat(elements[index : index + 3]))
        is_last = index == len(elements) - 1
        if index and not isinstance(element, Island) and units and (is_last or not isinstance(element, Group)):
            at = 1 if isinstance(element, Group) and units[0].kind == "quantity" else 0
            if _opens(units[at:]):
                return index
    return None


def under_condition(base: Rule, elements: Sequence[Element], context: Context) -> Rule | None:
    """Return what stands before such words with what they say of it.

    Args:
        base: What the words before them say.
        elements: The words: a limit of these people's own, if they have one, and who they are.
        context: Of the criterion.

    Returns:
        None where the words are not understood.
    """
    units = list(flat(elements))
    own = units[0] if units and units[0].kind == "quantity" else None
    rest = units[1:] if own is not None else units
    if not _opens(rest):
        return None
    fact = _fact(rest[1:], context)
    if fact is None:
        return None
    if own is not None:
        return _with_own_limit(base, own, fact, context)
    excludes = context.kind == "exclusion" or context.denied
    if rest[0].kind == "exception":
        is_limit = all(isinstance(atom, Measurement) for atom in atoms(base))
        if rest[0].text.lower() not in (_WAIVING if is_limit else _WAIVING_FACTS):
            return None
        return all_of([base, not_(fact, [])]) if excludes else any_of([base, fact])
    return all_of([fact, base]) if excludes else any_of([not_(fact, []), base])


def _opens(units: Sequence[Unit]) -> bool:
    """Tell whether units begin with words that say for whom: an exception, "if", "in patients with"."""
    if len(units) < 2:
        return False
    first = units[0]
    if first.kind == "exception":
        return first.text.lower() in _WAIVING
    if first.value in _IF:
        return True
    return first.value in _OF_PEOPLE and (
        units[1].kind in ("population", "sex") or units[1].value in ("the", "presence")
    )


def _fact(units: list[Unit], context: Context) -> Rule | None:
    """Read the fact that names the people; None where it is not understood, or guessed."""
    while units and (units[0].text.lower() in _BEFORE_A_FACT or units[0].kind in ("population", "article", "intro")):
        units = units[1:]
    while units and (units[-1].text.lower() in _AFTER_A_FACT):
        units = units[:-1]
    if not units:
        return None
    said = {unit.value for unit in units if unit.kind == "separator"}
    cursor = Cursor(units)
    rules = context.read_list(cursor, replace(context, expects="Condition", denied=False))
    if not rules or not cursor.done or "and" in said:
        return None
    known = (Condition, Treatment, Biomarker, Sex)
    if not all(isinstance(rule, known) and rule.confidence > GUESS for rule in rules):
        return None
    return any_of(rules)


def _with_own_limit(base: Rule, own: Unit, fact: Rule, context: Context) -> Rule | None:
    """Join a limit with that of some people: as an alternative where it takes in more, else in its place."""
    quantity: Quantity = own.data
    measured = [atom for atom in atoms(base) if isinstance(atom, Measurement) and atom.range is not None]
    if quantity.is_time or quantity.is_age or len(measured) != len(list(atoms(base))):
        return None
    wider = [_is_wider(quantity.range, atom.range) for atom in measured if atom.range is not None]
    if not wider or None in wider or len(set(wider)) > 1:
        return None
    other = _measured_otherwise(base, quantity.range, own, context)
    usual = base if wider[0] else all_of([not_(fact, []), base])
    return any_of([usual, all_of([fact, other])])


def _is_wider(own: Range, usual: Range) -> bool | None:
    """Tell whether a range takes in more than another with a bound on the same side; None where that is not known."""
    if own.high is not None and usual.high is not None and own.low is None and usual.low is None:
        return own.high >= usual.high
    if own.low is not None and usual.low is not None and own.high is None and usual.high is None:
        return own.low <= usual.low
    return None


def _measured_otherwise(rule: Rule, limits: Range, own: Unit, context: Context) -> Rule:
    """Return the same measurements with another limit."""
    if isinstance(rule, AllOf | AnyOf):
        parts = [_measured_otherwise(part, limits, own, context) for part in rule.rules]
        return rule.model_copy(update={"rules": parts})
    assert isinstance(rule, Measurement)
    assert rule.range is not None
    if limits.unit is None and limits.relative_to is None:
        limits = limits.model_copy(update={"relative_to": rule.range.relative_to})
    fields = {"aspect": rule.aspect, "when": rule.when, "method": rule.method}
    spans = [*rule.spans[:1], *context.spans(own)]
    return measure(rule.concept.text, limits, **fields, spans=spans, confidence=rule.confidence)
