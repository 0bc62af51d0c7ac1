"""The strings kept with a doc, and patterns of words."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.matcher import Matcher

from parser.nlp.annotations import longest_places, words_of
from parser.nlp.components.assertion.patterns import PATTERNS as ASSERTION_PATTERNS
from parser.nlp.components.phrases.patterns import FIXED_PATTERNS
from parser.nlp.components.topics.patterns import PATTERNS as TOPIC_PATTERNS
from parser.nlp.components.word_patterns import PatternFinder, Step, Steps


@pytest.mark.parametrize("text", ["", "Age ≥18 years", "  T2DM,  non-Hodgkin\tlymphoma ", "İstanbul 0,25 mg/kg"])
def test_annotations_words_are_those_of_the_doc(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    words = words_of(doc)
    assert words.text == text
    assert words.tokens == [token.text for token in doc]
    assert words.lower == [token.lower_ for token in doc]
    assert list(words.known) == list(dict.fromkeys(words.lower))
    assert [words.between(token.i, token.i + 1) for token in doc] == words.tokens
    blanks = [token.whitespace_ for token in doc]
    assert [words.is_glued(at) for at in range(len(doc) - 1)] == [not blank for blank in blanks[:-1]]
    assert words_of(doc) is words


def test_annotations_words_follow_a_doc_that_is_retokenized(nlp: Language) -> None:
    doc = nlp.make_doc("breast cancer stage")
    assert words_of(doc).tokens == ["breast", "cancer", "stage"]
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    assert words_of(doc).tokens == ["breast cancer", "stage"]


def test_annotations_words_can_be_saved_with_their_doc(nlp: Language) -> None:
    doc = nlp.make_doc("history of asthma")
    words = words_of(doc)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert words_of(again) == words


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        ([], []),
        ([(3, 4)], [0]),
        ([(0, 2), (1, 4), (4, 5)], [1, 2]),
        ([(2, 4), (0, 2), (1, 3)], [1, 0]),
        ([(0, 2), (0, 2)], [0]),
    ],
)
def test_annotations_longest_places_win(places: list[tuple[int, int]], kept: list[int]) -> None:
    assert longest_places(places) == kept


#: Texts that the components' patterns match, nearly match, or have nothing to do with.
TEXTS = (
    "Refused to give written informed consent",
    "participation in another interventional clinical trial",
    "participation in sports",
    "poor compliance",
    "violation of medical ethics principles",
    "severe-grade disease",
    "acute promyelocytic leukemia",
    "chronic lymphocytic or acute monocytic leukaemia",
    "acute kidney injury",
    "age 18 to 65 years",
)


def _for_spacy(steps: Steps) -> list[dict[str, Any]]:
    """A pattern in the notation of spaCy's matcher, which knows no more than eight words a step."""
    tokens: list[dict[str, Any]] = []
    for step in steps:
        words: dict[str, Any] = {"IS_ALPHA": True} if step.words is None else {"LOWER": {"IN": sorted(step.words)}}
        glued = {"SPACY": False} if step.glued else {}
        tokens.append({**words, **glued, "OP": f"{{{step.least},{step.most}}}"})
    return tokens


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "patterns",
    [
        [steps for _, _, steps in TOPIC_PATTERNS],
        [steps for _, _, steps in ASSERTION_PATTERNS],
        FIXED_PATTERNS,
        [(Step(None, 0, 1), Step(None, 0, 2, glued=True), Step(frozenset(("-", "to", "another")), 1, 2))],
        [(Step(frozenset(("in", "participation")), 1, 8), Step(frozenset(("another", "sports")), 0, 3))],
    ],
    ids=["topics", "assertion", "phrases", "glued", "optional"],
)
def test_word_patterns_find_what_spacys_matcher_finds(nlp: Language, patterns: list[Steps], text: str) -> None:
    matcher = Matcher(nlp.vocab)
    for steps in patterns:
        matcher.add("key", [_for_spacy(steps)], greedy="LONGEST")
    doc = nlp.make_doc(text)
    found = [(start, end) for _, start, end in PatternFinder(("key", steps) for steps in patterns)(words_of(doc))]
    assert found == sorted((start, end) for _, start, end in matcher(doc))


def test_word_patterns_keep_the_longest_of_each_key(nlp: Language) -> None:
    words = words_of(nlp.make_doc("one two three one"))
    one, two, three = (Step(frozenset((word,))) for word in ("one", "two", "three"))
    finder = PatternFinder([("a", (one, two)), ("a", (two, three, one)), ("b", (one,)), ("b", (one, two))])
    assert finder(words) == [("a", 1, 4), ("b", 0, 2), ("b", 3, 4)]
