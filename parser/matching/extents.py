"""When facts begin and end, as exactly as the record tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from parser.matching.moments import ANY_TIME, FAR_AHEAD, LONG_AGO, Stretch, earlier, stretch
from parser.matching.participant import (
    AnyFact,
    BiomarkerFact,
    ConditionFact,
    MeasurementFact,
    Period,
    TreatmentFact,
)


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of time of which neither end need be known exactly."""

    start: Stretch
    end: Stretch

    def on_days(self) -> Extent:
        """Return it in whole days."""
        return Extent(self.start.on_days(), self.end.on_days())


def at(moment: Stretch) -> Extent:
    """Return what happens at a moment."""
    return Extent(moment, moment)


def period(between: Period) -> Extent:
    """Return the extent of a period."""
    start = ANY_TIME if between.start is None else stretch(between.start)
    end = ANY_TIME.since(start) if between.end is None else stretch(between.end)
    return Extent(start.until(end), end)


def is_once(fact: AnyFact) -> bool:
    """Tell whether a fact is of one moment."""
    return isinstance(fact, MeasurementFact | BiomarkerFact) or fact.once


def is_ongoing(fact: AnyFact) -> bool | None:
    """Tell whether a fact says that it lasts to this day."""
    return False if isinstance(fact, MeasurementFact | BiomarkerFact) else fact.ongoing


def extent(fact: AnyFact, on: Stretch) -> Extent:
    """Return when a fact began and ended, or will.

    Args:
        fact: What is on record.
        on: The day of evaluation. What is no plan and has no later date began by then.
    """
    start = _start(fact, on)
    if fact.end is not None:
        end = stretch(fact.end).since(start)
        return Extent(start.until(end), end)
    if is_once(fact):
        return at(start)
    return Extent(start, _open_end(fact, start, on))


def _start(fact: AnyFact, on: Stretch) -> Stretch:
    if fact.start is not None:
        start = stretch(fact.start)
    elif fact.standing == "planned":
        return Stretch(on.latest + timedelta(microseconds=1), FAR_AHEAD.latest)
    elif isinstance(fact, ConditionFact) and fact.diagnosed is not None:
        # what is diagnosed has begun
        start = Stretch(LONG_AGO.earliest, stretch(fact.diagnosed).latest)
    elif isinstance(fact, TreatmentFact) and fact.last_dose is not None:
        start = Stretch(LONG_AGO.earliest, stretch(fact.last_dose).latest)
    else:
        start = ANY_TIME
    return start if fact.standing == "planned" else start.until(on)


def _open_end(fact: AnyFact, start: Stretch, on: Stretch) -> Stretch:
    """Return when a fact without an end may end."""
    ongoing = is_ongoing(fact)
    if isinstance(fact, TreatmentFact) and fact.last_dose is not None:
        last = stretch(fact.last_dose)
        return last if ongoing is False else Stretch(last.earliest, FAR_AHEAD.latest)
    if ongoing and start.earliest <= on.latest:
        return FAR_AHEAD if fact.standing == "actual" else Stretch(start.earliest, FAR_AHEAD.latest)
    if ongoing is False:
        return Stretch(start.earliest, max(start.earliest, on.latest))
    return Stretch(start.earliest, FAR_AHEAD.latest)


def last_dose(fact: AnyFact, on: Stretch) -> Stretch:
    """Return when a treatment was last given: on the day of evaluation, where it goes on."""
    if isinstance(fact, TreatmentFact) and fact.last_dose is not None:
        return stretch(fact.last_dose)
    if fact.standing == "planned":
        return Stretch(extent(fact, on).start.earliest, FAR_AHEAD.latest)
    if fact.end is None and not is_once(fact) and is_ongoing(fact):
        return on
    return earlier(extent(fact, on).end, on)


def diagnosed(fact: AnyFact, on: Stretch) -> Stretch:
    """Return when a condition was diagnosed."""
    if isinstance(fact, ConditionFact) and fact.diagnosed is not None:
        return stretch(fact.diagnosed)
    return ANY_TIME.until(on)
