"""Mojibake: UTF-8 that was read as a one-byte encoding (`â‰¥6` for `≥6`), undone where that is certain.

A sequence is repaired when its characters, written back in the wrong encoding, are one valid UTF-8 character that
clinical text uses, and when the sequence is none that people write. Three wrong encodings are known from registers:
Windows-1252 with Latin-1, and Mac Roman (`√©` for `é`, `‚Ä¢` for `•`), which a whole portal export went through.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from parser.text.traced import TracedText

# A register's text may have gone through the same mistake more than once.
_TIMES: Final = 3


@dataclass(frozen=True, slots=True)
class _WrongEncoding:
    """An encoding that UTF-8 was read as: bytes by character, and the sequences that can be UTF-8."""

    codec: str
    byte_of: dict[str, int]
    sequence: re.Pattern[str]


# First bytes whose characters lead a repair: C2 and C3 (Latin-1's upper half), CE and CF (Greek), E2 (punctuation,
# arrows, mathematics), EF (full-width forms, private use). Others are letters that people write before a quote.
_LEADS: Final = bytes([0xC2, 0xC3, 0xCE, 0xCF, 0xE2, 0xEF])


def _wrong(codec: str, *, latin_1_too: bool) -> _WrongEncoding:
    byte_of = {
        character: byte for byte in range(0x80, 0x100) if (character := bytes([byte]).decode(codec, "ignore")) != ""
    }
    if latin_1_too:
        byte_of = {chr(byte): byte for byte in range(0x80, 0x100)} | byte_of
    following = re.escape("".join(character for character, byte in byte_of.items() if 0x80 <= byte < 0xC0))
    leads = {character: byte for character, byte in byte_of.items() if byte in _LEADS}
    two = re.escape("".join(character for character, byte in leads.items() if byte < 0xE0))
    three = re.escape("".join(character for character, byte in leads.items() if byte >= 0xE0))
    return _WrongEncoding(codec, byte_of, re.compile(f"[{two}][{following}]|[{three}][{following}]{{2}}"))


_WRONG: Final = (_wrong("cp1252", latin_1_too=True), _wrong("mac_roman", latin_1_too=False))
_LEADING = re.compile(
    "["
    + re.escape("".join(character for wrong in _WRONG for character, byte in wrong.byte_of.items() if byte in _LEADS))
    + "]"
)
# Three bytes of which an export has lost the middle one, for its encoding has no such character. What is left is
# certain in its place only: `•` (E2 80 A2) and a private-use bullet (EF 82 B7) at the start of a line, `≥` (E2 89 A5)
# and `≤` (E2 89 A4) before a number.
_LOSSY = re.compile(
    r"(?P<bullet>(?:(?<=[\n\r\t>])|(?<=: )|\A)(?:â\?¢|ï\?·))"
    r"|(?P<least>â\?¥(?=\s?\d))|(?P<most>â\?¤(?=\s?\d))"
)
_LOST: Final = {"bullet": "•", "least": "≥", "most": "≤"}


def repair_mojibake(text: TracedText) -> tuple[TracedText, list[str]]:
    """Undo what is certainly mojibake.

    Returns:
        The text, itself where there is none; and the damaged sequences in their order, as they were found.
    """
    damaged: list[str] = []
    if not _LEADING.search(text.text):
        return text, damaged
    for _ in range(_TIMES):
        changed = False
        for wrong in _WRONG:
            if edits := _edits(text.text, wrong):
                damaged.extend(text.text[start:end] for start, end, _ in edits)
                text = text.replaced(edits)
                changed = True
        if not changed:
            break
    if edits := _lossy(text.text):
        damaged.extend(text.text[start:end] for start, end, _ in edits)
        text = text.replaced(edits)
    return text, damaged


def _lossy(text: str) -> list[tuple[int, int, str]]:
    return [(match.start(), match.end(), _LOST[match.lastgroup or ""]) for match in _LOSSY.finditer(text)]


def _edits(text: str, wrong: _WrongEncoding) -> list[tuple[int, int, str]]:
    edits: list[tuple[int, int, str]] = []
    for match in wrong.sequence.finditer(text):
        try:
            character = bytes(wrong.byte_of[one] for one in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if _is_used(character) and not _is_written(text, match, wrong):
            edits.append((match.start(), match.end(), character))
    return edits


def _is_used(character: str) -> bool:
    """Tell whether clinical text uses a character; controls and unassigned codes are no text."""
    code = ord(character)
    if 0x370 <= code < 0x400:
        return unicodedata.category(character) in {"Ll", "Lu"}
    return unicodedata.category(character) not in {"Cc", "Cn", "Cs"}


def _is_written(text: str, match: re.Match[str], wrong: _WrongEncoding) -> bool:
    """Tell whether people may have written the sequence: `¬` as a soft hyphen before a letter (`Ma¬ßnahme`)."""
    if wrong.codec != "mac_roman" or match[0][0] != "¬" or not match[0][1].isalpha():
        return False
    return text[match.start() - 1 : match.start()].isalpha() and text[match.end() : match.end() + 1].isalpha()
