"""The interchange format of WHO's International Clinical Trials Registry Platform: `trials/trial/main`, `contacts`, …

It is the form in which primary registers send their records, and has a place for each of the 24 items of the WHO Trial
Registration Data Set (version 1.3.1). Elements stand in the order of the registers' own files; those that repeat are
grouped as there. A field that has no item of its own stands within the nearest one where WHO asks for its words there
(an intervention's description, how data will be shared), and is a loss otherwise. Dates are dd/mm/yyyy, or as much of
one as is known; statuses are the five of item 18.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from parser.export import who_terms as terms
from parser.export.carried import losses
from parser.export.eligibility_text import age_limits, halves
from parser.export.losses import Loss
from parser.export.names import organisation
from parser.models import Contact, PartialDate, TimelineEvent, Trial
from parser.models.trial import EventKind
from parser.reading.document import Document
from parser.registries import Origin, read_trial
from parser.registries.ictrp.design import read_design
from parser.registries.ictrp.values import Value
from parser.registries.record import RecordBuilder

#: What XML 1.0 cannot hold (section 2.2), lone surrogates among it.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_HEAD: Final = b"<?xml version='1.0' encoding='UTF-8'?>\n<trials>\n"
_TAIL: Final = b"</trials>\n"


def convert(trial: Trial) -> tuple[Any, list[Loss]]:
    """Make a trial's `trial` element, and name what reading it back does not give."""
    writer = _Writer(trial)
    element = writer.written()
    found = losses(trial, read_back(element), writer.notes, "\n".join(element.itertext()))
    if any(criterion.rule is not None for criterion in trial.eligibility.criteria):
        found.append(Loss("/eligibility/criteria", "rule_as_text", trial.eligibility.text))
    return element, found


def read_back(element: Any) -> Trial:
    """Read a `trial` element with the reader of the format; its criteria stay text."""
    document = Document("xml", None, element, sha256="", size=0, encoding=None, encoding_from=None)
    return read_trial(document, registry="who")


def write(documents: Iterable[Any], stream: BinaryIO) -> None:
    """Write the trials of one file, one after the other."""
    stream.write(_HEAD)
    for element in documents:
        stream.write(etree.tostring(element, encoding="UTF-8", pretty_print=True))
    stream.write(_TAIL)


