"""What the components leave on a `Doc`.

Each component writes one group of spans, `doc.spans[NAME]`; a span's label says what it is, its `kb_id_` which value
of it, and `span._.trial` holds a value that needs more than a word (a `Range`, a `Window`). Nothing else is set.

| group | labels | `kb_id_` | `_.trial` |
|---|---|---|---|
| `trial_quantities` | `quantity` | | `Quantity` |
| `trial_windows` | `window` | | `Window` |
| `trial_assertion` | the cue types of `components/assertion/patterns.py` | the cue's value | |
| `trial_topics` | the topics of `components/topics/patterns.py` | the topic's value | |
| `trial_phrases` | kinds of thing: `Condition`, `Procedure`, `Drug`, … or `Unknown` | | |
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, SpanGroup

from parser.models.values import Range

QUANTITIES = "trial_quantities"
WINDOWS = "trial_windows"
ASSERTION = "trial_assertion"
TOPICS = "trial_topics"
PHRASES = "trial_phrases"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds and unit.

    Attributes:
        range: The bounds.
        is_time: Whether its unit measures time.
        is_age: Whether the words say that it is an age ("years old", "of age").
    """

    range: Range
    is_time: bool
    is_age: bool


def register_extensions() -> None:
    """Register `Span._.trial` once."""
    if not Span.has_extension("trial"):
        Span.set_extension("trial", default=None)


def set_group(doc: Doc, name: str, spans: list[Span]) -> None:
    """Write a component's group of spans, in the order of the text."""
    doc.spans[name] = SpanGroup(doc, name=name, spans=sorted(spans, key=lambda span: (span.start, -span.end)))


def longest(spans: list[Span]) -> list[Span]:
    """Keep the longest spans where some overlap; the first of equal ones."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (-len(span), span.start)):
        if taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept, key=lambda span: span.start)


register_extensions()
