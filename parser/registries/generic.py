"""Any listing page (in work)."""

from __future__ import annotations

from parser.models import Trial
from parser.reading.document import Document
from parser.registries.record import Origin


def recognises(document: Document) -> bool:
    """Tell whether a document is the page of a trial."""
    return False


def read(document: Document, origin: Origin) -> Trial:
    """Read a page."""
    raise NotImplementedError
