"""Vocabulary downloads: the index built of one, and names looked up in it."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from parser.errors import UnreadableInputError, UsageError
from parser.models.values import Code
from parser.vocabulary import AthenaVocabulary, Vocabulary, build_index
from parser.vocabulary.athena import EXACT, MENDED, REORDERED, STEM
from parser.vocabulary.interface import Domain
from parser.vocabulary.keys import bag, edits, key, likeness
from tests.athena_sample import write_download

INFARCTION, COPD, TYPE_2, TYPE_1, BREAST = 4329847, 255573, 201826, 201254, 4112853
HIGH, LOW, ANEMIA, METFORMIN, KIDNEY, HBA1C = 316866, 317002, 439777, 1503297, 42536529, 3004410


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("athena")
    target = folder / "index.sqlite"
    build_index(write_download(folder / "download"), target)
    return target


@pytest.fixture(scope="module")
def athena(index: Path) -> AthenaVocabulary:
    return AthenaVocabulary(index)


# --- looking up ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "domain", "concept", "way"),
    [
        # As it is: case, number, British spelling and abbreviations aside; synonyms count.
        ("Myocardial infarction", "Condition", INFARCTION, EXACT),
        ("HEART ATTACK", "Condition", INFARCTION, EXACT),
        ("heart attacks", None, INFARCTION, EXACT),
        ("COPD", "Condition", COPD, EXACT),
        ("Chronic obstructive pulmonary disease (COPD)", "Condition", COPD, EXACT),
        ("anaemia", "Condition", ANEMIA, EXACT),
        ("T2DM", None, TYPE_2, EXACT),
        ("HbA1c", "Measurement", HBA1C, EXACT),
        # By its words in another order.
        ("diabetes mellitus, type 2", "Condition", TYPE_2, REORDERED),
        ("breast carcinoma", "Condition", BREAST, REORDERED),
        ("kidney transplantation", "Procedure", KIDNEY, REORDERED),
        # Misspelled.
        ("myocardial infraction", "Condition", INFARCTION, MENDED),
        ("diabetis mellitus type 2", "Condition", TYPE_2, MENDED),
        ("hypertention", "Condition", HIGH, MENDED),
        ("metformine", "Drug", METFORMIN, MENDED),
        # With other endings.
        ("renal transplant", "Procedure", KIDNEY, STEM),
        # A name of a concept that is not standard leads to the one that it maps to.
        ("Heart attack, unspecified", "Condition", INFARCTION, EXACT),
        ("Infarctus of myocardium", None, INFARCTION, EXACT),
        ("unmapped syndrome", None, 900012, EXACT),
        # Quotation marks are part of names.
        ("the alien hand syndrome", None, 900014, EXACT),
    ],
)
def test_vocabulary_athena_finds_a_name(
    athena: AthenaVocabulary, name: str, domain: Domain | None, concept: int, way: int
) -> None:
    best = athena.search(name, domain=domain)[0]
    assert (best.id, best.way) == (concept, way)


@pytest.mark.parametrize(
    "name", ["", "  ", "?!", "shoe size", "Herzinfarkt", "Forgotten fever", '" OR 1=1 --', "x" * 500]
)
def test_vocabulary_athena_knows_nothing_of_other_names(athena: AthenaVocabulary, name: str) -> None:
    assert athena.search(name) == []
    assert athena.lookup(name) == athena.codes(name) == []


def test_vocabulary_athena_never_takes_one_type_or_direction_for_another(athena: AthenaVocabulary) -> None:
    assert athena.search("type 1 diabetes mellitus")[0].id == TYPE_1
    assert athena.search("type 3 diabetes mellitus") == []
    assert athena.search("hypotension")[0].id == LOW
    assert [hit.id for hit in athena.search("hypotention")] == [LOW]


def test_vocabulary_athena_ranks_by_the_domain_asked_for(athena: AthenaVocabulary) -> None:
    assert [hit.id for hit in athena.search("cold", domain="Condition")] == [900001, 900002]
    assert [hit.id for hit in athena.search("cold", domain="Observation")] == [900002, 900001]


def test_vocabulary_athena_ranks_a_concept_above_one_of_two_that_only_together_say_the_same(
    athena: AthenaVocabulary,
) -> None:
    assert {hit.id for hit in athena.search("diabetic anemia")} == {TYPE_2, ANEMIA}
    assert athena.codes("diabetic anemia", domain="Condition") == []


def test_vocabulary_athena_gives_codes_of_their_terminology(athena: AthenaVocabulary) -> None:
    assert athena.lookup("heart attack") == [Code(system="SNOMED CT", code="22298006", display="Myocardial infarction")]
    assert [(code.system, code.code) for code in athena.codes("metformin", domain="Drug")] == [
        ("RxNorm", "6809"),
        ("OMOP", str(METFORMIN)),
    ]


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("mercury", "Observation"),  # two concepts
        ("metformin", "Condition"),  # another domain
        ("renal transplant", "Procedure"),  # other endings may be another thing
    ],
)
def test_vocabulary_athena_gives_no_code_that_is_not_sure(athena: AthenaVocabulary, name: str, domain: Domain) -> None:
    assert athena.lookup(name, domain=domain)
    assert athena.codes(name, domain=domain) == []


def test_vocabulary_athena_is_a_vocabulary_that_other_processes_may_use(athena: AthenaVocabulary) -> None:
    assert isinstance(athena, Vocabulary)
    again = pickle.loads(pickle.dumps(athena))
    assert again.search("heart attack")[0].id == INFARCTION


# --- building ------------------------------------------------------------------------------------------------------


def test_vocabulary_athena_builds_the_same_of_other_line_ends(tmp_path: Path, index: Path) -> None:
    build_index(write_download(tmp_path / "crlf", line_end="\r\n"), tmp_path / "crlf.sqlite")
    assert _labels(tmp_path / "crlf.sqlite") == _labels(index)


def _labels(path: Path) -> list[tuple]:
    with sqlite3.connect(path) as database:
        return database.execute("SELECT key, concept, tier FROM label ORDER BY key, concept").fetchall()


def test_vocabulary_athena_says_how_far_it_is(tmp_path: Path) -> None:
    said: list[tuple[str, int]] = []
    counts = build_index(
        write_download(tmp_path), tmp_path / "index", progress=lambda what, rows: said.append((what, rows))
    )
    assert {what for what, _ in said} == {"concepts", "mappings", "names", "synonyms", "index"}
    assert counts["concept"] == len({concept for _, concept, _ in _labels(tmp_path / "index")})


def _without_table(folder: Path) -> None:
    (folder / "CONCEPT_SYNONYM.csv").unlink()


def _without_column(folder: Path) -> None:
    path = folder / "CONCEPT.csv"
    path.write_text(path.read_text("utf-8").replace("standard_concept", "standard", 1), "utf-8")


def _with_commas(folder: Path) -> None:
    path = folder / "CONCEPT.csv"
    path.write_text(path.read_text("utf-8").replace("\t", ","), "utf-8")


def _cut_off(folder: Path) -> None:
    path = folder / "CONCEPT_RELATIONSHIP.csv"
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n4329847\t4329", "utf-8")


def _with_words_for_ids(folder: Path) -> None:
    path = folder / "CONCEPT.csv"
    path.write_text(path.read_text("utf-8").replace("4329847\t", "heart\t", 1), "utf-8")


def _in_latin_1(folder: Path) -> None:
    path = folder / "CONCEPT.csv"
    path.write_bytes(path.read_text("utf-8").replace("Anemia", "Anämie").encode("latin-1"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_without_table, "CONCEPT_SYNONYM.csv"),
        (_without_column, "standard_concept missing"),
        (_with_commas, "separated by tabs"),
        (_cut_off, "line 10 of CONCEPT_RELATIONSHIP.csv"),
        (_with_words_for_ids, "'heart'"),
        (_in_latin_1, "UTF-8"),
    ],
)
def test_vocabulary_athena_says_what_is_wrong_and_leaves_nothing_behind(
    tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    folder = write_download(tmp_path / "download")
    damage(folder)
    target = tmp_path / "index.sqlite"
    target.write_text("the index of before")
    with pytest.raises(UnreadableInputError, match=said):
        build_index(folder, target)
    assert target.read_text() == "the index of before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["download", "index.sqlite"]


def test_vocabulary_athena_needs_a_folder_to_write_in(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        build_index(write_download(tmp_path), tmp_path / "nowhere" / "index.sqlite")


@pytest.mark.parametrize("content", [None, b"", b"not a database, whatever it is called", b"SQLite format 3\0"])
def test_vocabulary_athena_opens_nothing_else(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "index.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="vocabulary build"):
        AthenaVocabulary(path)


def test_vocabulary_athena_opens_no_index_of_another_format(tmp_path: Path, index: Path) -> None:
    path = tmp_path / "older.sqlite"
    path.write_bytes(index.read_bytes())
    database = sqlite3.connect(path)
    database.execute("UPDATE meta SET value = 0 WHERE name = 'format'")
    database.commit()
    database.close()
    with pytest.raises(UsageError, match="format 0"):
        AthenaVocabulary(path)


# --- keys ----------------------------------------------------------------------------------------------------------


def test_vocabulary_athena_keys_leave_out_what_does_not_matter() -> None:
    assert key("Crohn's Disease") == key("crohn disease") == "crohn disease"
    assert key("Non-small-cell lung cancer") == "non small cell lung cancer"
    assert bag(key("Carcinomas of the breast")) == bag(key("breast carcinoma")) == "breast carcinoma"


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [
        ("infarction", "infarction", 2, 0),
        ("infarction", "infraction", 2, 1),  # swapped
        ("anemia", "anemie", 2, 1),
        ("anemia", "anaemia", 2, 1),
        ("kidney", "kindey", 2, 1),
        ("kidney", "liver", 2, 3),  # over the most
        ("abc", "abcdef", 2, 3),
    ],
)
def test_vocabulary_athena_edits(one: str, other: str, most: int, expected: int) -> None:
    assert edits(one, other, most) == edits(other, one, most) == expected


def test_vocabulary_athena_likeness_is_of_trigrams() -> None:
    assert likeness("asthma", "asthma") == 1
    # " ab", "abc", "bc " and " ab", "abd", "bd ": one of three in common
    assert likeness("abc", "abd") == pytest.approx(1 / 3)
