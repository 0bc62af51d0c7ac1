"""Segments: what each stretch of the text is, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from pydantic import TypeAdapter

from parser.models.eligibility import Segment, SegmentKind
from parser.outline.joining import Entry

_SEGMENTS = TypeAdapter(list[Segment])


class _Row(TypedDict):
    kind: SegmentKind
    span: tuple[int, int]


def segments_of(text: str, entries: Iterable[Entry]) -> list[Segment]:
    """Tile the non-blank characters of a text.

    Words of criteria are `unstructured` or `boilerplate`, all else in an entry is a `marker` or a `heading`.
    """
    rows: list[_Row] = []
    for entry in entries:
        _add_entry(rows, entry, _kind_of(text, entry))
    return _SEGMENTS.validate_python(rows)


def _kind_of(text: str, entry: Entry) -> SegmentKind:
    if entry.heading is not None:
        return "heading"
    if entry.is_wordless(text):
        return "marker"
    return "boilerplate" if entry.boilerplate else "unstructured"


def _add_entry(rows: list[_Row], entry: Entry, kind: SegmentKind) -> None:
    if kind == "marker":
        rows.append({"kind": kind, "span": (entry.line.start, entry.end)})
        return
    for line in entry.lines:
        if line.marker is not None:
            rows.append({"kind": "marker", "span": (line.marker.start, line.marker.end)})
    if entry.label[0] < entry.label[1]:
        rows.append({"kind": "heading", "span": entry.label})
    if entry.start < entry.end:
        rows.append({"kind": kind, "span": (entry.start, entry.end)})
