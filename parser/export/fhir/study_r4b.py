"""ResearchStudy of R4B: one sponsor, one principal investigator, arms; much of the rest goes into notes."""

from __future__ import annotations

from collections.abc import Iterator

from parser.export.fhir import terms
from parser.export.fhir.datatypes import Json, concept, filled, telecoms
from parser.export.fhir.design import designs, phase, purpose
from parser.export.fhir.draft import Draft
from parser.export.fhir.parties import contact_role, countries, person, sites
from parser.export.fhir.study import common, event_words, facts_of_oversight, intervention_concept, note_sponsor
from parser.models.trial import Contact, Intervention

#: What a ContactDetail has no element for.
_BESIDE = ("role", "affiliation", "address", "city", "country")


def research_study(draft: Draft, eligibility: Json | None) -> None:
    """Add the study to a draft.

    Args:
        draft: The trial's Bundle.
        eligibility: Reference to the Group of who may take part.
    """
    trial = draft.trial
    shared = common(draft)
    design = trial.design
    investigator = _investigator(draft)
    elements: Json = {
        **_status(draft),
        "primaryPurposeType": purpose(design, "R4B") if design else None,
        "phase": phase(design, "R4B") if design else None,
        "category": [*(designs(design, "R4B") if design else []), *_categories(draft)],
        "focus": [intervention_concept(draft, at) for at in range(len(trial.interventions))],
        "contact": [*_contacts(draft, investigator)],
        "location": countries(draft),
        "description": "\n\n".join(_summary(draft)),
        "enrollment": [*_enrollment(draft, eligibility)],
        "sponsor": _sponsor(draft),
        "principalInvestigator": _principal(draft, investigator),
        "site": sites(draft),
        "reasonStopped": concept(trial.status.why_stopped) if trial.status and trial.status.why_stopped else None,
        "arm": [*_arms(draft)],
    }
    _note_the_rest(draft)
    draft.add("ResearchStudy", "", **shared, **elements, note=draft.notes)


def _status(draft: Draft) -> Json:
    """Return the status, which R4B demands: where it has no code, the reason why it is absent."""
    status = draft.trial.status
    code, same = terms.R4B_STATUSES.get(status.value, (None, False)) if status else (None, False)
    if status is not None:
        draft.fold("/status/raw", status.raw, "Recruitment status")
        if not same:
            draft.lose("/status/value", "narrowed" if code else "no_place", code)
        if status.last_verified is not None:
            draft.fold("/status/last_verified", status.last_verified.value, "Last verified")
    if code is not None:
        return {"status": code}
    reason = {"url": terms.DATA_ABSENT, "valueCode": "unknown" if status is None else "unsupported"}
    return {"_status": {"extension": [reason]}}


def _categories(draft: Draft) -> Iterator[Json]:
    for words, _ in facts_of_oversight(draft.trial):
        yield concept(words)


def _summary(draft: Draft) -> list[str]:
    summary = draft.trial.summary
    return [text for text in (summary.brief, summary.detailed) if text] if summary else []


def _enrollment(draft: Draft, eligibility: Json | None) -> Iterator[Json]:
    """Yield the Group of those who may take part, and that of those who did."""
    if eligibility is not None:
        yield eligibility
    enrolment = draft.trial.design.enrolment if draft.trial.design else None
    if enrolment is not None and enrolment.actual is not None:
        yield draft.add(
            "Group", "enrolled", type="person", actual=True, name="Participants enrolled", quantity=enrolment.actual
        )


# --- who stands behind it ---------------------------------------------------------------------------------------------


