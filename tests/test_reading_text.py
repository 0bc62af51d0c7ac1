"""Plain text and Markdown: blocks as CommonMark 0.31 and the example page's layout give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.models import Limits
from parser.reading import Page, read

FIXTURE = Path(__file__).parents[1] / "fixtures" / "clinconnect" / "sources" / "clinconnect_sepsis.txt"


def page_of(text: str, **limits: int) -> Page:
    page = read(text, format="text", limits=Limits(**limits)).page  # type: ignore[arg-type]
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("line", "kind", "level", "words"),
    [
        ("Recruiting", "paragraph", 0, "Recruiting"),
        ("## Eligibility criteria", "heading", 2, "Eligibility criteria"),
        ("### Who can join ###  ", "heading", 3, "Who can join"),
        ("# Written in C#", "heading", 1, "Written in C#"),
        ("#hashtag", "paragraph", 0, "#hashtag"),
        ("####### seven", "paragraph", 0, "####### seven"),
        ("##", "paragraph", 0, "##"),
        ("- • Age: 0-65 years", "item", 1, "• Age: 0-65 years"),
        ("- * Specific medical conditions:", "item", 1, "* Specific medical conditions:"),
        ("- • 1. History", "item", 1, "• 1. History"),
        ("* starred", "item", 1, "starred"),
        ("+ plus", "item", 1, "plus"),
        ("•no blank", "item", 1, "no blank"),
        ("1. first", "item", 1, "first"),
        ("12) twelfth", "item", 1, "twelfth"),
        ("-\u00a0no-break", "item", 1, "no-break"),
        ("-5 degrees", "paragraph", 0, "-5 degrees"),
        ("**Inclusion Criteria**", "paragraph", 0, "**Inclusion Criteria**"),
        ("3.0 guidelines", "paragraph", 0, "3.0 guidelines"),
        ("2025. A year", "paragraph", 0, "2025. A year"),
        ("-", "paragraph", 0, "-"),
        ("\u200b\ufeffTitle\u00a0", "paragraph", 0, "Title"),
        ("| a | b |", "row", 0, "| a | b |"),
    ],
)
def test_reading_text_kind_of_a_line(line: str, kind: str, level: int, words: str) -> None:
    page = page_of(line)
    (block,) = page.blocks
    assert (block.kind, block.level, page.words(block)) == (kind, level, words)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_reading_text_line_breaks(ending: str) -> None:
    text = f"One{ending}{ending} \u00a0{ending}two {ending}"
    page = page_of(text)
    assert page.text == text
    assert [page.line(block) for block in page.blocks] == ["One", "two"]


def test_reading_text_example_page_has_one_block_a_line() -> None:
    data = FIXTURE.read_bytes()
    page = read(data).page
    assert page is not None
    assert [page.line(block) for block in page.blocks] == data.decode().split("\n")
    items = [block for block in page.blocks if block.kind == "item"]
    assert len(items) == 18
    assert all(page.text[block.start : block.body] == "- " and block.level == 1 for block in items)


def test_reading_text_depth_follows_the_indentation() -> None:
    page = page_of("- a\n  - b\n\t- c\n\n  - d\n- e\nwords\n    - f\n")
    found = [(page.words(block), block.level, block.indent) for block in page.blocks]
    assert found == [
        ("a", 1, 0),
        ("b", 2, 2),
        ("c", 3, 8),
        ("d", 2, 2),
        ("e", 1, 0),
        ("words", 0, 0),
        ("f", 1, 4),
    ]


@pytest.mark.parametrize(("underline", "level"), [("=====", 1), ("---", 2)])
def test_reading_text_underlined_heading(underline: str, level: int) -> None:
    page = page_of(f"Eligibility\r\n{underline}\r\nwords")
    first, second = page.blocks
    assert (first.kind, first.level, page.words(first)) == ("heading", level, "Eligibility")
    assert page.line(first) == f"Eligibility\r\n{underline}"
    assert page.words(second) == "words"


@pytest.mark.parametrize("text", ["- item\n---", "words\n\n---", "words\n--", "words\n- -", "## a\n==="])
def test_reading_text_what_is_no_underline(text: str) -> None:
    assert [block.kind == "heading" and block.end > block.body_end for block in page_of(text).blocks] == [False, False]


def test_reading_text_table() -> None:
    page = page_of("| Name | Value |\n|:-----|-------|\n| a \\| b |  |")
    head, row = page.blocks
    assert [page.text[left:right] for left, right in head.cells] == ["Name", "Value"]
    assert page.words(head) == "| Name | Value |"
    assert [page.text[left:right] for left, right in row.cells] == ["a \\| b", ""]


def test_reading_text_block_limit_cuts_the_page_and_says_so() -> None:
    document = read("a\n\nb\nc\n", limits=Limits(blocks=2))
    assert document.page is not None
    assert (document.page.text, document.page.truncated) == ("a\n\nb", True)
    (finding,) = document.diagnostics
    assert finding.code == "limit_exceeded"
    assert "2 blocks" in finding.message
    assert read("a\nb\n\n", limits=Limits(blocks=2)).diagnostics == ()


def test_reading_text_depth_of_items_is_capped() -> None:
    page = page_of("\n".join(" " * depth + "- x" for depth in range(9)), depth=4)
    assert [block.level for block in page.blocks] == [1, 2, 3, 4, 4, 4, 4, 4, 4]
