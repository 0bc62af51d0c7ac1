"""Pregnancy, breastfeeding and plans for them, alone or as a list."""

from __future__ import annotations

from parser.models.rules import Reproductive, Rule, Sex
from parser.rules.context import SURE, Context, all_of
from parser.rules.units import Cursor, Unit

_LINKS = ("are", "is", "be", "who", "currently")


def reproductive(cursor: Cursor, context: Context) -> Rule | None:
    """Read one state, or several that are listed, with the windows after them.

    A window that looks ahead belongs to the plan alone: "pregnancy or plans for pregnancy within the next year".
    """
    states, separators = [_state(cursor)], []
    if states[0] is None:
        return None
    while (pair := cursor.attempt(lambda: _next_state(cursor))) is not None:
        separators.append(pair[0].value)
        states.append(pair[1])
    women = cursor.take("sex", "female")
    windows = cursor.take_all("window")
    rules: list[Rule] = []
    for state in states:
        assert state is not None
        when = [window for window in windows if state.value == "planning_pregnancy" or window.data.relation == "at"]
        rules.append(_atom(state, when, context))
    if windows and not any(getattr(rule, "when", None) for rule in rules):
        return None
    joined = context.join(rules, separators)
    if women is None or joined is None:
        return joined
    sex = Sex(value="female", spans=context.spans(women), confidence=SURE)
    return all_of([sex, joined])


def _state(cursor: Cursor) -> Unit | None:
    cursor.take_all("word", *_LINKS)
    cursor.take("status", "current")
    return cursor.take("reproductive")


def _next_state(cursor: Cursor) -> tuple[Unit, Unit] | None:
    separator = cursor.take("separator", "comma", "or", "and")
    state = _state(cursor) if separator else None
    return (separator, state) if separator and state else None


def _atom(state: Unit, windows: list[Unit], context: Context) -> Rule:
    when = [window.data for window in windows]
    if state.value == "planning_pregnancy":
        # a plan lies ahead: a bare "within a year" is the year to come
        when = [
            window.model_copy(update={"relation": "after"}) if window.anchor == "unstated" else window
            for window in when
        ]
    return Reproductive.model_validate(
        {"state": state.value, "when": when, "spans": context.spans(state, *windows), "confidence": SURE}
    )
