"""What contradicts what in a record: dates out of order, a status that the dates deny, ages unlike the criteria's."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from parser.models import Range, Trial
from parser.models.trial import EventKind, TimelineEvent
from parser.models.values import PartialDate
from parser.normalize.ages import in_one_unit

#: Code of a finding: what it means and what to do, with the two values that contradict each other.
MESSAGES: Final[dict[str, str]] = {
    "retrospective_registration": "Registered {one}, after the first participant {other}: registered retrospectively.",
    "completion_before_start": "Completion {one} lies before the start {other}. Check both dates in the registry.",
    "primary_completion_after_completion": "Primary completion {one} lies after completion {other}. Check both dates.",
    "ethics_after_start": "Ethics approval {one} lies after the start {other}. Check both dates.",
    "results_before_start": "Results posted {one} lie before the start {other}. Check both dates.",
    "status_before_start": "The status is {one}, but the start {other} is stated to have happened. Check the status.",
    "status_after_end": "The status is {one}, but the completion {other} is stated to have happened. Check the status.",
    "completed_before_end": "The status is {one}, but the completion {other} is still anticipated. Check the status.",
    "age_differs_from_text": "The {one} in the registry's field is not what the criteria say: {other}. Read the text.",
    "sex_differs_from_text": "The field admits {one}, the criteria {other}. Read the text.",
    "no_exclusion": "There are inclusion criteria only. See whether the source has the exclusion criteria elsewhere.",
    "outcome_without_time": "No primary outcome says when it is measured, which WHO asks for.",
    "contact_unreachable": "No contact has an address, a telephone number or an e-mail address.",
    "same_number_twice": "The number {one} is primary and secondary. Take the secondary one out.",
}

#: Codes of what an item lacks; the others contradict something.
LACKING: Final = frozenset({"no_exclusion", "outcome_without_time", "contact_unreachable"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with an item.

    Attributes:
        code: A key of `MESSAGES`.
        message: What contradicts what.
        pointers: Where both stand in the record.
    """

    code: str
    message: str
    pointers: list[str]


def findings(trial: Trial) -> Iterator[tuple[int, Finding]]:
    """Yield what contradicts, each with the number of the item that it is about."""
    yield from _dates(trial)
    yield from _status(trial)
    yield from _ages(trial)
    yield from _sexes(trial)
    yield from _parts(trial)


def _finding(code: str, *pointers: str, one: object = "", other: object = "") -> Finding:
    return Finding(code, MESSAGES[code].format(one=one, other=other), list(pointers))


_Dated = tuple[str, TimelineEvent, PartialDate]


def _event(trial: Trial, *kinds: EventKind) -> _Dated | None:
    """Return the first dated event of the first of the kinds that has one, with its pointer."""
    for kind in kinds:
        for at, event in enumerate(trial.timeline):
            if event.event == kind and event.date is not None:
                return f"/timeline/{at}/date", event, event.date
    return None


#: Item, code, the events of which the first must not lie before (after) the second.
_ORDER: Final[tuple[tuple[int, str, tuple[EventKind, ...], str, tuple[EventKind, ...]], ...]] = (
    (2, "retrospective_registration", ("registered", "first_posted", "first_submitted"), "after", ("start",)),
    (22, "completion_before_start", ("completion", "primary_completion"), "before", ("start", "recruitment_start")),
    (22, "primary_completion_after_completion", ("primary_completion",), "after", ("completion",)),
    (21, "ethics_after_start", ("ethics_approval",), "after", ("start", "recruitment_start")),
    (23, "results_before_start", ("results_posted",), "before", ("start", "recruitment_start")),
)


def _dates(trial: Trial) -> Iterator[tuple[int, Finding]]:
    for item, code, firsts, relation, seconds in _ORDER:
        first, second = _event(trial, *firsts), _event(trial, *seconds)
        if first is None or second is None:
            continue
        early, late = (second, first) if relation == "after" else (first, second)
        if _last_day(early[2]) < _first_day(late[2]):
            yield item, _finding(code, first[0], second[0], one=first[2].value, other=second[2].value)


