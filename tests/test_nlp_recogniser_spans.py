"""Probabilities of tags to entities: the set that is worth most, against a plain search of all sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from parser.nlp.recogniser import spans
from parser.nlp.recogniser.spans import Stretch, best_spans
from parser.nlp.recogniser.tags import LABELS, TAGS

Array = NDArray[np.float32]


def certain(*names: str, left: float = 0.0) -> Array:
    """Return log probabilities of words whose tags are these; `left` is what all other tags have together."""
    likely = np.full((len(names), len(TAGS)), left / (len(TAGS) - 1))
    likely[np.arange(len(names)), [TAGS.index(name) for name in names]] = 1 - left
    with np.errstate(divide="ignore"):
        return np.log(likely).astype(np.float32)


def spread(*words: dict[str, float]) -> Array:
    """Return log probabilities of words whose tags have these."""
    likely = np.zeros((len(words), len(TAGS)))
    for at, word in enumerate(words):
        for name, share in word.items():
            likely[at, TAGS.index(name)] = share
    with np.errstate(divide="ignore"):
        return np.log(likely).astype(np.float32)


@pytest.mark.parametrize(
    ("tags", "entities"),
    [
        (["O", "O"], []),
        (["B-Condition"], [Stretch(0, 1, "Condition")]),
        (["O", "B-Condition", "I-Condition", "O"], [Stretch(1, 3, "Condition")]),
        (["B-Condition", "B-Condition"], [Stretch(0, 1, "Condition"), Stretch(1, 2, "Condition")]),
        (["B-Condition", "I-Condition", "B-Drug", "I-Drug"], [Stretch(0, 2, "Condition"), Stretch(2, 4, "Drug")]),
        (["B-Drug", "O", "B-Drug"], [Stretch(0, 1, "Drug"), Stretch(2, 3, "Drug")]),
        (["I-Drug", "I-Drug"], []),
        (["B-Drug", "I-Condition"], [Stretch(0, 1, "Drug")]),
        (["B-Value", *["I-Value"] * 29], [Stretch(0, 30, "Value")]),
    ],
)
@pytest.mark.parametrize("left", [0.0, 0.1])
def test_nlp_recogniser_spans_are_what_clear_tags_say(tags: list[str], entities: list[Stretch], left: float) -> None:
    if left and (len(tags) > 4 or tags[0].startswith("I-")):
        pytest.skip("many small doubts, or none, make another answer as good")
    assert best_spans([certain(*tags, left=left)]) == [entities]


def test_nlp_recogniser_spans_keep_an_entity_whose_label_alone_is_in_doubt() -> None:
    # outside is the most probable tag of the word, but to name it pays
    assert best_spans([spread({"O": 0.45, "B-Condition": 0.4, "B-Observation": 0.15})]) == [
        [Stretch(0, 1, "Condition")]
    ]


def test_nlp_recogniser_spans_leave_out_what_is_seldom_right() -> None:
    # there is an entity rather than none, but whether it is one word or two is as good as unknown
    one_or_two = {"I-Condition": 0.25, "O": 0.75}
    assert best_spans([spread({"B-Condition": 0.51, "O": 0.49}, one_or_two)]) == [[]]
    assert best_spans([spread({"B-Condition": 0.9, "O": 0.1}, one_or_two)]) == [[Stretch(0, 1, "Condition")]]


def test_nlp_recogniser_spans_end_with_their_text() -> None:
    first, second = certain("B-Drug", "I-Drug"), certain("I-Drug", "B-Drug")
    together = best_spans([first, certain(), second, certain(), certain("O")])
    assert together == [[Stretch(0, 2, "Drug")], [], [Stretch(1, 2, "Drug")], [], []]


@pytest.mark.parametrize("texts", [[], [certain()], [certain(), certain()]])
def test_nlp_recogniser_spans_of_no_words_are_none(texts: list[Array]) -> None:
    assert best_spans(texts) == [[] for _ in texts]


def worth(scores: Array, first: int, behind: int, label: str) -> float:
    """Return what a stretch is worth above the toll, as the module's words define it."""
    likely = np.exp(scores.astype(float))
    begin, inside = TAGS.index(f"B-{label}"), TAGS.index(f"I-{label}")

    def goes_on(at: int) -> float:
        if at == len(likely):
            return 0.0
        return float(min(1.0, likely[at, inside] / (likely[at - 1, begin] + likely[at - 1, inside])))

    exact = (
        float(likely[first, begin]) * np.prod([goes_on(at) for at in range(first + 1, behind)]) * (1 - goes_on(behind))
    )
    there = max(float(likely[at, begin] + likely[at, inside]) for at in range(first, behind))
    return float(spans._EXACT * exact + (1 - spans._EXACT) * there - spans._TOLL)


def sets(at: int, words: int) -> Iterator[list[Stretch]]:
    """Yield all sets of stretches from a word on, of two labels, that do not overlap."""
    yield []
    for first in range(at, words):
        for behind in range(first + 1, words + 1):
            for label in LABELS[:2]:
                for rest in sets(behind, words):
                    yield [Stretch(first, behind, label), *rest]


@pytest.mark.parametrize("seed", range(12))
def test_nlp_recogniser_spans_are_worth_most_of_all_sets(seed: int) -> None:
    words = 4
    drawn = np.random.default_rng(seed).dirichlet([0.4] * 5, size=words)
    scores = spread(*[dict(zip(TAGS[:5], row, strict=True)) for row in drawn.tolist()])

    def total(stretches: Sequence[Stretch]) -> float:
        return sum(worth(scores, *stretch) for stretch in stretches)

    [found] = best_spans([scores])
    assert total(found) == pytest.approx(max(map(total, sets(0, words))), abs=1e-5)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 40), max_size=6))
def test_nlp_recogniser_spans_lie_in_their_text_and_apart(seed: int, lengths: list[int]) -> None:
    chance = np.random.default_rng(seed)
    texts = [np.log(chance.dirichlet([0.05] * len(TAGS), size=n) + 1e-9).astype(np.float32) for n in lengths]
    texts = [text.reshape(-1, len(TAGS)) for text in texts]
    together = best_spans(texts)
    assert together == [best_spans([text])[0] for text in texts]
    for found, length in zip(together, lengths, strict=True):
        ends = [0, *[stretch.behind for stretch in found]]
        starts = [*[stretch.first for stretch in found], length]
        assert all(end <= start for end, start in zip(ends, starts, strict=True))
        assert all(stretch.first < stretch.behind for stretch in found)


def test_nlp_recogniser_tags_are_two_for_each_label() -> None:
    assert TAGS[0] == "O"
    assert [name[2:] for name in TAGS[1::2]] == [name[2:] for name in TAGS[2::2]] == list(LABELS)
