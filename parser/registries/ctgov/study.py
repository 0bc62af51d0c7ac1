"""ClinicalTrials.gov: the study of a record: design, conditions, interventions, outcomes, people, places, dates.

Where the record misleads:

- MeSH terms are assigned by an algorithm of the registry, not by the sponsor. A term becomes the code of a condition or
  an intervention only when it is its name, or the registry says that it found the term in it; the code's provenance
  leads to the derived section. The others, and those of the XML, which have no code, are in `extra`.
- Countries that were removed are no countries of recruitment.
- A posting date of type `ESTIMATED` lies in the past; only study dates are anticipated.
- An enrolment without a type is a target: the type was added when actual numbers came to be collected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parser.models.trial import EventKind
from parser.normalize.concepts import concept_name
from parser.normalize.countries import country_code
from parser.normalize.dates import DateKind, read_date
from parser.normalize.numbers import parse_number
from parser.normalize.phases import read_phases
from parser.normalize.statuses import read_status
from parser.registries.ctgov.nodes import Leaf, Node
from parser.registries.ctgov.values import (
    MASKING_NONE,
    add,
    described,
    display,
    displayed,
    line,
    put_display,
    put_extra,
    put_list,
    put_prose,
    worded,
)
from parser.registries.page.fields import STUDY_TYPES
from parser.registries.record import RecordBuilder

#: Date, event, and whether its type says that it is yet to come; in the order of the record's own page.
EVENTS: tuple[tuple[str, EventKind, bool], ...] = (
    ("start", "start", True),
    ("primary_completion", "primary_completion", True),
    ("completion", "completion", True),
    ("first_submitted", "first_submitted", False),
    ("first_submitted_qc", "other", False),
    ("first_posted", "first_posted", False),
    ("results_submitted", "other", False),
    ("results_submitted_qc", "other", False),
    ("results_posted", "results_posted", False),
    ("disposition_submitted", "other", False),
    ("disposition_submitted_qc", "other", False),
    ("disposition_posted", "other", False),
    ("update_posted", "updated", False),
    ("update_submitted", "other", False),
    ("update_submitted_qc", "other", False),
)

DATE_KINDS: dict[str, DateKind] = {
    "actual": "actual",
    "estimated": "anticipated",
    "anticipated": "anticipated",
    "estimate": "anticipated",
}

#: What the one string of older XML calls its parts.
DESIGN_PARTS: dict[str, str] = {
    "allocation": "/design/allocation",
    "intervention model": "/design/intervention_model",
    "masking": "/design/masking",
    "primary purpose": "/design/purpose",
    "observational model": "/design/observational_model",
    "time perspective": "/design/time_perspective",
}
_PART = re.compile(
    r"(?:^|,\s*)(allocation|control|endpoint classification|intervention model|masking|primary purpose|"
    r"observational model|time perspective)\s*:\s*",
    re.IGNORECASE,
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s;,]+")


def read_design(record: RecordBuilder, study: Node) -> None:
    """Set study type, phases, design, enrolment and arms."""
    _read_study_type(record, study.one("study_type"))
    _read_phases(record, study)
    for name in ("allocation", "intervention_model", "purpose", "observational_model", "time_perspective"):
        put_display(record, f"/design/{name}", study.one(name))
    _read_masking(record, study)
    put_prose(record, "/design/description", study, "model_description")
    if (whole := study.one("study_design")) is not None:
        _read_design_string(record, whole)
    _read_enrolment(record, study)
    for entry in study.many("arms"):
        _read_arm(record, entry)


def _read_study_type(record: RecordBuilder, leaf: Leaf | None) -> None:
    words = display(line(leaf.text)) if leaf else ""
    if leaf is None or not words:
        return
    kind, bracket, _ = words.partition("[")
    value = STUDY_TYPES.get(kind.strip().casefold())
    if value is None and words.casefold() == "n/a":
        record.miss("/design/study_type", "explicit_not_reported")
        record.came_from("/design/study_type", path=leaf.path)
        return
    record.set("/design/study_type", value or "unknown", path=leaf.path)
    if bracket:
        put_extra(record, "Study type", leaf)
    if value is None:
        record.note("unknown_value", pointer="/design/study_type", field="study type", found=words)


def _read_phases(record: RecordBuilder, study: Node) -> None:
    for leaf in study.values("phases"):
        words = line(leaf.text)
        phases = ["not_applicable"] if words.casefold() in {"na", "n/a"} else [str(one) for one in read_phases(words)]
        for phase in phases:
            if phase not in (record.get("/design/phases") or ()):
                record.set(record.next("/design/phases"), phase, path=leaf.path)
        if not phases:
            record.note("unknown_value", pointer="/design/phases", field="phase", found=words)


def _read_masking(record: RecordBuilder, study: Node) -> None:
    """Set the masking with who is masked: `Double (Participant, Investigator)`."""
    leaf = study.one("masking")
    words = display(line(leaf.text)) if leaf else ""
    if leaf is None or not words:
        return
    if words == "None":
        words = MASKING_NONE
    who = [display(line(one.text)) for one in study.values("who_masked")]
    if who and "(" not in words:
        words = f"{words} ({', '.join(who)})"
    record.set("/design/masking", words, path=leaf.path)


def _read_design_string(record: RecordBuilder, leaf: Leaf) -> None:
    """Set the design from the one string of older XML, which stays whole as the description."""
    words = line(leaf.text)
    if not words:
        return
    if record.get("/design/description") is None:
        record.set("/design/description", words, path=leaf.path)
    parts = list(_PART.finditer(words))
    ends = [*(part.start() for part in parts[1:]), len(words)]
    for part, end in zip(parts, ends, strict=False):
        value = Leaf(words[part.end() : end], leaf.path)
        pointer = DESIGN_PARTS.get(part[1].casefold())
        if pointer is None:
            put_extra(record, part[1], value)
        elif record.get(pointer) is None:
            put_display(record, pointer, value)


def _read_enrolment(record: RecordBuilder, study: Node) -> None:
    leaf, kind = study.one("enrolment"), study.one("enrolment_type")
    words = line(leaf.text) if leaf else ""
    if leaf is None or not words:
        return
    count = parse_number(words)
    if not isinstance(count, int):
        record.note("unknown_value", pointer="/design/enrolment", field="enrolment", found=words)
        return
    field = "actual" if kind is not None and line(kind.text).casefold() == "actual" else "target"
    record.set(f"/design/enrolment/{field}", count, path=leaf.path)


def _read_arm(record: RecordBuilder, entry: Node) -> None:
    values = {
        "label": worded(entry, "arm.label"),
        "kind": displayed(entry, "arm.kind"),
        "description": described(entry, "arm.description"),
    }
    add(record, "/design/arms", values, "label")


def read_subject(record: RecordBuilder, study: Node) -> None:
    """Set conditions, keywords, interventions and outcomes."""
    for leaf in study.values("conditions"):
        pointer = record.append("/conditions", {"text": line(leaf.text)})
        record.came_from(f"{pointer}/text", path=leaf.path)
    put_list(record, "/keywords", study.values("keywords"))
    for entry in study.many("interventions"):
        _read_intervention(record, entry)
    _read_meshes(record, study, "condition", "/conditions", "text")
    _read_meshes(record, study, "intervention", "/interventions", "name")
    for rank in ("primary", "secondary", "other"):
        for entry in study.many(f"{rank}_outcomes"):
            _read_outcome(record, entry, rank)


def _read_intervention(record: RecordBuilder, entry: Node) -> None:
    name, kind = worded(entry, "intervention.name"), displayed(entry, "intervention.type")
    if name is None or not name.text:
        return
    values = {
        "type": kind and Leaf(kind.text.casefold(), kind.path),
        "name": name,
        "description": described(entry, "intervention.description"),
    }
    pointer = add(record, "/interventions", values, "name")
    put_list(record, f"{pointer}/arms", entry.values("intervention.arms"))
    for leaf in entry.values("intervention.other_names"):
        put_extra(record, f"Other name of {name.text}", leaf)


def _read_meshes(record: RecordBuilder, study: Node, kind: str, pointer: str, field: str) -> None:
    """Set the derived MeSH terms as codes of what they name; keep the others in `extra`."""
    meshes = study.many(f"{kind}_meshes")
    if not meshes:
        return
    by_name: dict[str, str] = {}
    for index, entry in enumerate(record.get(pointer) or ()):
        by_name.setdefault(concept_name(entry[field]), f"{pointer}/{index}")
    found_in: dict[str, str] | None = None
    for mesh in meshes:
        term, code = worded(mesh, "mesh.term"), worded(mesh, "mesh.id")
        if term is None or not term.text:
            continue
        owner = by_name.get(concept_name(term.text))
        if owner is None and code is not None:
            found_in = _found_in(study, kind) if found_in is None else found_in
            owner = by_name.get(concept_name(found_in.get(term.text, "")))
        if owner is None or code is None:
            shown = f"{term.text} ({code.text})" if code else term.text
            put_extra(record, f"MeSH term of the {kind}s (assigned by the registry)", term, shown)
            continue
        place = record.append(f"{owner}/codes", {"system": "MeSH", "code": code.text, "display": term.text})
        record.came_from(f"{place}/code", path=code.path)
        record.came_from(f"{place}/display", path=term.path)


def _found_in(study: Node, kind: str) -> dict[str, str]:
    """Return, for the terms of which the registry says so, the words of the record that it found them in."""
    found: dict[str, str] = {}
    for leaf in study.many(f"{kind}_leaves"):
        words = leaf.one("leaf.as_found")
        if words is not None and (name := leaf.one("leaf.name")) is not None:
            found[name.text] = words.text
    return found


def _read_outcome(record: RecordBuilder, entry: Node, rank: str) -> None:
    values = {
        "measure": worded(entry, "outcome.measure"),
        "method": described(entry, "outcome.method"),
        "time_frame": described(entry, "outcome.time_frame"),
    }
    add(record, "/outcomes", values, "measure", rank=rank)


def read_people(record: RecordBuilder, study: Node) -> None:
    """Set contacts and officials, then the sites with their contacts; a site's other staff come last."""
    for entry in study.many("contacts"):
        _read_person(record, entry, "Contact")
    for entry in study.many("contact_backups"):
        _read_person(record, entry, "Contact Backup")
    for entry in study.many("officials"):
        _read_person(record, entry)
    sites = study.many("locations")
    for site in sites:
        _read_site(record, site)
    _read_countries(record, study, sites)


