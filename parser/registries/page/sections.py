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
from parser.registries.page.labels import Label, LabelMatch
from parser.registries.record import RecordBuilder

#: The line that is the title opens the header.
TITLE = Label("title", "header")
# What a list item may begin with where the page's markup does not say that it is one.
_BULLETS = "•·●○▪◦‣-–*"

#: Lines that stand under no label.
LOOSE = Label("loose", "header", floating=True)

#: Lines below a list or table of labels and values, outside the header.
UNLABELLED = Label("unlabelled", "other", floating=True)


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
    website: bool = False


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
    known_site: bool = True,
) -> Layout:
    """Sort the blocks of a page under the labels found in them.

    Args:
        page: The page.
        matches: The label found in each block.
        title: Index of the block that is the title, which opens the header.
        criteria: Names of the labels under which criteria stand.
        known_site: Whether the labels are those of one site, where each counts once and fields open their section;
            on any other page a heading may come twice, and the header may hold fields of all kinds.
    """
    accepted = _accepted(page, matches, title, criteria)
    surplus = _surplus(accepted, title or 0, len(page.blocks), known_site)
    if surplus:
        kept = [None if index in surplus else match for index, match in enumerate(matches)]
        accepted = _accepted(page, kept, title, criteria)
    entries = _entries(page, accepted, title, criteria)
    return Layout(tuple(entries), tuple(_stretches(page, entries, known_site)))


def _accepted(
    page: Page, matches: Sequence[LabelMatch | None], title: int | None, criteria: frozenset[str]
) -> dict[int, LabelMatch]:
    """Return the matches that are labels where they stand, by block."""
    accepted: dict[int, LabelMatch] = {}
    above: _Above | None = None
    for index, (block, match) in enumerate(zip(page.blocks, matches, strict=True)):
        if index == title:
            above = None
        elif match is not None and not (above and _is_criterion(page, match, above, criteria)):
            accepted[index] = match
            if match.label.name in criteria:
                above = _Above(match.label, block.kind == "label")
            elif above is None or not _is_aside(match):
                above = None
        elif above is not None:
            above.lines += 1
            above.items = above.items or block.kind == "item" or page.text[block.body] in _BULLETS
    return accepted


@dataclass(slots=True)
class _Above:
    """The criteria that stand above a line: their label, how many lines, and whether any is a list item.

    In a list or table of fields, `in_table`, the next label ends them, whether it is known or not.
    """

    label: Label
    in_table: bool
    lines: int = 0
    items: bool = False


def _is_aside(match: LabelMatch) -> bool:
    """Tell whether a label is a field among the criteria (`Sex: All`), after which they go on."""
    fields = match.block.kind == "label" or match.value is not None
    return fields and match.label.section == "eligibility" and match.label.short


def _is_criterion(page: Page, match: LabelMatch, above: _Above, criteria: frozenset[str]) -> bool:
    """Tell whether a label among the criteria is one of their own words."""
    if match.label.name in criteria:
        return match.block.kind == "item"
    if match.label.closes or (above.in_table and match.block.kind == "label"):
        return False
    if match.block.kind == "item" or match.label.floating:
        return True
    if match.block.kind in {"heading", "label"}:
        return False
    own = match.label.section == "eligibility"
    if match.value is not None:
        value = page.text[match.value : match.block.body_end]
        if own and above.label.heading and not above.lines and match.label.reads:
            # Right below the heading of the whole section, `Sex: All` is the field.
            return not match.label.reads(value)
        return own or not above.items
    # `Age:` alone in a line introduces criteria on age; `Gender` alone is the page's own label.
    colon = match.block.body_end > match.end
    return colon and (own or not above.items) and not match.label.heading


