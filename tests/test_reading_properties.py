"""What holds for every input: errors stay in our tree, blocks tile the page, time grows with the size only."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.errors import InputError, LimitExceededError, UnreadableInputError
from parser.models import Limits
from parser.reading import Page, read
from parser.text import is_blank

FORMATS = [None, "text", "html", "xml", "json"]
MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            "<p> </p> <ul> <li> </li> </ul> <ol> </ol> <dl> <dt> <dd> <table> <tr> <td> <th> </td> </tr> </table> <br> "
            "<h1> </h1> <h3> <pre> </pre> <sup> </sup> <b> </b> <div> </div> <script> </script> <svg> </svg> "
            "<span&#32;hidden> </span> <!-- --> &nbsp; &lt; &#8203; <title> </title> 10 9".replace("&#32;", "_").split()
        ).map(lambda tag: tag.replace("_", " ")),
        st.text("ab <>&-•1.\n\t\u00a0\u200b#|=\r\u2028", max_size=6),
        st.text(max_size=3),
    ),
    max_size=40,
).map("".join)
LINES = st.text("ab -*•1.)#=|\\\t \n\r\u00a0\u200b\u2028\x85", max_size=60)


def assert_tiled(page: Page) -> None:
    """Check that the blocks are in order, apart, and hold every non-blank character once."""
    at = 0
    for block in page.blocks:
        assert at <= block.start <= block.body <= block.body_end <= block.end <= len(page.text)
        assert block.start < block.end
        assert is_blank(page.text[at : block.start])
        assert not is_blank(page.text[block.start])
        assert not is_blank(page.text[block.end - 1])
        for left, right in block.cells:
            assert block.start <= left <= right <= block.end
        at = block.end
    assert is_blank(page.text[at:])


@pytest.mark.parametrize("format", FORMATS)
@given(data=st.binary(max_size=300))
def test_reading_properties_bytes_never_raise_outside_our_tree(format: str | None, data: bytes) -> None:
    try:
        document = read(data, format=format)
    except InputError:
        return
    if document.page is not None:
        assert_tiled(document.page)


@pytest.mark.parametrize("format", FORMATS)
@given(text=st.one_of(st.text(st.characters(), max_size=200), MARKUP))
def test_reading_properties_text_never_raises_outside_our_tree(format: str | None, text: str) -> None:
    try:
        document = read(text, format=format)
    except InputError:
        return
    if document.page is not None:
        assert_tiled(document.page)


@given(LINES)
def test_reading_properties_text_is_kept_to_the_character(text: str) -> None:
    if is_blank(text):
        with pytest.raises(UnreadableInputError):
            read(text, format="text")
        return
    page = read(text, format="text").page
    assert page is not None
    assert page.text == text
    assert_tiled(page)


@given(MARKUP)
def test_reading_properties_html_lines_are_the_blocks(markup: str) -> None:
    if is_blank(markup):
        return
    page = read(markup, format="html").page
    assert page is not None
    assert page.text.split("\n") == ([page.line(block) for block in page.blocks] or [""])
    assert all(block.indent == 0 or block.kind in ("item", "paragraph") for block in page.blocks)


@given(LINES, st.integers(1, 5))
def test_reading_properties_a_cut_page_is_tiled_too(text: str, limit: int) -> None:
    if is_blank(text):
        return
    page = read(text, format="text", limits=Limits(blocks=limit)).page
    assert page is not None
    assert_tiled(page)
    assert len(page.blocks) <= limit


HOSTILE = [
    " ", "<", "- ", "- - ", "#", "# ", "=", "|", "|-", "\t", "\u00a0", "*", "1.", "<p>", "<td>", "<!--", "<br>", "&",
    "&amp;", "<li>", "</p>", "\ufeff", "<sup>", "\\|", '"', "<table>", "<a b=", "<![CDATA[", "\n- ", "</",
    "<b>x</b>", "<svg>",
]  # fmt: skip


@pytest.mark.parametrize("format", ["text", "html"])
@pytest.mark.parametrize("unit", HOSTILE)
def test_reading_properties_time_is_linear(unit: str, format: str) -> None:
    def cost(size: int) -> float:
        began = time.process_time()
        with contextlib.suppress(LimitExceededError, UnreadableInputError):
            read("x\n" + unit * (size // len(unit)) + "x", format=format)
        return time.process_time() - began

    cost(1_000)
    # Four times the size; quadratic work would cost sixteen times as much.
    assert cost(1_000_000) < 10 * cost(250_000) + 0.5


@pytest.mark.parametrize("unit", [" ", "<", "- - - - "])
def test_reading_properties_five_megabytes_in_one_line(unit: str) -> None:
    began = time.process_time()
    document = read("x" + unit * (5_000_000 // len(unit)) + "x")
    assert document.format == "text"
    assert document.page is not None
    assert len(document.page.blocks) == 1
    assert time.process_time() - began < 5


def test_reading_properties_import_loads_no_markup_library() -> None:
    code = (
        "import sys, parser.reading as r; r.read('Title\\n- a'); "
        "print(sorted({'lxml', 'bs4', 'spacy', 'typer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
