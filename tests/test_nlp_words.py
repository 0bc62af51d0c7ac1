"""The strings kept with a doc, and the cheap test before token patterns."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.matcher import Matcher

from parser.nlp.annotations import longest_places, words_of
from parser.nlp.components.assertion.patterns import PATTERNS as ASSERTION_PATTERNS
from parser.nlp.components.matching import PatternFinder
from parser.nlp.components.phrases.patterns import FIXED_PATTERNS
from parser.nlp.components.topics.patterns import PATTERNS as TOPIC_PATTERNS


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


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "patterns",
    [
        [tokens for _, _, tokens in TOPIC_PATTERNS],
        [tokens for _, _, tokens in ASSERTION_PATTERNS],
        FIXED_PATTERNS,
        [[{"LOWER": "no", "OP": "!"}, {"LOWER": {"NOT_IN": ["age"]}}]],
        [[{"LOWER": {"REGEX": "^a"}}, {"LOWER": {"IN": ["kidney"]}, "OP": "?"}]],
    ],
    ids=["topics", "assertion", "phrases", "denied", "other"],
)
def test_matching_pattern_finder_finds_what_a_matcher_finds(
    nlp: Language, patterns: list[list[dict[str, Any]]], text: str
) -> None:
    matcher = Matcher(nlp.vocab)
    for tokens in patterns:
        matcher.add("key", [tokens], greedy="LONGEST")
    finder = PatternFinder(nlp.vocab, [("key", tokens) for tokens in patterns], greedy="LONGEST")
    doc = nlp.make_doc(text)
    assert finder(doc) == matcher(doc)
