"""The lines of an eligibility text: where they are, how deep they are indented, and their markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parser.outline.markers import Marker, believed, read_marker

_TAB = 8
_LINE = re.compile(r"[^\r\n]+")
_WORDS = re.compile(r"\S(?:[^\r\n]*\S)?")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of one line with a single marker at most.

    Attributes:
        start: First character that is not blank, the marker included.
        end: After the last character that is not blank.
        body: Where the words begin after the marker; equals `end` where there are none.
        indent: Column of `start`; a tab counts to the next multiple of 8.
        marker: Bullet, ordinal or both; None for a plain line.
        gap: Whether a blank line stands before it.
        inline: Whether it was cut out of a line that began earlier.
    """

    start: int
    end: int
    body: int
    indent: int
    marker: Marker | None = None
    gap: bool = False
    inline: bool = False

    @property
    def hang(self) -> int:
        """Column at which the words begin."""
        return self.indent + self.body - self.start


def read_lines(text: str) -> list[Line]:
    """Read the non-blank lines of a text, with the markers that are believed."""
    lines = list(_plain_lines(text))
    markers = believed(read_marker(text, line.start, line.end) for line in lines)
    return [marked(text, line, marker) for line, marker in zip(lines, markers, strict=True)]


def _plain_lines(text: str) -> Iterator[Line]:
    last_end: int | None = None
    for match in _LINE.finditer(text):
        left = len(match[0]) - len(match[0].lstrip())
        start, end = match.start() + left, match.start() + len(match[0].rstrip())
        if start >= end:
            continue
        gap = last_end is not None and _breaks(text, last_end, match.start()) > 1
        yield Line(start, end, start, _columns(text[match.start() : start]), gap=gap)
        last_end = end


def _breaks(text: str, start: int, end: int) -> int:
    between = text[start:end].replace("\r\n", "\n")
    return between.count("\n") + between.count("\r")


def _columns(blanks: str) -> int:
    return len(blanks.expandtabs(_TAB))


def marked(text: str, line: Line, marker: Marker | None) -> Line:
    """Give a line its marker; its words begin after it."""
    if marker is None:
        if line.marker is None and line.body == line.start:
            return line
        return replace(line, marker=None, body=line.start)
    body = marker.end
    while body < line.end and text[body].isspace():
        body += 1
    return replace(line, marker=marker, body=body)


def cut(text: str, line: Line, at: int, *, trusted: bool = False) -> tuple[Line, Line | None]:
    """Cut a line in two at a position inside its words.

    Args:
        text: The eligibility text.
        line: The line.
        at: Where the second half begins; it reads its own marker there.
        trusted: Whether that marker is believed without a neighbour.

    Returns:
        Both halves; None for the second where nothing is left for it.
    """
    head_end = at
    while head_end > line.start and text[head_end - 1].isspace():
        head_end -= 1
    while at < line.end and text[at].isspace():
        at += 1
    head = replace(line, end=head_end, body=min(line.body, head_end))
    if at >= line.end:
        return head, None
    tail = Line(at, line.end, at, line.indent, inline=True)
    marker = read_marker(text, at, line.end)
    return head, marked(text, tail, marker if trusted else believed([marker])[0])
