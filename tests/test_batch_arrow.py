"""Tables in Arrow's form: Parquet files, and the unit of work for other engines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import parser
from parser.batch import Job, ingest
from parser.errors import UsageError
from parser.models import Trial
from parser.store import ATOMS, CRITERIA, TRIALS

pa = pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
pq = pytest.importorskip("pyarrow.parquet")

LINES = b'{"id": "NCT04567890", "criteria": "Gout"}\n{"id": "NCT04567891", "criteria": "Age over 18 years"}\n'


def test_batch_arrow_parse_table_gives_a_row_a_record() -> None:
    table = pa.table({"id": ["a", "b", "c"], "raw": [LINES, b"no trial", None]})
    found = parser.parse_table(table)
    assert found["id"].to_pylist() == ["a", "a", "b", "c"]
    assert found["result"].to_pylist() == ["success", "success", "failed", "failed"]
    assert found["code"].to_pylist() == [None, None, "not_a_trial", "unreadable_input"]
    assert found["trial_id"].to_pylist() == ["NCT04567890", "NCT04567891", None, None]
    assert found["origin"].to_pylist()[:2] == ["a#1", "a#2"]
    second = Trial.from_json(found["record"][1].as_py())
    assert second == list(parser.parse_many([LINES]))[1].trial
    assert [str(one.rule) for one in second.eligibility.criteria] == ["age over 18 years"]


def test_batch_arrow_parse_table_has_one_shape_whatever_is_in_it() -> None:
    texts = pa.table({"id": [7], "raw": ["no trial"], "more": [1]})
    empty = pa.table({"id": pa.array([], pa.string()), "raw": pa.array([], pa.binary())})
    assert parser.parse_table(texts, rules=False).schema == parser.parse_table(empty, rules=False).schema


def test_batch_arrow_parse_table_names_the_missing_column() -> None:
    with pytest.raises(UsageError, match="'raw'"):
        parser.parse_table(pa.table({"id": ["a"]}))


def test_batch_arrow_parquet_holds_the_tables(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_bytes(LINES)
    ingest([tmp_path / "records.jsonl"], tmp_path / "out", format="parquet", job=Job())
    tables = {name: pq.read_table(tmp_path / "out" / name) for name in ("trials", "criteria", "atoms")}
    assert [len(table) for table in tables.values()] == [2, 2, 2]
    assert tables["trials"].column_names == [column.name for column in TRIALS]
    assert tables["criteria"].column_names == [column.name for column in CRITERIA]
    assert tables["atoms"].column_names == [column.name for column in ATOMS]
    age = next(row for row in tables["atoms"].to_pylist() if row["type"] == "age")
    assert (age["trial_id"], age["low"], age["low_inclusive"], age["ucum"]) == ("NCT04567891", 18.0, False, "a")
    (rule,) = [json.loads(row["rule"]) for row in tables["criteria"].to_pylist() if row["trial_id"] == age["trial_id"]]
    assert rule["type"] == "age"
