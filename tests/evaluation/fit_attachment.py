"""Learn the weights of `parser.nlp.components.attachment`: `python -m tests.evaluation.fit_attachment DIR`.

Conditional logistic regression: for every gold modifier of Chia's training part, the probability of the gold thing
among the things of its line and "none", with an L2 penalty; gradient ascent (Adagrad), no random numbers. Prints, for
each kind, the F1 of five folds by trial, and writes the weights of all of it over `attachment_weights.tsv`.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from spacy.language import Language

from parser.nlp.components import attachment
from parser.nlp.components.attachment import Kind, signs_of
from tests.evaluation import relations
from tests.evaluation.brat import read_folder

#: Signs seen less often than this have no weight.
_RARE = 8
_ROUNDS = 14
_PENALTY = 0.1
_RATE = 0.25
_FOLDS = 5

#: Signs of each thing, and the indices of the gold ones.
Case = tuple[list[list[str]], list[int]]
Weights = dict[str, float]


def cases(folder: Path, nlp: Language, kind: Kind) -> list[tuple[str, list[Case]]]:
    """Return the cases of every document with its id."""
    relation, label, things = relations.KINDS[kind]
    return [
        (
            document.id,
            [case for line in relations.lines(document) for case in _of_line(line, nlp, relation, label, things)],
        )
        for document in read_folder(folder)
    ]


def _of_line(line: relations.Line, nlp: Language, relation: str, label: str, things: frozenset[str]) -> Iterator[Case]:
    doc = nlp.make_doc(line.text)
    spans = {
        id: span
        for id, (name, place) in line.places.items()
        if name in things and (span := relations.span_of(doc, place, name)) is not None
    }
    ids = list(spans)
    for id, (name, place) in line.places.items():
        modifier = relations.span_of(doc, place, name) if name == label else None
        if modifier is None:
            continue
        gold = [
            ids.index(first)
            for told, first, second in line.relations
            if told == relation and second == id and first in spans
        ]
        yield signs_of(doc, modifier, list(spans.values())), gold


def fit(training: Sequence[Case], penalty: float = _PENALTY) -> Weights:
    """Return the weights that make the gold things likely; `penalty` keeps them small."""
    seen = Counter(sign for rows, _ in training for row in rows for sign in row)
    weights: Weights = {"none": 0.0, **{sign: 0.0 for sign in sorted(seen) if seen[sign] >= _RARE}}
    squares = dict.fromkeys(weights, 1e-6)
    for _ in range(_ROUNDS):
        for rows, gold in training:
            _step(weights, squares, [*rows, ["none"]], gold or [len(rows)], penalty)
    return {sign: round(weight, 2) for sign, weight in weights.items() if abs(weight) >= 0.1 or sign == "none"}


def _step(weights: Weights, squares: Weights, rows: list[list[str]], gold: list[int], penalty: float) -> None:
    scores = [sum(weights.get(sign, 0.0) for sign in row) for row in rows]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    whole = sum(powers)
    slopes: Weights = {}
    for index, row in enumerate(rows):
        error = (index in gold) / len(gold) - powers[index] / whole
        for sign in row:
            if sign in weights:
                slopes[sign] = slopes.get(sign, 0.0) + error
    for sign, slope in slopes.items():
        slope -= penalty * weights[sign]
        squares[sign] += slope * slope
        weights[sign] += _RATE * slope / math.sqrt(squares[sign])


def score(weights: Weights, held: Sequence[Case]) -> tuple[int, int, int]:
    """Return hits, predicted and gold pairs."""
    hits = predicted = wanted = 0
    for rows, gold in held:
        wanted += len(gold)
        scores = [sum(weights.get(sign, 0.0) for sign in row) for row in rows]
        if scores and max(scores) > weights.get("none", 0.0):
            predicted += 1
            hits += scores.index(max(scores)) in gold
    return hits, predicted, wanted


def main(folder: Path) -> None:
    """Fit all kinds, print the folds' F1, write the weights."""
    nlp = relations.pipeline()
    written: dict[str, Weights] = {}
    for kind in relations.KINDS:
        documents = cases(folder, nlp, kind)
        trials = sorted({id[:11] for id, _ in documents})
        folds = {trial: index % _FOLDS for index, trial in enumerate(trials)}
        total = [0, 0, 0]
        for fold in range(_FOLDS):
            rest = [case for id, held in documents if folds[id[:11]] != fold for case in held]
            kept = [case for id, held in documents if folds[id[:11]] == fold for case in held]
            total = [a + b for a, b in zip(total, score(fit(rest), kept), strict=True)]
        print(kind, {"f1": round(2 * total[0] / (total[1] + total[2]), 4), "pairs": total[2]})
        written[kind] = fit([case for _, held in documents for case in held])
    _write(written)


def _write(weights: dict[str, Weights]) -> None:
    lines = [
        "# Weights of the signs in attachment.py, made by tests/evaluation/fit_attachment.py",
        "kind\tsign\tweight",
    ]
    lines += [
        f"{kind}\t{sign}\t{weight:g}" for kind, table in weights.items() for sign, weight in sorted(table.items())
    ]
    with as_file(files(attachment.__package__) / attachment.WEIGHTS_FILE) as path:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
