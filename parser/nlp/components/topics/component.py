"""The `trial_topics` component."""

from __future__ import annotations

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.nlp.annotations import TOPICS, longest, set_group
from parser.nlp.components.matching import LookUp
from parser.nlp.components.topics.biomarkers import MarkerNames
from parser.nlp.components.topics.measurements import MeasurementNames
from parser.nlp.components.topics.patterns import PATTERNS, PHRASES
from parser.nlp.components.topics.requirements import ABLE, ABLE_BETWEEN, DEEDS, EDGES, LINKS, UNABLE

#: Tokens that say an ability ("must be willing and able to").
_LONGEST_ABILITY = 16
_OF_ABILITY = ABLE | UNABLE | ABLE_BETWEEN


class Topics:
    """Mark the subjects that criteria have of their own.

    Writes `doc.spans["trial_topics"]`: spans labelled `population`, `sex`, `age`, `reproductive`, `allergy`,
    `similar` (to a substance), `requirement`, `ability`, `activity`, `observation`, `measurement`, `biomarker`,
    `result` or `infected`, with the value in `kb_id_`. A requirement's value is its topic, with `-` before it where the
    words say that it is not met ("poor adherence": `-adherence`). An `ability` (`+`, or `-` for "unable to") stands
    right before the requirement or activity that it is about. A measurement's value is its name in the vocabulary
    (`parser.vocabulary.measurements`), a biomarker's its marker, with the `Marking`s in `_.trial`.

    Example:
        >>> doc = load()("Poor adherence to the study protocol")
        >>> [(topic.text, topic.kb_id_) for topic in doc.spans["trial_topics"]]
        [('Poor adherence to the study protocol', '-adherence')]
    """

    def __init__(self, vocab: Vocab) -> None:
        self._look_up = LookUp(vocab, PHRASES, PATTERNS)
        self._measurements = MeasurementNames(vocab)
        self._markers = MarkerNames()

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of topics."""
        found = [span for match in self._look_up(doc) if (span := _trimmed(match)) is not None]
        kept = longest([*self._measurements(doc), *found, *self._markers(doc)])
        set_group(doc, TOPICS, longest([*kept, *_abilities(doc, kept)]))
        return doc


def _trimmed(match: Span) -> Span | None:
    """Return a requirement without the links at its edges and without half a bracket."""
    if match.label_ != "requirement":
        return match
    doc, start, end = match.doc, match.start, match.end
    while start < end and doc[start].lower_ in LINKS:
        start += 1
    depth = 0
    for index in range(start, end):
        depth += (doc[index].text == "(") - (doc[index].text == ")")
        if depth < 0:
            end = index
            break
    if depth > 0:
        end = next(index for index in range(start, end) if doc[index].text == "(")
    while end > start and doc[end - 1].lower_ in EDGES:
        end -= 1
    return Span(doc, start, end, label=match.label, kb_id=match.kb_id) if start < end else None


def _abilities(doc: Doc, spans: list[Span]) -> list[Span]:
    """Return what says how able or willing people are, right before what they do."""
    taken = {index for span in spans if span.label_ != "population" for index in range(span.start, span.end)}
    found: list[Span] = []
    for deed in spans:
        if deed.label_ in DEEDS:
            start = _ability_start(doc, deed.start, taken)
            words = {token.lower_ for token in doc[start : deed.start]}
            if words:
                value = "+" if UNABLE.isdisjoint(words) else "-"
                found.append(Span(doc, start, deed.start, label="ability", kb_id=value))
    return found


def _ability_start(doc: Doc, end: int, taken: set[int]) -> int:
    """Return where the words that say an ability begin, which end at a token; that token where there are none."""
    start = end
    while start > 0 and end - start < _LONGEST_ABILITY and start - 1 not in taken:
        if doc[start - 1].lower_ not in _OF_ABILITY:
            break
        start -= 1
    return next((index for index in range(start, end) if doc[index].lower_ in ABLE | UNABLE), end)
