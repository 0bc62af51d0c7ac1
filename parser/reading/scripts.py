"""Which legacy encoding of East Asia or of Russian some bytes are in, told by the script that comes out.

Registers of Korea, Japan, China and Russia wrote pages in these encodings. Each row of the table says which
characters must make up the text beyond ASCII, and how much of it. Western and Central European encodings cannot be
told apart so; they are left to the caller's fallback.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Fewer characters beyond ASCII prove nothing.
_LEAST: Final = 6

_HANGUL: Final = (("\uac00", "\ud7a3"),)
_KANA: Final = (("\u3041", "\u30ff"),)
_HAN: Final = (("\u4e00", "\u9fff"),)
_FULL_WIDTH: Final = (("\u3000", "\u303f"), ("\uff01", "\uff60"))
_RUSSIAN: Final = (("\u0410", "\u044f"), ("\u0401", "\u0401"), ("\u0451", "\u0451"))
_RUSSIAN_SMALL: Final = (("\u0430", "\u044f"),)

_Ranges = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Script:
    """An encoding, with what must make up at least which share of the text beyond ASCII.

    Attributes:
        codec: Python's name.
        telling: Characters that only text of this encoding is rich in, with their least share.
        usual: All characters to expect, with their least share.
        lead: First bytes of the frequent half of its Han characters, where the script alone does not tell.
    """

    codec: str
    telling: tuple[_Ranges, float]
    usual: tuple[_Ranges, float]
    lead: tuple[int, int] | None = None


#: In this order: Korean bytes read as GB18030 give Han too, and kana are part of the Chinese sets.
_SCRIPTS: Final = (
    _Script("cp949", (_HANGUL, 0.8), (_HANGUL + _FULL_WIDTH + _HAN, 0.9)),
    _Script("euc_jp", (_KANA, 0.2), (_KANA + _HAN + _FULL_WIDTH, 0.95)),
    _Script("cp932", (_KANA, 0.2), (_KANA + _HAN + _FULL_WIDTH, 0.95)),
    # Level 1 of GB 2312 (leads B0-D7) and of Big5 (leads A4-C6) hold the frequent characters.
    _Script("gb18030", (_HAN, 0.6), (_HAN + _FULL_WIDTH, 0.9), lead=(0xB0, 0xD7)),
    _Script("big5", (_HAN, 0.6), (_HAN + _FULL_WIDTH, 0.9), lead=(0xA4, 0xC6)),
    _Script("cp1251", (_RUSSIAN_SMALL, 0.7), (_RUSSIAN, 0.9)),
    _Script("koi8-r", (_RUSSIAN_SMALL, 0.7), (_RUSSIAN, 0.9)),
)

_FREQUENT_SHARE: Final = 0.8


def detect_script(sample: bytes) -> str | None:
    """Return the codec of an East Asian or Russian text; None when no script comes out clearly.

    Args:
        sample: The document, or as much of its beginning as is to be looked at.
    """
    for script in _SCRIPTS:
        text = _decoded(sample, script.codec)
        if text is not None and _fits(text, script):
            return script.codec
    return None


def _decoded(sample: bytes, codec: str) -> str | None:
    """Decode strictly, but for a character that the sample's end may cut."""
    for cut in range(4):
        try:
            return sample[: len(sample) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 8:
                return None
    return None


def _fits(text: str, script: _Script) -> bool:
    beyond = [character for character in text if character > "\x7f"]
    if len(beyond) < _LEAST:
        return False
    telling, usual = script.telling, script.usual
    if _share(beyond, telling[0]) < telling[1] or _share(beyond, usual[0]) < usual[1]:
        return False
    return script.lead is None or _frequent(beyond, script.codec, script.lead) >= _FREQUENT_SHARE


def _share(characters: list[str], ranges: _Ranges) -> float:
    return sum(any(low <= character <= high for low, high in ranges) for character in characters) / len(characters)


def _frequent(characters: list[str], codec: str, lead: tuple[int, int]) -> float:
    """Return the share of Han characters whose first byte lies in the frequent half of the set."""
    han = [character for character in characters if "\u4e00" <= character <= "\u9fff"]
    firsts = [character.encode(codec)[0] for character in han]
    return sum(lead[0] <= first <= lead[1] for first in firsts) / max(len(firsts), 1)
