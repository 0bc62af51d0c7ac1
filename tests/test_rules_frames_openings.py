"""A frame that is passed over for the kinds of unit ahead would have read nothing there."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser.models.eligibility import CriterionKind
from parser.rules.context import Context
from parser.rules.frames.openings import OPENINGS, Frame, read_first
from parser.rules.grammar import read_list
from parser.rules.units import Cursor, Unit, units
from parser.text import TracedText

#: Criteria of every frame, and mixtures of them.
CRITERIA = (
    "Age 18 to 65 years",
    "Male or female patients aged between 18 and 75 years (inclusive)",
    "Women ≥ 50 years old, or < 18 years of age",
    "Signed informed consent; poor compliance with the study protocol",
    "Pregnant or breastfeeding women, or women planning pregnancy within 6 months",
    "Known hypersensitivity or severe adverse reaction to aspirin, or to any of its excipients",
    "NYHA class III or IV heart failure; stage IIIB lung cancer",
    "New York Heart Association (NYHA) class III or IV",
    "Hypersensitivity to penicillin",
    "Modified Rankin Scale score 0, 2 or 5",
    "Hemoglobin ≥ 9 g/dL, platelets > 100 x 10^9/L and ALT or AST ≤ 2.5 x ULN",
    "Systolic blood pressure (BP) > 160 mmHg or diastolic blood pressure > 100 mmHg within 7 days",
    "ECOG performance status 0, 1 or 2",
    "A score of at least 24 on the Mini-Mental State Examination (MMSE)",
    "A reduction of ≥ 20 % in the forced expiratory volume",
    "At least 2 prior lines of systemic chemotherapy within 12 months",
    "More than 14 alcoholic drinks per week",
    "Negative pregnancy test within 7 days before randomization; hepatitis B surface antigen positive",
    "History of severe acute or chronic pancreatitis, except gallstone pancreatitis, within 5 years",
    "No known or suspected malignancy (e.g., melanoma, lymphoma) requiring surgery",
    "28 to 32 weeks of gestation",
    "Grip strength (< 26 kg in men; < 18 kg in women)",
    "HER2-positive breast cancer, EGFR mutation, no ALK rearrangement",
    "BRCA1 mutation",
    "Philadelphia chromosome positive ALL",
    "Current smokers; able to swallow tablets; hospitalization for heart failure within 3 months",
    "At least 4 weeks since prior chemotherapy (6 weeks for nitrosoureas)",
    "More than 2 weeks since the last dose of steroids; at least 3 months of stable statin therapy",
    "Duration of diabetes of at least 1 year",
    "Hemoglobin: males ≥ 13 g/dL, females ≥ 12 g/dL",
    "Toxicities resolved to grade ≤ 1 at enrolment",
    "Adults of legal age in their country",
    "patients who, of the opinion, 3 : ; ( ) [",
)


@pytest.fixture(scope="module")
def rows(nlp: Language) -> list[tuple[str, list[Unit]]]:
    """Each criterion with its units."""
    return [(text, units(nlp(text))) for text in CRITERIA]


def _context(text: str, kind: CriterionKind) -> Context:
    return Context(kind=kind, text=TracedText.of(text), read_list=read_list)


def _reads(frame: Frame, text: str, row: list[Unit], at: int, kind: CriterionKind) -> bool:
    cursor = Cursor(row)
    cursor.at = at
    return frame(cursor, _context(text, kind)) is not None


def _is_tried(frame: Frame, row: list[Unit], at: int) -> bool:
    opening = OPENINGS[frame]
    ahead = Cursor(row)
    ahead.at = at
    begins = at < len(row) and (not opening.first or row[at].kind in opening.first)
    return begins and (not opening.needed or ahead.has_ahead(opening.needed))


@pytest.mark.parametrize("kind", ["inclusion", "exclusion"])
@pytest.mark.parametrize("frame", OPENINGS, ids=lambda frame: frame.__name__)
def test_openings_turn_no_frame_away_that_would_read(
    frame: Frame, kind: CriterionKind, rows: list[tuple[str, list[Unit]]]
) -> None:
    places = [(text, row, at) for text, row in rows for at in range(len(row) + 1)]
    read = [place for place in places if _reads(frame, *place, kind)]
    assert read, "a frame that reads none of the criteria is not tested"
    assert [place for place in read if not _is_tried(frame, place[1], place[2])] == []


def test_openings_try_a_frame_without_a_row(rows: list[tuple[str, list[Unit]]]) -> None:
    tried: list[int] = []

    def newcomer(cursor: Cursor, context: Context) -> None:
        tried.append(cursor.at)
        cursor.at += 1

    text, row = rows[0]
    cursor = Cursor(row)
    assert read_first((newcomer,), cursor, _context(text, "inclusion")) is None
    assert (tried, cursor.at) == ([0], 0)
