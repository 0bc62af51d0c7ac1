"""Tables of a text page that are labels with values: a Markdown table of two columns reads as one of HTML does."""

from __future__ import annotations

from dataclasses import replace

from parser.reading.page import Block, Page

_COLUMNS = 2
# A label is short; a table whose first column holds sentences has none.
_LONGEST_LABEL = 100


def with_table_labels(page: Page) -> Page:
    """Return a page whose table rows of two cells are a label and its value; the head of the table stays a row."""
    if page.format != "text" or not any(_is_pair(block) for block in page.blocks):
        return page
    blocks: list[Block] = []
    for block in page.blocks:
        blocks += _parts(block) if _is_pair(block) else [block]
    return replace(page, blocks=tuple(blocks))


def _is_pair(block: Block) -> bool:
    if block.kind != "row" or len(block.cells) != _COLUMNS or block.body_end < block.end:
        return False
    (start, end), value = block.cells
    return 0 < end - start <= _LONGEST_LABEL and value[0] < value[1]


def _parts(block: Block) -> list[Block]:
    """Return the label and the value of a row; the bars around them belong to the blocks, but not to their words."""
    label, value = block.cells
    return [
        Block("label", block.start, label[1], body=label[0], indent=block.indent),
        Block("value", value[0], block.end, body_end=value[1]),
    ]
