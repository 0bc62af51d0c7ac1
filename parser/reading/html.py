"""HTML to a `Page`: what the eye sees, and the data that the page carries for machines.

lxml reads it. What comes out empty although it is not is read again by BeautifulSoup with Python's own parser, which is
slower and gives up on nothing. Either feeds the same `_Visit`, without recursion.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from parser.errors import LimitExceededError, UnreadableInputError
from parser.models import Limits
from parser.reading.elements import is_unseen
from parser.reading.layout import Layout
from parser.reading.page import Page
from parser.text import is_blank

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

#: Elements that carry data for machines.
_CARRIERS: Final = frozenset(("html", "title", "meta", "link", "script"))
_ADDED_ELEMENTS: Final = 2
_HELD: Final = frozenset(("title", "script"))
_JSON_SCRIPTS: Final = {"application/ld+json": "json-ld", "application/json": "json-state"}
# The HTML parser stops by itself at this depth, `huge_tree` or not.
_LIBXML_DEPTH: Final = 2_048
# The lenient reader's parser takes quadratic time on tags that never close: a second for this many characters.
_LENIENT_CHARACTERS: Final = 16_384


def read_html(text: str, limits: Limits) -> Page:
    """Read an HTML page or fragment.

    Args:
        text: The decoded input; a declared encoding in it is not heeded.
        limits: `blocks` cuts the page, `depth` bounds the nesting of elements.

    Raises:
        LimitExceededError: The elements are nested deeper than `limits.depth`.
        UnreadableInputError: No parser makes anything of it.
    """
    visit = _Visit(limits.depth)
    if not _parse(text, visit) or visit.is_empty:
        visit = _Visit(limits.depth)
        _parse_leniently(text, visit)
    words, blocks, truncated = visit.layout.finish(limits.blocks)
    carried = visit.carried
    return Page(words, blocks, "html", carried.url, carried.language, carried.metadata, truncated)


class _Visit:
    """Takes a page's tags and text in document order, as a target of lxml's parser does.

    Attributes:
        layout: What is seen.
        carried: What is carried for machines.
    """

    def __init__(self, limit: int) -> None:
        self.layout = Layout(limit)
        self.carried = _Carried()
        self._limit = min(limit, _LIBXML_DEPTH - 1)
        self._depth = 0
        self._elements = 0
        self._unseen_from = 0
        self._held: list[str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was seen, and no element but the `html` and `body` that the parser adds."""
        return not self.layout.any and not self.carried.metadata and self._elements <= _ADDED_ELEMENTS

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > self._limit:
            raise _too_deep(self._limit)
        if tag in _CARRIERS:
            self.carried.take(tag, attributes)
            self._held = [] if tag in _HELD else None
        if self._unseen_from:
            return
        if is_unseen(tag, attributes):
            self._unseen_from = self._depth
        else:
            self.layout.start(tag, attributes)

    def data(self, text: str) -> None:
        if self._held is not None:
            self._held.append(text)
        if not self._unseen_from:
            self.layout.data(text)

    def end(self, tag: str) -> None:
        if self._held is not None and tag in _HELD:
            self.carried.take_text(tag, "".join(self._held))
            self._held = None
        if not self._unseen_from:
            self.layout.end()
        elif self._unseen_from == self._depth:
            self._unseen_from = 0
        self._depth -= 1

    def close(self) -> None:
        """Do nothing: lxml calls it at the end of the document."""


def _parse(text: str, visit: _Visit) -> bool:
    """Walk the page as lxml reads it; False where lxml refuses it."""
    from lxml import etree

    # As bytes: lxml refuses a str with an XML declaration. Lone surrogates and NULs are no characters of HTML.
    data = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    # A target instead of a tree: the walk takes half the time, and nothing recurses over a deep page.
    target: Any = visit
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=target)
    try:
        etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return False
    return True


def _too_deep(limit: int) -> LimitExceededError:
    return LimitExceededError(
        f"Expected elements nested at most {limit} deep; found more. "
        "Raise `Limits.depth`, or check that the page's elements are closed."
    )


def _parse_leniently(text: str, visit: _Visit) -> None:
    """Walk the page as BeautifulSoup reads it."""
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    if len(text) > _LENIENT_CHARACTERS:
        raise UnreadableInputError("Expected HTML; found markup that no element comes out of. Check how it was saved.")
    try:
        with warnings.catch_warnings():
            # BeautifulSoup wonders whether a URL or XML was meant; that was decided before.
            warnings.simplefilter("ignore")
            soup = BeautifulSoup(text, "html.parser")
    except (ParserRejectedMarkup, AssertionError, ValueError) as error:
        raise UnreadableInputError(f"Expected HTML; found markup that cannot be read ({error}).") from error
    _walk(soup, visit)


def _walk(soup: BeautifulSoup, visit: _Visit) -> None:
    from bs4.element import NavigableString, PreformattedString, Tag

    opened: list[Tag] = []
    for node in soup.descendants:
        while opened and opened[-1] is not node.parent:
            visit.end(opened.pop().name)
        if isinstance(node, Tag):
            opened.append(node)
            visit.start(node.name, {name: _attribute(value) for name, value in node.attrs.items()})
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            visit.data(str(node))
    while opened:
        visit.end(opened.pop().name)


def _attribute(value: str | list[str]) -> str:
    """Return an attribute's value; BeautifulSoup splits `class` and `rel` into lists."""
    return value if isinstance(value, str) else " ".join(value)


class _Carried:
    """What a page says to machines.

    Attributes:
        metadata: `title`, `meta` contents by lower-case name or property (the first of each), and JSON scripts as
            `json-ld`, `json-ld-2`, …, `json-state`, ….
        language: Of the `html` element, or of the `content-language` that the page states.
        url: The canonical link, or `og:url`.
    """

    def __init__(self) -> None:
        self.metadata: dict[str, str] = {}
        self._canonical = ""
        self._language = ""
        self._script_type = ""
        self._scripts = dict.fromkeys(_JSON_SCRIPTS.values(), 0)

    def take(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of one of the elements that carry data."""
        if tag == "html":
            self._language = self._language or attributes.get("lang") or attributes.get("xml:lang") or ""
        elif tag == "meta":
            self._take_meta(attributes)
        elif tag == "script":
            self._script_type = attributes.get("type", "")
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            self._canonical = self._canonical or attributes.get("href", "").strip()

    def take_text(self, tag: str, text: str) -> None:
        """Take the text of a title or script, at its end."""
        if tag == "title":
            self._note("title", " ".join(text.split()))
        else:
            self._take_script(self._script_type, text)

    @property
    def language(self) -> str | None:
        return (self._language or self.metadata.get("content-language", "")).strip() or None

    @property
    def url(self) -> str | None:
        return self._canonical or self.metadata.get("og:url") or None

    def _take_meta(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv") or ""
        self._note(name.strip().lower(), attributes.get("content", "").strip())

    def _take_script(self, type: str, text: str) -> None:
        key = _JSON_SCRIPTS.get(type.partition(";")[0].strip().lower())
        if key is None or is_blank(text):
            return
        self._scripts[key] += 1
        number = self._scripts[key]
        self.metadata[key if number == 1 else f"{key}-{number}"] = text.strip()

    def _note(self, key: str, value: str) -> None:
        if key and value:
            self.metadata.setdefault(key, value)
