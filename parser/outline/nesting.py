"""Which entry is an item of which: by indentation, by style of marker, by the colon of a head, by ordinals.

Every entry under one heading is placed below the entries that are open. Ordinals that run on say most, then
indentation, then a change of marker. What a text does not say is marked as ambiguous and never guessed silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parser.outline.boilerplate import is_boilerplate
from parser.outline.heading_words import PDQ_LABELS
from parser.outline.headings import has_colon, normalised
from parser.outline.joining import Entry
from parser.outline.marker_patterns import BULLET_LEVELS
from parser.outline.markers import Marker, Reading

#: Deeper lists than this are kept at this depth: no protocol nests deeper, but a hostile page may.
DEEPEST = 20
#: Columns by which items of one level may differ: `9.` and `10.` are often set flush right.
_TOLERANCE = 1
_LONGEST_LABEL = 6
#: Items before a head that are looked at for the bullet of the items after it.
_LOOK_BACK = 20
_ASKING = re.compile(
    r"(?:\b(?:(?:any|one|two|three|all|each|either|both|some|none|more)(?: or more)? (?:of )?the following|as follows)"
    r"\b[^.;:()]*|\b(?:with|who|if|either|have|has|must|are|including|by|defined as))$",
    re.IGNORECASE,
)
#: A colon after a connector opens no list: "systolic pressure of 160 mmHg or more OR:".
_CONNECTED = re.compile(r"\b(?:and|or|and/or)\s?[:：]\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """An entry with the entries under it.

    Attributes:
        entry: The criterion's lines; None for the root.
        indent: Column of its marker.
        head: Whether its words ask for a list.
        label: Whether it is a plain line that names a list below it, without a colon.
        reading: How its ordinal is read; None where it has none.
        ambiguous: Whether the end of its list does not show.
        children: In text order.
    """

    entry: Entry | None
    indent: int = -1
    head: bool = False
    label: bool = False
    reading: Reading | None = None
    ambiguous: bool = False
    children: list[Node] = field(default_factory=list)

    @property
    def marker(self) -> Marker | None:
        """The marker of the line it begins on."""
        return self.entry.line.marker if self.entry else None

    @property
    def bullet(self) -> str:
        """Its bullet, where it has no ordinal besides; empty otherwise."""
        return self.marker.bullet if self.marker is not None and not self.marker.readings else ""

    @property
    def plain(self) -> bool:
        """Whether it has no marker."""
        return self.marker is None


def opens_list(words: str) -> bool:
    """Tell whether a criterion's words ask for a list: by a colon, "any of the following", or breaking off."""
    colon = has_colon(words) and _CONNECTED.search(words, max(0, len(words) - 12)) is None
    asks = colon or _ASKING.search(words, max(0, len(words) - 90)) is not None
    return asks and not is_boilerplate(words)


def nest(text: str, entries: Sequence[Entry]) -> list[Node]:
    """Build the tree of the entries under one heading."""
    labels = _labels(text, entries)
    root = Node(None)
    open_nodes = [root]
    for index, entry in enumerate(entries):
        node = Node(entry, entry.line.indent, opens_list(text[entry.start : entry.end]))
        node.label = index in labels
        depth = min(_depth_for(node, open_nodes), DEEPEST)
        del open_nodes[depth:]
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
    return root.children


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield nodes and those under them, in text order."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def _labels(text: str, entries: Sequence[Entry]) -> set[int]:
    """Find plain lines that name the deeper list after them without a colon, as the old oncology registry does.

    A single one is more likely a paragraph that has lost its bullet, unless its words are such a label.
    """
    found = {
        index
        for index, (entry, after) in enumerate(pairwise(entries))
        if entry.line.marker is None
        and after.line.marker is not None
        and after.line.indent > entry.line.indent + _TOLERANCE
        and len(text[entry.start : entry.end].split()) <= _LONGEST_LABEL
    }
    known = {index for index in found if normalised(text[entries[index].start : entries[index].end]) in PDQ_LABELS}
    return found if len(found) > 1 else known


def _depth_for(node: Node, open_nodes: list[Node]) -> int:
    """Return how many of the open nodes stay open above this one; 1 is the root alone."""
    marker = node.marker
    level = _level(node, open_nodes)
    if not level and marker is not None and _is_paragraph(open_nodes[level.start - 1]):
        level = range(level.start - 1, level.start - 1)
    if len(open_nodes) == 1:
        node.reading = marker.readings[0] if marker is not None and marker.readings else None
        return 1
    if marker is not None and marker.readings:
        return _depth_of_ordinal(node, marker, open_nodes, level)
    if marker is not None:
        return _depth_of_bullet(node, open_nodes, level)
    return _depth_of_plain(node, open_nodes, level)


def _is_paragraph(above: Node) -> bool:
    """Tell whether an open node is a plain line that no list belongs to."""
    return above.entry is not None and above.plain and not above.head and not above.label


def _level(node: Node, open_nodes: list[Node]) -> range:
    """Return the positions of the open nodes at this node's indentation; empty where it is the first there.

    The range begins after the last open node that is indented less.
    """
    stop = len(open_nodes)
    while stop > 1 and open_nodes[stop - 1].indent > node.indent + _TOLERANCE:
        stop -= 1
    start = stop
    while start > 1 and open_nodes[start - 1].indent >= node.indent - _TOLERANCE:
        start -= 1
    return range(start, stop)


