"""Concept names: lower case, singular, American spelling, abbreviations written out.

"COPDs", "chronic obstructive pulmonary disease (COPD)" and "Chronic Obstructive Pulmonary Diseases" have one name.
Singular are the last word and the one that an "of" or "with" explains ("metastases of the liver").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from parser.normalize.abbreviations import long_form, unambiguous
from parser.normalize.spelling import american, singular

__all__ = ["concept_name", "singular"]

#: Signs that are written in several ways.
_SIGNS = str.maketrans({"’": "'", "‘": "'", "´": "'", "–": "-", "‐": "-", "‑": "-", "−": "-"})
_MAYBE_PLURAL = re.compile(r"\((?:s|es)\)")
_ARTICLES = re.compile(r"\A(?:(?:the|an?|any)\s+)+", re.IGNORECASE)
#: A short word in brackets at the end, or after the words it abbreviates.
_BRACKET = re.compile(r"(?<!\s)\s*[(\[]\s*([\w/+.-]{2,12})\s*[)\]]")
_SHORT = re.compile(r"[^\W_][\w+]*(?:-[\w+]+)*")
#: Characters before a bracket among which the words are that it may abbreviate.
_LONGEST_BEFORE = 400
_EDGES = ' \t\n.,;:"“”*•'
#: Longest word in capitals that is an abbreviation and not a shouted word.
_LONGEST_SHORT = 6
_WORD = re.compile(r"[^\W\d_]+")
_EXPLAINED = re.compile(
    r"(?<![^\W\d_])([^\W\d_]++)(?=\s(?:of|in|to|with|for|due|by|from|at|on|during|without|caused|requiring|involving|affecting)\s)"
)
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++$")


def concept_name(text: str, meanings: Mapping[str, str] | None = None) -> str:
    """Return the normalised name of a concept written as `text`.

    Args:
        text: Its words.
        meanings: What abbreviations mean where it stands (`abbreviations.meanings`); without, only those of the
            table that mean one thing everywhere are written out.

    Examples:
        >>> concept_name("Neuropsychiatric  Disorders"), concept_name("sepsis"), concept_name("severe anaemias")
        ('neuropsychiatric disorder', 'sepsis', 'severe anemia')
        >>> concept_name("T2DM"), concept_name("MS"), concept_name("MS", {"MS": "multiple sclerosis"})
        ('type 2 diabetes mellitus', 'ms', 'multiple sclerosis')
    """
    return _plain_name(text) if meanings is None else _name(text, meanings)


def may_abbreviate(text: str, shorts: Iterable[str]) -> bool:
    """Tell whether any of some abbreviations may stand in a text; where none does, what they mean changes no name."""
    # other signs are written as ASCII first, and "(s)" goes, before abbreviations are looked for
    return not text.isascii() or "s)" in text or any(short in text for short in shorts)


@lru_cache(maxsize=8192)
def _plain_name(text: str) -> str:
    return _name(text, unambiguous())


def _name(text: str, known: Mapping[str, str]) -> str:
    clean = _MAYBE_PLURAL.sub("", " ".join(text.translate(_SIGNS).split())).strip(_EDGES)
    clean = _ARTICLES.sub("", clean)
    if _is_shouted(clean):
        clean = clean.lower()
    clean = _BRACKET.sub(lambda found: _without_repetition(found, known), clean)
    return _in_singular(_SHORT.sub(lambda found: _written_out(found[0], known), clean))


def _is_shouted(text: str) -> bool:
    """Tell whether a phrase is in capitals throughout, where they mark no abbreviation ("ALL MALIGNANCIES")."""
    return text.isupper() and " " in text and any(len(word) > _LONGEST_SHORT for word in text.split())


def _without_repetition(bracket: re.Match[str], known: Mapping[str, str]) -> str:
    """Drop a bracket that only abbreviates the words before it."""
    start, short = bracket.start(), bracket[1]
    before = bracket.string[max(0, start - _LONGEST_BEFORE) : start]
    known_as = short in known and american(before.lower()).endswith(known[short])
    return "" if known_as or long_form(before, short) is not None else bracket[0]


def _written_out(word: str, known: Mapping[str, str]) -> str:
    """Return what an abbreviation stands for, also of its plural ("NSAIDs"); other words as they are."""
    if word in known:
        return known[word]
    if len(word) > 2 and word.endswith("s") and word[:-1] in known:
        return known[word[:-1]]
    return word


def _in_singular(text: str) -> str:
    """Make the head noun and the last word singular, and all lower case."""
    words = american(_EXPLAINED.sub(lambda found: _singular_noun(found[0]), text, count=1))
    name = _LAST_WORD.sub(lambda found: _singular_noun(found[0]), words)
    return american(name.lower())


def _singular_noun(word: str) -> str:
    if len(word) <= _LONGEST_SHORT and word.isupper():
        return word.lower()
    if word[:-1].isupper() and word.endswith("s"):
        return word[:-1].lower()
    return singular(american(word.lower()))