def _sponsor(draft: Draft) -> Json | None:
    sponsor = draft.trial.sponsor
    if sponsor is None:
        return None
    note_sponsor(draft)
    if sponsor.responsible_party:
        draft.fold("/sponsor/responsible_party", sponsor.responsible_party, "Responsible party")
    for field, label in (("secondary", "Secondary sponsor"), ("collaborators", "Collaborator"), ("funders", "Funder")):
        for at, each in enumerate(getattr(sponsor, field)):
            words = each.name + (f" ({each.sponsor_class})" if each.sponsor_class else "")
            draft.fold(f"/sponsor/{field}/{at}", words, label)
    sponsor_name = sponsor.name or sponsor.raw
    return draft.organization(sponsor_name) if sponsor_name else None


def _investigator(draft: Draft) -> int | None:
    """Return which contact is the principal investigator: the first that is called so."""
    ranked = enumerate(draft.trial.contacts)
    return next((at for at, each in ranked if contact_role(each) == "primary-investigator" and each.name), None)


def _principal(draft: Draft, investigator: int | None) -> Json | None:
    if investigator is None:
        return None
    contact = draft.trial.contacts[investigator]
    draft.lose(f"/contacts/{investigator}/role", "folded", "principal investigator")
    return person(draft, contact, str(investigator + 1))


def _contacts(draft: Draft, investigator: int | None) -> Iterator[Json]:
    for at, contact in enumerate(draft.trial.contacts):
        if at == investigator:
            continue
        _note_contact(draft, contact, f"/contacts/{at}")
        found = filled(name=contact.name or contact.affiliation, telecom=telecoms(contact.phone, contact.email))
        if found:
            yield found


def _note_contact(draft: Draft, contact: Contact, pointer: str) -> None:
    told = [(name, value) for name in _BESIDE if (value := getattr(contact, name))]
    if not told:
        return
    who = contact.name or contact.email or contact.phone or "without a name"
    words = "; ".join(f"{name} {value}" for name, value in told)
    draft.fold(pointer, words, f"Contact {who}")


# --- what has no element in R4B ---------------------------------------------------------------------------------------


def _arms(draft: Draft) -> Iterator[Json]:
    for at, arm in enumerate(draft.trial.design.arms if draft.trial.design else []):
        if arm.id:
            draft.fold(f"/design/arms/{at}/id", arm.id, f"Number of the group {arm.label}")
        kind = concept(arm.kind) if arm.kind else None
        yield filled(name=arm.label, type=kind, description=arm.description)


def _note_the_rest(draft: Draft) -> None:
    trial = draft.trial
    for name, label in (("scientific_title", "Scientific title"), ("acronym", "Acronym")):
        words = getattr(trial, name)
        if words:
            draft.fold(f"/{name}", words, label)
    if trial.source.record_version:
        draft.fold("/source/record_version", trial.source.record_version, "Version of the record")
    for at, intervention in enumerate(trial.interventions):
        _note_intervention(draft, intervention, at)
    for at, outcome in enumerate(trial.outcomes):
        told = [outcome.measure, *(each for each in (outcome.method,) if each)]
        told += [f"time frame: {outcome.time_frame}"] if outcome.time_frame else []
        draft.fold(f"/outcomes/{at}", "; ".join(told), f"{outcome.rank.capitalize()} outcome")
    for at, event in enumerate(trial.timeline):
        if event.date is None:
            draft.lose(f"/timeline/{at}", "no_place")
        else:
            kind = f" ({event.kind})" if event.kind else ""
            draft.fold(f"/timeline/{at}", event.date.value + kind, event_words(event))
    for at, authority in enumerate(trial.oversight.authorities if trial.oversight else []):
        draft.fold(f"/oversight/authorities/{at}", authority, "Regulatory authority")


def _note_intervention(draft: Draft, intervention: Intervention, at: int) -> None:
    told = [(name, value) for name in ("type", "role", "description") if (value := getattr(intervention, name))]
    words = "; ".join(f"{name}: {value}" for name, value in told)
    words += f"{'; ' if words else ''}groups: {', '.join(intervention.arms)}" if intervention.arms else ""
    if words:
        draft.fold(f"/interventions/{at}", words, f"Intervention {intervention.name}")
