"""People, organisations and places as resources; R4B has some of their elements elsewhere than R5."""

from __future__ import annotations

from collections.abc import Iterator

from parser.export.fhir import terms
from parser.export.fhir.datatypes import Json, concept, filled, human_name, telecoms
from parser.export.fhir.draft import Draft
from parser.export.fhir.terms import FHIR, Term
from parser.models.trial import Contact, Location

_ROLES = FHIR + "research-study-party-role"
_ORGANIZATIONS = FHIR + "research-study-party-organization-type"


def role(code: str, words: str | None = None) -> Json:
    """Return a CodeableConcept of research-study-party-role."""
    return concept(words, Term(_ROLES, code))


def contact_role(contact: Contact) -> str:
    """Return the code for what somebody does in a study."""
    words = (contact.role or "").casefold()
    return next((code for stem, code in terms.CONTACT_ROLES if stem in words), "general-contact")


def classifier(sponsor_class: str | None) -> list[Json]:
    """Return the kind of an organisation as a list of one CodeableConcept."""
    if sponsor_class is None:
        return []
    code = terms.SPONSOR_CLASSES.get(sponsor_class)
    return [concept(sponsor_class, *([Term(_ORGANIZATIONS, code)] if code else []))]


def address(contact: Contact) -> Json | None:
    """Return a contact's Address."""
    return filled(text=contact.address, city=contact.city, country=contact.country) or None


def person(draft: Draft, contact: Contact, part: str) -> Json | None:
    """Add a contact and return a Reference: to the person, to the person in an organisation, or to that alone."""
    reach = telecoms(contact.phone, contact.email)
    where = address(contact)
    if contact.name is None and contact.affiliation is not None:
        return draft.organization(contact.affiliation, **_organization_contact(draft, reach, where))
    if contact.name is None and not reach and where is None:
        return None
    practitioner = draft.add(
        "Practitioner",
        f"person-{part}",
        name=human_name(contact.name),
        telecom=reach,
        address=[where] if where else [],
    )
    practitioner = filled(**practitioner, display=contact.name)
    if contact.affiliation is None:
        return practitioner
    reference = draft.add(
        "PractitionerRole",
        f"role-{part}",
        practitioner=practitioner,
        organization=draft.organization(contact.affiliation),
    )
    return filled(**reference, display=contact.name)


def _organization_contact(draft: Draft, reach: list[Json], where: Json | None) -> Json:
    """Return the elements of an Organization for how it is reached."""
    if draft.release == "R4B":
        return filled(telecom=reach, address=[where] if where else [])
    contact = filled(telecom=reach, address=where)
    return filled(contact=[contact] if contact else [])


def sites(draft: Draft) -> list[Json]:
    """Add the study's places and return References to them."""
    return [_site(draft, place, at) for at, place in enumerate(draft.trial.locations)]


def _site(draft: Draft, place: Location, at: int) -> Json:
    pointer = f"/locations/{at}"
    contact = place.contact
    told = [words for _, words in _told(draft, place, pointer)]
    reached: Json = {}
    if contact is not None:
        reach = telecoms(contact.phone, contact.email)
        if draft.release == "R5":
            who = filled(
                name=human_name(contact.name),
                telecom=reach,
                address=address(contact),
                organization={"display": contact.affiliation} if contact.affiliation else None,
            )
            reached = filled(contact=[who] if who else [])
        else:
            reached = filled(telecom=reach)
    reference = draft.add(
        "Location",
        f"site-{at + 1}",
        name=place.facility,
        description="\n".join(told),
        address=filled(
            text=place.raw, city=place.city, state=place.region, country=place.country_code or place.country
        ),
        **reached,
    )
    return {**reference, "display": place.facility or place.raw}


def _told(draft: Draft, place: Location, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield what a Location has no element for, and name it."""
    found: list[tuple[str, str]] = []
    if place.status is not None:
        found.append(("status", f"Recruitment status: {place.status.raw or place.status.value}"))
        if place.status.why_stopped:
            found.append(("status/why_stopped", f"Why stopped: {place.status.why_stopped}"))
        if place.status.last_verified:
            found.append(("status/last_verified", f"Last verified: {place.status.last_verified.value}"))
    contact = place.contact
    if contact is not None:
        names = ("role",) if draft.release == "R5" else ("name", "role", "affiliation", "address", "city", "country")
        told = [(name, getattr(contact, name)) for name in names]
        found += [(f"contact/{name}", f"Contact's {name}: {value}") for name, value in told if value]
    for name, words in found:
        draft.lose(f"{pointer}/{name}", "folded", words)
    yield from found


def countries(draft: Draft) -> list[Json]:
    """Return CodeableConcepts of the countries in which a study recruits, each once."""
    trial = draft.trial
    found: dict[str, tuple[str | None, str | None]] = {}
    for country in trial.countries:
        found.setdefault(country.country_code or country.raw, (country.country_code, country.raw))
    for place in trial.locations:
        key = place.country_code or place.country
        if key:
            found.setdefault(key, (place.country_code, place.country))
    return [concept(words or code, *([Term(terms.COUNTRIES, code)] if code else [])) for code, words in found.values()]


def note_countries(draft: Draft) -> None:
    """Write down what a country's recruitment is, for which there is no element."""
    for at, country in enumerate(draft.trial.countries):
        told = [f"status {country.status.raw or country.status.value}"] if country.status else []
        told += [f"planned {country.planned}"] if country.planned is not None else []
        told += [f"actual {country.actual}"] if country.actual is not None else []
        if told:
            draft.fold(f"/countries/{at}", ", ".join(told), f"Recruitment in {country.raw}")
