"""Run-on lists: several items on one line, as some registries store them.

A line is cut where its ordinals run 1, 2, 3 … without a gap and look like items: each after a point, a semicolon or
the like, or before a capital. Bullets within a line are cut the same way, and so is a line that is nothing but a series
with semicolons, or that speaks of one arm after another. When in doubt a line stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from parser.outline.heading_words import PDQ_LABELS
from parser.outline.lines import Line, cut, marked
from parser.outline.markers import read_marker, roman_value
from parser.outline.scopes import SCOPE_LABEL

_BEFORE = r"(?<![^\s.;,:。；，：、)）])"
_AFTER = r"(?=\s?[^\s\d.,;:)%/<>=-])"
_LETTER = r"[a-z]|[ivx]{2,4}"
#: How the ordinals of a run are written; the list that fits first is taken.
_SHAPES = (
    rf"[(（]\s?(\d{{1,2}})\s?[)）]{_AFTER}",
    rf"(\d{{1,2}})\s?[)）]\.?{_AFTER}",
    rf"(\d{{1,2}})[.．、](?!\d){_AFTER}",
    r"(\d{1,2})\.?-(?=\s|[A-Z][a-z])",
    rf"[(（]({_LETTER})[)）]{_AFTER}",
    rf"({_LETTER})\){_AFTER}",
    rf"({_LETTER})\.(?=\s+[^\W\d_a-z])",
    r"([A-Z])\.(?=\s+[^\W\d_a-z])",
)
_ORDINALS = re.compile(rf"{_BEFORE}(?:{'|'.join(_SHAPES)})")
#: Numbers of those shapes, as groups of the pattern count. Letters with a point look like initials and vitamins.
_BRACKETED = frozenset((1, 5))
_NUMBERS = {2: ")）", 3: ".．、"}
_LETTERS_WITH_POINT = frozenset((7, 8))
_CAPITALS = 8
# What an item within a line begins with. One set of characters comes first, which is quick to search for.
_HINT = re.compile(
    r"[0-9.*–-](?:"
    r"(?:(?<=[\s.;,:(（。；，：、)）][0-9])|(?<=[\s.;,:(（。；，：、)）][0-9][0-9]))"
    r"(?:[.．、](?=\s?[^\W\d])|\s?[)）]|\.?-(?=\s|[A-Z][a-z]))"
    r"|(?:(?<=\s\w\.)|(?<=\s\w\w\.)|(?<=\s\w\w\w\.))\s+[^\W\d_a-z]"
    r"|(?<=[*–-])\s+[A-Z])"
)
_BRACKET_HINT = re.compile(r"[(（\s;,](?:[a-z]|[ivx]{2,4})[)）]")
_SYMBOL_HINT = re.compile(r"[①-⒇•●▪\uf0b7０-９]")
_SYMBOLS = re.compile(r"[①-⑳⑴-⒇]")
_BULLETS = re.compile(r"\s([•●▪\uf0b7])\s*(?=\S)|\s([-–*])\s+(?=[A-Z])")
_STOPS = ".;。；:：!?,，、"
_STOPPED = re.compile(rf"[{re.escape(_STOPS)}]\s*(?:(?:and|or|and/or|&)\s*)?$", re.IGNORECASE)
_CONNECTED = re.compile(r"\b(?:and|or|and/or)\s*$", re.IGNORECASE)
_SENTENCE_AFTER = re.compile(r"(?<=[\w.,;:])\s[•●▪\uf0b7]\s*(?=[A-Z][a-z])")
_LONGEST_CONNECTOR = 12
#: Words before a number that make it a value.
_VALUE_WORDS = re.compile(
    r"\b(?:grade|grades|stage|type|phase|class|level|score|than|to|of|and|or|day|days|week|visit|group|part|cohort|arm|"
    r"table|section|appendix|criterion|criteria|item|least|most|step|ecog|cycle|version|over|about|≥|≤|<|>|=)\s*$",
    re.IGNORECASE,
)
_PDQ = re.compile(rf"\b(?:{'|'.join(sorted(label.capitalize() for label in PDQ_LABELS))}):\s")
#: Numbers that run on from a list further out must be so high that chance is out.
_LEAST_OUTER = 3
_MANY = 4
_FEW = 3
_LONGEST_OF_SERIES = 250
_SERIES = re.compile(r"[;；]\s*(?=\S)|[()\[\]]")
_NO_ITEM = re.compile(r"(?:and|or|and/or|but|if|unless|except|however|provided|which|that|who)\b", re.IGNORECASE)


def may_run_on(text: str, lines: Sequence[Line]) -> bool:
    """Tell at a glance whether something in the words of a criterion may begin another item."""
    start, end = lines[0].body, lines[-1].end
    if _HINT.search(text, start, end) is not None:
        return True
    if text.find(")", start, end) >= 0 and _BRACKET_HINT.search(text, start, end) is not None:
        return True
    if text.count(":", start, end) > 1 and (
        SCOPE_LABEL.search(text, start, end) is not None or _PDQ.search(text, start, end) is not None
    ):
        return True
    return not text[start:end].isascii() and _SYMBOL_HINT.search(text, start, end) is not None


def cut_runs(text: str, lines: Sequence[Line], outer: Mapping[int, int] | None = None) -> list[list[Line]]:
    """Cut the lines of one criterion where a run-on list shows; one piece where none does.

    Args:
        text: The eligibility text.
        lines: The criterion's.
        outer: By shape of ordinal, the highest number of the lists before it; it may run on within this line.
    """
    first = lines[0]
    start, end = first.body, lines[-1].end
    places = _run(text, first, start, end, outer or {}) or _bullets(text, first, start, end)
    places = places or _scopes(text, start, end) or _labels(text, start, end)
    if not places:
        return [list(lines)]
    if first.marker is None and places[0] > first.start:
        # A single weak marker such as `1-` is believed now that its neighbours have shown up.
        first = marked(text, first, read_marker(text, first.start, first.end))
    return _pieces(text, [first, *lines[1:]], places)


def cut_series(text: str, lines: Sequence[Line]) -> list[list[Line]]:
    """Cut a criterion that stands alone below its heading and is a series with semicolons."""
    start, end = lines[0].body, lines[-1].end
    places = _semicolons(text, start, end)
    if len(places) < _FEW - 1 or places[-1] >= end:
        return [list(lines)]
    items = [text[a:b] for a, b in pairwise([start, *places, end])]
    if any(len(item) > _LONGEST_OF_SERIES or _NO_ITEM.match(item) or ". " in item or ":" in item for item in items):
        return [list(lines)]
    return _pieces(text, lines, places, trusted=False)


def _semicolons(text: str, start: int, end: int) -> list[int]:
    """Return where the words after each semicolon begin that stands in no brackets."""
    places = []
    depth = 0
    for match in _SERIES.finditer(text, start, end):
        if match[0] in "([":
            depth += 1
        elif match[0] in ")]":
            depth -= 1
        elif depth == 0:
            places.append(match.end())
    return places


def number_shape(written: str) -> int:
    """Return the number of a marker's shape where it is a plain number, `12.` or `12)`; 0 for any other marker."""
    return next(
        (shape for shape, closings in _NUMBERS.items() if written[-1] in closings and written[0].isdecimal()), 0
    )


