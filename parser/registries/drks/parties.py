"""Sponsors, funders and contacts of a DRKS record: all are addresses, each with a code for what it is."""

from __future__ import annotations

from parser.models.trial import SponsorClass
from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_name, is_code
from parser.normalize.names import normal_case
from parser.registries.drks.nodes import Item
from parser.registries.record import RecordBuilder

#: Kinds of material support that say what the organisation is; `INSTITUTIONAL` is its own budget, whatever it is.
_CLASSES: dict[str, SponsorClass] = {
    "COMMERCIAL": "industry",
    "PUBLIC_FUNDING": "government",
    "PRIVATE": "individual",
    "PRIVATE_SPONSORSHIP": "other",
}


def set_parties(record: RecordBuilder, root: Item) -> None:
    """Set sponsor, secondary sponsors, funders and contacts."""
    for item in root.items("trialContacts"):
        kind = item.text("idContactIdType/type") or item.text("type")
        if kind == "PRIMARY_SPONSOR" and record.get("/sponsor/name") is None:
            _set_name(record, "/sponsor", item)
        elif kind == "SECONDARY_SPONSOR":
            _set_name(record, record.next("/sponsor/secondary"), item)
        if kind not in {"PRIMARY_SPONSOR", "SECONDARY_SPONSOR"} or item.child("contact/lastName"):
            _set_contact(record, item, kind)
    for item in root.items("materialSupports"):
        pointer = record.next("/sponsor/funders")
        if _set_name(record, pointer, item) and (code := item.child("type")) and code.words in _CLASSES:
            record.set(f"{pointer}/sponsor_class", _CLASSES[code.words], path=code.path)


def _set_name(record: RecordBuilder, pointer: str, item: Item) -> bool:
    """Set an organisation by its affiliation, a person who is a sponsor by name; tell whether there is a name."""
    name = item.child("contact/affiliation") or item.child("contact/lastName")
    if name is None or absent_reason(name.words):
        return False
    words = name.words if name.name == "affiliation" else _person(item)
    record.set(f"{pointer}/name", normal_case(words), path=name.path)
    record.set(f"{pointer}/raw", words, path=name.path)
    return True


def _person(item: Item) -> str:
    return " ".join(part for name in ("title", "firstName", "lastName") if (part := item.text(f"contact/{name}")))


_DETAILS = {"affiliation": "affiliation", "city": "city", "phone": "phone", "email": "email"}


def _set_contact(record: RecordBuilder, item: Item, kind: str) -> None:
    pointer = record.next("/contacts")
    if surname := item.child("contact/lastName"):
        record.set(f"{pointer}/name", _person(item), path=surname.path)
    for field, name in _DETAILS.items():
        if part := item.child(f"contact/{name}"):
            record.set(f"{pointer}/{field}", part.words, path=part.path)
    street, code = item.child("contact/streetAndNo"), item.child("contact/zip")
    if street or code:
        lines = [part for part in (street, code) if part]
        text = ", ".join(part.words for part in lines)
        record.set(f"{pointer}/address", text, path=" ".join(part.path for part in lines))
    if country := item.child("contact/country"):
        words = country.words
        record.set(f"{pointer}/country", country_name(words) if is_code(words) else words, path=country.path)
    role = item.child("otherType") or item.child("idContactIdType/type") or item.child("type")
    if role and record.get(pointer) is not None:
        record.set(f"{pointer}/role", role.words.replace("_", " ").capitalize(), path=role.path)
