"""Does every value lead back to where it came from? Spans are sliced and paths are followed, apart from the readers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from parser.models import Trial
from parser.models.trial import pointer_target
from parser.reading.document import Document
from parser.text import mended_words

#: Values that are the source's own words. Those joined from several fields (a place's facility, city, country) hold
#: words of the source in any case.
_VERBATIM = re.compile(r"/(?:title|scientific_title|acronym)|.*/raw")


def problems(trial: Trial, document: Document) -> Iterator[str]:
    """Yield what is wrong with a record's places: no such field, a span out of the page, a path that leads nowhere."""
    for pointer, place in trial.provenance.items():
        try:
            value = pointer_target(trial, pointer)
        except KeyError:
            yield f"{pointer}: no such field"
            continue
        if place.span is None and place.path is None:
            yield f"{pointer}: no place"
        elif place.span is not None:
            yield from _span_problems(trial, pointer, value, *place.span)
        else:
            yield from _path_problems(document, pointer, value, place.path or "")


def _span_problems(trial: Trial, pointer: str, value: Any, start: int, end: int) -> Iterator[str]:
    text = trial.text or ""
    words = text[start:end]
    if not (0 <= start < end <= len(text)) or not words.strip():
        yield f"{pointer}: span [{start}, {end}] holds no words"
    else:
        yield from _wording_problems(pointer, value, words)


def _path_problems(document: Document, pointer: str, value: Any, path: str) -> Iterator[str]:
    found: list[str] = []
    # A value of several fields names them one after the other; a name may itself have blanks.
    for one in re.split(r"\s(?=/)", path):
        words = _followed(document, one)
        if words is None:
            yield f"{pointer}: path {one} leads nowhere"
        else:
            found.append(words)
    yield from _wording_problems(pointer, value, " ".join(found))


def _wording_problems(pointer: str, value: Any, words: str) -> Iterator[str]:
    if not (words and isinstance(value, str) and _VERBATIM.fullmatch(pointer)):
        return
    if strange := _words(value) - _words(words):
        yield f"{pointer}: {sorted(strange)} of {value[:60]!r} are not in {words[:60]!r}"


def _followed(document: Document, path: str) -> str | None:
    """Return all words under a JSON pointer or XPath of the record; None where it leads nowhere."""
    if document.format == "xml":
        try:
            nodes = document.tree.xpath(path)  # type: ignore[union-attr]
        except Exception:  # noqa: BLE001 - lxml's errors of a malformed path are many
            return None
        if not isinstance(nodes, list) or not nodes:
            return None
        return " ".join("".join(node.itertext()) if hasattr(node, "itertext") else str(node) for node in nodes)
    if document.format in {"json", "csv"}:
        return _at_pointer(document.tree, path)
    return None


def _at_pointer(target: Any, path: str) -> str | None:
    for token in path.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(target, dict) and name in target:
            target = target[name]
        elif isinstance(target, list) and name.isdigit() and int(name) < len(target):
            target = target[int(name)]
        else:
            return None
    return " ".join(_leaves(target))


def _leaves(target: Any) -> Iterator[str]:
    if isinstance(target, dict):
        for value in target.values():
            yield from _leaves(value)
    elif isinstance(target, list):
        for value in target:
            yield from _leaves(value)
    elif target is not None:
        yield str(target)


def _words(text: str) -> set[str]:
    """The words of a text whose damage is mended."""
    plain = unicodedata.normalize("NFKC", mended_words(text))
    return set(re.findall(r"[^\W_]+", plain.casefold()))
