"""Character references that were left in a text: `&lt;`, `&#13;`, `&#xD;`, and `_x000D_` of office documents.

Registers store text that was escaped for markup, sometimes twice (`&amp;lt;`), and exports leave it so. A reference
counts only with its semicolon, so that `R&D` and `AT&T` stay; `<7 days` is no markup and is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5
from typing import Final

from parser.text.traced import TracedText

# How often text was escaped at most: once by the register, once by an export, once by whoever republished it.
_TIMES: Final = 3
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
# ECMA-376, part 1, 22.9.2.19 (ST_Xstring): `_xHHHH_` stands for a character that XML cannot hold.
_OFFICE = re.compile(r"_x([0-9a-fA-F]{4})_")
_Reader = Callable[[re.Match[str]], str | None]
_TABS_AND_BREAKS: Final = frozenset({0x9, 0xA, 0xD})


def resolve_references(text: TracedText) -> TracedText:
    """Put the characters in place of their references, those escaped several times included."""
    text = _replaced(text, _OFFICE, _office_character) if "_x" in text.text else text
    for _ in range(_TIMES):
        if "&" not in text.text:
            break
        resolved = _replaced(text, _REFERENCE, _character)
        if resolved is text:
            break
        text = resolved
    return text


def _replaced(text: TracedText, pattern: re.Pattern[str], read: _Reader) -> TracedText:
    found = ((match, read(match)) for match in pattern.finditer(text.text))
    edits = [(match.start(), match.end(), new) for match, new in found if new is not None]
    return text.replaced(edits) if edits else text


def _character(match: re.Match[str]) -> str | None:
    """Return what a reference stands for; None where it is none that HTML knows."""
    if match[3]:
        return html5.get(f"{match[3]};")
    return _of_code(int(match[1]) if match[1] else int(match[2], 16))


def _office_character(match: re.Match[str]) -> str | None:
    code = int(match[1], 16)
    return "" if code < 0x20 and code not in _TABS_AND_BREAKS else _of_code(code)


def _of_code(code: int) -> str | None:
    if 0x80 <= code < 0xA0:
        # HTML reads the C1 codes as Windows-1252 (HTML Living Standard, 13.2.5.80).
        return bytes([code]).decode("cp1252", "ignore") or None
    shown = code in _TABS_AND_BREAKS or (0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 and code != 0x7F)
    return chr(code) if shown else None
