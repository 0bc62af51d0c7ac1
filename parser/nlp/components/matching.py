"""What the components that look words up have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.nlp.annotations import longest_places, words_of
from parser.nlp.components.word_patterns import PatternFinder, Steps
from parser.nlp.tokenizer import ClinicalTokenizer

#: Type of thing -> its value -> the phrases that say it, lower case.
PhraseTable = Mapping[str, Mapping[str, Iterable[str]]]
#: Type of thing, its value, and the words that say it.
WordPattern = tuple[str, str, Steps]

_SEPARATOR = "\t"


class LookUp:
    """Find the phrases of a table and the patterns of a list; the longest wins where they overlap.

    Args:
        vocab: The pipeline's.
        phrases: Fixed phrases, compared in lower case.
        patterns: Patterns for what varies.
    """

    def __init__(self, vocab: Vocab, phrases: PhraseTable, patterns: Iterable[WordPattern] = ()) -> None:
        tokenize = ClinicalTokenizer(vocab)
        self._phrases = PhraseMatcher(vocab, attr="LOWER")
        self._named: dict[int, tuple[str, str]] = {}
        for kind, values in phrases.items():
            for value, writings in values.items():
                key = kind + _SEPARATOR + value
                self._phrases.add(key, [tokenize(writing) for writing in writings])
                self._named[vocab.strings[key]] = (kind, value)
        self._patterns = PatternFinder(((kind, value), steps) for kind, value, steps in patterns)

    def __call__(self, doc: Doc) -> list[Span]:
        """Return the spans found, labelled with kind and value, in the order of the text."""
        fixed = [(self._named[key], start, end) for key, start, end in self._phrases(doc)]
        found = [*fixed, *self._patterns(words_of(doc))]
        kept = [found[index] for index in longest_places([(start, end) for _, start, end in found])]
        return [Span(doc, start, end, label=kind, kb_id=value) for (kind, value), start, end in kept]
