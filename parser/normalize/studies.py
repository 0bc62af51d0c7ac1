"""Kinds of study."""

from __future__ import annotations

import re

from parser.models.trial import StudyType

#: Value to the words for it, casefolded, dashes and underscores as blanks. `other` holds the kinds of ChiCTR and UMIN
#: that name a purpose and leave open whether anything is done to participants.
STUDY_TYPE_WORDS: dict[StudyType, tuple[str, ...]] = {
    "interventional": (
        "interventional",
        "interventional study",
        "interventional studies",
        "interventional trial",
        "interventional clinical trial",
        "interventional clinical trial of medicinal product",
        "interventional clinical trials",
        "intervention",
        "intervention study",
        "clinical trial",
        "treatment study",
        "ba/be",
    ),
    "observational": (
        "observational",
        "observational study",
        "observational studies",
        "observational trial",
        "observational patient registry",
        "observational non invasive",
        "observational invasive",
        "non interventional",
        "non interventional study",
        "patient registry",
        "epidemiological research",
        "epidemilogical research",
        "epidemiology",
        "cohort study",
        "case control study",
    ),
    "expanded_access": ("expanded access", "expanded access program", "compassionate use"),
    "other": (
        "basic science",
        "cause",
        "cause/relative factors study",
        "diagnostic test",
        "health services research",
        "health services reaserch",
        "other",
        "others",
        "others,meta analysis etc",
        "pms",
        "post marketing surveillance",
        "prevention",
        "prognosis study",
        "screening",
    ),
}
_VALUES = {words: value for value, forms in STUDY_TYPE_WORDS.items() for words in forms}
_APART = re.compile(r"[\s_\[\]()‐‑–-]+")
_LONGEST = 80


def read_study_type(words: str) -> StudyType | None:
    """Return the kind of study that the words of its field name; None where they name none that is known."""
    if len(words) > _LONGEST:
        return None
    return _VALUES.get(" ".join(_APART.split(words.casefold())).strip(" .:;"))