class _Writer:
    """Writes one trial.

    Attributes:
        notes: By pointer, why a field is not carried as it is, and what was written instead.
    """

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.notes: dict[str, tuple[str, str | None]] = {}
        self._root = etree.Element("trial")

    def written(self) -> Any:
        """Return the element with all its items."""
        self._main()
        self._contacts()
        self._list("countries", "country2", self._countries())
        self._criteria()
        trial = self.trial
        self._list("health_condition_code", "hc_code", self._codes())
        self._list("health_condition_keyword", "hc_keyword", trial.keywords)
        for group, name in (("intervention_code", "i_code"), ("intervention_keyword", "i_keyword")):
            self._list(group, name, self._extras(name))
        self._list("primary_outcome", "prim_outcome", self._outcomes("primary"))
        self._list("secondary_outcome", "sec_outcome", self._outcomes("secondary"))
        self._list("secondary_sponsor", "sponsor_name", self._secondary_sponsors())
        self._secondary_ids()
        funders = trial.sponsor.funders if trial.sponsor else []
        self._list("source_support", "source_name", [organisation(one) for one in funders])
        self._ethics()
        return self._root

    def note(self, pointer: str, reason: str, written: str | None = None) -> None:
        """Remember why a field cannot be carried as it is."""
        self.notes[pointer] = (reason, written)

    # --- elements --------------------------------------------------------------------------------------------------

    def _add(self, parent: Any, name: str, text: str | None = None) -> Any:
        element = etree.SubElement(parent, name)
        if text:
            element.text = _NO_XML.sub("", text)
        return element

    def _list(self, group: str, name: str, values: Iterable[str | None]) -> None:
        element = self._add(self._root, group)
        for value in values:
            if value:
                self._add(element, name, value)

    def _extras(self, name: str) -> list[str]:
        """Return the values that a record of this format kept under the name of an element."""
        found = [one.value for one in self.trial.extra if one.label.casefold() == name.casefold()]
        return [value for value in found if value is not None]

    # --- main ------------------------------------------------------------------------------------------------------

    def _main(self) -> None:
        main = self._add(self._root, "main")
        for name, value in self._items():
            self._add(main, name, value)

    def _items(self) -> Iterator[tuple[str, str | None]]:
        """Yield the elements of `main` with their texts, in the order of the registers' files."""
        trial = self.trial
        results, ipd = trial.results, trial.ipd_sharing
        primary = self._primary()
        yield "trial_id", primary.value if primary else None
        yield "utrn", next((one.value for one in trial.identifiers if one.scheme == "utn" and one is not primary), None)
        yield "reg_name", terms.REGISTERS.get(primary.scheme) if primary else None
        yield "date_registration", self._registered()
        yield "primary_sponsor", organisation(trial.sponsor) if trial.sponsor else None
        yield "public_title", trial.title
        yield "acronym", trial.acronym
        yield "scientific_title", trial.scientific_title
        yield "scientific_acronym", next(iter(self._extras("scientific_acronym")), None)
        enrolled = self._event("start", "recruitment_start")
        yield "date_enrolment", _date(enrolled)
        yield "type_enrolment", enrolled.kind if enrolled else None
        yield "target_size", self._size()
        yield "recruitment_status", self._status()
        yield "url", trial.source.record_url or trial.source.url
        yield "study_type", self._study_type()
        yield "study_design", self._design()
        yield "phase", self._phase()
        yield "hc_freetext", "\n".join(condition.text for condition in trial.conditions)
        yield "i_freetext", self._interventions()
        yield "results_actual_enrolment", self._actual_size()
        yield "results_date_completed", _date(self._event("completion", "primary_completion"))
        yield "results_url_link", results.url if results else None
        yield "results_summary", results.summary if results else None
        yield "results_date_posted", _date(self._event("results_posted")) or (_day(results.posted) if results else None)
        for name in terms.RESULT_ELEMENTS:
            yield name, next(iter(self._extras(name)), None)
        yield "results_IPD_plan", (terms.IPD_PLANS.get(ipd.plan) or ipd.raw) if ipd and ipd.plan else None
        yield "results_IPD_description", self._ipd_description()

    def _primary(self) -> Any:
        identifiers = self.trial.identifiers
        return next((one for one in identifiers if one.role == "primary"), identifiers[0] if identifiers else None)

    def _event(self, *kinds: EventKind) -> TimelineEvent | None:
        """Return the first dated event of the first of the kinds that has one."""
        dated = [event for event in self.trial.timeline if event.date is not None]
        return next((event for kind in kinds for event in dated if event.event == kind), None)

    def _registered(self) -> str | None:
        event = self._event("registered", "first_submitted", "first_posted")
        if event is not None and event.event != "registered":
            self._moved(event, "date_registration")
        return _date(event)

    def _moved(self, event: TimelineEvent, element: str) -> None:
        at = next(at for at, each in enumerate(self.trial.timeline) if each is event)
        self.note(f"/timeline/{at}", "folded", f"{element}: {_date(event)}")

    def _size(self) -> str | None:
        enrolment = self.trial.design.enrolment if self.trial.design else None
        if enrolment is None:
            return None
        groups = enrolment.by_group
        if groups and sum(groups.values()) == enrolment.target:
            return "".join(f"{name}:{size};" for name, size in groups.items())
        return None if enrolment.target is None else str(enrolment.target)

    def _actual_size(self) -> str | None:
        stated = self.trial.results.actual_enrolment if self.trial.results else None
        enrolment = self.trial.design.enrolment if self.trial.design else None
        if stated is None and enrolment is not None and enrolment.actual is not None:
            stated = enrolment.actual
            self.note("/design/enrolment/actual", "folded", f"results_actual_enrolment: {stated}")
        return None if stated is None else str(stated)

    def _status(self) -> str | None:
        status = self.trial.status
        if status is None:
            return None
        if status.value == "unknown":
            return status.raw
        word = terms.STATUSES[status.value]
        self.note("/status/value", "narrowed", word)
        return word

    def _study_type(self) -> str | None:
        kind = self.trial.design.study_type if self.trial.design else None
        stated = self._extras("study_type") or self._extras("Study type")
        if kind in ("other", "unknown"):
            return stated[0] if stated else None
        return terms.STUDY_TYPES.get(kind) if kind else None

    def _design(self) -> str | None:
        """Return the design's description, before it what the record has of it under labels of its own."""
        design = self.trial.design
        if design is None:
            return None
        whole = design.description or ""
        known = _labelled(whole)
        parts = [
            f"{label}: {value}"
            for field, label in terms.DESIGN_LABELS.items()
            if (value := getattr(design, field)) and value != known.get(field)
        ]
        return "\n".join([*parts, whole]) if whole else "\n".join(parts)

    def _phase(self) -> str | None:
        phases = self.trial.design.phases if self.trial.design else []
        words = "/".join(terms.PHASES[phase] for phase in phases if phase in terms.PHASES)
        return words or next(iter(self._extras("phase")), None)

    def _interventions(self) -> str | None:
        """Return the interventions in one text, in the registers' way of parting them that says the most."""
        given = self.trial.interventions
        primary = self._primary()
        if primary and primary.scheme in terms.GROUPED and given and all(len(one.arms) == 1 for one in given):
            return "".join(f"{one.arms[0]}:{one.name};" for one in given)
        if any(one.description or one.role for one in given):
            return "\n".join(
                f"{'Control ' if one.role == 'control' else ''}Intervention{at}: "
                + ": ".join(part for part in (one.name, one.description) if part)
                for at, one in enumerate(given, 1)
            )
        if given and all(one.type and one.type.casefold() in terms.INTERVENTION_TYPES for one in given):
            return ";".join(f"{terms.INTERVENTION_TYPES[(one.type or '').casefold()]}: {one.name}" for one in given)
        if len(given) > 1:
            return "".join(f";{one.name}" for one in given)
        return given[0].name if given else None

    def _ipd_description(self) -> str | None:
        """Return how data will be shared: what, when and how, as item 24 asks, in one text."""
        ipd = self.trial.ipd_sharing
        if ipd is None:
            return None
        for field in ("time_frame", "access", "url"):
            if value := getattr(ipd, field):
                self.note(f"/ipd_sharing/{field}", "folded", f"results_IPD_description: {value}")
        return "\n".join(part for part in (ipd.description, ipd.time_frame, ipd.access, ipd.url) if part)

    # --- the other groups ------------------------------------------------------------------------------------------

    def _contacts(self) -> None:
        group = self._add(self._root, "contacts")
        for at, contact in enumerate(self.trial.contacts):
            role = terms.CONTACT_TYPES.get((contact.role or "").casefold(), "public")
            self.note(f"/contacts/{at}/role", "narrowed", role)
            self._contact(self._add(group, "contact"), contact, role)

    def _contact(self, element: Any, contact: Contact, role: str) -> None:
        values = {
            "type": role,
            "firstname": None,
            "middlename": None,
            "lastname": contact.name,
            "address": contact.address,
            "city": contact.city,
            "country1": contact.country,
            "zip": None,
            "telephone": contact.phone,
            "email": contact.email,
            "affiliation": contact.affiliation,
        }
        for name, value in values.items():
            self._add(element, name, value)

    def _countries(self) -> list[str]:
        if self.trial.countries:
            return [country.raw for country in self.trial.countries]
        found = dict.fromkeys(place.country for place in self.trial.locations if place.country)
        if found:
            self.note("/locations", "folded", f"countries: {'; '.join(found)}")
        return list(found)

    def _criteria(self) -> None:
        eligibility = self.trial.eligibility
        group = self._add(self._root, "criteria")
        included, excluded = halves(eligibility)
        low, high = age_limits(eligibility.age)
        self._add(group, "inclusion_criteria", included)
        self._add(group, "agemin", low)
        self._add(group, "agemax", high)
        sex = eligibility.sex
        self._add(group, "gender", eligibility.sex_note if sex == "unknown" else terms.SEXES.get(sex) if sex else None)
        self._add(group, "exclusion_criteria", excluded)

    def _codes(self) -> list[str]:
        codes = self._extras("hc_code")
        for at, condition in enumerate(self.trial.conditions):
            for index, code in enumerate(condition.codes):
                codes.append(code.code)
                self.note(f"/conditions/{at}/codes/{index}", "folded", f"hc_code: {code.code}")
        return codes

    def _outcomes(self, rank: str) -> list[str]:
        found = []
        for at, outcome in enumerate(self.trial.outcomes):
            written = "secondary" if outcome.rank == "other" else outcome.rank
            if written != rank:
                continue
            if outcome.rank == "other":
                self.note(f"/outcomes/{at}/rank", "narrowed", written)
            if outcome.method:
                frame = f". Timepoint: {outcome.time_frame or ''}. Method of measurement: {outcome.method}"
            else:
                frame = f" [Time Frame: {outcome.time_frame}]" if outcome.time_frame else ""
            found.append(f"{outcome.measure}{frame}")
        return found

    def _secondary_sponsors(self) -> list[str | None]:
        sponsor = self.trial.sponsor
        if sponsor is None:
            return []
        for at, one in enumerate(sponsor.collaborators):
            self.note(f"/sponsor/collaborators/{at}", "folded", f"secondary_sponsor: {one.name}")
        return [organisation(one) for one in (*sponsor.secondary, *sponsor.collaborators)]

    def _secondary_ids(self) -> None:
        group = self._add(self._root, "secondary_ids")
        primary = self._primary()
        utn = next((one for one in self.trial.identifiers if one.scheme == "utn" and one is not primary), None)
        for one in self.trial.identifiers:
            if one is primary or one is utn:
                continue
            entry = self._add(group, "secondary_id")
            self._add(entry, "sec_id", one.value)
            self._add(entry, "issuing_authority", terms.ISSUERS.get(one.scheme))

    def _ethics(self) -> None:
        group = self._add(self._root, "ethics_reviews")
        for at, review in enumerate(self.trial.ethics):
            entry = self._add(group, "ethics_review")
            contact = review.contact or Contact()
            if review.committee:
                self.note(f"/ethics/{at}/committee", "folded", f"contact_name: {review.committee}")
            name = ", ".join(part for part in (review.committee, contact.name) if part)
            self._add(entry, "status", review.status)
            self._add(entry, "approval_date", _day(review.approved))
            self._add(entry, "contact_name", name)
            self._add(entry, "contact_address", contact.address)
            self._add(entry, "contact_phone", contact.phone)
            self._add(entry, "contact_email", contact.email)


def _labelled(description: str) -> dict[str, str]:
    """Return what reading a design's description gives by its labels."""
    if ":" not in description:
        return {}
    record = RecordBuilder(Document("xml", None, None, "", 0, None, None), Origin("who"))
    read_design(record, Value(description, "study_design"))
    return record.get("/design") or {}


def _date(event: TimelineEvent | None) -> str | None:
    return _day(event.date) if event else None


def _day(date: PartialDate | None) -> str | None:
    """Return a date as the format has it, dd/mm/yyyy, without what is not known."""
    return "/".join(reversed(date.value.split("-"))) if date else None
