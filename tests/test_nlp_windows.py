"""Windows: direction, length and anchor."""

from __future__ import annotations

import pytest

from parser.nlp.components.windows.component import find_windows

# text with the window marked, relation, max, anchor, anchor_text
CASES = [
    ("pregnancy ⟦within the next year⟧", "after", "P1Y", "unstated", None),
    ("⟦in the last 5 years⟧", "before", "P5Y", "unstated", None),
    ("MI ⟦within the past six months⟧", "before", "P6M", "unstated", None),
    ("MI ⟦within 6 months⟧", "before", "P6M", "unstated", None),
    ("⟦within a year⟧", "before", "P1Y", "unstated", None),
    ("surgery ⟦within 28 days prior to randomization⟧", "before", "P28D", "randomization", None),
    ("surgery ⟦within 28 days of randomisation⟧", "within", "P28D", "randomization", None),
    ("⟦within 72 hours after surgery⟧", "after", "PT72H", "surgery", None),
    ("malignancy ⟦at screening⟧", "at", None, "screening", None),
    ("age ⟦at the time of consent⟧", "at", None, "consent", None),
    ("drugs ⟦during the study⟧", "during", None, "study", None),
    ("⟦within 2 weeks before study entry⟧", "before", "P2W", "enrollment", None),
    ("⟦within 2 weeks before inclusion⟧", "before", "P2W", "enrollment", "inclusion"),
    ("⟦prior to surgery⟧", "before", None, "surgery", None),
    ("⟦in the previous 30 days⟧", "before", "P30D", "unstated", None),
]

NONE = ["within normal limits", "at least 18 years", "in the liver", "during hospitalization", "a year of treatment"]


@pytest.mark.parametrize(("marked", "relation", "longest", "anchor", "anchor_text"), CASES)
def test_nlp_windows_direction_length_anchor(
    marked: str, relation: str, longest: str | None, anchor: str, anchor_text: str | None
) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    [(start, end, window)] = find_windows(text)
    assert text[start:end] == text[marked.index("⟦") : marked.index("⟧") - 1]
    assert (window.relation, window.max, window.anchor, window.anchor_text) == (relation, longest, anchor, anchor_text)


@pytest.mark.parametrize("text", NONE)
def test_nlp_windows_words_that_place_nothing_in_time(text: str) -> None:
    assert find_windows(text) == []
