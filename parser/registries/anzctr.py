"""The Australian New Zealand Clinical Trials Registry: a trial's page (`Trial Review`), or its text.

Labels as on the public site. Dates are day first. Behind its labels the page hides the numbers of its data base
(`Secondary ID [1] 84 0`), and behind every value a line `Query!`; neither is part of the record.
"""

from __future__ import annotations

import re

from parser.models import Trial
from parser.models.trial import EventKind
from parser.models.values import Concept, Span
from parser.normalize.absence import absent_reason
from parser.normalize.dates import DateKind, read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.names import normal_case
from parser.reading.document import Document
from parser.registries.age_limits import set_age
from parser.registries.page import fields, forms
from parser.registries.page.eligibility import read_sex_field
from parser.registries.page.forms import FieldReader, Form, Group
from parser.registries.page.labels import Vocabulary
from parser.registries.page.sections import Entry, Piece, set_sections
from parser.registries.page.words import clean, stripped, words_of
from parser.registries.record import USUAL, Origin, RecordBuilder

_TABLE = """\
header trial_id+: trial id
other ethics_status_above: ethics application status
header* page_head: trial review
header registered_on: trial registered on anzctr
header submitted+: date submitted
header registered+: date registered
header updated+: date last updated
header ipd_provided+: date data sharing statement initially provided
header results_provided+: date results information initially provided | date results provided
header extra+: type of registration
header* ids: titles & ids | titles and ids
header public_title+: public title
header scientific_title+: scientific title
header secondary_id+#: secondary id
header utn+: universal trial number (utn)
header acronym+: trial acronym
header extra+: linked study record
header* health_condition: health condition
header condition+: health condition(s) or problem(s) studied
header condition_category+: condition category
header condition_code+: condition code
design* exposure: intervention/exposure
design study_type+: study type
design extra+: patient registry | target follow-up duration | target follow-up type
design intervention+: description of intervention(s) / exposure | description of intervention(s)/exposure
design intervention_code+#: intervention code
design comparator+: comparator / control treatment | comparator/control treatment
design control+: control group
outcome* outcomes: outcomes
outcome outcome_primary+#: primary outcome
outcome outcome_secondary+#: secondary outcome
outcome timepoint+#: timepoint
eligibility* eligibility: eligibility
eligibility inclusion: key inclusion criteria
eligibility age_min+: minimum age
eligibility age_max+: maximum age
eligibility sex+: gender | sex
eligibility healthy+: can healthy volunteers participate?
eligibility exclusion: key exclusion criteria
design* design: study design
design purpose+: purpose of the study
design purpose: purpose
design allocation+: allocation to intervention
design extra+: procedure for enrolling a subject and allocating the treatment (allocation concealment procedures)
    | methods used to generate the sequence in which subjects will be randomised (sequence generation)
design masking+: masking / blinding | masking/blinding
design masked+: who is / are masked / blinded? | who is/are masked/blinded?
design assignment+: intervention assignment
design extra+: other design features | type of endpoint(s) | type of endpoint/s | statistical methods / analysis
    | statistical methods/analysis
design extra: duration | selection
design timing: timing
design phase+: phase
timeline* recruitment: recruitment
timeline status+: recruitment status
timeline why_stopped+: reason for early stopping/withdrawal
timeline extra+: other reasons/comments | other reasons
timeline first_enrolment: date of first participant enrolment | date of first enrolment
timeline last_enrolment: date of last participant enrolment | date of last enrolment
timeline last_data: date of last data collection
timeline anticipated: anticipated
timeline actual: actual
timeline sample_size: sample size
timeline target: target
timeline extra+: accrual to date
timeline final: final
location* in_australia: recruitment in australia
location states+: recruitment state(s)
location hospital+#: recruitment hospital
location postcode+#: recruitment postcode(s)
location* abroad: recruitment outside australia
location region+#: state/province
sponsor* funding: funding & sponsors | funding and sponsors
sponsor funder+#: funding source category
sponsor sponsor+: primary sponsor type
sponsor secondary_sponsor+#: secondary sponsor category
sponsor collaborator+#: other collaborator category
other name#: name
other address#: address
other country#: country
other phone#: phone
other fax#: fax
other email#: email
other* ethics: ethics approval
other committee+#: ethics committee name
other committee_address+#: ethics committee address
other committee_country+#: ethics committee country
other committee_asked+#: date submitted for ethics approval
other committee_approved+#: approval date
other extra+#: ethics approval number
summary* summary: summary
summary brief+: brief summary
summary extra+#: trial website | public notes | attachments
summary publications+: trial related presentations / publications | trial related presentations/publications
contact* contacts: contacts
contact principal: principal investigator
contact public: contact person for public queries
contact scientific: contact person for scientific queries
other* sharing: data sharing statement
other ipd+: will individual participant data (ipd) for this trial be available (including data dictionaries)?
    | will individual participant data (ipd) for this trial be available
other ipd_what+: what data in particular will be shared?
other ipd_when+: when will data be available (start and end dates)?
other ipd_who+: available to whom?
other extra+: available for what types of analyses?
other ipd_how+: how or where can data be obtained?
other ipd_why_not+: no/undecided ipd sharing reason/comment
other* documents: what supporting documents are/will be available?
    | results publications and other study-related documents | documents added manually | documents added automatically
other aside: query!
other page: anzctr | register a trial | search for a trial | major funders | privacy | disclaimer
    | web design by g squared
"""

