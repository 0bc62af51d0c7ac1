"""The Clinical Research Information Service of Korea (CRiS): a trial's page in English (`Records View`), or its text.

The page is a run of tables; the captions of the tables and rows are its headings. A date is followed by `Actual` or
`Anticipated`, an age is a pair of limits around a tilde.
"""

from __future__ import annotations

import re

from parser.models import Trial
from parser.models.trial import EventKind
from parser.models.values import Concept
from parser.normalize.absence import absent_reason
from parser.normalize.dates import DateKind, read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.statuses import read_status
from parser.reading.document import Document
from parser.registries.age_limits import AgeLimit, set_age
from parser.registries.page import fields, forms
from parser.registries.page.eligibility import read_sex_field
from parser.registries.page.forms import FieldReader, Form, Group
from parser.registries.page.labels import Vocabulary
from parser.registries.page.sections import Entry, Piece, set_sections
from parser.registries.page.words import clean, span_of, stripped, words_of
from parser.registries.record import USUAL, Origin, RecordBuilder

_TABLE = """\
header* background: background information | background
header number+: cris registration number
header sponsor_number+: unique protocol id
header public_title+: public/brief title
header scientific_title+: scientific title
header acronym+: acronym
header other_registry+: registered at other registry
header other_number+: name of registry/registration number | name of registry/ registration number
header registered+: registered date | registration date | date of registration
header first_submitted+: first submitted date
header updated+: last updated date
other* board: institutional review board information | institutional review board/ethics committee
other approval+: board approval status
other approval_number+: board approval number
other approved+: approval date
other irb: institutional review board
other monitoring+: data monitoring committee
contact* contacts: contact details
contact scientific: contact person for principal investigator / scientific queries
    | contact person for principal investigator/scientific queries
contact public: contact person for public queries
contact updating: contact person for updating information
other name-: name
other title-: title
other phone-: telephone
other affiliation-: affiliation
other address-: address
timeline* state: status
timeline centres+: study site
timeline status+: overall recruitment status
other first_enrolment+-: date of first enrollment
other target+: target number of participant | target number of participants
timeline primary_completion+: primary completion date
timeline completion+: study completion date
location site#: recruitment status by participating study site
other site_name-: name of study site
other site_status-: recruitment status
sponsor* support#: source of monetary / material support
sponsor funder#: source of monetary/material support
sponsor* sponsors#: sponsor organization
other organisation-: organization name
other kind-: organization type
other project-: project id
summary* summary: study summary
summary brief+: lay summary
design* design#: study design
design study_type+: study type
design purpose+: study purpose
design phase+: phase
design model+: intervention model
design masking+: blinding/masking
design masked+: blinded subject
design allocation+: allocation
design intervention_type+: intervention type
design intervention+: intervention description
design perspective+: time perspective
design observational_model+: observational study model
design arm: arm label
other arm_type: arm type
other arm_description: arm description
eligibility* eligibility: subject eligibility information | subject eligibility
eligibility condition+: condition(s)/problem(s)
eligibility sex+: gender
eligibility age+: age
eligibility inclusion: description
eligibility exclusion: exclusion criteria
eligibility healthy+: healthy volunteers
eligibility population+: study population description | study population
eligibility sampling+: sampling method
outcome* outcomes: outcome measure(s) information | outcome measure(s)
outcome outcome_primary#: primary outcome(s)
outcome outcome_secondary#: secondary outcome(s)
other outcome-: outcome
other timepoint-: timepoint
other* results: study results and publication information
other* sharing: sharing of study data information
other ipd+: sharing statement
other ipd_when+: time of sharing
other ipd_how+: way of sharing
"""

# The number of a repeated table, with or without a blank; a word of the Korean page for "information".
_TAIL = re.compile(r"(?:\s*정보|\s*\d{1,3})\s*$")
_NUMBER = re.compile(r"KCT\s?\d{7}", re.ASCII)
_KIND = re.compile(r"\s*,\s*(actual|anticipated)\s*$", re.IGNORECASE)
_BULLET = " \t\xa0*•·-"

VOCABULARY = Vocabulary(forms.labels_of(_TABLE), tail=_TAIL)

