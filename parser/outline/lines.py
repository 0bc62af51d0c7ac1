"""The lines of an eligibility text: where they are, how deep they are indented, and their markers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parser.outline.markers import Marker, believed, read_marker

_TAB = 8
#: A line's words with the blanks after them; the blanks before them belong to its indentation.
_LINE = re.compile(r"\S[^\r\n]*")


@dataclass(slots=True)
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


def read_lines(text: str) -> list[Line]:
    """Read the non-blank lines of a text, with the markers that are believed."""
    lines: list[Line] = []
    unsure = False
    last_end = 0
    for match in _LINE.finditer(text):
        start = match.start()
        end = start + len(match[0].rstrip())
        line = Line(start, end, start, 0)
        if start != last_end:
            between = text[last_end:start]
            if between != "\n":
                line.indent = _indentation(between)
                line.gap = bool(lines) and _breaks(between) > 1
        marker = read_marker(text, start, end)
        if marker is not None:
            _give(text, line, marker)
            unsure = unsure or not marker.sure
        lines.append(line)
        last_end = end
    return _believed(text, lines) if unsure else lines


def _believed(text: str, lines: list[Line]) -> list[Line]:
    for line, marker in zip(lines, believed(line.marker for line in lines), strict=True):
        if marker is not line.marker:
            _give(text, line, marker)
    return lines


def _indentation(between: str) -> int:
    """Return the column after the blanks that end with a line's indentation."""
    blanks = between[max(between.rfind("\n"), between.rfind("\r")) + 1 :]
    return len(blanks.expandtabs(_TAB)) if "\t" in blanks else len(blanks)


def _breaks(between: str) -> int:
    if "\r" not in between:
        return between.count("\n")
    between = between.replace("\r\n", "\n")
    return between.count("\n") + between.count("\r")


def _give(text: str, line: Line, marker: Marker | None) -> None:
    """Give a line its marker; its words begin after it."""
    line.marker = marker
    if marker is None:
        line.body = line.start
        return
    body = marker.end
    while body < line.end and text[body].isspace():
        body += 1
    line.body = body


def marked(text: str, line: Line, marker: Marker | None) -> Line:
    """Return a line with another marker; its words begin after it."""
    line = replace(line)
    _give(text, line, marker)
    return line


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
