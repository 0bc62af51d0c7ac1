"""Laying out a page: what stands under which label, and the sections that tile the page.

Order is never used. A label opens its section wherever it stands, unless it is a list item, or stands inside the
criteria as one of their own words ("Age: 18 or older"), or has been filled before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parser.models.trial import SectionKind
from parser.models.values import Span
from parser.reading.page import Block, Page
from parser.registries.labels import Label, LabelMatch
from parser.registries.record import RecordBuilder

#: The line that is the title opens the header.
TITLE = Label("title", "header")
#: Lines that stand under no label.
LOOSE = Label("loose", "header")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand under a label: a block, or the rest of the block that holds the label."""

    start: int
    end: int
    block: Block


@dataclass(slots=True)
class Entry:
    """A label on the page with the words under it.

    Attributes:
        label: What it introduces.
        span: The label's own words.
        block: Index of the block that holds it.
        content: The words under it, one piece a line.
        inline: Whether the first piece stands in the label's own block.
    """

    label: Label
    span: Span
    block: int
    content: list[Piece] = field(default_factory=list)
    inline: bool = False


@dataclass(slots=True)
class Stretch:
    """A section as a run of blocks `[first, last]`."""

    kind: SectionKind
    first: int
    last: int
    heading: Span | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A page by its labels.

    Attributes:
        entries: In page order; the lines before the first label stand under `LOOSE`.
        sections: They tile the blocks.
    """

    entries: tuple[Entry, ...]
    sections: tuple[Stretch, ...]

    def first(self, name: str) -> Entry | None:
        """Return the entry of a label's name, one with words under it before others; None where the page has none."""
        found = [entry for entry in self.entries if entry.label.name == name]
        return next((entry for entry in found if entry.content), found[0] if found else None)

    def all(self, *names: str) -> list[Entry]:
        """Return the entries of several labels' names, in page order."""
        return [entry for entry in self.entries if entry.label.name in names]


def lay_out(
    page: Page,
    matches: Sequence[LabelMatch | None],
    *,
    title: int | None = None,
    criteria: frozenset[str] = frozenset({"criteria"}),
    headings_repeat: bool = False,
) -> Layout:
    """Sort the blocks of a page under the labels found in them.

    Args:
        page: The page.
        matches: The label found in each block.
        title: Index of the block that is the title, which opens the header.
        criteria: Names of the labels under which criteria stand.
        headings_repeat: Whether a heading opens its section again; else only the first that is filled does.
    """
    accepted = _accepted(page, matches, title, criteria)
    surplus = _surplus(accepted, title or 0, len(page.blocks), headings_repeat)
    if surplus:
        kept = [None if index in surplus else match for index, match in enumerate(matches)]
        accepted = _accepted(page, kept, title, criteria)
    entries = _entries(page, accepted, title)
    return Layout(tuple(entries), tuple(_stretches(page, entries)))


def _accepted(
    page: Page, matches: Sequence[LabelMatch | None], title: int | None, criteria: frozenset[str]
) -> dict[int, LabelMatch]:
    """Return the matches that are labels where they stand, by block."""
    accepted: dict[int, LabelMatch] = {}
    in_criteria, items = False, False
    for index, (block, match) in enumerate(zip(page.blocks, matches, strict=True)):
        if index == title:
            in_criteria = False
        elif match is not None and not (in_criteria and _is_criterion(match, items, criteria)):
            accepted[index] = match
            in_criteria, items = match.label.name in criteria, False
        elif in_criteria:
            items = items or block.kind == "item"
    return accepted


