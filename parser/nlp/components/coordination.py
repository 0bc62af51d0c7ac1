"""Which of the things that a criterion names are alternatives of one list, and which are asked for together.

`coordinate` goes through the things in the order of the text. Each is linked to at most one before it: the neighbour
in its list. Whether a list means any of its members or all of them is decided by what joins them and by the section:
in an exclusion commas and "and" list what disqualifies, each by itself. Linked things make groups (`alternatives`).

The weights (`coordination_weights.tsv`) were learned on the training part of Chia (Kury et al. 2020, CC BY 4.0), which
marks alternatives, with `tests/evaluation/fit_coordination.py`; none of its text is in them. Chia has no mark for
"and", so that `together` is by pattern.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from spacy.tokens import Doc, Span

#: Beside this module: sign and weight; `none` is what a thing must weigh more than.
WEIGHTS_FILE = "coordination_weights.tsv"
#: A thing's neighbour in its list is among so many things before it.
FURTHEST = 7

_STEPS = (0, 1, 2, 3, 4, 6, 9, 14, 25)
#: Words that join the members of a list.
_JOINING = frozenset((",", ";", "/", "or", "and", "and/or", "nor", "&", "、", "，", "；", "versus", "as well as"))
#: Words that may stand beside them and change nothing.
_LIGHT = frozenset("a an the any other of to in with for on either both had have has is are who were been".split())
#: Words whose presence between two others says something.
_TELLING = frozenset(
    ", ; : . ( ) [ ] - / and or nor but with without of in for to on at by from who which that if than as such e.g "
    "i.e including include includes like like than is was be been have has had not no must except unless due treated "
    "requiring receiving during within prior after before plus versus whose caused defined because while when "
    "excluding other history using through via".split()
)

#: Labels of what a criterion asks for; the others say how, how much or when.
_FACTS = frozenset("Condition Drug Procedure Measurement Observation Device Person Negation Mood Visit Birth".split())
#: Words between two facts that are asked for together.
_ADDING = frozenset("and with & plus but who whose".split())
#: The same after people.
_OF_PEOPLE = frozenset("with who whose".split())
#: Labels of what is said about facts; only "and" adds to it.
_STANCES = frozenset(("Mood", "Negation"))
#: Labels of what is done with something.
_GIVEN = frozenset(("Procedure", "Drug", "Device"))
#: Words that take "with" for themselves.
_ASSOCIATING = frozenset(
    "associated interfere interferes interfering consistent compatible comply complying compliance treated together "
    "treatment patients subjects participants those without".split()
)
#: Most words between two facts that "with" adds to each other.
_FURTHEST_WITH = 8
#: Most words between people and what they are "of".
_SHORT = 2
#: Words of a lower and of an upper bound.
_LOWER = frozenset("≥ > >= least more above over older greater higher exceeding minimum".split())
_UPPER = frozenset("≤ < <= most less below under younger lower maximum".split())
#: Words behind which another thought begins.
_ENDING = frozenset("; . : or / due if unless than except excluding other such e.g".split())


class Link(NamedTuple):
    """A thing and its neighbour before it in a list, as indices; `either` where one of them suffices."""

    first: int
    second: int
    either: bool


def coordinate(doc: Doc, things: Sequence[Span], *, excludes: bool = False) -> list[Link]:
    """Say which things are members of one list.

    Args:
        doc: A criterion.
        things: Spans of what it names; their labels are Chia's (`Condition`, `Drug`, …).
        excludes: Whether it stands in a section of exclusions.

    Returns:
        For each thing at most one link, to its neighbour before it.
    """
    weights = _weights()
    place = _Place(doc, things, excludes=excludes)
    links: list[Link] = []
    for rank, second in enumerate(place.order):
        best, chosen = weights.get("none", 0.0), None
        for first in place.before(rank):
            score = sum(weights.get(sign, 0.0) for sign in place.signs(first, second))
            if score > best:
                best, chosen = score, first
        if chosen is not None and not place.bounds_both_sides(chosen, second):
            links.append(Link(chosen, second, either=True))
        elif (first_of_both := place.asked_with(rank, links)) is not None:
            links.append(Link(first_of_both, second, either=False))
    return links


def alternatives(links: Sequence[Link]) -> list[frozenset[int]]:
    """Return the groups of things of which one suffices: what links of alternatives join."""
    groups: dict[int, frozenset[int]] = {}
    for link in links:
        if link.either:
            whole = groups.get(link.first, frozenset((link.first,))) | groups.get(
                link.second, frozenset((link.second,))
            )
            groups.update(dict.fromkeys(whole, whole))
    return list(dict.fromkeys(groups.values()))


@cache
def _weights() -> dict[str, float]:
    rows = (line.split("\t") for line in (files(__package__) / WEIGHTS_FILE).read_text("utf-8").splitlines()[2:])
    return {sign: float(weight) for sign, weight in rows}


def signs_of(doc: Doc, things: Sequence[Span], *, excludes: bool) -> Iterator[tuple[int, list[int], list[list[str]]]]:
    """Yield, for each thing, those that may be its neighbour and the signs of each."""
    place = _Place(doc, things, excludes=excludes)
    for rank, second in enumerate(place.order):
        candidates = place.before(rank)
        yield second, candidates, [list(place.signs(first, second)) for first in candidates]


class _Place:
    """The things of a criterion, in the order of the text."""

    def __init__(self, doc: Doc, things: Sequence[Span], *, excludes: bool) -> None:
        self.words = [token.lower_ for token in doc]
        self.things = things
        self.section = "out" if excludes else "in"
        self.order = sorted(range(len(things)), key=lambda index: (things[index].start, -things[index].end))
        self.starts = [things[index].start for index in self.order]

    def before(self, rank: int) -> list[int]:
        """Return the things before one, the nearest first, that do not overlap it."""
        second = self.things[self.order[rank]]
        nearest = reversed(self.order[max(0, rank - FURTHEST) : rank])
        return [first for first in nearest if self.things[first].end <= second.start]

    def signs(self, first: int, second: int) -> Iterator[str]:
        """Yield the signs of two things as neighbours in a list."""
        one, other = self.things[first], self.things[second]
        between = self.words[one.end : other.start]
        same = one.label_ == other.label_
        joint = _joint(between)
        skipped = self._skipped(one, other)
        alike = "same" if same else "unlike"
        rank = f"skips {min(len(skipped), 4)}"
        of_kind = f"kind skips {min(sum(label == other.label_ for label in skipped), 3)}"
        gap = f"gap {bisect_left(_STEPS, len(between))}"
        closing = self._closing(other.end)
        yield f"joint {joint}"
        yield f"joint {joint} {alike}"
        yield f"joint {joint} {self.section}"
        yield f"joint {joint} closing {closing}"
        yield f"joint {joint} closing {closing} {self.section} {alike}"
        yield f"joint {joint} {rank}"
        yield f"joint {joint} {of_kind} {alike}"
        yield f"{rank} {alike}"
        yield f"{of_kind} {alike}"
        yield gap
        yield f"{gap} {alike}"
        yield f"{gap} joint {joint}"
        yield f"labels {one.label_} {other.label_}"
        yield f"labels {one.label_} {other.label_} joint {joint}"
        yield f"before {self._telling(one.start - 1)} {self._telling(other.start - 1)}"
        yield f"after {self._telling(other.end)} joint {joint}"
        yield f"between after {self._telling(one.end)}"
        for word in set(between) & _TELLING:
            yield f"over {word}"
            yield f"over {word} {alike}"
        if 1 <= len(between) <= 3:
            yield f"words {' '.join(between)}"
        for label in set(skipped):
            yield f"skips a {label} {alike}"
        yield f"brackets {_depth(between)}"
        yield f"brackets {_depth(between)} joint {joint}"
        if one.label_ == other.label_ and self.words[one.start] == self.words[other.start]:
            yield "begin alike"
        if self.words[one.end - 1] == self.words[other.end - 1]:
            yield "end alike"

    def asked_with(self, rank: int, links: Sequence[Link]) -> int | None:
        """Return the thing before this one that is asked for together with it."""
        second = self.order[rank]
        other = self.things[second]
        before = self.before(rank)
        for first in before:
            alike = self.things[first].label_ == other.label_
            if (alike or (_is_fact(other) and _is_fact(self.things[first]))) and self._adds(first, second):
                return first
        if not _is_fact(other):
            return None
        facts = [first for first in before if _is_fact(self.things[first])]
        return facts[0] if facts and self._goes_on(facts[0], second, links) else None

    def bounds_both_sides(self, first: int, second: int) -> bool:
        """Tell whether two values joined by "and" are a lower and an upper bound ("≥ 18 and ≤ 27"): both must hold."""
        if self.things[first].label_ != "Value" or not self._adds(first, second):
            return False
        one, other = (set(self.words[self.things[at].start : self.things[at].end]) for at in (first, second))
        return bool((one & _LOWER and other & _UPPER) or (one & _UPPER and other & _LOWER))

    def _adds(self, first: int, second: int) -> bool:
        """Tell whether nothing but "and" stands between two things."""
        words = self.words[self.things[first].end : self.things[second].start]
        return [word for word in words if word not in _LIGHT] in (["and"], [",", "and"], ["&"])

    def _goes_on(self, first: int, second: int, links: Sequence[Link]) -> bool:
        """Tell whether what is asked for goes on from one fact to the next: "women with …", "… and a planned …"."""
        one, other = self.things[first], self.things[second]
        between = self._between(one.end, other.start, links)
        if not _ENDING.isdisjoint(between) or _depth(between):
            return False
        if "and" in between and self._joins_ways(one.end, other.start):
            return False
        if one.label_ == "Person":
            return not _OF_PEOPLE.isdisjoint(between) or (len(between) <= _SHORT and "of" in between)
        if one.label_ in _STANCES:
            return other.label_ in _STANCES and "and" in between
        joined = _ADDING.intersection(between)
        if one.label_ in _GIVEN or not _ASSOCIATING.isdisjoint(between) or len(between) > _FURTHEST_WITH:
            joined -= {"with"}  # "treated with": the means, no second fact
        return bool(joined)

    def _between(self, start: int, end: int, links: Sequence[Link]) -> list[str]:
        """Return the words between two things, without what joins the lists that lie wholly between them."""
        inner = [(self.things[link.first], self.things[link.second]) for link in links if link.either]
        joints = {
            index
            for one, other in inner
            if start <= one.start and other.end <= end
            for index in range(one.end, other.start)
        }
        return [self.words[index] for index in range(start, end) if index not in joints]

    def _joins_ways(self, start: int, end: int) -> bool:
        """Tell whether the "and" between two facts joins words that only say how: "clinical and radiographic"."""
        ways = [thing for thing in self.things if thing.label_ == "Qualifier" and start <= thing.start < end]
        ends, starts = {thing.end for thing in ways}, {thing.start for thing in ways}
        return any(self.words[index] == "and" and index in ends and index + 1 in starts for index in range(start, end))

    def _skipped(self, one: Span, other: Span) -> list[str]:
        """Return the labels of the things that stand wholly between two."""
        low, high = bisect_left(self.starts, one.end), bisect_left(self.starts, other.start)
        inner = (self.things[index] for index in self.order[low:high])
        return [span.label_ for span in inner if span.end <= other.start]

    def _closing(self, end: int) -> str:
        """Return the first "or" or "and" after a place in its sentence."""
        for word in self.words[end : end + 40]:
            if word in ("or", "and", "and/or", "nor"):
                return word
            if word in (".", ";", ":"):
                break
        return "none"

    def _telling(self, index: int) -> str:
        """Return the word at a place where it is one that says something."""
        if not 0 <= index < len(self.words):
            return "end"
        return self.words[index] if self.words[index] in _TELLING else "other"


def _is_fact(thing: Span) -> bool:
    return thing.label_ in _FACTS


def _joint(between: list[str]) -> str:
    """Say what joins two things: the joining words between, and whether other words stand before or after them."""
    joints = [index for index, word in enumerate(between) if word in _JOINING]
    if not joints:
        return "nothing" if not between else "words"
    last = joints[-1]
    run = last
    while run and between[run - 1] in _JOINING:
        run -= 1
    told = "+".join(between[run : last + 1])
    before = [word for word in between[:run] if word not in (")", "]")]
    after = [word for word in between[last + 1 :] if word not in _LIGHT]
    return f"{'…' if before else ''}{told}{'…' if after else ''}"


def _depth(between: list[str]) -> int:
    """Count the brackets that open between, less those that close."""
    return max(-1, min(1, sum((word in ("(", "[")) - (word in (")", "]")) for word in between)))
