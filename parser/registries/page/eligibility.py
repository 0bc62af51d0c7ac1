"""Who may take part: the criteria as one text with its way back, and the fields for sex and age beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from parser.models.values import Range, Span
from parser.normalize.absence import absent_reason
from parser.normalize.ages import AgeReading, Limit, join_limits, read_age_limit, read_ages
from parser.normalize.sexes import read_sex
from parser.reading.page import Page
from parser.registries.page.sections import Entry, Piece
from parser.registries.page.words import span_of, words_of
from parser.registries.record import RecordBuilder
from parser.text import TracedText, mended

#: Indentation of a list item for each level below the first.
_STEP = "  "


def read_criteria(page: Page, record: RecordBuilder, pieces: Sequence[Piece], *, markers: bool = False) -> list[Span]:
    """Set the eligibility text: one line a block, escapes undone, nested items indented.

    Args:
        page: The page.
        record: Gets text, map and provenance.
        pieces: The lines of the criteria.
        markers: Keep the list markers and the indentation of a text page, where they are the criteria's own.

    Returns:
        Where each line stands in the eligibility text.
    """
    if not pieces:
        return []
    lines = [_line(page, piece, markers) for piece in pieces]
    text = TracedText.join(lines, "\n")
    record.set("/eligibility/text", text.text, span=(pieces[0].start, pieces[-1].end))
    record.set("/eligibility/map", text.contract_map())
    ends = list(accumulate(len(line.text) + 1 for line in lines))
    return [(end - len(line.text) - 1, end - 1) for line, end in zip(lines, ends, strict=True)]


def _line(page: Page, piece: Piece, markers: bool) -> TracedText:
    block = piece.block
    own = markers and page.format == "text" and block.kind != "heading" and piece.start == block.body
    line = mended(TracedText.of(page.text, block.start if own else piece.start, piece.end))
    indent = " " * block.indent if own else _STEP * (block.level - 1) if block.kind == "item" else ""
    return TracedText.join([TracedText.ours(indent), line]) if indent else line


def read_sex_field(page: Page, record: RecordBuilder, entry: Entry) -> list[Piece]:
    """Set the sex from the first line under its label; return the lines below, which may state ages."""
    pointer = "/eligibility/sex"
    if not entry.content:
        record.miss(pointer, "label_only")
        return []
    first, *rest = entry.content
    words = words_of(page, first)
    if (sex := read_sex(words)) is not None:
        record.set(pointer, sex, span=span_of(first))
        return rest
    if reason := absent_reason(words):
        record.miss(pointer, reason, span=span_of(first))
        return rest
    record.miss(pointer, "unparseable", span=span_of(first))
    record.note("unknown_value", pointer=pointer, span=span_of(first), field="sex", found=words)
    return rest


def read_age_lines(page: Page, record: RecordBuilder, pieces: Sequence[Piece], *, labelled: bool) -> None:
    """Set the ages from the lines that state them.

    Args:
        page: The page.
        record: Gets range, groups, reason and diagnostics.
        pieces: The lines; those that are no ages are passed over where no label announced any.
        labelled: Whether a label says that these are ages.
    """
    for piece in pieces:
        words = words_of(page, piece)
        reading = read_ages(words)
        if reading.range is not None or reading.groups or reading.reason == "no_limit":
            _set_age(record, reading, piece, words)
        elif labelled and piece is pieces[0]:
            record.miss("/eligibility/age", reading.reason or "unparseable", span=span_of(piece))
            if reading.reason == "unparseable":
                record.note("unknown_value", pointer="/eligibility/age", span=span_of(piece), field="age", found=words)


def _set_age(record: RecordBuilder, reading: AgeReading, piece: Piece, words: str) -> None:
    pointer = "/eligibility/age"
    if reading.range is not None and record.get(pointer) is None:
        record.set(pointer, reading.range, span=span_of(piece))
        if reading.unit_assumed:
            record.note("age_unit_assumed", pointer=pointer, span=span_of(piece), found=words)
    elif reading.reason is not None:
        record.miss(pointer, reading.reason, span=span_of(piece))
    if reading.groups and not record.get("/eligibility/age_groups"):
        record.set("/eligibility/age_groups", list(reading.groups), span=span_of(piece))


def read_age_limits(page: Page, record: RecordBuilder, low: Entry | None, high: Entry | None) -> None:
    """Set the ages from two fields that hold one limit each."""
    found: dict[Limit, Range | None] = {"low": None, "high": None}
    pieces: list[Piece] = []
    for limit, entry in (("low", low), ("high", high)):
        if entry is None or not entry.content:
            continue
        piece = entry.content[0]
        reading = read_age_limit(words_of(page, piece), limit)  # type: ignore[arg-type]
        found[limit] = reading.range  # type: ignore[index]
        if reading.range is not None:
            pieces.append(piece)
            if reading.unit_assumed:
                record.note(
                    "age_unit_assumed", pointer="/eligibility/age", span=span_of(piece), found=words_of(page, piece)
                )
    if joined := join_limits(found["low"], found["high"]):
        starts, ends = [piece.start for piece in pieces], [piece.end for piece in pieces]
        record.set("/eligibility/age", joined, span=(min(starts), max(ends)))
    elif low is not None and high is not None and not pieces:
        record.miss("/eligibility/age", "no_limit")
