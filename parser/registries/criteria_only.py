"""Eligibility criteria that come with a number and little else, as corpora of criteria are: `{"id": …, "text": …}`.

A record is one of these when it has nothing but a number, criteria and a title, and its criteria are named so or its
number is a trial's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from parser.models import Trial
from parser.models.eligibility import CriterionKind
from parser.normalize.identifiers import find_identifiers, read_identifiers
from parser.reading.document import Document
from parser.registries.criteria import CriteriaField, set_criteria
from parser.registries.record import USUAL, Origin, RecordBuilder

#: Keys by what they hold; letters alone, casefolded.
_NUMBERS = frozenset("id nctid nctnumber trialid trialnumber trial identifier registrynumber studyid".split())
_TITLES = frozenset("title brieftitle publictitle".split())
_CRITERIA: dict[str, CriterionKind | None] = {
    "criteria": None,
    "eligibility": None,
    "eligibilitycriteria": None,
    "eligibilitytext": None,
    "inclusion": "inclusion",
    "inclusioncriteria": "inclusion",
    "exclusion": "exclusion",
    "exclusioncriteria": "exclusion",
}
#: Criteria only where the number is a trial's: the word says nothing.
_TEXTS = frozenset({"text"})
_LETTERS = re.compile(r"[^a-z]+")


def recognises(document: Document) -> bool:
    """Tell whether a record is criteria with a number, and nothing that this reader would lose."""
    record = document.tree
    if not isinstance(record, dict) or not all(isinstance(value, str | None) for value in record.values()):
        return False
    names = [_name(key) for key in record]
    if not set(names) <= _NUMBERS | _TITLES | _CRITERIA.keys() | _TEXTS or len(set(names)) < len(names):
        return False
    if not any(text.strip() for _, text, _ in _criteria(record)):
        return False
    return not _TEXTS.intersection(names) or bool(find_identifiers(_value(record, _NUMBERS)[1]))


def read(document: Document, origin: Origin) -> Trial:
    """Read the number, the title and the criteria.

    Args:
        document: A JSON object.
        origin: What the caller knows about it.
    """
    tree = document.tree if isinstance(document.tree, dict) else {}
    # Asked for by name, the reader may get any record: it takes the words of it.
    data: Mapping[str, Any] = {key: value for key, value in tree.items() if isinstance(value, str)}
    record = RecordBuilder(document, origin)
    record.expect(*USUAL)
    key, number = _value(data, _NUMBERS)
    for each in read_identifiers(number):
        if each.placeholder:
            record.note("identifier_placeholder", pointer="/identifiers", found=each.raw)
            continue
        pointer = record.next("/identifiers")
        role = "primary" if pointer.endswith("/0") else "secondary"
        identifier = {"scheme": each.scheme, "value": each.value, "raw": each.raw, "role": role}
        record.set(pointer, identifier, path=_path(key))
    key, title = _value(data, _TITLES)
    if title:
        record.set("/title", title, path=_path(key))
    set_criteria(record, [CriteriaField(text, _path(key), kind) for key, text, kind in _criteria(data)])
    return record.build()


def _path(key: str) -> str:
    """Return the JSON pointer (RFC 6901) of a key of the record."""
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _name(key: str) -> str:
    return _LETTERS.sub("", key.casefold())


def _value(record: Mapping[str, Any], names: frozenset[str]) -> tuple[str, str]:
    """Return the key and words of the first field of such a name; nothing where there is none."""
    return next(((key, value.strip()) for key, value in record.items() if _name(key) in names and value), ("", ""))


def _criteria(record: Mapping[str, Any]) -> Iterator[tuple[str, str, CriterionKind | None]]:
    for key, value in record.items():
        name = _name(key)
        if value and (name in _CRITERIA or name in _TEXTS):
            yield key, value, _CRITERIA.get(name)
