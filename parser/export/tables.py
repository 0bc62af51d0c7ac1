"""Flat tables for people: one row a trial, one row a criterion with its rule in words.

A cell that holds several things has one on each line. What a table has no column for is a loss; a rule's words stand
for the rule, which is one as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from parser.export.carried import lost_of, record_of
from parser.export.eligibility_text import AGE_UNITS
from parser.export.losses import Loss
from parser.models import Criterion, Trial
from parser.models.trial import EventKind, Intervention, Location

Cell = str | int | float | bool | None
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of trials.

    Attributes:
        name: Its heading.
        value: What of a trial stands in it.
        carries: The fields whose words it holds, as pointers with `*` for places in a list.
        width: In characters, of a spreadsheet.
    """

    name: str
    value: Callable[[Trial], Cell]
    carries: tuple[str, ...]
    width: int = 24


def _lines(values: Iterator[str | None] | list[str | None]) -> str | None:
    return "\n".join(value for value in values if value) or None


def _primary(trial: Trial) -> str | None:
    """Return the number under which the trial is registered."""
    numbers = sorted(trial.identifiers, key=lambda one: one.role != "primary")
    return numbers[0].value if numbers else None


def _design(name: str) -> Callable[[Trial], Cell]:
    return lambda trial: getattr(trial.design, name) if trial.design else None


def _enrolment(name: str) -> Callable[[Trial], Cell]:
    def value(trial: Trial) -> Cell:
        return getattr(trial.design.enrolment, name) if trial.design and trial.design.enrolment else None

    return value


def _date(kind: str) -> Callable[[Trial], Cell]:
    """Return what gives the first date of an event."""

    def value(trial: Trial) -> Cell:
        return next((event.date.value for event in trial.timeline if event.event == kind and event.date), None)

    return value


def _outcomes(rank: str) -> Callable[[Trial], Cell]:
    def value(trial: Trial) -> Cell:
        return _lines(
            f"{one.measure} [{one.time_frame}]" if one.time_frame else one.measure
            for one in trial.outcomes
            if one.rank == rank
        )

    return value


def _intervention(one: Intervention) -> str:
    named = f"{one.type}: {one.name}" if one.type else one.name
    return f"{named}: {one.description}" if one.description else named


def _organisations(name: str) -> Callable[[Trial], Cell]:
    return lambda trial: _lines([one.name for one in getattr(trial.sponsor, name)]) if trial.sponsor else None


def _contact(contact: Any) -> str:
    """Return someone to write to in one line."""
    words = [contact.name, contact.role, contact.affiliation, contact.address, contact.city, contact.country]
    return ", ".join(word for word in (*words, contact.phone, contact.email) if word)


def _country_codes(trial: Trial) -> Cell:
    codes = [one.country_code for one in trial.countries] + [one.country_code for one in trial.locations]
    return _lines(list(dict.fromkeys(codes)))


def _place(one: Location) -> str:
    """Return a place as written, and before it what its own words do not say."""
    missing = [part for part in (one.facility, one.city, one.region) if part and part not in one.raw]
    return ", ".join([*missing, one.raw])


def _age(bound: str) -> Callable[[Trial], Cell]:
    def value(trial: Trial) -> Cell:
        age = trial.eligibility.age
        number = getattr(age, bound) if age else None
        if age is None or number is None:
            return None
        open_side = getattr(age, f"{bound}_inclusive") is False
        unit = AGE_UNITS.get(age.ucum or "", age.ucum or "").lower()
        return f"{('over ' if bound == 'low' else 'under ') if open_side else ''}{number} {unit}".strip()

    return value


def _counted(kind: str) -> Callable[[Trial], Cell]:
    return lambda trial: sum(1 for one in trial.eligibility.walk() if one.kind == kind and one.role == "rule")


def _summary(name: str) -> Callable[[Trial], Cell]:
    return lambda trial: getattr(trial.summary, name) if trial.summary else None


#: Events whose first date has a column, by its heading.
DATED: Final[dict[EventKind, str]] = {
    "registered": "Registered",
    "first_submitted": "First submitted",
    "first_posted": "First posted",
    "start": "Start",
    "recruitment_start": "Recruitment start",
    "recruitment_end": "Recruitment end",
    "primary_completion": "Primary completion",
    "completion": "Completion",
    "updated": "Updated",
}

