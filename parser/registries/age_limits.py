"""The ages that a registry's two fields admit: the lowest, the highest, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parser.models.values import Span
from parser.normalize.ages import AgeReading, join_limits, read_age_limit
from parser.registries.record import RecordBuilder

_AGE = "/eligibility/age"


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """One limit as the source has it.

    Attributes:
        words: Number and unit, or words that say there is no limit.
        span: Where it stands on a page.
        path: Where it stands in a record.
    """

    words: str
    span: Span | None = None
    path: str | None = None


def set_age(record: RecordBuilder, low: AgeLimit | None, high: AgeLimit | None) -> None:
    """Set the ages from the two limits; a bound that is no limit is open, one that cannot be read is noted.

    Where neither gives a number, `absent` says why: `no_limit` only if every field that is there says so.
    """
    sides: tuple[tuple[Literal["low", "high"], AgeLimit | None], ...] = (("low", low), ("high", high))
    readings = [(limit, read_age_limit(limit.words, side)) for side, limit in sides if limit is not None]
    for limit, reading in readings:
        _note(record, limit, reading)
    given = [limit for limit, reading in readings if reading.range is not None]
    by_side = {side: reading.range for side, limit in sides for known, reading in readings if known is limit}
    joined = join_limits(by_side.get("low"), by_side.get("high"))
    if joined is not None:
        record.set(
            _AGE, joined, span=_around(given), path=" ".join(limit.path for limit in given if limit.path) or None
        )
    elif given:
        record.miss(_AGE, "unparseable", span=_around(given))
        found = " / ".join(limit.words for limit in given)
        record.note("unknown_value", pointer=_AGE, span=_around(given), field="age", found=found)
    elif readings:
        _miss(record, readings)


def _note(record: RecordBuilder, limit: AgeLimit, reading: AgeReading) -> None:
    if reading.unit_assumed:
        record.note("age_unit_assumed", pointer=_AGE, span=limit.span, found=limit.words)
    elif reading.reason == "unparseable":
        record.note("unknown_value", pointer=_AGE, span=limit.span, field="age", found=limit.words)


def _miss(record: RecordBuilder, readings: list[tuple[AgeLimit, AgeReading]]) -> None:
    """Note why there are no ages: the first reason that is more than the absence of a limit."""
    limit, reading = next((pair for pair in readings if pair[1].reason != "no_limit"), readings[0])
    record.miss(_AGE, reading.reason or "unparseable", span=limit.span)
    if limit.path is not None:
        record.came_from(_AGE, path=limit.path)


def _around(limits: list[AgeLimit]) -> Span | None:
    spans = [limit.span for limit in limits if limit.span is not None]
    return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None
