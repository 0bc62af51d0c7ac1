"""How well entities were found: strict and overlapping, with an interval over trials.

Strict: the same characters and the same label. Overlap: the same label and at least one character in common, each
entity used once, in the order of the text. Relaxed: the same, but an entity may be used again, so that both halves of a
gold entity are right. Micro-averaged. The interval is the bootstrap's over trials (Efron 1979).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parser.nlp.recogniser.tags import LABELS
from parser.nlp.training.corpus import Entity

_RESAMPLES = 1_000


@dataclass
class Counts:
    """Entities by label: in the gold standard, predicted, right strictly, right by overlap; met by one of the other."""

    gold: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    strict: Counter[str] = field(default_factory=Counter)
    overlap: Counter[str] = field(default_factory=Counter)
    gold_met: Counter[str] = field(default_factory=Counter)
    predicted_met: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Sequence[Entity], predicted: Sequence[Entity]) -> None:
        """Count the entities of one text."""
        self.gold.update(entity.label for entity in gold)
        self.predicted.update(entity.label for entity in predicted)
        self.strict.update(entity.label for entity in set(gold) & set(predicted))
        self.overlap.update(overlapping(gold, predicted))
        self.gold_met.update(_met(gold, predicted))
        self.predicted_met.update(_met(predicted, gold))

    def merge(self, other: Counts) -> None:
        """Add the counts of other texts."""
        for name in ("gold", "predicted", "strict", "overlap", "gold_met", "predicted_met"):
            getattr(self, name).update(getattr(other, name))

    def scores(self, label: str | None = None) -> dict[str, float]:
        """Return precision, recall and F1, of one label or of all together."""

        def share(part: Counter[str], whole: Counter[str]) -> float:
            counts = [counter.total() if label is None else counter[label] for counter in (part, whole)]
            return counts[0] / counts[1] if counts[1] else 0.0

        return {
            **_scores("strict", share(self.strict, self.predicted), share(self.strict, self.gold)),
            **_scores("overlap", share(self.overlap, self.predicted), share(self.overlap, self.gold)),
            **_scores("relaxed", share(self.predicted_met, self.predicted), share(self.gold_met, self.gold)),
        }


def _scores(name: str, precision: float, recall: float) -> dict[str, float]:
    both = precision + recall
    return {
        f"{name}_precision": round(precision, 4),
        f"{name}_recall": round(recall, 4),
        f"{name}_f1": round(2 * precision * recall / both, 4) if both else 0.0,
    }


def _met(entities: Sequence[Entity], others: Sequence[Entity]) -> Iterable[str]:
    """Yield the label of each entity that has a label and characters in common with one of the others."""
    for entity in entities:
        if any(
            entity.label == other.label and entity.start < other.end and other.start < entity.end for other in others
        ):
            yield entity.label


def overlapping(gold: Sequence[Entity], predicted: Sequence[Entity]) -> Iterable[str]:
    """Yield the label of each pair of entities with a label and characters in common, each used once."""
    for label in LABELS:
        left = sorted(entity for entity in predicted if entity.label == label)
        for entity in sorted(entity for entity in gold if entity.label == label):
            hit = next((other for other in left if other.start < entity.end and entity.start < other.end), None)
            if hit is not None:
                left.remove(hit)
                yield label


def intervals(by_trial: Sequence[Counts], seed: int = 0) -> dict[str, tuple[float, float]]:
    """Return the middle 95 % of strict and overlap F1 over trials drawn again and again with replacement."""
    chance = random.Random(seed)
    drawn: dict[str, list[float]] = {"strict": [], "overlap": []}
    totals = [
        (counts.gold.total() + counts.predicted.total(), counts.strict.total(), counts.overlap.total())
        for counts in by_trial
    ]
    for _ in range(_RESAMPLES if totals else 0):
        both, strict, overlap = map(sum, zip(*chance.choices(totals, k=len(totals)), strict=True))
        drawn["strict"].append(2 * strict / both if both else 0.0)
        drawn["overlap"].append(2 * overlap / both if both else 0.0)
    return {name: _middle(values) for name, values in drawn.items()}


def _middle(values: list[float]) -> tuple[float, float]:
    if not values:
        return 0.0, 0.0
    values = sorted(values)
    cut = round(0.025 * len(values))
    return round(values[cut], 4), round(values[-1 - cut], 4)
