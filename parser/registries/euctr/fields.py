"""The EU register's fields to the record: titles, numbers, sponsor, design, dates, review.

What a country's protocol says of the country (its status, planned number, decision) goes to `countries` as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from parser.models.trial import EventKind
from parser.models.values import Span
from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_code
from parser.normalize.dates import read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.names import normal_case
from parser.normalize.statuses import read_status
from parser.registries.euctr.form import Form, FormField, by_group
from parser.registries.record import RecordBuilder

#: Between a country and its authority: `Spain - AEMPS`.
_DASH = re.compile(r"\s+[-–]\s+")


def read_fields(form: Form, record: RecordBuilder) -> None:
    """Set what the form says of the trial's record: numbers, titles, countries, sponsor, dates, review."""
    for reader in READERS:
        reader(form, record)


def set_text(form: Form, record: RecordBuilder, pointer: str, code: str, *, lines: bool = False) -> FormField | None:
    """Set a text from the field of a code, and its other languages as translations.

    Returns:
        The field that was taken; None where there is none, or it is empty (which is noted).
    """
    found = form.all(code)
    main = form.first(code)
    if main is None:
        return None
    words = form.text(main) if lines else form.words(main)
    if reason := absent_reason(words):
        record.miss(pointer, reason, span=main.span)
        return None
    record.set(pointer, words, span=main.span)
    if main.language is not None and record.get("/source/language") is None:
        record.set("/source/language", main.language)
    translate(form, record, pointer, [one for one in found if one is not main])
    return main


def translate(form: Form, record: RecordBuilder, pointer: str, others: list[FormField]) -> None:
    """Keep the same field in other languages."""
    for one in others:
        if one.lines and one.language is not None:
            at = record.next("/translations")
            record.set(at, {"pointer": pointer, "language": one.language, "text": form.text(one)})
            record.came_from(f"{at}/text", span=one.span)


def _identifiers(form: Form, record: RecordBuilder) -> None:
    for one in (form.first("A.2"), form.head("number")):
        _set_identifiers(form, record, one)
    if not record.get("/identifiers"):
        record.note("identifier_missing", pointer="/identifiers")
    for code in ("A.5.1", "A.5.2", "A.5.3", "A.5.4"):
        for other in form.all(code):
            _set_identifiers(form, record, other, otherwise="other")
    for one in (form.first("A.4.1"), form.head("protocol_code")):
        _set_identifiers(form, record, one, otherwise="sponsor", find=False)


def _set_identifiers(
    form: Form, record: RecordBuilder, one: FormField | None, *, otherwise: str = "", find: bool = True
) -> None:
    """Set the numbers of known registers in a value; where there are none, all of it under the scheme `otherwise`."""
    if one is None or absent_reason(form.words(one)):
        return
    start, end = one.span
    found = find_identifiers(form.page.text, start, end) if find else []
    for number in found:
        span = (number.start, number.end)
        if number.placeholder:
            record.note("identifier_placeholder", pointer="/identifiers", span=span, found=form.page.text[slice(*span)])
        else:
            _set_identifier(record, number.scheme, number.value, form.page.text[slice(*span)], span)
    if not found and otherwise:
        _set_identifier(record, otherwise, form.words(one), form.words(one), one.span)


def _set_identifier(record: RecordBuilder, scheme: str, value: str, raw: str, span: Span) -> None:
    if any(known["value"] == value for known in record.get("/identifiers") or ()):
        return
    pointer = record.next("/identifiers")
    record.set(f"{pointer}/scheme", scheme)
    record.set(f"{pointer}/value", value, span=span)
    record.set(f"{pointer}/raw", raw, span=span)
    record.set(f"{pointer}/role", "primary" if pointer.endswith("/0") else "secondary")


def _titles(form: Form, record: RecordBuilder) -> None:
    set_text(form, record, "/scientific_title", "A.3")
    if set_text(form, record, "/title", "A.3.1") is None and (full := form.first("A.3")) and full.lines:
        # The lay title came late to the form: in older records the full title is the only one.
        record.set("/title", form.words(full), span=full.span)
    set_text(form, record, "/acronym", "A.3.2")


