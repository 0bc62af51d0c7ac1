"""When something was and how long it lasted: the windows and the duration that stand after it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypedDict

from parser.models.rules import (
    AllOf,
    AnyOf,
    Condition,
    Observation,
    Reproductive,
    Requirement,
    Rule,
    Treatment,
)
from parser.models.values import Range, Window
from parser.nlp.components.phrases.patterns import PARTICIPLES
from parser.rules.context import Context
from parser.rules.units import Cursor, Unit


class TimeFields(TypedDict, total=False):
    """The fields of an atom that hold time."""

    when: list[Window]
    duration: Range | None


#: Units of time in ISO 8601 durations, by UCUM.
_ISO = {"a": "P{}Y", "mo": "P{}M", "wk": "P{}W", "d": "P{}D", "h": "PT{}H", "min": "PT{}M"}


@dataclass(slots=True)
class Timing:
    """What stands after a fact and places it in time.

    Attributes:
        units: The words.
        when: The windows.
        duration: How long it lasted.
    """

    units: list[Unit] = field(default_factory=list)
    when: list[Window] = field(default_factory=list)
    duration: Range | None = None

    def add(self, unit: Unit) -> None:
        """Take a window or duration in."""
        self.units.append(unit)
        if unit.kind == "duration":
            self.duration = unit.data
        else:
            self.when.append(unit.data)

    def extend(self, other: Timing) -> None:
        """Take in what stands further on."""
        self.units.extend(other.units)
        self.when.extend(other.when)
        self.duration = other.duration or self.duration

    def fields(self) -> TimeFields:
        """Return the fields that it gives an atom."""
        fields: TimeFields = {"when": self.when}
        if self.duration is not None:
            fields["duration"] = self.duration
        return fields


def read_timing(cursor: Cursor) -> Timing:
    """Read the windows that follow, and one duration among them; a participle may lead to them ("diagnosed within")."""
    timing = Timing()
    participle = cursor.attempt(lambda: _participle(cursor))
    if participle is not None:
        timing.units.append(participle)
        first = cursor.take("window") or cursor.take("duration")
        assert first is not None, "a participle is read only before a time"
        timing.add(_of_diagnosis(first) if participle.text.lower() == "diagnosed" else first)
    _read_into(timing, cursor)
    inside = cursor.attempt(lambda: times_in_bracket(cursor))
    if inside is not None:
        _read_into(timing, inside)
        _read_into(timing, cursor)
    return timing


def _read_into(timing: Timing, cursor: Cursor) -> None:
    while (unit := cursor.take("window") or (_duration(cursor) if timing.duration is None else None)) is not None:
        timing.add(unit)


def times_in_bracket(cursor: Cursor) -> Cursor | None:
    """Pass a bracket that holds nothing but windows ("(within the past month)"); return what is in it."""
    inside = cursor.take_bracket()
    if inside is None or inside.done or any(unit.kind not in ("window", "duration") for unit in inside.units):
        return None
    return inside


def _duration(cursor: Cursor) -> Unit | None:
    """Read a duration, or "for" and a length of time."""
    return cursor.take("duration") or cursor.attempt(lambda: _for_so_long(cursor))


def _for_so_long(cursor: Cursor) -> Unit | None:
    length = cursor.take("quantity") if cursor.take("word", "for") else None
    if length is None or not length.data.is_time or length.data.is_age:
        return None
    return replace(length, kind="duration", data=length.data.range)


def _participle(cursor: Cursor) -> Unit | None:
    """Pass "that was diagnosed" where a time follows; return the participle."""
    cursor.take("narrowing") or cursor.take("word", "that", "which")
    cursor.take_all("word", "was", "were", "is", "are", "has", "have", "had", "been")
    unit = cursor.peek()
    if unit is None or unit.kind not in ("word", "intro") or unit.text.lower() not in PARTICIPLES:
        return None
    cursor.at += 1
    return unit if cursor.sees("window") or cursor.sees("duration") else None


def _of_diagnosis(unit: Unit) -> Unit:
    if unit.kind != "window" or unit.data.of != "occurrence":
        return unit
    return replace(unit, data=unit.data.model_copy(update={"of": "diagnosis"}))


def at_another_time(rule: Rule, window: Unit, status: Unit | None, context: Context) -> Rule | None:
    """Return the same fact in another window: "within 3 days before dosing or during the study", "or planned within".

    Args:
        rule: Dated facts.
        window: Where else they may lie.
        status: What else they may be there; None where it is not said again.
        context: Of the criterion.

    Returns:
        None where nothing in the rule has a window.
    """
    if isinstance(rule, AllOf | AnyOf):
        parts = [at_another_time(part, window, status, context) for part in rule.rules]
        told = [part for part in parts if part is not None]
        return rule.model_copy(update={"rules": told}) if len(told) == len(parts) else None
    if not isinstance(rule, Condition | Treatment | Observation | Reproductive | Requirement) or not rule.when:
        return None
    said = [window, *([status] if status is not None else [])]
    update: dict[str, Any] = {"when": [window.data], "spans": [*rule.spans, *context.spans(*said)]}
    if status is not None:
        update["status"] = [status.value]
        if status.value == "planned" and window.data.relation == "before" and window.data.anchor == "unstated":
            update["when"] = [window.data.model_copy(update={"relation": "after"})]
    return rule.model_copy(update=update)


def iso_length(number: float, ucum: str | None) -> str | None:
    """Return a length of time in ISO 8601; None where the unit is none of time."""
    form = _ISO.get(ucum or "")
    return form.format(number) if form is not None else None


def free_of(rule: Rule) -> Rule:
    """Return what is denied, "no X for at least 6 weeks before screening" as X in those 6 weeks.

    What is denied for a time is X at any moment of it, not an X that lasts so long.
    """
    if isinstance(rule, AllOf | AnyOf):
        return rule.model_copy(update={"rules": [free_of(part) for part in rule.rules]})
    if not isinstance(rule, Condition | Treatment | Observation):
        return rule
    length = rule.duration
    least = iso_length(length.low, length.ucum) if length is not None and length.low is not None else None
    if least is None or len(rule.when) > 1:
        return rule
    before = rule.when[0] if rule.when else Window(relation="before")
    if before.relation != "before" or before.min or before.max:
        return rule
    free = before.model_copy(update={"max": least, "max_inclusive": True})
    return rule.model_copy(update={"when": [free], "duration": None})
