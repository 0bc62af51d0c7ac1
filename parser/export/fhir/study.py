"""What ResearchStudy says in both releases, and the notes for what it has no element for."""

from __future__ import annotations

from collections.abc import Iterator

from parser.export.fhir import terms
from parser.export.fhir.datatypes import Json, coded, codings, concept, filled, is_url, span, yes_no
from parser.export.fhir.draft import Draft
from parser.export.fhir.parties import note_countries
from parser.models.trial import Identifier, Publication, TimelineEvent, Trial
from parser.models.values import PartialDate


def common(draft: Draft) -> Json:
    """Return the elements that are the same in both releases, and note what has none in either."""
    trial = draft.trial
    _note_what_has_no_element(draft)
    return filled(
        identifier=[identifier(each, trial) for each in trial.identifiers],
        title=trial.title or trial.scientific_title or trial.acronym,
        period=period(trial),
        condition=[coded(each) for each in trial.conditions],
        keyword=[concept(each) for each in trial.keywords],
        relatedArtifact=[*_artifacts(draft)],
    )


def identifier(given: Identifier, trial: Trial) -> Json:
    """Return an Identifier."""
    sponsor = trial.sponsor.name if trial.sponsor and given.scheme == "sponsor" else None
    return filled(
        use="official" if given.role == "primary" else "secondary",
        system=terms.IDENTIFIER_SYSTEMS.get(given.scheme),
        value=given.value,
        assigner={"display": sponsor} if sponsor else None,
    )


def dated(trial: Trial, event: str) -> TimelineEvent | None:
    """Return the first event of a kind that has a date."""
    return next((each for each in trial.timeline if each.event == event and each.date is not None), None)


def period(trial: Trial) -> Json:
    """Return when the study begins and ends."""

    def of(event: str) -> PartialDate | None:
        found = dated(trial, event)
        return found.date if found else None

    return span(of("start"), of("completion"))


def event_words(event: TimelineEvent) -> str:
    """Return an event's name: the page's label."""
    return event.label or event.event.replace("_", " ")


# --- related artifacts ------------------------------------------------------------------------------------------------


def _artifacts(draft: Draft) -> Iterator[Json]:
    trial = draft.trial
    url = trial.source.record_url or trial.source.url
    if url:
        yield _artifact(draft, "derived-from", "Record of the registry", url)
    for publication in trial.publications:
        yield _publication(draft, publication)
    if trial.results is not None and trial.results.url:
        yield _artifact(draft, "documentation", "Results", trial.results.url)
    if trial.ipd_sharing is not None and trial.ipd_sharing.url:
        yield _artifact(draft, "documentation", "Sharing of individual participant data", trial.ipd_sharing.url)


def _publication(draft: Draft, publication: Publication) -> Json:
    told = [publication.citation] if publication.citation else []
    told += [
        f"{label}: {value}"
        for label, value in (("PMID", publication.pmid), ("DOI", publication.doi))
        if value and value not in (publication.citation or "")
    ]
    url = publication.url or (f"https://doi.org/{publication.doi}" if publication.doi else None)
    return _artifact(draft, "citation", publication.type, url, " ".join(told))


def _artifact(draft: Draft, kind: str, display: str | None, url: str | None, citation: str = "") -> Json:
    """Return a RelatedArtifact; an address that cannot be followed stands with the citation."""
    if url and not is_url(url):
        citation, url = f"{citation} {url}".strip(), None
    place = {"document": {"url": url}} if draft.release == "R5" else {"url": url}
    return filled(type=kind, display=display, citation=citation, **(place if url else {}))


# --- notes ------------------------------------------------------------------------------------------------------------


def _note_what_has_no_element(draft: Draft) -> None:
    trial = draft.trial
    note_countries(draft)
    if trial.design is not None:
        if trial.design.description:
            draft.fold("/design/description", trial.design.description, "Study design")
        enrolment = trial.design.enrolment
        for group, number in (enrolment.by_group if enrolment else {}).items():
            draft.fold("/design/enrolment/by_group", f"{number}", f"Enrolment, {group}")
    if trial.summary is not None and trial.summary.origin is not None:
        draft.fold("/summary/origin", trial.summary.origin, "Summary written by")
    _note_ethics(draft)
    _note_sharing(draft)
    _note_results(draft)
    for at, extra in enumerate(trial.extra):
        draft.fold(f"/extra/{at}", *((extra.value, extra.label) if extra.value else (extra.label,)))
    for at, translation in enumerate(trial.translations):
        label = f"{translation.pointer} ({translation.language})"
        draft.fold(f"/translations/{at}", translation.text, label)


def note_sponsor(draft: Draft) -> None:
    """Write down what is known of a sponsor that has no element to stand in."""
    sponsor = draft.trial.sponsor
    for name, label in (("sponsor_class", "Class of the sponsor"), ("about", "About the sponsor")):
        words = getattr(sponsor, name)
        if words:
            draft.fold(f"/sponsor/{name}", words, label)


def _note_ethics(draft: Draft) -> None:
    for at, review in enumerate(draft.trial.ethics):
        told = [review.committee] if review.committee and draft.release == "R4B" else []
        told += [review.status] if review.status else []
        told += [review.approved.value] if review.approved and draft.release == "R4B" else []
        contact = review.contact
        if contact is not None and draft.release == "R4B":
            told += [value for value in contact.model_dump().values() if value]
        if told:
            draft.fold(f"/ethics/{at}" if draft.release == "R4B" else f"/ethics/{at}/status", "; ".join(told), "Ethics")


def _note_sharing(draft: Draft) -> None:
    sharing = draft.trial.ipd_sharing
    if sharing is None:
        return
    names = ("plan", "raw", "description", "time_frame", "access")
    told = [(name, value) for name in names if (value := getattr(sharing, name))]
    for name, value in told:
        draft.fold(f"/ipd_sharing/{name}", value, f"Sharing of individual participant data, {name.replace('_', ' ')}")


def _note_results(draft: Draft) -> None:
    results = draft.trial.results
    if results is None:
        return
    if results.summary:
        draft.fold("/results/summary", results.summary, "Results")
    if results.actual_enrolment is not None:
        draft.fold("/results/actual_enrolment", str(results.actual_enrolment), "Enrolment in the results")
    if results.posted is not None and draft.release == "R4B":
        draft.fold("/results/posted", results.posted.value, "Results posted")


def facts_of_oversight(trial: Trial) -> Iterator[tuple[str, str | None]]:
    """Yield what is known of results and oversight as words and, where there is one, a code for them."""
    if trial.results is not None and trial.results.available is not None:
        yield f"Results available: {yes_no(trial.results.available)}", None
    oversight = trial.oversight
    if oversight is None:
        return
    if oversight.data_monitoring_committee is not None:
        yield f"Data monitoring committee: {yes_no(oversight.data_monitoring_committee)}", None
    for name, value in (("drug", oversight.fda_regulated_drug), ("device", oversight.fda_regulated_device)):
        if value is not None:
            yield f"FDA-regulated {name}: {yes_no(value)}", f"fda-regulated-{name}" if value else None


def intervention_concept(draft: Draft, at: int) -> Json:
    """Return an intervention's name and codes."""
    intervention = draft.trial.interventions[at]
    return filled(coding=codings(intervention.codes), text=intervention.name)
