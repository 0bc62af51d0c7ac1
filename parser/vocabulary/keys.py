"""Under which keys a name is kept and found, and how alike two of them are."""

from __future__ import annotations

import re

from parser.normalize.concepts import concept_name, singular

_SIGNS = re.compile(r"[^\w%+]+")
#: Words that change the order of a name and not its meaning ("carcinoma of the breast", "breast carcinoma").
_ORDER_WORDS = frozenset({"of", "the", "a", "an", "in"})


def key(name: str) -> str:
    """Return a name's key: its normalised name with blanks for all signs."""
    return " ".join(_SIGNS.sub(" ", concept_name(name).replace("'s ", " ")).split())


def bag(key: str) -> str:
    """Return a key's words in alphabetical order, each in singular, without those that only order the others."""
    return " ".join(sorted({singular(word) for word in key.split()} - _ORDER_WORDS))


def trigrams(text: str) -> set[str]:
    """Return the stretches of three characters of a text with a blank at both ends."""
    padded = f" {text} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: Dice's coefficient of their trigrams."""
    first, second = trigrams(one), trigrams(other)
    return 2 * len(first & second) / (len(first) + len(second))


def edits(one: str, other: str, most: int) -> int:
    """Return the number of letters added, left out, changed or swapped between two words; `most` + 1 if over `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for place, their in enumerate(other, 1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != their))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == their:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
