"""Labels of listing pages: which words introduce which field, and where they stand on a page.

A label is a whole line (`Locations`), the first words of a line before a colon (`Gender: ALL`), or, for a few, the
first words without one (`Launched by …`). The tables of labels are data of the readers; this is the look-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from parser.models.trial import EventKind, SectionKind
from parser.normalize.dates import DateKind
from parser.reading.page import Block, Page

# Whole-line labels and those before a colon are short; a longer line is prose.
_LONGEST = 100
_LONGEST_BEFORE_COLON = 100
_EMPHASIS = " \t\xa0:*_#|>-–—•·\ufeff\u200b"
_DECORATION = _EMPHASIS + "?"


@dataclass(frozen=True, slots=True)
class Label:
    """Words that introduce a field.

    Attributes:
        name: The field; a page has one label of a name that counts.
        section: The section that the label opens, or belongs to.
        words: Forms as a whole line or before a colon, casefolded.
        prefixes: Forms that the value follows in the same line without a colon, casefolded.
        event: The timeline event whose date follows.
        kind: Whether the label says that the event has come to pass.
        heading: The label is the heading of its section, not of one field in it.
        in_header: In the header it stays there and opens no section of its own.
        short: Its value is a word or a line, so that a list item may hold both (`Sex: All`).
        floating: It opens no section; it belongs to the one it stands in.
        website: It introduces something of the website's own; what follows is no part of the trial.
        reads: Tells whether words are a value of the field, for fields of few forms.
        whole_line: Only as a whole line; before a colon the words mean something else.
        repeats: It may come again, each time with a value of its own.
        numbered: A running number may stand behind its words (`Secondary outcome [2]`), as the vocabulary says.
        closes: It ends what stands above it wherever it stands, criteria included.
    """

    name: str
    section: SectionKind
    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    event: EventKind | None = None
    kind: DateKind | None = None
    heading: bool = False
    in_header: bool = False
    short: bool = False
    floating: bool = False
    website: bool = False
    reads: Callable[[str], bool] | None = None
    whole_line: bool = False
    repeats: bool = False
    numbered: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label found in a block.

    Attributes:
        label: The label.
        start: Where its words begin on the page.
        end: Where they end, colon left out.
        value: Where the value begins in the same block; None where the label is the whole line.
        block: The block it stands in.
    """

    label: Label
    start: int
    end: int
    value: int | None
    block: Block


class Vocabulary:
    """A set of labels, looked up by casefolded words.

    Args:
        labels: The labels.
        tail: What the running number behind a label looks like; it matches up to the end of the words.
    """

    def __init__(self, labels: Iterable[Label], *, tail: re.Pattern[str] | None = None) -> None:
        self._tail = tail
        self._whole: dict[str, Label] = {}
        self._prefixes: dict[str, tuple[Label, re.Pattern[str]]] = {}
        for label in labels:
            for words in label.words:
                self._whole.setdefault(words, label)
            for words in label.prefixes:
                pattern = r"\s+".join(map(re.escape, words.split()))
                self._prefixes.setdefault(words, (label, re.compile(rf"{pattern}\b[\s:]*", re.IGNORECASE)))
        self._openings = tuple(self._prefixes)

    def scan(self, page: Page) -> list[LabelMatch | None]:
        """Return, for every block of a page, the label in it."""
        return [self.match(page, block) for block in page.blocks]

    def match(self, page: Page, block: Block) -> LabelMatch | None:
        """Return the label that a block is or begins with; None where it is neither.

        List items hold labels of short values only; values and table rows hold none.
        """
        if block.kind in {"value", "row"}:
            return None
        words = page.words(block)
        opening = " ".join(words[:_LONGEST].casefold().split())
        found = self._whole_line(words, opening, block)
        found = found or self._before_colon(words, block) or self._prefix(words, opening, block)
        if found is None or (block.kind == "item" and not found.label.short):
            return None
        return found

    def _whole_line(self, words: str, opening: str, block: Block) -> LabelMatch | None:
        if len(words) > _LONGEST:
            return None
        label = self._whole.get(opening.strip(_DECORATION))
        if label is None:
            label, words = self._numbered(words)
        if label is None:
            return None
        start, end = _undecorated(words)
        return LabelMatch(label, block.body + start, block.body + end, None, block)

    def _numbered(self, words: str) -> tuple[Label | None, str]:
        """Return the label with a running number that words are, and its words without the number."""
        if self._tail is None or (tail := self._tail.search(words)) is None:
            return None, words
        words = words[: tail.start()]
        label = self._whole.get(_key(words))
        return (label, words) if label is not None and label.numbered else (None, words)

    def _before_colon(self, words: str, block: Block) -> LabelMatch | None:
        colon = words.find(":", 0, _LONGEST_BEFORE_COLON)
        if colon < 0:
            return None
        label, own = self._whole.get(_key(words[:colon])), words[:colon]
        if label is None:
            label, own = self._numbered(own)
        if label is None or label.whole_line:
            return None
        start, end = _undecorated(own)
        value = block.body + colon + 1
        value += len(words) - colon - 1 - len(words[colon + 1 :].lstrip(" \t\xa0*_"))
        return LabelMatch(label, block.body + start, block.body + end, value, block)

    def _prefix(self, words: str, opening: str, block: Block) -> LabelMatch | None:
        if not opening.startswith(self._openings):
            return None
        form = max((form for form in self._openings if opening.startswith(form)), key=len)
        label, pattern = self._prefixes[form]
        if (match := pattern.match(words)) is None or match.end() == len(words):
            return None
        end = match.start() + len(match[0].rstrip(" \t\xa0:"))
        return LabelMatch(label, block.body, block.body + end, block.body + match.end(), block)


def _key(words: str) -> str:
    return " ".join(words.casefold().split()).strip(_DECORATION)


def _undecorated(words: str) -> tuple[int, int]:
    """Return where the words of a label begin and end without marks of emphasis, dashes and the colon."""
    return len(words) - len(words.lstrip(_EMPHASIS)), len(words.rstrip(_EMPHASIS))
