"""Times in any words at all: places in the text, apart from each other, in linear time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser.nlp.components.windows.component import find_times

_WORDS = st.sampled_from(
    "within in the past last next 6 six (6) a half months month weeks years h days 72h ≥ > less than at least or more "
    "for before prior to after since of from until during at screening randomization the first dose of study drug 5 "
    "half-lives whichever is longer , ( ) recent washout stable ago 2-4 between and surgery Day 1 post partum".split()
)


@given(st.lists(_WORDS, max_size=30).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_nlp_windows_times_lie_in_the_text_and_apart(text: str) -> None:
    found = find_times(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[one.start : one.end].strip(" ") for one in found)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_nlp_windows_any_text_is_read(text: str) -> None:
    assert all(one.end <= len(text) for one in find_times(text))


@pytest.mark.parametrize(
    "part",
    [
        "within 6 months prior to ",
        "at least ",
        "6 ",
        "the last ",
        "5 half-lives or ",
        "before the start of the study ",
        "( ",
        "whichever is ",
        "since the onset of the ",
        "6 months or 5 half-lives of the drug, whichever is longer, ",
        "a",
        "1",
        " ",
    ],
)
def test_nlp_windows_time_is_linear_in_the_length(part: str) -> None:
    def seconds(times: int) -> float:
        text = part * times
        rounds = []
        for _ in range(4):
            begun = time.process_time()
            find_times(text)
            rounds.append(time.process_time() - begun)
        return min(rounds)

    # eight times the text may take eight times as long, and twice that for the noise of a shared machine
    assert seconds(1600) < 16 * seconds(200) + 0.02
