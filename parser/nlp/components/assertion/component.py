"""The `trial_assertion` component."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from parser.nlp.annotations import ASSERTION, set_group
from parser.nlp.components.assertion.patterns import PATTERNS, PHRASES
from parser.nlp.components.matching import LookUp


class AssertionCues:
    """Mark the words that say how a thing is meant.

    Writes `doc.spans["trial_assertion"]`: spans labelled `status`, `certainty`, `negation`, `qualifier`, `method`,
    `intro`, `examples`, `definition`, `exception`, `narrowing` or `glue`, with the value in `kb_id_`. Cues are
    marked only; what each governs is decided where rules are built.

    Example:
        >>> doc = load()("History of severe asthma")
        >>> [(cue.text, cue.label_, cue.kb_id_) for cue in doc.spans["trial_assertion"]]
        [('History of', 'status', 'history'), ('severe', 'qualifier', 'severe')]
    """

    def __init__(self, vocab: Vocab) -> None:
        self._look_up = LookUp(vocab, PHRASES, PATTERNS)

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of cues."""
        set_group(doc, ASSERTION, self._look_up(doc))
        return doc
