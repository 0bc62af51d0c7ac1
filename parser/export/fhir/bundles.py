"""Bundles: of one trial, and of many in one file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from parser.export.fhir.datatypes import Json
from parser.export.fhir.draft import Draft, full_url

#: Characters that no string in FHIR may hold (https://hl7.org/fhir/R5/datatypes.html#string).
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: What stands for a string of nothing else.
_REPLACEMENT = "\ufffd"
#: What of a record is about its source, and goes into no Bundle.
_NOT_CARRIED = {"text", "sections", "provenance", "absent", "diagnostics"}
_LINK = re.compile(r"urn:uuid:[0-9a-f-]{36}")
_OPENING = b'{"resourceType": "Bundle", "type": "transaction", "entry": [\n'
_CLOSING = b"\n]}\n"


def bundle(draft: Draft) -> Json:
    """Return a trial's resources as a Bundle that a server takes as a transaction: the study first."""
    cleaned = [_printed(each) for each in draft.resources.values()]
    if any(cleaned):
        for pointer in _unprintable(draft.trial.model_dump(exclude=_NOT_CARRIED), ""):
            draft.lose(pointer, "characters")
    study = draft.resources[draft.key]
    others = (each for each in draft.resources.values() if each is not study)
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [_entry(each) for each in (study, *others)],
    }


def _entry(resource: Json) -> Json:
    kind, resource_id = resource["resourceType"], resource["id"]
    return {
        "fullUrl": full_url(kind, resource_id),
        "resource": resource,
        "request": {"method": "PUT", "url": f"{kind}/{resource_id}"},
    }


def _printed(holder: Any) -> bool:
    """Take the control characters that FHIR's strings may not hold out of all strings; tell whether there were any."""
    met = False
    for name, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
        if isinstance(value, str):
            if _CONTROL.search(value):
                holder[name] = _CONTROL.sub("", value) or _REPLACEMENT
                met = True
        elif isinstance(value, dict | list):
            met |= _printed(value)
    return met


def _unprintable(value: Any, pointer: str) -> Iterator[str]:
    """Yield the pointers of a record's strings with control characters."""
    if isinstance(value, str) and _CONTROL.search(value):
        yield pointer
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _unprintable(inner, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _unprintable(inner, f"{pointer}/{at}")


def write_bundle(documents: Iterable[Json], stream: BinaryIO) -> None:
    """Write the Bundles of one or many trials as one Bundle, an entry a line.

    Two records of one trial are two studies: the resources of the second are numbered anew, since a Bundle may hold
    each only once.
    """
    stream.write(_OPENING)
    separator = b""
    for entry in _entries(documents):
        stream.write(separator + json.dumps(entry, ensure_ascii=False).encode())
        separator = b",\n"
    stream.write(_CLOSING)


def _entries(documents: Iterable[Json]) -> Iterator[Json]:
    met: dict[str, int] = {}
    for document in documents:
        key = document["entry"][0]["resource"]["id"]
        met[key] = met.get(key, 0) + 1
        yield from document["entry"] if met[key] == 1 else _renumbered(document, key, met[key])


def _renumbered(document: Json, key: str, number: int) -> Iterator[Json]:
    """Yield a document's entries with other ids, its references following them."""
    resources = [entry["resource"] for entry in document["entry"]]
    moved = {}
    for resource in resources:
        new_id = f"{key}-record-{number}{resource['id'].removeprefix(key)}"
        moved[full_url(resource["resourceType"], resource["id"])] = full_url(resource["resourceType"], new_id)
    text = _LINK.sub(lambda link: moved.get(link[0], link[0]), json.dumps(resources, ensure_ascii=False))
    for resource in json.loads(text):
        yield _entry({**resource, "id": f"{key}-record-{number}{resource['id'].removeprefix(key)}"})
