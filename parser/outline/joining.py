"""From lines to entries: headings told apart, soft-wrapped lines joined, run-on lines cut.

An entry is one heading or one criterion-to-be, with the lines it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from parser.models.eligibility import Scope
from parser.outline.boilerplate import boilerplate_tail
from parser.outline.headings import Heading, has_colon, names_kind, read_heading
from parser.outline.lines import Line, cut
from parser.outline.runs import cut_runs, cut_series, may_run_on, number_shape
from parser.outline.scopes import LONGEST_INLINE_SCOPE, inline_scope

#: Widths between which a text counts as hard-wrapped. Registries wrap at 80 to 100 columns; lines that are longer
#: were never wrapped.
_WRAP_WIDTHS = (60, 115)
#: Levels of lists that one line may hold.
_DEEPEST_RUN = 2
#: Lines that are longer may have been broken off; shorter ones are items.
_LONG_LINE = 45
_HEADING_REACH = 110
_LONGEST_WORD = 14
_LONGEST_CONNECTOR = 10
_CONNECTOR = re.compile(r"(?:and/or|and|or|&|plus)[.,;:]?", re.IGNORECASE)
_COMPARATORS = frozenset("≥≤<>=＞＜≧≦")
_BOUND = re.compile(r"[≥≤<>=＞＜≧≦]+\s?\d[\d.,]*(?!\s?(?:years?|yrs?|months?|weeks?|y\.?o)\b)(?![\d.,])")
_COMPARED = re.compile(r"[≥≤<>=＞＜≧≦\d]")
_UNFINISHED = re.compile(
    r"(?:[,(/&≥≤<>=+]|\b(?:and|or|of|the|a|an|in|to|with|by|for|from|at|on|as|than|is|are|be|that|which|within|"
    r"between|least|prior|not|no|any|other|who|has|have|had|per|due|if|but|were|was|must|will|may|their|its|his|her))$",
    re.IGNORECASE,
)


class Entry:
    """A heading, or the first and further lines of one criterion.

    Attributes:
        line: The line it begins on.
        lines: All its lines in text order; only the first may have a marker.
        heading: What the heading says; None for a criterion.
        named: Whether its words may name a kind of criteria.
        start: Where its words begin.
        end: Where its words end.
        label: The stretch before its words that says whom it is about, "Arm A:"; empty in nearly all.
        scope: What the label says.
        boilerplate: Whether it limits nobody; known once there are criteria.
    """

    __slots__ = ("boilerplate", "end", "heading", "label", "line", "lines", "named", "scope", "start")

    def __init__(self, lines: list[Line], heading: Heading | None = None, *, named: bool = True) -> None:
        """Make an entry of its lines."""
        self.lines = lines
        self.line = first = lines[0]
        self.heading = heading
        self.named = named
        self.end = lines[-1].end
        self.start = first.body
        if first.body >= first.end:
            self.start = next((line.body for line in lines if line.body < line.end), first.end)
        self.label = (self.start, self.start)
        self.scope: Scope | None = None
        self.boilerplate = False

    def append(self, line: Line, *, named: bool) -> None:
        """Go on with another line."""
        if self.start >= self.end and line.body < line.end:
            self.start = line.body
        self.lines.append(line)
        self.end = line.end
        self.named = self.named or named

    def limit(self, text: str, label_end: int, scope: Scope) -> None:
        """Take the label off its words."""
        self.label = (self.start, label_end)
        self.scope = scope
        while text[label_end].isspace():
            label_end += 1
        self.start = label_end

    def is_wordless(self, text: str) -> bool:
        """Tell whether it has no letter and no digit: a marker alone, a ruled line."""
        start = self.start
        return not text[start : start + 1].isalnum() and not any(map(str.isalnum, text[start : self.end]))


def read_entries(text: str, lines: Sequence[Line], breaks: frozenset[int] = frozenset()) -> list[Entry]:
    """Make entries of lines.

    Args:
        text: The eligibility text.
        lines: Its lines.
        breaks: Positions that nothing may be joined across, such as the start of another field.
    """
    width = _wrap_width(lines)
    entries: list[Entry] = []
    last: Entry | None = None
    for line, words, named in _with_headings_cut(text, lines):
        heading = read_heading(words, marked=line.marker is not None, named=named) if words else None
        if last is not None and line.start not in breaks:
            wrapped = _wrapped_heading(text, last, line, words) if heading is None else None
            if wrapped is not None:
                last.append(line, named=True)
                last.heading = wrapped
                continue
            joins = _continues(text, last, line, words, width) and not _is_listed(text, entries, words, width)
            if joins and (heading is None or _is_tail(words, last, line)):
                last.append(line, named=named)
                continue
        last = Entry([line], heading, named=named)
        entries.append(last)
    return _cut_entries(text, entries, breaks)


def _cut_entries(text: str, entries: Sequence[Entry], breaks: frozenset[int]) -> list[Entry]:
    """Cut run-on lists apart, and labels off criteria."""
    pieces: list[Entry] = []
    outer: dict[int, int] = {}
    for index, entry in enumerate(entries):
        if entry.heading is not None or entry.start >= entry.end:
            pieces.append(entry)
            if entry.heading is not None and entry.heading.kind is not None:
                outer.clear()
            continue
        alone = entry.line.marker is None and _is_alone(entries, index, breaks)
        if alone or entry.named or may_run_on(text, entry.lines):
            smaller = _cut_entry(text, entry, outer, alone=alone)
        else:
            smaller = (entry,)
        for piece in smaller:
            marker = piece.line.marker
            if marker is not None and len(marker.readings) == 1 and not marker.bullet:
                shape = number_shape(text[marker.start : marker.end])
                outer[shape] = max(outer.get(shape, 0), marker.readings[0].path[0])
            if text.find(":", piece.start, piece.start + LONGEST_INLINE_SCOPE) >= 0:
                found = inline_scope(text, piece.start, piece.end)
                if found is not None:
                    piece.limit(text, *found)
        pieces.extend(smaller)
    return pieces


def _is_alone(entries: Sequence[Entry], index: int, breaks: frozenset[int]) -> bool:
    """Tell whether an entry is all there is below its heading, or in its field."""
    entry = entries[index]
    after = entries[index + 1] if index + 1 < len(entries) else None
    before = entries[index - 1] if index else None
    ends = after is None or after.heading is not None or after.line.start in breaks
    begins = before is None or before.heading is not None or entry.line.start in breaks
    return ends and begins


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the column at which a text was hard-wrapped; None where it was not."""
    widest = max((line.indent + line.end - line.start for line in lines), default=0)
    low, high = _WRAP_WIDTHS
    return widest if low <= widest <= high else None


