"""Genes and markers by name: `biomarker("HER-2/neu")` is ERBB2.

The names are data: `biomarkers.tsv`, whose first lines say how to read it. It is read once, when first asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from parser.vocabulary.names import WEAK, plain, read_table, words_of


@dataclass(frozen=True, slots=True)
class Marker:
    """A gene or another marker that criteria require or forbid.

    Attributes:
        marker: The gene's symbol (HGNC), or the marker's usual name.
        kind: `gene`, `fusion`, `cytogenetic` or `marker`.
        names: How criteria write it; `~` before one that is a word, a disease or another abbreviation as well.
    """

    marker: str
    kind: str
    names: tuple[str, ...]


#: Words after a name that say what of the marker is asked, not which marker it is.
_ASPECTS = frozenset(
    """
    mutation mutations mutated mutant mutants alteration alterations altered aberration aberrations variant variants
    amplification amplifications amplified deletion deletions deleted loss rearrangement rearrangements rearranged
    translocation translocations fusion fusions overexpression overexpressing expression expressing expressor
    methylation methylated unmethylated positive negative positivity negativity wild wildtype type high low status gene
    genes protein proteins oncogene exon activating sensitizing sensitising germline somatic pathogenic score test
    """.split()
)
_SIGNS = "+-−"
#: A variant of a protein: "V600E", "G12C".
_VARIANT = re.compile(r"[a-z]\d{1,4}[a-z*]")


@cache
def markers() -> tuple[Marker, ...]:
    """Return all markers, in the order of the file."""
    rows = read_table("biomarkers.tsv")
    return tuple(Marker(marker, kind, tuple(names.split("|"))) for marker, kind, names in rows)


@cache
def _by_words() -> dict[tuple[str, ...], tuple[str, bool, Marker]]:
    """Return by the words of a name: the name if it counts only as written, whether it is weak, and its marker."""
    found: dict[tuple[str, ...], tuple[str, bool, Marker]] = {}
    for row in markers():
        for name, words in zip(row.names, plain("|".join(row.names)).split("|"), strict=True):
            written = name.removeprefix(WEAK)
            as_written = written if written != written.lower() else ""
            found.setdefault(_joined(words.split()), (as_written, name.startswith(WEAK), row))
    return found


def _joined(words: list[str]) -> tuple[str, ...]:
    """Return a name's words as one: "PD-L1", "PD L1" and "PDL1" are the same."""
    return ("".join(words),)


@lru_cache(maxsize=4096)
def biomarker(text: str) -> Marker | None:
    """Return the marker that the words name; None when they name none.

    Case, blanks and hyphens do not matter, nor do words that say what of it is asked ("mutation", "positive", "G12C").
    Names that are words otherwise count only as written ("MET", not "met"); see `needs_context`.

    Examples:
        >>> biomarker("HER2-positive").marker, biomarker("PD-L1 expression").marker, biomarker("BCR::ABL1").marker
        ('ERBB2', 'CD274', 'BCR-ABL1')
        >>> biomarker("met"), biomarker("shoe")
        (None, None)
    """
    entry = _entry(text)
    return None if entry is None else entry[2]


@lru_cache(maxsize=4096)
def needs_context(text: str) -> bool:
    """Tell whether a name of a marker is something else as well (MET, ER, PR), so that the words around must say it.

    Examples:
        >>> needs_context("ER"), needs_context("estrogen receptor")
        (True, False)
    """
    entry = _entry(text)
    return entry is not None and entry[1]


def _entry(text: str) -> tuple[str, bool, Marker] | None:
    """Look a name up, whole and then without the words around it."""
    bare = text.strip()
    words = list(words_of(bare))
    first = next((at for at, word in enumerate(words) if not _is_aspect(word)), len(words))
    last = next((at for at in range(len(words), first, -1) if not _is_aspect(words[at - 1])), first)
    cuts = [(start, end) for start in range(first + 1) for end in range(last, len(words) + 1) if start < end]
    for start, end in sorted(cuts, key=lambda cut: cut[0] - cut[1]):
        entry = _known(words[start:end], bare)
        if entry is not None:
            return entry
    return None


def _is_aspect(word: str) -> bool:
    return word.rstrip(_SIGNS) in _ASPECTS or _VARIANT.fullmatch(word) is not None


def _known(words: list[str], text: str) -> tuple[str, bool, Marker] | None:
    for joined in (_joined(words), ("".join(words).rstrip(_SIGNS),)):
        entry = _by_words().get(joined)
        if entry is not None and entry[0] in text:
            return entry
    return None
