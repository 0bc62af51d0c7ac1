"""Pregnancy, breastfeeding and plans for them, alone or as a list."""

from __future__ import annotations

from dataclasses import dataclass

from parser.models.rules import Reproductive, Rule, Sex
from parser.rules.context import SURE, Context, all_of
from parser.rules.frames.openings import opens
from parser.rules.units import Cursor, Unit

#: Words for how sure a contraception is.
_QUALIFYING = frozenset("effective highly adequate reliable acceptable appropriate double barrier accepted".split())
#: Words for the other half of a couple.
_PARTNERS = frozenset("partner partners spouse spouses wife wives".split())
#: Words between the people and the state.
_LINKS = frozenset(
    """
    are is be who currently of with use using practice practicing practise agree agrees agreeing willing to employ must
    should will an a medically any
    """.split()
)


@opens("reproductive")
def reproductive(cursor: Cursor, context: Context) -> Rule | None:
    """Read one state, or several that are listed, with the windows after them.

    A window that looks ahead belongs to the plan alone, where there is one: "pregnancy or plans for pregnancy within
    the next year".
    """
    whose = cursor.attempt(lambda: _partners(cursor, after="whose"))
    first = _state(cursor)
    if first is None:
        return None
    states, separators = [first], []
    while (pair := cursor.attempt(lambda: _next_state(cursor))) is not None:
        separators.append(pair[0].value)
        states.append(pair[1])
    partners = whose or cursor.attempt(lambda: _partners(cursor))
    women = None if partners else cursor.take("sex", "female")
    windows = cursor.take_all("window")
    has_plan = any(state.unit.value == "planning_pregnancy" for state in states)
    rules: list[Rule] = []
    for state in states:
        is_plan = state.unit.value == "planning_pregnancy"
        when = [window for window in windows if is_plan or not has_plan or window.data.relation == "at"]
        rules.append(_atom(state, when, partners or [], context))
    joined = context.join(rules, separators)
    if women is None or joined is None:
        return joined
    sex = Sex(value="female", spans=context.spans(women), confidence=SURE)
    return all_of([sex, joined])


def _partners(cursor: Cursor, after: str | None = None) -> list[Unit] | None:
    """Read the partner whose state it is: "pregnant female partner", "whose partners are pregnant"."""
    if after is not None and cursor.take("word", after) is None:
        return None
    women = cursor.take("sex", "female")
    named = cursor.take("phrase")
    if named is None or named.text.lower() not in _PARTNERS:
        return None
    return [*([women] if women else []), named]


@dataclass(frozen=True, slots=True)
class _State:
    """A state with the words before it that qualify it ("highly effective contraception")."""

    unit: Unit
    qualifiers: list[Unit]
    statuses: list[Unit]
    certainty: list[Unit]


def _state(cursor: Cursor) -> _State | None:
    qualifiers: list[Unit] = []
    statuses: list[Unit] = []
    certainty: list[Unit] = []
    while (unit := cursor.peek()) is not None and unit.kind != "reproductive":
        if unit.kind == "qualifier" or (
            unit.kind in ("phrase", "word") and _QUALIFYING.issuperset(unit.text.lower().split())
        ):
            qualifiers.append(unit)
        elif unit.kind == "status" and unit.value in ("current", "prior", "history"):
            statuses.append(unit)
        elif unit.kind == "certainty":
            certainty.append(unit)
        elif (statuses or certainty) and _joins_cues(cursor, unit):
            pass  # "current or prior pregnancy"
        elif not (unit.kind in ("word", "article", "phrase", "narrowing") and unit.text.lower() in _LINKS):
            return None
        cursor.at += 1
    state = cursor.take("reproductive")
    return _State(state, qualifiers, statuses, certainty) if state is not None else None


def _joins_cues(cursor: Cursor, unit: Unit) -> bool:
    joins = unit.kind == "separator" and unit.value in ("or", "and")
    return joins and any(cursor.sees(kind, ahead=1) for kind in ("status", "certainty"))


def _next_state(cursor: Cursor) -> tuple[Unit, _State] | None:
    separator = cursor.take("separator", "comma", "or", "and")
    state = _state(cursor) if separator else None
    return (separator, state) if separator and state else None


def _atom(state: _State, windows: list[Unit], partners: list[Unit], context: Context) -> Rule:
    when = [window.data for window in windows]
    if state.unit.value == "planning_pregnancy":
        # a plan lies ahead: a bare "within a year" is the year to come
        when = [
            window.model_copy(update={"relation": "after"}) if window.anchor == "unstated" else window
            for window in when
        ]
    words = (*state.statuses, *state.certainty, *state.qualifiers, state.unit)
    return Reproductive.model_validate(
        {
            "state": state.unit.value,
            "status": ["history" if unit.value == "prior" else unit.value for unit in state.statuses],
            "certainty": [unit.value for unit in state.certainty],
            "qualifiers": [unit.text.lower() for unit in state.qualifiers],
            "when": when,
            "subject": "partner" if partners else None,
            "spans": context.spans(*words, *windows, *partners),
            "confidence": SURE,
        }
    )
