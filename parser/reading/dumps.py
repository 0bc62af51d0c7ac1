"""The full-text download of the EU Clinical Trials Register: many protocols in one file, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

_RECORD = re.compile(
    r"^(?:[ \t]*Summary[ \t]*\r?\n(?:[ \t]*\r?\n)?)?[ \t]*EudraCT[ \t]+Number[ \t]*:[ \t]*\d{4}-\d{6}-\d{2}",
    re.MULTILINE,
)
#: The beginning of a record is never longer, so that far from the end of what was read none is cut in two.
_LONGEST_BEGINNING = 1_000


def split_dump(text: str) -> list[tuple[int, int]]:
    """Return where the records of a full-text download stand in it, in their order; none where it is no such file.

    Each begins at its `Summary` and ends before the next; what stands above the first is the file's own preamble.
    """
    starts = [match.start() for match in _RECORD.finditer(text)]
    return list(pairwise([*starts, len(text)]))


def dump_records(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the text of every record of a full-text download, reading no further than the next one's beginning."""
    held = ""
    for chunk in chunks:
        held += chunk
        places = split_dump(held[: max(0, len(held) - _LONGEST_BEGINNING)])
        for start, end in places[:-1]:
            yield held[start:end]
        held = held[places[-1][0] :] if places else held
    for start, end in split_dump(held):
        yield held[start:end]
