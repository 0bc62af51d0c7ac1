"""The 24 items: where each stands in a record, and which words of it are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from parser.models import Trial
from parser.models.trial import EventKind
from parser.normalize.absence import absent_reason
from parser.normalize.identifiers import is_placeholder


@dataclass(frozen=True, slots=True)
class ItemKind:
    """One of the 24.

    Attributes:
        number: As WHO counts them.
        name: As WHO names it.
        values: Yields what a record has of it, each value with its JSON pointer.
        pointers: Where `absent` may say why there is nothing.
        needed: Whether every trial has it; a trial may have no second sponsor, and no results yet.
    """

    number: int
    name: str
    values: Callable[[Trial], Iterator[tuple[str, Any]]]
    pointers: tuple[str, ...]
    needed: bool = True


Values = Callable[[Trial], Iterator[tuple[str, Any]]]


def _at(*pointers: str) -> Values:
    """Return what yields the values at pointers; one that ends with `/*` stands for all entries of a list."""

    def values(trial: Trial) -> Iterator[tuple[str, Any]]:
        for pointer in pointers:
            yield from _under(trial, "", pointer.split("/")[1:])

    return values


def _under(value: Any, pointer: str, steps: list[str]) -> Iterator[tuple[str, Any]]:
    if value is None:
        return
    if not steps:
        yield pointer, value
    elif steps[0] == "*":
        for at, entry in enumerate(value):
            yield from _under(entry, f"{pointer}/{at}", steps[1:])
    else:
        yield from _under(getattr(value, steps[0]), f"{pointer}/{steps[0]}", steps[1:])


def _identifiers(role: str) -> Values:
    def values(trial: Trial) -> Iterator[tuple[str, Any]]:
        for at, one in enumerate(trial.identifiers):
            if one.role == role:
                yield f"/identifiers/{at}/value", one.value

    return values


def _events(*kinds: EventKind) -> Values:
    def values(trial: Trial) -> Iterator[tuple[str, Any]]:
        for at, event in enumerate(trial.timeline):
            if event.event in kinds:
                yield f"/timeline/{at}/date", event.date.value if event.date else ""

    return values


def _contacts(scientific: bool) -> Values:
    """Return what yields the contacts for one kind of query; one of no stated kind answers both."""

    def values(trial: Trial) -> Iterator[tuple[str, Any]]:
        for at, contact in enumerate(trial.contacts):
            role = (contact.role or "").casefold()
            science = bool(_SCIENTIFIC.search(role))
            if not role or science == scientific or (_PUBLIC.search(role) is not None) != scientific:
                yield f"/contacts/{at}", contact

    return values


_SCIENTIFIC = re.compile(r"scientific|investigator|chair|director")
_PUBLIC = re.compile(r"public|contact")


def _outcomes(rank: str) -> Values:
    def values(trial: Trial) -> Iterator[tuple[str, Any]]:
        for at, outcome in enumerate(trial.outcomes):
            if outcome.rank == rank:
                yield f"/outcomes/{at}/measure", outcome.measure

    return values


def _countries(trial: Trial) -> Iterator[tuple[str, Any]]:
    yield from _at("/countries/*/raw")(trial)
    if not trial.countries:
        yield from _at("/locations/*/country")(trial)


def _results(trial: Trial) -> Iterator[tuple[str, Any]]:
    yield from _at("/results/summary", "/results/url", "/results/posted", "/results/available")(trial)


ITEMS: Final[tuple[ItemKind, ...]] = (
    ItemKind(1, "Primary registry and trial identifying number", _identifiers("primary"), ("/identifiers",)),
    ItemKind(
        2,
        "Date of registration in primary registry",
        _events("registered", "first_posted", "first_submitted"),
        ("/timeline",),
    ),
    ItemKind(3, "Secondary identifying numbers", _identifiers("secondary"), ("/identifiers",), needed=False),
    ItemKind(
        4, "Source(s) of monetary or material support", _at("/sponsor/funders/*/name"), ("/sponsor", "/sponsor/funders")
    ),
    ItemKind(5, "Primary sponsor", _at("/sponsor/name"), ("/sponsor", "/sponsor/name")),
    ItemKind(
        6,
        "Secondary sponsor(s)",
        _at("/sponsor/secondary/*/name", "/sponsor/collaborators/*/name"),
        ("/sponsor", "/sponsor/secondary"),
        needed=False,
    ),
    ItemKind(7, "Contact for public queries", _contacts(scientific=False), ("/contacts",)),
    ItemKind(8, "Contact for scientific queries", _contacts(scientific=True), ("/contacts",)),
    ItemKind(9, "Public title", _at("/title"), ("/title",)),
    ItemKind(10, "Scientific title", _at("/scientific_title"), ("/scientific_title",)),
    ItemKind(11, "Countries of recruitment", _countries, ("/countries", "/locations")),
    ItemKind(12, "Health condition(s) or problem(s) studied", _at("/conditions/*/text"), ("/conditions",)),
    ItemKind(13, "Intervention(s)", _at("/interventions/*/name"), ("/interventions",)),
    ItemKind(14, "Key inclusion and exclusion criteria", _at("/eligibility/text"), ("/eligibility/text",)),
    ItemKind(15, "Study type", _at("/design/study_type"), ("/design", "/design/study_type")),
    ItemKind(16, "Date of first enrolment", _events("start", "recruitment_start"), ("/timeline",)),
    ItemKind(
        17,
        "Sample size",
        _at("/design/enrolment/target", "/design/enrolment/actual"),
        ("/design", "/design/enrolment", "/design/enrolment/target"),
    ),
    ItemKind(18, "Recruitment status", _at("/status/value"), ("/status", "/status/value")),
    ItemKind(19, "Primary outcome(s)", _outcomes("primary"), ("/outcomes",)),
    ItemKind(20, "Key secondary outcomes", _outcomes("secondary"), ("/outcomes",), needed=False),
    ItemKind(21, "Ethics review", _at("/ethics/*"), ("/ethics",)),
    ItemKind(22, "Completion date", _events("completion", "primary_completion"), ("/timeline",)),
    ItemKind(23, "Summary results", _results, ("/results",), needed=False),
    ItemKind(
        24,
        "IPD sharing statement",
        _at("/ipd_sharing/plan", "/ipd_sharing/description"),
        ("/ipd_sharing", "/ipd_sharing/plan"),
    ),
)

#: Words that people type into a field that asks for something.
_PLACEHOLDER = re.compile(
    r"(?:test(?:ing|\s?\d*)?|x{2,}|abc\d*|asdf\w*|qwert\w*|lorem ipsum.*|to be (?:added|confirmed|completed|decided)|"
    r"tbc|pending|see (?:above|below|protocol)|as above|same(?: as above)?|sample|dummy|placeholder|\?+|\.+|\d)\.?",
    re.IGNORECASE,
)


def is_none(value: Any) -> bool:
    """Tell whether a value only stands where one should: `N/A`, `xxx`, a contact with nothing to reach, size 0."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return value == 0
    if isinstance(value, BaseModel):
        return not _says_something(value)
    words = " ".join(str(value).split())
    if words == "unknown" or absent_reason(words) or is_placeholder(words):
        return True
    return _PLACEHOLDER.fullmatch(words) is not None


def _says_something(value: BaseModel) -> bool:
    """Tell whether some part of an object is more than a placeholder; a role alone says nothing of anyone."""
    parts = [part for name, part in value if name != "role" and part not in (None, [])]
    return any(not is_none(part) for part in parts)
