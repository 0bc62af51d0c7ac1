"""The tables in Arrow's form, for Parquet files and for engines that speak Arrow (Ray, Spark, Polars, DuckDB)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from parser.batch.many import items_of
from parser.batch.sources import Source, open_stream
from parser.batch.work import Item, Job, worker
from parser.errors import UsageError
from parser.models import Limits, ParseResult
from parser.store import TABLES, TRIALS, Column, rows_of
from parser.store.rows import Row

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as error:
    raise ImportError("Tables in Arrow's form need pyarrow: pip install 'trial-parser[parquet]'.") from error

#: What `parse_table` says of each record beside its row.
_RESULT = (
    Column("id", "text", "the id given"),
    Column("result", "text", "`success`, `partial`, `failed`, `skipped`"),
    Column("code", "text", "why there is no record"),
    Column("message", "text", "the same in words"),
)
_TYPES: dict[str, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "boolean": pa.bool_(),
    "list": pa.list_(pa.string()),
    "json": pa.string(),
}


def write_parquet(file: BinaryIO, table: str, rows: Sequence[Row]) -> None:
    """Write rows of a table (`trials`, `criteria`, `atoms`) as a Parquet file."""
    pq.write_table(_table(TABLES[table], rows), file, compression="zstd")


def parse_table(table: pa.Table, *, rules: bool = True, contacts: bool = True, registry: str | None = None) -> pa.Table:
    """Parse a table of documents: the unit of work for Ray's `map_batches` and Spark's `mapInArrow`.

    A process loads the language pipeline with its first table and keeps it.

    Args:
        table: With columns `id` (text) and `raw` (bytes or text); a document may hold several records.
        rules: As of `parser.parse`.
        contacts: Keep names, telephone numbers and addresses of people.
        registry: As of `parser.parse`.

    Returns:
        One row a record: `id`, `result`, and `code` and `message` where there is none; then the columns of the table of
        trials (`parser.store.TRIALS`), the whole record as JSON the last of them.

    Raises:
        UsageError: A column is missing.
        ImportError: pyarrow is not installed (`pip install 'trial-parser[parquet]'`).
    """
    missing = {"id", "raw"} - set(table.column_names)
    if missing:
        raise UsageError(f"Expected a table with the columns id and raw; found none of the name {min(missing)!r}.")
    ids: list[str] = []
    items: list[Item] = []
    for name, raw in zip(table["id"].to_pylist(), table["raw"].to_pylist(), strict=True):
        found = list(items_of(_opened(str(name), raw), Limits()))
        ids += [str(name)] * len(found)
        items += found
    results = worker(Job(rules, contacts, registry)).parse(items)
    return _table((*_RESULT, *TRIALS), [_row(name, result) for name, result in zip(ids, results, strict=True)])


def _opened(name: str, raw: bytes | str | None) -> Iterator[Source]:
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw or b""
    return open_stream(name, BytesIO(data), len(data))


def _row(name: str, result: ParseResult) -> Row:
    if result.trial is not None:
        return (name, result.status, None, None, *rows_of(result.trial, result.origin).trial)
    why = result.diagnostics[0]
    return (name, result.status, why.code, why.message, *[None] * len(TRIALS))


def _table(columns: Sequence[Column], rows: Sequence[Row]) -> pa.Table:
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in columns])
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(values, field.type) for values, field in zip(cells, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
