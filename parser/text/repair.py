"""Repairs of text damage, each keeping the way back.

What sources do to their text is undone in the order in which it must have happened, last damage first: references
(`&lt;`), a wrong encoding (`â‰¥`), characters of symbol fonts, what shows nothing, markup (`<br>`), line ends, and the
backslashes of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from parser.text.entities import resolve_references
from parser.text.markup import drop_markup
from parser.text.mojibake import repair_mojibake
from parser.text.traced import TracedText

# Registries that store Markdown escape ASCII punctuation with a backslash (CommonMark, section 2.4).
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
# Anything that a repair could start from; most short fields have none of it.
_DAMAGE = re.compile(
    r"[&<\\\r\u0085\u00ac\u00ad\u200b\u2060\ufeff\u2028\u2029\uf000-\uf0ff√‚ŒœÔÂÃÎÏâï]|_x[0-9a-fA-F]{4}_"
)

#: Characters of the fonts Symbol and Wingdings, which Word stores in the private use area at U+F000 plus their code.
#: Only those that mean the same in both fonts, or whose context decides.
SYMBOL_BULLETS: Final = "\uf0b7\uf0a7\uf0d8\uf076\uf06e\uf0a8\uf0fc\uf071\uf0e8"
_SYMBOLS: Final[dict[str, str]] = {
    "\uf03c": "<",
    "\uf03d": "=",
    "\uf03e": ">",
    "\uf0a3": "≤",
    "\uf0b3": "≥",
    "\uf0b0": "°",
    "\uf0b1": "±",
    "\uf0b4": "×",
    "\uf061": "α",
    "\uf062": "β",
    "\uf067": "γ",
    "\uf044": "Δ",
    "\uf064": "δ",
    "\uf06b": "κ",
    "\uf06c": "λ",
    "\uf06d": "µ",
}
# Comparators stand before a number, the rest inside a line.
_SYMBOL = re.compile(
    rf"(?P<bullet>\uf0b7|[{SYMBOL_BULLETS}](?=[ \t\u00a0]))|(?P<comparator>[\uf03c-\uf03e\uf0a3\uf0b3](?=\s?\d))"
    r"|(?P<sign>[\uf0b0\uf0b1\uf0b4\uf061\uf062\uf067\uf044\uf064\uf06b\uf06c\uf06d])"
)
# A soft hyphen shows nothing; as U+00AC it is one only inside a word (the EU register has it so).
_SHOWS_NOTHING = re.compile(r"[\u00ad\u200b\u2060\ufeff]|(?<=[^\W\d_])\u00ac(?=[^\W\d_])")
# What the patterns above need to be there, in forms that are looked for quickly.
_PRIVATE = re.compile(r"[\uf000-\uf0ff]")
_INVISIBLE = re.compile(r"[\u00ac\u00ad\u200b\u2060\ufeff]")
_OTHER_LINE_ENDS = re.compile(r"[\r\u0085\u2028\u2029]")
_LINE_END = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_CR_BEFORE_MARKUP = re.compile(r"\r(?=[ \t]{0,20}(?:\n|<(?:br|/?p|/?li)\b))", re.IGNORECASE)

RepairKind = Literal["mojibake"]


@dataclass(frozen=True, slots=True)
class Repair:
    """Damage that was undone and is worth a word to the reader of the record.

    Attributes:
        kind: What kind of damage.
        found: The damaged sequences, each once, in their order.
    """

    kind: RepairKind
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mending:
    """A mended text and what was done to it."""

    text: TracedText
    repairs: tuple[Repair, ...] = ()


def unescape_markdown(text: TracedText) -> TracedText:
    r"""Drop the backslash before ASCII punctuation, once: `\<7 days` reads `<7 days`, `\\<` reads `\<`."""
    if "\\" not in text.text:
        return text
    edits: list[tuple[int, int, str]] = []
    at = 0
    while (match := _ESCAPED.search(text.text, at)) is not None:
        edits.append((match.start(), match.end(), ""))
        at = match.end() + 1
    return text.replaced(edits)


def mend(text: TracedText) -> Mending:
    """Undo the damage that sources do to their text, and say what was undone."""
    if not _DAMAGE.search(text.text):
        return Mending(text)
    text = resolve_references(text)
    found: list[str] = []
    if not text.text.isascii():
        text, found = repair_mojibake(text)
        if _PRIVATE.search(text.text):
            text = _replaced(text, _SYMBOL, _symbol)
        if _INVISIBLE.search(text.text):
            text = _replaced(text, _SHOWS_NOTHING, _nothing)
    if "\r" in text.text:
        text = _replaced(text, _CR_BEFORE_MARKUP, _nothing)
    text = drop_markup(text)
    if _OTHER_LINE_ENDS.search(text.text):
        text = _replaced(text, _LINE_END, _line_feed)
    repairs = (Repair("mojibake", tuple(dict.fromkeys(found))),) if found else ()
    return Mending(unescape_markdown(text), repairs)


def mended(text: TracedText) -> TracedText:
    """Undo the damage that sources do to their text: every repair of this package, in the order that undoes it."""
    return mend(text).text


def mended_words(words: str) -> str:
    """Undo the damage in a short value that needs no way back but its place."""
    # Without runs there is nothing to follow through the edits.
    return mend(TracedText(words, ())).text.text if _DAMAGE.search(words) else words


def repairs_of(text: TracedText) -> tuple[Repair, ...]:
    """Return which damage of a text `mended` undoes that its readers should know of."""
    return mend(text).repairs


def _replaced(text: TracedText, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> TracedText:
    edits = [(match.start(), match.end(), new(match)) for match in pattern.finditer(text.text)]
    return text.replaced(edits) if edits else text


def _symbol(match: re.Match[str]) -> str:
    return "•" if match["bullet"] else _SYMBOLS[match[0]]


def _nothing(match: re.Match[str]) -> str:
    return ""


def _line_feed(match: re.Match[str]) -> str:
    return "\n"
