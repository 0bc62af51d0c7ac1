"""TracedText against a naive model: a list of characters, each with the source stretch that it stands for."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.text import BLANKS, LINE_BREAKS, ZERO_WIDTH, TracedText, is_blank, trimmed, unescape_markdown

Cell = tuple[str, tuple[int, int] | None]


def cells_of(traced: TracedText) -> list[Cell]:
    """Spell a traced text out: each character with the stretch of the source it stands for."""
    cells: list[Cell] = [(character, None) for character in traced.text]
    for run in traced.runs:
        for at in range(run.length):
            verbatim = run.length == run.source_length
            span = (run.source + at, run.source + at + 1) if verbatim else (run.source, run.source + run.source_length)
            assert cells[run.start + at][1] is None, "runs overlap"
            cells[run.start + at] = (traced.text[run.start + at], span)
    return cells


def hull(cells: list[Cell]) -> tuple[int, int] | None:
    spans = [span for _, span in cells if span]
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def edited(cells: list[Cell], edits: list[tuple[int, int, str]]) -> list[Cell]:
    out: list[Cell] = []
    at = 0
    for start, end, new in edits:
        out += cells[at:start]
        span = hull(cells[start:end])
        out += [(character, span) for character in new]
        at = end
    return out + cells[at:]


def assert_within(found: list[Cell], expected: list[Cell]) -> None:
    """Each character leads into the stretch it stands for; one of equal length is led back more finely than that."""
    for (_, span), (_, whole) in zip(found, expected, strict=True):
        assert (span is None) == (whole is None)
        assert span is None or whole is None or whole[0] <= span[0] < span[1] <= whole[1]


@st.composite
def edits_of(draw: st.DrawFn, length: int) -> list[tuple[int, int, str]]:
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [(start, end, draw(st.text("xyz", max_size=3))) for start, end in pairs]


@given(st.data(), st.text("abc", max_size=20))
def test_text_traced_edits_agree_with_the_naive_model(data: st.DataObject, source: str) -> None:
    traced = TracedText.join([TracedText.of(source), TracedText.of(source, 1)], " ")
    cells = cells_of(traced)
    for _ in range(3):
        edits = data.draw(edits_of(len(traced.text)))
        traced, cells = traced.replaced(edits), edited(cells, edits)
        assert traced.text == "".join(character for character, _ in cells)
        assert_within(cells_of(traced), cells)


@given(st.data(), st.text("abc", min_size=1, max_size=20))
def test_text_traced_slices_agree_with_the_naive_model(data: st.DataObject, source: str) -> None:
    traced = TracedText.join([TracedText.of(source), TracedText.ours("--"), TracedText.of(source)])
    traced = traced.replaced(data.draw(edits_of(len(traced.text))))
    start = data.draw(st.integers(0, len(traced.text)))
    end = data.draw(st.integers(start, len(traced.text)))
    sliced = traced.sliced(start, end)
    assert sliced.text == traced.text[start:end]
    assert_within(cells_of(sliced), cells_of(traced)[start:end])
    assert traced.source_span(start, end) == hull(cells_of(sliced))
    assert all(run.length > 0 for run in sliced.runs)


def test_text_traced_slice_of_what_is_ours_leads_nowhere() -> None:
    joined = TracedText.join([TracedText.of("one two", 0, 3), TracedText.of("one two", 4)], "\n\n")
    assert joined.text == "one\n\ntwo"
    assert joined.sliced(3, 5) == TracedText("\n\n", ())
    assert joined.source_span(3, 5) is None
    assert joined.source_span(2, 6) == (2, 5)
    assert joined.contract_map() == [(0, 0, 3), (5, 4, 3)]


def test_text_traced_insertion_is_ours() -> None:
    assert TracedText.of("ab").replaced([(1, 1, "-")]).contract_map() == [(0, 0, 1), (2, 1, 1)]


def test_text_traced_pieces_that_continue_each_other_become_one_run() -> None:
    assert TracedText.join([TracedText.of("abcd", 0, 2), TracedText.of("abcd", 2)]) == TracedText.of("abcd")


@pytest.mark.parametrize(
    ("source", "text", "runs"),
    [
        (r"life expectancy \<7 days", "life expectancy <7 days", [(0, 0, 16), (16, 17, 7)]),
        (r"a \\< b", r"a \< b", [(0, 0, 2), (2, 3, 4)]),
        (r"10\^9/L and 5\*", "10^9/L and 5*", [(0, 0, 2), (2, 3, 10), (12, 14, 1)]),
        (r"C:\path", r"C:\path", [(0, 0, 7)]),
        ("ends with \\", "ends with \\", [(0, 0, 11)]),
        ("", "", []),
    ],
)
def test_text_repair_unescapes_markdown_once_and_keeps_the_way_back(
    source: str, text: str, runs: list[tuple[int, int, int]]
) -> None:
    traced = unescape_markdown(TracedText.of(source))
    assert (traced.text, traced.contract_map()) == (text, runs)


@given(st.text("\\<>*a ", max_size=30))
def test_text_repair_every_kept_character_leads_back_to_itself(source: str) -> None:
    traced = unescape_markdown(TracedText.of(source))
    for character, span in cells_of(traced):
        assert span is not None
        assert source[slice(*span)] == character


def test_text_traced_many_edits_take_linear_time() -> None:
    def cost(times: int) -> float:
        text = TracedText.of("\\<ab" * times)
        began = time.process_time()
        assert len(unescape_markdown(unescape_markdown(text)).text) == 3 * times
        return time.process_time() - began

    gc.disable()  # a collection costs by all that is alive, not by the text
    try:
        cost(1_000)
        # Four times the text; quadratic work would cost sixteen times as much.
        assert cost(40_000) < 10 * cost(10_000) + 0.1
    finally:
        gc.enable()


def test_text_blanks_are_what_python_calls_space_and_what_shows_nothing() -> None:
    assert set(BLANKS) == {chr(code) for code in range(0x110000) if chr(code).isspace()} | set(ZERO_WIDTH)


def test_text_blanks_line_breaks_are_those_of_splitlines() -> None:
    breaks = {chr(code) for code in range(0x110000) if len(f"a{chr(code)}b".splitlines()) == 2}
    assert set(LINE_BREAKS) == breaks


@pytest.mark.parametrize(
    ("text", "span"),
    [("  ab \u00a0", (2, 4)), ("\ufeffa", (1, 2)), ("", (0, 0)), (" \u200b ", (3, 3)), ("a b", (0, 3))],
)
def test_text_blanks_trimmed_leaves_out_the_blanks_at_both_ends(text: str, span: tuple[int, int]) -> None:
    assert trimmed(text, 0, len(text)) == span
    assert is_blank(text) == (span[0] == span[1])
