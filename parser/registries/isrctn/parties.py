"""Sponsors, funders and contacts of an ISRCTN record: they stand beside the trial, which names them by id."""

from __future__ import annotations

from parser.models.trial import SponsorClass
from parser.normalize.absence import absent_reason
from parser.normalize.names import normal_case
from parser.registries.isrctn.nodes import Node
from parser.registries.record import RecordBuilder

#: First words of the registry's types of sponsors.
_CLASSES: dict[str, SponsorClass] = {
    "charity": "other",
    "government": "government",
    "hospital": "hospital",
    "industry": "industry",
    "other": "other",
    "research council": "government",
    "research network": "network",
    "research organisation": "other",
    "university": "academic",
}


def set_parties(record: RecordBuilder, full: Node, trial: Node) -> None:
    """Set sponsor, funders and contacts, each kind in the order in which the trial names them."""
    for node in _linked(full, trial, "sponsor"):
        _set_sponsor(record, node)
    for node in _linked(full, trial, "funder"):
        name = node.get("name") or node.get("organisation")
        if name and absent_reason(name.text) is None:
            _set_name(record, record.next("/sponsor/funders"), name)
    for node in _linked(full, trial, "contact"):
        _set_contact(record, node)


def _linked(full: Node, trial: Node, kind: str) -> list[Node]:
    """Return the parties that the trial names; all of the kind where it names none that is there."""
    parties = full.all(kind) or full.all(f"{kind}s", kind)
    ids = [node.text for node in trial.all("parties", f"{kind}Id")]
    by_id = {identifier.text: node for node in parties if (identifier := node.attribute("id"))}
    return [by_id[one] for one in dict.fromkeys(ids) if one in by_id] or parties


def _set_sponsor(record: RecordBuilder, node: Node) -> None:
    """Set a sponsor: the first is the trial's own."""
    name = node.get("organisation") or node.get("name")
    if not name or absent_reason(name.text):
        return
    pointer = "/sponsor" if record.get("/sponsor/name") is None else record.next("/sponsor/secondary")
    _set_name(record, pointer, name)
    kind = node.get("sponsorType")
    if kind and kind.text.casefold() != "not defined":
        found = next((value for words, value in _CLASSES.items() if kind.text.casefold().startswith(words)), None)
        record.set(f"{pointer}/sponsor_class", found or "unknown", path=kind.path)
        if found is None:
            record.note("unknown_value", pointer=f"{pointer}/sponsor_class", field="sponsor type", found=kind.text)


def _set_name(record: RecordBuilder, pointer: str, name: Node) -> None:
    record.set(f"{pointer}/name", normal_case(name.text), path=name.path)
    record.set(f"{pointer}/raw", name.text, path=name.path)


_DETAILS = {"address": "address", "city": "city", "country": "country", "telephone": "phone", "email": "email"}


def _set_contact(record: RecordBuilder, node: Node) -> None:
    """Set a person with what they are contacted for; the details may stand one level down."""
    parts = [part for name in ("title", "forename", "surname") if (part := node.get(name))]
    details = {
        field: part for name, field in _DETAILS.items() if (part := node.get("contactDetails", name) or node.get(name))
    }
    if not parts and not details:
        return
    pointer = record.next("/contacts")
    if parts:
        record.set(f"{pointer}/name", " ".join(part.text for part in parts), path=parts[-1].path)
    types = [*node.all("contactTypes", "contactType"), *node.all("contactType")]
    if given := [kind for kind in types if kind]:
        record.set(f"{pointer}/role", ", ".join(kind.text for kind in given), path=given[0].path)
    for field, part in details.items():
        if absent_reason(part.text) is None:
            record.set(f"{pointer}/{field}", part.text, path=part.path)
