"""Toxicity that has gone down: "toxicities resolved to grade ≤ 1", "recovered from toxic effects to grade 1 or less".

It is a measurement, the toxicity's grade (JSON contract, section 3, the decisions).
"""

from __future__ import annotations

import re

from parser.models.rules import Rule
from parser.nlp.annotations import Grade
from parser.rules.context import LIKELY, Context
from parser.rules.frames.openings import opens
from parser.rules.frames.timing import read_timing
from parser.rules.things import measure
from parser.rules.units import Cursor

_TOXIC = re.compile(
    r"\b(?:toxicit(?:y|ies)|toxic effects?|adverse (?:events?|effects?|reactions?)|side effects?|aes?)\b", re.I
)
_RESOLVED = re.compile(r"\b(?:resol(?:ved|ution)|recover(?:ed|y)?|improved|returned|decreased|subsided)\b", re.I)
#: Units between the toxicity and its grade; more are another matter.
_FURTHEST = 16
#: Kinds of unit that turn the words round, or begin others.
_BREAKING = ("stop", "quantity", "negation", "exception", "window", "sex", "age")


@opens("grade")
def resolved(cursor: Cursor, context: Context) -> Rule | None:
    """Read a toxicity that has resolved to a grade, with the words between."""
    first = cursor.at
    while (unit := cursor.peek()) is not None and unit.kind != "grade":
        is_semicolon = unit.kind == "separator" and unit.value == "semicolon"
        if unit.kind in _BREAKING or is_semicolon or cursor.at - first > _FURTHEST:
            return None
        cursor.at += 1
    grade = cursor.take("grade")
    words = cursor.units[first : cursor.at]
    said = context.words(words[0].start, words[-1].end) if words else ""
    if grade is None or not _TOXIC.search(said) or not _RESOLVED.search(said):
        return None
    value: Grade = grade.data
    timing = read_timing(cursor)
    return measure(
        "toxicity grade",
        value.range,
        values=list(value.values),
        **timing.fields(),
        spans=context.spans(*words, *timing.units),
        confidence=LIKELY,
    )
