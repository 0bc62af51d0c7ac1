"""Stages, grades and classes: "NYHA class III-IV", "ASA class I, II or III", "FIGO stage IB"."""

from __future__ import annotations

from parser.models.rules import Measurement, Rule
from parser.nlp.annotations import Grade
from parser.nlp.components.grades.patterns import SCALES
from parser.rules.context import LIKELY, SURE, Context
from parser.rules.frames.openings import NAMES, opens
from parser.rules.frames.timing import read_timing
from parser.rules.things import measure
from parser.rules.units import Cursor, Unit

#: Words between a scale's name and its value.
_LINKS = ("of", "a", "an", "the", "is", "with", ":")


@opens("grade", first=(*NAMES, "word", "grade"))
def graded(cursor: Cursor, context: Context) -> Rule | None:
    """Read a value on a named scale that is a fact by itself; None where it grades a disease that follows."""
    rule = grading(cursor, context)
    if rule is None or rule.concept.text.lower() in ("stage", "grade", "class") or cursor.sees("phrase"):
        return None
    return rule


def grading(cursor: Cursor, context: Context) -> Measurement | None:
    """Read a grade with the name of its scale, where one stands before it."""
    return cursor.attempt(lambda: _grading(cursor, context)) if cursor.has_ahead("grade") else None


def _grading(cursor: Cursor, context: Context) -> Measurement | None:
    cursor.take("article")
    scale = _scale(cursor)
    unit = cursor.take("grade")
    if unit is None:
        return None
    timing = read_timing(cursor)
    grade: Grade = unit.data
    name = grade.kind if scale is None else _named(scale, grade.kind)
    return measure(
        name,
        grade.range,
        values=list(grade.values),
        **timing.fields(),
        spans=context.spans(*([scale] if scale else []), unit, *timing.units),
        confidence=SURE if scale is None or scale.kind == "measurement" else LIKELY,
    )


def _scale(cursor: Cursor) -> Unit | None:
    """Read the scale's name: a known measurement, or a name with capitals ("FIGO", "New York Heart Association")."""
    scale = cursor.peek()
    if scale is None or not (scale.kind == "measurement" or _is_name(scale)):
        return None
    cursor.at += 1
    if cursor.sees("open"):
        cursor.take_bracket()
    while cursor.take("word", *_LINKS) is not None:
        pass
    return scale


def _is_name(unit: Unit) -> bool:
    if unit.text.lower() in SCALES:
        return True
    capitals = sum(char.isupper() for char in unit.text)
    return unit.kind in ("phrase", "word") and unit.value not in ("Condition", "Procedure", "Drug") and capitals >= 2


def _named(scale: Unit, kind: str) -> str:
    """Return "NYHA class" of "NYHA" and a class; a name that says its kind stays."""
    return scale.text if kind in scale.text.lower() else f"{scale.text} {kind}"
