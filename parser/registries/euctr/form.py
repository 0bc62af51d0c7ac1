"""The EU register's form on a page: its fields by section code, in their order, each with its place.

A page of the register has them as rows of three cells; a full-text download as lines `code label: value`, where the
lines that follow belong to the value. Other languages carry a tag (`E.3 Principal inclusion criteria (es): …`) or, on
pages, the language's name beside the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from parser.models.values import Span
from parser.normalize.languages import language_code
from parser.reading.page import Block, Page
from parser.registries.euctr.terms import FREE_TEXT, HEAD_LABELS, LETTER_LABELS, OPENINGS, PLAIN_HEADINGS, SECTIONS
from parser.registries.page.words import stripped
from parser.text import mended_words

_CODE = re.compile(r"([A-P]\.(?:\d{1,2}(?:\.\d{1,2}){0,5})?)(?:\s(?:and|to)\s[A-P]\.\d[\d.]{0,12})?(?=\s|$)")
_GROUP = re.compile(
    r"(?:(?P<sponsor>(?:B\.\s?)?Sponsor\s?:?)|D\.\s?IMP\s?:|D\.8\s+Placebo\s?:|G\.4\s[^:]{0,60}:)\s*\d{1,3}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}(?:[ ,]\d{3})+|\d{1,7}")
_TAG = re.compile(r"\s?\(([a-z]{2})\)$")
_HEAD_LABEL = max(map(len, HEAD_LABELS))
# A label is a line of the form at most; the longest has about 160 characters.
_LONGEST_LABEL = 200
# Sections whose fields are short, and come again for each sponsor or product.
_REPEATED = "BD"
_GROUPED = "BDG"


@dataclass(slots=True)
class FormField:
    """A field of the form.

    Attributes:
        code: Its section code; empty for the summary at the head of the record.
        label: As written, without code, colon and language.
        place: Where code and label stand.
        language: Of a value in another language; None where none is stated.
        group: Which sponsor, product or placebo it belongs to, as `D.IMP: 2`.
        lines: The value's lines.
    """

    code: str
    label: str
    place: Span
    language: str | None = None
    group: str = ""
    lines: list[Span] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Where the value stands; the label, where there is none."""
        return (self.lines[0][0], self.lines[-1][1]) if self.lines else self.place

    @property
    def key(self) -> str:
        """The label, casefolded, with blanks collapsed."""
        return " ".join(self.label.casefold().split())


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the form: its code, its place and the block it stands in."""

    code: str
    place: Span
    block: int


@dataclass(slots=True)
class Form:
    """A record's fields in their order.

    Attributes:
        page: The page that the spans index.
        fields: The fields.
        owners: For every block of the page, the code that it belongs to.
        headings: Label or heading that a block begins with, by block.
        groups: Where the heading of a group stands, by its words.
        used: Identities of the fields that were read.
    """

    page: Page
    fields: list[FormField] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    headings: dict[int, Span] = field(default_factory=dict)
    groups: dict[str, Span] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def find(self, code: str, label: str | None = None) -> list[FormField]:
        """Return the fields of a code, and of a label (casefolded) where it is given."""
        return [one for one in self.fields if one.code == code and (label is None or one.key == label)]

    def all(self, code: str, label: str | None = None) -> list[FormField]:
        """Return the fields of a code as `find` does, and count them as read."""
        found = self.find(code, label)
        self.used.update(map(id, found))
        return found

    def first(self, code: str, label: str | None = None) -> FormField | None:
        """Return the field of a code to read: one with a value, untagged or English; it counts as read."""
        return preferred(self.all(code, label))

    def head(self, name: str) -> FormField | None:
        """Return a field of the summary at the head; it counts as read."""
        found = [one for one in self.find("") if HEAD_LABELS.get(one.key) == name]
        self.used.update(map(id, found))
        return preferred(found)

    def flag(self, code: str) -> bool | None:
        """Return a field's answer, without counting it as read; None where it is not answered."""
        found = preferred(self.find(code))
        return None if found is None else {"yes": True, "no": False}.get(self.words(found).casefold())

    def words(self, one: FormField) -> str:
        """Return a value on one line."""
        return " ".join(" ".join(self._line(span) for span in one.lines).split())

    def text(self, one: FormField) -> str:
        """Return a value with its line breaks."""
        return "\n".join(" ".join(self._line(span).split()) for span in one.lines)

    def number(self, one: FormField | None) -> tuple[int, Span] | None:
        """Return a value that is a whole number, and where it stands; None where it is none."""
        if one is None or not _NUMBER.fullmatch(words := self.words(one)):
            return None
        return int(re.sub(r"[ ,]", "", words)), one.span

    def _line(self, span: Span) -> str:
        return mended_words(self.page.text[slice(*span)])


