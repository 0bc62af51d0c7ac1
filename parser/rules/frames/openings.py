"""Which units a frame cannot do without: a cheap test before it is tried.

Most frames are tried at most places in vain. A frame that says nothing of itself by `opens` is always tried. What it
says must never turn it away where it would have read something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple, TypeVar

from parser.models.rules import Rule
from parser.rules.context import Context
from parser.rules.units import Cursor

Frame = Callable[[Cursor, Context], Rule | None]
F = TypeVar("F", bound=Frame)


class _Opening(NamedTuple):
    first: frozenset[str]
    needed: str


OPENINGS: dict[Frame, _Opening] = {}
#: What the name of a thing that is measured may begin with.
NAMES = ("article", "measurement", "phrase")


def opens(needed: str, *, first: Iterable[str] = ()) -> Callable[[F], F]:
    """Say which units a frame cannot do without, so that it is not tried where they are missing.

    Args:
        needed: A kind of unit, or one of those that `Cursor.last` has besides, of which one must stand where the frame
            begins or anywhere further on; empty for none.
        first: The kinds of unit that the frame may begin with; empty for any.

    Returns:
        A decorator that leaves the frame as it is.
    """

    def note(frame: F) -> F:
        OPENINGS[frame] = _Opening(frozenset(first), needed)
        return frame

    return note


def read_first(frames: tuple[Frame, ...], cursor: Cursor, context: Context) -> Rule | None:
    """Return what the first frame that understands the words ahead makes of them; None when none does."""
    begun = cursor.at
    if cursor.done:
        return None
    last = cursor.last
    for frame, needed in _beginning(frames, cursor.units[begun].kind):
        if needed and last.get(needed, -1) < begun:
            continue
        rule = frame(cursor, context)
        if rule is not None:
            return rule
        cursor.at = begun
    return None


@cache
def _beginning(frames: tuple[Frame, ...], kind: str) -> tuple[tuple[Frame, str], ...]:
    """Return the frames that may begin with a kind of unit, each with the kind that it needs."""
    anywhere = _Opening(frozenset(), "")
    openings = [(frame, OPENINGS.get(frame, anywhere)) for frame in frames]
    return tuple((frame, opening.needed) for frame, opening in openings if not opening.first or kind in opening.first)
