"""A short way to write token patterns down: one word or set of words after another.

`SPEAK a|the? LANGUAGES+` is: one of the set `SPEAK`, perhaps `a` or `the`, then words of the set `LANGUAGES`. A name in
capitals is a set, `|` stands between alternatives (sets among them), and `?`, `*`, `+` at the end say how often, as in
regular expressions, but never more than `MOST` times; `~` is any one word. Words are compared in lower case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parser.nlp.components.matching import TokenPattern

#: A set's name -> its words, blanks between them.
Sets = Mapping[str, str]

#: Words that one part of a writing may have: what is not bounded costs time beyond measure in a long list.
MOST = 8
_OFTEN = {"?": "?", "*": f"{{0,{MOST}}}", "+": f"{{1,{MOST}}}"}


def patterns(kind: str, sets: Sets, table: Mapping[str, Iterable[str]]) -> tuple[TokenPattern, ...]:
    """Return the token patterns of a table.

    Args:
        kind: The label of what they match.
        sets: The sets that the table names.
        table: A value -> how it is written, each in this module's notation.
    """
    return tuple((kind, value, tokens(writing, sets)) for value, writings in table.items() for writing in writings)


def tokens(writing: str, sets: Sets) -> list[dict[str, object]]:
    """Return the token pattern of one writing.

    Examples:
        >>> tokens("own a|the? DEVICES", {"DEVICES": "phone tablet"})[1:]
        [{'LOWER': {'IN': ['a', 'the']}, 'OP': '?'}, {'LOWER': {'IN': ['phone', 'tablet']}}]
    """
    return [_token(part, sets) for part in writing.split()]


def _token(part: str, sets: Sets) -> dict[str, object]:
    often = part[-1] if part[-1] in _OFTEN and len(part) > 1 else ""
    named = part.removesuffix(often) if often else part
    words = [word for each in named.split("|") for word in (sets[each].split() if each in sets else [each])]
    token: dict[str, object] = {"IS_ALPHA": True} if named == "~" else {"LOWER": {"IN": words}}
    return {**token, "OP": _OFTEN[often]} if often else token
