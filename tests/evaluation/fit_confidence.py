"""Count how often atoms are right, by what they rest on: `python -m tests.evaluation.fit_confidence DIR`.

DIR is Chia's training part; only its trials that the recogniser's training never saw are used
(`parser.nlp.training.corpus.is_held_out`). An atom is judged as `confidence` says. Writes
`parser/rules/confidence.tsv`: a row for each ground, and for those that leave a part of it open. Each share leans
towards the one of the next wider ground as much as `_LEANING` atoms would.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import parser
from parser.nlp.training.corpus import is_held_out
from parser.rules import confidence
from parser.rules.confidence import ANY, Ground, grounds, widened
from parser.rules.structuring import context_of, read_words
from parser.rules.units import units
from tests.evaluation.brat import Document, read_folder
from tests.evaluation.confidence import Gold, section_of, source_of

#: A wider ground counts as this many atoms of a narrower one.
_LEANING = 20
#: Fewer atoms than these have no row of their own.
_FEWEST = 5
_RANKS = ("sure", "likely", "guess")


def judged(document: Document) -> Iterator[tuple[Ground, bool]]:
    """Yield what the atoms of a document rest on, and whether each is right."""
    nlp = parser.load_nlp()
    eligibility = parser.parse_eligibility(source_of(document), kind=section_of(document), rules=False)
    gold = Gold(document, eligibility)
    for criterion in eligibility.walk():
        if criterion.role != "rule" or criterion.criteria:
            continue
        context = context_of(eligibility.text or "", criterion)
        doc = nlp(context.text.text)
        rule = read_words(units(doc), doc, context)
        for atom, ground in grounds(rule, doc, context):
            right = gold.judge(atom)
            if right is not None:
                yield ground, right


def main(folder: Path) -> None:
    """Count, print the widest shares, write the table."""
    seen: Counter[Ground] = Counter()
    right: Counter[Ground] = Counter()
    for document in read_folder(folder):
        if is_held_out(document.id[:11]):
            for ground, is_right in judged(document):
                for row in widened(ground):
                    seen[row] += 1
                    right[row] += is_right
    shares = _shares(seen, right)
    for rank in _RANKS:
        widest = Ground(ANY, rank, ANY, ANY)
        print(rank, {"atoms": seen[widest], "share": round(shares[widest], 3)})
    _write(shares, seen)


def _shares(seen: Counter[Ground], right: Counter[Ground]) -> dict[Ground, float]:
    shares: dict[Ground, float] = {}
    for ground in sorted(seen, key=lambda row: -row.count(ANY)):
        wider = next((row for row in list(widened(ground))[1:] if row in shares and row != ground), None)
        if wider is None:
            shares[ground] = right[ground] / seen[ground]
        elif seen[ground] >= _FEWEST:
            shares[ground] = (right[ground] + _LEANING * shares[wider]) / (seen[ground] + _LEANING)
    return shares


def _write(shares: dict[Ground, float], seen: Counter[Ground]) -> None:
    lines = [
        "# How often atoms are right, by what they rest on, counted by tests/evaluation/fit_confidence.py",
        "kind\trank\trecogniser\treading\tshare\tcount",
    ]
    lines += ["\t".join((*ground, f"{share:.2f}", str(seen[ground]))) for ground, share in sorted(shares.items())]
    with as_file(files(confidence.__package__) / confidence.SHARES_FILE) as path:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