# A running number, and the hidden numbers behind it.
_TAIL = re.compile(r"(?:\s*\[\d{1,3}\](?:\s+\d{1,9}){0,4}|(?:\s+\d{1,9}){2,4})\s*$")
_HIDDEN = re.compile(r"(?:\s\d{1,9}){2,4}$")
_NUMBER = re.compile(r"ACTRN\s?\d{14}", re.ASCII)

VOCABULARY = Vocabulary(forms.labels_of(_TABLE), tail=_TAIL)

_OPENERS = frozenset(
    "first_enrolment last_enrolment last_data sample_size outcome_primary outcome_secondary funder sponsor "
    "secondary_sponsor collaborator committee principal public scientific".split()
)
_SEVERAL = frozenset({"condition", "condition_code", "masked"})

#: Pointers of values that are any number of lines.
_TEXTS = {
    "scientific_title": "/scientific_title",
    "acronym": "/acronym",
    "purpose": "/design/purpose",
    "allocation": "/design/allocation",
    "assignment": "/design/intervention_model",
    "timing": "/design/time_perspective",
    "brief": "/summary/brief",
    "ipd_what": "/ipd_sharing/description",
    "ipd_when": "/ipd_sharing/time_frame",
    "ipd_who": "/ipd_sharing/access",
}
_EVENTS: dict[str, EventKind] = {
    "submitted": "first_submitted",
    "registered": "registered",
    "updated": "updated",
    "results_provided": "results_posted",
    "ipd_provided": "other",
}
_ENROLMENT: dict[str, EventKind] = {
    "first_enrolment": "recruitment_start",
    "last_enrolment": "recruitment_end",
    "last_data": "completion",
}
_CONTACT = {
    "name": "name",
    "address": "address",
    "country": "country",
    "phone": "phone",
    "email": "email",
}
_INSIDE = (
    "trial_id public_title ethics_status_above registered_on secondary_id utn condition_category intervention_code "
    "masked timepoint anticipated actual target final states hospital postcode region name address country phone fax "
    "email committee_address committee_country committee_asked committee_approved aside age_min age_max sex loose "
    "unlabelled"
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
    "/countries",
)


def recognises(document: Document) -> bool:
    """Tell whether a document is a trial's page of this registry: its number, and labels that only it has."""
    page = document.page
    if page is None or _NUMBER.search(page.text) is None or "ey inclusion criteria" not in page.text:
        return False
    names = {match.label.name for match in VOCABULARY.scan(page) if match}
    return {"trial_id", "inclusion"} <= names


def read(document: Document, origin: Origin) -> Trial:
    """Read a trial's page.

    Args:
        document: HTML, or its text.
        origin: Where it came from.
    """
    page = document.page
    assert page is not None, "the table of registries gives this reader text and HTML only"
    form = forms.lay_out_form(page, VOCABULARY, openers=_OPENERS, several=_SEVERAL)
    record = RecordBuilder(document, origin)
    record.expect(*_EXPECTED)
    _read_identifiers(form, record)
    forms.set_text(form, record, "/title", form.first("public_title"))
    forms.read_fields(form, record, _READERS, grouped=_GROUPED)
    record.set("/summary/origin", "registrant") if record.get("/summary/brief") else None
    _read_eligibility(form, record)
    for group in form.groups:
        if reader := _GROUPS.get(group.name):
            reader(form, record, group)
    _read_places(form, record)
    set_sections(page, record, form.layout)
    return record.build()


