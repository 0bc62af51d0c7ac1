"""Are denials found, and given to the right thing? `python -m tests.evaluation negation DIR`, on Chia's format.

**Attached.** Given gold entities and gold `Negation` annotations, which entity each belongs to (`Has_negation`): pairs
right, out of pairs predicted and gold pairs; beside it the entity that is nearest in tokens.

**Flag.** Whether an entity is denied: entities that a gold Negation denies, against those that `attach` gives one,
first with the gold annotations as cues (`flag_gold_cues`), then with the cues that the components mark
(`flag_own_cues`: negations, exceptions, what is denied by words behind it, inability).

**Cues.** Share of gold Negation annotations that overlap such a cue (`cues_found`), and share of the cues that overlap
a gold Negation (`cues_on_gold`). Chia leaves out many denials on purpose (of text that it does not query), so the
second is a lower bound.

The corpus is Chia (Kury et al. 2020, CC BY 4.0). For comparison, the flag by libraries with cues of their own,
given the same entities of the 101 trials of `dev`: negspacy 1.1.0 with its `en_clinical` terms .372 F1, the ConText of
medspaCy 1.3.1 with its default rules .348 (precision .28 and .26); `flag_own_cues` is what compares with these. Both
deny all up to a sentence's end or a terminating word, where criteria list what is denied beside what is asked for.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span

from parser.nlp.annotations import ASSERTION, CONTEXT
from parser.nlp.components.attachment import attach
from tests.evaluation.brat import read_folder
from tests.evaluation.relations import KINDS, Line, figures, lines, pipeline, scored, span_of

_CUES = {"negation", "exception", "denied_before", "ability"}
_ABLE = "able"


def evaluate(folder: Path) -> dict[str, Any]:
    """Return counts and scores over all documents of a folder."""
    nlp = pipeline("trial_assertion")
    begun = time.process_time()
    gathered = [line for document in read_folder(folder) for line in lines(document)]
    docs = list(nlp.pipe(line.text for line in gathered))
    by_gold, by_own, found, on_gold = [0, 0, 0], [0, 0, 0], [0, 0], [0, 0]
    for line, doc in zip(gathered, docs, strict=True):
        gold_cues = [span for place in line.spans_of("Negation") if (span := span_of(doc, place, "")) is not None]
        own_cues = cues(doc)
        wanted = {first for name, first, _ in line.relations if name == "Has_negation"}
        _add(by_gold, _flagged(line, doc, gold_cues), wanted)
        _add(by_own, _flagged(line, doc, own_cues), wanted)
        found[0] += sum(_overlaps(cue, own_cues) for cue in gold_cues)
        found[1] += len(gold_cues)
        on_gold[0] += sum(_overlaps(cue, gold_cues) for cue in own_cues)
        on_gold[1] += len(own_cues)
    return {
        "evaluation": "negation",
        "attached": scored(gathered, docs, "negation"),
        "flag_gold_cues": figures(*by_gold),
        "flag_own_cues": figures(*by_own),
        "cues_found": round(found[0] / max(found[1], 1), 4),
        "cues_on_gold": round(on_gold[0] / max(on_gold[1], 1), 4),
        "cpu_seconds": round(time.process_time() - begun, 1),
    }


def cues(doc: Doc) -> list[Span]:
    """Return the words of a text that deny something."""
    marked = [*doc.spans[ASSERTION], *doc.spans[CONTEXT]]
    return [span for span in marked if span.label_ in _CUES and span.kb_id_ != _ABLE]


def _flagged(line: Line, doc: Doc, denials: list[Span]) -> set[str]:
    labels = KINDS["negation"][2]
    spans = {
        id: span
        for id, (label, place) in line.places.items()
        if label in labels and (span := span_of(doc, place, label)) is not None
    }
    ids = list(spans)
    return {ids[thing] for _, thing in attach(doc, denials, list(spans.values()), "negation")}


def _add(counts: list[int], predicted: set[str], gold: set[str]) -> None:
    for index, number in enumerate((len(predicted & gold), len(predicted), len(gold))):
        counts[index] += number


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)
