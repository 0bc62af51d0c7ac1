"""The full-text download of the EU Clinical Trials Register: many protocols in one file, one after the other."""

from __future__ import annotations

import re
from itertools import pairwise

_RECORD = re.compile(
    r"^(?:[ \t]*Summary[ \t]*\r?\n(?:[ \t]*\r?\n)?)?[ \t]*EudraCT[ \t]+Number[ \t]*:[ \t]*\d{4}-\d{6}-\d{2}",
    re.MULTILINE,
)


def split_dump(text: str) -> list[tuple[int, int]]:
    """Return where the records of a full-text download stand in it, in their order; none where it is no such file.

    Each begins at its `Summary` and ends before the next; what stands above the first is the file's own preamble.
    """
    starts = [match.start() for match in _RECORD.finditer(text)]
    return list(pairwise([*starts, len(text)]))
