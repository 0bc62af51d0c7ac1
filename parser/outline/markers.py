"""List markers: bullets, numbers, letters, and both together (`• 1.`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from parser.outline.marker_patterns import (
    BLANK_BULLETS,
    BULLETS,
    CLOSINGS,
    CODES,
    DASHES,
    ORDINALS,
    SYMBOL_ORDINALS,
    UNSURE_STYLES,
)


class Reading(NamedTuple):
    """One way to read an ordinal: `i.` is roman 1 or letter 9.

    Attributes:
        style: Family and punctuation: `number.`, `(lower)`, `roman)`.
        path: Numbers from the outermost level in; `2.1` is `(2, 1)`, all others have one.
    """

    style: str
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker at the start of a line.

    Attributes:
        start: First character in the text.
        end: After its last character, blanks left out.
        bullet: The bullet, empty where there is none.
        readings: What its ordinal may mean, the likeliest first; empty for a mere bullet.
        sure: Whether it is believed without a neighbour.
        bullet_end: After the bullet, where an ordinal follows it.
    """

    start: int
    end: int
    bullet: str
    readings: tuple[Reading, ...] = ()
    sure: bool = True
    bullet_end: int = 0

    @property
    def style(self) -> str:
        """What items of one list share: the likeliest reading's style, or the bullet."""
        return self.readings[0].style if self.readings else self.bullet


_BLANK = r"[^\S\r\n]"
_BULLET = re.compile(
    rf"(?:[{re.escape(BULLETS)}]|[{re.escape(DASHES)}](?=[^\W\d_]|{_BLANK}|[-*(\[\"'“≥≤<>]|$)"
    rf"|[{re.escape(BLANK_BULLETS)}](?={_BLANK}))"
)
_CODE = re.compile(rf"(?:{CODES})(?P<ordinal>[0-9]{{1,2}})(?:[.):-]|(?={_BLANK}))")
_SYMBOLS = {
    chr(ord(first) + offset): (f"symbol{first}", offset + 1)
    for first, length in SYMBOL_ORDINALS
    for offset in range(length)
}
_AFTER = rf"(?={_BLANK}|[^\W\d_]|[(\[\"'“≥≤<>＞＜=%-]|$)"


def _ordinal_patterns() -> list[tuple[re.Pattern[str], str, str, bool]]:
    patterns = []
    for opening, closing, unsure in CLOSINGS:
        shape = {r"\(\s?": "()", r"\[": "[]"}.get(opening) or closing.strip(r"\s?")[:4]
        for style, ordinal in ORDINALS.items():
            needs_neighbour = unsure or (style in UNSURE_STYLES and not opening)
            # `e.g.` and `i.e.` are no markers: a letter with a point is not followed by a small letter at once.
            tail = "(?![a-z])" if style in ("lower", "roman") and not opening and "." in closing else ""
            pattern = re.compile(f"{opening}(?P<ordinal>{ordinal}){closing}{tail}{_AFTER}")
            patterns.append((pattern, style, f"{style}{shape}", needs_neighbour))
    return patterns


_ORDINALS = _ordinal_patterns()
_DOTTED_BARE = re.compile(rf"(?P<ordinal>{ORDINALS['dotted']})(?={_BLANK}+[^\W\d_])")
# Cheap look before the many forms: a bracket, a digit, or letters that a closing stands behind.
_ORDINAL_START = re.compile(r"[(\[0-9０-９]|(?:[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})\s?[.．)\]:：/、-]")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}


def read_marker(text: str, start: int, end: int) -> Marker | None:
    """Read the marker of the line `text[start:end]`, its indentation left out; None where there is none."""
    bullets, at = _read_bullets(text, start, end)
    bullet_end = start + len(text[start:at].rstrip())
    ordinal = _read_ordinal(text, at, end)
    if ordinal is not None:
        after, readings, sure = ordinal
        return Marker(start, after, bullets, readings, sure, bullet_end)
    return Marker(start, bullet_end, bullets, bullet_end=bullet_end) if bullets else None


def _read_bullets(text: str, start: int, end: int) -> tuple[str, int]:
    """Read up to two bullets; bold (`**Inclusion**`) is none."""
    bullets, at = "", start
    while len(bullets) < 2 and (match := _BULLET.match(text, at, end)) is not None:
        if match[0] in "*" and text.startswith("**", at):
            break
        bullets += match[0]
        at = _skip_blanks(text, match.end(), end)
    return bullets, at


def _read_ordinal(text: str, at: int, end: int) -> tuple[int, tuple[Reading, ...], bool] | None:
    symbol = _SYMBOLS.get(text[at : at + 1])
    if symbol is not None and at < end:
        return at + 1, (Reading(symbol[0], (symbol[1],)),), True
    if (match := _CODE.match(text, at, end)) is not None:
        return match.end(), (Reading("code" + match[0][0], (int(match["ordinal"]),)),), False
    if _ORDINAL_START.match(text, at, end) is None:
        return None
    for pattern, style, shape, unsure in _ORDINALS:
        match = pattern.match(text, at, end)
        if match is not None and (readings := _readings(style, shape, match["ordinal"])):
            return match.end(), readings, not unsure
    if (match := _DOTTED_BARE.match(text, at, end)) is not None:
        return match.end(), _readings("dotted", "dotted", match["ordinal"]), False
    return None


def _readings(style: str, shape: str, ordinal: str) -> tuple[Reading, ...]:
    if style in ("number", "dotted"):
        path = tuple(int(part) for part in ordinal.split("."))
        return (Reading(shape, path),) if all(path) else ()
    readings = []
    letter = ordinal.lower()
    roman = _roman_value(letter)
    roman_shape = shape.replace("lower", "roman").replace("upper", "ROMAN")
    if roman and (len(letter) > 1 or letter == "i"):
        readings.append(Reading(roman_shape, (roman,)))
    if len(letter) == 1:
        readings.append(Reading(shape, (ord(letter) - ord("a") + 1,)))
        if roman and letter != "i":
            readings.append(Reading(roman_shape, (roman,)))
    return tuple(readings)


def _roman_value(letters: str) -> int:
    """Return the value of a roman numeral of i, v and x; 0 where it is none."""
    values = [_ROMAN_DIGITS.get(letter, 0) for letter in letters]
    if not all(values):
        return 0
    following = [*values[1:], 0]
    total = sum(-value if value < after else value for value, after in zip(values, following, strict=True))
    return total if letters == _roman_numeral(total) else 0


def _roman_numeral(value: int) -> str:
    tens = "x" * (value // 10)
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[value % 10]
    return tens + ones


def _skip_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def believed(markers: Iterable[Marker | None]) -> list[Marker | None]:
    """Drop the ordinals that need a neighbour and have none; a bullet before one stays.

    A neighbour is an ordinal of the same style one lower or one higher, anywhere in the text.
    """
    markers = list(markers)
    seen = {reading for marker in markers if marker is not None for reading in marker.readings}
    return [marker if marker is None or marker.sure else _checked(marker, seen) for marker in markers]


def _checked(marker: Marker, seen: set[Reading]) -> Marker | None:
    readings = tuple(reading for reading in marker.readings if _has_neighbour(reading, seen))
    if readings:
        return replace(marker, readings=readings, sure=True)
    if not marker.bullet:
        return None
    return Marker(marker.start, marker.bullet_end, marker.bullet, bullet_end=marker.bullet_end)


def _has_neighbour(reading: Reading, seen: set[Reading]) -> bool:
    *outer, last = reading.path
    return any(Reading(reading.style, (*outer, near)) in seen for near in (last - 1, last + 1))