def _is_criterion(match: LabelMatch, items: bool, criteria: frozenset[str]) -> bool:
    """Tell whether a label among the criteria is one of their words.

    Args:
        match: The label found.
        items: Whether the criteria so far had list items, so that a line that is none stands apart.
        criteria: Names of the labels under which criteria stand.
    """
    if match.label.name in criteria:
        return match.block.kind == "item"
    if match.label.floating:
        return True
    if match.block.kind in {"heading", "label"}:
        return False
    if match.block.kind == "item":
        return True
    own = match.label.section == "eligibility"
    if match.value is not None:
        return own or not items
    # `Age:` alone in a line introduces criteria on age; `Gender` alone is the page's own label.
    colon = match.block.end > match.end
    return colon and (own or not items) and not match.label.heading


def _surplus(accepted: dict[int, LabelMatch], title: int, blocks: int, headings_repeat: bool) -> set[int]:
    """Return the blocks whose label stands elsewhere with more right: filled, and not before the title.

    Below the title a label with nothing under it takes nothing from the other, and stays.
    """
    by_name: dict[str, list[int]] = {}
    for index, match in accepted.items():
        by_name.setdefault(match.label.name, []).append(index)
    surplus: set[int] = set()
    for indexes in by_name.values():
        if len(indexes) == 1:
            continue
        best = min(indexes, key=lambda index: (index < title, not _filled(accepted, index, blocks), index))
        for index in set(indexes) - {best}:
            stays = accepted[index].label.heading and headings_repeat or not _filled(accepted, index, blocks)
            if index < title or not stays:
                surplus.add(index)
    return surplus


def _filled(accepted: dict[int, LabelMatch], index: int, blocks: int) -> bool:
    return accepted[index].value is not None or (index + 1 < blocks and index + 1 not in accepted)


def _entries(page: Page, accepted: dict[int, LabelMatch], title: int | None) -> list[Entry]:
    entries: list[Entry] = []
    for index, block in enumerate(page.blocks):
        match = accepted.get(index)
        if index == title:
            entries.append(Entry(TITLE, (block.body, block.end), index))
        elif match is not None:
            entry = Entry(match.label, (match.start, match.end), index)
            if match.value is not None and match.value < block.end:
                entry.content.append(Piece(match.value, block.end, block))
                entry.inline = True
            entries.append(entry)
        else:
            if not entries:
                entries.append(Entry(LOOSE, (block.start, block.start), index))
            entries[-1].content.append(Piece(block.body, block.end, block))
    return entries


def _stretches(page: Page, entries: list[Entry]) -> list[Stretch]:
    """Join the entries to sections: a label opens one, unless its section is open or it may stay where it stands."""
    stretches: list[Stretch] = []
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        last = (following.block if following else len(page.blocks)) - 1
        current = stretches[-1] if stretches else None
        if current is not None and _stays(current, entry, page.blocks[entry.block]):
            current.last = last
        else:
            current = Stretch(entry.label.section, entry.block, last)
            stretches.append(current)
        if entry.label.heading and current.heading is None and current.kind == entry.label.section:
            current.heading = entry.span
    for stretch in stretches:
        if stretch.heading is None:
            stretch.heading = _first_label(stretch, entries)
    return stretches


def _stays(current: Stretch, entry: Entry, block: Block) -> bool:
    label = entry.label
    if block.kind == "item" or label.floating or (label.in_header and current.kind == "header"):
        return True
    return current.kind == label.section and label.section != "other"


def _first_label(stretch: Stretch, entries: list[Entry]) -> Span | None:
    """Return a section's first label, the heading where there is no other; the header has none of its own."""
    if stretch.kind == "header":
        return None
    return next(entry.span for entry in entries if stretch.first <= entry.block)


def set_sections(page: Page, record: RecordBuilder, layout: Layout) -> None:
    """Set the record's sections, each with its words as they stand on the page."""
    for stretch in layout.sections:
        span = (page.blocks[stretch.first].start, page.blocks[stretch.last].end)
        heading = " ".join(page.text[slice(*stretch.heading)].split()) if stretch.heading else None
        section = {"kind": stretch.kind, "heading": heading or None, "text": page.text[slice(*span)], "span": span}
        record.set(record.next("/sections"), section)
