"""Run-on lists: several numbered items on one line, as some registries store them.

A line is cut only where its ordinals run 1, 2, 3 … without a gap, each after a point, a semicolon or the like, or
after the colon of a head. When in doubt it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parser.outline.lines import Line, cut, marked
from parser.outline.markers import read_marker

_BEFORE = r"(?<![^\s.;,:。；，：、)）])"
_AFTER = r"(?=\s?[^\s\d.,;:)%/<>=-])"
_SHAPES = (
    re.compile(rf"{_BEFORE}[(（]\s?(?P<ordinal>\d{{1,2}})\s?[)）]{_AFTER}"),
    re.compile(rf"{_BEFORE}(?P<ordinal>\d{{1,2}})\s?[)）]\.?{_AFTER}"),
    re.compile(rf"{_BEFORE}(?P<ordinal>\d{{1,2}})[.．、](?!\d){_AFTER}"),
    re.compile(rf"{_BEFORE}(?P<ordinal>\d{{1,2}})\.?-(?=\s|[A-Z][a-z])"),
    re.compile(rf"{_BEFORE}[(（](?P<ordinal>[a-z])[)）]{_AFTER}"),
    re.compile(rf"{_BEFORE}(?P<ordinal>[a-z])\){_AFTER}"),
)
_HINT = re.compile(r"\d\s?[-.)）．、]|[(（\s][a-z][)）]|[①-⒇•●▪\uf0b7]")
_SYMBOLS = re.compile(r"[①-⑳⑴-⒇]")
_BULLETS = re.compile(r"\s[•●▪\uf0b7]\s*(?=\S)")
_STOPS = ".;。；:：!?,，、"
#: Words before a number that make it a value.
_VALUE_WORDS = re.compile(
    r"\b(?:grade|grades|stage|type|phase|class|level|score|than|to|of|and|or|day|days|week|visit|group|part|cohort|arm|"
    r"table|section|appendix|criterion|criteria|item|least|most|step|ecog|cycle|version|over|about|≥|≤|<|>|=)\s*$",
    re.IGNORECASE,
)


def cut_runs(text: str, lines: Sequence[Line]) -> list[list[Line]]:
    """Cut the lines of one criterion where a run-on list shows; one piece where none does."""
    start, end = lines[0].body, lines[-1].end
    if _HINT.search(text, start, end) is None:
        return [list(lines)]
    places = _run(text, lines[0], start, end) or _bullets(text, lines[0], start, end)
    if not places:
        return [list(lines)]
    first = lines[0]
    if first.marker is None and places[0] > first.start:
        # A single weak marker such as `1-` is believed now that its neighbours have shown up.
        first = marked(text, first, read_marker(text, first.start, first.end))
    return _pieces(text, [first, *lines[1:]], places)


def _run(text: str, line: Line, start: int, end: int) -> list[int]:
    """Return where the items after the line's own begin, or all of them after a head."""
    own = line.start if line.marker is None else line.start + len(line.marker.bullet)
    for shape in _SHAPES:
        places = _chain(text, shape, own if line.marker else start, end)
        continued = bool(places) and places[0] < start
        if _is_list(text, places, start, continued):
            return places[1:] if places[0] <= start else places
    symbols = [match.start() for match in _SYMBOLS.finditer(text, line.start, end)]
    if len(symbols) < 2 or any(ord(text[b]) - ord(text[a]) != 1 for a, b in pairwise(symbols)):
        return []
    return symbols[1:] if symbols[0] <= start else symbols


def _chain(text: str, shape: re.Pattern[str], start: int, end: int) -> list[int]:
    """Collect ordinals that run on from the one at the start, or from 1: each the first of its value after the last."""
    places: list[int] = []
    wanted = 1
    for match in shape.finditer(text, start, end):
        value = _value(match["ordinal"])
        if not places and not text[start : match.start()].strip():
            wanted = value
        if value == wanted and not _VALUE_WORDS.search(text, max(start, match.start() - 12), match.start()):
            places.append(match.start())
            wanted += 1
    return places


def _value(ordinal: str) -> int:
    return int(ordinal) if ordinal.isdecimal() else ord(ordinal) - ord("a") + 1


def _is_list(text: str, places: list[int], start: int, continued: bool) -> bool:
    """Tell whether ordinals look like items: after stops, or so many that chance is out."""
    if len(places) < 2:
        return False
    before = text[start : places[0]].rstrip()
    if not continued and before and not before.endswith((":", "：")):
        return False
    stopped = all(text[max(0, at - 3) : at].rstrip()[-1:] in _STOPS for at in places[1:])
    return stopped or len(places) >= 4


def _bullets(text: str, line: Line, start: int, end: int) -> list[int]:
    """Return where further bullets stand on a line that begins with one, or with a head."""
    places = [match.start() + 1 for match in _BULLETS.finditer(text, start, end)]
    if not places:
        return []
    begins_with_bullet = line.marker is not None and bool(line.marker.bullet)
    after_head = text[start : places[0]].rstrip().endswith((":", "："))
    return places if begins_with_bullet or after_head else []


def _pieces(text: str, lines: Sequence[Line], places: list[int]) -> list[list[Line]]:
    pieces: list[list[Line]] = [[]]
    waiting = list(places)
    for line in lines:
        rest: Line | None = line
        while rest is not None and waiting and waiting[0] < rest.end:
            at = waiting.pop(0)
            if at <= rest.start:
                tail: Line | None = rest
            else:
                head, tail = cut(text, rest, at, trusted=True)
                if head.start < head.end:
                    pieces[-1].append(head)
            pieces.append([])
            rest = None if tail is None else replace(tail, inline=True)
        if rest is not None:
            pieces[-1].append(rest)
    return [piece for piece in pieces if piece]
