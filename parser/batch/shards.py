"""A shard: records that are parsed and written together, and what happens to them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from parser.batch.outputs import OUTPUTS, write_failures
from parser.batch.summary import Summary
from parser.batch.work import Item, Job, chunked, worker
from parser.models import ParseResult
from parser.store import Rows

#: Records of a shard, unless the caller says otherwise, and bytes unless one record is larger.
RECORDS = 500
BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shard:
    """Some records in a row.

    Attributes:
        number: From 1.
        items: The records, unread.
        source_sha256: Of the records and their origins.
    """

    number: int
    items: Sequence[Item]
    source_sha256: str

    @property
    def size(self) -> int:
        """Bytes of its records."""
        return sum(item.size for item in self.items)


@dataclass(frozen=True, slots=True)
class Task:
    """A shard and what is to be done with it; it can be sent to another process or machine.

    Attributes:
        job: How to parse.
        shard: What to parse.
        out: The folder of the output; on a cluster, one that all machines share.
        format: Of the output.
    """

    job: Job
    shard: Shard
    out: str
    format: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a shard.

    Attributes:
        files: Its files and their bytes.
        summary: In numbers.
        rows: Records for the store.
    """

    files: dict[str, int]
    summary: Summary
    rows: list[Rows] = field(default_factory=list)


def cut(items: Iterable[Item], records: int) -> Iterator[Shard]:
    """Yield the items in shards of so many records; the same items always make the same shards."""
    for number, some in enumerate(chunked(items, records, BYTES), start=1):
        digest = hashlib.sha256()
        for item in some:
            raw = item.raw()
            digest.update(f"{item.origin}\0{len(raw)}\0".encode("utf-8", "surrogatepass"))
            digest.update(raw)
        yield Shard(number, some, digest.hexdigest())


def do_shard(task: Task) -> Done:
    """Parse a shard and write its files, each in one step."""
    # Each shard begins with nothing in memory, so that its records are the same whichever process does it after which.
    begun = time.process_time()
    doing = worker(task.job)
    if doing.memory is not None:
        doing.memory.forget()
        asked, repeated = doing.memory.asked, doing.memory.hits
    out, number = Path(task.out), task.shard.number
    summary = Summary()
    failures: list[dict[str, object]] = []
    results = _counted(doing.parse(task.shard.items), task.shard.items, summary, failures)
    written = OUTPUTS[task.format].write(out, number, results)
    names = [*written.files, *write_failures(out, number, failures)]
    if doing.memory is not None:
        summary.asked = doing.memory.asked - asked
        summary.repeated = doing.memory.hits - repeated
    summary.cpu_seconds = round(time.process_time() - begun, 3)
    return Done({name: (out / name).stat().st_size for name in names}, summary, written.rows)


def _counted(
    results: Iterable[ParseResult], items: Iterable[Item], summary: Summary, failures: list[dict[str, object]]
) -> Iterator[ParseResult]:
    for result, item in zip(results, items, strict=True):
        summary.count(result, item.size)
        if result.trial is None:
            why = result.diagnostics[0]
            failures.append(
                {
                    "code": why.code,
                    "message": why.message,
                    "source": item.origin,
                    "status": result.status,
                    "excerpt": item.excerpt(),
                }
            )
        yield result
