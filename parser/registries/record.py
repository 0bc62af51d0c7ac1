"""Building a record: a value and where it came from are set in one step, and validated once at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parser.errors import diagnostic
from parser.models import Diagnostic, Trial
from parser.models.trial import AbsentReason, Provenance
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

#: Objects that a record has even with nothing in them; why a part of theirs is absent stays with that part.
_ALWAYS_THERE = frozenset({"/eligibility"})


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
        #: The lists and objects of `_data` by their pointers, those that were needed so far.
        self._holders: dict[str, Any] = {"": self._data}
        self._provenance: dict[str, Provenance] = {}
        self._absent: dict[str, AbsentReason] = {}
        self._diagnostics: list[Diagnostic] = []
        self._expected: list[str] = []

    def set(self, pointer: str, value: object, *, span: Span | None = None, path: str | None = None) -> None:
        """Set the value that a pointer names, with its place in the page or its path in the record."""
        above, _, last = pointer.rpartition("/")
        holder = self._holders.get(above)
        if holder is None:
            holder = self._holder(above, last)
        key = int(last) if type(holder) is list else last
        if type(holder) is list and key == len(holder):
            holder.append(value)
        else:
            if type(holder) is list or type(holder.get(key)) in (dict, list):
                # What stood there may have held others.
                self._holders = {"": self._data}
            holder[key] = value
        self.came_from(pointer, span=span, path=path)

    def _holder(self, pointer: str, name: str) -> Any:
        """Return the list or object at a pointer, made where there is none: of the kind that holds a name."""
        above, _, last = pointer.rpartition("/")
        outer = self._holders.get(above)
        if outer is None:
            outer = self._holder(above, last)
        if type(outer) is list:
            if int(last) == len(outer):
                outer.append([] if name.isdigit() else {})
            holder = outer[int(last)]
        elif (holder := outer.get(last)) is None:
            holder = outer[last] = [] if name.isdigit() else {}
        self._holders[pointer] = holder
        return holder

    def came_from(self, pointer: str, *, span: Span | None = None, path: str | None = None) -> None:
        """Note the place of a value, or of the words that say why there is none."""
        if span is not None:
            self._provenance[pointer] = Provenance(span)
        elif path is not None:
            self._provenance[pointer] = Provenance(None, path)

    def get(self, pointer: str) -> Any:
        """Return the value set at a pointer; None where there is none."""
        above, _, last = pointer.rpartition("/")
        holder = self._holders.get(above)
        if holder is None:
            holder = self.get(above) if above else None
        if type(holder) is dict:
            return holder.get(last)
        if type(holder) is list:
            return holder[int(last)] if int(last) < len(holder) else None
        return None

    def next(self, pointer: str) -> str:
        """Return the pointer of the entry that a list would get next."""
        return f"{pointer}/{len(self.get(pointer) or ())}"

    def append(self, pointer: str, value: object) -> str:
        """Add an entry to a list, and return its pointer."""
        entries = self.get(pointer)
        if entries is None:
            self.set(pointer, entries := [])
        entries.append(value)
        return f"{pointer}/{len(entries) - 1}"

    def span_under(self, pointer: str) -> Span | None:
        """Return the stretch of the page that holds all values under a pointer; None where none has a span."""
        spans = [
            place.span
            for key, place in self._provenance.items()
            if key.startswith(f"{pointer}/") and place.span is not None
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
        absent = self._settled_absences()
        return Trial.model_validate(
            {**self._data, "provenance": self._provenance, "absent": absent, "diagnostics": self._diagnostics}
        )

    def _settled_absences(self) -> dict[str, AbsentReason]:
        """Return why values are absent, by the outermost field that has nothing in it, and move their places there.

        Where the page gives a reason for one part of such a field, that is the field's.
        """
        settled: dict[str, AbsentReason] = {}
        for pointer, why in self._absent.items():
            if self.get(pointer):
                continue
            outermost = self._outermost_empty(pointer)
            if outermost != pointer and (place := self._provenance.pop(pointer, None)) is not None:
                self._provenance.setdefault(outermost, place)
            if settled.get(outermost, "not_on_page") == "not_on_page":
                settled[outermost] = why
        return settled

    def _outermost_empty(self, pointer: str) -> str:
        above = pointer.rpartition("/")[0]
        while above and above not in _ALWAYS_THERE and not self.get(above):
            pointer, above = above, above.rpartition("/")[0]
        return pointer
