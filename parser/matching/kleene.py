"""Three-valued logic after Kleene: true, false, and None for what is not known."""

from __future__ import annotations

from collections.abc import Iterable

#: True, False, or None where the record does not tell.
Truth = bool | None


def negated(truth: Truth) -> Truth:
    """Return the denial; what is unknown stays unknown."""
    return None if truth is None else not truth


def every(truths: Iterable[Truth]) -> Truth:
    """Return whether all hold: false as soon as one is false.

    Examples:
        >>> every([True, None]), every([False, None]), every([])
        (None, False, True)
    """
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def some(truths: Iterable[Truth]) -> Truth:
    """Return whether one holds: true as soon as one is true.

    Examples:
        >>> some([False, None]), some([True, None]), some([])
        (None, True, False)
    """
    return negated(every(negated(truth) for truth in truths))


def at_least(number: int, truths: Iterable[Truth]) -> Truth:
    """Return whether at least `number` hold.

    Examples:
        >>> at_least(2, [True, True, None]), at_least(2, [True, None, False]), at_least(2, [True, False])
        (True, None, False)
    """
    known = list(truths)
    surely, perhaps = known.count(True), known.count(None)
    if surely >= number:
        return True
    return None if surely + perhaps >= number else False
