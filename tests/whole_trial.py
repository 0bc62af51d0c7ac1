"""A record with all 24 items of WHO's data set, built by hand."""

from __future__ import annotations

from typing import Any

from parser.models import Contact, Identifier, Source, Trial
from parser.models.trial import (
    Country,
    Design,
    Enrolment,
    Ethics,
    Intervention,
    IpdSharing,
    Organization,
    Outcome,
    Results,
    Sponsor,
    Status,
    TimelineEvent,
)
from parser.models.values import Concept, PartialDate
from parser.pipeline import parse_eligibility

PRECISIONS = {4: "year", 7: "month", 10: "day"}


def event(name: str, date: str | None, **fields: Any) -> TimelineEvent:
    stated = (
        PartialDate.model_validate({"value": date, "precision": PRECISIONS[len(date)], "raw": date}) if date else None
    )
    return TimelineEvent.model_validate({"event": name, "label": name, "date": stated, **fields})


def whole() -> Trial:
    """A record with all 24 items."""
    trial = Trial(
        source=Source(registry="generic", format="text", sha256="0" * 64, bytes=1, parser_version="0"),
        identifiers=[
            Identifier(scheme="isrctn", value="ISRCTN48231507", raw="ISRCTN48231507", role="primary"),
            Identifier(scheme="sponsor", value="TEA-4", raw="TEA-4", role="secondary"),
        ],
        title="Tea for nurses",
        scientific_title="Green tea and alertness on night shifts",
        status=Status(value="recruiting", raw="Recruiting"),
        design=Design(study_type="interventional", phases=["not_applicable"], enrolment=Enrolment(target=120)),
        conditions=[Concept(text="Sleepiness")],
        interventions=[Intervention(name="Green tea")],
        outcomes=[
            Outcome(measure="Alertness", time_frame="8 hours", rank="primary"),
            Outcome(measure="Mood", rank="secondary"),
        ],
        sponsor=Sponsor(
            name="Orla Hospital",
            secondary=[Organization(name="Galway University")],
            funders=[Organization(name="Tea Board")],
        ),
        contacts=[
            Contact(name="Maeve Tully", role="public", email="maeve@orla.example"),
            Contact(name="Finn Daly", role="scientific", phone="+353 91 555 0199"),
        ],
        countries=[Country(raw="Ireland", country_code="IE")],
        timeline=[
            event("registered", "2024-01-10"),
            event("start", "2024-02-01"),
            event("completion", "2025-06", kind="anticipated"),
        ],
        ethics=[Ethics(status="Approved", committee="Galway ethics committee")],
        ipd_sharing=IpdSharing(plan="no", raw="No"),
        results=Results(available=False),
    )
    trial.eligibility = parse_eligibility(
        "Inclusion Criteria:\n- Nurses\nExclusion Criteria:\n- Pregnancy", rules=False
    )
    return trial
