"""What each HTML element does to the visible text: the tables that `layout` reads.

Source: the HTML standard's rendering section (block or inline by default) and WAI-ARIA 1.2 for roles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: Never shown, or shown by other means than their text.
UNSEEN: Final = _names(
    "head script style template noscript svg iframe canvas audio video object datalist select noembed noframes "
    "area base link meta param source track"
)

#: They begin and end a line. Elements with a hyphen in their name (custom elements) are added by `is_block`.
BLOCKS: Final = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p "
    "pre search section summary table tbody td tfoot th thead tr ul xmp listing plaintext"
)
LISTS: Final = _names("ul ol menu dir")
HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
PREFORMATTED: Final = _names("pre xmp listing plaintext")

#: The element that an ARIA role stands for, whatever element carries it.
ROLES: Final = {
    "list": "ul",
    "listitem": "li",
    "term": "dt",
    "definition": "dd",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}

_NOT_SHOWN: Final = re.compile(r"(?:display\s{0,8}:\s{0,8}none|visibility\s{0,8}:\s{0,8}hidden)", re.I)


def is_block(tag: str) -> bool:
    """Tell whether an element begins a line; authors of custom elements nearly always make them blocks."""
    return tag in BLOCKS or "-" in tag


def is_unseen(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element's text is not on the page.

    `aria-hidden` does not hide anything from the eye. A hidden tab panel is one click away, and pages keep whole
    sections in one; the same holds for `hidden="until-found"`.
    """
    if tag in UNSEEN:
        return True
    if not attributes:
        return False
    if "hidden" in attributes:
        return attributes["hidden"].lower() != "until-found" and attributes.get("role") != "tabpanel"
    return "style" in attributes and _NOT_SHOWN.search(attributes["style"]) is not None
