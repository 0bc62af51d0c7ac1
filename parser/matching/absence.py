"""Whether the record tells that something is not: closed lists, and facts known to be absent."""

from __future__ import annotations

from parser.matching.candidates import FactAtom, counts_for_ever, is_refuted
from parser.matching.identity import same_marker, same_words
from parser.matching.moments import LONG_AGO, Stretch, stretch
from parser.matching.participant import AnyFact
from parser.matching.windows import Edges, anchor_of, window_edges
from parser.matching.world import World
from parser.models.rules import Treatment
from parser.models.values import Concept

#: Statuses that facts have as their standing; the others are of what was or is.
_STANDINGS = frozenset(("planned", "family_history", "risk", "indicated"))

#: Fields that say what a fact is; markers and their kin are compared as markers.
_PARTS = ("concept", "state", "topic", "marker", "kind", "variant", "partner", "origin", "aspect")


def is_absent(atom: FactAtom, world: World) -> bool:
    """Tell whether what an atom asks for is nowhere but in the facts on record.

    `known` asks for nothing else: what is not on record is not known.
    """
    if atom.type in world.complete or getattr(atom, "certainty", []) == ["known"]:
        return True
    refuted = [fact for fact in world.facts(atom.type) if is_refuted(fact) and _covers(atom, fact, world)]
    return bool(refuted) and all(
        any(_covers_time(atom, status, fact, world) for fact in refuted) for status in (atom.status or (None,))
    )


def _covers(atom: FactAtom, absent: AnyFact, world: World) -> bool:
    """Tell whether an absence is of all that the atom asks for, or of more."""
    asked = {same_words(each) for each in getattr(atom, "qualifiers", [])}
    if not {same_words(each) for each in absent.qualifiers} <= asked:
        return False
    return all(_covers_part(getattr(atom, name, None), getattr(absent, name, None), world) for name in _PARTS)


def _covers_part(asked: Concept | str | None, absent: Concept | str | None, world: World) -> bool:
    """Tell whether one part of an absence covers what is asked for: what it leaves open is of everything."""
    if absent is None or absent == "any":
        return True
    if asked is None:
        return False
    if isinstance(asked, Concept):
        return isinstance(absent, Concept) and world.concepts.covers(absent, asked)
    return same_marker(asked) == same_marker(str(absent))


# --- time ------------------------------------------------------------------------------------------------------------


def _covers_time(atom: FactAtom, status: str | None, absent: AnyFact, world: World) -> bool:
    """Tell whether an absence lasted through all the time that an atom with this status asks about."""
    if world.occurrence is not None:
        return True
    if absent.standing != (status if status in _STANDINGS else "actual"):
        return False
    if status in _STANDINGS:
        return True
    since = LONG_AGO if absent.start is None else stretch(absent.start)
    until = world.on if absent.end is None else stretch(absent.end)
    gone = Stretch(since.latest, until.earliest if absent.end is not None else until.latest)
    if atom.when:
        return any(_covers_window(atom, at, gone, world) for at in range(len(atom.when)))
    if _asks_for_ever(atom, status):
        return _since_birth(gone, world) and gone.latest >= world.on.earliest
    return gone.earliest <= world.on.latest and gone.latest >= world.on.earliest


def _asks_for_ever(atom: FactAtom, status: str | None) -> bool:
    if status is not None:
        return status != "current"
    return counts_for_ever(atom) or (isinstance(atom, Treatment) and atom.category == "any")


def _since_birth(gone: Stretch, world: World) -> bool:
    if gone.earliest == LONG_AGO.earliest:
        return True
    born = world.person.birth_date
    return born is not None and gone.earliest <= stretch(born).latest


def _covers_window(atom: FactAtom, at: int, gone: Stretch, world: World) -> bool:
    """Tell whether nothing can have been in a window, or in one of the lists of edges that make it."""
    when = atom.when[at]
    edges = window_edges(when, anchor_of(when, world.person, world.on), world.on)
    return any(all(_covers_edges(each, gone) for each in any_of) for any_of in edges)


def _covers_edges(edges: Edges, gone: Stretch) -> bool:
    low, high, days = edges.low.at.on_days(), edges.high.at.on_days(), gone.on_days()
    return days.earliest <= low.earliest and high.latest <= days.latest
