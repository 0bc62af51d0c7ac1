"""Texts as the student reads them: words, tags of gold entities, and the entities that are predicted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.vocab import Vocab

from parser.nlp.recogniser.component import network_words
from parser.nlp.recogniser.network import Words
from parser.nlp.recogniser.spans import Stretch
from parser.nlp.recogniser.tags import OUTSIDE, TAGS
from parser.nlp.tokenizer import ClinicalTokenizer
from parser.nlp.training.corpus import Entity, Line


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's words with their places in characters."""

    text: Words
    places: list[tuple[int, int]]


class Reader:
    """Split texts as the pipeline does."""

    def __init__(self) -> None:
        self._tokenize = ClinicalTokenizer(Vocab())

    def __call__(self, texts: Iterable[str]) -> Iterator[Reading]:
        """Yield the words of texts."""
        for text in texts:
            doc = self._tokenize(text)
            words, at = network_words(doc)
            yield Reading(words, [(doc[place].idx, doc[place].idx + len(doc[place])) for place in at])


def tags_of(reading: Reading, entities: Sequence[Entity]) -> list[int]:
    """Return the tags of a text's words; an entity takes every word that it has a character of."""
    tags = [OUTSIDE] * len(reading.places)
    for entity in entities:
        first = True
        for at, (start, end) in enumerate(reading.places):
            if start < entity.end and entity.start < end and (tags[at] == OUTSIDE or not first):
                tags[at] = TAGS.index(("B-" if first else "I-") + entity.label)
                first = False
    return tags


def gold_target(reading: Reading, line: Line, smoothing: float) -> NDArray[np.float16]:
    """Return the tags as distributions; `smoothing` is what the right tags leave to all together."""
    target = np.full((len(reading.places), len(TAGS)), smoothing / len(TAGS), dtype=np.float16)
    target[np.arange(len(target)), tags_of(reading, line.entities)] += 1 - smoothing
    return target


def entities_of(reading: Reading, stretches: Sequence[Stretch]) -> list[Entity]:
    """Return stretches of a text's words as entities in its characters."""
    return [
        Entity(reading.places[first][0], reading.places[behind - 1][1], label) for first, behind, label in stretches
    ]
