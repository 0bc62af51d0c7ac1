"""Time windows: whether what happened lies in one.

A window is made of edges: a lower and an upper one for each of its lengths. Something lies in it when it ended no
earlier than the lower edge and began no later than the upper one. Days are compared as days of the calendar, unless the
window is counted in hours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from parser.matching.extents import Extent, at, diagnosed, extent, last_dose, period
from parser.matching.identity import same_words
from parser.matching.kleene import Truth, every, some
from parser.matching.moments import (
    ANY_TIME,
    FAR_AHEAD,
    LONG_AGO,
    Length,
    Stretch,
    length,
    not_after,
    shifted,
    stretch,
)
from parser.matching.participant import AnyFact, Participant, Period, TreatmentFact
from parser.models.values import Window

#: Anchors that are entry into the study: the day of evaluation stands for those that the record does not date.
ENTRY = frozenset(
    ("screening", "consent", "enrollment", "randomization", "first_dose", "baseline", "study", "unstated")
)
_HALF_LIVES = re.compile(
    r"\s*(\d+(?:\.\d+)?)\s*(?:x|×)?\s*(?:elimination\s+|terminal\s+)?half[\s-]?li(?:fe|ves)\s*", re.I
)


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a window. An open one does not belong to it; one on the clock is compared by hours, not days."""

    at: Stretch
    is_open: bool = False
    on_clock: bool = False

    def is_before(self, moment: Stretch) -> Truth:
        """Tell whether a moment lies on the later side of it."""
        mine, other = self._comparable(moment)
        return not_after(mine, other, strictly=self.is_open)

    def is_after(self, moment: Stretch) -> Truth:
        """Tell whether a moment lies on the earlier side of it."""
        mine, other = self._comparable(moment)
        return not_after(other, mine, strictly=self.is_open)

    def _comparable(self, moment: Stretch) -> tuple[Stretch, Stretch]:
        return (self.at, moment) if self.on_clock else (self.at.on_days(), moment.on_days())


@dataclass(frozen=True, slots=True)
class Edges:
    """Where a window begins and ends."""

    low: Edge
    high: Edge

    def hold(self, what: Extent) -> Truth:
        """Tell whether something lies in the window, in part at least."""
        return every((self.low.is_before(what.end), self.high.is_after(what.start)))


def in_window(fact: AnyFact, when: Window, person: Participant, on: Stretch) -> Truth:
    """Tell whether a fact lies in a window.

    Args:
        fact: What is on record.
        when: The window. What lengths beside `during`, `at` or `since` mean, nobody knows.
        person: Who has the dates of its anchor.
        on: The day of evaluation.
    """
    what = _part(fact, when, on)
    anchor = anchor_of(when, person, on)
    half_life = fact.half_life if isinstance(fact, TreatmentFact) else None
    return every(
        some(edges.hold(what) for edges in alternative) for alternative in window_edges(when, anchor, on, half_life)
    )


def _part(fact: AnyFact, when: Window, on: Stretch) -> Extent:
    """Return what of a fact must lie in the window."""
    whole = extent(fact, on)
    match when.of:
        case "occurrence":
            return whole
        case "onset" | "measurement":
            return at(whole.start)
        case "diagnosis":
            return at(diagnosed(fact, on))
        case "last_dose":
            return at(last_dose(fact, on))


def anchor_of(when: Window, person: Participant, on: Stretch) -> Extent:
    """Return when a window's anchor lies; any time, where the record does not tell."""
    named = {same_words(name): event for name, event in person.events.items()}
    if when.anchor_text and (event := named.get(same_words(when.anchor_text))) is not None:
        return _event(event)
    if when.anchor_text and when.anchor in ("event", "unstated"):
        return at(ANY_TIME)
    if (event := named.get(same_words(when.anchor))) is not None:
        return _event(event)
    if when.anchor == "birth" and person.birth_date is not None:
        return at(stretch(person.birth_date))
    return at(on if when.anchor in ENTRY else ANY_TIME)