def _first_day(date: PartialDate) -> str:
    return date.value + "-01-01"[len(date.value) - 4 :] if len(date.value) < 10 else date.value


def _last_day(date: PartialDate) -> str:
    if date.precision == "year":
        return f"{date.value}-12-31"
    if date.precision == "month":
        year, month = map(int, date.value.split("-"))
        return f"{date.value}-{calendar.monthrange(year, month)[1]:02}"
    return date.value


#: Status to the code of the contradiction: with an event that the source says has (or has not yet) come to pass.
_STATUSES: Final[tuple[tuple[frozenset[str], str, EventKind, str], ...]] = (
    (frozenset({"not_yet_recruiting"}), "status_before_start", "start", "actual"),
    (frozenset({"not_yet_recruiting", "recruiting"}), "status_after_end", "completion", "actual"),
    (frozenset({"completed"}), "completed_before_end", "completion", "anticipated"),
)


def _status(trial: Trial) -> Iterator[tuple[int, Finding]]:
    if trial.status is None:
        return
    for values, code, kind, stated in _STATUSES:
        found = _event(trial, kind)
        if trial.status.value in values and found is not None and found[1].kind == stated:
            yield 18, _finding(code, "/status/value", found[0], one=trial.status.value, other=found[2].value)


def _ages(trial: Trial) -> Iterator[tuple[int, Finding]]:
    field, stated = trial.eligibility.age, trial.eligibility.stated_age
    if field is None or stated is None:
        return
    for bound, name in (("low", "lowest age"), ("high", "highest age")):
        if _differ(field, stated, bound):
            said = f"{getattr(field, bound)} {field.ucum}", f"{getattr(stated, bound)} {stated.ucum}"
            one = f"{name}, {said[0]},"
            pointers = (f"/eligibility/age/{bound}", f"/eligibility/stated_age/{bound}")
            yield 14, _finding("age_differs_from_text", *pointers, one=one, other=said[1])


def _differ(field: Range, stated: Range, bound: str) -> bool:
    one, other = getattr(field, bound), getattr(stated, bound)
    if one is None or other is None:
        return False
    same = in_one_unit(one, field.ucum, other, stated.ucum)
    return same is not None and same[0] != same[1]


def _sexes(trial: Trial) -> Iterator[tuple[int, Finding]]:
    field, stated = trial.eligibility.sex, trial.eligibility.stated_sex
    if field in ("all", "female", "male") and stated in ("female", "male") and field != stated:
        pointers = ("/eligibility/sex", "/eligibility/stated_sex")
        yield 14, _finding("sex_differs_from_text", *pointers, one=field, other=stated)


#: Words of an outcome that say when it is measured.
_TIMED = re.compile(
    r"\d\s?-?\s?(?:min|hour|day|week|month|year|hr|wk|yr)|\b(?:hour|day|week|month|year|visit|cycle)s?\s?\d|"
    r"\bbaseline\b|\bdischarge\b|\bend of\b|\b(?:first|one|two|three|four|six|twelve)\s(?:day|week|month|year)",
    re.IGNORECASE,
)


def _parts(trial: Trial) -> Iterator[tuple[int, Finding]]:
    """Yield what an item lacks that WHO asks for within it."""
    kinds = {criterion.kind for criterion in trial.eligibility.criteria}
    if "inclusion" in kinds and "exclusion" not in kinds:
        yield 14, _finding("no_exclusion", "/eligibility/criteria")
    primary = [outcome for outcome in trial.outcomes if outcome.rank == "primary"]
    if primary and not any(one.time_frame or _TIMED.search(f"{one.measure} {one.method or ''}") for one in primary):
        yield 19, _finding("outcome_without_time", "/outcomes")
    if trial.contacts and not any(one.address or one.phone or one.email for one in trial.contacts):
        yield 7, _finding("contact_unreachable", "/contacts")
    numbers = {one.value: at for at, one in enumerate(trial.identifiers) if one.role == "primary"}
    for at, one in enumerate(trial.identifiers):
        if one.role == "secondary" and one.value in numbers:
            pointers = (f"/identifiers/{numbers[one.value]}", f"/identifiers/{at}")
            yield 3, _finding("same_number_twice", *pointers, one=one.value)
