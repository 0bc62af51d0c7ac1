"""Looking names up in the index of an OMOP vocabulary download.

A name is looked for as it is, then by its words in any order, then with misspelled words mended, then with other
word endings; the first way that finds a concept of the domain asked for ends the search.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any, NamedTuple

from parser.errors import UsageError
from parser.models.values import Code
from parser.vocabulary.index import FORMAT
from parser.vocabulary.interface import Domain
from parser.vocabulary.keys import bag, edits, key, likeness

#: How Athena names terminologies, and how records do.
SYSTEMS = {
    "SNOMED": "SNOMED CT",
    "MeSH": "MeSH",
    "ICD10": "ICD-10",
    "ICD10CM": "ICD-10-CM",
    "ICD9CM": "ICD-9-CM",
}
#: The system of OMOP's own concept ids, which tables of patient data in that model use.
OMOP = "OMOP"

#: Domains in which the answer to a question may lie, the best first: findings are filed under several.
_KIN: dict[str, tuple[str, ...]] = {
    "Condition": ("Condition", "Observation"),
    "Measurement": ("Measurement", "Observation"),
    "Observation": ("Observation", "Condition", "Measurement", "Procedure"),
}

#: How a name was found, the surest first.
EXACT, REORDERED, MENDED, STEM = range(4)

#: Where several concepts of one domain answer, the one of the terminology that OMOP prefers there comes first.
_PREFERRED = ("SNOMED", "RxNorm", "LOINC", "RxNorm Extension", "CVX", "ICDO3", "OMOP Extension")

_SHORTEST_MENDED = 4
_MOST_MENDINGS = 4
_MOST_SPELLINGS = 24
#: Letters at a word's end that may differ, the fewest that may not, and how alike the whole names must be.
_ENDING, _STEM, _ALIKE = 4, 4, 0.7

#: A hit's fields as the index has them, all but the way.
_Row = tuple[Any, ...]
_FIELDS = "concept.id, concept.name, domain, vocabulary, code, standard, tier"


class Hit(NamedTuple):
    """A concept that a name may mean.

    Attributes:
        id: OMOP's concept id.
        name: Its own name.
        domain: OMOP's domain.
        vocabulary: Its terminology, as Athena names it.
        code: In that terminology.
        standard: Whether OMOP counts it as standard.
        tier: Which of the concept's names it was: 0 its own, higher for synonyms and names that map to it.
        way: `EXACT`, `REORDERED`, `MENDED` or `STEM`.
    """

    id: int
    name: str
    domain: str
    vocabulary: str
    code: str
    standard: bool
    tier: int
    way: int

    def as_code(self) -> Code:
        """Return the code in its terminology."""
        return Code(system=SYSTEMS.get(self.vocabulary, self.vocabulary), code=self.code, display=self.name)


class AthenaVocabulary:
    """The names and codes of an OMOP vocabulary download, from the index that `build_index` made of it.

    Args:
        path: The index.

    Raises:
        UsageError: The file is no such index, or was built by another version.

    Example:
        >>> vocabulary = AthenaVocabulary("athena.sqlite")  # doctest: +SKIP
        >>> vocabulary.lookup("heart attack", domain="Condition")[0]  # doctest: +SKIP
        Code(system='SNOMED CT', code='22298006', display='Myocardial infarction')
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._database = _opened(self.path)
        self._found = lru_cache(maxsize=50_000)(self._search)

    def __reduce__(self) -> tuple[type[AthenaVocabulary], tuple[Path]]:
        return AthenaVocabulary, (self.path,)

    def lookup(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        """Return the codes of the concepts that the name may mean, the best first."""
        return list(dict.fromkeys(hit.as_code() for hit in self.search(name, domain=domain)))

    def codes(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        """Return the code of the concept that the name means, with its OMOP id; none where several might be meant.

        Sure is a name that, but for spelling and the order of its words, is one of the concept's own, and whose
        concept lies in the domain asked for.
        """
        hits = self.search(name, domain=domain)
        if not hits or hits[0].way == STEM or (domain and hits[0].domain not in _KIN.get(domain, (domain,))):
            return []
        best = hits[0]
        if len(hits) > 1 and hits[1].id != best.id and _rank(hits[1], domain)[:4] == _rank(best, domain)[:4]:
            return []
        return [best.as_code(), Code(system=OMOP, code=str(best.id), display=best.name)]

    def search(self, name: str, *, domain: Domain | None = None) -> list[Hit]:
        """Return the concepts that the name may mean, ranked by domain, way, standard, tier and terminology."""
        return list(self._found(name, domain))

    def _search(self, name: str, domain: Domain | None) -> tuple[Hit, ...]:
        words = key(name)
        best: dict[int, Hit] = {}
        for way, find in enumerate((self._by_key, self._by_bag, self._by_mended, self._by_stem)):
            for row in find(words) if words else ():
                hit = Hit._make((*row, way))
                if hit.id not in best or _rank(hit, domain) < _rank(best[hit.id], domain):
                    best[hit.id] = hit
            if any(domain is None or hit.domain == domain for hit in best.values()):
                break
        return tuple(sorted(best.values(), key=lambda hit: _rank(hit, domain)))

    # --- four ways to find a name --------------------------------------------------------------------------------

    def _by_key(self, words: str) -> list[_Row]:
        return self._select("label.key = ?", words)

    def _by_bag(self, words: str) -> list[_Row]:
        return self._select("label.bag = ?", bag(words))

    def _by_mended(self, words: str) -> list[_Row]:
        """Find the names that differ by a misspelling of words that no name has."""
        choices = [self._spellings(word) for word in words.split()]
        for spelling in islice(product(*choices), _MOST_SPELLINGS):
            mended = " ".join(spelling)
            if mended != words and (rows := self._by_key(mended) or self._by_bag(mended)):
                return rows
        return []

    def _spellings(self, word: str) -> list[str]:
        """Return the known words nearest to a word, the nearest first; the word itself where it is known."""
        known = self._database.execute("SELECT 1 FROM word WHERE text = ?", (word,)).fetchone()
        if known or len(word) < _SHORTEST_MENDED or not word.isalpha():
            return [word]
        most = 1 if len(word) < 8 else 2
        near = [(edits(word, other, most), other) for other in self._alike(word, most)]
        return [other for distance, other in sorted(near) if distance <= most][:_MOST_MENDINGS] or [word]

    def _alike(self, word: str, most: int) -> Iterator[str]:
        grams = " OR ".join(f'"{word[at : at + 3]}"' for at in range(len(word) - 2))
        rows = self._database.execute(
            "SELECT word.text FROM gram JOIN word ON word.id = gram.rowid WHERE gram MATCH ? "
            "AND length(word.text) BETWEEN ? AND ? AND substr(word.text, 1, 1) = ?",
            (grams, len(word) - most, len(word) + most, word[0]),
        )
        return (text for (text,) in rows if text.isalpha())

    def _by_stem(self, words: str) -> list[_Row]:
        """Find the names whose words differ in their endings only ("renal transplant", "renal transplantation")."""
        parts = words.split()
        if not any(_is_stemmed(word) for word in parts):
            return []
        query = " AND ".join(f'"{_stem(word)}"*' if _is_stemmed(word) else f'"{word}"' for word in parts)
        rows = self._database.execute(
            f"SELECT {_FIELDS}, label.key FROM stem JOIN label ON label.id = stem.rowid "
            "JOIN concept ON concept.id = label.concept WHERE stem MATCH ? LIMIT 200",
            (query,),
        ).fetchall()
        return [row[:-1] for row in rows if len(row[-1].split()) == len(parts) and likeness(words, row[-1]) >= _ALIKE]

    def _select(self, where: str, value: str) -> list[_Row]:
        sql = f"SELECT {_FIELDS} FROM label JOIN concept ON concept.id = label.concept WHERE {where} LIMIT 200"
        return self._database.execute(sql, (value,)).fetchall()


def _is_stemmed(word: str) -> bool:
    return word.isalpha() and len(word) > _STEM


def _stem(word: str) -> str:
    return word[: max(_STEM, len(word) - _ENDING)]


def _rank(hit: Hit, domain: Domain | None) -> tuple[int | str, ...]:
    """Return what hits are sorted by: domain, way, standard, tier, terminology; the id makes the order total."""
    kin = _KIN.get(domain or "", (domain,) if domain else ())
    preferred = _PREFERRED.index(hit.vocabulary) if hit.vocabulary in _PREFERRED else len(_PREFERRED)
    place = kin.index(hit.domain) if hit.domain in kin else len(kin)
    return place, hit.way, not hit.standard, hit.tier, preferred, len(hit.name), hit.id


def _opened(path: Path) -> sqlite3.Connection:
    """Open an index for reading.

    The file never changes once it is built, so several threads and processes may read it at a time.
    """
    if not path.is_file():
        raise UsageError(f"Expected the index of a vocabulary in {path}; found no file. {_HOW}")
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    format = None
    with suppress(sqlite3.Error):
        row = database.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
        format = row[0] if row else None
    if format != FORMAT:
        database.close()
        found = "something else" if format is None else f"format {format}"
        raise UsageError(f"Expected the index of a vocabulary, format {FORMAT}, in {path}; found {found}. {_HOW}")
    return database


_HOW = "Build it with `trial-parser vocabulary build DIR -o FILE`."
