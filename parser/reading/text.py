"""Plain text and Markdown to a `Page`: one block a non-blank line.

What is read of Markdown (CommonMark 0.31) is what registry pages saved as text use: headings with hashes or
underlined, list items, table rows. Everything else is a paragraph. The text is kept to the character; only spans
leave the marks out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from parser.models import Limits
from parser.reading.page import Block, Page
from parser.text import BLANKS, LINE_BREAKS, ZERO_WIDTH

_BLANK: Final = f"[{BLANKS}]"
_LINE: Final = re.compile(f"[^{LINE_BREAKS}]+")

# `-`, `*`, `+` and dashes are markers only before a blank; a bullet glyph is one in any case.
_MARKER: Final = re.compile(
    rf"(?:[-*+–—·](?={_BLANK})|[•●○▪◦‣⁃∙■□]|[0-9]{{1,3}}[.)](?={_BLANK})){_BLANK}*(?=[^{BLANKS}])"
)
_MARKER_STARTS: Final = frozenset("-*+–—·•●○▪◦‣⁃∙■□0123456789")

_HASHES: Final = re.compile(rf"(#{{1,6}}){_BLANK}+(?=[^{BLANKS}])")
# Two characters may be a typing habit; three are an underline.
_UNDERLINE_LENGTH: Final = 3


class Line(NamedTuple):
    """Where a line's words lie in the text, and how far they are indented."""

    start: int
    end: int
    indent: int


def read_text(text: str, limits: Limits) -> Page:
    """Read plain text or Markdown.

    Args:
        text: The decoded input; `Page.text` is this very text, cut after the last block where `truncated`.
        limits: `blocks` cuts the page, `depth` caps the level of list items.
    """
    blocks: list[Block] = []
    truncated = False
    depths: list[int] = []
    for line in lines_of(text):
        if blocks and _underlines(text, blocks[-1], line):
            blocks[-1] = _underlined(text, blocks[-1], line)
            continue
        if len(blocks) >= limits.blocks:
            truncated = True
            break
        block = block_of_line(text, line.start, line.end, indent=line.indent)
        depth = item_depth(depths, block)
        if block.kind == "item" and depth > 1:
            block = replace(block, level=min(depth, limits.depth))
        blocks.append(block)
    return Page(text[: blocks[-1].end] if truncated else text, tuple(blocks), "text", truncated=truncated)


def block_of_line(text: str, start: int, end: int, *, indent: int = 0) -> Block:
    """Return the block of the line whose words are `text[start:end]`, no blank at either end; an item has level 1.

    Args:
        text: What the span indexes.
        start: First character of the line's words.
        end: After the last.
        indent: Columns before the words.
    """
    first = text[start]
    if first in _MARKER_STARTS and (marker := _MARKER.match(text, start, end)):
        return Block("item", start, end, 1, body=marker.end(), indent=indent)
    if first == "#" and (hashes := _HASHES.match(text, start, end)):
        words_end = _without_closing_hashes(text, hashes.end(), end)
        return Block("heading", start, end, len(hashes[1]), hashes.end(), indent, body_end=words_end)
    if first == "|" and text[end - 1] == "|" and end - start > 1:
        return Block("row", start, end, indent=indent, cells=_cells(text, start, end))
    return Block("paragraph", start, end, indent=indent)


def item_depth(depths: list[int], block: Block) -> int:
    """Return the depth that a block's indentation gives it, from 1.

    Args:
        depths: Indentations of the items that are open, outermost first; brought up to date.
        block: The next line.
    """
    while depths and depths[-1] >= block.indent:
        depths.pop()
    depth = len(depths) + 1
    if block.kind == "item":
        depths.append(block.indent)
    return depth


def lines_of(text: str) -> Iterator[Line]:
    """Yield the non-blank lines."""
    for match in _LINE.finditer(text):
        line = match[0]
        words = line.lstrip(BLANKS)
        if not words:
            continue
        before = len(line) - len(words)
        start = match.start() + before
        yield Line(start, start + len(words.rstrip(BLANKS)), _columns(line[:before]) if before else 0)


def _columns(blanks: str) -> int:
    """Count the columns of an indentation; a tab goes on to the next multiple of 8, zero-width marks take none."""
    if any(mark in blanks for mark in ZERO_WIDTH):
        blanks = blanks.translate(dict.fromkeys(map(ord, ZERO_WIDTH)))
    return len(blanks.expandtabs(8)) if "\t" in blanks else len(blanks)


def _underlines(text: str, above: Block, line: Line) -> bool:
    """Tell whether a line is nothing but the underline of the heading or of the table head right above it."""
    first = text[line.start]
    if first not in "=-|" or line.end - line.start < _UNDERLINE_LENGTH or above.body_end != above.end:
        return False
    if not _adjacent(text, above.end, line.start):
        return False
    words = text[line.start : line.end]
    if first == "|":
        return above.kind == "row" and words[-1] == "|" and "-" in words and not words.strip("|-: \t")
    return above.kind == "paragraph" and not words.strip(first)


def _adjacent(text: str, above_end: int, start: int) -> bool:
    """Tell whether a single line break lies between two lines; blanks longer than any margin say no."""
    between = text[above_end:start] if start - above_end < 80 else ""
    return between.strip(" \t\u00a0") in ("\n", "\r\n", "\r")


def _underlined(text: str, above: Block, line: Line) -> Block:
    """Take an underline into the block above: a heading's, or a table head's."""
    level = {"=": 1, "-": 2}.get(text[line.start], 0)
    kind = "heading" if level else above.kind
    return Block(kind, above.start, line.end, level, above.body, above.indent, above.cells, above.end)


def _without_closing_hashes(text: str, body: int, end: int) -> int:
    """Return where a heading's words end before its closing hashes, which follow a blank (CommonMark 4.2)."""
    words = text[body:end]
    opened = words.rstrip("#")
    if opened and opened != words and opened[-1] in BLANKS:
        return body + len(opened.rstrip(BLANKS))
    return end


def _cells(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the spans of a Markdown table row's cells; an escaped bar is part of a cell."""
    cells: list[tuple[int, int]] = []
    at = start + 1
    for bar in range(start + 1, end):
        if text[bar] == "|" and text[bar - 1] != "\\":
            left = at + len(text[at:bar]) - len(text[at:bar].lstrip(BLANKS))
            cells.append((left, max(left, at + len(text[at:bar].rstrip(BLANKS)))))
            at = bar + 1
    return tuple(cells)
