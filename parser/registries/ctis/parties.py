"""Who runs a CTIS trial and where: sponsors, contacts, member states, sites, results, sharing of data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_code, is_code
from parser.normalize.names import normal_case, same_name
from parser.registries.ctis.nodes import Node, first
from parser.registries.ctis.parts import Parts, set_status, set_words
from parser.registries.ctis.terms import SPONSOR_CLASSES
from parser.registries.record import RecordBuilder

# `DE:Ongoing, recruiting, GR:Authorised, not started`: commas stand between states and inside them.
_STATE = re.compile(r"(?:^|,\s*)([A-Z]{2}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s?:\s?")


def read_parties(parts: Parts, record: RecordBuilder) -> None:
    """Set sponsors, contacts, countries, sites, authorities, results and the plan to share data."""
    _sponsors(parts, record)
    _funders(parts, record)
    _countries(parts, record)
    _sites(parts, record)
    _results(parts, record)
    _sharing(parts, record)


def _sponsors(parts: Parts, record: RecordBuilder) -> None:
    entries = parts.one.at("sponsors").entries() or parts.root.at("primarySponsor").entries()
    entries = sorted(entries, key=lambda entry: entry.at("primary").flag is not True)
    for entry in entries:
        _set_organisation(record, entry)
        for name, role in (("publicContacts", "Public"), ("scientificContacts", "Scientific")):
            for contact in entry.at(name).entries():
                _set_contact(record, contact, role)
        for party in entry.at("thirdParties").entries():
            _set_name(record, "/sponsor/collaborators", party.at("organisationAddress", "organisation", "name"))
    if not entries and set_words(record, "/sponsor/raw", parts.root.at("sponsor")):
        record.set("/sponsor/name", normal_case(record.get("/sponsor/raw")), path=parts.root.at("sponsor").path)


def _set_organisation(record: RecordBuilder, entry: Node) -> None:
    organisation = entry.at("organisation")
    organisation = organisation if organisation.entries() else entry.at("publicContacts", "organisation")
    name = organisation.at("name")
    if absent_reason(name.words):
        return
    if record.get("/sponsor/name") is not None:
        if not same_name(name.words, record.get("/sponsor/raw")):
            _set_name(record, "/sponsor/secondary", name)
        return
    record.set("/sponsor/name", normal_case(name.words), path=name.path)
    record.set("/sponsor/raw", name.words, path=name.path)
    kind = organisation.at("type")
    if kind.words:
        value = SPONSOR_CLASSES.get(kind.words.casefold())
        record.set("/sponsor/sponsor_class", value or "unknown", path=kind.path)
        if value is None:
            record.note("unknown_value", pointer="/sponsor/sponsor_class", field="sponsor type", found=kind.words)


def _set_name(record: RecordBuilder, pointer: str, name: Node) -> None:
    """Add an organisation to a list, once."""
    known = [one["raw"] for one in record.get(pointer) or ()]
    if absent_reason(name.words) or any(same_name(name.words, one) for one in known):
        return
    at = record.next(pointer)
    record.set(f"{at}/name", normal_case(name.words), path=name.path)
    record.set(f"{at}/raw", name.words, path=name.path)


def _funders(parts: Parts, record: RecordBuilder) -> None:
    for entry in parts.information.at("sourceOfMonetarySupport").entries():
        _set_name(record, "/sponsor/funders", entry.at("organisationName"))


def _set_contact(record: RecordBuilder, contact: Node, role: str) -> None:
    fields = {
        "name": contact.at("functionalName"),
        "role": contact.at("type"),
        "affiliation": contact.at("organisation", "name"),
        "phone": contact.at("telephone"),
        "email": contact.at("functionalEmailAddress"),
    }
    pointer = record.next("/contacts")
    for field, node in fields.items():
        if absent_reason(node.words) is None:
            record.set(f"{pointer}/{field}", node.words, path=node.path)
    if record.get(pointer) is not None and record.get(f"{pointer}/role") is None:
        record.set(f"{pointer}/role", role)


def _countries(parts: Parts, record: RecordBuilder) -> None:
    """Set the member states with their status and planned number, then the countries outside the EEA."""
    places: dict[str, str] = {}
    for name, node, status in _states(parts):
        code = name.words if is_code(name.words) else country_code(name.words)
        key = code or name.words
        if not key:
            continue
        if key not in places:
            places[key] = record.next("/countries")
            record.set(f"{places[key]}/raw", name.words, path=name.path)
            if code is not None:
                record.set(f"{places[key]}/country_code", code, path=name.path)
            else:
                record.note("unknown_value", pointer=places[key], field="country", found=name.words)
        if status.words and record.get(f"{places[key]}/status") is None:
            set_status(record, f"{places[key]}/status", status)
        if (planned := node.at("recruitmentSubjectCount")).number is not None:
            record.set(f"{places[key]}/planned", planned.number, path=planned.path)
    _rest_of_world(parts, record, places)


def _states(parts: Parts) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the member states as every field has them: name, what holds its number, status."""
    for part in parts.two:
        info = part.at("mscInfo")
        yield first(info.at("countryName"), info.at("mscName")), part, info.at("mscPublicStatusCode")
    for state in parts.application.at("memberStatesConcerned").entries():
        yield first(state.at("countryName"), state.at("mscName")), state, state.at("mscPublicStatusCode")
    for entry in parts.root.at("trialCountries").entries():
        found = list(_STATE.finditer(entry.words))
        for number, match in enumerate(found):
            end = found[number + 1].start() if number + 1 < len(found) else len(entry.words)
            status = entry.words[match.end() : end].strip(" ,")
            yield Node(match[1], entry.path), Node(None), Node(status, entry.path)