_OPENERS = frozenset(
    "scientific public updating irb site funder sponsors arm outcome_primary outcome_secondary".split()
)
_INSIDE = (
    "number public_title sponsor_number other_number name title phone affiliation address approved site_name "
    "site_status target first_enrolment organisation kind project arm_type arm_description outcome timepoint sex age "
    "loose unlabelled"
)
_GROUPED = _OPENERS.union(_INSIDE.split())

_EXPECTED = (
    *USUAL,
    "/scientific_title",
    "/conditions",
    "/interventions",
    "/outcomes",
    "/summary/brief",
    "/sponsor/name",
    "/locations",
)
_CLASSES = {
    "government": "government",
    "medical institute": "hospital",
    "pharmaceutical company": "industry",
    "contract research organization": "industry",
    "university": "academic",
    "others": "other",
}


def recognises(document: Document) -> bool:
    """Tell whether a document is a trial's page of this registry: its number under the label that only it has."""
    page = document.page
    if page is None or _NUMBER.search(page.text) is None:
        return False
    return "CRIS Registration Number" in page.text


def read(document: Document, origin: Origin) -> Trial:
    """Read a trial's page.

    Args:
        document: HTML, or its text.
        origin: Where it came from.
    """
    page = document.page
    assert page is not None, "the table of registries gives this reader text and HTML only"
    form = forms.lay_out_form(page, VOCABULARY, openers=_OPENERS, ends_with_tables=True)
    record = RecordBuilder(document, origin)
    record.expect(*_EXPECTED)
    _read_identifiers(form, record)
    forms.set_text(form, record, "/title", form.first("public_title"))
    forms.read_fields(form, record, _READERS, grouped=_GROUPED)
    if record.get("/summary/brief"):
        record.set("/summary/origin", "registrant")
    _read_eligibility(form, record)
    for group in form.groups:
        if reader := _GROUPS.get(group.name):
            reader(form, record, group)
    set_sections(page, record, form.layout)
    return record.build()


def _read_identifiers(form: Form, record: RecordBuilder) -> None:
    own = form.first("number")
    pieces = own.content if own else []
    fields.read_identifiers(form.page, record, pieces, None if pieces else record.get("/source/url"))
    for other in form.layout.all("other_number"):
        for piece in other.content:
            for one in find_identifiers(form.page.text, piece.start, piece.end):
                _set_identifier(form, record, one.scheme, one.value, Piece(one.start, one.end, piece.block))
    if (entry := form.first("sponsor_number")) and (text := form.text(entry)) and absent_reason(text) is None:
        _set_identifier(form, record, "sponsor", text, entry.content[0])


def _set_identifier(form: Form, record: RecordBuilder, scheme: str, value: str, piece: Piece) -> None:
    pointer = record.next("/identifiers")
    record.set(f"{pointer}/scheme", scheme)
    record.set(f"{pointer}/value", value, span=span_of(piece))
    record.set(f"{pointer}/raw", words_of(form.page, piece), span=span_of(piece))
    record.set(f"{pointer}/role", "secondary")


def _event(kind: EventKind) -> FieldReader:
    def read(form: Form, record: RecordBuilder, entry: Entry) -> None:
        _set_event(form, record, kind, entry)

    return read


def _set_event(form: Form, record: RecordBuilder, kind: EventKind, entry: Entry) -> None:
    """Set a dated step; behind the date stands whether it has come to pass."""
    happened: DateKind | None = None
    if entry.content:
        piece = entry.content[0]
        if match := _KIND.search(form.page.text, piece.start, piece.end):
            happened = "actual" if match[1].casefold() == "actual" else "anticipated"
            rest = Piece(piece.start, match.start(), piece.block)
            entry = Entry(entry.label, entry.span, entry.block, [rest], entry.inline)
    forms.set_event(form, record, kind, entry, happened=happened)


def _conditions(form: Form, record: RecordBuilder, entry: Entry) -> None:
    for piece in entry.content:
        span = stripped(form.page.text, piece.start, piece.end, _BULLET)
        if span[0] < span[1] and absent_reason(form.page.text[slice(*span)]) is None:
            pointer = record.next("/conditions")
            record.set(pointer, Concept(text=clean(form.page.text[slice(*span)])))
            record.came_from(f"{pointer}/text", span=span)