def _surplus(accepted: dict[int, LabelMatch], title: int, blocks: int, known_site: bool) -> set[int]:
    """Return the blocks whose label stands elsewhere with more right: filled, and not before the title.

    Below the title a label with nothing under it takes nothing from the other, and stays.
    """
    by_name: dict[str, list[int]] = {}
    for index, match in accepted.items():
        if not match.label.repeats:
            by_name.setdefault(match.label.name, []).append(index)
    surplus: set[int] = set()
    for indexes in by_name.values():
        if len(indexes) == 1:
            continue
        best = min(indexes, key=lambda index: (index < title, not _filled(accepted, index, blocks), index))
        for index in set(indexes) - {best}:
            stays = (accepted[index].label.heading and not known_site) or not _filled(accepted, index, blocks)
            if index < title or not stays:
                surplus.add(index)
    return surplus


def _filled(accepted: dict[int, LabelMatch], index: int, blocks: int) -> bool:
    return accepted[index].value is not None or (index + 1 < blocks and index + 1 not in accepted)


def _entries(page: Page, accepted: dict[int, LabelMatch], title: int | None, criteria: frozenset[str]) -> list[Entry]:
    entries: list[Entry] = []
    open_criteria: Entry | None = None
    for index, block in enumerate(page.blocks):
        match = accepted.get(index)
        if index == title:
            entries.append(Entry(TITLE, (block.body, block.body_end), index))
            open_criteria = None
        elif match is not None:
            entries.append(_entry(match, index))
            if match.label.name in criteria:
                open_criteria = entries[-1]
            elif not _is_aside(match):
                open_criteria = None
        else:
            if not entries:
                entries.append(Entry(LOOSE, (block.start, block.start), index))
            owner = entries[-1] if open_criteria is None or block.kind == "value" else open_criteria
            if _is_outside(page, block, owner, criteria):
                owner, open_criteria = _below(owner, block, index), None
                entries.append(owner)
            owner.content.append(Piece(block.body, block.body_end, block))
    return entries


def _is_outside(page: Page, block: Block, owner: Entry, criteria: frozenset[str]) -> bool:
    """Tell whether a line stands below a label's value in a list or table, and is no part of that value.

    The value of a `dt` or of a table's first cell ends where its own cell ends: what comes there are values and list
    items. A heading or a row may be the criteria's own.
    """
    if page.blocks[owner.block].kind != "label" or not owner.content or owner.content[0].block.kind != "value":
        return False
    if block.kind == "paragraph":
        return block.level == 0
    return block.kind in {"heading", "row"} and owner.label.name not in criteria


def _below(owner: Entry, block: Block, index: int) -> Entry:
    """Return the entry of the lines that follow a list or table under no label of their own."""
    label = LOOSE if owner.label.section == "header" else UNLABELLED
    return Entry(label, (block.start, block.start), index)


def _entry(match: LabelMatch, index: int) -> Entry:
    entry = Entry(match.label, (match.start, match.end), index)
    if match.value is not None and match.value < match.block.body_end:
        entry.content.append(Piece(match.value, match.block.body_end, match.block))
        entry.inline = True
    return entry


def _stretches(page: Page, entries: list[Entry], known_site: bool) -> list[Stretch]:
    """Join the entries to sections: a label opens one, unless its section is open or it may stay where it stands."""
    stretches: list[Stretch] = []
    for index, entry in enumerate(entries):
        last = (entries[index + 1].block if index + 1 < len(entries) else len(page.blocks)) - 1
        current = stretches[-1] if stretches else None
        if current is not None and _stays(current, entry, page.blocks[entry.block], known_site):
            current.last = last
        else:
            current = Stretch(entry.label.section, entry.block, last, website=entry.label.website)
            stretches.append(current)
        if entry.label.heading and current.heading is None and current.kind == entry.label.section:
            current.heading = entry.span
    for stretch in stretches:
        if stretch.heading is None:
            stretch.heading = _first_label(stretch, entries)
    return stretches


def _stays(current: Stretch, entry: Entry, block: Block, known_site: bool) -> bool:
    """Tell whether a label stands in the open section, or opens its own."""
    label = entry.label
    if block.kind == "item" or label.floating or (label.website and current.website):
        return True
    if current.kind == "header" and label.section != "header":
        return label.in_header or (label.short and not known_site and (entry.inline or block.kind == "label"))
    if current.kind == "other" and not current.website and label.in_header:
        return not known_site
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
