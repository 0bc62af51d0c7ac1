"""What a run writes: one writer a format, which puts the files of a shard into place whole."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from parser.batch.atomic import replacing
from parser.models import ParseResult
from parser.store import TABLES, Rows, rows_of


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a shard's records.

    Attributes:
        files: Their paths in the folder.
        rows: Records that the main process puts into the store, which one process at a time can write to.
    """

    files: list[str]
    rows: list[Rows] = field(default_factory=list)


#: Writes the records of a shard of such a number into a folder.
Write = Callable[[Path, int, Iterable[ParseResult]], Written]


@dataclass(frozen=True, slots=True)
class Output:
    """A format of output.

    Attributes:
        write: Run by the process that parses.
        meaning: For the help.
    """

    write: Write
    meaning: str


def _write_lines(folder: Path, number: int, results: Iterable[ParseResult]) -> Written:
    name = f"shards/trials-{number:05}.jsonl"
    with replacing(folder / name) as file:
        _lines(file, results)
    return Written([name])


def _write_gzip(folder: Path, number: int, results: Iterable[ParseResult]) -> Written:
    name = f"shards/trials-{number:05}.jsonl.gz"
    # Without a name and a time in it, equal records make equal files.
    with replacing(folder / name) as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        _lines(packed, results)  # type: ignore[arg-type]
    return Written([name])


def _write_parquet(folder: Path, number: int, results: Iterable[ParseResult]) -> Written:
    from parser.batch.arrow import write_parquet

    records = [rows_of(result.trial, result.origin) for result in results if result.trial is not None]
    names = {table: f"{table}/part-{number:05}.parquet" for table in TABLES}
    for table, name in names.items():
        with replacing(folder / name) as file:
            write_parquet(file, table, [row for record in records for row in record.of(table)])
    return Written(list(names.values()))


def _make_rows(folder: Path, number: int, results: Iterable[ParseResult]) -> Written:
    return Written([], [rows_of(result.trial, result.origin) for result in results if result.trial is not None])


def _lines(file: BinaryIO, results: Iterable[ParseResult]) -> None:
    for result in results:
        if result.trial is not None:
            file.write(result.trial.to_json(indent=None).encode() + b"\n")


#: By their names on the command line.
OUTPUTS: dict[str, Output] = {
    "jsonl": Output(_write_lines, "JSON Lines"),
    "jsonl.gz": Output(_write_gzip, "JSON Lines, compressed"),
    "parquet": Output(_write_parquet, "tables of trials, criteria and atoms (extra `parquet`)"),
    "sqlite": Output(_make_rows, "the same tables in one SQLite file, with search and versions"),
}


def write_failures(folder: Path, number: int, failures: list[dict[str, object]]) -> list[str]:
    """Write what became of a shard's records without a trial; no file where there are none."""
    name = f"failures/{number:05}.jsonl"
    if not failures:
        (folder / name).unlink(missing_ok=True)
        return []
    with replacing(folder / name) as file:
        for failure in failures:
            file.write(json.dumps(failure, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    return [name]
