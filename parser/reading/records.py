"""A source of one record or of thousands, to one `Document` a record, in memory bounded by the largest record.

The beginning of the source decides: an XML root that holds records, a JSON list of them (or an object around one),
JSON lines, a table. Whatever is none of these is one document, and is read whole.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

from parser.errors import (
    InputError,
    LimitExceededError,
    MultipleRecordsError,
    UnreadableInputError,
    UsageError,
    diagnostic,
)
from parser.models import Diagnostic, Limits
from parser.models.trial import EncodingFrom
from parser.reading import read, read_decoded
from parser.reading.decode import Decoded, decode
from parser.reading.document import Document
from parser.reading.dumps import dump_records, split_dump
from parser.reading.rows import Row, table_rows
from parser.reading.saved import is_saved_page
from parser.reading.sniff import root_name, sniff
from parser.reading.splitting import (
    XML_CONTAINERS,
    is_json_lines,
    is_json_record,
    json_follows,
    json_lines,
    json_list_start,
    json_value_end,
    json_values,
    xml_records,
)
from parser.reading.tree import read_json
from parser.text import BLANKS

Source = bytes | str | Path | BinaryIO
_Record = TypeVar("_Record")

_LIMITS: Final = Limits()
_CHUNK: Final = 1024 * 1024
# Bytes far down a file that its encoding does not have are read as Windows-1252, one by one.
_STRAY: Final = "trial-parser.stray"


def iter_documents(
    source: Source, *, format: str | None = None, encoding: str | None = None, limits: Limits = _LIMITS
) -> Iterator[Document | InputError | Diagnostic]:
    """Yield the document of every record of a source, in its order.

    A record that stands among others counts its own bytes (of its UTF-8 form) and has their hash; paths lead from its
    own root. A document on its own is read as `read` does.

    Args:
        source: Content as bytes or `str`, a `Path`, or an open binary file.
        format: As of `read`.
        encoding: As of `read`.
        limits: `bytes` and the others hold for each record; `records` ends the stream.

    Yields:
        A document; or why a record cannot be read; or, at the end, that `limits.records` left some out.

    Raises:
        UsageError: Unknown `format` or `encoding`.
    """

    def documents(opened: _Opened) -> Iterator[Document | InputError]:
        records = _split(opened, format)
        return iter([opened.document(format)]) if records is None else _documents(_raw(opened, *records), limits)

    return _stream(source, encoding, limits, documents)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record cut out of its source and not read yet: it can be sent to another process, and read there.

    Attributes:
        number: Which of its source's records it is, from 1; 0 for a source that is one document.
        data: The document's bytes or str; of a record among others, its own text.
        row: Of a table, its cells by the columns' names.
        format: What it is, where that is known.
        encoding: Of a document, the name given; of a record among others, what its source is in.
        encoding_from: Of a record among others, what decided the encoding.
    """

    number: int
    data: bytes | str
    row: Row | None = None
    format: str | None = None
    encoding: str | None = None
    encoding_from: EncodingFrom | None = None

    def document(self, limits: Limits = _LIMITS) -> Document:
        """Read the record.

        Raises:
            UnreadableInputError: As of `read`, like the others.
            LimitExceededError: It is larger or deeper than `limits`.
        """
        if self.number == 0:
            return read(self.data, format=self.format, encoding=self.encoding, limits=limits)
        try:
            if self.row is not None and isinstance(self.data, str):
                document = _row(self.row, self.data)
            else:
                document = read(self.data, format=self.format, limits=limits)
        except InputError as error:
            raise type(error)(f"Record {self.number}: {error}") from error
        return replace(document, encoding=self.encoding, encoding_from=self.encoding_from)


def iter_raw_records(
    source: Source, *, format: str | None = None, encoding: str | None = None, limits: Limits = _LIMITS
) -> Iterator[RawRecord | InputError | Diagnostic]:
    """Yield every record of a source unread; as `iter_documents` otherwise.

    Raises:
        UsageError: The source is no binary file.
    """

    def raw_records(opened: _Opened) -> Iterator[RawRecord | InputError]:
        records = _split(opened, format)
        return iter([opened.raw(format)]) if records is None else _raw(opened, *records)

    return _stream(source, encoding, limits, raw_records)


