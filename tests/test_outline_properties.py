"""What holds for the outline of any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser.outline import Outline, outline
from parser.outline.nesting import DEEPEST
from tests.linear import cost

REAL = Path(__file__).parent.parent.parent / "shared" / "data" / "eligibility_text"

PIECES = st.sampled_from(
    [
        *"*-•o1a(.):\n\r\t ,;",
        "\n",
        "\r\n",
        "  ",
        "Inclusion Criteria:",
        "exclusion criteria",
        "Part A:",
        "* ",
        "1. ",
        "2) ",
        "(iv) ",
        "1.1 ",
        "any of the following:",
        "Adults with ",
        "N/A",
        "**",
        "、",
        "①",
        "DISEASE CHARACTERISTICS:",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))


def assert_sound(text: str, found: Outline) -> None:
    covered = [0] * len(text)
    for segment in found.segments:
        start, end = segment.span
        assert start < end <= len(text)
        for position in range(start, end):
            covered[position] += 1
    assert all(times == 1 for times, character in zip(covered, text, strict=True) if not character.isspace())
    assert max(covered, default=0) <= 1
    every = [one for top in found.criteria for one in top.walk()]
    assert len({one.id for one in every}) == len(every)
    for one in every:
        assert one.text == " ".join(text[slice(*one.span)].split()) != ""
        assert one.id.startswith(one.kind + ".")
        assert one.id.count(".") <= DEEPEST
        assert all(child.id.startswith(one.id + ".") for child in one.criteria)
    assert [one.span for one in every] == sorted(one.span for one in every)


@given(TEXTS)
@settings(deadline=None, max_examples=400)
def test_outline_of_any_text_is_sound(text: str) -> None:
    assert_sound(text, outline(text))


def test_outline_depth_is_bounded() -> None:
    text = "\n".join(" " * (2 * depth) + "* item:" for depth in range(3000))
    assert_sound(text, outline(text))


HOSTILE = {
    "bullets": "•",
    "bullet lines": "* a\n",
    "head and item lines": "* a:\n• b\n",
    "plain heads": "Any of the following:\na\n",
    "plain lines with gaps": "a\n\n",
    "open brackets": "(",
    "digits": "1",
    "ordinals": "1. a; ",
    "blanks": " ",
    "tabs": "\t",
    "line breaks": "\n",
    "points": ". ",
    "colons": "a: ",
    "headings in one line": "Exclusion Criteria: ",
    "stars": "*",
    "dashes": "- ",
    "people": "patients ",
    "the": "the ",
    "letters": "a",
    "boilerplate": "other criteria may apply. ",
    "symbols": "①②",
    "wrapped": "and\n",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_outline_takes_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        return cost(outline, piece * (length // len(piece)))

    seconds(1_000)
    small, large = min(seconds(20_000) for _ in range(2)), min(seconds(160_000) for _ in range(2))
    # Eight times the text: 64 times the time if it were quadratic. The constant absorbs the noise of tiny times.
    assert large < 24 * small + 0.25


@pytest.mark.skipif(
    not REAL.is_dir(), reason="real eligibility texts (../shared/data/eligibility_text) are not at hand"
)
@pytest.mark.parametrize(
    "name", ["ctgov_legacy_text", "ctgov_paediatric_oncology", "ctgov_unescaped", "ctgov_v2_markdown"]
)
def test_outline_of_real_texts_is_sound(name: str) -> None:
    with (REAL / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            assert_sound(text, outline(text))
