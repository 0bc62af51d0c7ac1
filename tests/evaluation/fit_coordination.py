"""Learn the weights of `parser.nlp.components.coordination`: `python -m tests.evaluation.fit_coordination DIR`.

As `fit_attachment` does: for every gold entity of Chia's training part, the probability of its neighbour before it in
its `OR` group among the entities before it and "none". Prints the pairwise F1 of five folds by trial, and writes the
weights of all of it over `coordination_weights.tsv`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from unittest.mock import patch

from spacy.language import Language

from parser.nlp.components import coordination
from tests.evaluation.brat import read_folder
from tests.evaluation.fit_attachment import Case, Weights, fit
from tests.evaluation.logic import Row, chia_rows, predicted, things_of
from tests.evaluation.relations import figures, pipeline

_FOLDS = 5
#: Chosen by the folds' F1: 0.02 gives .790, 0.1 gives .767.
_PENALTY = 0.02


def cases(row: Row, nlp: Language) -> Iterator[Case]:
    """Yield the entities of a line, each with the signs of those before it and its gold neighbour."""
    doc = nlp.make_doc(row.text)
    ids, spans = things_of(doc, row)
    for second, candidates, rows in coordination.signs_of(doc, spans, excludes=row.excludes):
        gold = [rank for rank, first in enumerate(candidates) if (ids[first], ids[second]) in row.gold["or"]]
        if rows:
            yield rows, gold[:1]


def main(folder: Path) -> None:
    """Fit, print the folds' F1, write the weights."""
    nlp = pipeline()
    by_trial: dict[str, list[Row]] = defaultdict(list)
    for document in read_folder(folder):
        by_trial[document.id[:11]].extend(chia_rows(document))
    trials = sorted(by_trial)
    made = {trial: [case for row in by_trial[trial] for case in cases(row, nlp)] for trial in trials}
    total = [0, 0, 0]
    for fold in range(_FOLDS):
        rest = [case for index, trial in enumerate(trials) if index % _FOLDS != fold for case in made[trial]]
        held = [row for index, trial in enumerate(trials) if index % _FOLDS == fold for row in by_trial[trial]]
        total = [a + b for a, b in zip(total, _score(fit(rest, _PENALTY), held, nlp), strict=True)]
    print({"pairs": total[2], **figures(*total)})
    _write(fit([case for trial in trials for case in made[trial]], _PENALTY))


def _score(weights: Weights, held: list[Row], nlp: Language) -> list[int]:
    """Return hits, predicted and gold pairs."""
    counts = [0, 0, 0]
    with patch.object(coordination, "_weights", lambda: weights):
        for row in held:
            pairs, gold = predicted(nlp.make_doc(row.text), row, closed=True)["or"], row.gold["or"]
            counts = [a + b for a, b in zip(counts, (len(pairs & gold), len(pairs), len(gold)), strict=True)]
    return counts


def _write(weights: Weights) -> None:
    lines = ["# Weights of the signs in coordination.py, made by tests/evaluation/fit_coordination.py", "sign\tweight"]
    lines += [f"{sign}\t{weight:g}" for sign, weight in sorted(weights.items())]
    with as_file(files(coordination.__package__) / coordination.WEIGHTS_FILE) as path:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