def _with_headings_cut(text: str, lines: Iterable[Line]) -> Iterator[tuple[Line, str, bool]]:
    """Cut lines that hold a heading and its first item, or a heading in their middle.

    Yields:
        Each piece with its words, and whether they may name a kind.
    """
    for line in lines:
        words = text[line.body : line.end]
        if not names_kind(words):
            yield line, words, False
            continue
        rest: Line | None = line
        while rest is not None:
            at = _heading_end(text, rest)
            piece, rest = (rest, None) if at is None else cut(text, rest, at)
            yield piece, text[piece.body : piece.end], True


_KIND = r"(?:Exclusion|EXCLUSION|Inclusion|INCLUSION|Non-inclusion)\s(?:Criteria|CRITERIA|criteria)"
_MIDDLE = re.compile(
    rf"(?<=[.;:,)。；])\s*(?=(?:\*\*)?(?:Key |Main |Major )?{_KIND}\s?[:：])"
    r"|(?=(?:Exclusion|EXCLUSION) (?:Criteria|CRITERIA|criteria)\s?[:：])"
    # without a colon: at the end of the line, or its words all begin with capitals and a dash follows
    r"|(?<=[\w.;,)%])\s+(?=(?:Key\s|Main\s)?(?:Exclusion\sCriteria|EXCLUSION\sCRITERIA|Inclusion\sCriteria|INCLUSION\s"
    r"CRITERIA)\s*\.?$)"
    r"|(?<=[a-z0-9.;,)%])\s+(?=(?:[A-Z][\w-]*\s){1,4}(?:Exclusion|Inclusion)\sCriteria\s[-–]\s)"
)
_MAY_BE_MIDDLE = re.compile(r"Criteria\b|CRITERIA\b|criteria\s?[:：]")
#: Words before a heading's that make the two the end of a sentence: "meets none of the Exclusion Criteria".
_OF_SENTENCE = re.compile(
    r"(?:\b(?:the|of|and|or|any|all|no|other|these|those|following|above|meets?|meeting|per|in|see|for|with|by|to|key)"
    r"|[/(&]|\w-)\s*$",
    re.IGNORECASE,
)
#: "INCLUSION CRITERIA 1. Adults": a heading without colon, its list on the same line.
_BEFORE_FIRST = re.compile(
    r"(?:Key\s)?(?:Exclusion\sCriteria|EXCLUSION\sCRITERIA|Inclusion\sCriteria|INCLUSION\sCRITERIA)\s+"
    r"(?=\(?1[.)]\s?\D|[•*]\s)"
)
_DASHED = re.compile(r"(?:[A-Z][\w-]*\s){1,4}(?:Exclusion|Inclusion)\sCriteria\s(?=[-–]\s)")