def _run(text: str, line: Line, start: int, end: int, outer: Mapping[int, int]) -> list[int]:
    """Return where the items after the line's own begin, or all of them after a head."""
    own = start if line.marker is None else line.start + len(line.marker.bullet)
    shapes: dict[int, list[re.Match[str]]] = {}
    for match in _ORDINALS.finditer(text, own, end):
        shapes.setdefault(match.lastindex or 0, []).append(match)
    for shape, matches in sorted(shapes.items()):
        for chain in _chains(text, shape, matches, own, start) if len(matches) > 1 else ():
            if _is_list(text, shape, chain, start):
                places = [match.start() for match in chain]
                return places[1:] if places[0] <= start else places
    for shape, matches in shapes.items():
        places = _outer_run(text, matches, start, outer.get(shape, 0)) if shape in _NUMBERS else []
        places = places or (_row(text, matches, start) if matches[0][shape].isdecimal() else [])
        if places:
            return places
    symbols = [match.start() for match in _SYMBOLS.finditer(text, line.start, end)]
    if len(symbols) < 2 or any(ord(text[b]) - ord(text[a]) != 1 for a, b in pairwise(symbols)):
        return []
    return symbols[1:] if symbols[0] <= start else symbols


def _chains(
    text: str, shape: int, matches: Sequence[re.Match[str]], own: int, start: int
) -> Iterable[list[re.Match[str]]]:
    """Yield the ordinals that run on: from the line's own, or within it; letters as letters, then as roman numerals."""
    if own < start:
        within = [match for match in matches if match.start() >= start]
        yield from _chains(text, shape, matches, own, own)
        if within:
            yield from _chains(text, shape, within, start, start)
        return
    if matches[0][shape].isdecimal():
        yield _chain(text, [(match, int(match[shape])) for match in matches], own)
        return
    first = "A" if shape == _CAPITALS else "a"
    letters = [match for match in matches if len(match[shape]) == 1]
    yield _chain(text, [(match, ord(match[shape]) - ord(first) + 1) for match in letters], own)
    if shape != _CAPITALS:
        yield _chain(text, [(match, roman_value(match[shape])) for match in matches], own)


def _chain(text: str, ordinals: Iterable[tuple[re.Match[str], int]], start: int) -> list[re.Match[str]]:
    """Collect ordinals that run on from the one at the start, or from 1: each the first of its value after the last."""
    chain: list[re.Match[str]] = []
    wanted = 1
    for match, value in ordinals:
        at = match.start()
        if not chain and not text[start:at].strip():
            wanted = value
        if value == wanted and not _is_value(text, start, at):
            chain.append(match)
            wanted += 1
    return chain