def _read_identifiers(form: Form, record: RecordBuilder) -> None:
    """Set the numbers; a secondary one of no known scheme is kept as written."""
    own = form.first("trial_id")
    pieces = own.content if own else []
    fields.read_identifiers(form.page, record, pieces, None if pieces else record.get("/source/url"))
    known = {identifier["value"] for identifier in record.get("/identifiers") or ()}
    for entry in form.layout.all("secondary_id", "utn"):
        for piece in entry.content:
            _secondary(form, record, piece, known)


def _secondary(form: Form, record: RecordBuilder, piece: Piece, known: set[str]) -> None:
    words = words_of(form.page, piece)
    if absent_reason(words):
        return
    found = find_identifiers(form.page.text, piece.start, piece.end)
    numbers = [(one.scheme, one.value, one.start, one.end) for one in found if not one.placeholder]
    for scheme, value, start, end in numbers or [("other", words, piece.start, piece.end)]:
        if value in known:
            continue
        known.add(value)
        pointer = record.next("/identifiers")
        record.set(f"{pointer}/scheme", scheme)
        record.set(f"{pointer}/value", value, span=(start, end))
        record.set(f"{pointer}/raw", form.page.text[start:end], span=(start, end))
        record.set(f"{pointer}/role", "secondary")


def _conditions(form: Form, record: RecordBuilder, entry: Entry) -> None:
    for start, end in _values(form, entry):
        pointer = record.next("/conditions")
        record.set(pointer, Concept(text=clean(form.page.text[start:end])))
        record.came_from(f"{pointer}/text", span=(start, end))


def _condition_code(form: Form, record: RecordBuilder, entry: Entry) -> None:
    """Keep category and code, which are the registry's own: `Cancer`, `Biliary tree (gall bladder and bile duct)`."""
    for start, end in _values(form, entry):
        pointer = record.next("/extra")
        record.set(f"{pointer}/label", clean(form.page.text[slice(*entry.span)]), span=entry.span)
        record.set(f"{pointer}/value", clean(form.page.text[start:end]), span=(start, end))


def _values(form: Form, entry: Entry) -> list[tuple[int, int]]:
    """Return the values of a field as spans, without the hidden numbers that stand behind them on a saved page."""
    hidden = any(_HIDDEN.search(form.page.line(block)) for block in form.page.blocks[: entry.block])
    spans: list[tuple[int, int]] = []
    for piece in entry.content:
        tail = _HIDDEN.search(form.page.text, piece.start, piece.end) if hidden else None
        spans.append(stripped(form.page.text, piece.start, tail.start() if tail else piece.end))
    return [(start, end) for start, end in spans if start < end and absent_reason(form.page.text[start:end]) is None]


def _why_stopped(form: Form, record: RecordBuilder, entry: Entry) -> None:
    """Set why the trial stopped; without a status it is a value of its own."""
    if record.get("/status"):
        forms.set_text(form, record, "/status/why_stopped", entry)
    else:
        forms.set_extra(form, record, entry)


def _study_type(form: Form, record: RecordBuilder, entry: Entry) -> None:
    if entry.content:
        fields.read_study_type(form.page, record, entry.content[0], labelled=True)


def _phase(form: Form, record: RecordBuilder, entry: Entry) -> None:
    if entry.content:
        fields.read_phase_line(form.page, record, entry.content[0], labelled=True)


def _masking(form: Form, record: RecordBuilder, entry: Entry) -> None:
    """Set the masking; who is masked stands below it, one a line."""
    masked = form.first("masked")
    text, who = form.text(entry), form.text(masked)
    if text is None or absent_reason(text):
        forms.set_text(form, record, "/design/masking", entry)
        return
    start, end = forms.span_of_value(entry)
    if who and masked and absent_reason(who) is None:
        text, end = f"{text}\n{who}", forms.span_of_value(masked)[1]
    record.set("/design/masking", text, span=(start, end))


