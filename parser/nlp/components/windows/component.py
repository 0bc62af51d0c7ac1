"""The `trial_windows` component.

Two passes over the text: around every length of time (`_around`), then at every preposition that an anchor may follow
(`_points`). What the words to the left and right of a length say decides what it is: a window, how long a thing lasts,
or neither (an age, a rate, a life expectancy).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.models.values import Anchor, Range, Window, WindowOf, WindowRelation
from parser.nlp.annotations import DURATIONS, WINDOWS, Quantity, set_group, words_of
from parser.nlp.components.windows.anchors import Anchored, read_anchor
from parser.nlp.components.windows.context import Left, Right, read_left, read_right, thing_before
from parser.nlp.components.windows.lengths import UNIT_ALONE, Length, find_lengths, may_hold_length, unit_as_length
from parser.nlp.components.windows.patterns import (
    ADJECTIVAL_POINTS,
    CLOSED_POINTS,
    FUTURE,
    PAST,
    POINTS,
    VAGUE_INSIDE,
    Side,
)
from parser.nlp.components.writings import one_of

_UNIT_ALONE = re.compile(
    rf"(?<![\w-])(?:(?:{one_of((*PAST, *FUTURE))})\s(?P<turned>{UNIT_ALONE})"
    rf"|(?:within|in|during|over|for|on)\sthe\s(?P<whole>{UNIT_ALONE}|day(?=\s(?:before|prior|preceding)))"
    rf"(?=\s(?:before|prior|preceding|after|following|of)\b))",
    re.IGNORECASE,
)
_POINT = re.compile(rf"(?<![\w-])(?P<point>{one_of(POINTS)})(?=\s)", re.IGNORECASE)
_BEFORE_ADJECTIVE = re.compile(r"\b(?:the|of|any|these|a|an|with|one|both|all)\s?\Z", re.IGNORECASE)
_DETERMINED = re.compile(r"\s(?:the|a|an|their|his|her|any|this)\s", re.IGNORECASE)
_ALSO = re.compile(r"\s?(?:,\s?)?(?:and|&)\s(?:at\s)?", re.IGNORECASE)
_BRIDGE = re.compile(r"\s?,?\s?(?:and/or|and|or|to|until|till|through)?\s?,?\s?", re.IGNORECASE)
#: What entry into a study is called where the anchor is the thing itself ("enrolled within 72 h of symptom onset").
_ENTRY = re.compile(
    r"\b(?:(?P<enrollment>enrol(?:l?ed|l?ment|l)|included|inclusion|recruited|entered)"
    r"|(?P<randomization>randomi[sz](?:ed|ation))|(?P<first_dose>dosed|treatment (?:started|initiated|initiation)))"
    r"(?:\s(?:in|into|to)\s(?:the\s|this\s)?(?:study|trial))?\s?\Z",
    re.IGNORECASE,
)
#: Anchors that are facts of the person, with what must lie in the window then.
_OWN: dict[Anchor, WindowOf] = {"symptom_onset": "onset", "diagnosis": "diagnosis"}


@dataclass(slots=True)
class Time:
    """A stretch of time found in text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        label: `window`, `duration` or `washout`.
        value: A `Window`; of a duration a `Quantity`.
        open: Whether its direction still needs an anchor ("30 days before and …").
    """

    start: int
    end: int
    label: str
    value: Window | Quantity
    open: bool = False


class Windows:
    """Mark stretches of time: a length with its direction and anchor, an anchor alone, how long a thing lasts.

    Writes `doc.spans["trial_windows"]`: spans labelled `window`, each with a `Window` in `span._.trial`. A bare "within
    a year" is read as the year before; the rule that it belongs to turns it round for plans. And
    `doc.spans["trial_durations"]`:

    - `duration`: a `Quantity` of time ("for at least 6 months"). It lies over the quantity in it.
    - `washout`: the `Window` in which there must be no dose ("washout of at least 4 weeks"); a rule denies it.

    A length that is none of these (an age, a rate, a life expectancy) is left to the quantities.

    Example:
        >>> doc = load()("pregnancy within the next year")
        >>> doc.spans["trial_windows"][0]._.trial.max
        'P1Y'
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of windows."""
        spans: list[Span] = []
        for time in find_times(words_of(doc).text):
            span = doc.char_span(time.start, time.end, label=time.label, alignment_mode="expand")
            if span is not None and not (spans and spans[-1].end > span.start):
                span._.trial = time.value
                spans.append(span)
        set_group(doc, WINDOWS, [span for span in spans if span.label_ == "window"])
        set_group(doc, DURATIONS, [span for span in spans if span.label_ != "window"])
        return doc


def find_times(text: str) -> list[Time]:
    """Return every window, duration and wash-out of a text, in order; none overlap."""
    found: list[Time] = []
    end = 0
    for length in _lengths(text):
        if length.start < end:
            continue
        for time in _around(text, length):
            if time.start >= end:
                found.append(time)
                end = time.end
    taken = [(time.start, time.end) for time in found]
    found.extend(_points(text, taken))
    found.sort(key=lambda time: time.start)
    _share_anchors(text, found)
    return found


def _lengths(text: str) -> list[Length]:
    """Return the lengths of a text, with units that stand for one of them ("the past year")."""
    if not may_hold_length(text):
        return []
    lengths = list(find_lengths(text))
    for match in _UNIT_ALONE.finditer(text):
        name = "turned" if match["turned"] else "whole"
        lengths.append(unit_as_length(match[name], match.start(name), match.end(name)))
    return sorted(lengths, key=lambda length: length.start)


# --- around a length ------------------------------------------------------------------------------------------------


def _around(text: str, length: Length) -> Iterator[Time]:
    """Yield what a length is with the words beside it; nothing where it is neither window nor duration."""
    left = read_left(text, length.start)
    right = read_right(text, length, left)
    if right.apart:
        return
    if left.washout or right.washout:
        yield Time(left.start, right.end, "washout", _washout(text, length, left, right))
    elif _is_duration(left, right):
        if not length.is_half_lives and length.has_one_unit:
            yield Time(left.start, right.plain_end, "duration", _duration(length, _bound(left, right)))
    else:
        yield from _windows(text, length, left, right)


def _is_duration(left: Left, right: Right) -> bool:
    if left.turn or right.others or (right.direction == "after" and right.anchor is None):
        return False
    if left.lasts and _bound(left, right) and not right.direction:
        return True
    return left.manner == "lasting" or (right.lasting and not right.direction and left.manner != "inside")


def _bound(left: Left, right: Right) -> tuple[Side, bool] | None:
    return left.bound or right.bound


def _duration(length: Length, bound: tuple[Side, bool] | None) -> Quantity:
    limits: dict[str, Any] = {"unit": length.unit, "ucum": length.ucum}
    side, inclusive = bound or (None, True)
    if length.low is not None:
        limits |= {"low": length.low, "high": length.high}
    elif side is None:
        limits |= {"low": length.high, "high": length.high}
    else:
        limits |= {side: length.high, f"{side}_inclusive": inclusive}
    return Quantity(Range(**limits), is_time=True, is_age=False)


def _windows(text: str, length: Length, left: Left, right: Right) -> Iterator[Time]:
    """Yield the window that the words make of a length, and the second one of "prior to or during"."""
    relation = _relation(left, right)
    if relation is None:
        return
    low = _bound(left, right)
    is_least = low is not None and low[0] == "low" and left.turn in ("", "recent")
    if is_least and relation == "before" and (length.is_half_lives or right.others):
        yield Time(left.start, right.end, "washout", _washout(text, length, left, right))
        return
    fields = _limits(length, left, right, relation)
    anchor, of = _anchor(text, left, right, relation)
    if anchor.pop("turned", False):
        relation = "before"
    window = Window(relation=relation, of=of, **fields, **anchor)
    open_ = right.direction in ("before", "after", "both", "ago") and right.anchor is None and right.word in _OPEN
    second = text.lower().rfind("during", left.start, right.end) if right.also_during else -1
    if second >= 0 and right.anchor is not None:
        yield Time(left.start, _end_of_first(text, second), "window", window)
        during = Window(relation="during", anchor=right.anchor.anchor, anchor_text=right.anchor.text)
        yield Time(second, right.end, "window", during)
        return
    yield Time(left.start, right.end, "window", window, open_)


#: Directions after which an anchor may still come.
_OPEN = frozenset(("before", "after", "prior", "prior to", "following", "preceding", "before or after"))


def _end_of_first(text: str, second: int) -> int:
    """Return where the first direction ends in "within 30 days prior to or during the study"."""
    return re.search(r"(?:\s?(?:,|and/or|and|or|/))?\s?\Z", text[:second]).start()  # type: ignore[union-attr]


def _relation(left: Left, right: Right) -> WindowRelation | None:
    """Decide on which side of its anchor a length reaches; None where it is no window."""
    if left.turn in ("past", "recent"):
        return "before" if right.direction in ("", "ago", "before", "either") else None
    if left.turn == "future":
        return "after" if right.direction in ("", "after", "either") else None
    if left.turn == "first":
        return "after" if right.anchor is not None and right.direction in ("within", "after", "either") else None
    if right.direction == "ago":
        return "before"
    if right.direction == "both":
        return "within"
    if right.direction == "either":
        return _of_or_from(left, right)
    if right.direction:
        return right.direction  # type: ignore[return-value]
    if left.manner == "inside" and left.word not in VAGUE_INSIDE and not (right.stretch and left.article):
        return "before"
    return None


def _of_or_from(left: Left, right: Right) -> WindowRelation | None:
    """Decide about "within 28 days of randomization", "≥ 3 months from the last dose"."""
    bound = _bound(left, right)
    if left.manner == "inside" and left.word not in VAGUE_INSIDE:
        return "within"
    if bound is not None and bound[0] == "low":
        return "since" if right.word == "from" else None
    return "within" if bound is not None or right.word == "from" else None


def _limits(length: Length, left: Left, right: Right, relation: WindowRelation) -> dict[str, Any]:
    """Return how far the window reaches, as fields of `Window`."""
    if right.others:
        alternatives = [length.said(), *(other.said() for other in right.others)]
        # without "whichever", either length will do: that is the longer of them
        return {"shorter_of" if right.which == "shorter" else "longer_of": alternatives}
    if length.is_half_lives:
        return {"half_lives": length.high}
    if length.low is not None:
        return {"min": length.shortest, "max": length.longest}
    bound = None if left.turn not in ("", "recent") else _bound(left, right)
    side, inclusive = bound or ("low" if relation == "since" else "high", True)
    if left.earliest:
        side = "low" if relation == "after" else "high"
    name = "min" if side == "low" else "max"
    return {name: length.longest, f"{name}_inclusive": inclusive}


def _anchor(text: str, left: Left, right: Right, relation: WindowRelation) -> tuple[dict[str, Any], WindowOf]:
    """Return the anchor as fields of `Window`, and what must lie in the window.

    When entry into the study is one end, it is the anchor: `turned` says that the other end was the one named last.
    """
    of = thing_before(text, left.start)
    if right.anchor is None:
        return {}, of
    entry = _ENTRY.search(text, max(0, left.start - 50), left.start)
    if entry and right.anchor.anchor in _OWN and relation in ("within", "after"):
        named = next(name for name in ("enrollment", "randomization", "first_dose") if entry[name])
        return {"anchor": named, "turned": True}, _OWN[right.anchor.anchor]
    return {"anchor": right.anchor.anchor, "anchor_text": right.anchor.text}, of


def _washout(text: str, length: Length, left: Left, right: Right) -> Window:
    """Return the window in which there must be no dose: all of the wash-out but its first instant."""
    anchor, _ = _anchor(text, left, right, "before")
    anchor.pop("turned", None)
    if right.direction not in ("before", "ago"):
        anchor = {}
    bound = _bound(left, right)
    inclusive = bound is not None and bound[0] == "low" and not bound[1]
    fields = _limits(
        length, Left(left.start), Right(right.end, right.end, others=right.others, which=right.which), "before"
    )
    if "max" in fields:
        fields["max_inclusive"] = inclusive
    fields.pop("min", None)
    return Window(relation="before", of="last_dose", **fields, **anchor)


# --- anchors alone --------------------------------------------------------------------------------------------------


def _points(text: str, taken: list[tuple[int, int]]) -> Iterator[Time]:
    """Yield windows without a length: "at screening", "during the study", "before surgery"."""
    end = 0
    for match in _POINT.finditer(text):
        start = match.start()
        if start < end or any(low <= start < high for low, high in taken):
            continue
        point = re.sub(r"\s+", " ", match["point"].lower())
        adjectival = point in ADJECTIVAL_POINTS
        if adjectival and _BEFORE_ADJECTIVE.search(text, max(0, start - 8), start):
            continue
        known = point in CLOSED_POINTS or (adjectival and not _DETERMINED.match(text, match.end()))
        anchor = read_anchor(text, match.end(), POINTS[point], bare=True, known=known)
        if anchor is None or any(low < anchor.end and start < high for low, high in taken):
            continue
        if anchor.anchor == "event" and not text[:start].strip(" -•*("):
            continue  # "After denosumab treatment": with nothing before it, the event is what the criterion is about
        yield Time(start, anchor.end, "window", _point(POINTS[point], anchor))
        end = anchor.end
        if POINTS[point] == "at":
            for time in _also_at(text, end):
                yield time
                end = time.end


def _point(relation: WindowRelation, anchor: Anchored) -> Window:
    return Window(relation=relation, anchor=anchor.anchor, anchor_text=anchor.text)


def _also_at(text: str, at: int) -> Iterator[Time]:
    """Yield the further points of "at screening and baseline"."""
    while (joint := _ALSO.match(text, at)) is not None:
        anchor = read_anchor(text, joint.end(), "at", bare=True, known=True)
        if anchor is None:
            return
        yield Time(joint.end(), anchor.end, "window", _point("at", anchor))
        at = anchor.end


def _share_anchors(text: str, found: list[Time]) -> None:
    """Give "4 weeks before" the anchor of "until 90 days after the first dose" that follows it."""
    for time, following in zip(found[-2::-1], found[:0:-1], strict=True):
        if not time.open or not isinstance(following.value, Window) or not isinstance(time.value, Window):
            continue
        if following.value.anchor != "unstated" and _BRIDGE.fullmatch(text, time.end, following.start):
            shared = {"anchor": following.value.anchor, "anchor_text": following.value.anchor_text}
            time.value = time.value.model_copy(update=shared)
