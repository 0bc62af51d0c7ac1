"""`trial-parser ingest`: everything that files, folders and archives hold, into records."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from parser.cli.reporting import NOTHING_PARSED, SOME_FAILED, reported

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from parser.batch import Ingested, Progress

#: Seconds between lines of progress where there is no terminal.
LINE_EVERY = 10.0
#: 128 + the signal's number, what a shell reports of a command that a signal ended.
_SIGNALLED = 128


class Format(StrEnum):
    """What `ingest` writes."""

    jsonl = "jsonl"
    jsonl_gz = "jsonl.gz"
    parquet = "parquet"
    sqlite = "sqlite"


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Files, folders, globs, archives (zip, tar, gz); - is standard input."),
]
Seconds = Annotated[
    float | None,
    typer.Option("--seconds", min=0.001, metavar="N", help="CPU time for the rules of a record; the rest is text."),
]


def ingest(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder of the records; made if need be.")],
    output: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.jsonl,
    jobs: Annotated[int, typer.Option("--jobs", min=1, metavar="N", help="Processes that parse.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run in DIR: skip what is done, redo what has changed.")
    ] = False,
    rules: Annotated[
        bool, typer.Option("--rules/--no-rules", help="Read the criteria as rules, or leave them as text (faster).")
    ] = True,
    contacts: Annotated[
        bool, typer.Option("--contacts/--no-contacts", help="Keep or leave out names, phones and addresses of people.")
    ] = True,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="Read N records at most.")] = None,
    shard_records: Annotated[
        int, typer.Option("--shard-records", min=1, metavar="N", help="Records of a shard, which is done as a whole.")
    ] = 500,
    seconds: Seconds = None,
    registry: Annotated[
        str | None, typer.Option(metavar="NAME", help="Registry to read all as; recognised when not given.")
    ] = None,
    vocabulary: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Give concepts the codes of this index (`vocabulary build`).")
    ] = None,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="Work on this Dask cluster; local: on one here.")
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False,
) -> None:
    """Parse all that the inputs hold into a folder of records; can be stopped and resumed."""
    from parser.batch import Job, ingest
    from parser.models import Limits

    job = Job(rules, contacts, registry, Limits(seconds=seconds), str(vocabulary) if vocabulary else None)
    with reported(str(out)), _told(quiet) as progress, _signals() as received:
        done = ingest(
            inputs,
            out,
            format=output.value,
            job=job,
            jobs=jobs,
            resume=resume,
            limit=limit,
            shard_records=shard_records,
            dask=dask,
            stdin=sys.stdin.buffer,
            progress=progress,
            stopped=lambda: bool(received),
        )
    if not quiet:
        _say(done, out)
    if received:
        raise typer.Exit(_SIGNALLED + received[0])
    raise typer.Exit(_status(done))


def _status(done: Ingested) -> int:
    summary = done.summary
    if summary.parsed == 0:
        return NOTHING_PARSED
    return SOME_FAILED if summary.failed else 0


def _say(done: Ingested, out: Path) -> None:
    lines = [
        *(["stopped      go on with --resume"] if not done.finished else []),
        f"sources      {done.sources:,}",
        *done.summary.lines(),
        f"shards       {done.shards:,}" + (f", {done.resumed:,} of them done before" if done.resumed else ""),
        f"time         {done.seconds:,.1f} s, {done.records_now / done.seconds:,.1f} records a second",
        f"output       {out}",
    ]
    typer.echo("\n".join(lines), err=True)


@contextmanager
def _signals() -> Iterator[list[int]]:
    """Collect the first interrupt or request to end, so that the shards under way are finished; a second one ends."""
    received: list[int] = []
    before = {int(number): signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def receive(number: int, frame: FrameType | None) -> None:
        received.append(number)
        signal.signal(number, before[number])
        typer.echo("finishing the shards under way; once more to end at once", err=True)

    for number in before:
        signal.signal(number, receive)
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _told(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Yield what is told of the progress: a bar on a terminal, a line every few seconds elsewhere, nothing if quiet."""
    if quiet:
        yield None
    elif not sys.stderr.isatty():
        yield _lines()
    else:
        with _bar() as bar:
            yield _moves(bar, bar.add_task("", total=None, records=0, rate=0.0))


def _lines() -> Callable[[Progress], None]:
    begun = last = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < LINE_EVERY:
            return
        last = now
        rate = (progress.records - progress.resumed) / (now - begun)
        share = f", {progress.bytes / progress.total_bytes:.0%}" if progress.total_bytes else ""
        typer.echo(f"{progress.records:,} records{share}, {rate:,.1f} a second", err=True)

    return tell


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.fields[records]:,} records"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]:,.1f} a second"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _moves(bar: Bar, task: TaskID) -> Callable[[Progress], None]:
    begun = time.monotonic()

    def tell(progress: Progress) -> None:
        rate = (progress.records - progress.resumed) / max(time.monotonic() - begun, 0.001)
        bar.update(task, completed=progress.bytes, total=progress.total_bytes, records=progress.records, rate=rate)

    return tell