def _study_type(form: Form, record: RecordBuilder, entry: Entry) -> None:
    if entry.content:
        fields.read_study_type(form.page, record, entry.content[0], labelled=True)


def _phase(form: Form, record: RecordBuilder, entry: Entry) -> None:
    if entry.content:
        fields.read_phase_line(form.page, record, entry.content[0], labelled=True)


def _intervention(form: Form, record: RecordBuilder, entry: Entry) -> None:
    if (text := form.text(entry)) and absent_reason(text) is None:
        record.set("/interventions/0/name", text, span=forms.span_of_value(entry))
        if (kind := form.first("intervention_type")) and kind.content:
            record.set("/interventions/0/type", form.text(kind), span=forms.span_of_value(kind))


def _answer(pointer: str) -> FieldReader:
    """Return the reader of a yes or no."""

    def read(form: Form, record: RecordBuilder, entry: Entry) -> None:
        answer = {"yes": True, "no": False}.get((form.text(entry) or "").casefold())
        if answer is not None:
            record.set(pointer, answer, span=forms.span_of_value(entry))

    return read


def _plan(form: Form, record: RecordBuilder, entry: Entry) -> None:
    """Set whether participants' data will be shared; words that are no answer are kept."""
    if not (text := form.text(entry)):
        return
    plan = {"yes": "yes", "no": "no", "undecided": "undecided"}.get(text.casefold())
    record.set("/ipd_sharing/raw", text, span=forms.span_of_value(entry))
    if plan is not None:
        record.set("/ipd_sharing/plan", plan, span=forms.span_of_value(entry))
    else:
        record.miss("/ipd_sharing/plan", absent_reason(text) or "unparseable", span=forms.span_of_value(entry))


def _read_eligibility(form: Form, record: RecordBuilder) -> None:
    if sex := form.first("sex"):
        read_sex_field(form.page, record, sex)
    if age := form.first("age"):
        set_age(record, *_age_limits(form, age))
    forms.set_criteria_of(form, record)


def _age_limits(form: Form, entry: Entry) -> tuple[AgeLimit | None, AgeLimit | None]:
    """Return the limits of `45 Year ~ 79 Year`; each unit may stand in brackets."""
    if not entry.content:
        return None, None
    piece = entry.content[0]
    middle = form.page.text.find("~", piece.start, piece.end)
    ends = [(piece.start, middle), (middle + 1, piece.end)] if middle >= 0 else [(piece.start, piece.end)]
    limits = [_age_limit(form, *stripped(form.page.text, start, end)) for start, end in ends]
    return limits[0], limits[1] if len(limits) > 1 else None


def _age_limit(form: Form, start: int, end: int) -> AgeLimit:
    words = form.page.text[start:end].replace("(", " ").replace(")", " ")
    return AgeLimit(" ".join(words.split()), (start, end))


def _contact(form: Form, record: RecordBuilder, group: Group) -> None:
    names = {"name": "name", "phone": "phone", "affiliation": "affiliation", "address": "address"}
    forms.set_contact(form, record, group, names)


