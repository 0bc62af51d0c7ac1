"""Given gold entities: to which does a word such as "prior" or "no" belong? Shared by three evaluations.

Chia writes one criterion a line and no relation leaves its line. A modifier is one gold annotation, its candidates the
gold entities of the labels asked for on the same line. Pairs are scored as they are annotated: of a list ("no asthma,
COPD or fibrosis") Chia relates the first member only and groups it with the others by `OR`, so a pair with another
member of the list is wrong. `grouped` counts that as right: both sides are closed under the `OR` groups.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from parser.nlp.components.attachment import Kind, attach, nearest
from tests.evaluation.brat import Document

#: Chia's entities that times and denials belong to.
_FACTS = ("Condition", "Drug", "Procedure", "Measurement", "Observation", "Device")
#: Kind of modifier -> Chia's relation, the modifier's label, the labels of what it may belong to.
KINDS: dict[Kind, tuple[str, str, frozenset[str]]] = {
    "time": ("Has_temporal", "Temporal", frozenset(_FACTS)),
    "negation": (
        "Has_negation",
        "Negation",
        frozenset((*_FACTS, "Qualifier", "Mood", "Multiplier", "Informed_consent")),
    ),
    "value": ("Has_value", "Value", frozenset((*_FACTS, "Person"))),
}

#: The tokenizer alone: what is given is gold, so no recogniser is needed.
_TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "trial_tokenizer.v1"}}}

Place = tuple[int, int]
Pair = tuple[str, str]


@dataclass
class Line:
    """One line of a document with the annotations on it; offsets count from its beginning."""

    text: str
    places: dict[str, tuple[str, Place]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    groups: list[frozenset[str]] = field(default_factory=list)

    def spans_of(self, label: str) -> list[Place]:
        """Return the places of a label, in order."""
        return sorted(place for name, place in self.places.values() if name == label)


def pipeline(*components: str) -> Language:
    """Return a pipeline of the clinical tokenizer and some components."""
    nlp = spacy.blank("en", config=_TOKENIZER)
    for name in components:
        nlp.add_pipe(name)
    return nlp


def lines(document: Document) -> Iterator[Line]:
    """Yield the lines of a document that hold any annotation."""
    starts = [0, *(index + 1 for index, char in enumerate(document.text) if char == "\n")]
    made: dict[int, Line] = {}
    where: dict[str, int] = {}
    for id, bound in document.bounds.items():
        number = bisect_right(starts, bound.start) - 1
        begin, end = starts[number], starts[number + 1] if number + 1 < len(starts) else len(document.text)
        line = made.setdefault(number, Line(document.text[begin:end].replace("\r", " ").replace("\n", " ")))
        line.places[id] = (bound.label, (bound.start - begin, min(bound.end, end) - begin))
        where[id] = number
    for name, first, second in document.relations:
        if first in where and where.get(second) == where[first]:
            made[where[first]].relations.append((name, first, second))
    for group in document.groups:
        members = [id for id in group if id in where]
        if members:
            made[where[members[0]]].groups.append(frozenset(members))
    yield from (made[number] for number in sorted(made))


def scored(gathered: Sequence[Line], docs: Sequence[Doc], kind: Kind) -> dict[str, Any]:
    """Return precision, recall and F1 of the pairs that `attach` gives, and the F1 of the nearest entity."""
    relation, label, things = KINDS[kind]
    counts = {"ours": [0, 0, 0], "nearest": [0, 0, 0], "grouped": [0, 0, 0]}
    for line, doc in zip(gathered, docs, strict=True):
        gold = {(first, second) for name, first, second in line.relations if name == relation}
        modifiers = {id: place for id, (name, place) in line.places.items() if name == label}
        if not modifiers:
            continue
        candidates = {id: (name, place) for id, (name, place) in line.places.items() if name in things}
        ours = _pairs(doc, modifiers, candidates, partial(attach, kind=kind))
        _count(counts["ours"], ours, gold)
        _count(counts["nearest"], _pairs(doc, modifiers, candidates, nearest), gold)
        _count(counts["grouped"], _closed(ours, line), _closed(gold, line))
    return {
        "gold_pairs": counts["ours"][2],
        **figures(*counts["ours"]),
        "nearest_f1": figures(*counts["nearest"])["f1"],
        "grouped_f1": figures(*counts["grouped"])["f1"],
    }


def scored_end_to_end(gathered: Sequence[Line], docs: Sequence[Doc], kind: Kind) -> dict[str, Any]:
    """Return the same of what the recogniser found by itself, `docs` with its entities.

    A pair is right where its thing and its modifier each have a character in common with those of a gold pair, the
    thing under the same label (`strict`: the same characters); a gold pair is found once.
    """
    relation, label, things = KINDS[kind]
    overlap, strict = [0, 0, 0], [0, 0, 0]
    for line, doc in zip(gathered, docs, strict=True):
        gold = [
            (line.places[first], line.places[second][1]) for name, first, second in line.relations if name == relation
        ]
        found = [entity for entity in doc.ents if entity.label_ in things]
        modifiers = [entity for entity in doc.ents if entity.label_ == label]
        pairs = [(found[thing], modifiers[at]) for at, thing in attach(doc, modifiers, found, kind)]
        for counts, is_right in ((overlap, _meets), (strict, _is_same)):
            counts[0] += _hits(pairs, gold, is_right)
            counts[1] += len(pairs)
            counts[2] += len(gold)
    return {"gold_pairs": overlap[2], **figures(*overlap), "strict_f1": figures(*strict)["f1"]}


GoldPair = tuple[tuple[str, Place], Place]


def _hits(pairs: list[tuple[Span, Span]], gold: list[GoldPair], is_right: Callable[[Span, Place], bool]) -> int:
    left = list(gold)
    for thing, modifier in pairs:
        for pair in left:
            (label, place), other = pair
            if label == thing.label_ and is_right(thing, place) and is_right(modifier, other):
                left.remove(pair)
                break
    return len(gold) - len(left)


def _meets(span: Span, place: Place) -> bool:
    return span.start_char < place[1] and place[0] < span.end_char


def _is_same(span: Span, place: Place) -> bool:
    return (span.start_char, span.end_char) == place


def _count(counts: list[int], predicted: set[Pair], gold: set[Pair]) -> None:
    for index, number in enumerate((len(predicted & gold), len(predicted), len(gold))):
        counts[index] += number


def _closed(pairs: set[Pair], line: Line) -> set[Pair]:
    """Add the other members of each entity's groups."""
    more = {(member, second) for first, second in pairs for group in line.groups if first in group for member in group}
    return pairs | more


def figures(hits: int, predicted: int, gold: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _pairs(doc: Doc, modifiers: dict[str, Place], candidates: dict[str, tuple[str, Place]], how: Any) -> set[Pair]:
    spans = {id: span_of(doc, place, label) for id, (label, place) in candidates.items()}
    ids = [id for id, span in spans.items() if span is not None]
    things = [spans[id] for id in ids]
    cues = {id: span_of(doc, place, "") for id, place in modifiers.items()}
    cue_ids = [id for id, span in cues.items() if span is not None]
    chosen = how(doc, [cues[id] for id in cue_ids], things)
    return {(ids[thing], cue_ids[cue]) for cue, thing in chosen}


def span_of(doc: Doc, place: Place, label: str) -> Span | None:
    """Return the span at a place; of whole tokens where it ends inside one, None where no word stands there."""
    if not doc.text[slice(*place)].strip():
        return None
    return doc.char_span(*place, label=label, alignment_mode="expand")
