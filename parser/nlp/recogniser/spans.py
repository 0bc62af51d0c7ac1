"""From the probabilities of words' tags to entities: the set of stretches that is expected to score best.

The most probable sequence of tags is not the one with the best F1: it leaves out an entity whose tags are spread over
several boundaries or labels, and keeps one that is right one time in five. Here each stretch has the probability that
it is an entity exactly, and the one that an entity of its label is there at all; chosen is the set without overlaps
whose sum of these, less a toll for each entity, is greatest. (To gain in F1, an entity must be right more often than
half the F1: Lipton et al. 2014, https://arxiv.org/abs/1402.1892, which is where the toll comes from.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from parser.nlp.recogniser.tags import LABELS

#: Longest entity, in words; one in ten thousand of the corpus is longer.
_LONGEST = 30
#: What being exact counts, as a share of one; the rest is being there at all.
_EXACT = 0.8
#: What an entity must be worth to be kept. Both were chosen on the held-out tenth of the corpus.
_TOLL = 0.35
#: A stretch less probable than this is worth less than the toll, whatever else.
_LEAST = (_TOLL - (1 - _EXACT)) / _EXACT
_NEVER = 1e-9


class Stretch(NamedTuple):
    """A labelled stretch of words: the first, the one behind the last."""

    first: int
    behind: int
    label: str


class _Candidates(NamedTuple):
    """Stretches of all texts together, one after the other: places, labels and what each is worth above the toll."""

    firsts: NDArray[np.intp]
    behind: NDArray[np.intp]
    labels: NDArray[np.intp]
    worth: NDArray[np.floating[Any]]


def best_spans(texts: Sequence[NDArray[np.float32]]) -> list[list[Stretch]]:
    """Return the entities of texts, in order, none of which overlap.

    Args:
        texts: Log probabilities of each text's words, words × tags.
    """
    lengths = [len(scores) for scores in texts]
    if not any(lengths):
        return [[] for _ in texts]
    ends = np.cumsum(lengths)
    found: list[list[Stretch]] = [[] for _ in texts]
    chosen = list(_best(_candidates(np.exp(np.concatenate(texts)), ends), int(ends[-1])))
    owners = np.searchsorted(ends, [stretch.first for stretch in chosen], side="right")
    for owner, (first, behind, label) in zip(owners.tolist(), chosen, strict=True):
        begin = int(ends[owner]) - lengths[owner]
        found[owner].append(Stretch(first - begin, behind - begin, label))
    return found


def _candidates(likely: NDArray[np.float32], ends: NDArray[np.intp]) -> _Candidates:
    """Return the stretches that are worth their toll.

    The probability of a stretch is that its first word begins an entity, times, for each further word, that the entity
    goes on there, times that it does not go on behind. An entity goes on with the share that `I-` has of what a label
    had at the word before: neighbours are far from independent.

    Args:
        likely: Probabilities of all texts' words, words × tags.
        ends: Where each text ends.
    """
    begins, insides = likely[:, 1::2], likely[:, 2::2]
    there = begins + insides
    goes_on = np.zeros((len(likely) + 1, len(LABELS)), dtype=np.float32)
    goes_on[1:-1] = np.minimum(1.0, insides[1:] / np.maximum(there[:-1], _NEVER))
    goes_on[ends] = 0.0  # a text's entities end with it
    firsts, labels = np.nonzero(begins > _LEAST)
    so_far, most = begins[firsts, labels], there[firsts, labels]
    kept: list[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.floating[Any]]]] = []
    for length in range(1, _LONGEST + 1):
        behind = firsts + length
        going = goes_on[behind, labels]
        worth = _EXACT * so_far * (1 - going) + (1 - _EXACT) * most - _TOLL
        paid = worth > 0
        kept.append((firsts[paid], behind[paid], labels[paid], worth[paid]))
        so_far = so_far * going
        alive = so_far > _LEAST
        if not alive.any():
            break
        firsts, labels, so_far = firsts[alive], labels[alive], so_far[alive]
        most = np.maximum(most[alive], there[firsts + length, labels])
    return _Candidates(*(np.concatenate(column) for column in zip(*kept, strict=True)))


def _best(candidates: _Candidates, words: int) -> Iterator[Stretch]:
    """Yield the set of candidates without overlaps that is worth most, in order (weighted interval scheduling)."""
    order = np.lexsort((candidates.labels, candidates.firsts, candidates.behind))
    rows = list(zip(*(column[order].tolist() for column in candidates), strict=True))
    best, taken = [0.0] * (words + 1), [-1] * (words + 1)
    row = 0
    for at in range(1, words + 1):
        best[at] = best[at - 1]
        while row < len(rows) and rows[row][1] == at:
            total = best[rows[row][0]] + rows[row][3]
            if total > best[at]:
                best[at], taken[at] = total, row
            row += 1
    chosen = []
    at = words
    while at > 0:
        if taken[at] < 0:
            at -= 1
            continue
        first, behind, label, _ = rows[taken[at]]
        chosen.append(Stretch(first, behind, LABELS[label]))
        at = first
    yield from reversed(chosen)
