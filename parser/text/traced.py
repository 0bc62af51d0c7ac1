"""Text with a way back: every clean-up keeps a map from the text to the source it was made from.

A `TracedText` is a string plus *runs*. A run says that a stretch of the text stands for a stretch of the source:
verbatim when both have the same length, a replacement (an entity, a repaired sequence) otherwise. Characters under
no run are ours: the line breaks put between joined blocks, the indentation of a list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """Text `[start, start + length)` stands for source `[source, source + source_length)`, in code points."""

    start: int
    length: int
    source: int
    source_length: int


@dataclass(frozen=True, slots=True)
class TracedText:
    """An immutable string with a map back to its source.

    Attributes:
        text: The words.
        runs: In the order of the text, without overlap.
    """

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> TracedText:
        """Copy `source[start:end]` verbatim."""
        text = source[start:end]
        return cls(text, (Run(0, len(text), start, len(text)),) if text else ())

    @classmethod
    def ours(cls, text: str) -> TracedText:
        """Text of our own making (a line break, an indentation), which leads nowhere."""
        return cls(text, ())

    @classmethod
    def join(cls, pieces: Iterable[TracedText], separator: str = "") -> TracedText:
        """Concatenate; the separator is ours."""
        texts: list[str] = []
        runs: list[Run] = []
        offset = 0
        for number, piece in enumerate(pieces):
            if number and separator:
                texts.append(separator)
                offset += len(separator)
            texts.append(piece.text)
            _append(runs, piece.runs, offset)
            offset += len(piece.text)
        return cls("".join(texts), tuple(runs))

    def replaced(self, edits: Iterable[tuple[int, int, str]]) -> TracedText:
        """Apply edits `(start, end, new text)`, given in the order of the text and without overlap.

        A replacement stands for all that it replaces; a deletion (empty new text) leaves no trace in the text, and
        an insertion (`start == end`) is ours.
        """
        pieces: list[str] = []
        runs: list[Run] = []
        source = _RunsInOrder(self.runs)
        at = offset = 0
        for start, end, new in edits:
            if at < start:
                pieces.append(self.text[at:start])
                _append(runs, source.within(at, start), offset)
                offset += start - at
            if new:
                pieces.append(new)
                if start < end:
                    _append(runs, _replacement(source.within(start, end), len(new)), offset)
                offset += len(new)
            at = end
        if not at and not pieces:
            return self
        if at < len(self.text):
            pieces.append(self.text[at:])
            _append(runs, source.within(at, len(self.text)), offset)
        return TracedText("".join(pieces), tuple(runs))

    def sliced(self, start: int, end: int) -> TracedText:
        """Return `[start, end)` with its runs.

        A replacement that is cut keeps its whole source; should the lengths then agree, it reads as verbatim.
        """
        runs: list[Run] = []
        # By index: a copy of the runs for every slice would make many edits quadratic.
        for index in range(self._first_run_reaching(start), len(self.runs)):
            run = self.runs[index]
            if run.start >= end or start >= end:
                break
            if run.start + run.length > start:
                runs.append(_clipped(run, start, end))
        return TracedText(self.text[start:end], tuple(runs))

    def source_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the stretch of the source that holds text `[start, end)`; None when all of it is ours."""
        low: int | None = None
        high: int | None = None
        for run in self.sliced(start, end).runs:
            low = run.source if low is None else min(low, run.source)
            last = run.source + run.source_length
            high = last if high is None else max(high, last)
        return None if low is None or high is None else (low, high)

    def contract_map(self) -> list[tuple[int, int, int]]:
        """Return the runs as the contract's `[text start, source start, length]`."""
        return [(run.start, run.source, run.length) for run in self.runs]

    def _first_run_reaching(self, position: int) -> int:
        """Return the index of the last run that begins at or before a position, 0 where there is none."""
        index = bisect_right(self.runs, position, key=lambda run: run.start) - 1
        return max(index, 0)


class _RunsInOrder:
    """Runs asked for by stretches whose starts never go back, so that many edits cost no search each."""

    __slots__ = ("_at", "_runs")

    def __init__(self, runs: tuple[Run, ...]) -> None:
        self._runs = runs
        self._at = 0

    def within(self, start: int, end: int) -> list[Run]:
        """Return the runs that reach into `[start, end)`, cut to it, counted from `start`."""
        runs, index = self._runs, self._at
        while index < len(runs) and runs[index].start + runs[index].length <= start:
            index += 1
        self._at = index
        found: list[Run] = []
        while index < len(runs) and runs[index].start < end:
            found.append(_clipped(runs[index], start, end))
            index += 1
        return found


def _clipped(run: Run, start: int, end: int) -> Run:
    """Cut a run to `[start, end)`, counted from `start`; what is left of a replacement keeps its whole source."""
    left = run.start if run.start > start else start
    right = run.start + run.length
    right = right if right < end else end
    if run.length == run.source_length:
        return Run(left - start, right - left, run.source + left - run.start, right - left)
    return Run(left - start, right - left, run.source, run.source_length)


def _replacement(replaced: list[Run], length: int) -> list[Run]:
    """Return the run of a text that stands for all of some runs; none where those are ours."""
    if not replaced:
        return []
    low = min(run.source for run in replaced)
    high = max(run.source + run.source_length for run in replaced)
    return [Run(0, length, low, high - low)]


def _append(runs: list[Run], more: Iterable[Run], offset: int) -> None:
    """Append runs at an offset, joining verbatim ones that continue each other in the text and in the source."""
    for run in more:
        start, length, source, source_length = run
        start += offset
        last = runs[-1] if runs else None
        if (
            last is not None
            and length == source_length
            and last.length == last.source_length
            and last.start + last.length == start
            and last.source + last.source_length == source
        ):
            runs[-1] = Run(last.start, last.length + length, last.source, last.length + length)
        else:
            runs.append(Run(start, length, source, source_length))
