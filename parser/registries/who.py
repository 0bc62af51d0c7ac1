"""The interchange format in which registers send their records to WHO: `trials/trial/main`, `contacts`, `criteria`, …

Every register writes it a little differently: `Triall`, `UTRN` beside `utrn`, `N.A.` for a title, 01/01/1900 for no
date, ages as `18Y`, a condition's code in front of its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from parser.models import Trial
from parser.normalize.absence import absent_reason
from parser.normalize.dates import DATE_ORDERS
from parser.reading.document import Document
from parser.registries.criteria import CriteriaField, set_criteria
from parser.registries.ictrp.columns import BARE_YEARS, register_of
from parser.registries.ictrp.design import read_design
from parser.registries.ictrp.lists import read_conditions, read_interventions, read_outcomes
from parser.registries.ictrp.values import (
    ContactField,
    Value,
    add_contact,
    add_country,
    add_ethics,
    add_organisation,
    joined,
    note_repairs,
    part,
    put,
    put_ages,
    put_date,
    put_enrolment,
    put_event,
    put_extra,
    put_identifiers,
    put_ipd_plan,
    put_organisation,
    put_phases,
    put_sex,
    put_status,
    put_study_type,
    put_words,
    split_outside,
)
from parser.registries.record import Origin, RecordBuilder

_RECORDS: Final = ("trial", "triall")
_ORDER: Final = DATE_ORDERS["who"]
_CONTACT: Final[dict[str, ContactField]] = {
    "affiliation": "affiliation",
    "city": "city",
    "country1": "country",
    "telephone": "phone",
    "email": "email",
}
_ETHICS_CONTACT: Final[dict[str, ContactField]] = {
    "contact_name": "name",
    "contact_address": "address",
    "contact_phone": "phone",
    "contact_email": "email",
}
#: Where the value of an element of `main` or `criteria` goes; one that is empty is `label_only` there.
_POINTERS: Final = {
    "public_title": "/title",
    "scientific_title": "/scientific_title",
    "acronym": "/acronym",
    "primary_sponsor": "/sponsor/name",
    "recruitment_status": "/status",
    "study_type": "/design/study_type",
    "study_design": "/design/description",
    "phase": "/design/phases",
    "target_size": "/design/enrolment",
    "hc_freetext": "/conditions",
    "i_freetext": "/interventions",
    "agemin": "/eligibility/age",
    "gender": "/eligibility/sex",
    "inclusion_criteria": "/eligibility/text",
}
_EXPECTED: Final = (
    "/identifiers",
    *(pointer for name, pointer in _POINTERS.items() if name != "acronym"),
    "/outcomes",
    "/countries",
    "/contacts",
    "/sponsor/secondary",
    "/sponsor/funders",
)


def recognises(document: Document) -> bool:
    """Tell whether a document is a record of the interchange format."""
    return document.format == "xml" and _trial_of(document.tree) is not None


def read(document: Document, origin: Origin) -> Trial:
    """Read a record of the interchange format; criteria come later."""
    record = RecordBuilder(document, origin)
    root: Any = document.tree
    fields = _Fields(*(_trial_of(root) or (root, f"/{root.tag}")))
    _read_identity(record, fields)
    _read_people(record, fields)
    _read_study(record, fields)
    _read_dates(record, fields)
    _read_eligibility(record, fields)
    _read_results(record, fields)
    for value in fields.unread():
        put_extra(record, value)
    note_repairs(record, fields.values())
    for name, pointer in _POINTERS.items():
        if name in fields.empty and not record.get(pointer):
            record.miss(pointer, "label_only")
    record.expect(*_EXPECTED)
    return record.build()


def _trial_of(tree: Any) -> tuple[Any, str] | None:
    """Return the record's element and its path; None where the document is no record of this format."""
    if _name(tree) in _RECORDS:
        return (tree, f"/{tree.tag}") if _child(tree, "main") is not None else None
    found = next((child for child in tree if _name(child) in _RECORDS), None) if _name(tree) == "trials" else None
    if found is None or _child(found, "main") is None:
        return None
    return found, f"/{tree.tag}/{found.tag}[1]"


def _name(element: Any) -> str:
    """Return an element's name, casefolded; what is no element has none."""
    return element.tag.rpartition("}")[2].casefold() if isinstance(element.tag, str) else ""


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _name(child) == name), None)


class _Fields:
    """The elements of a record that hold text, by their names, and which of them were read."""

    def __init__(self, trial: Any, path: str) -> None:
        self.empty: set[str] = set()
        self._values: dict[str, list[Value]] = {}
        self._groups: dict[str, list[dict[str, Value]]] = {}
        self._read: set[str] = set()
        self._gather(trial, path, None)

    def _gather(self, element: Any, path: str, group: dict[str, Value] | None) -> None:
        """Take an element's children in: text under its name, in a group where elements of a kind repeat."""
        numbers: dict[str, int] = {}
        for child in element:
            if not isinstance(child.tag, str):
                continue
            numbers[child.tag] = numbers.get(child.tag, 0) + 1
            name, here = _name(child), f"{path}/{child.tag}[{numbers[child.tag]}]"
            if len(child):
                inner: dict[str, Value] | None = None
                if name in ("contact", "secondary_id", "ethics_review"):
                    inner = {}
                    self._groups.setdefault(name, []).append(inner)
                self._gather(child, here, inner)
            elif not (text := child.text or "").strip():
                self.empty.add(name)
            elif group is not None:
                group[name] = Value(text, child.tag, here)
            else:
                self._values.setdefault(name, []).append(Value(text, child.tag, here))

    def get(self, name: str) -> Value | None:
        """Return the first value of a name; None where there is none."""
        values = self.all(name)
        return values[0] if values else None

    def all(self, name: str) -> list[Value]:
        """Return the values of a name."""
        self._read.add(name)
        return self._values.get(name, [])

    def values(self) -> Iterator[Value]:
        """Yield every value but the criteria."""
        for name, values in self._values.items():
            if name not in ("inclusion_criteria", "exclusion_criteria"):
                yield from values

    def groups(self, name: str) -> list[dict[str, Value]]:
        """Return the groups of elements of a name."""
        return self._groups.get(name, [])

    def unread(self) -> Iterator[Value]:
        """Yield the values whose names nobody asked for."""
        for name, values in self._values.items():
            if name not in self._read:
                yield from values


