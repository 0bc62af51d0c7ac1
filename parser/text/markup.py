"""Markup that was left in a text: its line breaks are kept as line breaks, its other tags are taken away.

Only what is a tag of HTML, whole and by name, counts: `<7 days`, `<the guideline>` and `a <b and c> d` are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from parser.text.traced import TracedText

# CTRI ends each line with the pair `<br/ ><br>`, which is one break.
_ATTRIBUTE: Final = r"[a-zA-Z][a-zA-Z-]{0,30}\s?=\s?(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'|[^\s\"'<>]{1,300})"
_ATTRIBUTES: Final = rf"(?:\s{{1,20}}{_ATTRIBUTE}){{0,10}}\s?/?\s?"
_BLOCKS: Final = "blockquote|center|div|h[1-6]|p|pre|section|table|tbody|thead|tr"
_INLINE: Final = "a|b|big|cite|code|em|font|i|small|span|strike|strong|sub|sup|td|th|tt|u"
_TAG = re.compile(
    rf"(?<!\\)<(?:(?P<line>br/\s><br\s?/?\s?|br\s{{0,2}}/?\s?)|(?P<item>li{_ATTRIBUTES})"
    rf"|(?P<ends>/)?(?:(?P<list>(?:ul|ol){_ATTRIBUTES})|(?P<block>(?:{_BLOCKS}){_ATTRIBUTES})"
    rf"|(?P<name>{_INLINE}|li){_ATTRIBUTES}))>",
    re.IGNORECASE,
)
_POWER = re.compile(r"\s?[-+−]?\d")
_BLANKS: Final = " \t"
_LINE_END = re.compile(r"[ \t]*\n")
#: Indentation of a list item for each level below the first.
_STEP: Final = "  "
_DEEPEST: Final = 12


def drop_markup(text: TracedText) -> TracedText:
    """Turn the tags left in a text into line breaks and indentation, or nothing."""
    if "<" not in text.text or not _TAG.search(text.text):
        return text
    return text.replaced(_edits(text.text))


def _edits(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield an edit a tag. `broken` is the end of the last break, should only dropped tags have come since."""
    level = done = broken = 0
    for match in _TAG.finditer(source):
        if match["name"]:
            start, (done, new) = match.start(), (match.end(), _inline(source, match))
            broken = done if broken == start and not new else broken
        else:
            start, end = _with_gap(source, match, done)
            if match["list"]:
                level = max(0, level - 1) if match["ends"] else min(level + 1, _DEEPEST)
            needed = _needs_break(match, at_break=start == broken) and start > 0 and end < len(source)
            new = ("\n" if needed else "") + (_STEP * (level - 1) if match["item"] else "")
            broken = end if needed or start == broken else broken
            done = end
        yield start, done, new


def _needs_break(match: re.Match[str], *, at_break: bool) -> bool:
    """Tell whether a tag stands for a line break of its own, or is content with the one before it."""
    if match["list"]:
        return match["ends"] is not None and not at_break
    return not (match["item"] and at_break)


def _with_gap(source: str, match: re.Match[str], done: int) -> tuple[int, int]:
    """Return the stretch of a tag with the single line breaks beside it, which mean nothing in HTML."""
    start = match.start()
    while start > done and source[start - 1] in _BLANKS:
        start -= 1
    if start > done and source[start - 1] == "\n":
        start -= 1
    after = _LINE_END.match(source, match.end())
    return start, after.end() if after else match.end()


def _inline(source: str, match: re.Match[str]) -> str:
    """Return what stands for a tag within a line: `10<sup>9</sup>` must not read 109."""
    if match["name"].casefold() == "sup" and source[match.start() - 1 : match.start()].isdigit():
        return "^" if _POWER.match(source, match.end()) else ""
    return " " if match["name"].casefold() in {"td", "th"} else ""