def _read_person(record: RecordBuilder, entry: Node, role: str | None = None, site: Node | None = None) -> None:
    values = _person(entry)
    if not values:
        return
    if site is not None and "affiliation" not in values:
        values["affiliation"] = worded(site, "location.facility")
        values["city"], values["country"] = worded(site, "location.city"), worded(site, "location.country")
    if role is not None and "role" not in values:
        add(record, "/contacts", values, role=role)
    else:
        add(record, "/contacts", values)


def _person(entry: Node) -> dict[str, Leaf | None]:
    """Return what is stated of a person; none without a name, a number or an address.

    Names and telephone numbers that stand in parts are put together.
    """
    values: dict[str, Leaf | None] = {}
    if (name := _name(entry)) is not None:
        values["name"] = name
    phone, extension = worded(entry, "person.phone"), worded(entry, "person.extension")
    if phone is not None and phone.text:
        values["phone"] = Leaf(f"{phone.text} ext. {extension.text}", phone.path) if extension else phone
    if (email := worded(entry, "person.email")) is not None:
        values["email"] = email
    if not values:
        return values
    for field, leaf in (
        ("role", displayed(entry, "person.role")),
        ("affiliation", worded(entry, "person.affiliation")),
    ):
        if leaf is not None and leaf.text:
            values[field] = leaf
    return values