def _read_identity(record: RecordBuilder, fields: _Fields) -> None:
    put_identifiers(record, fields.get("trial_id"))
    for number in fields.all("utrn"):
        put_identifiers(record, number)
    for group in fields.groups("secondary_id"):
        put_identifiers(record, group.get("sec_id"), group.get("issuing_authority"))
    if not record.get("/identifiers"):
        record.note("identifier_missing", pointer="/identifiers")
    put_words(record, "/title", fields.get("public_title"))
    put_words(record, "/scientific_title", fields.get("scientific_title"))
    put_words(record, "/acronym", fields.get("acronym") or fields.get("scientific_acronym"))
    if fields.get("acronym") and (scientific := fields.get("scientific_acronym")):
        put_extra(record, scientific)
    put_status(record, fields.get("recruitment_status"))
    if url := fields.get("url"):
        put(record, "/source/record_url", url.words, url)


def _read_people(record: RecordBuilder, fields: _Fields) -> None:
    put_organisation(record, "/sponsor", fields.get("primary_sponsor"))
    for name, pointer in (("sponsor_name", "/sponsor/secondary"), ("source_name", "/sponsor/funders")):
        for value in fields.all(name):
            add_organisation(record, pointer, value)
    for group in fields.groups("contact"):
        add_contact(record, _contact(group))
    for group in fields.groups("ethics_review"):
        contact = {field: group[name] for name, field in _ETHICS_CONTACT.items() if name in group}
        add_ethics(record, group.get("status"), group.get("approval_date"), contact, _ORDER)


def _contact(group: dict[str, Value]) -> dict[ContactField, Value]:
    contact = {field: group[name] for name, field in _CONTACT.items() if name in group}
    names = [group[name] for name in ("firstname", "middlename", "lastname") if name in group]
    if name := joined(names):
        contact["name"] = name
    address, code = group.get("address"), group.get("zip")
    lines = [line for line in (address, code) if line is not None]
    if address is not None and code is not None and code.words in address.words:
        lines = [address]
    if place := joined(lines, ", "):
        contact["address"] = place
    if kind := group.get("type"):
        contact["role"] = part(kind, kind.words.casefold())
    return contact


def _read_study(record: RecordBuilder, fields: _Fields) -> None:
    register = _register(fields)
    put_study_type(record, fields.get("study_type"))
    put_phases(record, fields.get("phase"))
    if design := fields.get("study_design"):
        read_design(record, design)
    put_enrolment(record, fields.get("target_size"))
    for value in fields.all("hc_freetext"):
        read_conditions(record, value, register)
    for value in fields.all("i_freetext"):
        read_interventions(record, value, register)
    for value in fields.all("prim_outcome"):
        read_outcomes(record, value, "primary", register)
    for value in fields.all("sec_outcome"):
        read_outcomes(record, value, "secondary", register)
    for value in fields.all("hc_keyword"):
        for words in split_outside(value.prose, ";\n"):
            _add_keyword(record, part(value, words))
    for value in fields.all("country2"):
        add_country(record, value)


def _register(fields: _Fields) -> str:
    return register_of(fields.get("reg_name"), fields.get("trial_id"))


def _add_keyword(record: RecordBuilder, value: Value) -> None:
    words = value.words.strip(" ;,")
    if words and absent_reason(words) is None and words not in (record.get("/keywords") or ()):
        put(record, record.next("/keywords"), words, value)


def _read_dates(record: RecordBuilder, fields: _Fields) -> None:
    put_event(record, "registered", fields.get("date_registration"), _ORDER)
    put_event(record, "start", fields.get("date_enrolment"), _ORDER, kind=fields.get("type_enrolment"))
    put_event(record, "completion", fields.get("results_date_completed"), _ORDER)
    put_event(record, "results_posted", fields.get("results_date_posted"), _ORDER)
    put_event(record, "other", fields.get("results_date_first_publication"), _ORDER)


def _read_eligibility(record: RecordBuilder, fields: _Fields) -> None:
    bare_years = _register(fields) in BARE_YEARS
    put_ages(record, fields.get("agemin"), fields.get("agemax"), bare_years=bare_years)
    put_sex(record, fields.get("gender"))
    included, excluded = fields.all("inclusion_criteria"), fields.all("exclusion_criteria")
    parts = [CriteriaField(value.text, value.path or "", "inclusion" if excluded else None) for value in included]
    parts += [CriteriaField(value.text, value.path or "", "exclusion") for value in excluded]
    set_criteria(record, parts)


def _read_results(record: RecordBuilder, fields: _Fields) -> None:
    put_words(record, "/results/url", fields.get("results_url_link"))
    put_words(record, "/results/summary", fields.get("results_summary"), prose=True)
    put_date(record, "/results/posted", fields.get("results_date_posted"), _ORDER)
    if (enrolled := fields.get("results_actual_enrolment")) and enrolled.words.isdecimal():
        put(record, "/results/actual_enrolment", int(enrolled.words), enrolled)
    put_ipd_plan(record, fields.get("results_ipd_plan"), fields.get("results_ipd_description"))