def _stream(
    source: Source, encoding: str | None, limits: Limits, records: Callable[[_Opened], Iterator[_Record | InputError]]
) -> Iterator[_Record | InputError | Diagnostic]:
    """Yield the records of a source, at most `limits.records`; what ends it early comes as an error."""
    opened: _Opened | None = None
    try:
        opened = _Opened(source, encoding, limits)
        opened.look()
        yield from _limited(records(opened), limits)
    except UsageError:
        raise
    except InputError as error:
        yield error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        name = source if isinstance(source, Path) else "the source"
        yield UnreadableInputError(f"Expected a file that can be read; found {reason} at {name}.")
    finally:
        if opened is not None:
            opened.close()


def read_one(
    source: Source, *, format: str | None = None, encoding: str | None = None, limits: Limits = _LIMITS
) -> Document:
    """Return the document of a source's one record; a container that holds a single record is one.

    Raises:
        MultipleRecordsError: It holds more than one.
        UnreadableInputError: It holds none, or is malformed.
        LimitExceededError: It is larger or deeper than `limits`.
        UsageError: Unknown `format` or `encoding`.
    """
    documents = iter_documents(source, format=format, encoding=encoding, limits=limits)
    first = next(documents, None)
    if first is None:
        raise UnreadableInputError("Expected a record; found a container of records with none in it.")
    if next(documents, None) is not None:
        raise MultipleRecordsError(
            "Expected one record; found 2 or more. Read them one by one with `parse_records` (`parse` takes one)."
        )
    if isinstance(first, InputError):
        raise first
    assert isinstance(first, Document)
    return first


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_STRAY, _stray)


class _Opened:
    """A source whose beginning is known: its bytes as far as they were looked at, and how they decode."""

    def __init__(self, source: Source, encoding: str | None, limits: Limits) -> None:
        self.limits = limits
        self._given = source if isinstance(source, str) else None
        self._encoding = encoding
        self._owned = source.open("rb") if isinstance(source, Path) else None
        self._file = BytesIO(source) if isinstance(source, bytes | bytearray | memoryview) else self._owned or source
        if not isinstance(self._file, str) and not hasattr(self._file, "read"):
            raise UsageError(
                f"Expected bytes, str, a Path or an open binary file; found {type(source).__name__}. Read it first."
            )
        self._head = b""
        self._tree: Any = None
        self.decoded = Decoded(self._given or "", None, "str")

    def look(self) -> None:
        """Look at the beginning, and decide the encoding by it."""
        if self._given is None:
            self._head = self._read(_CHUNK)
            whole = len(self._head) < _CHUNK
            self.decoded = decode(self._head if whole else _cut(self._head), self._encoding)

    def is_saved_page(self) -> bool:
        """Tell whether the source is a browser's file of a page, which is one document."""
        return is_saved_page(self._head)

    def is_json_record(self) -> bool:
        """Tell whether the source is a single JSON value, and that certainly one record; its tree is kept."""
        if self._is_whole():
            try:
                self._tree = read_json(self.decoded.text, self.limits)
            except InputError:
                # It may still be several values, or is read again for its error.
                return False
        return is_json_record(self._tree)

    def _is_whole(self) -> bool:
        """Tell whether what was looked at is the whole source, read from bytes and within the limit."""
        return self._given is None and len(self._head) < _CHUNK and len(self._head) <= self.limits.bytes

    def look_further(self) -> bool:
        """Look at as much of the source again; False where it has ended, or is past the limit."""
        if self._given is not None or len(self._head) % _CHUNK or len(self._head) > self.limits.bytes:
            return False
        before = len(self._head)
        self._head += self._read(before)
        if len(self._head) > before:
            self.decoded = decode(_cut(self._head), self._encoding)
        return len(self._head) > before

    def _read(self, size: int) -> bytes:
        """Return that many bytes of the file, or all that are left; a pipe may give fewer at a time."""
        assert not isinstance(self._file, str | Path)
        parts: list[bytes] = []
        while size > 0 and (part := self._file.read(size)):
            if not isinstance(part, bytes):
                raise UsageError(f"Expected a binary file; found one of {type(part).__name__}. Open it with 'rb'.")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def document(self, format: str | None) -> Document:
        """Read the whole source as one document."""
        if self._given is not None:
            return read(self._given, format=format, limits=self.limits)
        rest = self._read(self.limits.bytes + 1 - len(self._head))
        if not rest and self._is_whole():
            return read_decoded(self._head, self.decoded, format=format, limits=self.limits, tree=self._tree)
        data = self._head + rest
        return read(data, format=format, encoding=self._encoding, limits=self.limits)

    def raw(self, format: str | None) -> RawRecord:
        """Return the whole source as one document, unread.

        Raises:
            LimitExceededError: It is larger than the limit.
        """
        data: bytes | str = self._given if self._given is not None else self._head
        if self._given is None:
            data = self._head + self._read(self.limits.bytes + 1 - len(self._head))
        if len(data) > self.limits.bytes:
            raise LimitExceededError(
                f"Expected at most {self.limits.bytes} bytes; found more. Raise `Limits.bytes` to read it."
            )
        return RawRecord(0, data, format=format, encoding=self._encoding)

    def chunks(self) -> Iterator[str]:
        """Yield the source's text, piece by piece."""
        if self._given is not None:
            for start in range(0, len(self._given), _CHUNK):
                yield self._given[start : start + _CHUNK]
            return
        errors = "strict" if self._encoding else _STRAY
        decoder = codecs.getincrementaldecoder(self.decoded.encoding or "utf-8")(errors)
        piece, first = self._head, True
        try:
            while piece:
                text = decoder.decode(piece)
                yield text.removeprefix("\ufeff") if first else text
                piece, first = self._read(_CHUNK), False
            yield decoder.decode(b"", True)
        except UnicodeDecodeError as error:
            raise UnreadableInputError(
                f"Expected text in {self.decoded.encoding}, the encoding given; found bytes that are none ({error}). "
                "Leave the encoding out to have it decided."
            ) from error

    def close(self) -> None:
        if self._owned is not None:
            self._owned.close()


