"""Word pieces of a pretrained network's own tokenizer, and batches of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch

from parser.nlp.recogniser.tags import OUTSIDE, TAGS
from parser.nlp.training.corpus import Entity

#: More pieces of a criterion are cut off; one in three hundred criteria is longer.
_LONGEST = 160
#: Criteria sorted by length at a time, so that a batch has little padding and batches stay random.
_POOL = 50


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's word pieces: their ids, special ones around, and the places of those between."""

    ids: list[int]
    places: list[tuple[int, int]]


@cache
def encoder(folder: Path) -> Any:
    """Return the tokenizer of a network."""
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(folder))


def encode(folder: Path, texts: Sequence[str]) -> list[Pieces]:
    """Return the word pieces of texts."""
    if not texts:
        return []
    coded = encoder(folder)(list(texts), truncation=True, max_length=_LONGEST, return_offsets_mapping=True)
    return [
        Pieces(ids, [(start, end) for start, end in places[1:-1]])
        for ids, places in zip(coded["input_ids"], coded["offset_mapping"], strict=True)
    ]


def tags_of(pieces: Pieces, entities: Sequence[Entity]) -> list[int]:
    """Return the tag of each piece, the special ones outside: `B-` where an entity's first piece is, then `I-`."""
    tags = [OUTSIDE] * len(pieces.ids)
    for entity in entities:
        inside = [at for at, (start, end) in enumerate(pieces.places) if start < entity.end and entity.start < end]
        for at in inside:
            tags[at + 1] = TAGS.index(("B-" if at == inside[0] else "I-") + entity.label)
    return tags


def batches(lengths: Sequence[int], size: int, chance: random.Random) -> Iterator[list[int]]:
    """Yield shuffled batches of indices, those of a batch alike in length."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    cut: list[list[int]] = []
    for at in range(0, len(order), size * _POOL):
        pool = sorted(order[at : at + size * _POOL], key=lengths.__getitem__)
        cut.extend(pool[begin : begin + size] for begin in range(0, len(pool), size))
    chance.shuffle(cut)
    yield from cut


def padded(rows: Sequence[Sequence[int]], fill: int = 0) -> torch.Tensor:
    """Return rows of different lengths as one tensor."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])


def device() -> torch.device:
    """Return the GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