def _name(entry: Node) -> Leaf | None:
    """Return a person's name, with the degrees that older XML keeps apart."""
    name = worded(entry, "person.name")
    given = [leaf.text for part in ("first", "middle") if (leaf := worded(entry, f"person.{part}")) and leaf.text]
    if name is None or not name.text:
        return None
    degrees = worded(entry, "person.degrees")
    whole = " ".join([*given, name.text])
    return Leaf(f"{whole}, {degrees.text}" if degrees and degrees.text else whole, name.path)


def _read_site(record: RecordBuilder, site: Node) -> None:
    leaves = {name: worded(site, f"location.{name}") for name in ("facility", "city", "region", "zip", "country")}
    raw = ", ".join(leaf.text for leaf in leaves.values() if leaf is not None and leaf.text)
    if not raw:
        return
    country = leaves["country"]
    code = country_code(country.text) if country else None
    values = {
        "raw": Leaf(raw, site.path),
        **leaves,
        "country_code": Leaf(code, country.path) if code and country else None,
    }
    del values["zip"]
    pointer = add(record, "/locations", values, "raw")
    assert pointer is not None, "it has words"
    if country is not None and code is not None:
        record.set(f"{pointer}/country_code", code, path=country.path)
    if country is not None and country.text and code is None:
        record.note("unknown_value", pointer=f"{pointer}/country_code", field="country", found=country.text)
    _read_site_status(record, pointer, worded(site, "location.status"))
    _read_site_staff(record, pointer, site)


def _read_site_status(record: RecordBuilder, pointer: str, leaf: Leaf | None) -> None:
    if leaf is None or not leaf.text:
        return
    value = read_status(leaf.text)
    record.set(f"{pointer}/status", {"value": value or "unknown", "raw": leaf.text})
    record.came_from(f"{pointer}/status/value", path=leaf.path)
    record.came_from(f"{pointer}/status/raw", path=leaf.path)
    if value is None:
        record.note("unknown_value", pointer=f"{pointer}/status/value", field="status", found=leaf.text)


