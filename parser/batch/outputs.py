"""What a run writes: one writer a format, which puts the files of a shard into place whole."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parser.batch.atomic import replacing
from parser.models import Trial
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


#: Makes of a record what is written of it.
Render = Callable[[Trial, str | None], Any]
#: Writes what was made of the records of a shard of such a number into a folder.
Write = Callable[[Path, int, Iterable[Any]], Written]


@dataclass(frozen=True, slots=True)
class Output:
    """A format of output.

    Attributes:
        render: Run for each record by itself, so that one that cannot be written is one failure.
        write: Run by the process that parses.
    """

    render: Render
    write: Write


def _line(trial: Trial, origin: str | None) -> bytes:
    return trial.to_json(indent=None).encode() + b"\n"


def _write_lines(folder: Path, number: int, lines: Iterable[bytes]) -> Written:
    name = f"shards/trials-{number:05}.jsonl"
    with replacing(folder / name) as file:
        file.writelines(lines)
    return Written([name])


def _write_gzip(folder: Path, number: int, lines: Iterable[bytes]) -> Written:
    name = f"shards/trials-{number:05}.jsonl.gz"
    # Without a name and a time in it, equal records make equal files.
    with replacing(folder / name) as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        packed.writelines(lines)
    return Written([name])


def _write_parquet(folder: Path, number: int, records: Iterable[Rows]) -> Written:
    from parser.batch.arrow import write_parquet

    records = list(records)
    names = {table: f"{table}/part-{number:05}.parquet" for table in TABLES}
    for table, name in names.items():
        with replacing(folder / name) as file:
            write_parquet(file, table, [row for record in records for row in record.of(table)])
    return Written(list(names.values()))


def _hand_over(folder: Path, number: int, records: Iterable[Rows]) -> Written:
    return Written([], list(records))


#: By their names on the command line.
OUTPUTS: dict[str, Output] = {
    "jsonl": Output(_line, _write_lines),
    "jsonl.gz": Output(_line, _write_gzip),
    "parquet": Output(rows_of, _write_parquet),
    "sqlite": Output(rows_of, _hand_over),
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
