"""Repairs of text damage, each keeping the way back."""

from __future__ import annotations

import re

from parser.text.traced import TracedText

# Registries that store Markdown escape ASCII punctuation with a backslash (CommonMark, section 2.4).
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


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


def mended(text: TracedText) -> TracedText:
    """Undo the damage that sources do to their text: every repair of this module, in the order that undoes it."""
    return unescape_markdown(text)
