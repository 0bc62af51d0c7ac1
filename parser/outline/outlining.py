"""The way from a text to its outline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from parser.errors import diagnostic
from parser.models.eligibility import Criterion, CriterionKind, Part, Segment
from parser.models.trial import Diagnostic
from parser.outline.criteria import Row, criterion_row, made
from parser.outline.joining import read_entries
from parser.outline.lines import Line, read_lines
from parser.outline.nesting import nest
from parser.outline.sections import Section, read_sections
from parser.outline.segments import segments_of

#: How a text ends that a register has cut off: an ellipsis, or a word that asks for another.
_BROKEN_OFF = re.compile(
    r"(?:\.\.\.|…|[\s(](?:and|or|of|the|a|an|with|to|in|for|by|from|than|at|on|is|are|be|who|that))$"
)
_LONGEST_LAST_WORD = 8
_WORDS_OF_LINE = re.compile(r"\S[^\r\n]*")


@dataclass(slots=True)
class Outline:
    """What a text's layout says, before its words are read.

    Attributes:
        criteria: The tree, in text order; no criterion has a rule yet.
        segments: They tile the non-blank characters of the text; words of criteria are `unstructured`.
        diagnostics: Pointers begin with `/eligibility/criteria/`, spans index the text.
    """

    criteria: list[Criterion]
    segments: list[Segment]
    diagnostics: list[Diagnostic]


def outline(
    text: str, *, kind: CriterionKind | None = None, parts: Sequence[Part] = (), most_lines: int | None = None
) -> Outline:
    """Read the layout of an eligibility text.

    Args:
        text: The un-escaped text: one line a block, or as a registry stores it (Markdown lists, hard-wrapped and
            indented text, one-liners, plain lines).
        kind: What the whole text holds, where the caller knows; headings inside still switch.
        parts: Stretches of the text with their own kind.
        most_lines: Where to stop; what follows is one `unstructured` segment, and a diagnostic says so.

    Returns:
        The criteria with id, kind, role, text, span, marker, scope and flags; segments; diagnostics.
    """
    end = _end_of_lines(text, most_lines)
    if end is not None:
        outlined = outline(text[:end], kind=kind, parts=_parts_before(parts, end))
        return _with_rest(outlined, text, end, most_lines)
    lines = read_lines(text)
    entries = read_entries(text, lines, _part_starts(lines, parts))
    rows: list[Row] = []
    found: list[Diagnostic] = []
    numbers: Counter[CriterionKind] = Counter()
    for section in read_sections(text, entries, kind, parts):
        first = len(rows)
        for node in nest(text, section.entries):
            numbers[section.kind] += 1
            rows.append(criterion_row(text, node, section, f"{section.kind}.{numbers[section.kind]}"))
        if section.inferred_from is not None and len(rows) > first:
            found.append(_inferred(text, section, first))
    _mark_truncated(text, rows, parts)
    found.extend(_ambiguities(rows))
    return Outline(made(rows), segments_of(text, entries), found)


def _end_of_lines(text: str, most_lines: int | None) -> int | None:
    """Return where the last of so many lines ends; None where the text has no more than these."""
    if most_lines is None or text.count("\n") + text.count("\r") < most_lines:
        return None
    last = next(islice(_WORDS_OF_LINE.finditer(text), most_lines - 1, None), None)
    rest = _WORDS_OF_LINE.search(text, last.end()) if last is not None else None
    return last.end() if last is not None and rest is not None else None


def _parts_before(parts: Sequence[Part], end: int) -> list[Part]:
    return [
        part.model_copy(update={"span": (part.span[0], min(part.span[1], end))}) for part in parts if part.span[0] < end
    ]


def _with_rest(outlined: Outline, text: str, end: int, most_lines: int | None) -> Outline:
    """Return an outline of the beginning of a text with what follows it: lost is nothing."""
    rest = text[end:]
    span = (len(text) - len(rest.lstrip()), end + len(rest.rstrip()))
    outlined.segments.append(Segment(kind="unstructured", span=span))
    outlined.diagnostics.append(
        diagnostic(
            "limit_exceeded",
            pointer="/eligibility/text",
            span=span,
            limit=most_lines,
            what="lines of criteria",
            found="more",
        )
    )
    return outlined


def _part_starts(lines: Sequence[Line], parts: Sequence[Part]) -> frozenset[int]:
    """Return where the first line of each part begins."""
    starts = [line.start for line in lines]
    first = (bisect_left(starts, part.span[0]) for part in parts)
    return frozenset(starts[index] for index in first if index < len(starts))


def _mark_truncated(text: str, rows: Sequence[Row], parts: Sequence[Part]) -> None:
    """Flag the last criterion of the text, and of each field, where it breaks off."""
    ends = {_end_of_words(text, part.span[1]) for part in parts}
    for row in rows if parts else rows[-1:]:
        while row["criteria"]:
            row = row["criteria"][-1]
        start, end = row["span"]
        last = end in ends or not text[end:].strip()
        if last and _BROKEN_OFF.search(text, max(start, end - _LONGEST_LAST_WORD), end) is not None:
            row["flags"].append("truncated")


def _end_of_words(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _inferred(text: str, section: Section, index: int) -> Diagnostic:
    start, end = section.inferred_from or (0, 0)
    return diagnostic(
        "kind_inferred",
        pointer=f"/eligibility/criteria/{index}",
        span=(start, end),
        found=" ".join(text[start:end].split()),
        kind=section.kind,
    )


def _ambiguities(rows: Sequence[Row], above: str = "/eligibility") -> list[Diagnostic]:
    found = []
    for index, row in enumerate(rows):
        if not (row["flags"] or row["criteria"]):
            continue
        pointer = f"{above}/criteria/{index}"
        if "nesting_ambiguous" in row["flags"]:
            found.append(diagnostic("nesting_ambiguous", pointer=pointer, span=row["span"], found=row["text"]))
        found.extend(_ambiguities(row["criteria"], pointer))
    return found
