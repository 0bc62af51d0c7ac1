"""The words under a register's labels: their language, whether they are a value, and the records in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parser.models.trial import AbsentReason
from parser.models.values import Span
from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_name
from parser.reading.page import Page
from parser.registries.label_tables.scan import Convention, columns_of, lines_of, look_up, may_be_head
from parser.registries.label_tables.terms import PARTS, key_of
from parser.registries.page.sections import Entry, Piece
from parser.registries.page.words import clean, stripped, words_of
from parser.registries.record import RecordBuilder

#: The part that holds the words of a record that stand under no label of their own.
MAIN = "main"
# Share of letters beyond the Latin script from which on words are in the other language.
_MOSTLY = 0.5
_LAST_LATIN = "\u024f"
_BOTH = re.compile("([^\x00-\u024f][^A-Za-z/\n]{0,200}?)\\s*/\\s*([A-Za-z][\x00-\u024f]{0,200})")
# A label alone above its value is no table.
_LEAST_COLUMNS = 2
# `No of Sites = 2` above a table says nothing that the table does not.
_COUNT = re.compile(r"No\.? of [A-Za-z ]{3,40}=\s*\d{1,4}")


@dataclass(frozen=True, slots=True)
class Form:
    """A register's page laid out, and the record that is made of it.

    Attributes:
        page: The page.
        record: Gets the fields.
        convention: The register's.
        entries: The labels of the page with the words under them.
    """

    page: Page
    record: RecordBuilder
    convention: Convention
    entries: Sequence[Entry]

    def all(self, *names: str) -> list[Entry]:
        """Return the entries of some fields, in page order."""
        return [entry for entry in self.entries if entry.label.name in names]

    def absence(self, words: str) -> AbsentReason | None:
        """Return why a value is missing, when its words say so."""
        return self.convention.absent.get(key_of(words)) or absent_reason(words)


@dataclass(slots=True)
class Value:
    """The words of a field.

    Attributes:
        pieces: In the language that is read: English, or the only one there is.
        others: In other languages: tag and words.
    """

    pieces: list[Piece] = field(default_factory=list)
    others: list[tuple[str, list[Piece]]] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Where the words stand, from the first to the last."""
        return (self.pieces[0].start, self.pieces[-1].end)


def value_of(form: Form, pieces: Sequence[Piece]) -> Value:
    """Part the words under a label by language; what stands beside English is kept as its translation."""
    value = Value()
    tongue: str | None = None
    for piece in _halved(form, pieces):
        words = words_of(form.page, piece)
        if (marked := form.convention.tongues.get(key_of(words))) is not None:
            tongue = marked
            continue
        language = tongue or _language(words, form.convention)
        if language is None or language == "en":
            value.pieces.append(piece)
        elif value.others and value.others[-1][0] == language:
            value.others[-1][1].append(piece)
        else:
            value.others.append((language, [piece]))
    if not value.pieces and value.others:
        value.pieces = value.others.pop(0)[1]
    return value


def _halved(form: Form, pieces: Sequence[Piece]) -> list[Piece]:
    """Part lines that say the same in both languages: `日本/Japan`."""
    if form.convention.language is None:
        return list(pieces)
    halves: list[Piece] = []
    for piece in pieces:
        match = _BOTH.fullmatch(form.page.text, piece.start, piece.end)
        spans = [match.span(1), match.span(2)] if match else [(piece.start, piece.end)]
        halves += [Piece(*span, piece.block) for span in spans]
    return halves


def _language(words: str, convention: Convention) -> str | None:
    """Return the register's other language where most letters are not of the Latin script."""
    if convention.language is None or words.isascii():
        return None
    letters = [character for character in words if character.isalpha()]
    beyond = sum(character > _LAST_LATIN for character in letters)
    return convention.language if beyond > _MOSTLY * len(letters) else None


def merged(form: Form, *names: str) -> Value:
    """Return the words of the first entry of some fields that has any in English, with the other language's beside."""
    filled = [value for value in (value_of(form, entry.content) for entry in form.all(*names)) if value.pieces]
    if not filled:
        return Value()
    chosen = next((value for value in filled if not _is_foreign(form, value)), filled[0])
    others: list[tuple[str, list[Piece]]] = []
    for value in filled:
        if value is not chosen and _is_foreign(form, value):
            others.append((form.convention.language or "und", value.pieces))
        others.extend(value.others)
    return Value(chosen.pieces, others)


