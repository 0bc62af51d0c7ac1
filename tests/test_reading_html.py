"""HTML: the lines that a browser shows, and what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.errors import LimitExceededError
from parser.models import Limits
from parser.reading import Page, read
from parser.reading.html import _parse_leniently, _Visit

DATA = Path(__file__).parents[1] / ".." / "shared" / "data" / "registries"


def page_of(markup: str, **limits: int) -> Page:
    page = read(markup, format="html", limits=Limits(**limits)).page  # type: ignore[arg-type]
    assert page is not None
    return page


def lines_of(page: Page) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, page.line(block)) for block in page.blocks]


#: Markup, and the lines it shows: kind, level, words.
LINES: list[tuple[str, list[tuple[str, int, str]]]] = [
    ("<h1>A <em>title</em></h1><p>Words", [("heading", 1, "A title"), ("paragraph", 0, "Words")]),
    ("<h2>Two<br>lines</h2>", [("heading", 2, "Two lines")]),
    ("<div role=heading aria-level=3>Sites</div>", [("heading", 3, "Sites")]),
    ("<span role=heading>Sites</span> x", [("heading", 2, "Sites"), ("paragraph", 0, "x")]),
    ("<p>a&nbsp; b\n  c&shy;d&#8203;e</p>", [("paragraph", 0, "a b cde")]),
    ("one<br>two<br/><br>three", [("paragraph", 0, "one"), ("paragraph", 0, "two"), ("paragraph", 0, "three")]),
    ("life expectancy &lt;7 days, <7 days, age >18", [("paragraph", 0, "life expectancy <7 days, <7 days, age >18")]),
    ("<ul><li>a<li>b</ul>c", [("item", 1, "a"), ("item", 1, "b"), ("paragraph", 0, "c")]),
    (
        "<ul><li>Head:<ol><li><p>in</p></li></ol>after</li></ul>",
        [("item", 1, "Head:"), ("item", 2, "in"), ("paragraph", 1, "after")],
    ),
    ("<ul><li><p>first</p><p>second</p></li></ul>", [("item", 1, "first"), ("paragraph", 1, "second")]),
    ("<div role=list><div role=listitem>a</div></div>", [("item", 1, "a")]),
    ("<li>stray", [("item", 1, "stray")]),
    (
        "<dl><dt>Sex<dd>All<dt>Age<dd><p>18 to</p><p>65</p><dt>Phase<dd></dl>",
        [
            ("label", 0, "Sex"),
            ("value", 0, "All"),
            ("label", 0, "Age"),
            ("value", 0, "18 to"),
            ("value", 0, "65"),
            ("label", 0, "Phase"),
        ],
    ),
    (
        "<table><tr><th>Sex</th><td>All</td></tr><tr><td>Age<td></tr></table>",
        [("label", 0, "Sex"), ("value", 0, "All"), ("label", 0, "Age")],
    ),
    (
        "<table><tr><td>Who<td>Adults<ul><li>a<li>b</ul></table>",
        [("label", 0, "Who"), ("value", 0, "Adults"), ("item", 1, "a"), ("item", 1, "b")],
    ),
    ("<table><tr><th>Name<th>Value</table>", [("row", 0, "Name\tValue")]),
    ("<table><tr><td>A.1<td>State<td>Spain<br>Italy</table>", [("row", 0, "A.1\tState\tSpain Italy")]),
    (
        "<table><tr><td>menu<td><h1>T</h1><p>x</table>",
        [("paragraph", 0, "menu"), ("heading", 1, "T"), ("paragraph", 0, "x")],
    ),
    (
        "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>",
        [("label", 0, "a"), ("value", 0, "b"), ("paragraph", 0, "c")],
    ),
    (
        "<pre>Inclusion:\n  - Age\n     over 18\n</pre>",
        [("paragraph", 0, "Inclusion:"), ("item", 1, "- Age"), ("paragraph", 0, "over 18")],
    ),
    ("a<script>b</script><style>c</style><template>d</template><noscript>e</noscript>f", [("paragraph", 0, "af")]),
    ("a<!-- b --><svg><title>c</title><text>d</text></svg>e", [("paragraph", 0, "ae")]),
    ("<p hidden>a</p><p style='display: none'>b</p><p aria-hidden=true>c", [("paragraph", 0, "c")]),
    (
        "<div role=tabpanel hidden>kept</div><div hidden=until-found>too</div>",
        [("paragraph", 0, "kept"), ("paragraph", 0, "too")],
    ),
    ("<select><option>EN<option>DE</select>x", [("paragraph", 0, "x")]),
    ("100 x 10<sup>9</sup>/L, kg/m<sup>2</sup>, drug<sup>1</sup>", [("paragraph", 0, "100 x 10^9/L, kg/m^2, drug1")]),
    ("<my-card>a</my-card><my-card>b</my-card>", [("paragraph", 0, "a"), ("paragraph", 0, "b")]),
    ("<p>unclosed <b>bold<p>next</b></i></div>", [("paragraph", 0, "unclosed bold"), ("paragraph", 0, "next")]),
    ("a\0b", [("paragraph", 0, "a\ufffdb")]),
    ("<!-- nothing -->", []),
    ("<html><head><title>T</title></head></html>", []),
]

# Python's parser knows no optional end tags, and takes `<7` for the beginning of one.
OPEN_ENDED = ("<li>a<li>", "<dt>", "<td>", "<th>", "<option>", "<p>x", "<li>stray", "unclosed", "<7")


@pytest.mark.parametrize(("markup", "lines"), LINES)
def test_reading_html_lines(markup: str, lines: list[tuple[str, int, str]]) -> None:
    page = page_of(markup)
    assert lines_of(page) == lines
    assert page.text == "\n".join(line for _, _, line in lines)


@pytest.mark.parametrize(
    ("markup", "lines"), [case for case in LINES if not any(mark in case[0] for mark in OPEN_ENDED)]
)
def test_reading_html_lenient_reader_sees_the_same_lines(markup: str, lines: list[tuple[str, int, str]]) -> None:
    visit = _Visit(200)
    _parse_leniently(markup.replace("\0", "\ufffd"), visit)
    text, blocks, _ = visit.layout.finish(100)
    assert [(block.kind, block.level, text[block.start : block.end]) for block in blocks] == lines


def test_reading_html_row_keeps_the_place_of_empty_cells() -> None:
    page = page_of("<table><tr><td><td>b<td><td>d</table>")
    (row,) = page.blocks
    assert page.line(row) == "b\td"
    assert [page.text[left:right] for left, right in row.cells] == ["", "b", "", "d"]


def test_reading_html_preformatted_lines_keep_marker_and_indentation() -> None:
    page = page_of("<pre>- a\n   - b</pre>")
    assert [(page.words(block), block.level, block.indent) for block in page.blocks] == [("a", 1, 0), ("b", 2, 3)]


def test_reading_html_machine_readable_data() -> None:
    page = page_of(
        """<html lang="pt-BR"><head><title> A &amp; B </title><link rel="alternate canonical" href="https://x.example/t">
        <meta property="og:title" content="T"><meta name="Keywords" content="a, b"><meta name="keywords" content="c">
        <script type="application/ld+json">{"@type": "MedicalStudy"}</script><script>var x = 1</script></head>
        <body><script type="application/ld+json">[1]</script>
        <script id=state type="application/json; charset=utf-8">{"a": "<p>"}</script></body></html>"""
    )
    assert (page.url, page.language, page.blocks) == ("https://x.example/t", "pt-BR", ())
    assert page.metadata == {
        "title": "A & B",
        "og:title": "T",
        "keywords": "a, b",
        "json-ld": '{"@type": "MedicalStudy"}',
        "json-ld-2": "[1]",
        "json-state": '{"a": "<p>"}',
    }


def test_reading_html_url_and_language_from_meta() -> None:
    page = page_of('<meta property="og:url" content="https://x.example"><meta http-equiv=content-language content=ko>x')
    assert (page.url, page.language) == ("https://x.example", "ko")


def test_reading_html_block_limit_cuts_the_page() -> None:
    document = read("<p>a<p>b<p>c", limits=Limits(blocks=2))
    assert document.page is not None
    assert (document.page.text, document.page.truncated) == ("a\nb", True)
    assert [finding.code for finding in document.diagnostics] == ["limit_exceeded"]


def test_reading_html_depth_limit() -> None:
    # html and body are two levels more.
    assert lines_of(page_of("<div>" * 8 + "x", depth=10)) == [("paragraph", 0, "x")]
    with pytest.raises(LimitExceededError, match="at most 10 deep"):
        page_of("<div>" * 9 + "x", depth=10)
    with pytest.raises(LimitExceededError):
        page_of("<div>" * 100_000, depth=1_000_000)


def registry_pages() -> list[Path]:
    return sorted(DATA.glob("*_html/*.html")) if DATA.is_dir() else []


def test_reading_html_registry_pages_show_their_labels() -> None:
    pages = registry_pages()
    if not pages:
        pytest.skip("registry pages (../shared/data/registries) are not beside this checkout")
    for path in pages:
        page = read(path.read_bytes()).page
        assert page is not None
        assert not any(mark in page.text for mark in ("<script", "function(", "</td>")), path.name
    cris = read((DATA / "cris_html" / "RecordsView.html").read_bytes()).page
    assert cris is not None
    lines = lines_of(cris)
    at = lines.index(("label", 0, "CRIS Registration Number"))
    assert lines[at + 1] == ("value", 0, "KCT0000001")
