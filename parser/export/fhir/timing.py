"""Windows as `timeFromEvent`: quantities before an event are negative.

"Within 28 days before" is the range -28 d to 0 d; "at least 6 months before" is ≤ -6 mo. A Range includes its bounds:
where a bound is not included, two entries say each bound with a comparator, and both must hold.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from parser.export.fhir.datatypes import Json, concept, filled, quantity
from parser.export.fhir.terms import EVENTS
from parser.models.amounts import ANCHORS, window
from parser.models.values import Number, Window

_PART = re.compile(r"(\d+(?:\.\d+)?)([YMWDHS])")
#: Units that can be added up exactly: each as a number of the smallest of its kind.
_MONTHS: Final[dict[str, int]] = {"Y": 12, "M": 1}
_DAYS: Final[dict[str, int]] = {"W": 7, "D": 1}
_CODES: Final[dict[str, str]] = {"Y": "a", "M": "mo", "W": "wk", "D": "d", "TH": "h", "TM": "min", "TS": "s"}

#: About how many days each unit has, to see which of two lengths is the longer.
_IN_DAYS: Final[dict[str, float]] = {"a": 365.25, "mo": 30.4, "wk": 7, "d": 1, "h": 1 / 24, "min": 1 / 1440, "s": 1e-5}

#: A bound in time: amount, UCUM unit, whether it is included.
Reach = tuple[Number, str, bool]


class Timed(NamedTuple):
    """What a window became, and the fields of it that only its words tell."""

    entries: list[Json]
    in_words: list[str]


def time_from_event(when: Window) -> Timed:
    """Return a window's entries of `timeFromEvent`."""
    amounts = _AMOUNTS[when.relation](when) if _is_plain(when) else None
    words = window(when)
    event = _event(when)
    entries = [filled(description=words, eventCodeableConcept=event, **amount) for amount in amounts or [{}]]
    told = ["of"] if when.of != "occurrence" else []
    if amounts is None:
        told += [name for name in ("min", "max", "half_lives", "longer_of", "shorter_of") if getattr(when, name)]
        told = told if told != [] and told != ["of"] else [*told, "relation"]
    return Timed(entries, told)


def length(iso: str) -> tuple[Number, str] | None:
    """Return an ISO 8601 duration as a number of one UCUM unit; None where that is not exact (`P1M2D`)."""
    date, _, clock = iso.removeprefix("P").partition("T")
    parts = [(_number(amount), unit) for amount, unit in _PART.findall(date)]
    parts += [(_number(amount), "T" + unit) for amount, unit in _PART.findall(clock)]
    if len(parts) == 1:
        return parts[0][0], _CODES[parts[0][1]]
    for sizes, code in ((_MONTHS, "mo"), (_DAYS, "d")):
        if parts and all(unit in sizes for _, unit in parts):
            return sum(amount * sizes[unit] for amount, unit in parts), code
    return None


def _number(text: str) -> Number:
    return float(text) if "." in text else int(text)


def _is_plain(when: Window) -> bool:
    """Tell whether a window reaches by lengths of time alone that are each of one unit."""
    lengths = [each for each in (when.min, when.max) if each is not None]
    worded = when.half_lives is not None or when.longer_of or when.shorter_of
    return not worded and all(length(each) is not None for each in lengths)


def _event(when: Window) -> Json | None:
    """Return the event from which time counts; None where the text does not say it."""
    text = when.anchor_text or (None if when.anchor == "unstated" else ANCHORS[when.anchor])
    terms = [EVENTS[when.anchor]] if when.anchor in EVENTS else []
    return concept(text, *terms) or None


def _reaches(when: Window) -> tuple[Reach | None, Reach | None]:
    """Return the nearest and the farthest that a window reaches from its event."""
    least = length(when.min) if when.min else None
    most = length(when.max) if when.max else None
    return (
        (*least, when.min_inclusive is not False) if least else None,
        (*most, when.max_inclusive is not False) if most else None,
    )


def _before(when: Window) -> list[Json] | None:
    near, far = _reaches(when)
    if near is None:
        near = (0, far[1] if far and far[2] else "d", True)
    return _between(_minus(far), _minus(near))


def _after(when: Window) -> list[Json] | None:
    near, far = _reaches(when)
    if near is None:
        near = (0, far[1] if far and far[2] else "d", True)
    return _between(near, far)


def _within(when: Window) -> list[Json] | None:
    near, far = _reaches(when)
    return None if near is not None or far is None else _between(_minus(far), far)


def _at(when: Window) -> list[Json] | None:
    return [{"quantity": quantity(0, None, "d")}] if _reaches(when) == (None, None) else None


def _since(when: Window) -> list[Json] | None:
    return [{"quantity": quantity(0, None, "d", ">=")}] if _reaches(when) == (None, None) else None


def _during(when: Window) -> None:
    """That something lies within another's course is no distance from it."""


def _minus(reach: Reach | None) -> Reach | None:
    return (-reach[0], reach[1], reach[2]) if reach else None


def _between(low: Reach | None, high: Reach | None) -> list[Json] | None:
    """Return bounds as one Range where both are included, else a Quantity each; None where nothing lies between."""
    if low and high and low[0] * _IN_DAYS[low[1]] > high[0] * _IN_DAYS[high[1]]:
        return None
    if low and high and low[2] and high[2]:
        return [{"range": {"low": quantity(low[0], None, low[1]), "high": quantity(high[0], None, high[1])}}]
    bounds = [(low, ">=", ">")] if low else []
    bounds += [(high, "<=", "<")] if high else []
    return [
        {"quantity": quantity(bound[0], None, bound[1], included if bound[2] else beyond)}
        for bound, included, beyond in bounds
    ]


_AMOUNTS: Final = {
    "before": _before,
    "after": _after,
    "within": _within,
    "at": _at,
    "since": _since,
    "during": _during,
}