def _is_foreign(form: Form, value: Value) -> bool:
    return bool(value.pieces) and _language(words_of(form.page, value.pieces[0]), form.convention) is not None


def set_words(form: Form, pointer: str, value: Value, *, separator: str = " ") -> str | None:
    """Set a value from words, with its translations, or note why there is none.

    Args:
        form: The page.
        pointer: Where the value goes.
        value: The words.
        separator: Between lines.

    Returns:
        The value; None where there is none.
    """
    if not value.pieces:
        form.record.miss(pointer, "label_only")
        return None
    words = separator.join(words_of(form.page, piece) for piece in value.pieces)
    if reason := form.absence(words):
        form.record.miss(pointer, reason, span=value.span)
        return None
    form.record.set(pointer, words, span=value.span)
    translate(form, pointer, value, separator=separator)
    return words


def translate(form: Form, pointer: str, value: Value, *, separator: str = " ") -> None:
    """Keep the words in other languages of the value at a pointer."""
    for language, pieces in value.others:
        at = form.record.next("/translations")
        words = separator.join(words_of(form.page, piece) for piece in pieces)
        form.record.set(f"{at}/pointer", pointer)
        form.record.set(f"{at}/language", language)
        form.record.set(f"{at}/text", words, span=(pieces[0].start, pieces[-1].end))


def first_line(form: Form, value: Value) -> Value:
    """Return a value of one line: of a text page the first, whose following lines may be anything."""
    if form.page.format == "text":
        return Value(_same_line(value.pieces), [(language, _same_line(pieces)) for language, pieces in value.others])
    return value


def _same_line(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.block is pieces[0].block]


Record = dict[str, list[Piece]]
Row = list[list[Piece]]


def records_of(form: Form, entry: Entry) -> list[Record]:
    """Return the records under a label, each by the labels inside it; words under none of them are its `MAIN` part."""
    reading = _Records(form, entry)
    rows = _rows(form.page, entry.content)
    rows = reading.in_columns(rows) or rows
    if reading.takes_second_head(rows[:2]):
        rows = rows[1:]
    for row in rows:
        reading.take(row)
    return [record for record in reading.records if any(record.values())]


def _rows(page: Page, pieces: Sequence[Piece]) -> list[Row]:
    """Return the lines under a label by their cells; a label cell is followed by its value."""
    rows: list[Row] = []
    for piece in pieces:
        if piece.block.kind == "value" and rows and rows[-1][0] and rows[-1][0][0].block.kind == "label":
            if len(rows[-1]) == 1:
                rows[-1].append([])
            rows[-1][-1].append(piece)
            continue
        if _COUNT.fullmatch(words_of(page, piece)):
            continue
        spans = columns_of(page, piece.start, piece.end, piece.block)
        rows.append([lines_of(span, piece.block) if span[0] < span[1] else [] for span in spans])
    return [row for row in rows if any(row)]


