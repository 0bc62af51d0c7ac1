"""JSON in the shape of ClinicalTrials.gov's API v2, so that tools made for it read trials of any registry.

Each field goes where the reader of the format looks for it: the paths are the reader's own table. `nctId` holds the
trial's primary number, whatever register gave it, for tools know a study by that field. Words that are no code of the
API's enumerations are not written as one; they stand in a description where the API has one for them.

In this module: what a target has (`convert`, `read_back`, `write`); `_Writer`, with a method for each module of the
API, in the API's order; then entries of its lists. The words of its enumerations are in `ctgov_terms`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO, Final

from parser.export import ctgov_terms as terms
from parser.export.carried import losses
from parser.export.eligibility_text import age_limits, with_headings
from parser.export.losses import Loss
from parser.export.names import organisation
from parser.models import Contact, Identifier, Location, PartialDate, Trial
from parser.models.trial import EventKind, Organization, Publication, Sponsor
from parser.reading.document import Document
from parser.registries import read_trial
from parser.registries.ctgov.fields import EXTRAS
from parser.registries.ctgov.names import paths
from parser.registries.ctgov.study import EVENTS

_PATHS: Final = paths("v2")
_API: Final = {name: [alternative[0] for alternative in found] for name, found in _PATHS.items()}
_YES_NO: Final = {"Yes": True, "No": False}
#: Events of other registers that stand for one of the API's where the record has no such date.
_STAND_INS: Final[dict[str, tuple[EventKind, ...]]] = {
    "start": ("recruitment_start",),
    "first_posted": ("registered",),
}


def convert(trial: Trial) -> tuple[dict[str, Any], list[Loss]]:
    """Make a trial's study, and name what reading it back does not give."""
    writer = _Writer(trial)
    study = writer.written()
    found = losses(trial, read_back(study), writer.notes, "\n".join(_texts(study)))
    if any(criterion.rule is not None for criterion in trial.eligibility.criteria):
        found.append(Loss("/eligibility/criteria", "rule_as_text", trial.eligibility.text))
    return study, found


def read_back(study: dict[str, Any]) -> Trial:
    """Read a study with the reader of the format; its criteria stay text."""
    document = Document("json", None, study, sha256="", size=0, encoding=None, encoding_from=None)
    return read_trial(document, registry="ctgov")


def write(documents: Iterable[Any], stream: BinaryIO) -> None:
    """Write one study as it is, several as the API's list of them."""
    studies = iter(documents)
    first = list(islice(studies, 2))
    if len(first) == 1:
        stream.write(_dumped(first[0]) + b"\n")
        return
    stream.write(b'{"studies": [\n')
    for at, study in enumerate(chain(first, studies)):
        stream.write((b",\n" if at else b"") + _dumped(study))
    stream.write(b"\n]}\n")