#: The table of trials, in its order.
TRIAL_COLUMNS: Final[tuple[Column, ...]] = (
    Column("Trial", _primary, ("/identifiers/*/value", "/identifiers/*/scheme", "/identifiers/*/role"), 18),
    Column("Registry", lambda trial: trial.source.registry, (), 12),
    Column("Title", lambda trial: trial.title, ("/title",), 48),
    Column("Scientific title", lambda trial: trial.scientific_title, ("/scientific_title",), 48),
    Column("Acronym", lambda trial: trial.acronym, ("/acronym",), 14),
    Column("Other numbers", lambda trial: _lines([f"{one.scheme}: {one.value}" for one in trial.identifiers]), (), 26),
    Column("Status", lambda trial: trial.status.value if trial.status else None, ("/status/value",), 18),
    Column("Status as written", lambda trial: trial.status.raw if trial.status else None, ("/status/raw",), 20),
    Column("Why stopped", lambda trial: trial.status.why_stopped if trial.status else None, ("/status/why_stopped",)),
    Column("Study type", _design("study_type"), ("/design/study_type",), 15),
    Column(
        "Phases", lambda trial: _lines(list(trial.design.phases)) if trial.design else None, ("/design/phases/*",), 10
    ),
    Column("Allocation", _design("allocation"), ("/design/allocation",), 16),
    Column("Intervention model", _design("intervention_model"), ("/design/intervention_model",), 20),
    Column("Observational model", _design("observational_model"), ("/design/observational_model",), 20),
    Column("Time perspective", _design("time_perspective"), ("/design/time_perspective",), 16),
    Column("Masking", _design("masking"), ("/design/masking",), 20),
    Column("Purpose", _design("purpose"), ("/design/purpose",), 16),
    Column("Design", _design("description"), ("/design/description",), 40),
    Column(
        "Arms",
        lambda trial: _lines([arm.label for arm in trial.design.arms]) if trial.design else None,
        ("/design/arms/*/label",),
        30,
    ),
    Column("Enrolment planned", _enrolment("target"), ("/design/enrolment/target",), 12),
    Column("Enrolment actual", _enrolment("actual"), ("/design/enrolment/actual",), 12),
    Column("Conditions", lambda trial: _lines([one.text for one in trial.conditions]), ("/conditions/*/text",), 30),
    Column("Keywords", lambda trial: _lines(list(trial.keywords)), ("/keywords/*",), 24),
    Column(
        "Interventions",
        lambda trial: _lines([_intervention(one) for one in trial.interventions]),
        ("/interventions/*/name", "/interventions/*/type", "/interventions/*/description"),
        36,
    ),
    Column(
        "Primary outcomes",
        _outcomes("primary"),
        ("/outcomes/*/measure", "/outcomes/*/time_frame", "/outcomes/*/rank"),
        40,
    ),
    Column("Secondary outcomes", _outcomes("secondary"), (), 40),
    Column("Other outcomes", _outcomes("other"), (), 40),
    Column("Summary", _summary("brief"), ("/summary/brief", "/summary/origin"), 70),
    Column("Description", _summary("detailed"), ("/summary/detailed",), 90),
    Column("Sponsor", lambda trial: trial.sponsor.name if trial.sponsor else None, ("/sponsor/name",), 30),
    Column(
        "Sponsor class",
        lambda trial: trial.sponsor.sponsor_class if trial.sponsor else None,
        ("/sponsor/sponsor_class",),
        14,
    ),
    Column("Secondary sponsors", _organisations("secondary"), ("/sponsor/secondary/*/name",), 30),
    Column("Collaborators", _organisations("collaborators"), ("/sponsor/collaborators/*/name",), 30),
    Column("Funders", _organisations("funders"), ("/sponsor/funders/*/name",), 30),
    Column(
        "Countries",
        lambda trial: _lines(
            list(
                dict.fromkeys([*(one.raw for one in trial.countries), *(one.country or "" for one in trial.locations)])
            )
        ),
        ("/countries/*/raw", "/locations/*/country"),
        20,
    ),
    Column(
        "Country codes",
        _country_codes,
        ("/countries/*/country_code", "/locations/*/country_code"),
        10,
    ),
    Column(
        "Places",
        lambda trial: _lines([_place(one) for one in trial.locations]),
        ("/locations/*/raw", "/locations/*/facility", "/locations/*/city", "/locations/*/region"),
        36,
    ),
    Column(
        "Contacts",
        lambda trial: _lines([_contact(one) for one in trial.contacts]),
        tuple(
            f"/contacts/*/{name}"
            for name in ("name", "role", "affiliation", "address", "city", "country", "phone", "email")
        ),
        40,
    ),
    *(Column(name, _date(kind), (), 12) for kind, name in DATED.items()),
    Column("Sex", lambda trial: trial.eligibility.sex, ("/eligibility/sex",), 10),
    Column("Youngest", _age("low"), tuple(f"/eligibility/age/{name}" for name in ("low", "low_inclusive", "ucum")), 12),
    Column("Oldest", _age("high"), ("/eligibility/age/high", "/eligibility/age/high_inclusive"), 12),
    Column(
        "Healthy volunteers",
        lambda trial: trial.eligibility.healthy_volunteers,
        ("/eligibility/healthy_volunteers",),
        12,
    ),
    Column("Inclusion criteria", _counted("inclusion"), (), 12),
    Column("Exclusion criteria", _counted("exclusion"), (), 12),
    Column("Eligibility as written", lambda trial: trial.eligibility.text, ("/eligibility/text",), 110),
    Column("Age groups", lambda trial: _lines(list(trial.eligibility.age_groups)), ("/eligibility/age_groups/*",), 14),
    Column(
        "Other values",
        lambda trial: _lines([f"{one.label}: {one.value}" for one in trial.extra]),
        ("/extra/*/label", "/extra/*/value"),
        90,
    ),
    Column("Results", lambda trial: trial.results.url if trial.results else None, ("/results/url",), 30),
    Column(
        "Data sharing", lambda trial: trial.ipd_sharing.plan if trial.ipd_sharing else None, ("/ipd_sharing/plan",), 12
    ),
    Column("Address", lambda trial: trial.source.record_url or trial.source.url, ("/source/record_url",), 36),
)
_CARRIED: Final = frozenset(pattern for column in TRIAL_COLUMNS for pattern in column.carries)

