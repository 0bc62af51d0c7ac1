"""Comparators that a source has lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.text import find_lost_comparators


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("age = 18 years", [("=", None, None)]),
        ("SpO2 =93%", [("=", None, None)]),
        ("aged ? 18", [("?", None, None)]),
        ("age = 18 years or older", [("=", "low", "words")]),
        ("at least = 3", [("=", "low", "words")]),
        ("= 65 years and younger", [("=", "high", "words")]),
        ("aged =18 years and =75 years", [("=", "low", "pair"), ("=", "high", "pair")]),
        ("= 75 and = 18", [("=", None, None), ("=", None, None)]),
        # Whole comparators, equations and questions.
        (">= 18 and <= 65", []),
        ("greater than or = 18", []),
        ("1 mmHg = 0.133 kPa", []),
        ("(1mmHg=0.133kPa)", []),
        ("What is it?5", []),
        ("x == 5", []),
        ("no sign here", []),
    ],
)
def test_text_comparators_finds_lost_ones(text: str, found: list[tuple[str, str | None, str | None]]) -> None:
    assert [(text[one.start : one.end], one.direction, one.basis) for one in find_lost_comparators(text)] == found


@given(st.text(alphabet="=?<> 0123456789aorld.%", max_size=80))
def test_text_comparators_take_any_text(text: str) -> None:
    found = find_lost_comparators(text)
    assert all(text[one.start : one.end] in {"=", "?"} for one in found)
    assert all((one.direction is None) == (one.basis is None) for one in found)
