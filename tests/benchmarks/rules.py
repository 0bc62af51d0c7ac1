"""The speed of making rules of real eligibility texts, whole and stage by stage."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import parser

if TYPE_CHECKING:
    from spacy.language import Language

#: One text in so many is measured.
EVERY = 24
#: Rounds of all texts; the best counts.
ROUNDS = 4

Timer = Callable[[Callable[[], object], int], float]


def sample(folder: Path) -> list[str]:
    """Return every `EVERY`th of the texts in a folder's `*.jsonl`, each line with a `text`."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines[::EVERY]]


def of_texts(folder: Path, seconds_each: Timer) -> Iterator[dict[str, object]]:
    """Yield trials a second with and without the recogniser, then the milliseconds of each stage without it.

    Args:
        folder: Holds the texts.
        seconds_each: Returns the CPU seconds of one call, the best of so many rounds.
    """
    texts = sample(folder)
    bare = parser.load_nlp(None)
    for name, nlp in (("", parser.load_nlp()), ("_but_recogniser", bare)):
        cost = seconds_each(lambda nlp=nlp: _parse_all(texts, nlp), ROUNDS)  # type: ignore[misc]
        yield {"benchmark": f"rules{name}", "trials_per_cpu_second": round(len(texts) / cost, 1)}
    stages = {
        "outline": seconds_each(lambda: _parse_all(texts, None), ROUNDS),
        **_of_pipeline(texts, bare, seconds_each),
    }
    stages["rules"] = cost - sum(stages.values())
    yield {"benchmark": "ms_a_trial", **{name: round(1000 * stage / len(texts), 2) for name, stage in stages.items()}}


def _parse_all(texts: list[str], nlp: Language | None) -> None:
    for text in texts:
        parser.parse_eligibility(text, rules=nlp is not None, nlp=nlp)


def _of_pipeline(texts: list[str], nlp: Language, seconds_each: Timer) -> dict[str, float]:
    """Return the CPU seconds of the tokenizer and of each component, over the criteria of all texts."""
    parsed = [parser.parse_eligibility(text, rules=False) for text in texts]
    criteria = [
        criterion.text for eligibility in parsed for criterion in eligibility.walk() if criterion.role == "rule"
    ]
    stages = {"tokenizer": seconds_each(lambda: [len(nlp.make_doc(text)) for text in criteria], ROUNDS)}
    docs = list(nlp.pipe(criteria))
    for name, component in nlp.pipeline:
        stages[name] = seconds_each(lambda component=component: [len(component(doc)) for doc in docs], ROUNDS)  # type: ignore[misc]
    return stages
