"""From a stream of start tags, end tags and text to the lines that a reader of the page sees.

`Layout` is fed by a walk over the DOM (`html`), whichever library built it. Lines are made first and classified as
they end; the lines of a table's cells wait until their row ends, because only then is it known whether the row is a
label with its value, a row of a wider table, or a frame that merely places things side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, Literal, NamedTuple

from parser.reading.elements import HEADINGS, LISTS, PREFORMATTED, ROLES, is_block
from parser.reading.page import Block, BlockKind
from parser.reading.text import block_of_line, item_depth, lines_of
from parser.text import BLANKS

#: Block elements that say what their text is; the others only begin a line.
_TELLING: Final = frozenset((*HEADINGS, *LISTS, *PREFORMATTED, "li", "dt", "dd", "tr", "td", "th"))

# Invisible in a browser, and in the way of every match. Joiners stay: Persian words need them.
_DROPPED: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_EXPONENT: Final = re.compile(r"[-−–+]?[0-9]{1,2}\Z")
_POWER_OF: Final = re.compile(r"(?:(?<![0-9.,])10|(?<![a-zA-Z])[cdkm]?m|(?<![a-zA-Z])s)\s?\Z")


@dataclass(slots=True)
class _Line:
    """A line of the page before its place in the text is known; offsets count from its own beginning."""

    kind: BlockKind
    text: str
    level: int = 0
    body: int = 0
    indent: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    breaks: tuple[int, ...] = ()
    soft: bool = False
    """Whether a mere `<br>` parts it from the line above."""


@dataclass(slots=True)
class _Item:
    """An open list item; its first line is the item, the others continue it."""

    depth: int
    started: bool = False


@dataclass(slots=True)
class _Row:
    """An open table row: the lines of each cell, and whether it is a header cell."""

    cells: list[tuple[bool, list[_Line]]] = field(default_factory=list)
    in_cell: bool = False


class _Context(NamedTuple):
    """What an open block element makes of the text in it."""

    kind: BlockKind = "paragraph"
    level: int = 0
    item: _Item | None = None
    preformatted: bool = False
    lists: int = 0


#: What has to be done when an element ends; inline elements do nothing.
_Closing = Literal["inline", "superscript", "block", "row", "cell", "header cell"]


class Layout:
    """Collects the lines of a page.

    Feed it `start`, `data` and `end` in document order, every start with its end; then take `finish`.
    """

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._contexts: list[_Context] = [_Context()]
        self._opened: list[_Closing] = []
        self._pieces: list[str] = []
        self._soft = False
        self._lines: list[_Line] = []
        self._outer: list[list[_Line]] = []
        self._rows: list[_Row] = []
        self._superscript = -1

    @property
    def any(self) -> bool:
        """Whether anything is seen so far."""
        return bool(self._lines or self._outer or self._rows or self._pieces)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        role = attributes.get("role") if attributes else None
        if role is not None:
            tag = f"h{_level(attributes)}" if role == "heading" else ROLES.get(role, tag)
        closing: _Closing = "inline"
        if is_block(tag):
            if self._pieces or self._soft:
                self._flush()
            if tag in _TELLING:
                closing = self._open(tag)
            else:
                self._contexts.append(self._contexts[-1])
                closing = "block"
        elif tag == "br":
            self._break_line()
        elif tag == "sup":
            self._superscript = len(self._pieces)
            closing = "superscript"
        self._opened.append(closing)

    def data(self, text: str) -> None:
        """Take text."""
        if self._pieces or not text.isspace() or self._contexts[-1].preformatted:
            self._pieces.append(text)

    def end(self) -> None:
        """Take the end of the element that was started last."""
        if not self._opened:
            return
        closing = self._opened.pop()
        if closing == "inline":
            return
        if closing == "superscript":
            self._raise()
            return
        if self._pieces or self._soft:
            self._flush()
        self._contexts.pop()
        if closing == "row":
            self._lines.extend(_row_lines(self._rows.pop().cells))
        elif closing != "block":
            self._close_cell(header=closing == "header cell")

    def finish(self, limit: int) -> tuple[str, tuple[Block, ...], bool]:
        """Return the page's text, its blocks, and whether there were more than `limit`."""
        while self._opened:
            self.end()
        self._flush()
        kept = self._lines[:limit]
        blocks: list[Block] = []
        at = 0
        for line in kept:
            end = at + len(line.text)
            cells = tuple((at + left, at + right) for left, right in line.cells)
            breaks = tuple(at + place for place in line.breaks)
            blocks.append(Block(line.kind, at, end, line.level, at + line.body, line.indent, cells, end, breaks))
            at = end + 1
        return "\n".join(line.text for line in kept), tuple(blocks), len(self._lines) > limit

    def _open(self, tag: str) -> _Closing:
        """Open a block element: what it makes of the text in it, and what its end will have to do."""
        around = self._contexts[-1]
        if tag in ("td", "th") and self._rows and not self._rows[-1].in_cell:
            self._rows[-1].in_cell = True
            self._outer.append(self._lines)
            self._lines = []
            plain = around.kind == "paragraph" and around.item is None
            self._contexts.append(around if plain else around._replace(kind="paragraph", level=0, item=None))
            return "header cell" if tag == "th" else "cell"
        if tag == "tr":
            self._rows.append(_Row())
        self._contexts.append(_inside(tag, around, self._depth))
        return "row" if tag == "tr" else "block"

    def _close_cell(self, *, header: bool) -> None:
        row = self._rows[-1]
        row.cells.append((header, self._lines))
        row.in_cell = False
        self._lines = self._outer.pop()

    def _break_line(self) -> None:
        """Take a `<br>`: a heading and a label stay one line."""
        context = self._contexts[-1]
        if context.preformatted:
            self._pieces.append("\n")
        elif context.kind in ("heading", "label"):
            self._pieces.append(" ")
        else:
            self._flush()
            self._soft = True

    def _raise(self) -> None:
        """Write an exponent as `10^9`: its raised digits would read as `109`."""
        at, self._superscript = self._superscript, -1
        if not 0 <= at < len(self._pieces):
            return
        if _EXPONENT.match("".join(self._pieces[at:]).strip()) and _POWER_OF.search("".join(self._pieces[:at])[-8:]):
            self._pieces.insert(at, "^")

    def _flush(self) -> None:
        """End the line."""
        soft, self._soft = self._soft, False
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        context = self._contexts[-1]
        if context.preformatted and context.kind == "paragraph" and context.item is None:
            self._lines.extend(_preformatted(text, self._depth))
        elif words := _collapsed(text):
            self._lines.append(_line(words, context, soft))


