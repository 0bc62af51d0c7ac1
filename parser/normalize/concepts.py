"""Concept names: lower case, singular.

Only the last word is made singular, by English spelling; words that look plural and are not (diabetes, sepsis,
ascites) are data.
"""

from __future__ import annotations

import re

#: Singular nouns that end in s, and plurals that have no regular singular.
IRREGULAR: dict[str, str] = {
    **{
        word: word
        for word in (
            "aids ascites diabetes measles mumps rabies scabies herpes rickets hives caries facies pancreas "
            "series species tics biceps triceps forceps gas mass access process abscess loss stress distress "
            "illness weakness blindness deafness alopecias lens pus ebv gas always previous".split()
        )
    },
    "alopecias": "alopecia",
    "metastases": "metastasis",
    "diagnoses": "diagnosis",
    "prostheses": "prosthesis",
    "biopsies": "biopsy",
    "diseases": "disease",
    "bruises": "bruise",
    "indices": "index",
    "vertebrae": "vertebra",
    "criteria": "criterion",
    "bacteria": "bacterium",
    "women": "woman",
    "men": "man",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "thrombi": "thrombus",
    "emboli": "embolus",
    "calculi": "calculus",
    "vaccines": "vaccine",
    "medicines": "medicine",
    "viruses": "virus",
    "relapses": "relapse",
    "abuses": "abuse",
}

_ENDINGS: tuple[tuple[str, str], ...] = (
    ("itides", "itis"),
    ("omata", "oma"),
    ("oses", "osis"),
    ("yses", "ysis"),
    ("eses", "esis"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ies", "y"),
)
_KEPT = ("ss", "us", "is", "ys")
_LAST_WORD = re.compile(r"[^\W\d_]+$")


def concept_name(text: str) -> str:
    """Return the normalised name of a concept written as `text`.

    Examples:
        >>> concept_name("Neuropsychiatric  Disorders"), concept_name("sepsis")
        ('neuropsychiatric disorder', 'sepsis')
    """
    name = " ".join(text.split()).lower()
    last = _LAST_WORD.search(name)
    if last is None:
        return name
    return name[: last.start()] + singular(last.group())


def singular(word: str) -> str:
    """Return the singular of an English noun in lower case; other words come back as they are."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    for plural, ending in _ENDINGS:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + ending
    if len(word) > 3 and word.endswith("s") and not word.endswith(_KEPT):
        return word[:-1]
    return word
