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
from parser.outline.heading_words import PDQ_LABELS, TOPIC_WORDS
from parser.outline.headings import has_colon, normalised
from parser.outline.joining import Entry
from parser.outline.list_ends import is_likely_over, says_end
from parser.outline.marker_patterns import BULLET_LEVELS
from parser.outline.markers import Marker, Reading

#: Deeper lists than this are kept at this depth: no protocol nests deeper, but a hostile page may.
DEEPEST = 20
#: Columns by which items of one level may differ: `9.` and `10.` are often set flush right.
_TOLERANCE = 1
_LONGEST_LABEL = 6
_LONGEST_LABEL_TEXT = 80
#: Items before a head that are looked at for the bullet of the items after it.
_LOOK_BACK = 20
_LONGEST_ASKING = 90
#: Words that a criterion breaks off with, its list to follow.
_LAST_WORDS = (
    "with", "who", "if", "either", "have", "has", "must", "are", "including", "by", "defined as", "exceptions of",
    "exception of", "one of", "any of", "all of", "consisting of",
)  # fmt: skip
_ASKING = re.compile(
    r"(?:\b(?:(?:any|one|two|three|all|each|either|both|some|none|more)(?: or more)? (?:of )?the following|as follows)"
    rf"\b[^.;:()]*|\b(?:{'|'.join(_LAST_WORDS)}))$"
)
#: A colon after a connector opens no list: "systolic pressure of 160 mmHg or more OR:".
_NONE: frozenset[int] = frozenset()
_FEWEST_OWNED = 2
_CONNECTED = re.compile(r"\b(?:and|or|and/or)\s?[:：]\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """An entry with the entries under it.

    Attributes:
        entry: The criterion's lines; None for the root.
        indent: Column of its marker.
        marker: The marker of the line it begins on; None for a plain line.
        bullet: Its bullet, where it has no ordinal besides; empty otherwise.
        head: Whether its words ask for a list.
        label: Whether it is a plain line that names a list below it, without a colon.
        reading: How its ordinal is read; None where it has none.
        ambiguous: Whether the end of its list does not show.
        words: What it says.
        children: In text order.
    """

    entry: Entry | None
    indent: int = -1
    marker: Marker | None = None
    bullet: str = ""
    head: bool = False
    label: bool = False
    reading: Reading | None = None
    ambiguous: bool = False
    words: str = ""
    children: list[Node] = field(default_factory=list)


def opens_list(words: str) -> bool:
    """Tell whether a criterion's words ask for a list: by a colon, "any of the following", or breaking off."""
    if has_colon(words):
        asks = _CONNECTED.search(words, max(0, len(words) - 12)) is None or _asks(words)
    else:
        asks = _asks(words)
    return asks and not is_boilerplate(words)


def _asks(words: str) -> bool:
    tail = words[-_LONGEST_ASKING:].lower()
    return ("follow" in tail or tail.endswith(_LAST_WORDS)) and _ASKING.search(tail) is not None


def nest(text: str, entries: Sequence[Entry]) -> list[Node]:
    """Build the tree of the entries under one heading."""
    plain = any(entry.line.marker is None for entry in entries)
    labels = _labels(text, entries) if plain else _NONE
    owned = _owned(entries) if plain else _NONE
    root = Node(None)
    open_nodes = [root]
    for index, entry in enumerate(entries):
        marker = entry.line.marker
        bullet = marker.bullet if marker is not None and not marker.readings else ""
        words = text[entry.start : entry.end]
        node = Node(entry, entry.line.indent, marker, bullet, opens_list(words))
        node.label = index in labels
        node.words = words
        if index in owned:
            depth = next((at for at in range(len(open_nodes) - 1, 0, -1) if open_nodes[at].reading is not None), 0) + 1
        else:
            depth = _depth_for(node, open_nodes)
        del open_nodes[min(depth, DEEPEST) :]
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
    return root.children


def _owned(entries: Sequence[Entry]) -> set[int]:
    """Find plain lines between two ordinals that run on, at least two of them: they belong to the first."""
    found: set[int] = set()
    above: int | None = None
    for index, entry in enumerate(entries):
        marker = entry.line.marker
        if marker is None:
            continue
        if above is not None and index - above > _FEWEST_OWNED and marker.readings:
            first = entries[above].line
            between = entries[above + 1 : index]
            level = all(abs(one.line.indent - first.indent) <= _TOLERANCE for one in (*between, entry))
            last = first.marker.readings if first.marker is not None else ()
            if level and any(_runs_on(one, two, 1, True) for one in last for two in marker.readings):
                found.update(range(above + 1, index))
        above = index
    return found


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield nodes and those under them, in text order."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def _labels(text: str, entries: Sequence[Entry]) -> set[int]:
    """Find plain lines that name the list after them without a colon, as the old oncology registry does.

    A single one is more likely a paragraph that has lost its bullet, unless its words are such a label. Where the list
    is no deeper, the words must be a topic.
    """
    found: set[int] = set()
    known: set[int] = set()
    for index, (entry, after) in enumerate(pairwise(entries)):
        if entry.line.marker is not None or after.line.marker is None:
            continue
        words = text[entry.start : entry.end]
        if len(words) > _LONGEST_LABEL_TEXT or len(words.split()) > _LONGEST_LABEL:
            continue
        phrase = normalised(words)
        if after.line.indent <= entry.line.indent + _TOLERANCE and not _is_topic(phrase, words):
            continue
        found.add(index)
        if phrase in PDQ_LABELS:
            known.add(index)
    return found if len(found) > 1 else known


def _is_topic(phrase: str, words: str) -> bool:
    """Tell whether a line is a topic, such as "Medical conditions - cardiovascular", and no criterion."""
    return words[-1].isalnum() and words[:1].isupper() and not TOPIC_WORDS.isdisjoint(phrase.split())


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
    return above.entry is not None and above.marker is None and not above.head and not above.label


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
    inline = node.entry is not None and node.entry.line.inline
    if first is not None and not top.children and (inline or top.head or _is_deeper_style(node.reading, top)):
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
    waiting = (top.head or top.label) and not top.children
    same = next((at for at in reversed(level) if open_nodes[at].bullet == node.bullet), None)
    if waiting and not node.head:
        siblings = open_nodes[level[-1] - 1].children[-_LOOK_BACK:]
        top.ambiguous = top.marker is not None and any(sibling.bullet == node.bullet for sibling in siblings)
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
    """A new head among the items of a list whose end does not show ends that list, and so does its last item."""
    above = open_nodes[at - 1]
    return at - 1 if above.ambiguous and (_has_ended(above, node) or node.head) else at


def _has_ended(head: Node, node: Node) -> bool:
    """Tell whether a list whose end does not show has ended before a node; sure ends leave no doubt on the head."""
    items = [item.words for item in (head.children[:1] + head.children[1:][-_LOOK_BACK:])]
    if says_end(items, node.words):
        head.ambiguous = False
        return True
    return bool(items) and is_likely_over(head.words, items, node.words)


def _is_lower_bullet(node: Node, above: Node) -> bool:
    """Tell whether one bullet is the next level of another in a word processor's list."""
    return bool(node.bullet and above.bullet) and _bullet_level(node.bullet) > _bullet_level(above.bullet)


def _bullet_level(bullet: str) -> int:
    return next((level for level, bullets in enumerate(BULLET_LEVELS) if bullet[-1] in bullets), 0)


def _depth_of_plain(node: Node, open_nodes: list[Node], level: range) -> int:
    if not level:
        return level.start
    top = open_nodes[level[-1]]
    same = next((at for at in reversed(level) if open_nodes[at].marker is None), None)
    if top.head and not top.children and top.marker is not None and not node.head:
        return level[-1] + 1
    inline = node.entry is not None and node.entry.line.inline
    if top.head and not top.children and (inline or (top.marker is None and not node.head)):
        top.ambiguous = not inline
        return level[-1] + 1
    if same is None:
        return level.start
    above = open_nodes[same - 1]
    ended = above.ambiguous and above.marker is None and (_has_ended(above, node) or _ends_ambiguous(node, above))
    return same - 1 if ended else same


def _ends_ambiguous(node: Node, head: Node) -> bool:
    """A new head ends an unmarked list, and so does a blank line where its items had none between them."""
    if node.head:
        return True
    several = len(head.children) > 1
    tight = several and not any(child.entry.line.gap for child in head.children[-1:] if child.entry is not None)
    return tight and node.entry is not None and node.entry.line.gap