def _intervention(form: Form, record: RecordBuilder, entry: Entry) -> None:
    """Set the intervention, which is one text, and the comparator as one of its own."""
    for role, found in (("intervention", entry), ("comparator", form.first("comparator"))):
        pointer = record.next("/interventions")
        text = form.text(found)
        if found is None or text is None or absent_reason(text):
            continue
        if role == "comparator" and (form.text(form.first("control")) or "").casefold() == "uncontrolled":
            forms.set_extra(form, record, found)
            continue
        record.set(f"{pointer}/name", text, span=forms.span_of_value(found))
        record.set(f"{pointer}/role", role)
    codes = [form.text(code) for code in form.layout.all("intervention_code") if code.content]
    if record.get("/interventions") and len(codes) == 1:
        code = form.first("intervention_code")
        record.set("/interventions/0/type", codes[0], span=forms.span_of_value(code) if code else None)


def _healthy(form: Form, record: RecordBuilder, entry: Entry) -> None:
    answer = {"yes": True, "no": False}.get((form.text(entry) or "").casefold())
    if answer is not None:
        record.set("/eligibility/healthy_volunteers", answer, span=forms.span_of_value(entry))


def _event(kind: EventKind) -> FieldReader:
    return forms.event(kind, "dmy")


def _plan(form: Form, record: RecordBuilder, entry: Entry) -> None:
    """Set whether participants' data will be shared."""
    text = form.text(entry)
    if text is None or absent_reason(text):
        return
    plan = {"yes": "yes", "no": "no", "undecided": "undecided"}.get(text.casefold().strip("."), "unknown")
    record.set("/ipd_sharing/plan", plan, span=forms.span_of_value(entry))
    record.set("/ipd_sharing/raw", text, span=forms.span_of_value(entry))
    if plan == "unknown":
        span = forms.span_of_value(entry)
        record.note("unknown_value", pointer="/ipd_sharing/plan", span=span, field="data sharing", found=text)


def _read_eligibility(form: Form, record: RecordBuilder) -> None:
    if sex := form.first("sex"):
        read_sex_field(form.page, record, sex)
    set_age(record, forms.limit_of(form, form.first("age_min")), forms.limit_of(form, form.first("age_max")))
    forms.set_criteria_of(form, record)


def _outcome(form: Form, record: RecordBuilder, group: Group) -> None:
    text = form.text(group.entry)
    if text is None or absent_reason(text):
        return
    pointer = record.next("/outcomes")
    record.set(f"{pointer}/measure", text, span=forms.span_of_value(group.entry))
    record.set(f"{pointer}/rank", "primary" if group.name == "outcome_primary" else "secondary")
    if (time := group.get("timepoint")) and absent_reason(form.text(time) or "") is None:
        record.set(f"{pointer}/time_frame", form.text(time), span=forms.span_of_value(time))


