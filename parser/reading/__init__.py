"""From bytes or text to a `Document`: decode, tell the format, load it safely."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, Final, get_args

from parser.errors import LimitExceededError, UnreadableInputError, UsageError, diagnostic
from parser.models import Diagnostic, Limits
from parser.reading.decode import Decoded, decode
from parser.reading.document import Document, DocumentFormat
from parser.reading.page import Block, BlockKind, Page
from parser.reading.saved import is_saved_page, saved_page
from parser.reading.sniff import sniff
from parser.reading.text import read_text
from parser.reading.tree import without_surrogates
from parser.text import is_blank

__all__ = ["Block", "BlockKind", "Document", "DocumentFormat", "Page", "read"]

_LIMITS: Final = Limits()
_FORMATS: Final[tuple[DocumentFormat, ...]] = get_args(DocumentFormat)


def read(
    data: bytes | str, *, format: str | None = None, encoding: str | None = None, limits: Limits = _LIMITS
) -> Document:
    """Read a document of any known format.

    Args:
        data: The document; a str is taken as it is, and `encoding` has no say in it.
        format: `text`, `html`, `xml`, `json` or `csv`; told from the content where it is not given.
        encoding: Name of the bytes' encoding; decided from the bytes where it is not given.
        limits: Bounds on bytes, depth and blocks.

    Returns:
        The document with its page (`text`, `html`) or its tree (`xml`, `json`, `csv`).

    Raises:
        UnreadableInputError: Empty, binary, undecodable, or malformed XML, JSON or CSV.
        LimitExceededError: Larger or deeper than `limits`.
        UsageError: Unknown `format` or `encoding`, or `data` of another type.
    """
    format = _known_format(format)
    if not isinstance(data, (bytes, str)):
        raise UsageError(f"Expected bytes or str; found {type(data).__name__}. Read the file first.")
    raw = _bytes(data, limits)
    decoded = decode(raw, encoding) if isinstance(data, bytes) else Decoded(data, None, "str")
    return read_decoded(raw, decoded, format=format, limits=limits)


def read_decoded(
    raw: bytes, decoded: Decoded, *, format: str | None = None, limits: Limits = _LIMITS, tree: Any = None
) -> Document:
    """Read a document whose encoding is decided; as `read` otherwise.

    Args:
        raw: The document's bytes, within the limit.
        decoded: Their text.
        format: As of `read`.
        limits: As of `read`.
        tree: Of a JSON record that was loaded already.

    Raises:
        UnreadableInputError: As of `read`, like the others.
    """
    given = _known_format(format)
    if given in (None, "html") and is_saved_page(raw):
        return _read_saved(raw, limits)
    if is_blank(decoded.text):
        raise UnreadableInputError("Expected a document; found nothing but blanks. Check that it was saved whole.")
    chosen = given or sniff(decoded.text)
    # A str may hold what no bytes decode to; XML says itself what it may hold.
    text = without_surrogates(decoded.text) if decoded.encoding is None and chosen != "xml" else decoded.text
    page, tree = (None, tree) if tree is not None else _load(text, chosen, limits)
    return Document(
        format=chosen,
        page=page,
        tree=tree,
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        encoding=decoded.encoding,
        encoding_from=decoded.encoding_from,
        diagnostics=_findings(page, limits),
    )


def _read_saved(raw: bytes, limits: Limits) -> Document:
    """Read the page in a browser's file; the hash and size are the file's, as of any document."""
    saved = saved_page(raw)
    document = read_decoded(saved.data, saved.decoded, format="html", limits=limits)
    assert document.page is not None
    page = replace(document.page, url=document.page.url or saved.url)
    return replace(document, page=page, sha256=hashlib.sha256(raw).hexdigest(), size=len(raw))


def _known_format(format: str | None) -> DocumentFormat | None:
    if format is not None and format not in _FORMATS:
        raise UsageError(f"Expected a format of {', '.join(_FORMATS)}; found {format!r}. Leave it out to have it told.")
    return format


def _bytes(data: bytes | str, limits: Limits) -> bytes:
    """Return the document's bytes, of a str its UTF-8 form; never encode a str that is too long anyway."""
    raw = data
    if isinstance(data, str) and len(data) <= limits.bytes:
        raw = data.encode("utf-8", "surrogatepass")
    if len(raw) > limits.bytes:
        raise LimitExceededError(
            f"Expected at most {limits.bytes} bytes; found {len(raw)} or more. Raise `Limits.bytes` to read it."
        )
    assert isinstance(raw, bytes)
    return raw


def _load(text: str, format: str, limits: Limits) -> tuple[Page | None, Any]:
    """Load text of a known format; the loaders of markup are imported when they are needed."""
    if format == "text":
        return read_text(text, limits), None
    if format == "html":
        from parser.reading.html import read_html

        return read_html(text, limits), None
    if format == "csv":
        from parser.reading.rows import read_rows

        return None, read_rows(text, limits.bytes)
    from parser.reading.tree import read_json, read_xml

    return None, read_json(text, limits) if format == "json" else read_xml(text, limits)


def _findings(page: Page | None, limits: Limits) -> tuple[Diagnostic, ...]:
    if page is None or not page.truncated:
        return ()
    return (diagnostic("limit_exceeded", limit=limits.blocks, what="blocks", found="more"),)
