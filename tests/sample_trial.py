"""A record built by hand, with something in every part that a reader of records meets."""

from __future__ import annotations

from parser.models import (
    Age,
    AnyOf,
    Concept,
    Condition,
    Contact,
    Coverage,
    Criterion,
    Diagnostic,
    Eligibility,
    Identifier,
    LabelledValue,
    Location,
    PartialDate,
    Provenance,
    Range,
    Scope,
    Section,
    Segment,
    Source,
    Sponsor,
    Status,
    Summary,
    TimelineEvent,
    Trial,
    Unstructured,
)

PAGE = "Fever Study\nAge: 18 years or older\nAny of:\n1. Sepsis\n2. Good sense"
ELIGIBILITY = PAGE.removeprefix("Fever Study\n")

SEPSIS = Condition(concept=Concept(text="Sepsis"), spans=[(34, 40)])
SENSE = Unstructured(text="Good sense", reason="vague", spans=[(44, 54)])
ADULT = Age(range=Range(low=18, unit="years", ucum="a"), spans=[(0, 22)])


def sample_trial() -> Trial:
    return Trial(
        source=Source(registry="generic", format="text", sha256="0" * 64, bytes=len(PAGE), parser_version="0.1.0"),
        text=PAGE,
        identifiers=[Identifier(scheme="nct", value="NCT01234567", raw="NCT01234567", role="primary")],
        title="Fever Study",
        status=Status(value="terminated", raw="Terminated", why_stopped="low enrolment"),
        summary=Summary(brief="First paragraph.\n\nSecond paragraph.", origin="aggregator"),
        eligibility=_eligibility(),
        sponsor=Sponsor(name="Daping Hospital", raw="DAPING HOSPITAL"),
        contacts=[Contact(name="Ada Example", affiliation="Example Clinic")],
        locations=[Location(raw="Chongqing, China", city="Chongqing", country="China", country_code="CN")],
        timeline=[
            TimelineEvent(
                event="launched",
                label="Launched by",
                date=PartialDate(value="2025-03", precision="month", raw="Mar 2025"),
            ),
            TimelineEvent(event="completion", label="Estimated completion"),
        ],
        sections=[Section(kind="eligibility", text=ELIGIBILITY, span=(12, len(PAGE)))],
        extra=[LabelledValue(label="Patients applied", value="12")],
        provenance={"/title": Provenance(span=(0, 11))},
        absent={"/keywords": "label_only"},
        diagnostics=[Diagnostic(code="identifier_missing", severity="warning", message="Expected; found; do.")],
    )


def _eligibility() -> Eligibility:
    items = [
        Criterion(id="inclusion.2.1", kind="inclusion", text="Sepsis", span=(34, 40), marker="1.", rule=SEPSIS),
        Criterion(
            id="inclusion.2.2",
            kind="inclusion",
            text="Good sense",
            span=(44, 54),
            marker="2.",
            rule=SENSE,
            flags=["nesting_ambiguous"],
            scope=Scope(text="Part A", type="part", ids=["A"]),
        ),
    ]
    head = Criterion(
        id="inclusion.2",
        kind="inclusion",
        text="Any of:",
        span=(23, 30),
        rule=AnyOf(rules=[SEPSIS, SENSE], spans=[(23, 54)]),
        criteria=items,
    )
    adult = Criterion(id="inclusion.1", kind="inclusion", text="Age: 18 years or older", span=(0, 22), rule=ADULT)
    return Eligibility(
        text=ELIGIBILITY,
        sex="all",
        stated_age=ADULT.range,
        criteria=[adult, head],
        segments=[Segment(kind="structured", span=(0, 22))],
        coverage=Coverage(structured=0.75, unstructured=0.25),
    )