def _row(text: str, matches: Sequence[re.Match[str]], start: int) -> list[int]:
    """Return where numbers in a row stand that begin anywhere: the first of them was lost, or counts from elsewhere."""
    row: list[re.Match[str]] = []
    above = 0
    for match in matches:
        at, value = match.start(), _number(match)
        follows = _is_capital(text, match.end()) or (above != value - 1 and _is_stopped(text, at)) or bool(row)
        if at > start and follows and not _is_value(text, start, at):
            if row and value != _number(row[-1]) + 1:
                if len(row) >= _FEW:
                    break
                row = []
            row.append(match)
        above = value
    sure = all(_is_capital(text, match.end()) for match in row) or all(
        _is_stopped(text, match.start()) for match in row
    )
    return [match.start() for match in row] if sure and len(row) >= _FEW else []


def _number(match: re.Match[str]) -> int:
    return int(match[match.lastindex or 0])


def _is_value(text: str, start: int, at: int) -> bool:
    """Tell whether the word before an ordinal makes it a value: "grade 2. Resolved"; "A; or 2. B" is none."""
    start = max(start, at - _LONGEST_CONNECTOR)
    return _VALUE_WORDS.search(text, start, at) is not None and _STOPPED.search(text, start, at) is None


def _is_list(text: str, shape: int, chain: Sequence[re.Match[str]], start: int) -> bool:
    """Tell whether ordinals look like items: after stops, before capitals, or so many that chance is out."""
    if len(chain) < 2:
        return False
    later = chain[1:]
    stopped = all(_is_stopped(text, match.start()) for match in later)
    capital = all(_is_capital(text, match.end()) for match in later)
    continued = chain[0].start() < start or not text[start : chain[0].start()].strip()
    before = text[start : chain[0].start()].rstrip()[-1:]
    if shape in _LETTERS_WITH_POINT:
        return len(chain) >= _FEW and (continued or (bool(before) and before in ".:;："))
    if continued or before in (":", "："):
        return stopped or len(chain) >= _MANY or (capital and shape not in _BRACKETED)
    return shape not in _BRACKETED and len(chain) >= _FEW and capital and (stopped or before in ".;")


def _is_stopped(text: str, at: int) -> bool:
    return _STOPPED.search(text, max(0, at - _LONGEST_CONNECTOR), at) is not None


def _is_capital(text: str, at: int) -> bool:
    return text[at : at + 3].lstrip()[:1].isupper()


def _outer_run(text: str, matches: Sequence[re.Match[str]], start: int, last: int) -> list[int]:
    """Return where the numbers of a list further out run on in the middle of a line."""
    places = []
    for match in matches:
        at = match.start()
        follows = _number(match) == last + 1 >= _LEAST_OUTER
        if at > start and follows and _is_stopped(text, at) and _is_capital(text, match.end()):
            places.append(at)
            last += 1
    return places


def _bullets(text: str, line: Line, start: int, end: int) -> list[int]:
    """Return where further bullets stand on a line that begins with one, or with a head."""
    matches = list(_BULLETS.finditer(text, start, end))
    if not matches:
        return []
    own = line.marker.bullet[-1:] if line.marker is not None else ""
    after_head = text[start : matches[0].start()].rstrip().endswith((":", "："))
    places = [match.start() + 1 for match in matches if match[1]]
    if places and ((own and own not in "-–*") or text[start : places[0]].rstrip().endswith((":", "："))):
        return places
    if places:
        return [match.start() + 1 for match in _SENTENCE_AFTER.finditer(text, start, end)]
    dashes = [match.start() + 1 for match in matches if match[2] and match[2] == (own or matches[0][2])]
    if not dashes or not (own or after_head):
        return []
    sure = all(_is_stopped(text, at) or _CONNECTED.search(text, max(start, at - 6), at) for at in dashes[not own :])
    return dashes if sure or len(dashes) >= _FEW - 1 else []


def _scopes(text: str, start: int, end: int) -> list[int]:
    """Return where a line speaks of another arm or cohort: "Arm A: …; Arm B: …"."""
    labels = [
        match
        for match in SCOPE_LABEL.finditer(text, start, end)
        if match.start() == start or _is_stopped(text, match.start())
    ]
    if len(labels) < 2 or len({match["noun"].lower().rstrip("s") for match in labels}) > 1:
        return []
    return [match.start() for match in labels if match.start() > start]


def _labels(text: str, start: int, end: int) -> list[int]:
    """Return where the labels of the old oncology registry stand in a paragraph that has lost its lines."""
    labels = [match.start() for match in _PDQ.finditer(text, start, end)]
    return [at for at in labels if at > start] if len(labels) >= _FEW else []


def _pieces(text: str, lines: Sequence[Line], places: list[int], *, trusted: bool = True) -> list[list[Line]]:
    pieces: list[list[Line]] = [[]]
    waiting = list(places)
    for line in lines:
        rest: Line | None = line
        while rest is not None and waiting and waiting[0] < rest.end:
            at = waiting.pop(0)
            if at <= rest.start:
                tail: Line | None = rest
            else:
                head, tail = cut(text, rest, at, trusted=trusted)
                if head.start < head.end:
                    pieces[-1].append(head)
            pieces.append([])
            rest = None if tail is None else replace(tail, inline=True)
        if rest is not None:
            pieces[-1].append(rest)
    return [piece for piece in pieces if piece]
