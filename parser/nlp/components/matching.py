"""What the components that look words up have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.nlp.annotations import longest
from parser.nlp.tokenizer import ClinicalTokenizer

#: Type of thing -> its value -> the phrases that say it, lower case.
PhraseTable = Mapping[str, Mapping[str, Iterable[str]]]
#: Type of thing, its value, and a spaCy token pattern.
TokenPattern = tuple[str, str, list[dict[str, object]]]

_SEPARATOR = "\t"


class LookUp:
    """Find the phrases of a table and the token patterns of a list; the longest wins where they overlap.

    Args:
        vocab: The pipeline's.
        phrases: Fixed phrases, compared in lower case.
        patterns: Token patterns for what varies.
    """

    def __init__(self, vocab: Vocab, phrases: PhraseTable, patterns: Iterable[TokenPattern] = ()) -> None:
        tokenize = ClinicalTokenizer(vocab)
        self._phrases = PhraseMatcher(vocab, attr="LOWER")
        self._patterns = Matcher(vocab)
        for kind, values in phrases.items():
            for value, writings in values.items():
                self._phrases.add(kind + _SEPARATOR + value, [tokenize(writing) for writing in writings])
        for kind, value, pattern in patterns:
            self._patterns.add(kind + _SEPARATOR + value, [pattern], greedy="LONGEST")

    def __call__(self, doc: Doc) -> list[Span]:
        """Return the spans found, labelled with kind and value, longest first where they overlap."""
        found = [*self._phrases(doc), *self._patterns(doc)]
        return longest([self._span(doc, *match) for match in found])

    @staticmethod
    def _span(doc: Doc, key: int, start: int, end: int) -> Span:
        kind, value = doc.vocab.strings[key].split(_SEPARATOR)
        return Span(doc, start, end, label=kind, kb_id=value)