def _depth_of_ordinal(node: Node, marker: Marker, open_nodes: list[Node], level: range) -> int:
    candidates = [*reversed(level)] or [level.start - 1]
    if node.entry is not None and node.entry.line.inline:
        candidates = [*range(len(open_nodes) - 1, 0, -1)]
    continued = _continued(marker, open_nodes, candidates)
    if continued is not None:
        node.reading = continued[1]
        return continued[0]
    first = next((reading for reading in marker.readings if reading.path[-1] == 1), None)
    node.reading = first or marker.readings[0]
    if not level:
        return level.start if node.entry and not node.entry.line.inline else len(open_nodes)
    top = open_nodes[level[-1]]
    parent = _parent_by_path(node.reading, open_nodes, candidates)
    if parent is not None:
        return parent + 1
    if first is not None and not top.children and (top.head or _is_deeper_style(node.reading, top)):
        return level[-1] + 1
    same_style = [at for at in candidates if _family(open_nodes[at].reading) == _family(node.reading)]
    return same_style[0] if same_style else level.start


def _continued(marker: Marker, open_nodes: list[Node], candidates: list[int]) -> tuple[int, Reading] | None:
    """Find the open item that an ordinal runs on from: the one just before it, or one with a gap."""
    for largest_gap in (1, 3):
        for exact in (True, False):
            for at in candidates:
                previous = open_nodes[at].reading
                for reading in marker.readings if previous is not None else ():
                    if previous is not None and _runs_on(previous, reading, largest_gap, exact):
                        return at, reading
    return None


def _runs_on(previous: Reading, reading: Reading, largest_gap: int, exact: bool) -> bool:
    same = previous.style == reading.style if exact else _family(previous) == _family(reading)
    siblings = previous.path[:-1] == reading.path[:-1]
    return same and siblings and 0 < reading.path[-1] - previous.path[-1] <= largest_gap


def _family(reading: Reading | None) -> str:
    """Return the style without its punctuation, which people vary within one list."""
    return "" if reading is None else reading.style.strip("()[]\\s?.．、:：/-")


def _parent_by_path(reading: Reading, open_nodes: list[Node], candidates: list[int]) -> int | None:
    """Find `2` for `2.1`."""
    if len(reading.path) == 1:
        return None
    for at in candidates:
        above = open_nodes[at].reading
        if above is not None and above.path == reading.path[:-1]:
            return at
    return None


def _is_deeper_style(reading: Reading, above: Node) -> bool:
    """Tell whether a new numbering under another one is a list of its own: numbers, then letters, then romans."""
    ranks = {"number": 0, "dotted": 1, "upper": 1, "ROMAN": 1, "lower": 2, "roman": 3}
    if above.reading is None:
        return False
    return ranks.get(_family(above.reading), 0) < ranks.get(_family(reading), 0)


def _depth_of_bullet(node: Node, open_nodes: list[Node], level: range) -> int:
    if not level:
        return level.start
    top = open_nodes[level[-1]]
    waiting = top.head and not top.children
    same = next((at for at in reversed(level) if open_nodes[at].bullet == node.bullet), None)
    if waiting and not node.head:
        siblings = open_nodes[level[-1] - 1].children[-_LOOK_BACK:]
        top.ambiguous = not top.plain and any(sibling.bullet == node.bullet for sibling in siblings)
        return level[-1] + 1
    if same is not None:
        return _above_ambiguous(node, open_nodes, same)
    if waiting or _is_lower_bullet(node, top) or _is_bare_number(top):
        return level[-1] + 1
    bullets = [at for at in reversed(level) if open_nodes[at].bullet]
    return bullets[0] if bullets else level.start


def _is_bare_number(above: Node) -> bool:
    """A bullet right after a numbered item of the same indentation is an item of it, unless both have bullets."""
    numbered = above.reading is not None and above.marker is not None and not above.marker.bullet
    return numbered and not above.children


def _above_ambiguous(node: Node, open_nodes: list[Node], at: int) -> int:
    """A new head among the items of a list whose end does not show ends that list."""
    return at - 1 if node.head and open_nodes[at - 1].ambiguous else at


def _is_lower_bullet(node: Node, above: Node) -> bool:
    """Tell whether one bullet is the next level of another in a word processor's list."""
    return bool(node.bullet and above.bullet) and _bullet_level(node.bullet) > _bullet_level(above.bullet)


def _bullet_level(bullet: str) -> int:
    return next((level for level, bullets in enumerate(BULLET_LEVELS) if bullet[-1] in bullets), 0)


def _depth_of_plain(node: Node, open_nodes: list[Node], level: range) -> int:
    if not level:
        return level.start
    top = open_nodes[level[-1]]
    same = next((at for at in reversed(level) if open_nodes[at].plain), None)
    if top.plain and top.head and not top.children and not node.head:
        top.ambiguous = True
        return level[-1] + 1
    if same is None:
        return level.start
    if open_nodes[same - 1].ambiguous and open_nodes[same - 1].plain and _ends_ambiguous(node, open_nodes[same - 1]):
        return same - 1
    return same


def _ends_ambiguous(node: Node, head: Node) -> bool:
    """A new head ends an unmarked list, and so does a blank line where its items had none between them."""
    if node.head:
        return True
    several = len(head.children) > 1
    tight = several and not any(child.entry.line.gap for child in head.children[-1:] if child.entry is not None)
    return tight and node.entry is not None and node.entry.line.gap
