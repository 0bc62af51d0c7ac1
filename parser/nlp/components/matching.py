"""What the components that look words up have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.nlp.annotations import longest_places, words_of
from parser.nlp.tokenizer import ClinicalTokenizer

#: Type of thing -> its value -> the phrases that say it, lower case.
PhraseTable = Mapping[str, Mapping[str, Iterable[str]]]
#: Attributes of the tokens that match, one row a token.
Tokens = list[dict[str, object]]
#: Type of thing, its value, and a spaCy token pattern.
TokenPattern = tuple[str, str, Tokens]

_SEPARATOR = "\t"
#: A pattern's tokens that must be there: those that say nothing of how often, or once at least.
_ONCE = frozenset((None, "1", "+"))


class PatternFinder:
    """spaCy's `Matcher`, which is slow, asked only about texts that hold the words which a pattern cannot do without.

    Args:
        vocab: The pipeline's.
        patterns: Token patterns, each under a key.
        greedy: As of `Matcher.add`.
    """

    def __init__(self, vocab: Vocab, patterns: Iterable[tuple[str, Tokens]], greedy: str) -> None:
        self._matcher = Matcher(vocab)
        self._required: list[list[frozenset[str]]] = []
        for key, tokens in patterns:
            self._matcher.add(key, [tokens], greedy=greedy)
            self._required.append(_required(tokens))

    def __call__(self, doc: Doc) -> list[tuple[int, int, int]]:
        """Return key, start and end of every match."""
        known = words_of(doc).known.keys()
        if any(all(not known.isdisjoint(words) for words in required) for required in self._required):
            return self._matcher(doc)
        return []


def _required(tokens: Tokens) -> list[frozenset[str]]:
    """Return for each token that a pattern cannot do without the words, lower case, of which it must be one."""
    required: list[frozenset[str]] = []
    for token in tokens:
        said: Any = token.get("LOWER")
        words = said.get("IN") if isinstance(said, dict) else said
        if words is not None and token.get("OP") in _ONCE:
            required.append(frozenset((words,) if isinstance(words, str) else words))
    return required


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
        for kind, values in phrases.items():
            for value, writings in values.items():
                self._phrases.add(kind + _SEPARATOR + value, [tokenize(writing) for writing in writings])
        keyed = [(kind + _SEPARATOR + value, tokens) for kind, value, tokens in patterns]
        self._patterns = PatternFinder(vocab, keyed, greedy="LONGEST")
        self._named: dict[int, tuple[str, str]] = {}

    def __call__(self, doc: Doc) -> list[Span]:
        """Return the spans found, labelled with kind and value, longest first where they overlap."""
        found = [*self._phrases(doc), *self._patterns(doc)]
        kept = longest_places([(start, end) for _, start, end in found])
        return [self._span(doc, *found[index]) for index in kept]

    def _span(self, doc: Doc, key: int, start: int, end: int) -> Span:
        named = self._named.get(key)
        if named is None:
            kind, value = doc.vocab.strings[key].split(_SEPARATOR)
            named = self._named[key] = (kind, value)
        return Span(doc, start, end, label=named[0], kb_id=named[1])
