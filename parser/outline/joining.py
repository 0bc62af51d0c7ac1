"""From lines to entries: headings told apart, soft-wrapped lines joined, run-on lines cut.

An entry is one heading or one criterion-to-be, with the lines it came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parser.outline.boilerplate import boilerplate_tail
from parser.outline.headings import Heading, has_colon, read_heading
from parser.outline.lines import Line, cut
from parser.outline.runs import cut_runs

#: Widths between which a text counts as hard-wrapped. Registries wrap at 80 to 100 columns; lines that are longer
#: were never wrapped.
_WRAP_WIDTHS = (60, 115)
_HEADING_REACH = 110
_CONNECTOR = re.compile(r"(?:and/or|and|or|&|plus)[.,;:]?", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:[,(/&≥≤<>=+]|\b(?:and|or|of|the|a|an|in|to|with|by|for|from|at|on|as|than|is|are|be|that|which|within|"
    r"between|least|prior|not|no|any|other|who|has|have|had|per|due|if|but|were|was|must|will|may|their|its|his|her))$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entry:
    """A heading, or the first and further lines of one criterion.

    Attributes:
        lines: In text order; only the first may have a marker.
        heading: What the heading says; None for a criterion.
    """

    lines: list[Line]
    heading: Heading | None = None

    @property
    def line(self) -> Line:
        """The line it begins on."""
        return self.lines[0]

    def is_wordless(self, text: str) -> bool:
        """Tell whether it has no letter and no digit: a marker alone, a ruled line."""
        return not any(character.isalnum() for character in text[self.start : self.end])

    @property
    def start(self) -> int:
        """Where its words begin."""
        first = self.lines[0]
        if first.body < first.end:
            return first.body
        return next((line.body for line in self.lines if line.body < line.end), first.end)

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.lines[-1].end


def read_entries(text: str, lines: Sequence[Line], breaks: frozenset[int] = frozenset()) -> list[Entry]:
    """Make entries of lines.

    Args:
        text: The eligibility text.
        lines: Its lines.
        breaks: Positions that nothing may be joined across, such as the start of another field.
    """
    width = _wrap_width(lines)
    entries: list[Entry] = []
    for line in _with_headings_cut(text, lines):
        heading = _heading_of(text, line)
        last = entries[-1] if entries else None
        if heading is not None and not (last is not None and _is_tail(text, last, line, width)):
            entries.append(Entry([line], heading))
        elif last is not None and line.start not in breaks and _continues(text, last, line, width):
            last.lines.append(line)
        else:
            entries.append(Entry([line]))
    return [piece for entry in entries for piece in _cut_entry(text, entry)]


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the column at which a text was hard-wrapped; None where it was not."""
    widest = max((line.indent + line.end - line.start for line in lines), default=0)
    low, high = _WRAP_WIDTHS
    return widest if low <= widest <= high else None


def _with_headings_cut(text: str, lines: Sequence[Line]) -> list[Line]:
    """Cut lines that hold a heading and its first item, or a heading in their middle."""
    pieces: list[Line] = []
    for line in lines:
        rest: Line | None = line
        while rest is not None:
            at = _heading_end(text, rest)
            if at is None:
                pieces.append(rest)
                break
            head, rest = cut(text, rest, at)
            pieces.append(head)
    return pieces


_MIDDLE = re.compile(
    r"(?<=[.;:,)。；])\s*(?=(?:\*\*)?(?:Key |Main |Major )?(?:Exclusion|EXCLUSION|Inclusion|INCLUSION|Non-inclusion) "
    r"(?:Criteria|CRITERIA|criteria)\s?[:：])|(?=(?:Exclusion|EXCLUSION) (?:Criteria|CRITERIA|criteria)\s?[:：])"
)


