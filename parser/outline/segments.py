"""Segments: what each stretch of the text is, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parser.models.eligibility import Criterion, Segment, SegmentKind
from parser.outline.joining import Entry


def segments_of(text: str, entries: Sequence[Entry], criteria: Iterable[Criterion]) -> list[Segment]:
    """Tile the non-blank characters of a text.

    Words of criteria are `unstructured` or `boilerplate`, all else in an entry is a `marker` or a `heading`.
    """
    boilerplate = {criterion.span[0] for top in criteria for criterion in top.walk() if criterion.role == "boilerplate"}
    segments: list[Segment] = []
    for entry in entries:
        segments.extend(_segments_of_entry(entry, _kind_of(text, entry, boilerplate)))
    return segments


def _kind_of(text: str, entry: Entry, boilerplate: set[int]) -> SegmentKind:
    if entry.heading is not None:
        return "heading"
    if entry.is_wordless(text):
        return "marker"
    return "boilerplate" if entry.start in boilerplate else "unstructured"


def _segments_of_entry(entry: Entry, kind: SegmentKind) -> Iterable[Segment]:
    if kind == "marker":
        yield Segment(kind=kind, span=(entry.line.start, entry.end))
        return
    for line in entry.lines:
        if line.marker is not None:
            yield Segment(kind="marker", span=(line.marker.start, line.marker.end))
    if entry.start < entry.end:
        yield Segment(kind=kind, span=(entry.start, entry.end))