def _enrolment(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set a date that is asked for twice; where neither is given, the step stays without a date."""
    kind = _ENROLMENT[group.name]
    kinds: tuple[tuple[str, DateKind], ...] = (("anticipated", "anticipated"), ("actual", "actual"))
    given = [(entry, happened) for name, happened in kinds if (entry := group.get(name))]
    for entry, happened in given:
        forms.set_event(form, record, kind, entry, label=group.entry, order="dmy", happened=happened)
    if not given:
        forms.set_event(form, record, kind, group.entry, order="dmy")


def _sample_size(form: Form, record: RecordBuilder, group: Group) -> None:
    for name in ("target", "final"):
        if entry := group.get(name):
            fields.read_enrolment(form.page, record, entry, actual=name == "final")


#: The registry's kinds of sponsors and funders, by their first words.
_CLASSES = {
    "commercial sector": "industry",
    "government": "government",
    "hospital": "hospital",
    "university": "academic",
    "individual": "individual",
    "other collaborative": "network",
    "charities": "other",
    "other": "other",
    "self funded": "individual",
}
_LISTS = {
    "funder": "/sponsor/funders",
    "secondary_sponsor": "/sponsor/secondary",
    "collaborator": "/sponsor/collaborators",
}


def _organisation(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set a sponsor or funder; where no name is given, as with an individual's own funds, there is none."""
    pointer = record.next(_LISTS[group.name]) if group.name in _LISTS else "/sponsor"
    name = group.get("name")
    if name is None or (form.text(name) or "").casefold() == "nil":
        return
    if not forms.set_organisation(form, record, pointer, name):
        return
    if kind := form.text(group.entry):
        found = next((value for words, value in _CLASSES.items() if kind.casefold().startswith(words)), None)
        forms.set_class(form, record, pointer, group.entry, found)


def _committee(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set an ethics committee and the date of its approval; the registry has one status for all."""
    text = form.text(group.entry)
    if text is None or absent_reason(text):
        return
    pointer = record.next("/ethics")
    record.set(f"{pointer}/committee", text, span=forms.span_of_value(group.entry))
    names = {"committee_address": "address", "committee_country": "country"}
    forms.set_contact(form, record, group, names, pointer=f"{pointer}/contact")
    if status := form.first("ethics_status_above"):
        forms.set_text(form, record, f"{pointer}/status", status)
    if approved := group.get("committee_approved"):
        reading = read_date(form.text(approved) or "", order="dmy")
        if reading.date is not None:
            record.set(f"{pointer}/approved", reading.date, span=forms.span_of_value(approved))
            forms.set_event(form, record, "ethics_approval", approved, order="dmy")


def _contact(form: Form, record: RecordBuilder, group: Group) -> None:
    forms.set_contact(form, record, group, _CONTACT)


def _read_places(form: Form, record: RecordBuilder) -> None:
    """Set countries and hospitals: Australia where it has states or hospitals, and those under the heading abroad."""
    for group in form.all("in_australia"):
        given = [entry for entry in group.answers[1:] if entry.content and entry.label.name in ("states", "hospital")]
        start, end = group.entry.span
        at = form.page.text.casefold().rfind("australia", start, end)
        country = (at, at + len("australia")) if at >= 0 else (start, end)
        if given:
            forms.add_country(form, record, country)
        for entry in given:
            _sites(form, record, entry, country)
    for group in form.all("abroad"):
        for entry in group.answers[1:]:
            if entry.label.name == "country" and entry.content:
                forms.add_country(form, record, forms.span_of_value(entry))


def _sites(form: Form, record: RecordBuilder, entry: Entry, country: Span) -> None:
    """Set a location for every state, or for a hospital with its town (`Austin Health - Heidelberg`)."""
    for piece in entry.content:
        if entry.label.name == "states":
            for start, end in fields.terms_of(form.page, [piece]):
                pointer = record.next("/locations")
                record.set(f"{pointer}/raw", clean(form.page.text[start:end]), span=(start, end))
                record.set(f"{pointer}/region", clean(form.page.text[start:end]), span=(start, end))
                record.set(f"{pointer}/country_code", "AU", span=country)
            continue
        pointer = record.next("/locations")
        record.set(f"{pointer}/raw", words_of(form.page, piece), span=(piece.start, piece.end))
        split = form.page.text.rfind(" - ", piece.start, piece.end)
        facility = (piece.start, split if split > 0 else piece.end)
        record.set(f"{pointer}/facility", normal_case(clean(form.page.text[slice(*facility)])), span=facility)
        if split > 0:
            town = stripped(form.page.text, split + len(" - "), piece.end)
            record.set(f"{pointer}/city", clean(form.page.text[slice(*town)]), span=town)
        record.set(f"{pointer}/country_code", "AU", span=country)


_READERS: dict[str, FieldReader] = {
    "status": forms.set_status,
    **{name: forms.text_at(pointer) for name, pointer in _TEXTS.items()},
    **{name: _event(kind) for name, kind in _EVENTS.items()},
    "why_stopped": _why_stopped,
    "condition": _conditions,
    "condition_code": _condition_code,
    "study_type": _study_type,
    "phase": _phase,
    "masking": _masking,
    "intervention": _intervention,
    "comparator": lambda form, record, entry: None,
    "healthy": _healthy,
    "publications": forms.set_lines("/publications", "citation"),
    "ipd": _plan,
}
_GROUPS = {
    "outcome_primary": _outcome,
    "outcome_secondary": _outcome,
    **dict.fromkeys(_ENROLMENT, _enrolment),
    "sample_size": _sample_size,
    **dict.fromkeys(("funder", "sponsor", "secondary_sponsor", "collaborator"), _organisation),
    "committee": _committee,
    **dict.fromkeys(("principal", "public", "scientific"), _contact),
}