def preferred(found: list[FormField]) -> FormField | None:
    """Return the field to read among those of one code: untagged or English, with a value."""
    ranked = sorted(found, key=lambda one: (not one.lines, one.language not in (None, "en")))
    return ranked[0] if ranked else None


def scan(page: Page) -> Form:
    """Return the fields of a page or of a full-text record."""
    scanner = _Scanner(page)
    for index, block in enumerate(page.blocks):
        scanner.take(index, block)
    return scanner.form


class _Scanner:
    """Goes through the blocks of a page; knows which field is open."""

    def __init__(self, page: Page) -> None:
        self.form = Form(page)
        self._page = page
        self._open: FormField | None = None
        self._code = ""
        self._group = ""
        self._awaits_label = False

    def take(self, index: int, block: Block) -> None:
        """Take the next block."""
        if block.kind == "row":
            place = self._row(block)
        elif block.kind == "label":
            place = self._label(block)
        elif block.kind == "value":
            place = self._value(self._page.blocks[index - 1] if index else None, block)
        else:
            place = self._line(block)
        if place is not None:
            self.form.headings[index] = place
        self.form.owners.append(self._code)

    def _row(self, block: Block) -> Span | None:
        """Take a row of three cells: code, label, value."""
        code = self._code_of(self._page.text[slice(*block.cells[0])]) if len(block.cells) == 3 else None
        if code is None:
            return None
        place = (block.cells[0][0], block.cells[1][1])
        self._begin(code, block.cells[1], place)
        self._add_lines(block.cells[2], block.breaks)
        self._open = None
        return place

    def _label(self, block: Block) -> Span | None:
        """Take the label of a pair: the summary's, a heading's code, or words whose language is the value."""
        label = self._page.line(block).rstrip(": ")
        place = (block.start, block.end)
        if not self._code and " ".join(label.casefold().split()) in HEAD_LABELS:
            self._begin("", (block.start, block.start + len(label)), place)
            return place
        if (code := self._code_of(label)) is not None:
            self._code, self._open = code, None
            return place
        return None if self._open is not None and self._code else self._line(block)

    def _value(self, above: Block | None, block: Block) -> Span | None:
        """Take the value of a pair."""
        opened = self._open
        if opened is None or above is None or above.kind not in ("label", "value"):
            return None
        language = language_code(self._page.line(block))
        if above.kind == "label" and language is not None and opened.code:
            self._in_language((above.start, above.end), language)
        elif above.kind == "label" and opened.code:
            opened.lines += [(above.start, above.end), (block.start, block.end)]
        else:
            opened.lines.append((block.start, block.end))
        return None

    def _in_language(self, words: Span, language: str) -> None:
        """Take words whose language stands beside them: the field's own, or the same field's once more."""
        opened = self._open
        assert opened is not None, "a language belongs to the field that is open"
        if opened.lines:
            opened = FormField(opened.code, opened.label, opened.place, group=opened.group)
            self.form.fields.append(opened)
            self._open = opened
        opened.language = None if language == "en" else language
        opened.lines.append(words)

    def _line(self, block: Block) -> Span | None:
        """Take a line: it begins a field or a group, is a heading, or belongs to the field that is open."""
        if self._awaits_label:
            self._awaits_label = False
            self._begin(self._code, (block.start, block.end), (block.start, block.end))
            return (block.start, block.end)
        words = self._page.text[block.start : block.end]
        if words.casefold() in PLAIN_HEADINGS:
            self._open = None
            return (block.start, block.end)
        if place := self._group_line(words, block) or self._begins(words, block):
            return place
        if self._open is not None and self._open.code:
            self._open.lines.append((block.start, block.end))
        elif self._page.format == "text":
            self._open = None
        return None

    def _group_line(self, words: str, block: Block) -> Span | None:
        """Take the heading of the next sponsor, product, placebo or network."""
        match = _GROUP.match(words)
        if match is None or (match["sponsor"] and self._code[:1] != "B"):
            return None
        self._group = " ".join(words.split())
        self._code = "B." if match["sponsor"] else words[:2].upper()
        self._open = None
        self.form.groups[self._group] = (block.start, block.end)
        return (block.start, block.end)

    def _begins(self, words: str, block: Block) -> Span | None:
        """Begin a field where a line is one's first, or note a heading; None where it is neither."""
        match = _CODE.match(words)
        if match is None:
            return None if self._code else self._head_line(words, block)
        code, rest = match[1], words[match.end() :]
        start = match.end() + len(rest) - len(rest.lstrip())
        rest = rest.strip()
        if not rest:
            return self._code_alone(code, block)
        if rest.isupper() and not self._code:
            # The page's index of its sections.
            return None
        if len(code) == 2:
            return self._letter_line(code, rest, start, block)
        if not self._may_begin(code, rest):
            return None
        end = _label_end(rest)
        if end is None:
            self._code, self._open = code, None
            return (block.start, block.end)
        return self._begin_line(code, block, start, start + end)

    def _begin_line(self, code: str, block: Block, start: int, end: int) -> Span:
        """Begin a field whose label is `[start, end)` of a line, with what stands behind it as its value."""
        place = (block.start, block.start + end)
        self._begin(code, (block.start + start, place[1]), place)
        span = stripped(self._page.text, place[1], block.end, " \t\u00a0:?")
        if span[0] < span[1] and self._open is not None:
            self._open.lines.append((span[0], block.end))
        return place

    def _head_line(self, words: str, block: Block) -> Span | None:
        """Begin a field of the summary, `Trial Status: Ongoing`."""
        colon = words.find(":", 0, _HEAD_LABEL + 4)
        if colon < 0 or " ".join(words[:colon].casefold().split()) not in HEAD_LABELS:
            return None
        return self._begin_line("", block, 0, colon)

    def _code_of(self, words: str) -> str | None:
        match = _CODE.fullmatch(words.strip())
        return match[1] if match else None

    def _code_alone(self, code: str, block: Block) -> Span | None:
        """Take a code that is the whole line; on a page, the line below is its label."""
        if len(code) == 2 or self._page.format != "html" or not _follows(code, self._code):
            return None
        self._code, self._open, self._awaits_label = code, None, True
        return (block.start, block.end)

    def _letter_line(self, code: str, rest: str, start: int, block: Block) -> Span | None:
        """Take a section's heading, or one of the fields that stand under a letter alone."""
        folded = rest.casefold()
        if " ".join(folded.split()) == SECTIONS.get(code):
            self._code, self._open, self._group = code, None, ""
            return (block.start, block.end)
        label = next((one for one in LETTER_LABELS.get(code, ()) if folded.startswith(one)), None)
        return None if label is None else self._begin_line(code, block, start, start + len(label))

    def _may_begin(self, code: str, rest: str) -> bool:
        """Tell whether a line that begins with a code begins a field, and is not part of the text above it."""
        opening = OPENINGS.get(code)
        known = opening is not None and rest.casefold().startswith(opening)
        if not known and self._open is not None and self._open.code in FREE_TEXT:
            return False
        return _follows(code, self._code)

    def _begin(self, code: str, label: Span, place: Span) -> None:
        words = self._page.text[slice(*label)].rstrip(": \t")
        tag = _TAG.search(words)
        if tag:
            words = words[: tag.start()]
        group = self._group if code and code[0] in _GROUPED else ""
        language = tag[1] if tag and tag[1] != "en" else None
        self._open = FormField(code, " ".join(words.split()), place, language, group)
        self._code = code
        self.form.fields.append(self._open)

    def _add_lines(self, cell: Span, breaks: tuple[int, ...]) -> None:
        """Add the lines of a cell."""
        assert self._open is not None, "a row opens its field first"
        at = cell[0]
        for end in (*(place for place in breaks if cell[0] <= place < cell[1]), cell[1]):
            span = stripped(self._page.text, at, end)
            if span[0] < span[1]:
                self._open.lines.append(span)
            at = end + 1


def _label_end(rest: str) -> int | None:
    """Return where a label ends in the words behind a code; None where they are a heading."""
    tab = rest.find("\t", 0, _LONGEST_LABEL)
    colon = rest.find(":", 0, _LONGEST_LABEL)
    if colon >= 0 and (tab < 0 or colon < tab):
        return colon
    if tab >= 0:
        return tab
    question = rest.find("?", 0, _LONGEST_LABEL)
    return question if question >= 0 else None


def _follows(code: str, current: str) -> bool:
    """Tell whether a code may come after another: in the form's order, or again in a section that repeats."""
    if not current or code[0] > current[0]:
        return True
    if code[0] < current[0]:
        return False
    return code[0] in _REPEATED or _order(code) >= _order(current) or code.startswith("E.1")


def _order(code: str) -> tuple[int, ...]:
    return tuple(int(part) for part in code.split(".")[1:] if part)


def by_group(fields: list[FormField]) -> Iterator[tuple[str, list[FormField]]]:
    """Yield the groups of fields in their order, with their words."""
    groups: dict[str, list[FormField]] = {}
    for one in fields:
        groups.setdefault(one.group, []).append(one)
    yield from groups.items()
