"""The embedded store: what is put in comes out, versions are kept, words are found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sample_trial import sample_trial

import parser
from parser.errors import UnreadableInputError, UsageError
from parser.models import Eligibility, Trial
from parser.models.eligibility import Criterion
from parser.models.rules import (
    AllOf,
    AnyOf,
    Condition,
    Measurement,
    Not,
    Treatment,
    Unstructured,
)
from parser.models.values import Code, Concept, Range, Window
from parser.store import ATOMS, CRITERIA, TRIALS, Store, rows_of

FIRST = datetime(2025, 3, 1, 12, tzinfo=UTC)
DIABETES = Condition(
    concept=Concept(text="Diabetes", name="diabetes", codes=[Code(system="SNOMED CT", code="73211009")]),
    status=["history"],
    unless=[Condition(concept=Concept(text="gestational diabetes"))],
)
CREATININE = Measurement(
    concept=Concept(text="creatinine"), range=Range(high=1.5, high_inclusive=False, relative_to="ULN")
)
CHEMOTHERAPY = Treatment(
    concept=Concept(text="chemotherapy"),
    when=[Window(relation="before", max="P4W", anchor="randomization")],
    count=Range(low=2),
)


def trial(number: int = 4567890, title: str = "Gout Study", registry: str = "ctgov") -> Trial:
    record = json.loads(sample_trial().to_json())
    record["identifiers"] = [{"scheme": "nct", "value": f"NCT{number:08}", "raw": "as is", "role": "primary"}]
    record["title"] = title
    record["source"]["registry"] = registry
    found = Trial.model_validate(record)
    found.eligibility = Eligibility(
        text="…",
        criteria=[
            Criterion(
                id="inclusion.1",
                kind="inclusion",
                text="Creatinine below 1.5 ULN, or no chemotherapy",
                span=(0, 1),
                rule=AnyOf(rules=[CREATININE, Not(rule=CHEMOTHERAPY)]),
            ),
            Criterion(
                id="exclusion.1",
                kind="exclusion",
                text="Diabetes that the sponsor dislikes",
                span=(0, 1),
                rule=AllOf(rules=[DIABETES, Unstructured(text="that the sponsor dislikes")]),
                criteria=[Criterion(id="exclusion.1.1", kind="exclusion", text="A note", span=(0, 1), role="note")],
            ),
        ],
    )
    return found


def as_dicts(columns: tuple[object, ...], rows: list[tuple[object, ...]]) -> list[dict[str, object]]:
    names = [column.name for column in columns]  # type: ignore[attr-defined]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value not in (None, [], "")} for row in rows
    ]


def test_store_rows_of_criteria() -> None:
    first, second, note = as_dicts(CRITERIA, rows_of(trial()).criteria)
    assert (first["trial_id"], first["registry"], first["path"], first["position"]) == (
        "NCT04567890",
        "ctgov",
        "inclusion.1",
        0,
    )
    assert (first["understood"], second["understood"], note.get("understood")) == ("whole", "part", None)
    assert (note["parent"], note["role"], note["position"]) == ("exclusion.1", "note", 2)
    assert json.loads(str(first["rule"]))["type"] == "any_of"
    assert second["rule_words"] == str(trial().eligibility.criteria[1].rule)


def test_store_rows_of_atoms() -> None:
    creatinine, chemotherapy, diabetes, gestational, kept = as_dicts(ATOMS, rows_of(trial()).atoms)
    assert (creatinine["type"], creatinine["concept"], creatinine["high"], creatinine["high_inclusive"]) == (
        "measurement",
        "creatinine",
        1.5,
        False,
    )
    assert (creatinine["relative_to"], creatinine["alternative"], creatinine["negated"]) == ("ULN", True, False)
    assert (chemotherapy["negated"], chemotherapy["alternative"], chemotherapy["count_low"]) == (True, True, 2.0)
    assert (chemotherapy["window_relation"], chemotherapy["window_max"], chemotherapy["window_anchor"]) == (
        "before",
        "P4W",
        "randomization",
    )
    assert (diabetes["system"], diabetes["code"], diabetes["status"], diabetes["alternative"]) == (
        "SNOMED CT",
        "73211009",
        ["history"],
        False,
    )
    assert (gestational["inside"], gestational["path"], gestational["kind"]) == ("unless", "exclusion.1", "exclusion")
    assert (kept["type"], kept["detail"]) == ("unstructured", "no_pattern")
    assert [each["position"] for each in (creatinine, chemotherapy, diabetes, gestational, kept)] == [0, 1, 0, 1, 2]


def test_store_rows_of_the_trial(clinconnect: Path) -> None:
    page = parser.parse_file(clinconnect / "sources" / "clinconnect_sepsis.txt", rules=False)
    (row,) = as_dicts(TRIALS, [rows_of(page, "sepsis.txt").trial])
    # The page gives no number, so that its origin names it.
    assert (row["trial_id"], row["registry"], row["origin"]) == ("sepsis.txt", "clinconnect", "sepsis.txt")
    assert (row["status"], row["countries"], row["sex"], row["criteria"]) == ("recruiting", ["CN"], "all", 16)
    assert Trial.from_json(str(row["record"])) == page


@pytest.mark.parametrize(
    ("ucum", "low", "years"), [("a", 18, 18.0), ("mo", 6, 0.5), ("a", 10**30, None), (None, 5, None)]
)
def test_store_rows_give_ages_in_years(ucum: str | None, low: int, years: float | None) -> None:
    found = trial()
    found.eligibility.age = Range(low=low, ucum=ucum)
    (row,) = as_dicts(TRIALS, [rows_of(found).trial])
    assert row.get("age_low") == years


def test_store_rows_content_hash_ignores_the_parser_s_version() -> None:
    def content(found: Trial) -> object:
        return as_dicts(TRIALS, [rows_of(found).trial])[0]["content_sha256"]

    newer = trial()
    newer.source.parser_version = "99.0"
    assert content(newer) == content(trial()) != content(trial(title="Other"))


# --- the store -----------------------------------------------------------------------------------------------------


class Clock:
    """A clock that goes on by a day whenever it is looked at."""

    def __init__(self) -> None:
        self.time = FIRST - timedelta(days=1)

    def __call__(self) -> datetime:
        self.time += timedelta(days=1)
        return self.time


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "trials.sqlite", now=Clock()) as opened:
        yield opened


def test_store_gives_back_what_was_put_in(store: Store) -> None:
    changes = store.put([trial(1234567), trial(7654321)])
    assert (changes.new, changes.changed, changes.unchanged) == (2, 0, 0)
    assert store.get("NCT01234567") == trial(1234567)
    assert list(store.trials()) == [trial(1234567), trial(7654321)]
    assert store.get("NCT00000000") is None


def test_store_keeps_every_version(store: Store) -> None:
    for title in ("First", "Second", "Second", "First"):
        store.put([trial(title=title)])
    assert [(each.valid_from[:10], (each.valid_to or "")[:10]) for each in store.versions("NCT04567890")] == [
        ("2025-03-01", "2025-03-02"),
        ("2025-03-02", "2025-03-04"),
        ("2025-03-04", ""),
    ]
    assert store.get("NCT04567890", at=FIRST - timedelta(hours=1)) is None
    titles = [store.get("NCT04567890", at=FIRST + timedelta(days=days)) for days in (0, 1, 2, 3)]
    assert [found.title for found in titles if found] == ["First", "Second", "Second", "First"]
    (now,) = store.trials()
    assert now.title == "First"
    for table in ("criteria", "atoms"):
        (rows,) = store.database.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert rows == len(rows_of(trial()).of(table))


def test_store_keeps_what_two_registries_say_apart(store: Store) -> None:
    store.put([trial(title="There", registry="ictrp"), trial(title="Here")])
    assert len(list(store.trials())) == 2
    found = [store.get("NCT04567890", registry) for registry in ("ctgov", "ictrp")]
    assert [each.title for each in found if each] == ["Here", "There"]


def test_store_search_finds_words_of_criteria_and_rules(store: Store) -> None:
    store.put([trial()])
    assert [hit.path for hit in store.search("sponsor dislikes")] == ["exclusion.1"]
    assert [hit.path for hit in store.search("chemotherapy", kind="inclusion")] == ["inclusion.1"]
    assert store.search("chemotherapy", kind="exclusion") == []
    assert [hit.path for hit in store.search('"no chemotherapy"')] == ["inclusion.1"]
    assert store.search('"chemotherapy no"') == []
    assert [hit.rule_words for hit in store.search("gestational")] == [str(trial().eligibility.criteria[1].rule)]


@pytest.mark.parametrize("words", ["", '"', "NEAR(a b)", "a AND", "col:x", "*", '""', "(", "a^2 -b", "\0"])
def test_store_search_takes_any_words(store: Store, words: str) -> None:
    store.put([trial()])
    assert store.search(words) == []


def test_store_search_forgets_earlier_versions(store: Store) -> None:
    store.put([trial()])
    changed = trial()
    changed.eligibility.criteria = changed.eligibility.criteria[:1]
    store.put([changed])
    assert store.search("dislikes") == []


def test_store_puts_all_or_none(store: Store) -> None:
    def broken() -> Iterator[Trial]:
        yield trial()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.put(broken())
    assert list(store.trials()) == []
    store.put([trial()])
    assert len(list(store.trials())) == 1


def test_store_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "trials.sqlite"
    with Store(path) as store:
        store.put([trial()])
    with Store(path) as store:
        assert store.put([trial()]).unchanged == 1


def test_store_refuses_other_files(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"This is no database. " * 100)
    with pytest.raises(UnreadableInputError):
        Store(path)
    with pytest.raises(UnreadableInputError):
        Store(tmp_path / "no folder" / "trials.sqlite")


def test_store_refuses_databases_of_others(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with Store(path) as store:
        store.database.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError):
        Store(path)
