"""The words of a page's pieces as values: blanks collapsed, escapes undone."""

from __future__ import annotations

from parser.models.values import Span
from parser.reading.page import Page
from parser.registries.page.sections import Entry, Piece
from parser.text import TracedText, unescape_markdown


def clean(words: str) -> str:
    """Return words with runs of blanks as one and Markdown escapes undone."""
    if "\\" in words:
        words = unescape_markdown(TracedText.of(words)).text
    return " ".join(words.split())


def words_of(page: Page, piece: Piece) -> str:
    """Return a piece's words as a value."""
    return clean(page.text[piece.start : piece.end])


def span_of(piece: Piece) -> Span:
    """Return a piece's place on the page."""
    return (piece.start, piece.end)


def label_of(page: Page, entry: Entry) -> str:
    """Return a label as written."""
    return clean(page.text[slice(*entry.span)])


def stripped(text: str, start: int, end: int, characters: str | None = None) -> Span:
    """Return a span without the blanks (or other characters) at its ends; an empty one where nothing is left."""
    words = text[start:end]
    left = len(words) - len(words.lstrip(characters))
    return (start + left, max(start + left, start + len(words.rstrip(characters))))