def _read_site_staff(record: RecordBuilder, pointer: str, site: Node) -> None:
    """Set the site's contact, and add its other people to the trial's contacts."""
    staff = [*site.many("location.contacts"), *site.many("location.backups"), *site.many("location.investigators")]
    for index, entry in enumerate(staff):
        if index:
            _read_person(record, entry, site=site)
            continue
        values = {name: leaf for name, leaf in _person(entry).items() if leaf is not None}
        if values:
            record.set(f"{pointer}/contact", {name: leaf.text for name, leaf in values.items()})
        for name, leaf in values.items():
            record.came_from(f"{pointer}/contact/{name}", path=leaf.path)


def _read_countries(record: RecordBuilder, study: Node, sites: Iterable[Node]) -> None:
    """Set the countries of recruitment: the record's list, else those of its sites."""
    leaves = study.values("countries") or [leaf for site in sites if (leaf := site.one("location.country"))]
    known: set[str] = set()
    for leaf in leaves:
        raw = line(leaf.text)
        if not raw or raw in known:
            continue
        known.add(raw)
        pointer = record.next("/countries")
        record.set(f"{pointer}/raw", raw, path=leaf.path)
        if code := country_code(raw):
            record.set(f"{pointer}/country_code", code, path=leaf.path)


def read_timeline(record: RecordBuilder, study: Node) -> None:
    """Set the dated steps, labelled as the source calls them."""
    for name, event, planned in EVENTS:
        leaf = study.one(name)
        if name == "update_submitted" and study.one("update_posted") is None:
            # The XML before 2017 has no dates of posting.
            event = "updated"
        if leaf is not None and leaf.text.strip():
            _read_event(record, study, name, event, planned, leaf)


def _read_event(record: RecordBuilder, study: Node, name: str, event: EventKind, planned: bool, leaf: Leaf) -> None:
    step: dict[str, object] = {"event": event, "label": _label(leaf.path)}
    pointer = record.append("/timeline", step)
    reading = read_date(leaf.text)
    record.came_from(f"{pointer}/date", path=leaf.path)
    if reading.date is None:
        record.miss(f"{pointer}/date", reading.reason or "unparseable")
        if reading.reason == "unparseable":
            record.note("unknown_value", pointer=f"{pointer}/date", field="date", found=line(leaf.text))
        return
    step["date"] = reading.date
    kind = study.one(f"{name}_type") if f"{name}_type" in _TYPED else None
    if kind is None or not (words := line(kind.text)):
        return
    value = DATE_KINDS.get(words.casefold())
    if value is None:
        record.note("unknown_value", pointer=f"{pointer}/kind", field="date type", found=words)
    elif planned or value == "actual":
        step["kind"] = value
        record.came_from(f"{pointer}/kind", path=kind.path)


_TYPED = frozenset(
    f"{name}_type"
    for name in (
        "start",
        "primary_completion",
        "completion",
        "first_posted",
        "results_posted",
        "disposition_posted",
        "update_posted",
    )
)


def _label(path: str) -> str:
    """Return what the source calls the field at a path (`startDateStruct`, `start_date`)."""
    steps = path.split("/")
    name = steps[-2] if steps[-1] == "date" else steps[-1]
    return name.partition("[")[0]


def read_references(record: RecordBuilder, study: Node) -> None:
    """Set papers and links."""
    for entry in study.many("references"):
        _read_reference(record, entry)
    for entry in study.many("result_references"):
        _read_reference(record, entry, type="result")
    for entry in study.many("links"):
        add(record, "/publications", {"citation": worded(entry, "link.label"), "url": worded(entry, "link.url")})
    for entry in study.many("participant_data"):
        values = {name: worded(entry, f"data.{name}") for name in ("comment", "url", "type")}
        add(record, "/publications", {"citation": values.pop("comment"), **values})


def _read_reference(record: RecordBuilder, entry: Node, **fixed: str) -> None:
    citation, kind = worded(entry, "reference.citation"), worded(entry, "reference.type")
    values = {"citation": citation, "pmid": worded(entry, "reference.pmid")}
    if citation is not None and (doi := _DOI.search(citation.text)):
        values["doi"] = Leaf(doi[0].rstrip("."), citation.path)
    if kind is not None:
        values["type"] = Leaf(kind.text.casefold(), kind.path)
    add(record, "/publications", values, **fixed)
