"""WHO's search portal (ICTRP): its exports as XML, CSV and JSON rows, and the page of a record.

The portal gathers the records of some twenty registers, each with conventions of its own; `columns` says which
fields there are and what the registers mean by them, `lists` takes the fields apart that hold lists.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from parser.models import Trial
from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_code
from parser.normalize.dates import DATE_ORDERS, read_date
from parser.reading.document import Document
from parser.registries.criteria import CriteriaField, set_criteria
from parser.registries.ictrp import page as ictrp_page
from parser.registries.ictrp.columns import BARE_YEARS, Row, names_of
from parser.registries.ictrp.design import read_design
from parser.registries.ictrp.lists import cut_eu_ages, read_conditions, read_eu_ages, read_interventions, read_outcomes
from parser.registries.ictrp.people import read_contacts, read_ethics
from parser.registries.ictrp.values import (
    Value,
    add_country,
    add_organisation,
    miss,
    note_repairs,
    part,
    put,
    put_ages,
    put_date,
    put_enrolment,
    put_event,
    put_extra,
    put_flag,
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

_ROOT: Final = "Trials_downloaded_from_ICTRP"
# A row of another table may name a trial and its title; these are the portal's own.
_OWN: Final = frozenset({"source_register", "date_registration3", "last_refreshed", "export_date"})
_ORDER: Final = DATE_ORDERS["ictrp"]
_CRITERIA: Final = frozenset({"inclusion", "exclusion"})
_NO_FUNDER: Final = "please refer to primary and secondary sponsors"

#: Where the value of a field goes; one that is there without a value is `label_only` there.
_POINTERS: Final = {
    "trial_id": "/identifiers",
    "public_title": "/title",
    "scientific_title": "/scientific_title",
    "acronym": "/acronym",
    "status": "/status",
    "primary_sponsor": "/sponsor/name",
    "secondary_sponsor": "/sponsor/secondary",
    "support": "/sponsor/funders",
    "study_type": "/design/study_type",
    "study_design": "/design/description",
    "phase": "/design/phases",
    "target_size": "/design/enrolment",
    "condition": "/conditions",
    "intervention": "/interventions",
    "primary_outcome": "/outcomes",
    "countries": "/countries",
    "inclusion": "/eligibility/text",
    "age_min": "/eligibility/age",
    "gender": "/eligibility/sex",
    "contact_last": "/contacts",
    "ethics_status": "/ethics",
    "results": "/results/available",
    "ipd_plan": "/ipd_sharing",
}
_EXPECTED: Final = tuple(
    pointer
    for pointer in _POINTERS.values()
    if pointer not in ("/acronym", "/ethics", "/results/available", "/ipd_sharing")
)


def recognises(document: Document) -> bool:
    """Tell whether a document is a record of the portal."""
    if document.page is not None:
        return ictrp_page.recognises(document.page)
    tree: Any = document.tree
    if document.format == "xml":
        return tree.tag == _ROOT or (tree.tag == "Trial" and _is_row(child.tag for child in tree))
    if isinstance(tree, Mapping):
        return _ROOT in tree or _is_row(tree)
    return False


def _is_row(labels: Any) -> bool:
    names = names_of(labels)
    return "trial_id" in names and "public_title" in names and bool(names & _OWN or {"url", "inclusion"} <= names)


def read(document: Document, origin: Origin) -> Trial:
    """Read a record of the portal; criteria come later."""
    record = RecordBuilder(document, origin)
    if document.page is not None:
        row = ictrp_page.read_row(document.page, record)
    else:
        row = _xml_row(document.tree) if document.format == "xml" else _mapping_row(document.tree)
    _read_identity(record, row)
    _read_sponsors(record, row)
    _read_study(record, row)
    _read_dates(record, row)
    _read_eligibility(record, row)
    if document.page is None:
        read_contacts(record, row)
        read_ethics(record, row, _ORDER)
    _read_results(record, row)
    for value in row.others:
        put_extra(record, value)
    note_repairs(record, (value for name, values in row.values.items() if name not in _CRITERIA for value in values))
    for name, pointer in _POINTERS.items():
        if name in row.empty and not row.all(name) and not record.get(pointer):
            record.miss(pointer, "label_only")
    record.expect(*_EXPECTED)
    return record.build()


def _xml_row(tree: Any) -> Row:
    """Gather the fields of a `Trial` element, or of the one in an export."""
    trial, above = tree, ""
    if tree.tag == _ROOT and (trials := tree.findall("Trial")):
        trial, above = trials[0], f"/{_ROOT}"
    row = Row()
    numbers: dict[str, int] = {}
    above += f"/{trial.tag}" + ("[1]" if above else "")
    for field in trial:
        if isinstance(field.tag, str):
            numbers[field.tag] = numbers.get(field.tag, 0) + 1
            path = f"{above}/{field.tag}[{numbers[field.tag]}]"
            row.add(Value("".join(field.itertext()), field.tag, path))
    return row


def _mapping_row(tree: Any) -> Row:
    """Gather the fields of a JSON object or of a table's row, or of the one object in an export."""
    above = ""
    while isinstance(tree, list) and len(tree) == 1:
        tree, above = tree[0], f"{above}/0"
    for name in (_ROOT, "Trial"):
        if isinstance(tree, Mapping) and isinstance(tree.get(name), Mapping | list):
            tree, above = tree[name], f"{above}/{name}"
            tree, above = (tree[0], f"{above}/0") if isinstance(tree, list) and tree else (tree, above)
    row = Row()
    if isinstance(tree, Mapping):
        for name, content in tree.items():
            label = str(name)
            path = f"{above}/{_escaped(label)}"
            if isinstance(content, str):
                row.add(Value(content, label, path))
            else:
                for text, inner in _leaves(content, path):
                    row.add(Value(text, label, inner))
    return row


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _leaves(content: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the texts in a value with their pointers; most values are one text."""
    if isinstance(content, Mapping):
        for name, inner in content.items():
            yield from _leaves(inner, f"{path}/{_escaped(str(name))}")
    elif isinstance(content, list):
        for number, inner in enumerate(content):
            yield from _leaves(inner, f"{path}/{number}")
    else:
        missing = content is None or (isinstance(content, float) and math.isnan(content))
        yield "" if missing else str(content), path


def _read_identity(record: RecordBuilder, row: Row) -> None:
    put_identifiers(record, row.get("trial_id"))
    for value in row.all("secondary_id"):
        for number in split_outside(value.words, ";"):
            put_identifiers(record, part(value, number))
    if not record.get("/identifiers"):
        record.note("identifier_missing", pointer="/identifiers")
    put_words(record, "/title", row.get("public_title"))
    put_words(record, "/scientific_title", row.get("scientific_title"))
    put_words(record, "/acronym", row.get("acronym"))
    put_status(record, row.get("status"))
    if url := row.get("url"):
        put(record, "/source/record_url", url.words, url)
    if register := row.get("source_register"):
        put_extra(record, register)


def _read_sponsors(record: RecordBuilder, row: Row) -> None:
    put_organisation(record, "/sponsor", row.get("primary_sponsor"))
    for name, pointer in (("secondary_sponsor", "/sponsor/secondary"), ("support", "/sponsor/funders")):
        for value in row.all(name):
            if value.words.casefold() == _NO_FUNDER:
                miss(record, pointer, "explicit_not_reported", value)
                continue
            for words in split_outside(value.prose, ";\n"):
                add_organisation(record, pointer, part(value, words))


def _read_study(record: RecordBuilder, row: Row) -> None:
    register = row.register
    put_study_type(record, row.get("study_type"))
    put_phases(record, row.get("phase"))
    for value in row.all("study_design"):
        read_design(record, value)
    put_enrolment(record, row.get("target_size"))
    for value in row.all("condition"):
        read_conditions(record, value, register)
    for value in row.all("intervention"):
        read_interventions(record, value, register)
    for value in row.all("primary_outcome"):
        read_outcomes(record, value, "primary", register)
    for value in row.all("secondary_outcome"):
        read_outcomes(record, value, "secondary", register)
    for value in row.all("countries"):
        for words in _countries(value):
            add_country(record, part(value, words))


def _countries(value: Value) -> Iterator[str]:
    """Yield the countries of a list; a comma parts them only where the words before it name one."""
    for words in split_outside(value.prose, ";\n"):
        parts = split_outside(words, ",")
        if len(parts) > 1 and country_code(words) is None and any(country_code(one) for one in parts):
            yield from parts
        else:
            yield words


def _read_dates(record: RecordBuilder, row: Row) -> None:
    registered, digits = row.get("date_registration"), row.get("date_registration3")
    # `Date_registration3` is the same date as digits; where the two differ, no convention explains the other.
    if registered and digits and not _same_day(registered, digits):
        put_event(record, "registered", digits, _ORDER)
        put_extra(record, registered)
    else:
        put_event(record, "registered", registered or digits, _ORDER)
    put_event(record, "start", row.get("date_enrolment"), _ORDER, kind=row.get("type_enrolment"))
    put_event(record, "completion", row.get("results_completed"), _ORDER)
    put_event(record, "results_posted", row.get("results_posted"), _ORDER)
    put_event(record, "other", row.get("results_published"), _ORDER)
    put_date(record, "/source/last_refreshed", row.get("last_refreshed"), _ORDER)
    # The moment of the export is the server's own, which is American.
    put_date(record, "/source/as_of", row.get("export_date"), "mdy")


def _same_day(registered: Value, digits: Value) -> bool:
    date = read_date(registered.words, order=_ORDER).date
    return date is not None and date.value.replace("-", "") == digits.words


def _read_eligibility(record: RecordBuilder, row: Row) -> None:
    bare_years = row.register in BARE_YEARS
    put_ages(record, row.get("age_min"), row.get("age_max"), bare_years=bare_years)
    put_sex(record, row.get("gender"))
    fields: list[CriteriaField] = []
    excluded = any(value.text.strip() for value in row.all("exclusion"))
    for value in row.all("inclusion"):
        criteria, ages = cut_eu_ages(value)
        read_eu_ages(record, ages)
        # Without exclusion criteria of their own, both halves may stand here under their headings.
        alone = not excluded or "xclusion criteria" in criteria.text
        fields.append(CriteriaField(criteria.text, value.path or "", None if alone else "inclusion"))
    fields += [CriteriaField(value.text, value.path or "", "exclusion") for value in row.all("exclusion")]
    if record.get("/eligibility/text") is None:
        set_criteria(record, fields)


def _read_results(record: RecordBuilder, row: Row) -> None:
    put_flag(record, "/results/available", row.get("results"))
    put_words(record, "/results/url", row.get("results_url"))
    put_words(record, "/results/summary", row.get("results_summary"), prose=True)
    put_date(record, "/results/posted", row.get("results_posted"), _ORDER)
    if enrolled := row.get("results_enrolment"):
        if enrolled.words.isdecimal() and len(enrolled.words) < 9:
            put(record, "/results/actual_enrolment", int(enrolled.words), enrolled)
        elif absent_reason(enrolled.words) is None:
            put_extra(record, enrolled)
    put_ipd_plan(record, row.get("ipd_plan"), row.get("ipd_description"))
