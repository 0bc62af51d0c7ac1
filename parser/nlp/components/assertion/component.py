"""The `trial_assertion` component."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.nlp.annotations import ASSERTION, CONTEXT, set_group, words_of
from parser.nlp.components.assertion.clauses import CONTEXT as CLAUSES
from parser.nlp.components.assertion.denials import NON
from parser.nlp.components.assertion.patterns import PATTERNS, PHRASES
from parser.nlp.components.matching import LookUp

_HYPHENS = frozenset("-‐‑–")


class AssertionCues:
    """Mark the words that say how a thing is meant.

    Writes `doc.spans["trial_assertion"]`: spans labelled `status`, `certainty`, `established`, `negation`, `qualifier`,
    `extent`, `method`, `intro`, `examples`, `definition`, `exception` or `narrowing`, with the value in `kb_id_`; and
    `doc.spans["trial_context"]`: `denied_before`, `no_denial`, `irrelevant`, `verdict`, `condition`, `ability` or
    `subject`. Cues are marked only; what each governs is decided where rules are built.

    Example:
        >>> doc = load()("History of severe asthma")
        >>> [(cue.text, cue.label_, cue.kb_id_) for cue in doc.spans["trial_assertion"]]
        [('History of', 'status', 'history'), ('severe', 'qualifier', 'severe')]
    """

    def __init__(self, vocab: Vocab) -> None:
        self._look_up = LookUp(vocab, {**PHRASES, **CLAUSES}, PATTERNS)

    def __call__(self, doc: Doc) -> Doc:
        """Write both groups of cues."""
        found = self._look_up(doc)
        of_clauses = [span for span in found if span.label_ in CLAUSES]
        cues = [span for span in found if span.label_ not in CLAUSES]
        set_group(doc, ASSERTION, [*cues, *_non(doc, found)])
        set_group(doc, CONTEXT, of_clauses)
        return doc


def _non(doc: Doc, found: list[Span]) -> Iterator[Span]:
    """Yield the "non-" of "non-pregnant", which denies; that of a name ("non-Hodgkin") is no cue."""
    words = words_of(doc)
    if "non" not in words.known:
        return
    taken = {index for span in found for index in range(span.start, span.end)}
    for index, word in enumerate(words.lower[:-1]):
        if word != "non" or index in taken:
            continue
        end = index + 2 if words.tokens[index + 1] in _HYPHENS else index + 1
        if end < len(doc) and words.lower[end] in NON:
            yield Span(doc, index, end, label="negation", kb_id="not")
