"""The one shape of every text-like source: its text, and its blocks in order.

Plain text, Markdown and HTML all become a `Page`, so that a registry's reader is written once, over labels and
order, never over tags or CSS classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

#: `heading` (level 1-6), `paragraph`, `item` of a list (level = depth from 1), `label` and `value` of a definition
#: list or a two-column table, `row` of a wider table (cells apart by tabs).
BlockKind = Literal["heading", "paragraph", "item", "label", "value", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """One non-blank line of the page's text; with the line that underlines it, where Markdown marks it so.

    Attributes:
        kind: What it is on the page.
        start: First character, indentation left out, in `Page.text`.
        end: After the last character, trailing blanks left out.
        level: Level of a heading; depth of a list item, 1 for the outermost list, and of an HTML paragraph that
            continues one; 0 otherwise.
        body: Where the words begin after the page's own marker; equals `start` where there is none.
        body_end: Where the words end; before `end` only where closing hashes or an underline follow them.
        indent: Columns of indentation before `start` (plain text; a tab counts to the next multiple of 8).
        cells: Spans of a row's cells, empty ones included.
        breaks: Where the page begins a new line inside a row's cell; a blank stands there.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    body: int = -1
    indent: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    body_end: int = -1
    breaks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.body < 0:
            object.__setattr__(self, "body", self.start)
        if self.body_end < 0:
            object.__setattr__(self, "body_end", self.end)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as text with its blocks.

    Attributes:
        text: The decoded input of a text source; of HTML its visible text, one block a line, tags gone, entities
            resolved. Every span of the page indexes it.
        blocks: In page order; together they hold every non-blank character of `text`.
        format: `text` or `html`.
        url: Canonical address, where the page states it.
        language: BCP 47 tag, where the page states it.
        metadata: Machine-readable data embedded in the page (`og:title`, JSON-LD and JSON state as text).
        truncated: Whether the limit on blocks cut the page.
    """

    text: str
    blocks: tuple[Block, ...]
    format: Literal["text", "html"]
    url: str | None = None
    language: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    truncated: bool = False

    def words(self, block: Block) -> str:
        """Return a block's text without the page's own marks (list marker, hashes, underline)."""
        return self.text[block.body : block.body_end]

    def line(self, block: Block) -> str:
        """Return a block's text as it stands on the page."""
        return self.text[block.start : block.end]
