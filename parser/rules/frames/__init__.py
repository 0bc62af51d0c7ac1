"""Frames: the shapes in which criteria speak of one kind of thing. One file a frame, one row in `FRAMES`.

A frame reads units from a cursor and returns the rule that they make, or None when the words are not its own; the
grammar then puts the cursor back and tries the next row.
"""

from __future__ import annotations

from parser.rules.frames.age import age
from parser.rules.frames.allergy import allergy
from parser.rules.frames.biomarker import biomarker
from parser.rules.frames.by_sex import by_sex
from parser.rules.frames.clinical import clinical
from parser.rules.frames.counted import counted
from parser.rules.frames.elapsed import elapsed
from parser.rules.frames.graded import graded
from parser.rules.frames.judgement import judgement
from parser.rules.frames.lasting import lasting
from parser.rules.frames.listed import listed
from parser.rules.frames.majority import of_legal_age
from parser.rules.frames.measurement import measurement
from parser.rules.frames.observation import observation
from parser.rules.frames.openings import Frame, read_first
from parser.rules.frames.reproductive import reproductive
from parser.rules.frames.requirement import requirement
from parser.rules.frames.resolved import resolved
from parser.rules.frames.result import result
from parser.rules.frames.scored import scored

__all__ = ["FRAMES", "Frame", "read_first"]

#: In the order in which they are tried; `clinical`, the widest, comes last.
FRAMES: tuple[Frame, ...] = (
    age,
    of_legal_age,
    elapsed,
    lasting,
    judgement,
    requirement,
    reproductive,
    allergy,
    biomarker,
    observation,
    resolved,
    graded,
    by_sex,
    measurement,
    listed,
    scored,
    counted,
    result,
    clinical,
)