def _dumped(study: Any) -> bytes:
    return json.dumps(study, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


class _Writer:
    """Writes one trial.

    Attributes:
        notes: By pointer, why a field is not carried as it is, and what was written instead.
    """

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.notes: dict[str, tuple[str, str | None]] = {}
        self._study: dict[str, Any] = {"protocolSection": {}}
        #: Values without a field of their own, by label; those written are taken out.
        self._extras: dict[str, list[str]] = {}
        for extra in trial.extra:
            self._extras.setdefault(extra.label, []).append(extra.value or "")

    def written(self) -> dict[str, Any]:
        """Return the study with all its modules, in the API's order."""
        self._identification()
        self._status()
        self._sponsors(self.trial.sponsor or Sponsor())
        self._oversight()
        self._subject()
        self._design()
        self._arms()
        for rank in ("primary", "secondary", "other"):
            self._put(f"{rank}_outcomes", [self._outcome(one) for one in self.trial.outcomes if one.rank == rank])
        self._eligibility()
        self._people()
        self._references()
        self._sharing()
        self._derived()
        return self._study

    # --- writing ---------------------------------------------------------------------------------------------------

    def _put(self, name: str, value: Any) -> None:
        """Set a field of the study where the API has it; what is empty is left out, as there."""
        if value in (None, "", [], {}):
            return
        *outer, last = _API[name][0]
        holder = self._study
        for step in outer:
            holder = holder.setdefault(step, {})
        holder[last] = value

    def _note(self, pointer: str, reason: str, written: str | None = None) -> None:
        self.notes[pointer] = (reason, written)

    def _taken(self, label: str) -> list[str]:
        """Return the values kept under a label, which are written now."""
        return self._extras.pop(label, [])

    def _one_taken(self, label: str) -> str | None:
        return next(iter(self._taken(label)), None)

    # --- modules ---------------------------------------------------------------------------------------------------

    def _identification(self) -> None:
        identifiers = self.trial.identifiers
        primary = next((one for one in identifiers if one.role == "primary"), identifiers[0] if identifiers else None)
        others = [one for one in identifiers if one is not primary]
        self._put("nct_id", primary.value if primary else None)
        if primary is not None and primary.scheme == "other":
            self._note(f"/identifiers/{identifiers.index(primary)}", "folded", f"nctId: {primary.value}")
        self._put("nct_alias", [one.value for one in others if one.scheme == "nct"])
        own = next((one for one in others if one.scheme == "sponsor"), None)
        self._put("org_study_id", own.value if own else None)
        for name, label in EXTRAS[1:4]:
            self._put(name, self._coded_extra(label))
        self._put("secondary_ids", [self._secondary(one) for one in others if one is not own and one.scheme != "nct"])
        self._put("organization", self._one_taken("Organization"))
        self._put("brief_title", self.trial.title)
        self._put("official_title", self.trial.scientific_title)
        self._put("acronym", self.trial.acronym)

    def _secondary(self, one: Identifier) -> dict[str, Any]:
        kind = terms.code_of("id.type", self._one_taken(f"Type of {one.raw}"))
        return _entry(
            {
                "id.value": one.raw if one.scheme in ("other", "sponsor") else one.value,
                "id.type": kind or terms.IDENTIFIER_TYPES.get(one.scheme, terms.OTHER_REGISTER),
                "id.domain": self._one_taken(f"Issuer of {one.raw}"),
                "id.link": self._one_taken(f"Link of {one.raw}"),
            }
        )

    def _coded_extra(self, label: str) -> Any:
        words = self._one_taken(label)
        return None if words is None else _YES_NO.get(words, terms.written_code(words))

    def _status(self) -> None:
        status = self.trial.status
        self._put("verified", self._date("/status/last_verified", status.last_verified) if status else None)
        if status is not None:
            code = terms.STATUSES[status.value]
            self._put("status", code)
            self._put("why_stopped", status.why_stopped)
            if terms.STATUSES[status.value] == "UNKNOWN":
                self._note("/status/value", "narrowed", code)
        for name, _, _ in EVENTS:
            if _API.get(name):
                self._event(name)

    def _event(self, name: str) -> None:
        at = self._event_of(name)
        if at is None:
            return
        event = self.trial.timeline[at]
        self._put(name, self._date(f"/timeline/{at}/date", event.date))
        if f"{name}_type" in _API and event.kind is not None and event.date is not None:
            self._put(f"{name}_type", terms.DATE_TYPES[event.kind])

    def _event_of(self, name: str) -> int | None:
        """Return the timeline's entry for one of the API's dates: the step itself, else one that stands in for it."""
        kinds = {known: event for known, event, _ in EVENTS}
        timeline = self.trial.timeline
        dated = [at for at, event in enumerate(timeline) if event.date is not None]
        own = [at for at in dated if _LABELS.get(timeline[at].label) == name]
        if kinds[name] == "other" or own:
            return own[0] if own else None
        same = [at for at in dated if timeline[at].event == kinds[name] and timeline[at].label not in _LABELS]
        if same:
            return same[0]
        for stand_in in _STAND_INS.get(name, ()):
            for at in dated:
                if timeline[at].event == stand_in:
                    date = timeline[at].date
                    self._note(f"/timeline/{at}", "folded", f"{_API[name][0][-2]}: {date.value if date else ''}")
                    return at
        return None

    def _date(self, pointer: str, date: PartialDate | None) -> str | None:
        """Return a date as the API has it; a year alone is none of its forms."""
        if date is not None and date.precision == "year":
            self._note(pointer, "precision")
            return None
        return date.value if date else None

    def _sponsors(self, sponsor: Sponsor) -> None:
        kind = self._one_taken("Responsible party type")
        party = sponsor.responsible_party
        code = terms.code_of("responsible.type", kind or party)
        named = party if party and (kind or code is None) else None
        self._put("responsible", {**({"type": code} if code else {}), **({"oldNameTitle": named} if named else {})})
        if sponsor.name:
            lead = Organization(name=sponsor.name, raw=sponsor.raw, sponsor_class=sponsor.sponsor_class)
            self._put("sponsor", organisation(sponsor))
            self._put("sponsor_class", self._class(lead, "/sponsor"))
        for name in ("secondary", "funders"):
            for at, one in enumerate(getattr(sponsor, name)):
                self._note(f"/sponsor/{name}/{at}", "folded", f"collaborators: {one.name}")
        together = [("collaborators", one) for one in sponsor.collaborators]
        together += [(name, one) for name in ("secondary", "funders") for one in getattr(sponsor, name)]
        known = dict.fromkeys(one.name for _, one in together)
        first = {name: next(one for _, one in together if one.name == name) for name in known}
        self._put(
            "collaborators",
            [
                _entry(
                    {
                        "organisation.name": organisation(one),
                        "organisation.class": self._class(one, f"/sponsor/collaborators/{at}"),
                    }
                )
                for at, one in enumerate(first.values())
            ],
        )

    def _class(self, one: Organization, pointer: str) -> str | None:
        stated = self._one_taken(f"Class of {one.raw}")
        if stated is not None and (known := terms.code_of("organisation.class", stated)):
            return known
        code = terms.SPONSOR_CLASSES[one.sponsor_class] if one.sponsor_class else None
        if one.sponsor_class in ("academic", "hospital"):
            self._note(f"{pointer}/sponsor_class", "narrowed", code)
        return code

    def _oversight(self) -> None:
        oversight = self.trial.oversight
        if oversight is not None:
            self._put("monitoring_committee", oversight.data_monitoring_committee)
            self._put("fda_drug", oversight.fda_regulated_drug)
            self._put("fda_device", oversight.fda_regulated_device)

    def _subject(self) -> None:
        summary = self.trial.summary
        if summary is not None:
            self._put("brief_summary", summary.brief)
            self._put("detailed_description", summary.detailed)
        self._put("conditions", [condition.text for condition in self.trial.conditions])
        self._put("keywords", self.trial.keywords)

    def _design(self) -> None:
        design = self.trial.design
        for name, label in EXTRAS[4:]:
            if _API.get(name):
                self._put(name, self._coded_extra(label))
        if design is None:
            return
        kind = design.study_type
        self._put("study_type", terms.STUDY_TYPES.get(kind) if kind else None)
        phases = [terms.PHASES[phase] for phase in design.phases if phase in terms.PHASES]
        for at, phase in enumerate(design.phases):
            if phase == "0":
                self._note(f"/design/phases/{at}", "narrowed", terms.PHASES[phase])
        self._put("phases", list(dict.fromkeys(phases)))
        left = [words for name, label in _DESIGN_FIELDS.items() if (words := self._design_words(name, label))]
        missing = [words for words in left if words not in (design.description or "")]
        self._put("model_description", "\n".join(part for part in (design.description, *missing) if part))
        self._masking(design.masking)
        if design.enrolment is not None:
            actual = design.enrolment.actual
            count = design.enrolment.target if actual is None else actual
            self._put("enrolment", count)
            self._put("enrolment_type", None if count is None else "ESTIMATED" if actual is None else "ACTUAL")

    def _design_words(self, name: str, label: str) -> str | None:
        """Set a field of the design by its code; return words that have none, to stand in the description."""
        words = getattr(self.trial.design, name)
        code = terms.code_of(name, words)
        self._put(name, code)
        if code is not None:
            self._note(f"/design/{name}", "narrowed", code)
        elif words:
            self._note(f"/design/{name}", "folded", f"interventionModelDescription: {words}")
            return f"{label}: {words}"
        return None

    def _masking(self, words: str | None) -> None:
        head, _, bracket = (words or "").partition("(")
        who = [terms.code_of("who_masked", each) for each in bracket.strip(" )").split(",")]
        code = terms.code_of("masking", words) or terms.code_of("masking", head)
        stated = self._one_taken("Masking description")
        if code is None and words:
            self._note("/design/masking", "folded", f"maskingDescription: {words}")
            stated = "\n".join(part for part in (words, stated) if part)
        elif code is not None:
            self._note("/design/masking", "narrowed", code)
            self._put("masking", code)
            self._put("who_masked", [each for each in who if each])
        self._put("masking_description", stated)

    def _arms(self) -> None:
        design = self.trial.design
        arms = design.arms if design else []
        entries = []
        for at, arm in enumerate(arms):
            code = terms.code_of("arm.kind", arm.kind)
            if arm.kind:
                self._note(f"/design/arms/{at}/kind", "narrowed" if code else "no_place", code)
            entries.append(_entry({"arm.label": arm.label, "arm.kind": code, "arm.description": arm.description}))
        self._put("arms", entries)
        self._put("interventions", [self._intervention(at) for at in range(len(self.trial.interventions))])

    def _intervention(self, at: int) -> dict[str, Any]:
        one = self.trial.interventions[at]
        code = terms.code_of("intervention.type", one.type)
        if one.type:
            self._note(f"/interventions/{at}/type", "narrowed" if code else "no_place", code)
        return _entry(
            {
                "intervention.type": code,
                "intervention.name": one.name,
                "intervention.description": one.description,
                "intervention.arms": one.arms,
                "intervention.other_names": self._taken(f"Other name of {one.name}"),
            }
        )

    def _outcome(self, outcome: Any) -> dict[str, Any]:
        return _entry(
            {
                "outcome.measure": outcome.measure,
                "outcome.method": outcome.method,
                "outcome.time_frame": outcome.time_frame,
            }
        )

    def _eligibility(self) -> None:
        eligibility = self.trial.eligibility
        text = with_headings(eligibility)
        if text != eligibility.text:
            self._note("/eligibility/text", "headed", "Inclusion Criteria: … Exclusion Criteria: …")
        self._put("criteria", text.replace("\\", "\\\\") if text else None)
        self._put("healthy_volunteers", eligibility.healthy_volunteers)
        self._put("sex", terms.SEXES.get(eligibility.sex) if eligibility.sex else None)
        self._put("gender_description", eligibility.sex_note)
        low, high = age_limits(eligibility.age)
        self._put("minimum_age", low)
        self._put("maximum_age", high)
        groups = [terms.AGE_GROUPS[group] for group in eligibility.age_groups if group in terms.AGE_GROUPS]
        self._put("age_groups", groups)
        self._put("study_population", eligibility.study_population)
        self._put("sampling_method", terms.code_of("sampling_method", eligibility.sampling_method))

    def _people(self) -> None:
        sites = [self._site(place) for place in self.trial.locations]
        staffed = {
            (place.facility, place.city): site
            for place, site in zip(self.trial.locations, sites, strict=True)
            if "contacts" in site
        }
        central: list[dict[str, Any]] = []
        officials: list[dict[str, Any]] = []
        for at, contact in enumerate(self.trial.contacts):
            code = terms.code_of("person.role", contact.role) or "CONTACT"
            person = _person(contact, code)
            if contact.role:
                self._note(f"/contacts/{at}/role", "narrowed", code)
            site = staffed.get((contact.affiliation, contact.city)) if contact.affiliation else None
            if site is not None:
                site["contacts"].append(person)
            elif code == "CONTACT" or contact.phone or contact.email:
                central.append(person)
            else:
                affiliation = {"affiliation": contact.affiliation} if contact.affiliation else {}
                officials.append({"name": contact.name, **affiliation, "role": code})
        self._put("contacts", central)
        self._put("officials", officials)
        self._put("locations", [*sites, *self._countries()])

    def _countries(self) -> list[dict[str, Any]]:
        """Return the countries of recruitment that have no place of their own; the API has no others."""
        known = {place.country_code or place.country for place in self.trial.locations}
        others = [one for one in self.trial.countries if (one.country_code or one.raw) not in known]
        return [_entry({"location.country": one.raw}) for one in others]

    def _site(self, place: Location) -> dict[str, Any]:
        known = any((place.facility, place.city, place.region, place.country))
        site = _entry(
            {
                "location.facility": place.facility if known else place.raw,
                "location.status": terms.STATUSES[place.status.value] if place.status else None,
                "location.city": place.city,
                "location.region": place.region,
                "location.zip": _zip(place),
                "location.country": place.country,
            }
        )
        if place.contact is not None:
            role = terms.code_of("person.role", place.contact.role)
            site["contacts"] = [_person(place.contact, role)]
        return site

    def _references(self) -> None:
        papers, links = [], []
        for at, one in enumerate(self.trial.publications):
            if one.url and not one.pmid:
                links.append(_entry({"link.label": one.citation, "link.url": one.url}))
            else:
                papers.append(self._paper(at, one))
        self._put("references", papers)
        self._put("links", links)

    def _paper(self, at: int, one: Publication) -> dict[str, Any]:
        code = terms.code_of("reference.type", one.type)
        if one.type:
            self._note(f"/publications/{at}/type", "narrowed" if code else "no_place", code)
        return _entry({"reference.pmid": one.pmid, "reference.type": code, "reference.citation": one.citation})

    def _sharing(self) -> None:
        ipd = self.trial.ipd_sharing
        if ipd is not None:
            self._put("ipd_sharing", terms.IPD_PLANS.get(ipd.plan) if ipd.plan else None)
            self._put("ipd_description", ipd.description)
            kinds = self._taken("Individual participant data: supporting information")
            self._put("ipd_info_types", [terms.written_code(kind) for kind in kinds])
            self._put("ipd_time_frame", ipd.time_frame)
            self._put("ipd_access", ipd.access)
            self._put("ipd_url", ipd.url)

    def _derived(self) -> None:
        """Write what the API derives: removed countries, and MeSH terms with the words in which they were found."""
        self._put("removed_countries", self._taken("Removed country"))
        for kind, field, entries in (
            ("condition", "text", self.trial.conditions),
            ("intervention", "name", self.trial.interventions),
        ):
            codes = [(getattr(one, field), code) for one in entries for code in one.codes if code.system == "MeSH"]
            meshes = [{"id": code.code, "term": code.display} for _, code in codes]
            # Terms that the registry found in no one's words.
            others = self._taken(f"MeSH term of the {kind}s (assigned by the registry)")
            meshes += [_mesh(words) for words in others]
            self._put(f"{kind}_meshes", meshes)
            leaves = [{"name": code.display, "asFound": words, "relevance": "HIGH"} for words, code in codes]
            self._put(f"{kind}_leaves", leaves)
        results = self.trial.results
        self._put("has_results", results.available if results else None)


#: Fields of the design that are codes, by the labels under which other words of theirs are kept.
_DESIGN_FIELDS: Final = {
    "allocation": "Allocation",
    "intervention_model": "Intervention model",
    "purpose": "Primary purpose",
    "observational_model": "Observational model",
    "time_perspective": "Time perspective",
}


def _labels() -> Iterator[tuple[str, str]]:
    """Yield what the formats of the registry call each date, with our name for it."""
    for name, _, _ in EVENTS:
        for generation in ("v2", "v1", "xml"):
            for steps, _, _ in paths(generation).get(name, ()):
                yield (steps[-2] if steps[-1] == "date" else steps[-1]), name


_LABELS: Final = dict(_labels())


def _entry(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a list's entry by the API's names of its fields; those without value are left out."""
    return {_API[name][0][0]: value for name, value in fields.items() if value not in (None, "", [])}


def _mesh(words: str) -> dict[str, Any]:
    """Return a term of MeSH as the API has it, from a labelled value: `Anticoagulants (D000925)`."""
    term, bracket, number = words.rpartition(" (")
    return {"id": number.rstrip(")"), "term": term} if bracket else {"term": words}


def _person(contact: Contact, role: str | None) -> dict[str, Any]:
    return _entry(
        {
            "person.name": contact.name,
            "person.role": role,
            "person.phone": contact.phone,
            "person.email": contact.email,
        }
    )


def _zip(place: Location) -> str | None:
    """Return the postal code, which stands in the place's words between region and country."""
    before = ", ".join(part for part in (place.facility, place.city, place.region) if part)
    after = place.country or ""
    raw = place.raw
    if not raw.startswith(before) or not raw.endswith(after) or len(before) + len(after) >= len(raw):
        return None
    between = raw[len(before) : len(raw) - len(after)].strip(", ")
    return between if between and len(between) <= 12 and any(map(str.isdigit, between)) else None