def _summary(form: Form, record: RecordBuilder) -> None:
    brief = set_text(form, record, "/summary/brief", "E.2.1", lines=True)
    detailed = set_text(form, record, "/summary/detailed", "E.2.2", lines=True)
    if brief or detailed:
        record.set("/summary/origin", "registrant")


def _status(form: Form, record: RecordBuilder) -> None:
    found = form.head("status")
    end = form.first("P.", "end of trial status")
    found = found if found is not None and found.lines else end
    if found is None:
        return
    if reason := absent_reason(form.words(found)):
        record.miss("/status", reason, span=found.span)
    else:
        _set_status(form, record, "/status", found)


def _set_status(form: Form, record: RecordBuilder, pointer: str, found: FormField) -> None:
    words = form.words(found)
    value = read_status(words)
    record.set(f"{pointer}/value", value or "unknown", span=found.span)
    record.set(f"{pointer}/raw", words, span=found.span)
    if value is None:
        record.note("unknown_value", pointer=f"{pointer}/value", span=found.span, field="status", found=words)


def _country(form: Form, record: RecordBuilder) -> None:
    """Set the country of the protocol, with its status and planned number, and its authority."""
    found = form.first("A.1")
    found = found if found is not None and found.lines else form.head("authority")
    form.head("authority")
    if found is None or not found.lines:
        return
    record.set("/oversight/authorities/0", form.words(found), span=found.span)
    match = _DASH.search(form.page.text, *found.span)
    span = (found.span[0], match.start()) if match else found.span
    raw = " ".join(form.page.text[slice(*span)].split())
    if (code := country_code(raw)) is None:
        return
    record.set("/countries/0/raw", raw, span=span)
    record.set("/countries/0/country_code", code, span=span)
    if (status := form.head("status")) is not None and status.lines:
        _set_status(form, record, "/countries/0/status", status)
    if (planned := form.number(form.first("F.4.1"))) is not None:
        record.set("/countries/0/planned", planned[0], span=planned[1])


def _other_countries(form: Form, record: RecordBuilder) -> None:
    """Set the countries outside the EEA where sites are planned, one a line."""
    for one in form.all("E.8.6.3"):
        known = {country["country_code"] for country in record.get("/countries") or ()}
        for span in one.lines:
            raw = " ".join(form.page.text[slice(*span)].split())
            code = country_code(raw)
            if code is None:
                _set_extra(record, one, raw, span)
            elif code not in known:
                known.add(code)
                pointer = record.next("/countries")
                record.set(f"{pointer}/raw", raw, span=span)
                record.set(f"{pointer}/country_code", code, span=span)


def _sponsors(form: Form, record: RecordBuilder) -> None:
    names = form.all("B.1.1")
    kinds = {one.group: one for one in form.all("B.3.1")}
    for number, one in enumerate(one for one in names if one.lines):
        pointer = "/sponsor" if number == 0 else record.next("/sponsor/secondary")
        _set_organisation(form, record, pointer, one)
        kind = kinds.get(one.group)
        if kind is not None and form.words(kind).casefold() == "commercial":
            record.set(f"{pointer}/sponsor_class", "industry", span=kind.span)
        elif kind is not None and kind.lines:
            # "Non-Commercial" says only what it is not.
            _set_extra(record, kind, form.words(kind), kind.span)
    if names and not any(one.lines for one in names):
        record.miss("/sponsor", "label_only")
    for one in form.all("B.4.1"):
        if one.lines and absent_reason(form.words(one)) is None:
            _set_organisation(form, record, record.next("/sponsor/funders"), one)


def _set_organisation(form: Form, record: RecordBuilder, pointer: str, one: FormField) -> None:
    raw = form.words(one)
    record.set(f"{pointer}/name", normal_case(raw), span=one.span)
    record.set(f"{pointer}/raw", raw, span=one.span)


#: Section code to field of a contact.
_CONTACT = {
    "B.5.2": "name",
    "B.5.1": "affiliation",
    "B.5.3.1": "address",
    "B.5.3.2": "city",
    "B.5.3.4": "country",
    "B.5.4": "phone",
    "B.5.6": "email",
}


