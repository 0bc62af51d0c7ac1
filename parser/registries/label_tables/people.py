"""Who stands behind a study and where it runs, from a register's fields: contacts, organisations, sites, ethics."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parser.models.values import Span
from parser.normalize.countries import country_code
from parser.normalize.names import normal_case
from parser.registries.label_tables.dates import set_date
from parser.registries.label_tables.values import (
    MAIN,
    Form,
    Record,
    Value,
    first_line,
    merged,
    part_of,
    records_of,
    replace_pieces,
    set_words,
    text_of,
    translate,
    value_of,
)
from parser.registries.page.people import EMAIL, PHONE
from parser.registries.page.places import read_locations
from parser.registries.page.sections import Entry, Piece
from parser.registries.page.words import clean, label_of, stripped, words_of

_CONTACT_PARTS = ("affiliation", "address", "city", "country", "phone", "email")
_ORGANISATIONS = {
    "secondary_sponsors": "/sponsor/secondary",
    "funders": "/sponsor/funders",
    "collaborators": "/sponsor/collaborators",
}
_COUNTRY = re.compile(r"[^,;；/]+(?:,\s(?:Islamic )?Republic of)?")


def read_contacts(form: Form) -> None:
    """Set the contacts, each with the words that say what it is for."""
    for entry in form.all("contact_public", "contact_scientific", "contact_investigator", "contact_other"):
        for record in records_of(form, entry):
            pointer = form.record.next("/contacts")
            if _set_contact(form, pointer, record):
                _set_role(form, pointer, record, entry)
    for name in ("public", "scientific"):
        _set_flat_contact(form, name)


# A person's position says nothing of what to ask them; these words do.
_PURPOSE = re.compile(r"enquir|quer|investigator|public|scientific|contact", re.IGNORECASE)


def _set_role(form: Form, pointer: str, record: Record, entry: Entry) -> None:
    """Set what a contact is for, from the record where it says so, else from the label."""
    role = part_of(form, record, "role")
    if role.pieces and _PURPOSE.search(text_of(form, role)):
        set_words(form, f"{pointer}/role", role)
    else:
        form.record.set(f"{pointer}/role", label_of(form.page, entry), span=entry.span)


def _set_contact(form: Form, pointer: str, record: Record) -> bool:
    """Set a contact's parts; of one without labels, the first line is the name."""
    name = part_of(form, record, "name") if record.get("name") else _full_name(form, record)
    found = bool(name.pieces)
    if name.pieces:
        set_words(form, f"{pointer}/name", name)
    for part in _CONTACT_PARTS:
        names = (part, "department") if part == "affiliation" else (part,)
        if (value := part_of(form, record, *names)).pieces:
            found = True
            set_words(form, f"{pointer}/{part}", value)
    plain = value_of(form, record.get(MAIN, [])).pieces
    if plain and not found:
        return _set_plain_contact(form, pointer, plain)
    return found


def _full_name(form: Form, record: Record) -> Value:
    """Return the parts of a name that the register keeps apart, in their order."""
    pieces = [piece for part in ("first", "middle", "last") for piece in part_of(form, record, part).pieces]
    return Value(sorted(pieces, key=lambda piece: piece.start))


def _set_plain_contact(form: Form, pointer: str, pieces: list[Piece]) -> bool:
    rest: list[Piece] = []
    for piece in pieces:
        email = EMAIL.search(form.page.text, piece.start, piece.end)
        phone = None if email else PHONE.fullmatch(form.page.text, piece.start, piece.end)
        if email and form.record.get(f"{pointer}/email") is None:
            form.record.set(f"{pointer}/email", email[0], span=email.span())
        elif phone and form.record.get(f"{pointer}/phone") is None:
            form.record.set(f"{pointer}/phone", phone[1], span=phone.span(1))
        else:
            rest.append(piece)
    if rest:
        set_words(form, f"{pointer}/name", Value(rest[:1]))
    if rest[1:]:
        set_words(form, f"{pointer}/affiliation", Value(rest[1:]))
    return form.record.get(pointer) is not None


def _set_flat_contact(form: Form, who: str) -> None:
    """Set the contact whose parts have labels of their own (`Applicant telephone`)."""
    name = merged(form, f"{who}_name")
    if not name.pieces:
        return
    pointer = form.record.next("/contacts")
    set_words(form, f"{pointer}/name", first_line(form, name))
    label = next(entry for entry in form.all(f"{who}_name") if entry.content)
    english = next((entry for entry in form.all(f"{who}_name") if label_of(form.page, entry).isascii()), label)
    form.record.set(f"{pointer}/role", label_of(form.page, english), span=english.span)
    for part in ("affiliation", "address", "phone", "email"):
        value = first_line(form, merged(form, f"{who}_{part}"))
        if value.pieces and not form.absence(text_of(form, value)):
            set_words(form, f"{pointer}/{part}", value)


def read_organisations(form: Form) -> None:
    """Set the sponsor, and the organisations beside it."""
    names = _names(form, form.all("sponsor"))
    if names:
        _set_organisation(form, "/sponsor", names[0])
        for name in _names(form, form.all("sponsor"), secondary=True):
            _set_organisation(form, form.record.next("/sponsor/secondary"), name)
    elif form.all("sponsor"):
        form.record.miss("/sponsor", "label_only")
    for field, pointer in _ORGANISATIONS.items():
        for name in _names(form, form.all(field)):
            _set_organisation(form, form.record.next(pointer), name)


