"""Tags to entities: only runs that make sense, and the most probable of those."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser.nlp.recogniser.tags import LABELS, TAGS, best_tags, runs

CONDITION, GOES_ON = TAGS.index("B-Condition"), TAGS.index("I-Condition")
DRUG, DRUG_GOES_ON = TAGS.index("B-Drug"), TAGS.index("I-Drug")


@pytest.mark.parametrize(
    ("tags", "entities"),
    [
        ([], []),
        ([0, 0], []),
        ([CONDITION], [(0, 1, "Condition")]),
        ([0, CONDITION, GOES_ON, 0], [(1, 3, "Condition")]),
        ([CONDITION, CONDITION], [(0, 1, "Condition"), (1, 2, "Condition")]),
        ([CONDITION, GOES_ON, DRUG, DRUG_GOES_ON], [(0, 2, "Condition"), (2, 4, "Drug")]),
        ([DRUG, 0, DRUG], [(0, 1, "Drug"), (2, 3, "Drug")]),
    ],
)
def test_nlp_recogniser_tags_make_entities(tags: list[int], entities: list[tuple[int, int, str]]) -> None:
    assert list(runs(tags)) == entities


def may_follow(first: int | None, second: int) -> bool:
    """`I-` of a label follows `B-` or `I-` of the same label, anything else follows anything."""
    name = TAGS[second]
    return not name.startswith("I-") or (first is not None and TAGS[first][2:] == name[2:])


def test_nlp_recogniser_tags_are_two_for_each_label() -> None:
    assert TAGS[0] == "O"
    assert [name[2:] for name in TAGS[1::2]] == [name[2:] for name in TAGS[2::2]] == list(LABELS)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
def test_nlp_recogniser_tags_follow_each_other_as_they_may(seed: int, words: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(words, len(TAGS))).astype(np.float32)
    tags = best_tags(scores)
    assert len(tags) == words
    assert may_follow(None, tags[0])
    assert all(may_follow(*pair) for pair in pairwise(tags))


@pytest.mark.parametrize("seed", range(5))
def test_nlp_recogniser_tags_are_the_most_probable_of_all_that_may_be(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(3, len(TAGS))).astype(np.float32)

    def total(tags: tuple[int, ...]) -> float:
        if not may_follow(None, tags[0]) or not all(may_follow(*pair) for pair in pairwise(tags)):
            return -np.inf
        return float(sum(scores[at, tag] for at, tag in enumerate(tags)))

    assert tuple(best_tags(scores)) == max(product(range(len(TAGS)), repeat=3), key=total)


def test_nlp_recogniser_tags_of_no_words_are_none() -> None:
    assert best_tags(np.empty((0, len(TAGS)), dtype=np.float32)) == []
