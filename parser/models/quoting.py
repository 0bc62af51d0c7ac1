"""The page's words inside a rule in words: quoted where they could be taken for the wording's own grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: The grammar's own words and signs: a phrase that holds one could be read in two ways beside others.
_GRAMMAR = re.compile(r"[,;:()“”]|\b(?:and|or|not|either|but|except)\b", re.IGNORECASE)
_LIST_GRAMMAR = re.compile(r"[;:]")
_DEPTH = {"(": 1, "“": 1, ")": -1, "”": -1}


def has_grammar(words: str) -> bool:
    """Tell whether words hold a sign or a word of the grammar, anywhere."""
    return _GRAMMAR.search(words) is not None


def has_list_grammar(words: str) -> bool:
    """Tell whether words hold a sign of a list outside brackets and quotation marks."""
    depth, kept = 0, []
    for character in words:
        step = _DEPTH.get(character, 0)
        depth += step
        if depth == 0 and step == 0:
            kept.append(character)
    return _LIST_GRAMMAR.search("".join(kept)) is not None


def said(text: str) -> str:
    """Return the page's words on one line, quoted where they could be taken for the grammar's own."""
    words = " ".join(text.split())
    return words if words and not has_grammar(words) else quoted(words)


def quoted(text: str) -> str:
    """Return the page's words on one line, in quotation marks.

    Quotation marks inside become single ones, and round brackets that do not pair become square: they would count
    as ours.
    """
    inner = " ".join(text.split()).replace("“", "‘").replace("”", "’")
    return f"“{inner}”" if _is_balanced(inner) else f"“{inner.replace('(', '[').replace(')', ']')}”"


def either(words: Iterable[str]) -> str:
    """Return alternatives, `or` between them."""
    return " or ".join(said(word) for word in words)


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0
