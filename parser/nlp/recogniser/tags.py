"""The tags that the network gives words (outside; begin and inside of each label), and the entities they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

#: Chia's domain, field and construct labels.
LABELS = (
    "Condition",
    "Drug",
    "Procedure",
    "Measurement",
    "Value",
    "Temporal",
    "Observation",
    "Person",
    "Device",
    "Qualifier",
    "Negation",
)
OUTSIDE = 0
#: `B-` of a label has an odd index, its `I-` is the next one.
TAGS = ("O", *(prefix + label for label in LABELS for prefix in ("B-", "I-")))

_BEGIN = np.arange(1, len(TAGS), 2)
_INSIDE = _BEGIN + 1


def best_tags(scores: NDArray[np.float32]) -> list[int]:
    """Return the most probable tags of a text's words in which each `I-` follows its `B-` or itself.

    Args:
        scores: Log probabilities, words × tags.
    """
    if not len(scores):
        return []
    total = scores[0].copy()
    total[_INSIDE] = -np.inf
    back = np.empty(scores.shape, dtype=np.int64)
    for at in range(1, len(scores)):
        best = int(total.argmax())
        stays = total[_INSIDE] > total[_BEGIN]
        back[at] = best
        back[at, _INSIDE] = np.where(stays, _INSIDE, _BEGIN)
        inside = np.where(stays, total[_INSIDE], total[_BEGIN])
        total = scores[at] + total[best]
        total[_INSIDE] = scores[at, _INSIDE] + inside
    tags = [int(total.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        tags.append(int(back[at, tags[-1]]))
    return tags[::-1]


def runs(tags: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the entities that tags make: first word, the word behind the last, label."""
    start = label = None
    at = -1
    for at, tag in enumerate(tags):
        if start is not None and (tag != label):
            yield start, at, _label_of(label)
            start = label = None
        if tag % 2:
            start, label = at, tag + 1
    if start is not None:
        yield start, at + 1, _label_of(label)


def _label_of(tag: int | None) -> str:
    return TAGS[tag or OUTSIDE][2:]
