"""How much of real criteria becomes rules? `python -m tests.evaluation structure DIR`, on JSON Lines of {id, text}.

A criterion counts as `full` when no part of its rule is unstructured, as `none` when all of it is, else as `part`. A
rule whose concepts are too long to be names (over 8 words), or hold a digit beside a comparator, does not count as
structured. `shapes` are the most frequent forms of what stays unstructured: its first words, numbers as `#`.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import parser
from parser.models import Criterion, Eligibility
from parser.models.rules import Rule, Unstructured, atoms

_LONGEST_CONCEPT = 8
_SHAPES = 50
_SHAPE_WORDS = 3
_COMPARATOR = re.compile(r"[<>≤≥=]|\d.*\d")


def evaluate(folder: Path) -> dict[str, Any]:
    """Return counts and shares over all texts below a folder; every text must give sound segments and spans."""
    nlp = parser.load_nlp()
    shares: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    problems: list[str] = []
    trials = 0
    begun = time.process_time()
    for row in _rows(folder):
        trials += 1
        eligibility = parser.parse_eligibility(row["text"], nlp=nlp)
        problems += [f"{row['id']}: {problem}" for problem in _problems(eligibility)]
        for criterion in eligibility.walk():
            if criterion.role == "rule" and not criterion.criteria and criterion.rule is not None:
                kind = how_structured(criterion.rule)
                shares[kind] += 1
                if kind == "none":
                    shapes[_shape(criterion)] += 1
        if trials % 500 == 0:
            print(f"{trials} trials", file=sys.stderr, flush=True)
    seconds = time.process_time() - begun
    total = shares.total()
    return {
        "evaluation": "structure",
        "trials": trials,
        "criteria": total,
        "criteria_a_trial": round(total / trials, 1) if trials else 0.0,
        "shares": {kind: round(shares[kind] / total, 4) if total else 0.0 for kind in ("full", "part", "none")},
        "trials_a_cpu_second": round(trials / seconds, 1) if seconds else 0.0,
        "shapes": dict(shapes.most_common(_SHAPES)),
        "problems": problems[:20],
    }


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def how_structured(rule: Rule) -> str:
    """Tell how much of a rule is more than kept words."""
    parts = list(atoms(rule))
    kept = sum(isinstance(atom, Unstructured) or _is_no_concept(atom) for atom in parts)
    return "full" if kept == 0 else "none" if kept == len(parts) else "part"


def _is_no_concept(atom: Rule) -> bool:
    concept = getattr(atom, "concept", None)
    if concept is None:
        return False
    return len(concept.text.split()) > _LONGEST_CONCEPT or _COMPARATOR.search(concept.text) is not None


def _shape(criterion: Criterion) -> str:
    words = re.sub(r"\d+(?:[.,]\d+)*", "#", criterion.text.lower()).split()
    return " ".join(words[:_SHAPE_WORDS])


def _problems(eligibility: Eligibility) -> Iterator[str]:
    """Yield what breaks the promises: characters in no segment or in two, spans out of the text."""
    text = eligibility.text or ""
    covered = bytearray(len(text))
    for segment in eligibility.segments:
        for index in range(*segment.span):
            covered[index] += 1
    if any(covered[index] != 1 for index, char in enumerate(text) if not char.isspace()):
        yield "segments do not tile the text"
    for criterion in eligibility.walk():
        for atom in atoms(criterion.rule) if criterion.rule is not None else ():
            if any(not 0 <= start < end <= len(text) for start, end in atom.spans):
                yield f"{criterion.id} has a rule with a span outside the text"
