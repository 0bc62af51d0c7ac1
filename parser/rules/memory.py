"""Readings of criteria that were met before, word for word: registries repeat themselves.

What a criterion's own words say depends on those words and on the kind of its section alone. A reading is kept with
spans that count in the words, and moved to where the words stand in each text.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel

from parser.models.rules import Rule
from parser.models.values import Span
from parser.rules.heads import Reading
from parser.text import TracedText

#: A criterion's clean words, and the kind of its section.
Key = tuple[str, str]

#: Readings kept: about the criteria of a thousand trials, in 100 MB or less.
SIZE = 16_384

#: Fields of rules that hold rules.
_HOLDING_RULES = ("rules", "rule", "where", "defined_as", "unless", "examples")


class Memory:
    """Keeps the readings that were asked for last, and counts.

    Attributes:
        size: How many readings are kept; the one that was not asked for the longest goes first.
        asked: How many criteria were asked for.
        hits: How many of them were known.
    """

    def __init__(self, size: int = SIZE) -> None:
        self.size = size
        self.asked = 0
        self.hits = 0
        self._known: OrderedDict[Key, Reading] = OrderedDict()

    def get(self, key: Key) -> Reading | None:
        """Return what the words say, with spans that count in them; None where they are not known."""
        self.asked += 1
        reading = self._known.get(key)
        if reading is not None:
            self.hits += 1
            self._known.move_to_end(key)
        return reading

    def keep(self, key: Key, reading: Reading) -> None:
        """Keep a reading whose spans count in the words."""
        self._known[key] = reading
        if len(self._known) > self.size:
            self._known.popitem(last=False)

    def count_hit(self) -> None:
        """Count a criterion whose words are being read already."""
        self.asked += 1
        self.hits += 1

    def forget(self) -> None:
        """Forget all readings; the counts stay."""
        self._known.clear()


def moved(reading: Reading, text: TracedText) -> Reading:
    """Return a reading whose spans count in a text's words with spans that count in the text's source."""
    if reading.rule is None:
        return reading
    return replace(reading, rule=_moved(reading.rule, _way_back(text)))


def _way_back(text: TracedText) -> Callable[[Span], Span]:
    """Return what leads from a stretch of the text to the source: a shift, where nothing was replaced."""
    if len(text.runs) == 1 and text.runs[0].length == text.runs[0].source_length == len(text.text):
        shift = text.runs[0].source
        return lambda span: (span[0] + shift, span[1] + shift)

    def traced(span: Span) -> Span:
        found = text.source_span(*span)
        assert found is not None, "a criterion's words come from the eligibility text"
        return found

    return traced


def _moved(rule: Rule, way_back: Callable[[Span], Span]) -> Rule:
    updates: dict[str, object] = {"spans": [way_back(span) for span in rule.spans]}
    for field in _held(type(rule)):
        value: Any = getattr(rule, field)
        if value:
            updates[field] = (
                [_moved(part, way_back) for part in value] if isinstance(value, list) else _moved(value, way_back)
            )
    return rule.model_copy(update=updates)


@cache
def _held(kind: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a type of rule that hold rules."""
    return tuple(field for field in _HOLDING_RULES if field in kind.model_fields)
