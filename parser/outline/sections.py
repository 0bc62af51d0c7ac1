"""What the headings say of the entries after them: kind and scope."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parser.models.eligibility import CriterionKind, Part, Scope
from parser.outline.headings import Heading, has_colon, normalised
from parser.outline.joining import Entry
from parser.outline.scopes import ids_in, is_everybody, is_general, names_people, scope_type_of

_LONGEST_TITLE = 10
_LONGEST_NAME = 70
_LONGEST_TITLE_IN_CAPITALS = 4
_SHORTEST_IN_CAPITALS = 5


@dataclass(slots=True)
class Section:
    """Entries in a row with one kind and one scope.

    Attributes:
        kind: Kind of its criteria.
        scope: To whom they are limited; None for everybody.
        title: Scope of a title above the headings, which outlives them.
        inferred_from: Span of the heading that names no kind; None where the kind is stated.
        inferred: Whether the kind is ours.
        entries: No headings among them.
    """

    kind: CriterionKind
    scope: Scope | None = None
    title: Scope | None = None
    inferred_from: tuple[int, int] | None = None
    inferred: bool = False
    entries: list[Entry] = field(default_factory=list)


def read_sections(
    text: str, entries: Sequence[Entry], kind: CriterionKind | None, parts: Sequence[Part]
) -> Iterator[Section]:
    """Group entries by what holds for them; sections without entries are left out.

    Entries that turn out to be heads of lists lose their heading here, and titles get one.

    Args:
        text: The eligibility text.
        entries: Headings and criteria-to-be.
        kind: Kind before the first heading.
        parts: Stretches with their own kind.
    """
    section = Section(kind or "unspecified")
    part: Part | None = None
    around: tuple[int, Section] | None = None
    starts = [one.span[0] for one in parts]
    for index, entry in enumerate(entries):
        opened = None
        if parts:
            here = _part_at(entry.line.start, parts, starts)
            if here is not part:
                part = here
                opened = Section(here.kind if here else kind or "unspecified")
        if around is not None and entry.line.indent <= around[0]:
            opened = opened or _again(around[1])
            around = None
        entry.heading = _settled(text, entries, index, opened or section)
        if entry.heading is not None:
            if entry.line.marker is not None and entry.heading.kind is None:
                around = (entry.line.indent, opened or section)
            opened = _opened(entry, entry.heading, opened or section)
            if entry.heading.criterion:
                entry.heading = None
        if opened is not None:
            if section.entries:
                yield section
            section = opened
        if entry.heading is None and not entry.is_wordless(text):
            section.entries.append(entry)
    if section.entries:
        yield section


def _part_at(place: int, parts: Sequence[Part], starts: Sequence[int]) -> Part | None:
    """Return the part that a place lies in; the parts stand in the order of the text, and apart."""
    index = bisect_right(starts, place) - 1
    return parts[index] if index >= 0 and place < parts[index].span[1] else None


def _again(section: Section) -> Section:
    """Return a section like the one that a scope among its items interrupted."""
    return Section(section.kind, section.scope, section.title, None, section.inferred)


def _opened(entry: Entry, heading: Heading, before: Section) -> Section:
    """Return the section that a heading opens. A scope alone keeps the kind; a kind keeps the title."""
    if heading.title:
        return Section(before.kind, heading.scope, heading.scope, None, before.inferred)
    if heading.kind is None:
        source = None if before.entries else before.inferred_from
        return Section(before.kind, heading.scope, before.title, source, before.inferred)
    scope = heading.scope or before.title
    if heading.inferred:
        return Section(heading.kind, scope, before.title, (entry.line.body, entry.end), True)
    if heading.sentence and heading.kind == before.kind:
        scope = scope or before.scope
    return Section(heading.kind, scope, before.title)


def _settled(text: str, entries: Sequence[Entry], index: int, section: Section) -> Heading | None:
    """Decide between heading and head of a list where the words alone would do for both."""
    entry = entries[index]
    if entry.heading is not None:
        return None if _is_list_head(text, entries, index, section) else entry.heading
    if entry.line.marker is None:
        listed = index + 1 < len(entries) and entries[index + 1].line.marker is not None
        found = _next_scope(text[entry.start : entry.end], listed, again=section.scope is not None)
        if found is not None:
            return found
    return _title(text, entries, index, capitals=index == 0 or section.title is not None)


def _next_scope(words: str, listed: bool, *, again: bool) -> Heading | None:
    """Read a plain line after a scope: the next people in turn, or everybody again.

    Args:
        words: The line.
        listed: Whether a list follows; a line without colon is no heading otherwise.
        again: Whether a scope holds that it may end.
    """
    colon = has_colon(words)
    if not (colon and again) and not (listed and len(words) <= _LONGEST_NAME and words[:1].isupper()):
        return None
    phrase = normalised(words)
    if is_everybody(phrase) or (again and colon and is_general(phrase)):
        return Heading(None)
    if not again or not names_people(phrase):
        return None
    written = " ".join(words.split()).strip(":： ")
    return Heading(None, Scope(text=written, type=scope_type_of(phrase), ids=ids_in(phrase)))


def _is_list_head(text: str, entries: Sequence[Entry], index: int, section: Section) -> bool:
    """Tell a list head from a heading.

    A sentence among the items of its own kind is a head, unless it stands outside their list and speaks of criteria.
    So is a marked one with a deeper list under it that contradicts the section it stands in. A marked scope needs a
    deeper list to be a heading at all.
    """
    entry = entries[index]
    heading, line = entry.heading, entry.line
    if heading is None:
        return False
    following = entries[index + 1].line if index + 1 < len(entries) else None
    deeper = following is not None and following.indent > line.indent + 1
    if heading.kind is None:
        return line.marker is not None and not deeper
    if not heading.sentence:
        return False
    if heading.kind == section.kind:
        outside = line.marker is None and following is not None and following.marker is not None
        outside = outside and "criteria" in text[entry.start : entry.end].lower()
        return heading.criterion or (bool(section.entries) and not outside)
    return line.marker is not None and deeper and section.kind != "unspecified"


def _title(text: str, entries: Sequence[Entry], index: int, *, capitals: bool) -> Heading | None:
    """Read a plain line right above a heading as the title of the cohort that the headings after it are about.

    Args:
        text: The eligibility text.
        entries: All entries.
        index: The line's place among them.
        capitals: Whether capitals alone make a title here; an abbreviation may as well be the last criterion.
    """
    following = entries[index + 1].heading if index + 1 < len(entries) else None
    if following is None or following.kind is None or following.sentence or following.scope is not None:
        return None
    entry = entries[index]
    words = text[entry.start : entry.end]
    if entry.line.marker is not None or not _looks_like_title(words, capitals):
        return None
    phrase = normalised(words)
    written = " ".join(words.split()).strip("[]:： ")
    return Heading(None, Scope(text=written, type=scope_type_of(phrase), ids=ids_in(phrase)), title=True)


def _looks_like_title(words: str, capitals: bool) -> bool:
    """A colon, brackets around it, or capitals throughout."""
    length = len(words.split())
    if has_colon(words) or (words.startswith("[") and words.endswith("]")):
        return length <= _LONGEST_TITLE
    spelled_out = words.isupper() and len(words) >= _SHORTEST_IN_CAPITALS
    return capitals and spelled_out and length <= _LONGEST_TITLE_IN_CAPITALS