def _heading_end(text: str, line: Line) -> int | None:
    """Return where the heading ends that the line begins with, or where one begins further on."""
    reach = min(line.end, line.body + _HEADING_REACH)
    at = line.body
    for _ in range(2):
        colon = _first_colon(text, at, reach)
        if colon is None:
            break
        found = read_heading(text[line.body : colon + 1], marked=line.marker is not None)
        if found is not None and found.kind is not None and not found.sentence:
            return colon + 1 if text[colon + 1 : line.end].strip(" *_") else None
        at = colon + 1
    if _MAY_BE_MIDDLE.search(text, line.body, line.end) is None:
        return None  # most lines; the patterns would try every blank of them
    numbered = _BEFORE_FIRST.match(text, line.body, line.end)
    if numbered is not None:
        return numbered.end()
    dashed = _DASHED.match(text, line.body, line.end)
    if dashed is not None and read_heading(dashed[0], marked=line.marker is not None) is not None:
        return dashed.end()
    for match in _MIDDLE.finditer(text, line.body + 1, line.end):
        if line.body < match.end() < line.end and not _OF_SENTENCE.search(
            text, max(line.body, match.end() - _LONGEST_WORD), match.end()
        ):
            return match.end()
    return None


def _first_colon(text: str, start: int, end: int) -> int | None:
    found = [at for at in (text.find(":", start, end), text.find("：", start, end)) if at >= 0]
    return min(found, default=None)


def _wrapped_heading(text: str, last: Entry, line: Line, words: str) -> Heading | None:
    """Read a heading that is wrapped over two lines, the second of which ends in its colon or point."""
    if line.marker is not None or line.gap or line.inline or len(last.lines) > 1:
        return None
    if not has_colon(words) and not (last.named and words[-1:] == "."):
        return None
    first = last.line
    if first.marker is not None or abs(line.indent - first.indent) > 1 or not (last.named or names_kind(words)):
        return None
    before = text[last.start : last.end]
    if has_colon(before) or (last.heading is not None and not _is_unfinished(before) and not words[0].islower()):
        return None
    joined = read_heading(f"{before} {words}")
    return joined if joined is not None and joined.kind is not None else None


def _is_tail(words: str, last: Entry, line: Line) -> bool:
    """Tell whether heading words are the wrapped end of a criterion: "… such patients will be / excluded"."""
    return line.marker is None and (words[0].islower() or line.indent > last.line.indent)


