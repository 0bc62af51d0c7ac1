"""The speed of making rules of real eligibility texts, whole and stage by stage."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import parser

if TYPE_CHECKING:
    from spacy.language import Language

#: One text in so many is measured.
EVERY = 24
#: Rounds of all texts; the best counts.
ROUNDS = 4
#: Texts whose criteria go through the pipeline together, where many are read.
TOGETHER = 50

Timer = Callable[[Callable[[], object], int], float]


def sample(folder: Path) -> list[str]:
    """Return every `EVERY`th of the texts in a folder's `*.jsonl`, each line with a `text`."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines[::EVERY]]


def of_texts(folder: Path, seconds_each: Timer) -> Iterator[dict[str, object]]:
    """Yield trials a second, one by one and together, with and without the recogniser; criteria a second; stages.

    Nothing is remembered from one text to the next. The stages are milliseconds a trial; `rules` is what remains.

    Args:
        folder: Holds the texts.
        seconds_each: Returns the CPU seconds of one call, the best of so many rounds.
    """
    texts = sample(folder)
    nlp = parser.load_nlp()
    ways: dict[str, Callable[[], None]] = {}
    for name, pipeline in (("", nlp), ("_but_recogniser", parser.load_nlp(None))):
        ways[f"rules{name}"] = partial(_parse_all, texts, pipeline)
        ways[f"rules_of_many{name}"] = partial(_parse_together, texts, pipeline)
    costs = {name: seconds_each(way, ROUNDS) for name, way in ways.items()}
    for name, cost in costs.items():
        yield {"benchmark": name, "trials_per_cpu_second": round(len(texts) / cost, 1)}
    outline = seconds_each(lambda: _parse_all(texts, None), ROUNDS)
    criteria = _criteria(texts)
    stages = {"outline": outline, **_of_pipeline(criteria, nlp)}
    read = stages["tokenizer"] + stages["trial_recogniser"]
    yield {"benchmark": "tokenizer_and_recogniser", "criteria_per_cpu_second": round(len(criteria) / read)}
    stages["rules"] = costs["rules_of_many"] - sum(stages.values())
    yield {"benchmark": "ms_a_trial", **{name: round(1000 * stage / len(texts), 2) for name, stage in stages.items()}}


def _parse_all(texts: list[str], nlp: Language | None) -> None:
    for text in texts:
        parser.parse_eligibility(text, rules=nlp is not None, nlp=nlp)


def _parse_together(texts: list[str], nlp: Language) -> None:
    from parser.rules import structure_many  # here, so that what is measured without rules is without spaCy

    for start in range(0, len(texts), TOGETHER):
        structure_many([parser.parse_eligibility(text, rules=False) for text in texts[start : start + TOGETHER]], nlp)


def _criteria(texts: list[str]) -> list[str]:
    parsed = [parser.parse_eligibility(text, rules=False) for text in texts]
    return [criterion.text for eligibility in parsed for criterion in eligibility.walk() if criterion.role == "rule"]


def _of_pipeline(criteria: list[str], nlp: Language) -> dict[str, float]:
    """Return the CPU seconds of the tokenizer and of each component, the best of a few rounds over new docs."""
    rounds: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        began = time.process_time()
        docs = [nlp.make_doc(text) for text in criteria]
        spent = {"tokenizer": time.process_time() - began}
        for name, component in nlp.pipeline:
            began = time.process_time()
            docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
            spent[name] = time.process_time() - began
        rounds.append(spent)
    return {name: min(spent[name] for spent in rounds) for name in rounds[0]}
