"""The page of one record on WHO's search portal: two-column tables of labels, and lists under headings."""

from __future__ import annotations

from collections.abc import Iterable

from parser.reading.page import Page
from parser.registries.ictrp.columns import COLUMNS, Row
from parser.registries.ictrp.values import ContactField, Value, add_contact, add_ethics
from parser.registries.page import forms
from parser.registries.page.eligibility import read_criteria
from parser.registries.page.forms import Form
from parser.registries.page.labels import Vocabulary
from parser.registries.page.sections import Entry, set_sections
from parser.registries.page.words import label_of
from parser.registries.record import RecordBuilder

_TABLE = """
header* main: main
header source_register+: register
header last_refreshed+: last refreshed on
header trial_id+: main id
header date_registration+: date of registration
header prospective+: prospective registration
header primary_sponsor+: primary sponsor
header public_title+: public title
header scientific_title+: scientific title
header acronym+: acronym
header date_enrolment+: date of first enrolment | date of first enrollment
header target_size+: target sample size
header status+: recruitment status
header url+: url
header study_type+: study type
header study_design+: study design
header phase+: phase
location* countries: countries of recruitment
contact* contacts: contacts
other name+: name
other address+: address | contact address
other telephone+: telephone | phone | contact telephone
other email+: email | e-mail | contact email
other affiliation+: affiliation
eligibility* inclusion: key inclusion & exclusion criteria | key inclusion and exclusion criteria
eligibility age_min+: age minimum
eligibility age_max+: age maximum
eligibility gender+: gender
design* condition: health condition(s) or problem(s) studied | health condition(s) | or problem(s) studied
design* intervention: intervention(s)
outcome* primary_outcome: primary outcome(s)
outcome* secondary_outcome: secondary outcome(s)
other* secondary_id: secondary id(s)
sponsor* support: source(s) of monetary support | source(s) of monetary or material support
sponsor* secondary_sponsor: secondary sponsor(s)
other* ethics: ethics review
other ethics_status+: status
other ethics_date+: approval date
other* outcome_of_trial: results
other results+: results available
other results_posted+: date posted
other results_completed+: date completed | date of completion
other results_published+: date of first publication
other results_url+: results url link | url for results | link to results
other results_summary+: results summary
other ipd_plan+: ipd sharing plan
other ipd_description+: ipd description
other page: ictrp search portal | home | advanced search | search tips | list by | disclaimer | back to results
    | world health organization
"""
_VOCABULARY = Vocabulary(forms.labels_of(_TABLE))
#: Labels of this reader's table that no other portal has all of.
_MARKS = frozenset({"trial_id", "public_title", "date_registration"})
_PEOPLE: dict[str, ContactField] = {
    "name": "name",
    "address": "address",
    "telephone": "phone",
    "email": "email",
    "affiliation": "affiliation",
}


def recognises(page: Page) -> bool:
    """Tell whether a page is a record of the portal."""
    if not all(words in page.text for words in ("Main ID", "Public title", "Date of registration")):
        return False
    names = {match.label.name for match in _VOCABULARY.scan(page) if match}
    return names >= _MARKS


def read_row(page: Page, record: RecordBuilder) -> Row:
    """Gather the fields of a page, and set its sections, people and criteria, which are more than fields."""
    form = forms.lay_out_form(page, _VOCABULARY, openers=frozenset())
    row = Row()
    for entry in form.layout.entries:
        name = entry.label.name
        if name == "inclusion":
            read_criteria(page, record, entry.content, markers=True)
        elif name in COLUMNS:
            _add(row, name, _value(form, entry))
        elif name not in _PEOPLE and not entry.label.heading and not entry.label.website and entry.content:
            row.others.append(_value(form, entry))
    _read_people(form, record)
    set_sections(page, record, form.layout)
    return row


def _add(row: Row, name: str, value: Value) -> None:
    if value.text.strip():
        row.values.setdefault(name, []).append(value)
    else:
        row.empty.add(name)


def _value(form: Form, entry: Entry) -> Value:
    """Return what stands under a label, line by line; lines of a list that the page numbers keep their text only."""
    text = "\n".join(form.page.text[piece.start : piece.end] for piece in entry.content)
    return Value(text, label_of(form.page, entry).rstrip(" :"), span=forms.span_of_value(entry))


def _read_people(form: Form, record: RecordBuilder) -> None:
    """Add the contacts and the ethics reviews, each of which begins with its first label."""
    for group in form.groups:
        if group.name == "contacts":
            for people in _apart(form, group.answers, "name"):
                add_contact(record, {_PEOPLE[name]: value for name, value in people.items() if name in _PEOPLE})
        elif group.name == "ethics":
            for review in _apart(form, group.answers, "ethics_status"):
                contact = {_PEOPLE[name]: value for name, value in review.items() if name in _PEOPLE}
                add_ethics(record, review.get("ethics_status"), review.get("ethics_date"), contact, "dmy")


def _apart(form: Form, entries: Iterable[Entry], first: str) -> list[dict[str, Value]]:
    """Return the fields of each record in a run of entries; one begins where its first label comes."""
    records: list[dict[str, Value]] = []
    for entry in entries:
        if entry.label.name == first or not records:
            records.append({})
        if entry.content:
            records[-1].setdefault(entry.label.name, _value(form, entry))
    return records