def _rest_of_world(parts: Parts, record: RecordBuilder, places: dict[str, str]) -> None:
    for entry in parts.one.at("rowCountriesInfo").entries():
        name, code = entry.at("name"), entry.at("isoAlpha2Code")
        alpha = code.words if is_code(code.words) else country_code(name.words)
        if not name.words or (alpha or name.words) in places:
            continue
        places[alpha or name.words] = pointer = record.next("/countries")
        record.set(f"{pointer}/raw", name.words, path=name.path)
        if alpha is not None:
            record.set(f"{pointer}/country_code", alpha, path=code.path if code.words == alpha else name.path)


def _sites(parts: Parts, record: RecordBuilder) -> None:
    """Set the sites of each member state, with the investigator as contact; and the authorities that reported."""
    for part in parts.two:
        for site in part.at("trialSites").entries():
            _set_site(record, site)
        authority = part.at("mscInfo", "organisationInfo", "acronym")
        if absent_reason(authority.words) is None and authority.words not in (
            record.get("/oversight/authorities") or ()
        ):
            record.set(record.next("/oversight/authorities"), authority.words, path=authority.path)


def _set_site(record: RecordBuilder, site: Node) -> None:
    place = site.at("organisationAddressInfo")
    address = place.at("address")
    facility, country = place.at("organisation", "name"), address.at("countryName")
    shown = (facility, address.at("oneLine"), address.at("postcode"), address.at("city"), country)
    raw = [node for node in shown if absent_reason(node.words) is None]
    if not raw:
        return
    pointer = record.next("/locations")
    record.set(f"{pointer}/raw", ", ".join(node.words for node in raw), path=" ".join(node.path for node in raw))
    for field, node in (("facility", facility), ("city", address.at("city")), ("country", country)):
        if node in raw:
            record.set(f"{pointer}/{field}", node.words, path=node.path)
    if (code := country_code(country.words)) is not None:
        record.set(f"{pointer}/country_code", code, path=country.path)
    _set_investigator(record, f"{pointer}/contact", site)


def _set_investigator(record: RecordBuilder, pointer: str, site: Node) -> None:
    person = site.at("personInfo")
    names = [node for node in (person.at("firstName"), person.at("lastName")) if node.words]
    if names:
        record.set(
            f"{pointer}/name", " ".join(node.words for node in names), path=" ".join(node.path for node in names)
        )
    fields = (
        ("affiliation", site.at("departmentName")),
        ("phone", first(person.at("telephone"), site.at("organisationAddressInfo", "phone"))),
        ("email", first(person.at("email"), site.at("organisationAddressInfo", "email"))),
    )
    for field, node in fields:
        if absent_reason(node.words) is None:
            record.set(f"{pointer}/{field}", node.words, path=node.path)


def _results(parts: Parts, record: RecordBuilder) -> None:
    """Set whether there are summary results; an empty list of them says that there are none yet."""
    results = parts.root.at("results")
    names = ("summaryResults", "laypersonResults", "clinicalStudyReports")
    found = next((results.at(name) for name in names if results.at(name).entries()), None)
    received = parts.root.at("resultsFirstReceived")
    if found is not None:
        record.set("/results/available", True, path=found.path)
    elif received.flag is not None:
        record.set("/results/available", received.flag, path=received.path)
    elif isinstance(results.at(names[0]).value, list):
        record.set("/results/available", False, path=results.at(names[0]).path)


def _sharing(parts: Parts, record: RecordBuilder) -> None:
    """Set the plan to share participants' data; its code is kept, the portal does not explain it."""
    names = ("individualParticipantData", "individualParticipantDataSharingStatement")
    for statement in (parts.information.at(name) for name in names):
        plan = statement.at("planToShareIPD")
        if plan.words or plan.flag is not None:
            raw = plan.words or str(plan.flag)
            value = {True: "yes", False: "no", None: "unknown"}[plan.flag]
            record.set("/ipd_sharing/plan", value, path=plan.path)
            record.set("/ipd_sharing/raw", raw, path=plan.path)
            if value == "unknown":
                record.note("unknown_value", pointer="/ipd_sharing/plan", field="plan to share data", found=raw)
        others = [
            node for name, node in statement.members() if name != "planToShareIPD" and isinstance(node.value, str)
        ]
        if others and others[0].text:
            record.set("/ipd_sharing/description", others[0].text, path=others[0].path)