def _names(form: Form, entries: Iterable[Entry], *, secondary: bool = False) -> list[Value]:
    """Return the organisations' names: of each record its name, of one without labels its first line."""
    values: list[Value] = []
    for entry in entries:
        for record in records_of(form, entry):
            if ("secondary" in text_of(form, part_of(form, record, "level")).casefold()) is not secondary:
                continue
            value = part_of(form, record, "name", MAIN)
            if value.pieces and not form.absence(words_of(form.page, value.pieces[0])):
                others = [(language, pieces[:1]) for language, pieces in value.others]
                values.append(Value(value.pieces[:1], others))
    english = [value for value in values if text_of(form, value).isascii()]
    return english or values


def _set_organisation(form: Form, pointer: str, value: Value) -> None:
    raw = text_of(form, value)
    form.record.set(f"{pointer}/name", normal_case(raw), span=value.span)
    form.record.set(f"{pointer}/raw", raw, span=value.span)
    translate(form, f"{pointer}/name", value)


def read_places(form: Form) -> None:
    """Set the countries of recruitment and the sites."""
    known: set[str] = set()
    for entry in form.all("countries"):
        for piece in value_of(form, entry.content).pieces:
            for span in _countries(form, piece):
                _set_country(form, span, known)
    for entry in form.all("locations"):
        for record in records_of(form, entry):
            _set_location(form, record)


def _countries(form: Form, piece: Piece) -> list[Span]:
    if country_code(words_of(form.page, piece)):
        return [(piece.start, piece.end)]
    found = _COUNTRY.finditer(form.page.text, piece.start, piece.end)
    spans = [stripped(form.page.text, *match.span()) for match in found]
    return [span for span in spans if span[0] < span[1]]


def _set_country(form: Form, span: Span, known: set[str]) -> None:
    raw = clean(form.page.text[slice(*span)])
    code = country_code(raw)
    if form.absence(raw) or raw in known:
        return
    known.add(raw)
    pointer = form.record.next("/countries")
    form.record.set(f"{pointer}/raw", raw, span=span)
    if code is not None:
        form.record.set(f"{pointer}/country_code", code, span=span)
    else:
        form.record.note("unknown_value", pointer=pointer, span=span, field="country", found=raw)


def _set_location(form: Form, record: Record) -> None:
    if not record.get("facility"):
        read_locations(form.page, form.record, value_of(form, record.get(MAIN, [])).pieces)
        return
    parts = {name: part_of(form, record, name) for name in ("facility", "city", "region", "country")}
    if not parts["facility"].pieces:
        return
    pointer = form.record.next("/locations")
    set_words(form, f"{pointer}/raw", replace_pieces(parts["facility"], parts["facility"].pieces))
    for name, value in parts.items():
        if value.pieces:
            set_words(form, f"{pointer}/{name}", value)
    if country := parts["country"]:
        code = country_code(text_of(form, country))
        if code is not None:
            form.record.set(f"{pointer}/country_code", code, span=country.span)
    _set_site_contact(form, f"{pointer}/contact", record)


def _set_site_contact(form: Form, pointer: str, record: Record) -> None:
    for name, part in (("name", "person"), ("address", "address")):
        if (value := part_of(form, record, part)).pieces:
            set_words(form, f"{pointer}/{name}", value)
    reach = part_of(form, record, "reach")
    for piece in reach.pieces:
        if email := EMAIL.search(form.page.text, piece.start, piece.end):
            form.record.set(f"{pointer}/email", email[0], span=email.span())
        if phone := PHONE.search(form.page.text, piece.start, email.start() if email else piece.end):
            form.record.set(f"{pointer}/phone", phone[1], span=phone.span(1))


def read_ethics(form: Form) -> None:
    """Set the reviews by ethics committees, from records, and from fields of their own."""
    reviews: list[tuple[dict[str, Value], Record]] = []
    for entry in form.all("ethics"):
        for record in records_of(form, entry):
            parts = {name: part_of(form, record, name) for name in ("committee", "status", "date")}
            if not parts["committee"].pieces:
                parts["committee"] = part_of(form, record, MAIN)
            reviews.append((parts, record))
    flat = {
        "committee": merged(form, "ethics_committee"),
        "status": first_line(form, merged(form, "ethics_approved")),
        "date": first_line(form, merged(form, "ethics_date", "ethics_approval")),
    }
    stated = {name: value for name, value in flat.items() if value.pieces}
    if stated and len(reviews) == 1:
        reviews[0][0].update({name: value for name, value in stated.items() if not reviews[0][0][name].pieces})
    elif stated.keys() - {"date"}:
        reviews.append((flat, {}))
    for parts, record in reviews:
        _set_review(form, parts, record)


def _set_review(form: Form, parts: dict[str, Value], record: Record) -> None:
    stated = {name: value for name, value in parts.items() if value.pieces and not form.absence(text_of(form, value))}
    if not stated:
        return
    pointer = form.record.next("/ethics")
    for name, value in stated.items():
        if name == "date":
            set_date(form, f"{pointer}/approved", replace_pieces(value, value.pieces[:1]))
        else:
            set_words(form, f"{pointer}/{name}", value)
    for part in ("address", "phone", "email"):
        if (value := part_of(form, record, part)).pieces:
            set_words(form, f"{pointer}/contact/{part}", value)