def _inside(tag: str, around: _Context, depth: int) -> _Context:
    """Return what a block element makes of the text in it, given those around it; most make nothing new of it."""
    if tag in HEADINGS:
        return around._replace(kind="heading", level=HEADINGS[tag])
    if tag in LISTS:
        return around._replace(kind="paragraph", lists=around.lists + 1)
    if tag == "li":
        lists = max(around.lists, 1)
        return around._replace(kind="paragraph", item=_Item(min(lists, depth)), lists=lists)
    if tag in ("dt", "dd"):
        return around._replace(kind="label" if tag == "dt" else "value", level=0)
    return around._replace(preformatted=True) if tag in PREFORMATTED else around


def _line(words: str, context: _Context, soft: bool) -> _Line:
    """Classify a line by the elements around it."""
    if context.kind == "heading":
        return _Line("heading", words, context.level)
    item = context.item
    if context.kind != "paragraph" or item is None:
        return _Line(context.kind, words, soft=soft)
    kind: BlockKind = "paragraph" if item.started else "item"
    item.started = True
    return _Line(kind, words, item.depth, soft=soft)


def _collapsed(text: str) -> str:
    """Return text as a browser shows it: runs of blanks, no-break ones too, as one space."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(text.translate(_DROPPED).split()).strip(BLANKS)


def _preformatted(text: str, limit: int) -> list[_Line]:
    """Read the lines of preformatted text as plain text is read, indentation and markers included."""
    lines: list[_Line] = []
    depths: list[int] = []
    for found in lines_of(text):
        words = _collapsed(text[found.start : found.end])
        if not words:
            continue
        block = block_of_line(words, 0, len(words), indent=found.indent)
        level = min(item_depth(depths, block), limit) if block.kind == "item" else block.level
        kind: BlockKind = block.kind if block.kind == "item" else "paragraph"
        lines.append(
            _Line(kind, words, level if kind == "item" else 0, block.body if kind == "item" else 0, found.indent)
        )
    return lines


def _row_lines(cells: list[tuple[bool, list[_Line]]]) -> list[_Line]:
    """Return the lines of a table row, by what its cells hold."""
    contents = [lines for _, lines in cells]
    if len(cells) == 2 and not all(header for header, _ in cells):
        if _is_single(contents[0]) and all(line.kind in ("paragraph", "value", "item") for line in contents[1]):
            return _labelled(contents[0], contents[1])
    elif len(cells) > 1 and all(map(_is_single, contents)):
        return _wide_row(contents)
    return [line for lines in contents for line in lines]


def _is_single(lines: list[_Line]) -> bool:
    """Tell whether a cell holds no more than one paragraph, its `<br>` apart."""
    return all(line.kind == "paragraph" and line.level == 0 for line in lines) and all(line.soft for line in lines[1:])


def _labelled(label: list[_Line], value: list[_Line]) -> list[_Line]:
    for line in value:
        if line.kind == "paragraph" and line.level == 0:
            line.kind = "value"
    words = " ".join(line.text for line in label)
    return [_Line("label", words), *value] if words else value


def _wide_row(contents: list[list[_Line]]) -> list[_Line]:
    """Join a row's cells by tabs; an empty cell keeps its place in `cells` but not in the text."""
    text = ""
    cells: list[tuple[int, int]] = []
    breaks: list[int] = []
    for lines in contents:
        words = " ".join(line.text for line in lines)
        if words and text:
            text += "\t"
        cells.append((len(text), len(text) + len(words)))
        ends = accumulate(len(line.text) + 1 for line in lines[:-1])
        breaks.extend(len(text) + end - 1 for end in ends)
        text += words
    return [_Line("row", text, cells=tuple(cells), breaks=tuple(breaks))] if text else []


def _level(attributes: Mapping[str, str]) -> int:
    """Return a heading's `aria-level`; 2 where there is none (WAI-ARIA 1.2), 6 at most."""
    level = attributes.get("aria-level", "2").strip()
    return min(int(level), 6) if level.isascii() and level.isdigit() and len(level) < 4 and int(level) else 2