def _contacts(form: Form, record: RecordBuilder) -> None:
    """Set the contact point of each sponsor."""
    fields = [one for code in _CONTACT for one in form.all(code) if one.lines]
    for _, members in by_group(fields):
        pointer = record.next("/contacts")
        for one in members:
            words = form.words(one)
            if absent_reason(words) is None:
                record.set(f"{pointer}/{_CONTACT[one.code]}", words, span=one.span)


def _timeline(form: Form, record: RecordBuilder) -> None:
    _set_event(form, record, form.head("entered"), "registered")
    _set_event(form, record, form.first("N.", "date of competent authority decision"), "decision")
    opinion = form.first("N.", "ethics committee opinion of the trial application")
    favourable = opinion is not None and form.words(opinion).casefold() == "favourable"
    dated = form.first("N.", "date of ethics committee opinion")
    _set_event(form, record, dated, "ethics_approval" if favourable else "other")
    _set_event(form, record, form.first("P.", "date of the global end of the trial"), "completion")


def _set_event(form: Form, record: RecordBuilder, one: FormField | None, event: EventKind) -> None:
    if one is None:
        return
    pointer = record.next("/timeline")
    record.set(f"{pointer}/event", event)
    label_end = one.place[1] - (form.page.text[one.place[1] - 1] == ":")
    start = form.page.text.find(one.label.split()[0], *one.place) if one.label else one.place[0]
    record.set(f"{pointer}/label", one.label, span=(max(start, one.place[0]), label_end))
    if not one.lines:
        record.miss(f"{pointer}/date", "label_only")
        return
    # The register writes ISO dates; older downloads have the day first.
    reading = read_date(form.words(one), order="dmy")
    if reading.date is not None:
        record.set(f"{pointer}/date", reading.date, span=one.span)
        record.set(f"{pointer}/kind", "actual")
    else:
        record.miss(f"{pointer}/date", reading.reason or "unparseable", span=one.span)


def _review(form: Form, record: RecordBuilder) -> None:
    """Set the ethics committee's opinion and the authority's decision."""
    opinion = form.first("N.", "ethics committee opinion of the trial application")
    if opinion is not None and opinion.lines:
        record.set("/ethics/0/status", form.words(opinion), span=opinion.span)
        dated = form.first("N.", "date of ethics committee opinion")
        if dated is not None and form.words(opinion).casefold() == "favourable":
            reading = read_date(form.words(dated), order="dmy")
            if reading.date is not None:
                record.set("/ethics/0/approved", reading.date, span=dated.span)


def _results(form: Form, record: RecordBuilder) -> None:
    one = form.head("results")
    if one is None:
        return
    if not one.lines:
        record.miss("/results", "label_only")
    elif form.words(one).casefold() == "view results":
        record.set("/results/available", True, span=one.span)
    else:
        _set_extra(record, one, form.words(one), one.span)


def _source(form: Form, record: RecordBuilder) -> None:
    if (link := form.head("link")) is not None and link.lines:
        record.set("/source/record_url", form.words(link), span=link.span)


def _set_extra(record: RecordBuilder, one: FormField, value: str, span: Span) -> None:
    pointer = record.next("/extra")
    label = f"{one.group} {one.code} {one.label}" if one.group else f"{one.code} {one.label}"
    record.set(f"{pointer}/label", label.strip())
    record.set(f"{pointer}/value", value, span=span)


def read_extras(form: Form, record: RecordBuilder) -> None:
    """Keep the labelled values that no other reader has taken; a product's `No` answers stay in its section only."""
    kept: dict[tuple[str, str, str], str] = {}
    for one in form.fields:
        if id(one) in form.used or not one.lines:
            continue
        words, key = form.text(one), (one.group, one.code, one.key)
        if absent_reason(words) or (one.code.startswith("D.") and words.casefold() == "no"):
            continue
        if one.language is not None and key in kept:
            translate(form, record, f"{kept[key]}/value", [one])
        else:
            kept[key] = record.next("/extra")
            _set_extra(record, one, words, one.span)


#: In the order in which the fields are set.
READERS: tuple[Callable[[Form, RecordBuilder], None], ...] = (
    _source,
    _identifiers,
    _titles,
    _status,
    _country,
    _other_countries,
    _sponsors,
    _contacts,
    _summary,
    _timeline,
    _review,
    _results,
)
