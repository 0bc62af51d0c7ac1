"""Whether a fact on record is what an atom names: codes first, then the caller's word, then names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from parser.matching.kleene import Truth
from parser.models.values import Concept
from parser.normalize.concepts import concept_name
from parser.vocabulary.biomarkers import biomarker
from parser.vocabulary.measurements import measured

#: Tells whether the first concept is a kind of the second; None where that is not known.
IsA = Callable[[Concept, Concept], Truth]

_NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def same_name(text: str) -> str:
    """Return what names of the same thing share: spelling, number and signs do not matter."""
    return _plain(concept_name(text))


@lru_cache(maxsize=8192)
def measurement_name(text: str) -> str:
    """Return what names of the same measurement share ("ANC", "absolute neutrophil count")."""
    known = measured(text)
    return known.name.lower() if known else same_name(text)


@lru_cache(maxsize=8192)
def same_marker(text: str) -> str:
    """Return what names of the same gene or marker share."""
    known = biomarker(text)
    return _NO_LETTER.sub("", (known.marker if known else text).lower())


def same_words(text: str) -> str:
    """Return what writings of the same words share: case, blanks and signs do not matter."""
    return _plain(text.lower())


def _plain(text: str) -> str:
    """Return words with blanks for signs; what is all signs (`+`) as it is."""
    return _NO_LETTER.sub(" ", text).strip() or " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Concepts:
    """Compares concepts.

    Attributes:
        is_a: The caller's knowledge of what is a kind of what; without, only same codes and same names match.
        kinds: Names, specific and general, that a rule itself says to be kinds of each other.
    """

    is_a: IsA | None = None
    kinds: frozenset[tuple[str, str]] = frozenset()

    def with_kinds(self, specific: list[Concept], general: Concept) -> Concepts:
        """Return the same, knowing that some concepts are kinds of another."""
        pairs = {(_name(each), _name(general)) for each in specific}
        return replace(self, kinds=self.kinds | pairs) if pairs else self

    def matches(self, recorded: Concept, asked: Concept, *, measurement: bool = False) -> Truth:
        """Tell whether what is on record is what is asked for.

        What is recorded less exactly than asked (`malignancy`, where `lymphoma` is asked for) may be it or not. What
        no one says to be the same or a kind of it is another thing.
        """
        kind = self._is_kind(recorded, asked, measurement)
        if kind is not False:
            return kind
        return None if self._is_kind(asked, recorded, measurement) is not False else False

    def covers(self, absent: Concept, asked: Concept) -> bool:
        """Tell whether something known to be absent takes what is asked for with it: it is that, or more general."""
        return self._is_kind(asked, absent, False) is True

    def _is_kind(self, specific: Concept, general: Concept, measurement: bool) -> Truth:
        same = _same_codes(specific, general)
        if same or (same is None and _name(specific, measurement) == _name(general, measurement)):
            return True
        if (_name(specific), _name(general)) in self.kinds:
            return True
        return False if self.is_a is None else self.is_a(specific, general)


def _name(concept: Concept, measurement: bool = False) -> str:
    text = concept.name or concept.text
    return measurement_name(text) if measurement else same_name(text)


def _same_codes(one: Concept, other: Concept) -> bool | None:
    """Tell whether two concepts share a code; None where no terminology has codes for both."""
    mine, theirs = _codes(one), _codes(other)
    if not {system for system, _ in mine} & {system for system, _ in theirs}:
        return None
    return bool(mine & theirs)


def _codes(concept: Concept) -> set[tuple[str, str]]:
    return {(_NO_LETTER.sub("", code.system.lower()), code.code) for code in concept.codes}
