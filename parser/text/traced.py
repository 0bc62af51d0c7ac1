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
            runs.extend(run._replace(start=run.start + offset) for run in piece.runs)
            offset += len(piece.text)
        return cls("".join(texts), tuple(_merged(runs)))

    def replaced(self, edits: Iterable[tuple[int, int, str]]) -> TracedText:
        """Apply edits `(start, end, new text)`, given in the order of the text and without overlap.

        A replacement stands for all that it replaces; a deletion (empty new text) leaves no trace in the text, and
        an insertion (`start == end`) is ours.
        """
        pieces: list[TracedText] = []
        at = 0
        for start, end, new in edits:
            pieces.append(self.sliced(at, start))
            if new:
                span = self.source_span(start, end)
                runs = (Run(0, len(new), span[0], span[1] - span[0]),) if span else ()
                pieces.append(TracedText(new, runs))
            at = end
        if not pieces:
            return self
        pieces.append(self.sliced(at, len(self.text)))
        return TracedText.join(pieces)

    def sliced(self, start: int, end: int) -> TracedText:
        """Return `[start, end)` with its runs.

        A replacement that is cut keeps its whole source; should the lengths then agree, it reads as verbatim.
        """
        runs: list[Run] = []
        # By index: a copy of the runs for every slice would make many edits quadratic.
        for index in range(self._first_run_reaching(start), len(self.runs)):
            run = self.runs[index]
            if run.start >= end:
                break
            left, right = max(run.start, start), min(run.start + run.length, end)
            if left >= right:
                continue
            if run.length == run.source_length:
                runs.append(Run(left - start, right - left, run.source + left - run.start, right - left))
            else:
                runs.append(Run(left - start, right - left, run.source, run.source_length))
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


def _merged(runs: list[Run]) -> list[Run]:
    """Join verbatim runs that continue each other in the text and in the source."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.length == last.source_length
            and run.length == run.source_length
            and last.start + last.length == run.start
            and last.source + last.source_length == run.source
        ):
            merged[-1] = Run(last.start, last.length + run.length, last.source, last.source_length + run.length)
        else:
            merged.append(run)
    return merged
