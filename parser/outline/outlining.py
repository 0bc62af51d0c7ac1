"""The way from a text to its outline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parser.errors import diagnostic
from parser.models.eligibility import Criterion, CriterionKind, Part, Segment
from parser.models.trial import Diagnostic
from parser.outline.criteria import make_criterion
from parser.outline.joining import read_entries
from parser.outline.lines import read_lines
from parser.outline.nesting import nest
from parser.outline.sections import Section, read_sections
from parser.outline.segments import segments_of


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


def outline(text: str, *, kind: CriterionKind | None = None, parts: Sequence[Part] = ()) -> Outline:
    """Read the layout of an eligibility text.

    Args:
        text: The un-escaped text: one line a block, or as a registry stores it (Markdown lists, hard-wrapped and
            indented text, one-liners, plain lines).
        kind: What the whole text holds, where the caller knows; headings inside still switch.
        parts: Stretches of the text with their own kind.

    Returns:
        The criteria with id, kind, role, text, span, marker, scope and flags; segments; diagnostics.
    """
    lines = read_lines(text)
    starts = frozenset(_part_starts(lines_starts=[line.start for line in lines], parts=parts))
    entries = read_entries(text, lines, starts)
    criteria: list[Criterion] = []
    found: list[Diagnostic] = []
    numbers: Counter[CriterionKind] = Counter()
    for section in read_sections(text, entries, kind, parts):
        first = len(criteria)
        for node in nest(text, section.entries):
            numbers[section.kind] += 1
            criteria.append(make_criterion(text, node, section, f"{section.kind}.{numbers[section.kind]}"))
        if section.inferred_from is not None and len(criteria) > first:
            found.append(_inferred(text, section, first))
    found.extend(_ambiguities(criteria))
    return Outline(criteria, segments_of(text, entries, criteria), found)


def _part_starts(lines_starts: Sequence[int], parts: Sequence[Part]) -> list[int]:
    """Return the first line of each part."""
    return [next((at for at in lines_starts if at >= part.span[0]), -1) for part in parts]


def _inferred(text: str, section: Section, index: int) -> Diagnostic:
    start, end = section.inferred_from or (0, 0)
    return diagnostic(
        "kind_inferred",
        pointer=f"/eligibility/criteria/{index}",
        span=(start, end),
        found=" ".join(text[start:end].split()),
        kind=section.kind,
    )


def _ambiguities(criteria: Sequence[Criterion], above: str = "/eligibility") -> list[Diagnostic]:
    found = []
    for index, criterion in enumerate(criteria):
        pointer = f"{above}/criteria/{index}"
        if "nesting_ambiguous" in criterion.flags:
            found.append(diagnostic("nesting_ambiguous", pointer=pointer, span=criterion.span, found=criterion.text))
        found.extend(_ambiguities(criterion.criteria, pointer))
    return found