def _continues(text: str, last: Entry, line: Line, body: str, width: int | None) -> bool:
    """Tell whether a line goes on with the criterion before it."""
    if last.heading is not None or line.inline:
        return False
    before = last.lines[-1]
    if line.marker is not None:
        return False
    if before.body >= before.end or (len(body) < _LONGEST_CONNECTOR and _CONNECTOR.fullmatch(body)):
        return True
    words = text[before.body : before.end]
    if body[0] in _COMPARATORS and _BOUND.match(body) and words[-1] not in ".;:," and not _COMPARED.search(words):
        return True
    if line.gap:
        # a further paragraph of an item, in the middle of its sentence
        hangs = last.line.marker is not None and line.indent >= last.line.indent
        broken = hangs or (last.line.marker is None and len(words) > _LONG_LINE)
        return broken and body[0].islower() and words[-1] not in ".;:,"
    if has_colon(words):
        return False
    if last.line.marker is not None:
        return _continues_marked(words, body, last, line, width)
    wrapped = width is not None and _would_not_fit(body, before, width)
    if wrapped and line.indent >= before.indent:
        return body[0].islower() or _is_unfinished(words) or words[-1] not in ".;:"
    return body[0].islower() and _is_unfinished(words) and abs(line.indent - before.indent) <= 1


def _is_listed(text: str, entries: Sequence[Entry], body: str, width: int | None) -> bool:
    """Tell whether a comma at the end of the last line ends an item: the next one, or the one before, has one too."""
    last = entries[-1]
    if width is not None or last.line.marker is not None or text[last.end - 1] not in ",;":
        return False
    before = entries[-2] if len(entries) > 1 and entries[-2].heading is None else None
    return body[-1:] in ",;" or (before is not None and text[before.end - 1] in ",;")


def _continues_marked(words: str, body: str, last: Entry, line: Line, width: int | None) -> bool:
    """A plain line after a marked item: its hanging indentation, or its words, say that it goes on."""
    if line.indent > last.line.indent:
        return width is not None or body[0].islower() or _is_unfinished(words)
    return body[0].islower() or _is_unfinished(words)


def _would_not_fit(body: str, before: Line, width: int) -> bool:
    """Tell whether the first word of the line had no room on the line before it."""
    word = body.split(None, 1)[0]
    return before.indent + (before.end - before.start) + 1 + len(word) > width


def _is_unfinished(words: str) -> bool:
    return _UNFINISHED.search(words, max(0, len(words) - 12)) is not None


def _cut_entry(text: str, entry: Entry, outer: Mapping[int, int], *, alone: bool) -> Sequence[Entry]:
    """Cut boilerplate off the end of a criterion, and run-on lists apart."""
    tail = boilerplate_tail(text[entry.start : entry.end]) if entry.named else None
    pieces = _cut_all_runs(text, entry.lines, outer, _DEEPEST_RUN)
    if alone and len(pieces) == 1:
        pieces = cut_series(text, entry.lines)
    if tail is not None:
        at = entry.start + tail
        pieces = [*pieces[:-1], *_cut_lines(text, pieces[-1], at)] if at > pieces[-1][0].body else pieces
    return (entry,) if len(pieces) == 1 else [Entry(lines, named=entry.named) for lines in pieces]


def _cut_all_runs(text: str, lines: list[Line], outer: Mapping[int, int], depth: int) -> list[list[Line]]:
    """Cut a run-on list, and those within its items."""
    pieces = cut_runs(text, lines, outer) if may_run_on(text, lines) else [lines]
    if len(pieces) == 1 or not depth:
        return pieces
    return [smaller for piece in pieces for smaller in _cut_all_runs(text, piece, {}, depth - 1)]


def _cut_lines(text: str, lines: list[Line], at: int) -> list[list[Line]]:
    before = [line for line in lines if line.end <= at]
    after = [line for line in lines if line.start >= at]
    for line in lines:
        if line.start < at < line.end:
            head, tail = cut(text, line, at)
            return [[*before, head], [tail, *after]] if tail is not None else [[*before, head]]
    return [piece for piece in (before, after) if piece]
