"""Pages of registers that print their form as labels with values: one way to read them, whatever the register.

A register's module gives its `Convention` (its labels and how it writes dates and ages) and calls `recognises` and
`read`. Values beside the English ones, in the register's own language, become translations.
"""

from __future__ import annotations

from collections.abc import Callable

from parser.models import Trial
from parser.reading.document import Document
from parser.reading.page import Page
from parser.registries.label_tables.readers import READERS
from parser.registries.label_tables.scan import Convention, cells_of, scan, sections_of
from parser.registries.label_tables.terms import key_of
from parser.registries.label_tables.values import Form
from parser.registries.page.sections import Layout, set_sections
from parser.registries.page.words import clean
from parser.registries.record import USUAL, Origin, RecordBuilder

#: Fields that every register has a label for.
EXPECTED = (
    *USUAL,
    "/scientific_title",
    "/design/study_type",
    "/conditions",
    "/sponsor",
)

# So many of a register's own labels tell its page from one that only names its number.
_ENOUGH_MARKS = 3
_LONGEST_LABEL = 160
# A heading that is the title has some words.
_TITLE_WORDS = 3


def readers_of(convention: Convention) -> tuple[Callable[[Document], bool], Callable[[Document, Origin], Trial]]:
    """Return the two functions that the table of registries calls, for a register of a convention."""

    def recognised(document: Document) -> bool:
        return recognises(document, convention)

    def reads(document: Document, origin: Origin) -> Trial:
        return read(document, origin, convention)

    return recognised, reads


def recognises(document: Document, convention: Convention) -> bool:
    """Tell whether a document is a page of a register: it has the form of its numbers and several of its labels."""
    page = document.page
    if page is None or convention.hint not in page.text.casefold():
        return False
    found: set[str] = set()
    for block in page.blocks:
        for start, end in cells_of(page, block.body, min(block.end, block.body + _LONGEST_LABEL), block)[:4]:
            found |= _marks_in(page.text[start:end], convention)
        if len(found) >= _ENOUGH_MARKS:
            return True
    return False


def _marks_in(words: str, convention: Convention) -> set[str]:
    """Return the register's own labels that a line is, or begins with before a colon, in either language."""
    key = key_of(words[:_LONGEST_LABEL])
    forms = {key, key.partition(":")[0].strip(), *(key_of(part) for part in key.split("/"))}
    return forms & convention.marks


def read(document: Document, origin: Origin, convention: Convention) -> Trial:
    """Read a page of a register.

    Args:
        document: Text or HTML.
        origin: Where it came from.
        convention: The register's.
    """
    page = document.page
    assert page is not None, "the table of registries gives these readers text and HTML only"
    entries = scan(page, convention)
    record = RecordBuilder(document, origin)
    record.expect(*EXPECTED)
    form = Form(page, record, convention, entries)
    for reader in READERS:
        reader(form)
    _read_title(page, record)
    set_sections(page, record, Layout(tuple(entries), sections_of(page, entries)))
    return record.build()


def _read_title(page: Page, record: RecordBuilder) -> None:
    """Set the title from the page's main heading where no label gives one."""
    if record.get("/title") is not None:
        return
    for block in page.blocks:
        words = clean(page.words(block))
        if block.kind == "heading" and block.level == 1 and len(words.split()) >= _TITLE_WORDS:
            record.set("/title", words, span=(block.body, block.body_end))
            return
