"""The `trial_phrases` component."""

from __future__ import annotations

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from parser.nlp.annotations import ASSERTION, PHRASES, QUANTITIES, TOPICS, WINDOWS, longest, set_group
from parser.nlp.components.phrases.patterns import (
    ADJECTIVE_ENDINGS,
    ANATOMY,
    CONDITION_ENDINGS,
    CONDITION_HEADS,
    DRUG_ENDINGS,
    DRUG_HEADS,
    FIXED_NAMES,
    FIXED_PATTERNS,
    FUNCTION_WORDS,
    GRADINGS,
    LONGEST,
    NO_ADVERBS,
    NO_CONDITION,
    NO_VERBS,
    PROCEDURE_ENDINGS,
    PROCEDURE_HEADS,
)
from parser.nlp.tokenizer import ClinicalTokenizer
from parser.normalize.concepts import singular


class Phrases:
    """Mark noun phrases in the words that no other component took, and guess what each names.

    Writes `doc.spans["trial_phrases"]`: spans labelled `Condition`, `Procedure`, `Drug`, `Anatomy`, `Adjective`,
    `Other` (a thing that is surely none of these) or `Unknown`. The guess goes by the last word: its head noun or
    its ending. Fixed names keep words that are qualifiers elsewhere ("chronic kidney disease").

    Example:
        >>> doc = load()("History of chronic enteritis")
        >>> [(phrase.text, phrase.label_) for phrase in doc.spans["trial_phrases"]]
        [('enteritis', 'Condition')]
    """

    def __init__(self, vocab: Vocab) -> None:
        tokenize = ClinicalTokenizer(vocab)
        self._fixed = PhraseMatcher(vocab, attr="LOWER")
        self._fixed.add("fixed", [tokenize(name) for name in FIXED_NAMES])
        self._fixed_patterns = Matcher(vocab)
        self._fixed_patterns.add("fixed", list(FIXED_PATTERNS), greedy="FIRST")

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of noun phrases."""
        matches = [*self._fixed(doc), *self._fixed_patterns(doc)]
        fixed = longest([Span(doc, start, end) for _, start, end in matches])
        taken = self._taken(doc, fixed)
        spans = [Span(doc, start, end, label=guess_kind(doc[start:end])) for start, end in _runs(doc, taken)]
        set_group(doc, PHRASES, [*spans, *(self._named(span) for span in fixed)])
        return doc

    @staticmethod
    def _named(span: Span) -> Span:
        return Span(span.doc, span.start, span.end, label="Condition", kb_id="fixed")

    @staticmethod
    def _taken(doc: Doc, fixed: list[Span]) -> set[int]:
        groups = (doc.spans[name] for name in (QUANTITIES, WINDOWS, ASSERTION, TOPICS) if name in doc.spans)
        return {index for group in (*groups, fixed) for span in group for index in range(span.start, span.end)}


def _runs(doc: Doc, taken: set[int]) -> list[tuple[int, int]]:
    """Return the stretches of words that may be one noun phrase."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for token in doc:
        belongs = token.i not in taken and _belongs(token)
        if start is not None and (not belongs or _is_verb(token.lower_)):
            runs.append((start, token.i))
            start = None
        if belongs and start is None:
            start = token.i
    if start is not None:
        runs.append((start, len(doc)))
    return runs


def _belongs(token: Token) -> bool:
    """Tell whether a token can stand in a noun phrase: a word, a hyphen inside one, a possessive, a type's number."""
    if token.lower_ in FUNCTION_WORDS or token.is_space or _is_adverb(token.lower_):
        return False
    if token.text[0].isalpha() or token.lower_ in ("'s", "’s"):
        return True
    before = token.nbor(-1) if token.i else None
    if token.text == "-":
        return before is not None and not before.whitespace_ and not token.whitespace_ and token.i + 1 < len(token.doc)
    return before is not None and token.text.isdigit() and before.lower_ in ("type", "-", "factor", "grade")


def _is_adverb(word: str) -> bool:
    return len(word) > 4 and word.endswith("ly") and word not in NO_ADVERBS and not word.endswith("megaly")


def _is_verb(word: str) -> bool:
    """Tell whether a word inside a phrase is a participle that ends it ("diseases inducing wasting")."""
    return len(word) > 5 and word.endswith("ing") and word not in NO_VERBS


def guess_kind(phrase: Span) -> str:
    """Guess what kind of thing a noun phrase names, by its last word."""
    words = [token.lower_ for token in phrase if token.text[0].isalpha()]
    if not words or len(words) > LONGEST or not GRADINGS.isdisjoint(words):
        return "Other"
    if len(words) > 1 and len(words[-1]) == 1:
        words.pop()  # "hepatitis B" is judged by "hepatitis"
    head, last = singular(words[-1]), words[-1]
    if head in CONDITION_HEADS or (len(last) > 5 and head.endswith(CONDITION_ENDINGS)):
        return "Condition"
    if head in PROCEDURE_HEADS or head.endswith(PROCEDURE_ENDINGS):
        return "Procedure"
    if last in DRUG_HEADS or (len(last) > 5 and last.endswith(DRUG_ENDINGS)):
        return "Drug"
    if head in ANATOMY:
        return "Anatomy"
    if last in NO_CONDITION or head in NO_CONDITION or len(last) < 2 or last.endswith("ed"):
        return "Other"
    if len(last) > 4 and last.endswith(ADJECTIVE_ENDINGS):
        return "Adjective"
    return "Unknown"
