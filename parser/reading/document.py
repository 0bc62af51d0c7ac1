"""What reading gives: the page or tree of a document, and how its bytes became text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from parser.models import Diagnostic
from parser.models.trial import EncodingFrom
from parser.reading.page import Page

DocumentFormat = Literal["text", "html", "xml", "json", "csv"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read, before any registry's reader looks at it.

    Attributes:
        format: What it is.
        page: Of `text` and `html`.
        tree: Of `xml` the root element (lxml), of `json` the decoded value, of `csv` the row by its columns' names (a
            list of rows where there are several).
        sha256: Of the bytes given; of a str, of its UTF-8 form.
        size: Number of those bytes.
        encoding: Python's name of the codec; None for a str.
        encoding_from: What decided the encoding.
        diagnostics: Such as `limit_exceeded`, when the limit on blocks cut the page.
    """

    format: DocumentFormat
    page: Page | None
    tree: Any | None
    sha256: str
    size: int
    encoding: str | None
    encoding_from: EncodingFrom | None
    diagnostics: tuple[Diagnostic, ...] = ()
