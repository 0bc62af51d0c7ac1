"""A short way to write patterns of words down: one word or set of words after another.

`SPEAK a|the? LANGUAGES+` is: one of the set `SPEAK`, perhaps `a` or `the`, then words of the set `LANGUAGES`. A name in
capitals is a set, `|` stands between alternatives (sets among them), and `?`, `*`, `+` at the end say how often, as in
regular expressions, but never more than `MOST` times; `~` is any one word. Words are compared in lower case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parser.nlp.components.matching import WordPattern
from parser.nlp.components.word_patterns import Step, Steps

#: A set's name -> its words, blanks between them.
Sets = Mapping[str, str]

#: Words that one part of a writing may have: what is not bounded costs time beyond measure in a long list.
MOST = 8
#: How many words are meant: at least, at most.
_OFTEN = {"?": (0, 1), "*": (0, MOST), "+": (1, MOST)}


def patterns(kind: str, sets: Sets, table: Mapping[str, Iterable[str]]) -> tuple[WordPattern, ...]:
    """Return the patterns of a table.

    Args:
        kind: The label of what they match.
        sets: The sets that the table names.
        table: A value -> how it is written, each in this module's notation.
    """
    return tuple((kind, value, steps(writing, sets)) for value, writings in table.items() for writing in writings)


def steps(writing: str, sets: Sets) -> Steps:
    """Return the pattern of one writing.

    Examples:
        >>> own, article, devices = steps("own a|the? DEVICES", {"DEVICES": "phone tablet"})
        >>> sorted(article.words), article.least, article.most, sorted(devices.words)
        (['a', 'the'], 0, 1, ['phone', 'tablet'])
    """
    return tuple(_step(part, sets) for part in writing.split())


def _step(part: str, sets: Sets) -> Step:
    often = part[-1] if part[-1] in _OFTEN and len(part) > 1 else ""
    named = part.removesuffix(often) if often else part
    words = [word for each in named.split("|") for word in (sets[each].split() if each in sets else [each])]
    least, most = _OFTEN.get(often, (1, 1))
    return Step(None if named == "~" else frozenset(words), least, most)
