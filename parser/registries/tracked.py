"""A record that knows which places of its source it has taken values from, so that the rest can be kept as well."""

from __future__ import annotations

from parser.models.values import Span
from parser.reading.document import Document
from parser.registries.record import Origin, RecordBuilder


class TrackedRecord(RecordBuilder):
    """A `RecordBuilder` for sources with paths.

    Attributes:
        taken: Paths of the values that were set, or found to say that there is none.
    """

    def __init__(self, document: Document, origin: Origin) -> None:
        super().__init__(document, origin)
        self.taken: set[str] = set()

    def came_from(self, pointer: str, *, span: Span | None = None, path: str | None = None) -> None:
        """Note the place of a value, and that it is taken."""
        super().came_from(pointer, span=span, path=path)
        if path is not None:
            self.taken.update(path.split(" "))
