"""The `trial_topics` component."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from parser.nlp.annotations import TOPICS, longest, set_group
from parser.nlp.components.matching import LookUp
from parser.nlp.components.topics.measurements import MeasurementNames
from parser.nlp.components.topics.patterns import PATTERNS, PHRASES


class Topics:
    """Mark the subjects that criteria have of their own.

    Writes `doc.spans["trial_topics"]`: spans labelled `population`, `sex`, `age`, `reproductive`, `allergy`,
    `requirement`, `measurement` or `result`, with the value in `kb_id_`. A requirement's value is its topic, with `-`
    before it where the words say that it is not met ("poor adherence": `-adherence`). A measurement's value is its name
    in the vocabulary (`parser.vocabulary.measurements`).

    Example:
        >>> doc = load()("Poor adherence to the study protocol")
        >>> [(topic.text, topic.kb_id_) for topic in doc.spans["trial_topics"]]
        [('Poor adherence to the study protocol', '-adherence')]
    """

    def __init__(self, vocab: Vocab) -> None:
        self._look_up = LookUp(vocab, PHRASES, PATTERNS)
        self._measurements = MeasurementNames(vocab)

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of topics."""
        set_group(doc, TOPICS, longest([*self._look_up(doc), *self._measurements(doc)]))
        return doc