def _event(event: str | Period) -> Extent:
    return period(event) if isinstance(event, Period) else at(stretch(event))


# --- edges -----------------------------------------------------------------------------------------------------------

#: How far a window reaches: a length, None for one that is not known.
Reach = Length | None
NOBODY_KNOWS = Edges(Edge(ANY_TIME), Edge(ANY_TIME))


def window_edges(when: Window, anchor: Extent, on: Stretch, half_life: str | None = None) -> list[list[Edges]]:
    """Return a window's edges: something lies in it where it lies within any edges of every list.

    Args:
        when: The window.
        anchor: When its anchor lies.
        on: The day of evaluation, which ends `since`.
        half_life: The drug's, as an ISO 8601 duration, where it is known.
    """
    reaches = _reaches(when, half_life)
    if when.relation in ("during", "at", "since"):
        plain = [Edges(Edge(anchor.start), Edge(on if when.relation == "since" else anchor.end))]
        return [plain, [NOBODY_KNOWS]] if reaches or when.min is not None else [plain]
    if not reaches:
        return [_around(when, anchor, None) if when.relation == "within" else [_endless(when, anchor)]]
    return [[edges for reach in any_of for edges in _around(when, anchor, reach)] for any_of in reaches]


def _reaches(when: Window, half_life: str | None) -> list[list[Reach]]:
    """Return how far a window reaches: any of every list."""
    reaches: list[list[Reach]] = []
    if when.max is not None:
        reaches.append([length(when.max)])
    if when.half_lives is not None:
        reaches.append([_half_lives(Fraction(str(when.half_lives)), half_life)])
    if when.longer_of:
        reaches.append([_reach(each, half_life) for each in when.longer_of])
    return reaches + [[_reach(each, half_life)] for each in when.shorter_of]


def _reach(words: str, half_life: str | None) -> Reach:
    """Return what an alternative of `longer_of` or `shorter_of` says: a duration, or half-lives."""
    found = _HALF_LIVES.fullmatch(words)
    return _half_lives(Fraction(found[1]), half_life) if found else length(words)


def _half_lives(number: Fraction, half_life: str | None) -> Reach:
    one = length(half_life) if half_life is not None else None
    return one.times(number) if one is not None else None


def _around(when: Window, anchor: Extent, reach: Reach) -> list[Edges]:
    """Return the edges of a window of one length: `within` reaches to both sides of its anchor."""
    if when.relation == "before":
        return [_before(when, anchor, reach)]
    if when.relation == "after":
        return [_after(when, anchor, reach)]
    if when.min is not None:
        return [_before(when, anchor, reach), _after(when, anchor, reach)]
    return [Edges(_before(when, anchor, reach).low, _after(when, anchor, reach).high)]


def _before(when: Window, anchor: Extent, reach: Reach) -> Edges:
    return Edges(_far(when, anchor.start, reach, -1), _near(when, anchor.start, -1))


def _after(when: Window, anchor: Extent, reach: Reach) -> Edges:
    return Edges(_near(when, anchor.end, 1), _far(when, anchor.end, reach, 1))


def _endless(when: Window, anchor: Extent) -> Edges:
    if when.relation == "before":
        return Edges(Edge(LONG_AGO), _near(when, anchor.start, -1))
    return Edges(_near(when, anchor.end, 1), Edge(FAR_AHEAD))


def _far(when: Window, anchor: Stretch, reach: Reach, sign: int) -> Edge:
    """Return the edge that a window's length sets."""
    return Edge(shifted(anchor, reach, sign), when.max_inclusive is False, reach is not None and reach.on_clock)


def _near(when: Window, anchor: Stretch, sign: int) -> Edge:
    """Return the edge at the anchor, or at the least distance from it. The anchor's own day belongs to the window."""
    if when.min is None:
        return Edge(anchor)
    least = length(when.min)
    return Edge(shifted(anchor, least, sign), when.min_inclusive is False, least is not None and least.on_clock)
