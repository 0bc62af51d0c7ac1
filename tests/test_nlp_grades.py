"""Stages, grades and classes with the values that they may have."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser.nlp.annotations import GRADES, Grade

#: A text and its grades: kind, then the values or the bounds.
CASES = [
    ("NYHA class III-IV", ["class 3..4"]),
    ("New York Heart Association class II or III", ["class 2..3"]),
    ("NYHA functional class > II", ["class >2"]),
    ("NYHA class II or greater", ["class >=2"]),
    ("ASA class I, II, or III", ["class 1..3"]),
    ("Child-Pugh class B or C", ["class B C"]),
    ("Child-Pugh class B or higher", ["class B C"]),
    ("Child-Pugh class > A", ["class B C"]),
    ("toxicity of grade 2 or higher", ["grade >=2"]),
    ("≥ grade 2 neuropathy", ["grade >=2"]),
    ("grade ≤ 1 toxicity", ["grade <=1"]),
    ("at least grade 3 neutropenia", ["grade >=3"]),
    ("greater than grade 1", ["grade >1"]),
    ("less than grade 2", ["grade <2"]),
    ("resolved to grade 1 or less", ["grade <=1"]),
    ("Grade 3-4 hematologic toxicity", ["grade 3..4"]),
    ("grades 1 to 3", ["grade 1..3"]),
    ("grade 1 or grade 3", ["grade 1 3"]),
    ("grade 2", ["grade 2..2"]),
    ("Stage IIIB or IV lung cancer", ["stage IIIB IV"]),
    ("Stage II-IV", ["stage II III IV"]),
    ("stage IB-IIIA cervical cancer", ["stage IB II IIIA"]),
    ("stage 0 or stage 1, 2 and 3A", ["stage 0 1 2 3A"]),
    ("clinical stage T2", []),
    ("chronic kidney disease stage 3 to 5", ["stage 3 4 5"]),
    ("Stage 4", ["stage 4"]),
    ("class I antiarrhythmic drugs", ["class 1..1"]),
    ("grade x", []),
    ("Grade I am", []),
    ("stage of disease", []),
    ("high-grade dysplasia", []),
    ("a class of drugs", []),
    ("stages of change", []),
    ("upgrade 3", []),
]


def said(grade: Grade) -> str:
    if grade.range is None:
        return " ".join((grade.kind, *grade.values))
    low, high = grade.range.low, grade.range.high
    if low is not None and high is not None:
        return f"{grade.kind} {low}..{high}"
    side = ">" if low is not None else "<"
    inclusive = grade.range.low_inclusive if low is not None else grade.range.high_inclusive
    return f"{grade.kind} {side}{'=' if inclusive else ''}{low if low is not None else high}"


@pytest.mark.parametrize(("text", "grades"), CASES)
def test_nlp_grades(nlp: Language, text: str, grades: list[str]) -> None:
    doc = nlp(text)
    assert [said(span._.trial) for span in doc.spans[GRADES]] == grades