def _cut(head: bytes) -> bytes:
    """Cut the beginning of a source where it splits no character: after ASCII, at a multiple of four bytes."""
    end = len(head)
    while end > len(head) - 64 and head[end - 1] >= 0x80:
        end -= 1
    return head[: end // 4 * 4] if 0 in head[:4] or head[:2] in (b"\xff\xfe", b"\xfe\xff") else head[:end]


_Texts = Iterator[str | InputError]
_Rows = Iterator[tuple[Row, str] | InputError]


def _split(opened: _Opened, format: str | None) -> tuple[str, _Texts | _Rows] | None:
    """Return the format of the records and their texts, cut apart; None where the source is one document."""
    if opened.is_saved_page():
        return None
    text = opened.decoded.text
    limit = opened.limits.bytes
    root = root_name(text)
    if root in XML_CONTAINERS and format in (None, "xml"):
        return "xml", xml_records(opened.chunks(), XML_CONTAINERS[root], limit)
    told = format or sniff(text)
    if told == "csv":
        return "csv", table_rows(opened.chunks(), limit)
    if told == "text" and len(split_dump(text)) > 1:
        return "text", dump_records(opened.chunks())
    records = _split_json(opened) if told == "json" else None
    return None if records is None else ("json", records)


def _split_json(opened: _Opened) -> _Texts | None:
    if opened.is_json_record():
        return None
    text, limit = opened.decoded.text, opened.limits.bytes
    if (start := json_list_start(text)) is not None:
        return json_values(opened.chunks(), limit, start)
    while not json_follows(opened.decoded.text):
        if not opened.look_further():
            return None
    text = opened.decoded.text
    if is_json_lines(text):
        return json_lines(opened.chunks(), limit)
    end = json_value_end(text)
    if end is None or not text[end:].lstrip(f"{BLANKS}\x1e").startswith("{"):
        return None
    return json_values(opened.chunks(), limit)


def _raw(opened: _Opened, format: str, records: _Texts | _Rows) -> Iterator[RawRecord | InputError]:
    """Yield the records of a source unread, numbered; one that cannot be cut out is an error among them."""
    decoded = opened.decoded
    for number, record in enumerate(records, start=1):
        if isinstance(record, InputError):
            yield type(record)(f"Record {number}: {record}")
            continue
        row, text = record if isinstance(record, tuple) else (None, record)
        yield RawRecord(number, text, row, format, decoded.encoding, decoded.encoding_from)


def _documents(records: Iterator[RawRecord | InputError], limits: Limits) -> Iterator[Document | InputError]:
    """Read every record; one that cannot be read is an error among the documents."""
    for record in records:
        if isinstance(record, InputError):
            yield record
            continue
        try:
            yield record.document(limits)
        except InputError as error:
            yield error


def _row(row: Row, text: str) -> Document:
    raw = text.encode("utf-8", "surrogatepass")
    return Document("csv", None, row, hashlib.sha256(raw).hexdigest(), len(raw), None, None)


def _limited(records: Iterator[_Record | InputError], limits: Limits) -> Iterator[_Record | InputError | Diagnostic]:
    for number, record in enumerate(records):
        if limits.records is not None and number >= limits.records:
            yield diagnostic("limit_exceeded", limit=limits.records, what="records", found="more")
            return
        yield record
