"""The readers, one a registry: a table says which there are, and which document each of them reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from parser.errors import NotATrialError, UsageError
from parser.models import Trial
from parser.reading.document import Document
from parser.registries.record import Origin

__all__ = ["REGISTRIES", "Origin", "Registry", "read_trial", "select"]


@dataclass(frozen=True, slots=True)
class Registry:
    """One row of the table of readers.

    Attributes:
        name: What `source.registry` and the argument `registry` say.
        formats: Formats of documents that it reads.
        recognises: Tells cheaply whether a document is one of its own.
        read: Reads a document into a record without criteria.
    """

    name: str
    formats: frozenset[str]
    recognises: Callable[[Document], bool]
    read: Callable[[Document, Origin], Trial]


def _row(name: str, *formats: str) -> Registry:
    """Make the row of the module `parser.registries.<name>`, which is imported when a document needs it."""

    @cache
    def module() -> Any:
        return import_module(f"{__name__}.{name}")

    def recognises(document: Document) -> bool:
        return bool(module().recognises(document))

    def read(document: Document, origin: Origin) -> Trial:
        trial: Trial = module().read(document, origin)
        return trial

    return Registry(name, frozenset(formats), recognises, read)


#: In order of preference; `generic` reads any listing page, and comes last.
REGISTRIES: tuple[Registry, ...] = (
    _row("clinconnect", "text", "html"),
    _row("euctr", "text", "html"),
    _row("ctis", "json"),
    _row("ctgov", "json", "xml", "html", "text"),
    _row("ictrp", "xml", "json", "csv", "html", "text"),
    _row("who", "xml"),
    _row("isrctn", "xml", "json"),
    _row("drks", "json", "html", "text"),
    _row("anzctr", "html", "text"),
    _row("cris", "html", "text"),
    _row("chictr", "text", "html"),
    _row("ctri", "text", "html"),
    _row("jrct", "text", "html"),
    _row("umin", "text", "html"),
    _row("irct", "text", "html"),
    _row("rebec", "text", "html"),
    _row("pactr", "text", "html"),
    _row("tctr", "text", "html"),
    _row("slctr", "text", "html"),
    _row("criteria_only", "json"),
    _row("generic", "text", "html"),
)


def select(document: Document, registry: str | None = None) -> Registry:
    """Return the reader for a document.

    Args:
        document: The document.
        registry: Name of the reader to take; the first that recognises the document where it is not given.

    Raises:
        UsageError: When no reader has the name.
        NotATrialError: When no reader knows what to do with the document.
    """
    if registry is not None:
        return _named(document, registry)
    readers = [row for row in REGISTRIES if document.format in row.formats]
    if not readers:
        raise NotATrialError(_unsupported(document.format))
    for row in readers:
        if row.recognises(document):
            return row
    raise NotATrialError(
        "Expected the page of one clinical trial; found neither eligibility criteria nor a trial identifier with "
        "labels of a trial's fields. Check that the page was saved whole, or name its `registry`."
    )


def _named(document: Document, registry: str) -> Registry:
    row = next((row for row in REGISTRIES if row.name == registry), None)
    if row is None:
        known = ", ".join(row.name for row in REGISTRIES)
        raise UsageError(f"Expected a registry of {known}; found {registry!r}. Leave it out to have it recognised.")
    if document.format not in row.formats:
        raise NotATrialError(_unsupported(document.format))
    return row


def _unsupported(format: str) -> str:
    supported = ", ".join(sorted({name for row in REGISTRIES for name in row.formats}))
    return (
        f"Expected a document in one of the formats {supported}; found {format}, which no reader takes. Pass the page."
    )


def read_trial(document: Document, *, registry: str | None = None, url: str | None = None) -> Trial:
    """Read a document into a record: sections, fields and eligibility text; the criteria come later.

    Args:
        document: What `parser.reading.read` returned.
        registry: Name of the reader to take; recognised from the page where it is not given.
        url: Where the document was fetched from; identifiers in it count.

    Raises:
        UsageError: When no reader has the name.
        NotATrialError: When the document is no page of a trial.
    """
    row = select(document, registry)
    return row.read(document, Origin(row.name, url))
