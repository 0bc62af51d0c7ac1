"""A shard: records that are parsed and written together, and what happens to them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parser.batch.outputs import OUTPUTS, Output, write_failures
from parser.batch.summary import Summary
from parser.batch.work import Item, Job, chunked, not_parsed, worker
from parser.errors import InternalError
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
        # Each with its length before it, so that no two lists of records look alike.
        for item in some:
            raw = item.raw()
            digest.update(f"{len(raw)}\0".encode())
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
    output = OUTPUTS[task.format]
    rendered = _rendered(zip(task.shard.items, doing.parse(task.shard.items), strict=True), output, summary, failures)
    written = output.write(out, number, rendered)
    names = [*written.files, *write_failures(out, number, failures)]
    if doing.memory is not None:
        summary.asked = doing.memory.asked - asked
        summary.repeated = doing.memory.hits - repeated
    summary.cpu_seconds = round(time.process_time() - begun, 3)
    return Done({name: (out / name).stat().st_size for name in names}, summary, written.rows)


def _rendered(
    results: Iterable[tuple[Item, ParseResult]], output: Output, summary: Summary, failures: list[dict[str, object]]
) -> Iterator[Any]:
    """Yield what is to be written of each record; count it, and note the failures."""
    for item, result in results:
        rendered = None
        if result.trial is not None:
            try:
                rendered = output.render(result.trial, result.origin)
            except Exception as error:  # noqa: BLE001 - one record's bug must not end a run of thousands
                result = not_parsed(InternalError(f"A bug of ours in writing {item.origin}: {error!r}. Report it."))
        summary.count(result, item.size)
        if result.trial is None:
            failures.append(_failure(item, result))
        else:
            yield rendered


def _failure(item: Item, result: ParseResult) -> dict[str, object]:
    why = result.diagnostics[0]
    return {
        "code": why.code,
        "message": why.message,
        "source": item.origin,
        "status": result.status,
        "excerpt": item.excerpt(),
    }
