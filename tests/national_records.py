"""What the tests of the national registries' readers share: expected records, and whether every place resolves.

An expected record is a part of the record: objects are compared key by key, lists entry by entry and in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from parser.models import Trial
from parser.models.trial import pointer_target


def differences(expected: Any, found: Any, at: str = "") -> Iterator[str]:
    """Yield where a record is not what is expected."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            if key in found:
                yield from differences(value, found[key], f"{at}/{key}")
            else:
                yield f"{at}/{key}: expected {value!r}, found nothing"
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{at}/{index}")
    elif expected != found:
        yield f"{at}: expected {expected!r}, found {found!r}"


def compare(trial: Trial, expected: Path) -> list[str]:
    """Return where a trial is not what a file of `expected` says."""
    return list(differences(json.loads(expected.read_text(encoding="utf-8")), json.loads(trial.to_json())))


def unresolved(trial: Trial, source: bytes) -> list[str]:
    """Return the places of values that lead to nothing: pointers, spans, and paths into the source."""
    bad = [pointer for pointer in (*trial.provenance, *trial.absent) if not _names_a_field(trial, pointer)]
    for pointer, place in trial.provenance.items():
        if place.span is not None and not (trial.text or "")[slice(*place.span)].strip():
            bad.append(f"{pointer} {place.span}")
        bad += [f"{pointer} {path}" for path in (place.path or "").split() if not _leads(path, source)]
    return bad


def _names_a_field(trial: Trial, pointer: str) -> bool:
    try:
        pointer_target(trial, pointer)
    except KeyError:
        return False
    return True


def _leads(path: str, source: bytes) -> bool:
    if source.lstrip()[:1] == b"<":
        root = etree.fromstring(source)
        # A record's path begins at the record; cut out of its container, it has lost the name space declared there.
        for element in root.iter(etree.Element):
            element.tag = etree.QName(element).localname
        return bool(root.xpath(path) or root.xpath(f"/{path}"))
    target = json.loads(source)
    for key in path.split("/")[1:]:
        name = key.replace("~1", "/").replace("~0", "~")
        if isinstance(target, list) and name.isdigit() and int(name) < len(target):
            target = target[int(name)]
        elif isinstance(target, dict) and name in target:
            target = target[name]
        else:
            return False
    return True
