"""Building a record: a value and where it came from are set in one step, and validated once at the end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from parser.errors import diagnostic
from parser.models import Diagnostic, Trial
from parser.models.trial import AbsentReason
from parser.models.values import Span
from parser.reading.document import Document
from parser.version import __version__

#: Fields that a record of every registry has; each reader names those of its own source beside them.
USUAL = (
    "/identifiers",
    "/title",
    "/status",
    "/eligibility/sex",
    "/eligibility/age",
    "/eligibility/text",
    "/contacts",
    "/timeline",
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What the caller knows about a document beside its bytes.

    Attributes:
        registry: Name of the reader that reads it.
        url: Where it was fetched from.
    """

    registry: str
    url: str | None = None


class RecordBuilder:
    """Collects a trial's fields by JSON pointer (RFC 6901), each with its place in the source.

    Lists grow by one when the pointer's index is their length; objects on the way come into being.
    """

    def __init__(self, document: Document, origin: Origin) -> None:
        page = document.page
        self._data: dict[str, Any] = {
            "source": {
                "registry": origin.registry,
                "format": document.format,
                "url": origin.url or (page.url if page else None),
                "sha256": document.sha256,
                "bytes": document.size,
                "encoding": document.encoding,
                "encoding_from": document.encoding_from,
                "language": page.language if page else None,
                "parser_version": __version__,
            },
            "text": page.text if page else None,
        }
        self._provenance: dict[str, dict[str, Any]] = {}
        self._absent: dict[str, AbsentReason] = {}
        self._diagnostics: list[Diagnostic] = []
        self._expected: list[str] = []

    def set(self, pointer: str, value: object, *, span: Span | None = None, path: str | None = None) -> None:
        """Set the value that a pointer names, with its place in the page or its path in the record."""
        names = pointer.split("/")[1:]
        last = names[-1]
        target: Any = self._data
        for name, following in pairwise(names):
            target = _step(target, name, following)
        if isinstance(target, list):
            _put(target, int(last), value)
        else:
            target[last] = value
        self.came_from(pointer, span=span, path=path)

    def came_from(self, pointer: str, *, span: Span | None = None, path: str | None = None) -> None:
        """Note the place of a value, or of the words that say why there is none."""
        if span is not None:
            self._provenance[pointer] = {"span": span}
        elif path is not None:
            self._provenance[pointer] = {"path": path}

    def get(self, pointer: str) -> Any:
        """Return the value set at a pointer; None where there is none."""
        target: Any = self._data
        for name in pointer.split("/")[1:]:
            if isinstance(target, list):
                target = target[int(name)] if int(name) < len(target) else None
            elif isinstance(target, dict):
                target = target.get(name)
            else:
                return None
        return target

    def next(self, pointer: str) -> str:
        """Return the pointer of the entry that a list would get next."""
        return f"{pointer}/{len(self.get(pointer) or ())}"

    def span_under(self, pointer: str) -> Span | None:
        """Return the stretch of the page that holds all values under a pointer; None where none has a span."""
        spans = [
            place["span"]
            for key, place in self._provenance.items()
            if key.startswith(f"{pointer}/") and "span" in place
        ]
        return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None

    def miss(self, pointer: str, reason: AbsentReason, *, span: Span | None = None) -> None:
        """Note why a value is absent, and where the words that say so stand."""
        self._absent[pointer] = reason
        self.came_from(pointer, span=span)

    def expect(self, *pointers: str) -> None:
        """Name fields that a source of this kind has; those still without value at the end are `not_on_page`."""
        self._expected.extend(pointers)

    def note(self, code: str, *, pointer: str | None = None, span: Span | None = None, **found: object) -> None:
        """Add a diagnostic."""
        self._diagnostics.append(diagnostic(code, pointer=pointer, span=span, **found))

    def build(self) -> Trial:
        """Validate everything at once and return the record."""
        for pointer in self._expected:
            if pointer not in self._absent and self.get(pointer) in (None, [], ""):
                self._absent[pointer] = "not_on_page"
        return Trial.model_validate(
            {
                **self._data,
                "provenance": self._provenance,
                "absent": {pointer: why for pointer, why in self._absent.items() if not self.get(pointer)},
                "diagnostics": self._diagnostics,
            }
        )


def _step(target: Any, name: str, following: str) -> Any:
    """Go one step down, making the list or object that the following name needs."""
    empty: Any = [] if following.isdigit() else {}
    if isinstance(target, list):
        if int(name) == len(target):
            target.append(empty)
        return target[int(name)]
    return target.setdefault(name, empty)


def _put(target: list[Any], index: int, value: object) -> None:
    if index == len(target):
        target.append(value)
    else:
        target[index] = value
