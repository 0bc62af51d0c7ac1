"""To which thing a word belongs: a time, a denial or a value to one of the things that its criterion names.

`attach` weighs each thing by plain signs of the words (side, distance, what stands between, kind of cue) and takes the
best one, or none. The weights (`attachment_weights.tsv`) were learned on the training part of Chia (Kury et al. 2020,
CC BY 4.0) with `tests/evaluation/fit_attachment.py`; none of its text is in them. `nearest` is the baseline.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from spacy.tokens import Doc, Span

Kind = Literal["time", "negation", "value"]

#: Beside this module: kind of modifier, sign, weight; `none` is what a thing must weigh more than.
WEIGHTS_FILE = "attachment_weights.tsv"

_STEPS = (0, 1, 2, 3, 5, 8, 14, 25)
#: Words that may stand between the members of one list.
_LISTING = frozenset(", ; / ( ) or and and/or & other any a an the nor either such as e . g i etc with without".split())
#: Words whose presence between two others says something.
_TELLING = frozenset(
    ", ; : . ( ) [ ] - / and or but with without of in for to on at by from who which that if than are is was be been "
    "have has had not no must except unless other due treated treatment receiving during within including prior".split()
)
#: Words that say who may take part; what they speak of stands before them.
_VERDICTS = frozenset(
    "excluded eligible allowed permitted prohibited included apply allowable acceptable exclusionary enrolled "
    "ineligible authorized authorised admitted".split()
)
#: What a modifier does, by the first of these words in it; rare words then learn from frequent ones.
_CLASSES: dict[str, str] = {
    **dict.fromkeys(
        "except excepting exception exceptions other excluding besides apart exclusion unless".split(), "apart"
    ),
    **dict.fromkeys(_VERDICTS, "verdict"),
    **dict.fromkeys("absent naive naïve free discontinued negative".split(), "behind"),
    **dict.fromkeys("unable inability cannot failure refuse refusing refusal unwilling incapable".split(), "unable"),
    **dict.fromkeys("preclude precludes precluding prevent prevents preventing".split(), "preventing"),
    **dict.fromkeys("no without absence lack never non denial neither".split(), "no"),
    **dict.fromkeys("not don't doesn't didn't isn't aren't".split(), "not"),
}
#: Labels of things that are facts about somebody; the others only say more of one.
_FACTS = frozenset(("Condition", "Drug", "Procedure", "Measurement", "Observation", "Device"))
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
#: What ends a sentence.
_STOPS = frozenset((".", ";", "\n"))
_PREPOSITIONS = frozenset(
    "within in at during for before after since throughout until over on upon from prior following by through while "
    "when between up".split()
)


def attach(doc: Doc, modifiers: Sequence[Span], things: Sequence[Span], kind: Kind = "time") -> list[tuple[int, int]]:
    """Say to which thing each modifier belongs.

    Args:
        doc: A criterion.
        modifiers: Spans of times, denials or values.
        things: Spans that they may belong to; their labels are Chia's (`Condition`, `Drug`, …).
        kind: What the modifiers are.

    Returns:
        Pairs of the index of a modifier and that of its thing; a modifier that belongs to none of them has no pair.
    """
    weights = _weights()[kind]
    place = _Place(doc, things)
    pairs: list[tuple[int, int]] = []
    for index, modifier in enumerate(modifiers):
        best, chosen = weights.get("none", 0.0), None
        for other in range(len(things)):
            score = sum(weights.get(sign, 0.0) for sign in place.signs(modifier, other))
            if score > best:
                best, chosen = score, other
        if chosen is not None:
            pairs.append((index, chosen))
    return pairs


@cache
def _weights() -> dict[str, dict[str, float]]:
    tables: dict[str, dict[str, float]] = {"time": {}, "negation": {}, "value": {}}
    for line in (files(__package__) / WEIGHTS_FILE).read_text("utf-8").splitlines()[2:]:
        kind, sign, weight = line.split("\t")
        tables[kind][sign] = float(weight)
    return tables


def nearest(doc: Doc, modifiers: Sequence[Span], things: Sequence[Span], kind: Kind = "time") -> list[tuple[int, int]]:
    """Give each modifier the thing with the fewest tokens between; the one after it where two are as near."""
    if not things:
        return []
    return [
        (
            index,
            min(
                range(len(things)),
                key=lambda other: (_gap(modifier, things[other]), things[other].start < modifier.start),
            ),
        )
        for index, modifier in enumerate(modifiers)
    ]


def signs_of(doc: Doc, modifier: Span, things: Sequence[Span]) -> list[list[str]]:
    """Return the signs of each thing as the one that a modifier belongs to."""
    place = _Place(doc, things)
    return [list(place.signs(modifier, other)) for other in range(len(things))]


def _gap(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


class _Place:
    """The things of a criterion, in lists: neighbours with nothing but separators between are one list."""

    def __init__(self, doc: Doc, things: Sequence[Span]) -> None:
        self.words = [token.lower_ for token in doc]
        self.things = things
        order = sorted(range(len(things)), key=lambda index: (things[index].start, -things[index].end))
        self.rank = {index: rank for rank, index in enumerate(order)}
        self.starts = [things[index].start for index in order]
        self.list_of: dict[int, int] = {order[0]: 0} if order else {}
        for before, index in pairwise(order):
            between = self.words[things[before].end : things[index].start]
            self.list_of[index] = self.list_of[before] + (not _LISTING.issuperset(between))
        self.facts = [things[index] for index in order if things[index].label_ in _FACTS]
        self.fact_starts = [fact.start for fact in self.facts]
        self.shapes = [_shape(thing, things) for thing in things]
        self.stretches: dict[tuple[int, int], tuple[int, int]] = {}

    def signs(self, modifier: Span, index: int) -> Iterator[str]:
        """Yield the signs of one thing."""
        thing = self.things[index]
        side = _side(modifier, thing)
        low, high = sorted(((modifier.start, modifier.end), (thing.start, thing.end)))
        between = self.words[low[1] : high[0]]
        steps = bisect_left(_STEPS, len(between))
        cue = _cue(self.words, modifier)
        first = self.words[modifier.start]
        inner = self._between(modifier, thing, index)
        yield f"{side} gap {steps}"
        class_ = _class(self.words, modifier)
        yield f"{side} class {class_}"
        yield f"{side} class {class_} gap {steps}"
        yield f"{side} class {class_} inner {inner}"
        yield f"class {class_} {side} {self._in_list(index)}"
        yield f"{side} {cue}"
        yield f"{side} {cue} gap {steps}"
        yield f"{side} {cue} inner {inner}"
        yield f"{side} inner {inner}"
        yield f"{side} first {first}"
        yield f"{side} last {self.words[modifier.end - 1]}"
        yield f"{side} label {thing.label_}"
        yield f"{side} {self._in_list(index)} {min(self._lists_between(modifier, index), 3)}"
        yield f"{cue} {side} {self._in_list(index)}"
        yield f"{side} label {thing.label_} {cue}"
        yield f"{side} next {self._word(modifier.end)}"
        yield f"{side} previous {self._word(modifier.start - 1)}"
        yield f"{side} ahead of it {self._word(thing.start - 1)}"
        for word in set(between) & _TELLING:
            yield f"{side} over {word}"
        if len(between) == 1:
            yield f"{side} only {between[0]}"
        yield from self._of_facts(modifier, index, side)
        if side == "around" or side == "inside":
            return
        yield f"{side} brackets {_depth(between)}"

    def _of_facts(self, modifier: Span, index: int, side: str) -> Iterator[str]:
        """Yield the signs that look at facts alone, and at the stretch of text that the modifier stands in."""
        thing = self.things[index]
        class_ = _class(self.words, modifier)
        begin, end = self._stretch(modifier.start, modifier.end)
        is_inside = begin <= thing.start and thing.end <= end
        is_fact = thing.label_ in _FACTS
        where = "inside" if is_inside else "outside"
        yield f"{side} class {class_} {where}"
        yield f"{side} class {class_} {where} ends {min(end - modifier.end, 4)}"
        if is_inside and is_fact:
            opens = all(fact.start >= thing.start or fact.end > end for fact in self._facts_from(begin, thing.start))
            yield f"{side} class {class_} {'opens' if opens else 'goes on'}"
        low, high = sorted((modifier.start, thing.start))
        passed = bisect_left(self.fact_starts, high) - bisect_left(self.fact_starts, low + 1)
        yield f"{side} class {class_} facts {min(max(passed, 0), 3)} {is_fact}"
        yield f"{side} class {class_} {self.shapes[index]}"

    def _facts_from(self, begin: int, end: int) -> list[Span]:
        """Return the facts that begin in a stretch."""
        return self.facts[bisect_left(self.fact_starts, begin) : bisect_left(self.fact_starts, end)]

    def _stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence, or the bracket, begins and ends that the words `[start, end)` stand in."""
        if (start, end) not in self.stretches:
            before = _reach(reversed(self.words[:start]), _CLOSING, _OPENING)
            after = _reach(self.words[end:], _OPENING, _CLOSING)
            self.stretches[start, end] = start - before, end + after
        return self.stretches[start, end]

    def _word(self, index: int) -> str:
        """Return the word at a place where it is one that says something."""
        if not 0 <= index < len(self.words):
            return "end"
        return self.words[index] if self.words[index] in _TELLING else "other"

    def _between(self, modifier: Span, thing: Span, index: int) -> int:
        """Count the things that begin between a modifier and a thing, up to three."""
        low, high = sorted((modifier.start, thing.start))
        count = bisect_left(self.starts, high) - bisect_left(self.starts, low + 1)
        return min(max(count, 0), 3)

    def _in_list(self, index: int) -> str:
        """Tell where a thing stands in its list."""
        mine = self.list_of[index]
        ranks = [self.rank[other] for other, number in self.list_of.items() if number == mine]
        if len(ranks) == 1:
            return "alone"
        return "first" if self.rank[index] == min(ranks) else "last" if self.rank[index] == max(ranks) else "middle"

    def _lists_between(self, modifier: Span, index: int) -> int:
        """Count the lists between a modifier and a thing's own."""
        mine = self.list_of[index]
        thing = self.things[index]
        low, high = sorted((modifier.start, thing.start))
        return len({self.list_of[other] for other, span in enumerate(self.things) if low < span.start < high} - {mine})


