"""Pages that browsers save as one file: MHTML (RFC 2557), a MIME message with the page and what it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from parser.errors import UnreadableInputError, UsageError
from parser.reading.decode import Decoded, decode

if TYPE_CHECKING:
    from email.message import Message

# The headers of a message, which stand before anything else; browsers write fewer than ten.
_HEADERS_WITHIN: Final = 4_096
_HEADERS: Final = re.compile(r"(?:[A-Za-z][A-Za-z-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+")
_RELATED: Final = re.compile(
    r"^content-type:\s*multipart/(?:related|mixed|alternative)\b", re.IGNORECASE | re.MULTILINE
)
_VERSION: Final = re.compile(r"^mime-version:", re.IGNORECASE | re.MULTILINE)


class SavedPage(NamedTuple):
    """The page in a saved file.

    Attributes:
        data: Its bytes, as the server sent them.
        decoded: Its text, and what decided the encoding.
        url: Where the browser had it from.
    """

    data: bytes
    decoded: Decoded
    url: str | None


def is_saved_page(data: bytes) -> bool:
    """Tell whether a document is a browser's MHTML file, by its headers."""
    if b":" not in data[:64]:
        return False
    headers = _HEADERS.match(data[:_HEADERS_WITHIN].decode("latin-1").lstrip())
    return headers is not None and bool(_RELATED.search(headers[0]) and _VERSION.search(headers[0]))


def saved_page(data: bytes) -> SavedPage:
    """Return the page in an MHTML file: of its parts of HTML the one that was saved, else the first.

    Raises:
        UnreadableInputError: There is no page in it.
    """
    from email import message_from_bytes

    try:
        message = message_from_bytes(data.lstrip())
        parts = list(message.walk())
    except RecursionError:
        raise UnreadableInputError("Expected a saved page; found parts nested without end. Save it again.") from None
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        found = ", ".join(sorted({part.get_content_type() for part in parts if not part.is_multipart()})) or "nothing"
        raise UnreadableInputError(
            f"Expected a page in the saved file (MHTML); found {found[:200]}. Save the page again."
        )
    saved = _header(message, "Snapshot-Content-Location")
    page = next((part for part in pages if saved and _header(part, "Content-Location") == saved), pages[0])
    content = page.get_payload(decode=True)
    assert isinstance(content, bytes), "a part of HTML is no multipart"
    return SavedPage(content, _decoded(content, page.get_content_charset()), _header(page, "Content-Location") or saved)


def _header(part: Message, name: str) -> str | None:
    return str(part.get(name, "")).strip() or None


def _decoded(content: bytes, charset: str | None) -> Decoded:
    """Decode a page as its part says, where that is possible."""
    if charset is not None:
        try:
            return decode(content, charset)._replace(encoding_from="declared")
        except (UnreadableInputError, UsageError):
            pass
    return decode(content)
