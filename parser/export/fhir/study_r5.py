"""ResearchStudy of R5: parties, progress, recruitment, comparison groups and outcomes have elements of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from parser.export.fhir import terms
from parser.export.fhir.datatypes import Json, annotation, concept, filled, point
from parser.export.fhir.definitions import fhir_type
from parser.export.fhir.design import designs, phase, purpose
from parser.export.fhir.draft import Draft
from parser.export.fhir.parties import classifier, contact_role, countries, person, role, sites
from parser.export.fhir.study import (
    common,
    dated,
    event_words,
    facts_of_oversight,
    intervention_concept,
    note_sponsor,
)
from parser.export.fhir.terms import FHIR, Term
from parser.models.trial import Contact, Intervention, TimelineEvent

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
#: What happens to the record of a study rather than to the study.
_REGISTRATION: Final = ("registered", "first_submitted", "first_posted", "updated", "results_posted", "as_of")
#: States that an event of the study begins or ends, and which of the two it does.
_STATES: Final[dict[str, tuple[Term | None, str]]] = {
    "start": (terms.OVERALL_STUDY, "start"),
    "completion": (terms.OVERALL_STUDY, "end"),
    "recruitment_start": (terms.RECRUITING, "start"),
    "recruitment_end": (terms.RECRUITING, "end"),
    "ethics_approval": (terms.APPROVED, "start"),
    "primary_completion": (None, "end"),
}


def research_study(draft: Draft, eligibility: Json | None) -> None:
    """Add the study to a draft.

    Args:
        draft: The trial's Bundle.
        eligibility: Reference to the EvidenceVariable or Group of who may take part.
    """
    trial = draft.trial
    shared = common(draft)
    design = trial.design
    updated = dated(trial, "updated")
    exposures = [_exposure(draft, each, at) for at, each in enumerate(trial.interventions)]
    elements: Json = {
        "extension": [*_registration(draft)],
        "version": trial.source.record_version,
        "label": [*_labels(draft)],
        "date": updated.date.value if updated and updated.date else None,
        "status": "active",
        "primaryPurposeType": purpose(design, "R5") if design else None,
        "phase": phase(design, "R5") if design else None,
        "studyDesign": designs(design, "R5") if design else [],
        "focus": [{"concept": intervention_concept(draft, at), "reference": each} for at, each in enumerate(exposures)],
        "region": countries(draft),
        "descriptionSummary": trial.summary.brief if trial.summary else None,
        "description": trial.summary.detailed if trial.summary else None,
        "site": sites(draft),
        "classifier": [*_classifiers(draft)],
        "associatedParty": [*_parties(draft)],
        "progressStatus": [*_progress(draft)],
        "whyStopped": concept(trial.status.why_stopped) if trial.status and trial.status.why_stopped else None,
        "recruitment": _recruitment(draft, eligibility),
        "comparisonGroup": _groups(draft, exposures),
        "outcomeMeasure": [*_outcomes(draft)],
    }
    draft.add("ResearchStudy", "", **shared, **elements, note=draft.notes)


def _labels(draft: Draft) -> Iterator[Json]:
    trial = draft.trial
    for kind, words in (("scientific", trial.scientific_title), ("acronym", trial.acronym)):
        if words:
            yield {"type": concept(None, Term(FHIR + "title-type", kind)), "value": words}


# --- progress ---------------------------------------------------------------------------------------------------------


def _registration(draft: Draft) -> Iterator[Json]:
    """Yield what happened to the record, as the extension that FHIR has for it."""
    for event in draft.trial.timeline:
        if event.event in _REGISTRATION and event.date is not None:
            yield _activity(event_words(event), point(event.date), event.kind)
    status, results = draft.trial.status, draft.trial.results
    if status is not None and status.last_verified is not None:
        yield _activity("Record verification", point(status.last_verified), None)
    if results is not None and results.posted is not None:
        yield _activity("Results posted", point(results.posted), None)


def _activity(words: str, when: Json, kind: str | None) -> Json:
    parts: list[Json] = [{"url": "activity", "valueCodeableConcept": concept(words)}]
    parts += [{"url": "actual", "valueBoolean": kind == "actual"}] if kind else []
    return {"url": terms.REGISTRATION, "extension": [*parts, {"url": "period", "valuePeriod": when}]}


def _progress(draft: Draft) -> Iterator[Json]:
    """Yield the status as it is, and each dated step of the study."""
    status = draft.trial.status
    if status is not None:
        term = terms.STATES.get(status.value)
        words = status.raw or status.value.replace("_", " ")
        yield {"state": concept(words, *([term] if term else []))}
    for at, event in enumerate(draft.trial.timeline):
        if event.date is None:
            draft.lose(f"/timeline/{at}", "no_place")
        elif event.event not in _REGISTRATION:
            yield _step(event)
    for review in draft.trial.ethics:
        if review.approved is not None:
            approved = concept("Ethics approval", terms.APPROVED)
            yield {"state": approved, "period": {"start": review.approved.value}}


def _step(event: TimelineEvent) -> Json:
    term, side = _STATES.get(event.event, (None, ""))
    assert event.date is not None
    when = {side: event.date.value} if side else point(event.date)
    actual = event.kind == "actual" if event.kind else None
    return filled(state=concept(event_words(event), *([term] if term else [])), actual=actual, period=when)


def _recruitment(draft: Draft, eligibility: Json | None) -> Json:
    enrolment = draft.trial.design.enrolment if draft.trial.design else None
    return filled(
        targetNumber=enrolment.target if enrolment else None,
        actualNumber=enrolment.actual if enrolment else None,
        eligibility=eligibility,
    )


# --- who stands behind it ---------------------------------------------------------------------------------------------


def _parties(draft: Draft) -> Iterator[Json]:
    yield from _organizations(draft)
    for at, contact in enumerate(draft.trial.contacts):
        found = _party(draft, contact, contact_role(contact), str(at + 1), contact.role)
        if found is not None:
            yield found
    for at, review in enumerate(draft.trial.ethics):
        if review.committee:
            yield {"name": review.committee, "role": role("irb"), "party": draft.organization(review.committee)}
        if review.contact is not None:
            found = _party(draft, review.contact, "irb", f"ethics-{at + 1}", review.contact.role)
            if found is not None:
                yield found
    for authority in draft.trial.oversight.authorities if draft.trial.oversight else []:
        party = draft.organization(authority)
        yield {"name": authority, "role": concept("regulatory authority"), "party": party}


def _organizations(draft: Draft) -> Iterator[Json]:
    sponsor = draft.trial.sponsor
    if sponsor is None:
        return
    name = sponsor.name or sponsor.raw
    if name:
        about = {"description": sponsor.about} if sponsor.about else {}
        yield filled(
            name=name,
            role=role("lead-sponsor"),
            classifier=classifier(sponsor.sponsor_class),
            party=draft.organization(name, **about),
        )
    else:
        note_sponsor(draft)
    for code, organizations in (
        ("sponsor", sponsor.secondary),
        ("collaborator", sponsor.collaborators),
        ("funding-source", sponsor.funders),
    ):
        for each in organizations:
            kind = classifier(each.sponsor_class)
            yield filled(name=each.name, role=role(code), classifier=kind, party=draft.organization(each.name))
    if sponsor.responsible_party:
        yield {"name": sponsor.responsible_party, "role": concept("responsible party")}


def _party(draft: Draft, contact: Contact, code: str, part: str, words: str | None) -> Json | None:
    reference = person(draft, contact, part)
    if reference is None and not contact.role:
        return None
    return filled(name=contact.name or contact.affiliation, role=role(code, words), party=reference)


def _classifiers(draft: Draft) -> Iterator[Json]:
    for words, code in facts_of_oversight(draft.trial):
        yield concept(words, *([Term(FHIR + "research-study-classifiers", code)] if code else []))


# --- what is compared, and how it is measured -------------------------------------------------------------------------


def _exposure(draft: Draft, intervention: Intervention, at: int) -> Json:
    """Add an intervention and return a Reference to it."""
    what = intervention_concept(draft, at)
    if intervention.type:
        name = terms.INTERVENTIONS.get(intervention.type.casefold())
        kind = concept(intervention.type, *fhir_type(name, "R5"))
        definition = {"definitionByTypeAndValue": {"type": kind, "valueCodeableConcept": what}}
    else:
        definition = {"definitionCodeableConcept": what}
    arms = {arm.label for arm in draft.trial.design.arms} if draft.trial.design else set()
    notes = [("role", intervention.role)] if intervention.role else []
    notes += [("arms", arm) for arm in intervention.arms if arm not in arms]
    for name, words in notes:
        draft.lose(f"/interventions/{at}/{name}", "folded", words)
    return draft.add(
        "EvidenceVariable",
        f"intervention-{at + 1}",
        title=intervention.name,
        status="active",
        description=intervention.description,
        note=[annotation(f"{name.removesuffix('s').capitalize()}: {words}") for name, words in notes],
        actual=False,
        characteristic=[definition],
    )


def _groups(draft: Draft, exposures: list[Json]) -> list[Json]:
    trial = draft.trial
    found = []
    for at, arm in enumerate(trial.design.arms if trial.design else []):
        code = terms.ARMS.get((arm.kind or "").casefold())
        term = [Term(FHIR + "research-study-arm-type", code)] if code else []
        given = [exposures[i] for i, each in enumerate(trial.interventions) if arm.label in each.arms]
        link = arm.id if arm.id and _ID.fullmatch(arm.id) else None
        if arm.id and link is None:
            draft.fold(f"/design/arms/{at}/id", arm.id, f"Number of the group {arm.label}")
        found.append(
            filled(
                linkId=link,
                name=arm.label,
                type=concept(arm.kind, *term) if arm.kind else None,
                description=arm.description,
                intendedExposure=given,
            )
        )
    return found


def _outcomes(draft: Draft) -> Iterator[Json]:
    for at, outcome in enumerate(draft.trial.outcomes):
        told = [("time_frame", f"Time frame: {outcome.time_frame}")] if outcome.time_frame else []
        told = ([("method", outcome.method)] if outcome.method else []) + told
        for name, words in told:
            draft.lose(f"/outcomes/{at}/{name}", "folded", words)
        rank = concept(None, Term(FHIR + "research-study-objective-type", terms.RANKS[outcome.rank]))
        yield filled(name=outcome.measure, type=[rank], description="\n\n".join(words for _, words in told))