#: The table of criteria: headings and widths, in the order of `criterion_row`.
CRITERION_COLUMNS: Final[tuple[tuple[str, int], ...]] = (
    ("Trial", 18),
    ("Criterion", 18),
    ("Kind", 12),
    ("Role", 12),
    ("Applies to", 20),
    ("As written", 70),
    ("Rule in words", 70),
    ("Understood", 12),
    ("Confidence", 11),
    ("Flags", 20),
)


def trial_row(trial: Trial) -> Row:
    """Return a trial's row of the table of trials."""
    return [column.value(trial) for column in TRIAL_COLUMNS]


def criterion_rows(trial: Trial) -> list[Row]:
    """Return a trial's rows of the table of criteria: every one of the outline, in its order."""
    name = _primary(trial) or trial.title
    return [[name, *_criterion(one)] for one in trial.eligibility.walk()]


def _criterion(one: Criterion) -> Row:
    rule = one.rule
    return [
        one.id,
        one.kind,
        one.role,
        one.scope.text if one.scope else None,
        one.text,
        str(rule) if rule is not None else None,
        _understood(one),
        rule.confidence if rule is not None else None,
        _lines(list(one.flags)),
    ]


def _understood(one: Criterion) -> str | None:
    """Return how much of a criterion its rule says: all of it, a part, none; None without a rule."""
    if one.rule is None:
        return None
    if one.rule.type == "unstructured":
        return "no"
    return "in part" if '"type":"unstructured"' in one.rule.model_dump_json() else "yes"


def trial_losses(trial: Trial, cells: Row) -> list[Loss]:
    """Name what of a trial the table of trials has no column for."""
    record = record_of(trial)
    kept = _kept(record, "") or {}
    kept["timeline"] = _dated(record.get("timeline", []))
    found = lost_of(record, kept, {}, "\n".join(cell for cell in cells if isinstance(cell, str)))
    if trial.eligibility.criteria:
        found.append(Loss("/eligibility/criteria", "rule_as_text", trial.eligibility.text))
    return found


def _kept(value: Any, pattern: str) -> Any:
    """Return what of a record the columns hold; places in lists stay, with less in them."""
    if isinstance(value, dict):
        kept = {name: _kept(inner, f"{pattern}/{name}") for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner is not None} or None
    if isinstance(value, list):
        entries = [_kept(inner, f"{pattern}/*") for inner in value]
        return entries if any(entry is not None for entry in entries) else None
    return value if pattern in _CARRIED else None


def _dated(timeline: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the events whose dates stand in columns: of each kind the first."""
    first: dict[str, dict[str, Any]] = {}
    for event in timeline:
        if event["event"] in DATED and event.get("date"):
            first.setdefault(event["event"], {"event": event["event"], "date": event["date"]})
    return list(first.values())


def criteria_losses(trial: Trial) -> list[Loss]:
    """Name what the table of criteria leaves out: the trial but for its number, and rules but for their words."""
    number = _primary(trial)
    record = record_of(trial)
    # Without criteria there is no row that says the number.
    rows = bool(trial.eligibility.criteria)
    kept = {"identifiers": [one for one in record.get("identifiers", []) if rows and one["value"] == number]}
    notes = {"/eligibility/text": ("truncated", "its criteria, one a row")}
    return [*lost_of(record, kept, notes, ""), *rule_losses(trial)]


def rule_losses(trial: Trial) -> Iterator[Loss]:
    """Yield a loss for each rule, whose words stand in the table of criteria."""
    yield from _rule_losses(trial.eligibility.criteria, "/eligibility/criteria")


def _rule_losses(criteria: list[Criterion], pointer: str) -> Iterator[Loss]:
    for at, one in enumerate(criteria):
        if one.rule is not None:
            yield Loss(f"{pointer}/{at}/rule", "rule_as_text", str(one.rule))
        yield from _rule_losses(one.criteria, f"{pointer}/{at}/criteria")
