"""Reading a vocabulary download of OHDSI Athena: tab-separated tables without quoting.

Tables and columns are those of the OMOP Common Data Model v5.4, "Standardized Vocabularies".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from parser.errors import UnreadableInputError

CONCEPT = "CONCEPT.csv"
SYNONYM = "CONCEPT_SYNONYM.csv"
RELATIONSHIP = "CONCEPT_RELATIONSHIP.csv"

_ENGLISH = "4180186"
_MAPS_TO = "Maps to"


class ConceptRow(NamedTuple):
    """A row of `CONCEPT.csv`."""

    id: int
    name: str
    domain: str
    vocabulary: str
    code: str
    standard: bool
    valid: bool


def check(folder: Path) -> None:
    """Check that a folder holds the three tables with their columns, before hours are spent on them.

    Raises:
        UnreadableInputError: A table or one of its columns is missing.
    """
    for table in (concepts, synonyms, mappings):
        next(table(folder), None)


def concepts(folder: Path) -> Iterator[ConceptRow]:
    """Yield the concepts of a download."""
    path = folder / CONCEPT
    columns = tuple(
        "concept_id concept_name domain_id vocabulary_id concept_code standard_concept invalid_reason".split()
    )
    for id, name, domain, vocabulary, code, standard, invalid in _rows(path, columns):
        yield ConceptRow(_number(id, path), name, domain, vocabulary, code, standard == "S", not invalid)


def synonyms(folder: Path) -> Iterator[tuple[int, str]]:
    """Yield the English synonyms of a download: the concept's id, and the name."""
    columns = ("concept_id", "concept_synonym_name", "language_concept_id")
    for id, name, language in _rows(folder / SYNONYM, columns):
        if language == _ENGLISH:
            yield _number(id, folder / SYNONYM), name


def mappings(folder: Path) -> Iterator[tuple[int, int]]:
    """Yield the valid "Maps to" of a download: the ids of a concept, and of the standard one that says the same."""
    columns = ("concept_id_1", "concept_id_2", "relationship_id", "invalid_reason")
    for one, other, relationship, invalid in _rows(folder / RELATIONSHIP, columns):
        if relationship == _MAPS_TO and not invalid and one != other:
            yield _number(one, folder / RELATIONSHIP), _number(other, folder / RELATIONSHIP)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield the wanted columns of a table's rows; quotation marks are part of the values."""
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            header = file.readline().rstrip("\r\n").split("\t")
            places = _places(path, [name.strip().lower() for name in header], columns)
            for number, line in enumerate(file, 2):
                cells = line.rstrip("\r\n").split("\t")
                if len(cells) < len(header):
                    if not line.strip():
                        continue
                    raise UnreadableInputError(
                        f"Expected {len(header)} columns in line {number} of {path.name}; found {len(cells)}. "
                        "The table may have been cut off or edited; download it again."
                    )
                yield [cells[place].strip() for place in places]
    except FileNotFoundError:
        raise UnreadableInputError(
            f"Expected {path.name} in {path.parent}; found none. Give the folder of an unpacked Athena download "
            f"({CONCEPT}, {SYNONYM}, {RELATIONSHIP})."
        ) from None
    except UnicodeDecodeError as error:
        raise UnreadableInputError(
            f"Expected {path.name} in UTF-8; found {error.reason}. Download it again."
        ) from error


def _places(path: Path, header: list[str], columns: tuple[str, ...]) -> list[int]:
    missing = [column for column in columns if column not in header]
    if missing:
        raise UnreadableInputError(
            f"Expected the columns {', '.join(columns)} in {path.name}, separated by tabs; "
            f"{', '.join(missing)} missing. Use the tables as they are downloaded."
        )
    return [header.index(column) for column in columns]


def _number(text: str, path: Path) -> int:
    try:
        return int(text)
    except ValueError:
        raise UnreadableInputError(f"Expected concept ids in {path.name}; found '{text[:40]}'.") from None
