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


@dataclass(slots=True)
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


class _Form(NamedTuple):
    """One way to write an ordinal: what it is made of, with one kind of bracket or point around it."""

    pattern: str
    style: str
    shape: str
    unsure: bool


def _ordinal_forms() -> list[_Form]:
    forms = []
    for opening, closing, unsure in CLOSINGS:
        shape = {r"[(（]\s?": "()", r"\[": "[]"}.get(opening) or closing.strip(r"\s?")[:4]
        for style, ordinal in ORDINALS.items():
            needs_neighbour = unsure or (style in UNSURE_STYLES and not opening)
            # `e.g.` and `i.e.` are no markers: a letter with a point is not followed by a small letter at once.
            tail = "(?![a-z])" if style in ("lower", "roman") and not opening and "." in closing else ""
            forms.append(_Form(f"{opening}({ordinal}){closing}{tail}{_AFTER}", style, style + shape, needs_neighbour))
    return forms


_FORMS = _ordinal_forms()
_EACH_FORM = [re.compile(form.pattern) for form in _FORMS]
#: All forms in one pass; the group that matched says which one.
_ANY_FORM = re.compile("|".join(form.pattern for form in _FORMS))
_DOTTED_BARE = re.compile(rf"({ORDINALS['dotted']})(?={_BLANK}+[^\W\d_])")
_BARE = re.compile(rf"([1-9][0-9]?)(?={_BLANK}+[A-Z][a-z])")
# Cheap look before the many forms: a bracket, a digit, or letters that a closing stands behind.
_ORDINAL_START = re.compile(r"[(（\[0-9０-９]|(?:[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})\s?[.．)）\]:：/、-]")
_BULLET_CHARACTERS = frozenset(BULLETS + DASHES + BLANK_BULLETS)
#: A word that begins with one of these may be a roman numeral or a protocol's code.
_LETTERS_OF_ORDINALS = frozenset("ivxIVXEN")
_CODE_STARTS = frozenset("IEN#")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}


def read_marker(text: str, start: int, end: int) -> Marker | None:
    """Read the marker of the line `text[start:end]`, its indentation left out; None where there is none."""
    first = text[start : start + 1]
    if first not in _BULLET_CHARACTERS:
        if _begins_word(text, start):
            return None
        ordinal = _read_ordinal(text, start, end)
        return None if ordinal is None else Marker(start, ordinal[0], "", ordinal[1], ordinal[2], start)
    if text.startswith(" ", start + 1) and _begins_word(text, start + 2):
        return Marker(start, start + 1, first, bullet_end=start + 1)
    bullets, at = _read_bullets(text, start, end)
    bullet_end = start + len(text[start:at].rstrip())
    ordinal = _read_ordinal(text, at, end) or (_read_bare_number(text, at, end) if bullets else None)
    if ordinal is not None:
        after, readings, sure = ordinal
        return Marker(start, after, bullets, readings, sure, bullet_end)
    return Marker(start, bullet_end, bullets, bullet_end=bullet_end) if bullets else None


def _begins_word(text: str, at: int) -> bool:
    """Tell at a glance that neither bullet nor ordinal stands here, as in nearly all lines: a word of two letters."""
    return text[at : at + 2].isalpha() and text[at] not in _LETTERS_OF_ORDINALS


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
    if text[at : at + 1] in _CODE_STARTS and (match := _CODE.match(text, at, end)) is not None:
        return match.end(), (Reading("code" + match[0][0], (int(match["ordinal"]),)),), False
    if _ORDINAL_START.match(text, at, end) is None:
        return None
    match = _ANY_FORM.match(text, at, end)
    if match is not None and match.lastindex is not None:
        form = _FORMS[match.lastindex - 1]
        readings = _readings(form.style, form.shape, match[match.lastindex])
        if readings:
            return match.end(), readings, not form.unsure
        return _read_other_form(text, at, end, match.lastindex)
    if (match := _DOTTED_BARE.match(text, at, end)) is not None:
        return match.end(), _readings("dotted", "dotted", match[1]), False
    return None


def _read_bare_number(text: str, at: int, end: int) -> tuple[int, tuple[Reading, ...], bool] | None:
    """Read a number after a bullet that nothing closes: `* 1 Adults`."""
    match = _BARE.match(text, at, end)
    return None if match is None else (match.end(), _readings("number", "bare", match[1]), False)


def _read_other_form(text: str, at: int, end: int, first: int) -> tuple[int, tuple[Reading, ...], bool] | None:
    """Try the later forms where the first that fits has no value: `0.`, `iix)`."""
    for form, pattern in zip(_FORMS[first:], _EACH_FORM[first:], strict=True):
        match = pattern.match(text, at, end)
        if match is not None and (readings := _readings(form.style, form.shape, match[1])):
            return match.end(), readings, not form.unsure
    if (match := _DOTTED_BARE.match(text, at, end)) is not None:
        return match.end(), _readings("dotted", "dotted", match[1]), False
    return None


def _readings(style: str, shape: str, ordinal: str) -> tuple[Reading, ...]:
    if style in ("number", "dotted"):
        path = tuple(int(part) for part in ordinal.split("."))
        return (Reading(shape, path),) if all(path) else ()
    if style == "lettered":
        return (Reading(shape, (int(ordinal[:-1]), ord(ordinal[-1]) - ord("a") + 1)),)
    readings = []
    letter = ordinal.lower()
    roman = roman_value(letter)
    roman_shape = shape.replace("lower", "roman").replace("upper", "ROMAN")
    if roman and (len(letter) > 1 or letter == "i"):
        readings.append(Reading(roman_shape, (roman,)))
    if len(letter) == 1:
        readings.append(Reading(shape, (ord(letter) - ord("a") + 1,)))
        if roman and letter != "i":
            readings.append(Reading(roman_shape, (roman,)))
    return tuple(readings)


def roman_value(letters: str) -> int:
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
    if all(marker is None or marker.sure for marker in markers):
        return markers
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
