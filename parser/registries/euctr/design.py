"""The EU register's fields on the trial itself: conditions, products, design, planned numbers, end points."""

from __future__ import annotations

import re

from parser.models.values import Span
from parser.normalize.absence import absent_reason
from parser.registries.euctr.fields import set_text
from parser.registries.euctr.form import Form, FormField, by_group
from parser.registries.euctr.terms import AGE_COUNTS, PHASES, SCOPES, STUDY_TYPES
from parser.registries.record import RecordBuilder

_PLACEBO = re.compile("placebo", re.IGNORECASE)


def read_design(form: Form, record: RecordBuilder) -> None:
    """Set conditions, products, design, planned numbers and end points."""
    _conditions(form, record)
    _interventions(form, record)
    _design(form, record)
    _enrolment(form, record)
    _outcomes(form, record)


def _conditions(form: Form, record: RecordBuilder) -> None:
    """Set the condition in the sponsor's words, and the MedDRA terms it was classified under."""
    pointer = "/conditions/0/text"
    if set_text(form, record, pointer, "E.1.1") is None:
        record.miss("/conditions", "label_only") if form.first("E.1.1") else None
        lay = form.first("E.1.1.1")
        if lay is not None and lay.lines:
            set_text(form, record, pointer, "E.1.1.1")
    term: dict[str, FormField] = {}
    for one in form.all("E.1.2"):
        if one.key == "version":
            _set_term(form, record, term)
            term = {}
        if one.lines:
            term[one.key] = one
    _set_term(form, record, term)


def _set_term(form: Form, record: RecordBuilder, term: dict[str, FormField]) -> None:
    """Set a condition from a MedDRA term: its version, level, code, words and organ class."""
    words, code = term.get("term"), term.get("classification code")
    if words is None:
        return
    pointer = record.next("/conditions")
    record.set(f"{pointer}/text", form.words(words), span=words.span)
    if code is not None:
        record.set(f"{pointer}/codes/0", {"system": "MedDRA", "code": form.words(code)})
        record.came_from(f"{pointer}/codes/0/code", span=code.span)


def _interventions(form: Form, record: RecordBuilder) -> None:
    """Set the products under investigation, and the placebos."""
    products = [one for one in form.fields if one.code.startswith("D.") and one.lines]
    for group, members in by_group(products):
        fields: dict[str, FormField] = {}
        for one in members:
            fields.setdefault(one.code, one)
        if "D.8.1" in fields:
            _set_placebo(form, record, group, fields)
        else:
            _set_product(form, record, fields)


def _set_product(form: Form, record: RecordBuilder, fields: dict[str, FormField]) -> None:
    name = next((fields[code] for code in ("D.3.1", "D.2.1.1.1", "D.3.8", "D.3.9.3") if code in fields), None)
    if name is None:
        return
    pointer = record.next("/interventions")
    places = {"name": name, "role": fields.get("D.1.2"), "description": fields.get("D.3.4")}
    for field, one in places.items():
        if one is not None:
            form.used.add(id(one))
            record.set(f"{pointer}/{field}", form.words(one), span=one.span)
    for code, system in (("D.3.9.1", "CAS"), ("D.3.9.4", "EV substance code")):
        one = fields.get(code)
        if one is not None and absent_reason(form.words(one)) is None:
            form.used.add(id(one))
            at = f"{pointer}/codes/{len(record.get(f'{pointer}/codes') or ())}"
            record.set(at, {"system": system, "code": form.words(one)})
            record.came_from(f"{at}/code", span=one.span)


def _set_placebo(form: Form, record: RecordBuilder, group: str, fields: dict[str, FormField]) -> None:
    asked = fields["D.8.1"]
    form.used.add(id(asked))
    if form.words(asked).casefold() != "yes":
        return
    pointer = record.next("/interventions")
    place = _PLACEBO.search(form.page.text, *form.groups.get(group, asked.place)) or _PLACEBO.search(
        form.page.text, *asked.place
    )
    span = place.span() if place else asked.span
    record.set(f"{pointer}/name", "Placebo", span=span)
    record.set(f"{pointer}/role", "Placebo", span=span)
    if (shape := fields.get("D.8.3")) is not None:
        form.used.add(id(shape))
        record.set(f"{pointer}/description", form.words(shape), span=shape.span)


