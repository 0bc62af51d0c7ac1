"""Patterns of words: sets of words, one after another, each so many times.

spaCy's `Matcher` tries every pattern at every token, which took half of the time that rules cost. Here a pattern is
tried only in a text that holds the words which it cannot do without, and only where one of its first words stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from parser.nlp.annotations import Words, longest_places

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Step:
    """So many words of one set.

    Attributes:
        words: The set, lower case; None for any word of letters.
        least: How many there are at least.
        most: How many there are at most.
        glued: Whether each stands right before what follows, no blank between.
    """

    words: frozenset[str] | None
    least: int = 1
    most: int = 1
    glued: bool = False

    def ends(self, words: Words, at: int) -> Iterator[int]:
        """Yield every place where this step may end that begins at a token."""
        if self.least == 0:
            yield at
        for end in range(at + 1, min(at + self.most, len(words.lower)) + 1):
            if not self._fits(words, end - 1):
                return
            if end - at >= self.least:
                yield end

    def _fits(self, words: Words, index: int) -> bool:
        is_one = words.tokens[index].isalpha() if self.words is None else words.lower[index] in self.words
        return is_one and not (self.glued and not words.is_glued(index))


#: A pattern: what stands one after another.
Steps = tuple[Step, ...]


class _Pattern:
    """A pattern with the words that it begins with, and those that it cannot do without."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._first = _first(steps)
        self._needed = sorted((step.words for step in steps if step.words is not None and step.least), key=len)

    @property
    def rarest(self) -> frozenset[str]:
        """The fewest words of which the pattern must hold one."""
        return self._needed[0]

    def matches(self, words: Words) -> list[tuple[int, int]]:
        """Return the first token, and the one after the last, of all that it matches."""
        if any(needed.isdisjoint(words.known) for needed in self._needed):
            return []
        places = range(len(words.lower))
        starts = places if self._first is None else [at for at in places if words.lower[at] in self._first]
        return [(start, end) for start in starts for end in self._ends(words, start) if end > start]

    def _ends(self, words: Words, start: int) -> set[int]:
        """Return every place where the pattern may end that begins at a token."""
        places = {start}
        for step in self._steps:
            places = {end for place in places for end in step.ends(words, place)}
        return places


def _first(steps: Steps) -> frozenset[str] | None:
    """Return the words that a pattern may begin with; None for any."""
    words: set[str] = set()
    for step in steps:
        if step.words is None:
            return None
        words |= step.words
        if step.least:
            break
    return frozenset(words)


class PatternFinder(Generic[Key]):
    """Find what patterns match in a text.

    Args:
        patterns: Each under a key; one key may have several. Each holds a step of certain words that is not optional.
    """

    def __init__(self, patterns: Iterable[tuple[Key, Steps]]) -> None:
        self._patterns = [(key, _Pattern(steps)) for key, steps in patterns]
        self._by_word: dict[str, list[int]] = {}
        for number, (_, pattern) in enumerate(self._patterns):
            for word in pattern.rarest:
                self._by_word.setdefault(word, []).append(number)

    def __call__(self, words: Words) -> list[tuple[Key, int, int]]:
        """Return key, first token, and the one after the last; of what overlaps under one key the longest."""
        found: dict[Key, list[tuple[int, int]]] = {}
        numbers = {number for word in words.known if word in self._by_word for number in self._by_word[word]}
        for number in sorted(numbers):
            key, pattern = self._patterns[number]
            places = pattern.matches(words)
            if places:
                found.setdefault(key, []).extend(places)
        return [(key, *places[index]) for key, places in found.items() for index in longest_places(places)]