class _Records:
    """Takes the rows under a label one by one.

    A label that comes again begins the next record; in the other language it does not.
    """

    def __init__(self, form: Form, entry: Entry) -> None:
        self.records: list[Record] = [{}]
        self._page = form.page
        self._parts = PARTS[entry.label.name]
        self._columns: list[str] = []
        self._begun: dict[tuple[str, bool], int] = {}
        self._current = MAIN

    def in_columns(self, rows: list[Row]) -> list[Row]:
        """Return the rows of a table whose cells stand one a line, its head first; empty where it is none."""
        if any(len(row) > 1 for row in rows):
            return []
        named = [look_up(self._words(row[0]), self._parts) is not None for row in rows]
        width = named.index(False) if False in named else len(named)
        if width < _LEAST_COLUMNS or any(named[width:]) or len(rows) % width or len(rows) == width:
            return []
        return [[row[0] for row in rows[at : at + width]] for at in range(0, len(rows), width)]

    def takes_second_head(self, rows: list[Row]) -> bool:
        """Take a cell that heads the second column of a table, whose first column the label of the field heads."""
        if len(rows) < 2 or len(rows[0]) != 1 or len(rows[1]) != 2 or rows[1][0][0].block.kind != "label":
            return False
        cell = rows[0][0]
        name = look_up(self._words(cell), self._parts) if cell[0].block.kind == "value" else None
        if name is not None:
            self._columns = [next(iter(self._parts.values())), name]
        return name is not None

    def take(self, row: Row) -> None:
        """Take the next row."""
        names = [look_up(self._words(cell), self._parts) if len(cell) == 1 else None for cell in row]
        known = sum(name is not None for name in names)
        if may_be_head(map(self._words, row), known, len(row)):
            self._columns = [name or "skip" for name in names]
        elif self._columns and len(row) == len(self._columns):
            self._begin_record()
            for column, cell in zip(self._columns, row, strict=True):
                self.records[-1].setdefault(column, []).extend(cell)
        else:
            for name, cell in zip(names, row, strict=True):
                self._take_cell(name, cell)

    def _take_cell(self, name: str | None, cell: list[Piece]) -> None:
        if len(cell) > 1:
            for piece in cell:
                self._take_cell(look_up(self._words([piece]), self._parts), [piece])
        elif name is not None:
            self._begin(name, self._words(cell))
        elif cell and (found := self._before_colon(cell[0])):
            self._begin(found[0], found[1])
            if found[2].start < found[2].end:
                self.records[-1].setdefault(found[0], []).append(found[2])
        else:
            self.records[-1].setdefault(self._current, []).extend(cell)

    def _before_colon(self, piece: Piece) -> tuple[str, str, Piece] | None:
        """Return the part that the words before a colon label, those words, and the value behind."""
        for colon in (":", "："):
            at = self._page.text.find(colon, piece.start, piece.end)
            if at > 0 and (name := look_up(self._page.text[piece.start : at], self._parts)):
                value = stripped(self._page.text, at + 1, piece.end)
                return name, self._page.text[piece.start : at], Piece(*value, piece.block)
        return None

    def _begin(self, name: str, label: str) -> None:
        """Go on with the part of a label, in the next record where this one has had the label before."""
        key = (name, key_of(label).isascii())
        if key in self._begun and self._current != name:
            self._begin_record()
        self._begun[key] = 1
        self._current = name

    def _begin_record(self) -> None:
        self.records.append({})
        self._begun = {}
        self._current = MAIN

    def _words(self, cell: list[Piece]) -> str:
        return clean(self._page.text[cell[0].start : cell[-1].end]) if cell else ""


def part_of(form: Form, record: Record, *names: str) -> Value:
    """Return the words of the first of some parts of a record that has any."""
    pieces = next((record[name] for name in names if record.get(name)), [])
    value = value_of(form, pieces)
    if value.pieces and form.absence(" ".join(words_of(form.page, piece) for piece in value.pieces)):
        return Value()
    return value


def text_of(form: Form, value: Value, separator: str = " ") -> str:
    """Return a value's words."""
    return separator.join(words_of(form.page, piece) for piece in value.pieces)


# Terms of a list; commas stand inside the names of conditions.
_TERM = re.compile(r"[^;；|]+")


def terms_of(form: Form, piece: Piece) -> list[Span]:
    """Return the terms of a line, apart by semicolons."""
    spans = [
        stripped(form.page.text, *match.span()) for match in _TERM.finditer(form.page.text, piece.start, piece.end)
    ]
    return [span for span in spans if span[0] < span[1]]


def replace_pieces(value: Value, pieces: list[Piece]) -> Value:
    """Return a value with other words and no translations."""
    return replace(value, pieces=pieces, others=[])


def home_country(form: Form) -> str:
    """Return the pointer of the home country among those of recruitment; it gets an entry where it has none."""
    home = form.convention.home or ""
    for index, country in enumerate(form.record.get("/countries") or []):
        if country.get("country_code") == home:
            return f"/countries/{index}"
    pointer: str = form.record.next("/countries")
    name = country_name(home)
    at = form.page.text.find(name)
    form.record.set(f"{pointer}/raw", name, span=(at, at + len(name)) if at >= 0 else None)
    form.record.set(f"{pointer}/country_code", home)
    return pointer


def note_unknown(form: Form, pointer: str, value: Value, field: str) -> None:
    """Note that a value is none of those known."""
    form.record.note("unknown_value", pointer=pointer, span=value.span, field=field, found=text_of(form, value))