def _design(form: Form, record: RecordBuilder) -> None:
    kind = form.head("type")
    if kind is not None and kind.lines:
        value = STUDY_TYPES.get(form.words(kind).casefold())
        record.set("/design/study_type", value or "unknown", span=kind.span)
        if value is None:
            found = form.words(kind)
            record.note("unknown_value", pointer="/design/study_type", span=kind.span, field="study type", found=found)
    for code, phase in PHASES.items():
        if (one := form.first(code)) and form.flag(code):
            record.set(record.next("/design/phases"), phase, span=one.span)
    _set_answer(form, record, "/design/allocation", "E.8.1.1", "Randomised", "Not randomised")
    _set_labels(form, record, "/design/masking", ("E.8.1.2", "E.8.1.3", "E.8.1.4"))
    _set_labels(form, record, "/design/intervention_model", ("E.8.1.5", "E.8.1.6"))
    _set_labels(form, record, "/design/purpose", SCOPES)
    if (one := form.first("E.8.7")) and (committee := form.flag("E.8.7")) is not None:
        record.set("/oversight/data_monitoring_committee", committee, span=one.span)


def _set_answer(form: Form, record: RecordBuilder, pointer: str, code: str, yes: str, no: str) -> None:
    answer, one = form.flag(code), form.first(code)
    if answer is not None and one is not None:
        record.set(pointer, yes if answer else no, span=(one.place[0], one.span[1]))


def _set_labels(form: Form, record: RecordBuilder, pointer: str, codes: tuple[str, ...]) -> None:
    """Set the labels of those codes that are answered with yes."""
    yes = [one for code in codes if (one := form.first(code)) and form.flag(code)]
    if yes:
        record.set(pointer, ", ".join(one.label for one in yes), span=(yes[0].place[0], yes[-1].span[1]))


def _enrolment(form: Form, record: RecordBuilder) -> None:
    """Set the planned numbers: of the member state, the EEA and the whole trial, and of the age bands."""
    counts: dict[str, int] = {}
    spans: list[Span] = []
    for code in ("F.4.1", "F.4.2.1", "F.4.2.2", *AGE_COUNTS):
        one = form.first(code)
        number = form.number(one)
        if one is not None and number is not None:
            counts[AGE_COUNTS.get(code) or one.label] = number[0]
            spans.append((one.place[0], one.span[1]))
    if counts:
        span = (min(start for start, _ in spans), max(end for _, end in spans))
        record.set("/design/enrolment/by_group", counts, span=span)
    whole = form.number(form.first(_whole_trial(form)))
    if whole is not None:
        record.set("/design/enrolment/target", whole[0], span=whole[1])


def _whole_trial(form: Form) -> str:
    """Return the code whose number is that of the whole trial, as the form's other answers say."""
    if (one := form.first("F.4.2.2")) is not None and one.lines:
        return "F.4.2.2"
    inside = form.flag("E.8.6.1") is False and form.flag("E.8.6.2") is False
    if inside and form.flag("E.8.5") is False:
        return "F.4.1"
    return "F.4.2.1" if inside and form.flag("E.8.5") else "F.4.2.2"


def _outcomes(form: Form, record: RecordBuilder) -> None:
    for rank, code in (("primary", "E.5.1"), ("secondary", "E.5.2")):
        pointer = record.next("/outcomes")
        main = form.first(code)
        if main is None or absent_reason(form.words(main)):
            form.all(f"{code}.1")
            continue
        set_text(form, record, f"{pointer}/measure", code, lines=True)
        record.set(f"{pointer}/rank", rank)
        time = form.first(f"{code}.1")
        if time is not None and time.lines:
            set_text(form, record, f"{pointer}/time_frame", f"{code}.1", lines=True)
