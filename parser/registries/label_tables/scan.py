"""A register's page by its labels: which words stand under which, in tables, headings, tabs and lines with a colon.

Unlike the listing pages, a register prints every field of its form, empty ones too, under a fixed label. So a label
is recognised wherever it stands alone (a cell, a heading, a line), and an unknown one ends the value above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parser.models.trial import AbsentReason, IdentifierScheme
from parser.models.values import Span
from parser.normalize.dates import DateOrder
from parser.reading.page import Block, Page
from parser.registries.label_tables.terms import FIELDS, PARTS, Field, key_of
from parser.registries.page.labels import Label
from parser.registries.page.sections import LOOSE, Entry, Piece, Stretch
from parser.registries.page.words import stripped

# A label is short, even the questions that some registers ask.
_LONGEST = 160
_HALVES = frozenset({"criteria", "inclusion", "exclusion"})
# Two labels side by side may be a label with a value that reads like one.
_LEAST_COLUMNS = 3
# The head of a table inside a field has labels of its own in all cells but one at most.
_LEAST_HEADS = 2
_TAB = re.compile(r"[^\t]+")
_TABS = re.compile("\t")
_COLON = re.compile("[:：]")
_BEYOND_LATIN = re.compile("[^\x00-\u024f\u2000-\u206f]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Convention:
    """How one register prints its records.

    Attributes:
        scheme: Of its identifiers.
        hint: Casefolded characters that each of its pages has, for a look before the labels are read.
        marks: Labels that no other register has all of, as `label_terms.key_of` makes them.
        labels: Label to field of `label_terms.FIELDS`.
        order: Which comes first in its numeric dates; None where the page says so beside them, or they begin with
            the year.
        years: Whether an age without a unit is in years.
        language: Of the words beside the English ones.
        tongues: Lines that say in which language the lines below them are.
        absent: Words of its own that say that there is no value.
        home: Code of the country that has numbers and a status of its own beside those of the whole study.
    """

    scheme: IdentifierScheme
    hint: str
    marks: frozenset[str]
    labels: Mapping[str, str]
    order: DateOrder | None = None
    years: bool = False
    language: str | None = None
    tongues: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, AbsentReason] = field(default_factory=dict)
    home: str | None = None


def cells_of(page: Page, start: int, end: int, block: Block) -> list[Span]:
    """Return the cells of a table row, or of a line that tabs divide; one span where it is neither."""
    if block.cells and start <= block.start:
        return [cell for cell in block.cells if cell[0] < cell[1]]
    found = [stripped(page.text, *match.span()) for match in _TAB.finditer(page.text, start, end)]
    return [cell for cell in found if cell[0] < cell[1]]


def columns_of(page: Page, start: int, end: int, block: Block) -> list[Span]:
    """Return the cells of a row in their columns, empty ones too."""
    if block.cells and start <= block.start:
        return list(block.cells)
    columns: list[Span] = []
    at = start
    for tab in (*_TABS.finditer(page.text, start, end), None):
        stop = tab.start() if tab else end
        columns.append(stripped(page.text, at, stop))
        at = stop + 1
    return columns


def lines_of(span: Span, block: Block) -> list[Piece]:
    """Return the lines of a cell, which the page may break."""
    ends = [place for place in block.breaks if span[0] < place < span[1]]
    pairs = zip([span[0], *(place + 1 for place in ends)], [*ends, span[1]], strict=True)
    return [Piece(start, end, block) for start, end in pairs]


def may_be_head(cells: Iterable[str], known: int, width: int) -> bool:
    """Tell whether a row may be the head of a table: labels in all cells but one at most, and none with a colon."""
    return known >= max(_LEAST_HEADS, width - 1) and not any(cell.rstrip().endswith((":", "：")) for cell in cells)


def look_up(words: str, forms: Mapping[str, str]) -> str | None:
    """Return what a label stands for: as a whole, or by its English or its other half where it is in two languages."""
    if len(words) > _LONGEST:
        return None
    key = key_of(words)
    if key in forms:
        return forms[key]
    if key.isascii():
        return None
    latin = key_of(_BEYOND_LATIN.sub(" ", key).replace("( )", " "))
    if latin in forms:
        return forms[latin]
    halves = [key_of(half) for half in key.split("/")] if key.count("/") == 1 else []
    if not _LATIN.match(key):
        halves.append(key_of(_LATIN.split(key, maxsplit=1)[0]))
    return next((forms[half] for half in halves if half in forms), None)


def scan(page: Page, convention: Convention) -> list[Entry]:
    """Return the labels of a page in their order, each with the words under it."""
    reading = _Scan(page, convention)
    for index, block in enumerate(page.blocks):
        reading.take(index, block)
    return _paired(page, reading.entries)


def _paired(page: Page, entries: list[Entry]) -> list[Entry]:
    """Join a field to the same one in the other language right below it; the English label names it."""
    joined: list[Entry] = []
    for entry in entries:
        last = joined[-1] if joined else None
        if last and last.label.name == entry.label.name and _is_other(page, last, entry):
            content = [*last.content, *entry.content]
            joined[-1] = Entry(last.label, entry.span, last.block, content, last.inline or entry.inline)
        else:
            joined.append(entry)
    return joined


def _is_other(page: Page, one: Entry, other: Entry) -> bool:
    """Tell whether two labels are in different languages: one of them in English."""
    ascii_words = [key_of(page.text[slice(*entry.span)]).isascii() for entry in (one, other)]
    return ascii_words == [False, True]


class _Scan:
    """Takes the blocks of a page one by one.

    Attributes:
        entries: The labels found so far; the last one is open and gets what is no label.
    """

    def __init__(self, page: Page, convention: Convention) -> None:
        self.entries: list[Entry] = []
        self._page = page
        self._labels = convention.labels
        self._half = "inclusion"
        self._table: Entry | None = None
        self._taken = -1
        self._columns: list[Entry] = []
        self._width: tuple[Entry, int] | None = None

    def take(self, index: int, block: Block) -> None:
        """Take the next block, unless it was taken with the one before it."""
        if index <= self._taken:
            return
        cells = cells_of(self._page, block.body, block.end, block)
        if len(cells) > 1:
            self._take_row(index, block, cells)
        elif (block.kind == "value" and not self._is_open_to_labels()) or not self._take_label(index, block):
            # On a text page the marker is a number or bullet of the value's own.
            start = block.start if self._page.format == "text" and block.kind == "item" else block.body
            self._add(Piece(start, block.body_end, block))

    def _is_open_to_labels(self) -> bool:
        """Tell whether the value of the open label may be labels with values itself."""
        if not self.entries:
            return False
        last = self.entries[-1]
        return last.label.name.startswith(("extra:", "heading")) or self._page.blocks[last.block].kind == "value"

    def _take_row(self, index: int, block: Block, cells: list[Span]) -> None:
        """Take a row: labels with their values side by side, or a row of the table under the label above."""
        width = len(columns_of(self._page, block.body, block.end, block))
        if self._is_table_row(block, cells, width):
            self._add(Piece(block.body, block.end, block))
        elif self._columns and width == len(self._columns):
            self._fill_columns(block)
        elif self._is_head(cells, width):
            self._open_columns(index, block)
        else:
            self._take_pairs(index, block, cells)

    def _is_table_row(self, block: Block, cells: list[Span], width: int) -> bool:
        """Tell whether a row belongs to the table of the open records: its head, or as wide as its head."""
        if not self.entries or self._shape() != "records":
            return False
        words = [self._page.text[slice(*cell)] for cell in cells]
        if may_be_head(words, sum(self._part(cell) is not None for cell in words), width):
            self._width = (self.entries[-1], width)
            return True
        known = self._known(self._page.text[slice(*cells[0])]) is not None
        return self._width == (self.entries[-1], width) and not (known and width == _LEAST_HEADS)

    def _is_head(self, cells: list[Span], width: int) -> bool:
        """Tell whether the cells of a row are labels whose values stand in the row below."""
        words = [self._page.text[slice(*cell)] for cell in cells]
        known = sum(self._known(cell) is not None for cell in words)
        return width >= _LEAST_COLUMNS and may_be_head(words, known, width)

    def _open_columns(self, index: int, block: Block) -> None:
        self._columns = []
        for cell in columns_of(self._page, block.body, block.end, block):
            if not self._opens(index, block, cell):
                self._open_unknown(index, cell)
            self._columns.append(self.entries[-1])

    def _fill_columns(self, block: Block) -> None:
        for entry, cell in zip(self._columns, columns_of(self._page, block.body, block.end, block), strict=True):
            if cell[0] < cell[1]:
                entry.content.extend(lines_of(cell, block))

    def _take_pairs(self, index: int, block: Block, cells: list[Span]) -> None:
        """Take a row of labels and values in turn; the other rows go to the open label."""
        self._columns = []
        if not self._opens(index, block, cells[0]):
            if self._is_unlabelled(block):
                self._open_unknown(index, cells[0])
            else:
                self._add(Piece(block.body, block.end, block))
                return
        for cell in cells[1:]:
            if self._opens(index, block, cell):
                continue
            for piece in lines_of(cell, block):
                self._add(piece, inline=True)

    def _is_unlabelled(self, block: Block) -> bool:
        """Tell whether a row whose first cell no vocabulary knows is a label with its value, not a row of a table."""
        if block.kind != "paragraph" or not self.entries:
            return block.kind == "paragraph"
        return bool(self.entries[-1].content) and self._shape() in {"line", "event", "period"}

    def _opens(self, index: int, block: Block, span: Span) -> bool:
        """Open the field whose label a cell is."""
        name = self._known(self._page.text[slice(*span)])
        if name is None:
            return False
        self._open(index, FIELDS[name], span)
        return True

    def _known(self, words: str) -> str | None:
        """Return the field that words label where they stand; the labels inside an open record are its own."""
        name = look_up(words, self._labels)
        if self._part(words) is not None and (name is None or not self._begins_records(name)):
            return None
        return self._half if name == "half" else name

    def _begins_records(self, name: str) -> bool:
        """Tell whether a label begins other records than the open ones, though its words label a part of these too."""
        return FIELDS[name].shape == "records" and name != self.entries[-1].label.name

    def _part(self, words: str) -> str | None:
        """Return the part that words label inside the open record."""
        parts = PARTS.get(self.entries[-1].label.name) if self.entries else None
        return look_up(words, parts) if parts else None

    def _take_label(self, index: int, block: Block) -> bool:
        """Open the field that a block labels, as a whole or before a colon; tell whether it does, or ends a value."""
        words = self._page.words(block)
        if block.kind != "item" and self._opens(index, block, _undecorated(self._page, block)):
            return True
        if self._before_colon(index, block, words) or self._broken(index, block):
            return True
        if block.kind == "label" and not self._holds(index, words):
            self._open_unknown(index, _undecorated(self._page, block))
            return True
        if block.kind == "heading" and self._shape() == "records" and words.strip(" .#").isdigit():
            return True
        if block.kind == "heading" and self._ends_at(block) and self._part(words) is None:
            self._open(index, FIELDS["heading"], (block.body, block.body_end))
            return True
        return False

    def _broken(self, index: int, block: Block) -> bool:
        """Open the field whose label a line break divides."""
        following = self._page.blocks[index + 1 : index + 2]
        if block.kind != "paragraph" or not following or following[0].kind != "paragraph":
            return False
        span = (block.body, following[0].body_end)
        words = self._page.text[span[0] : min(span[1], span[0] + _LONGEST + 1)]
        if key_of(words) not in self._labels or self._known(words) is None:
            return False
        self._taken = index + 1
        return self._opens(index, block, span)

    def _before_colon(self, index: int, block: Block, words: str) -> bool:
        """Open the field labelled by the words before a colon, the last colon that gives one."""
        for match in reversed(list(_COLON.finditer(words, 0, _LONGEST))):
            name = self._known(words[: match.start()])
            if name is None or self._is_criterion(name, block):
                continue
            self._open(index, FIELDS[name], stripped(self._page.text, block.body, block.body + match.start(), " *_"))
            start, end = stripped(self._page.text, block.body + match.end(), block.body_end)
            if start < end:
                self._add(Piece(start, end, block), inline=True)
            return True
        return False

    def _is_criterion(self, name: str, block: Block) -> bool:
        """Tell whether a line `Age: 18 or older` is one of the criteria above it and no field of the page."""
        if block.kind == "item":
            return True
        own = name in ("conditions", "interventions") or FIELDS[name].section == "eligibility"
        return own and self._shape() == "criteria" and not self.entries[-1].inline and name not in _HALVES

    def _holds(self, index: int, words: str) -> bool:
        """Tell whether a label cell belongs to the open record: a label of its own, or a row of its table."""
        if not self.entries or self._shape() != "records":
            return False
        if self._part(words) is not None:
            following = self._page.blocks[index + 1 : index + 2]
            if following and self._part(self._page.words(following[0])) is not None:
                self._table = self.entries[-1]
            return True
        content = self.entries[-1].content
        if len(content) == 1 and content[0].block.kind == "value" and self._part(self._page.words(content[0].block)):
            self._table = self.entries[-1]
        return self._table is self.entries[-1]

    def _ends_at(self, block: Block) -> bool:
        """Tell whether a heading that no vocabulary knows ends the open field."""
        if not self.entries or self._shape() != "criteria":
            return True
        own = self._page.blocks[self.entries[-1].block]
        return own.kind == "heading" and block.level <= own.level

    def _shape(self) -> str:
        if not self.entries:
            return "line"
        known = FIELDS.get(self.entries[-1].label.name)
        return known.shape if known else "line"

    def _open(self, index: int, known: Field, span: Span) -> None:
        if known.name in ("inclusion", "exclusion"):
            self._half = known.name
        self.entries.append(Entry(known.label, span, index))

    def _open_unknown(self, index: int, span: Span) -> None:
        label = Label(f"extra:{index}", "other", floating=True)
        self.entries.append(Entry(label, span, index))

    def _add(self, piece: Piece, *, inline: bool = False) -> None:
        if not self.entries:
            self.entries.append(Entry(LOOSE, (piece.start, piece.start), 0))
        entry = self.entries[-1]
        if inline and not entry.content:
            entry.inline = True
        if piece.start < piece.end:
            entry.content.append(piece)


def _undecorated(page: Page, block: Block) -> Span:
    """Return where a label's words stand, without marks of emphasis and the colon."""
    return stripped(page.text, block.body, block.body_end, " \t\xa0*_:：#")


def sections_of(page: Page, entries: list[Entry]) -> tuple[Stretch, ...]:
    """Join the fields to sections that tile the page."""
    stretches: list[Stretch] = []
    for index, entry in enumerate(entries):
        last = (entries[index + 1].block if index + 1 < len(entries) else len(page.blocks)) - 1
        if not stretches:
            last = max(last, entry.block)
        if stretches and (entry.label.floating or entry.label.section == stretches[-1].kind):
            stretches[-1].last = max(stretches[-1].last, last)
        elif stretches and last < entry.block:
            continue
        elif stretches and entry.block <= stretches[-1].last:
            stretches[-1].last = max(stretches[-1].last, last)
        else:
            heading = None if entry.label is LOOSE else entry.span
            stretches.append(Stretch(entry.label.section, entry.block, last, heading))
    return tuple(stretches)
