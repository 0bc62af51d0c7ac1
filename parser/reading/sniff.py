"""Text, HTML, XML, JSON or a table of trials: told from the text itself, never from a file's name.

A page of plain text is full of angle brackets ("life expectancy <7 days"): only a tag whose name HTML knows, or a
root element that is closed again, makes markup. JSON is told by the beginning of an object (or a list of them), so
that a broken document is reported as broken JSON, and `[1] Age over 18` stays text.
"""

from __future__ import annotations

import re
from typing import Final

from parser.reading.document import DocumentFormat
from parser.reading.rows import is_table
from parser.text import BLANKS

_BLANK: Final = f"[{BLANKS}]"
_OBJECT: Final = re.compile(
    rf'(?:\[{_BLANK}*)?\{{{_BLANK}*(?:\}}|"(?:[^"\\]|\\.){{0,1000}}"{_BLANK}*:|"[^"]{{0,1000}}\Z)'
)
_EMPTY_LIST: Final = re.compile(rf"\[{_BLANK}*\]{_BLANK}*\Z")

_TAG: Final = re.compile(r"<([A-Za-z_][\w.:-]{0,100})(?=[\s/>])")
# What stands before the root of a document: declarations, processing instructions, comments.
_PROLOG: Final = re.compile(r"<\?|<!--|<!DOCTYPE\s{1,8}([\w:.-]{1,100})|<!", re.I)
_DOCUMENT_TAG: Final = re.compile(r"<(?:!doctype\s{1,8}html|html|body)(?=[\s>])", re.I)
_BLOCK_CLOSED: Final = re.compile(r"</(?:p|div|ul|ol|li|dl|dd|td|tr|table|section|h[1-6])\s{0,8}>", re.I)

#: A fragment that begins with words is HTML from this many closed blocks on; fewer are a stray paste.
_CLOSED_BLOCKS: Final = 3
_FRAGMENT_WITHIN: Final = 65_536

#: Elements with which a document or a fragment of HTML may begin.
_NAMES: Final = (
    "a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body br button canvas "
    "caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset "
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img "
    "input ins kbd label legend li link main map mark menu meta nav noscript object ol optgroup option output p "
    "picture pre progress q s samp script search section select slot small span strike strong style sub summary sup "
    "svg table tbody td template textarea tfoot th thead time title tr tt u ul var video wbr"
)
_HTML_NAMES: Final = frozenset(_NAMES.split())


def sniff(text: str) -> DocumentFormat:
    """Tell the format of a text that is not blank; what is nothing else is `text`."""
    start = len(text) - len(text.lstrip(BLANKS))
    first = text[start : start + 1]
    if first in ("{", "["):
        return "json" if _OBJECT.match(text, start) or _EMPTY_LIST.match(text, start) else "text"
    if first == "<" and (format := _markup(text, start)) is not None:
        return format
    if is_table(text):
        return "csv"
    return "html" if _is_fragment(text) else "text"


def root_name(text: str) -> str | None:
    """Return the name of the element that a text of markup begins with; None where it begins otherwise."""
    start = len(text) - len(text.lstrip(BLANKS))
    tag = _TAG.match(text, _after_prolog(text, start)[0]) if text[start : start + 1] == "<" else None
    return tag[1] if tag else None


def _markup(text: str, start: int) -> DocumentFormat | None:
    """Tell HTML from XML by the declared type and the root; None where what looks like a tag is none."""
    at, declared = _after_prolog(text, start)
    if declared is not None:
        return "html" if declared.lower() == "html" else "xml"
    tag = _TAG.match(text, at)
    if tag is None:
        return "xml" if text.startswith("<?xml", start) else None
    if tag[1].lower().rpartition(":")[2] in _HTML_NAMES:
        return "html"
    closed = text.rstrip(BLANKS).endswith((f"</{tag[1]}>", "/>", "-->"))
    return "xml" if closed or text.startswith("<?xml", start) else None


def _after_prolog(text: str, at: int) -> tuple[int, str | None]:
    """Skip what stands before the root.

    Returns:
        Where the root begins, and None; or wherever a document type was found, and its name.
    """
    while (part := _PROLOG.match(text, at)) is not None:
        if part[1]:
            return at, part[1]
        closing = {"<?": ">", "<!--": "-->"}.get(part[0], ">")
        end = text.find(closing, part.end())
        if end < 0:
            break
        at = end + len(closing)
        at += len(text[at : at + 4096]) - len(text[at : at + 4096].lstrip(BLANKS))
    return at, None


def _is_fragment(text: str) -> bool:
    """Tell whether a text that begins with words, or with an unknown tag, is HTML all the same."""
    if "</" not in text:
        return False
    head = text[:_FRAGMENT_WITHIN]
    if _DOCUMENT_TAG.search(head):
        return True
    return sum(1 for _ in zip(range(_CLOSED_BLOCKS), _BLOCK_CLOSED.finditer(head), strict=False)) == _CLOSED_BLOCKS
