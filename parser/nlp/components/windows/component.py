"""The `trial_windows` component."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.models.values import Window, WindowRelation
from parser.nlp.annotations import WINDOWS, set_group
from parser.nlp.components.quantities.component import NUMBER, one_of
from parser.nlp.components.windows.patterns import (
    AFTER,
    ANCHORS,
    AT,
    BEFORE,
    DURING,
    EITHER,
    FUTURE,
    INSIDE,
    KEPT_TEXT,
    PAST,
)
from parser.normalize.durations import iso_duration
from parser.normalize.numbers import parse_number
from parser.normalize.units import UNITS

_TIME_UNIT = one_of(writing for writing, unit in UNITS.items() if unit.dimension == "time" and len(writing) > 2)
_DURATION = rf"(?:(?P<number>{NUMBER}|an?(?=\s))[\s-]?)?(?P<unit>{_TIME_UNIT})"
_ANCHOR = rf"(?:the\s)?(?P<anchor>{one_of(ANCHORS)})"
_TO_ANCHOR = (
    rf"(?:\s(?:(?P<before>{one_of(BEFORE)})|(?P<after>{one_of(AFTER)})|(?P<either>{one_of(EITHER)}))\s{_ANCHOR})"
)

_INSIDE = re.compile(
    rf"(?:{one_of(INSIDE)})\s(?:the\s)?(?:(?P<past>{one_of(PAST)})\s|(?P<future>{one_of(FUTURE)})\s)?"
    rf"{_DURATION}{_TO_ANCHOR}?",
    re.IGNORECASE,
)
_POINT = re.compile(
    rf"(?:(?P<at>{one_of(AT)})|(?P<during>{one_of(DURING)})|(?P<before>{one_of(BEFORE)})|(?P<after>{one_of(AFTER)}))"
    rf"\s{_ANCHOR}(?!\s(?:of|for|with|to)\b)",
    re.IGNORECASE,
)


class Windows:
    """Mark stretches of time: a length with its direction and anchor, or an anchor alone.

    Writes `doc.spans["trial_windows"]`: spans labelled `window`, each with a `Window` in `span._.trial`. A bare
    "within a year" is read as the year before; the rule that it belongs to turns it round for plans.

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
        for start, end, window in find_windows(doc.text):
            span = doc.char_span(start, end, label="window")
            if span is not None:
                span._.trial = window
                spans.append(span)
        set_group(doc, WINDOWS, spans)
        return doc


def find_windows(text: str) -> list[tuple[int, int, Window]]:
    """Return `(start, end, window)` for every window of a text, in order."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Window | None]], ...] = (
        (_INSIDE, _inside),
        (_POINT, _point),
    )
    found: list[tuple[int, int, Window]] = []
    for pattern, read in readers:
        for match in pattern.finditer(text):
            window = read(match)
            if window is not None and not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), window))
    return sorted(found, key=lambda row: row[0])


def _inside(match: re.Match[str]) -> Window | None:
    """Read a window with a length: "within 28 days prior to randomization", "in the past year"."""
    number = _number(match["number"])
    if number is None or (match["number"] is None and not (match["past"] or match["future"])):
        return None
    relation: WindowRelation = "before"
    if match["future"] or match["after"]:
        relation = "after"
    elif match["either"]:
        relation = "within"
    if match["future"] and match["before"]:
        return None
    fields = _anchor_fields(match["anchor"])
    return Window(relation=relation, max=iso_duration(number, match["unit"]), **fields)


def _point(match: re.Match[str]) -> Window:
    """Read an anchor alone: "at screening", "before surgery"."""
    relation: WindowRelation = "at"
    for name in ("during", "before", "after"):
        if match[name]:
            relation = name
    return Window(relation=relation, **_anchor_fields(match["anchor"]))


def _number(text: str | None) -> int | float | None:
    return 1 if text is None or text.lower() in ("a", "an") else parse_number(text)


def _anchor_fields(words: str | None) -> dict[str, str]:
    if words is None:
        return {}
    key = re.sub(r"\s", " ", words.lower())
    return {"anchor": ANCHORS[key], **({"anchor_text": words} if key in KEPT_TEXT else {})}