def _reach(words: Iterable[str], opening: frozenset[str], closing: frozenset[str]) -> int:
    """Count the words up to a stop, or to the end of the bracket around them."""
    depth = count = 0
    for word in words:
        depth += (word in opening) - (word in closing)
        if depth < 0 or (depth == 0 and word in _STOPS):
            break
        count += 1
    return count


def _shape(thing: Span, things: Sequence[Span]) -> str:
    """Tell whether another thing follows right after, and whether things lie in or around this one."""
    following = [other for other in things if thing.end <= other.start <= thing.end + 1]
    goes_on = min(((other.start - thing.end, other.label_ in _FACTS) for other in following), default="no")
    within = any(other.start <= thing.start and thing.end <= other.end and len(other) > len(thing) for other in things)
    around = any(thing.start <= other.start and other.end <= thing.end and len(other) < len(thing) for other in things)
    return f"runs on {goes_on} within {within} around {around}"


def _side(modifier: Span, thing: Span) -> str:
    """Tell on which side of a modifier a thing stands."""
    if thing.start >= modifier.end:
        return "after"
    if thing.end <= modifier.start:
        return "before"
    return "around" if thing.start <= modifier.start and thing.end >= modifier.end else "inside"


def _cue(words: list[str], modifier: Span) -> str:
    """Tell what sort of words a modifier is made of."""
    first, last = words[modifier.start], words[modifier.end - 1]
    if last == "of":
        return "of"
    if modifier.start and words[modifier.start - 1] in "([":
        return "bracketed"
    if first in _PREPOSITIONS:
        return "preposition"
    if any(char.isdigit() for word in words[modifier.start : modifier.end] for char in word):
        return "number"
    return "word" if modifier.end - modifier.start == 1 else "words"


def _class(words: list[str], modifier: Span) -> str:
    """Tell what a modifier does: "not" before "eligible" is a verdict."""
    own = words[modifier.start : modifier.end]
    found = next((_CLASSES[word] for word in own if word in _CLASSES), "other")
    if found not in ("not", "unable"):
        return found
    after = words[modifier.end : modifier.end + 2]
    if _VERDICTS.intersection((*own, *after)):
        return "verdict"
    return "behind" if any(word.endswith("ed") for word in (*own, *after[:1])) else found


def _depth(between: list[str]) -> int:
    """Count the brackets that open between, less those that close."""
    return max(-1, min(1, sum((word in ("(", "[")) - (word in (")", "]")) for word in between)))
