"""Bytes to text, and what decided the encoding.

The order: the encoding given, a byte order mark, the pattern of NULs that betrays UTF-16 and UTF-32, the document's
own declaration, the escapes of ISO-2022-JP, strict UTF-8, detection by script, and Windows-1252 with replacements at
last. A declaration that is unknown, or under which the bytes do not decode, falls through to the next.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from parser.errors import UnreadableInputError, UsageError
from parser.models.trial import EncodingFrom
from parser.reading.scripts import detect_script

_SAMPLE: Final = 65_536
# Where HTML wants the declaration (within 1,024 bytes); real pages put it later.
_DECLARATION_WITHIN: Final = 4_096

#: Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: First bytes of what is no text.
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

_XML_DECLARATION: Final = re.compile(
    rb"""\s{0,64}<\?xml\s[^>]{0,200}?\bencoding\s{0,8}=\s{0,8}["']([\w.:-]{1,40})["']"""
)
_META_CHARSET: Final = re.compile(rb"""<meta\s[^>]{0,400}?\bcharset\s{0,8}=\s{0,8}["']?\s{0,8}([\w.:-]{1,40})""", re.I)

#: What a label stands for in practice (WHATWG Encoding Standard), tried in order.
_MEANT: Final[dict[str, tuple[str, ...]]] = {
    "ascii": ("utf-8", "cp1252"),
    "iso8859-1": ("cp1252", "iso8859-1"),
    "iso8859-9": ("cp1254", "iso8859-9"),
    "tis-620": ("cp874", "tis-620"),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "shift_jis": ("cp932", "shift_jis"),
    "euc_kr": ("cp949",),
    "big5": ("big5", "big5hkscs", "cp950"),
}

#: Text codecs by their flag, but no encoding of a document.
_NO_ENCODING: Final = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
# What cannot have been declared in the ASCII bytes in which the declaration was read.
_NO_DECLARATION: Final = ("utf-16", "utf-32", "utf-7")

# ISO-2022-JP shifts to JIS X 0208 so (RFC 1468).
_JAPANESE_ESCAPE: Final = re.compile(rb"\x1b\$[@B]")

_NUL_SHARE: Final = 0.01
_CONTROL_SHARE: Final = 0.05
# All of C0 but tab, line breaks, form feed and the escape of ISO-2022; and DEL.
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"


class Decoded(NamedTuple):
    """Text, the name of its codec (None for a str) and what decided it."""

    text: str
    encoding: str | None
    encoding_from: EncodingFrom


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a document.

    Args:
        data: The document; a byte order mark is not part of its text.
        encoding: Python's or IANA's name of its encoding, where the caller knows it.

    Raises:
        UsageError: The encoding given is unknown.
        UnreadableInputError: The bytes are binary, or do not decode in the encoding given.
    """
    if encoding is not None:
        return _decode_given(data, encoding)
    _refuse_signatures(data)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name, "bom")
    if (wide := _wide(data)) is not None:
        return wide
    _refuse_controls(data)
    return _declared(data) or _escaped(data) or _strict(data, "utf-8", "utf-8") or _detected(data) or _fallback(data)


def _decode_given(data: bytes, encoding: str) -> Decoded:
    name = _codec(encoding)
    if name is None:
        raise UsageError(f"Expected the name of an encoding; found {encoding!r}. Leave it out to have it decided.")
    try:
        text = data.decode(name)
    except UnicodeError as error:
        raise UnreadableInputError(
            f"Expected text in {name}, the encoding given; found bytes that are none ({error}). "
            "Leave the encoding out to have it decided."
        ) from error
    return Decoded(text.removeprefix("\ufeff"), name, "given")


def _codec(label: str) -> str | None:
    """Return Python's name of a text codec; None where there is none of that label."""
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, UnicodeError, ValueError):
        # A codec from bytes to bytes (`base64`) is a LookupError too; a label with a NUL in it is a ValueError.
        return None
    return None if name.replace("-", "_") in _NO_ENCODING else name


def _refuse_signatures(data: bytes) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableInputError(
                f"Expected text, HTML, XML or JSON; found {what}. Unpack it, or save the page as text or HTML."
            )


def _refuse_controls(data: bytes) -> None:
    """Refuse what is rich in control characters; one in a page, as broken exports have them, is tolerated."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls and (sample.count(0) > _NUL_SHARE * len(sample) or controls > _CONTROL_SHARE * len(sample)):
        raise UnreadableInputError(
            "Expected text, HTML, XML or JSON; found binary data (control characters). Pass the page itself."
        )


def _wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 or UTF-32 without a mark, where ASCII text leaves NULs in the same places."""
    sample = data[: min(_SAMPLE, len(data) // 4 * 4)] or data[:2]
    if 0 not in sample or sample.count(0) * 4 < len(sample):
        return None
    share = [place.count(0) / max(len(place), 1) for place in (sample[at::4] for at in range(4))]
    filled = [part < 0.1 for part in share]
    patterns = {
        (True, False, False, False): "utf-32-le",
        (False, False, False, True): "utf-32-be",
        (True, False, True, False): "utf-16-le",
        (False, True, False, True): "utf-16-be",
    }
    name = patterns.get((filled[0], filled[1], filled[2], filled[3]))
    if name is None or any(part < 0.4 for part, full in zip(share, filled, strict=True) if not full):
        return None
    return _strict(data, name, "detected")


def _strict(data: bytes, name: str, decided: EncodingFrom) -> Decoded | None:
    try:
        return Decoded(data.decode(name), name, decided)
    except UnicodeError:
        return None


def _declared(data: bytes) -> Decoded | None:
    head = data[:_DECLARATION_WITHIN]
    declaration = _XML_DECLARATION.match(head) or _META_CHARSET.search(head)
    name = _codec(declaration[1].decode("ascii", "replace")) if declaration else None
    if name is None or name.replace("_", "-").startswith(_NO_DECLARATION):
        return None
    for meant in _MEANT.get(name, (name,)):
        if (decoded := _strict(data, meant, "declared")) is not None:
            return decoded
    return None


def _escaped(data: bytes) -> Decoded | None:
    """Decode ISO-2022-JP, whose bytes are valid UTF-8 too: seven bits and escape sequences."""
    return _strict(data, "iso2022_jp", "detected") if _JAPANESE_ESCAPE.search(data, 0, _SAMPLE) else None


def _detected(data: bytes) -> Decoded | None:
    name = detect_script(data[:_SAMPLE])
    return _strict(data, name, "detected") if name else None


def _fallback(data: bytes) -> Decoded:
    return Decoded(data.decode("cp1252", "replace"), "cp1252", "fallback")
