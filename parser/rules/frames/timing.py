"""When something was and how long it lasted: the windows and the duration that stand after it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypedDict

from parser.models.rules import AllOf, AnyOf, Condition, Observation, Rule, Treatment
from parser.models.values import Range, Window
from parser.nlp.components.phrases.patterns import PARTICIPLES
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
    while (unit := cursor.take("window") or (cursor.take("duration") if timing.duration is None else None)) is not None:
        timing.add(unit)
    return timing


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