def _heading_end(text: str, line: Line) -> int | None:
    """Return where the heading ends that the line begins with, or where one begins further on."""
    reach = min(line.end, line.body + _HEADING_REACH)
    at = line.body
    for _ in range(2):
        colon = _first_colon(text, at, reach)
        if colon is None:
            break
        found = read_heading(text[line.body : colon + 1], marked=line.marker is not None)
        if found is not None and found.kind is not None and not found.sentence:
            return colon + 1 if text[colon + 1 : line.end].strip(" *_") else None
        at = colon + 1
    if text.find("riteria", line.body, line.end) < 0 and text.find("RITERIA", line.body, line.end) < 0:
        return None  # most lines; the pattern would try every blank of them
    match = _MIDDLE.search(text, line.body + 1, line.end)
    return match.end() if match is not None and line.body < match.end() < line.end else None


def _first_colon(text: str, start: int, end: int) -> int | None:
    found = [at for at in (text.find(":", start, end), text.find("：", start, end)) if at >= 0]
    return min(found, default=None)


def _heading_of(text: str, line: Line) -> Heading | None:
    if line.body >= line.end:
        return None
    return read_heading(text[line.body : line.end], marked=line.marker is not None)


def _is_tail(text: str, last: Entry, line: Line, width: int | None) -> bool:
    """Tell whether heading words are the wrapped end of a criterion: "… such patients will be / excluded"."""
    hanging = text[line.body].islower() or line.indent > last.line.indent
    return hanging and line.marker is None and _continues(text, last, line, width)


def _continues(text: str, last: Entry, line: Line, width: int | None) -> bool:
    """Tell whether a line goes on with the criterion before it."""
    if last.heading is not None or line.inline:
        return False
    body = text[line.body : line.end]
    if line.marker is None and _CONNECTOR.fullmatch(body):
        return True
    before = last.lines[-1]
    if before.body >= before.end:
        return line.marker is None
    if line.gap or line.marker is not None:
        return False
    words = text[before.body : before.end]
    if has_colon(words):
        return False
    if last.line.marker is not None:
        return _continues_marked(words, body, last, line, width)
    wrapped = width is not None and _would_not_fit(body, before, width)
    if wrapped and line.indent >= before.indent:
        return body[0].islower() or _is_unfinished(words) or words[-1] not in ".;:"
    return body[0].islower() and _is_unfinished(words) and abs(line.indent - before.indent) <= 1


def _continues_marked(words: str, body: str, last: Entry, line: Line, width: int | None) -> bool:
    """A plain line after a marked item: its hanging indentation, or its words, say that it goes on."""
    if line.indent > last.line.indent:
        return width is not None or body[0].islower() or _is_unfinished(words)
    return body[0].islower() or _is_unfinished(words)


def _would_not_fit(body: str, before: Line, width: int) -> bool:
    """Tell whether the first word of the line had no room on the line before it."""
    word = body.split(None, 1)[0]
    return before.indent + (before.end - before.start) + 1 + len(word) > width


def _is_unfinished(words: str) -> bool:
    return _UNFINISHED.search(words, max(0, len(words) - 12)) is not None


def _cut_entry(text: str, entry: Entry) -> list[Entry]:
    """Cut boilerplate off the end of a criterion, and run-on lists apart."""
    if entry.heading is not None or entry.start >= entry.end:
        return [entry]
    pieces = cut_runs(text, entry.lines)
    tail = boilerplate_tail(text[entry.start : entry.end])
    if tail is not None:
        at = entry.start + tail
        pieces = [*pieces[:-1], *_cut_lines(text, pieces[-1], at)] if at > pieces[-1][0].body else pieces
    return [Entry(lines) for lines in pieces]


def _cut_lines(text: str, lines: list[Line], at: int) -> list[list[Line]]:
    before = [line for line in lines if line.end <= at]
    after = [line for line in lines if line.start >= at]
    for line in lines:
        if line.start < at < line.end:
            head, tail = cut(text, line, at)
            return [[*before, head], [tail, *after]] if tail is not None else [[*before, head]]
    return [piece for piece in (before, after) if piece]