def _board(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set the review board with the status of its approval, which stands above its name."""
    name, status, date = group.get("name"), form.first("approval"), form.first("approved")
    if not any(entry and entry.content for entry in (name, status, date)):
        return
    forms.set_text(form, record, "/ethics/0/committee", name)
    forms.set_text(form, record, "/ethics/0/status", status)
    forms.set_contact(form, record, group, {"phone": "phone", "address": "address"}, pointer="/ethics/0/contact")
    if date and (reading := read_date(form.text(date) or "")).date is not None:
        record.set("/ethics/0/approved", reading.date, span=forms.span_of_value(date))
        forms.set_event(form, record, "ethics_approval", date)


def _state(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set what is said of the whole trial, not of a site or an arm."""
    if entry := group.get("first_enrolment"):
        _set_event(form, record, "recruitment_start", entry)
    if entry := group.get("target"):
        fields.read_enrolment(form.page, record, entry)


def _site(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set a site with its own status."""
    name = group.get("site_name")
    text = form.text(name)
    if name is None or text is None:
        return
    pointer, span = record.next("/locations"), forms.span_of_value(name)
    record.set(f"{pointer}/raw", text, span=span)
    record.set(f"{pointer}/facility", text, span=span)
    status = group.get("site_status")
    if status and (raw := form.text(status)):
        value = read_status(raw)
        record.set(f"{pointer}/status/raw", raw, span=forms.span_of_value(status))
        record.set(f"{pointer}/status/value", value or "unknown", span=forms.span_of_value(status))


def _organisation(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set a sponsor or funder: the first sponsor is the primary one."""
    first = group.name != "funder" and record.get("/sponsor/name") is None
    pointer = (
        "/sponsor" if first else record.next("/sponsor/funders" if group.name == "funder" else "/sponsor/secondary")
    )
    if not forms.set_organisation(form, record, pointer, group.get("organisation")):
        return
    if (entry := group.get("kind")) and (kind := form.text(entry)):
        forms.set_class(form, record, pointer, entry, _CLASSES.get(kind.casefold()))


def _arm(form: Form, record: RecordBuilder, group: Group) -> None:
    label = form.text(group.entry)
    if label is None:
        return
    pointer = record.next("/design/arms")
    record.set(f"{pointer}/label", label, span=forms.span_of_value(group.entry))
    forms.set_text(form, record, f"{pointer}/kind", group.get("arm_type"))
    forms.set_text(form, record, f"{pointer}/description", group.get("arm_description"))
    size = (form.text(group.get("target")) or "").replace(",", "")
    if size.isdecimal() and "/" not in label and "~" not in label:
        record.set(f"/design/enrolment/by_group/{label}", int(size))


def _outcome(form: Form, record: RecordBuilder, group: Group) -> None:
    entry = group.get("outcome")
    text = form.text(entry)
    if entry is None or text is None or absent_reason(text):
        return
    pointer = record.next("/outcomes")
    record.set(f"{pointer}/measure", text, span=forms.span_of_value(entry))
    record.set(f"{pointer}/rank", "primary" if group.name == "outcome_primary" else "secondary")
    forms.set_text(form, record, f"{pointer}/time_frame", group.get("timepoint"))


_READERS: dict[str, FieldReader] = {
    "status": forms.set_status,
    "scientific_title": forms.text_at("/scientific_title"),
    "acronym": forms.text_at("/acronym"),
    "brief": forms.text_at("/summary/brief"),
    "purpose": forms.text_at("/design/purpose"),
    "allocation": forms.text_at("/design/allocation"),
    "masking": forms.text_at("/design/masking"),
    "model": forms.text_at("/design/intervention_model"),
    "observational_model": forms.text_at("/design/observational_model"),
    "perspective": forms.text_at("/design/time_perspective"),
    "population": forms.text_at("/eligibility/study_population"),
    "sampling": forms.text_at("/eligibility/sampling_method"),
    "ipd_when": forms.text_at("/ipd_sharing/time_frame"),
    "ipd_how": forms.text_at("/ipd_sharing/access"),
    "registered": _event("registered"),
    "first_submitted": _event("first_submitted"),
    "updated": _event("updated"),
    "primary_completion": _event("primary_completion"),
    "completion": _event("completion"),
    "approval": lambda form, record, entry: None,
    "intervention_type": lambda form, record, entry: None,
    "condition": _conditions,
    "study_type": _study_type,
    "phase": _phase,
    "intervention": _intervention,
    "healthy": _answer("/eligibility/healthy_volunteers"),
    "monitoring": _answer("/oversight/data_monitoring_committee"),
    "ipd": _plan,
}
_GROUPS = {
    **dict.fromkeys(("scientific", "public", "updating"), _contact),
    "irb": _board,
    "state": _state,
    "site": _site,
    **dict.fromkeys(("funder", "sponsors"), _organisation),
    "arm": _arm,
    **dict.fromkeys(("outcome_primary", "outcome_secondary"), _outcome),
}
