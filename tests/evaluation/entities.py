"""Are things found and named rightly? `python -m tests.evaluation entities DIR`, on a folder in Chia's brat format.

One criterion, a line of the corpus's files, is a text. `strict` wants the same characters and label, `overlap` the
same label and a character in common, each entity used once; `relaxed` allows it to be used again. Micro-averaged.
Overlapping gold entities are made flat: contiguous ones longest first, overlaps dropped, then free fragments of
discontinuous ones. `all_mentions` keeps them all as the annotators marked them: there, a discontinuous one is never
found strictly. Intervals: 95 %, bootstrap over trials. `--model FOLDER` measures another model, `--until
trial_recogniser` the network without the repairs that follow. The corpus's trials in `dev` were never trained on, nor
used to choose among models.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

import parser
from parser.nlp.recogniser.tags import LABELS
from parser.nlp.training.corpus import AnnotatedText, Entity, Mention, flatten, line_spans, read_corpus
from parser.nlp.training.scores import Counts, intervals

ROUNDS = 5


def evaluate(folder: Path, *, model: str = "packaged", until: str = "") -> dict[str, Any]:
    """Return scores over all texts of a folder.

    Args:
        folder: Brat files.
        model: `packaged`, or the folder of another model.
        until: The last component that runs, `trial_recogniser` for the network alone; when not given, the last one
            that sets entities.
    """
    nlp = parser.load_nlp(model=model)
    pipes = entity_pipes(nlp, until)
    texts = list(read_corpus(folder))
    by_trial: dict[str, Counts] = defaultdict(Counts)
    everything: dict[str, Counts] = defaultdict(Counts)
    for text in texts:
        predicted = entities(text.text, nlp, pipes)
        by_trial[text.trial].add(flatten(text.mentions), predicted)
        everything[text.trial].merge(count_mentions(text, predicted))
    flat, mentions = total(by_trial), total(everything)
    return {
        "evaluation": "entities",
        "components": pipes,
        "trials": len(by_trial),
        **flat.scores(),
        "intervals": intervals(list(by_trial.values())),
        "labels": {label: {"gold": flat.gold[label], **flat.scores(label)} for label in LABELS},
        "all_mentions": {"gold": mentions.gold.total(), **mentions.scores()},
        "criteria_per_cpu_second": round(speed(texts, nlp)),
    }


def entities(text: str, nlp: Language, pipes: Sequence[str]) -> list[Entity]:
    """Return what the named components find in the lines of a text."""
    spans = list(line_spans(text))
    with nlp.select_pipes(enable=pipes):
        docs = list(nlp.pipe(text[start:end] for start, end in spans))
    return [
        Entity(start + entity.start_char, start + entity.end_char, entity.label_)
        for (start, _), doc in zip(spans, docs, strict=True)
        for entity in doc.ents
    ]


def entity_pipes(nlp: Language, until: str = "") -> list[str]:
    """Return the names of the components up to one, or up to the last one that sets entities."""
    setting = [name for name in nlp.pipe_names if "doc.ents" in nlp.get_pipe_meta(name).assigns]
    return nlp.pipe_names[: nlp.pipe_names.index(until or setting[-1]) + 1]


def count_mentions(text: AnnotatedText, predicted: Sequence[Entity]) -> Counts:
    """Count with every mention kept, whether they overlap or have gaps."""
    counts = Counts()
    counts.gold.update(mention.label for mention in text.mentions)
    counts.predicted.update(entity.label for entity in predicted)
    whole = {Entity(*mention.spans[0], mention.label) for mention in text.mentions if len(mention.spans) == 1}
    counts.strict.update(entity.label for entity in whole & set(predicted))
    counts.gold_met.update(mention.label for mention in text.mentions if any(_meet(mention, e) for e in predicted))
    counts.predicted_met.update(entity.label for entity in predicted if any(_meet(m, entity) for m in text.mentions))
    left = list(predicted)
    for mention in text.mentions:
        hit = next((entity for entity in left if _meet(mention, entity)), None)
        if hit is not None:
            left.remove(hit)
            counts.overlap[mention.label] += 1
    return counts


def _meet(mention: Mention, entity: Entity) -> bool:
    return mention.label == entity.label and any(
        start < entity.end and entity.start < end for start, end in mention.spans
    )


def total(parts: dict[str, Counts]) -> Counts:
    """Return the counts of all trials together."""
    counts = Counts()
    for part in parts.values():
        counts.merge(part)
    return counts


def speed(texts: Sequence[AnnotatedText], nlp: Language) -> float:
    """Return criteria a CPU second for the tokenizer and the recogniser alone, the best of several rounds."""
    lines = [text.text[start:end] for text in texts for start, end in line_spans(text.text)]
    best = float("inf")
    with nlp.select_pipes(enable=["trial_recogniser"]):
        for _ in range(ROUNDS):
            begun = time.process_time()
            for _doc in nlp.pipe(lines):
                pass
            best = min(best, time.process_time() - begun)
    return len(lines) / best if lines and best else 0.0
