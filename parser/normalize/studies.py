"""Kinds of study, and the words of a design: allocation, masking, purpose, model."""

from __future__ import annotations

import re

from parser.models.trial import StudyType
from parser.normalize.absence import absent_reason

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
# Enums of application interfaces: `SINGLE_GROUP`, `RANDOMIZED_CONTROLLED_TRIAL`.
_ENUM = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_ACRONYMS = frozenset({"NA", "US", "FDA", "EU", "RCT", "IPD", "NIH"})


def read_study_type(words: str) -> StudyType | None:
    """Return the kind of study that the words of its field name; None where they name none that is known."""
    if len(words) > _LONGEST:
        return None
    return _VALUES.get(" ".join(_APART.split(words.casefold())).strip(" .:;"))


def design_words(words: str) -> str | None:
    """Return the source's words for a part of a design in normal case; None where they say that there is none.

    `RANDOMIZED_CONTROLLED_TRIAL` becomes `Randomized controlled trial`; what is no enum stays as written.
    """
    plain = " ".join(words.split())
    # "None" is a masking (open label), and no missing value.
    if plain.casefold() != "none" and absent_reason(plain) is not None:
        return None
    if not _ENUM.fullmatch(plain) or plain in _ACRONYMS:
        return plain
    return plain.replace("_", " ").capitalize()
