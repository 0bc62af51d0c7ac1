"""`ingest`: a run over everything that inputs hold, in shards, which can be stopped at any moment and gone on with."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from parser.batch.atomic import remove_unfinished, replacing
from parser.batch.manifest import NAME as MANIFEST
from parser.batch.manifest import Entry, Manifest, rules_sha256
from parser.batch.many import items_of, without_culprits
from parser.batch.outputs import OUTPUTS
from parser.batch.pools import WorkerDiedError, in_order
from parser.batch.shards import RECORDS, Done, Shard, Task, cut, do_shard
from parser.batch.sources import find, open_sources
from parser.batch.summary import Summary
from parser.batch.work import Item, Job
from parser.errors import UsageError
from parser.store import Store

FAILURES = "failures.jsonl"
SUMMARY = "summary.json"
SQLITE = "sqlite"
STORE = "trials.sqlite"

#: Does tasks and yields them with what came of it; `jobs` and a cluster are the two kinds there are.
Runner = Callable[[Callable[[Task], Done], Iterable[Task]], Iterator[tuple[Task, Done | WorkerDiedError]]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        records: Done, those that an earlier run did included.
        bytes: Of these records.
        total_bytes: Of all inputs; None where that is not known (compressed files, standard input).
        resumed: Records that an earlier run did.
    """

    records: int
    bytes: int
    total_bytes: int | None
    resumed: int


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a run did.

    Attributes:
        summary: Of all its shards, those of an earlier run included.
        sources: Files that were named.
        shards: Of the output, as far as it got.
        resumed: Shards that an earlier run had done.
        records_now: Records that this run did.
        finished: False where the run was stopped.
        seconds: That it took.
    """

    summary: Summary
    sources: int
    shards: int
    resumed: int
    records_now: int
    finished: bool
    seconds: float


def ingest(
    inputs: Iterable[str | Path],
    out: Path,
    *,
    format: str = "jsonl",
    job: Job | None = None,
    jobs: int = 1,
    resume: bool = False,
    limit: int | None = None,
    shard_records: int = RECORDS,
    dask: str | None = None,
    stdin: BinaryIO | None = None,
    progress: Callable[[Progress], None] | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Ingested:
    """Parse everything that the inputs hold and write it to a folder, a shard at a time.

    Whenever the process ends, by whatever means, the folder holds whole shards only, and a run with `resume` goes on
    from there. The same inputs and options always make the same shards.

    Args:
        inputs: Files, folders, globs and archives; `-` is standard input.
        out: Folder of the output, made where there is none.
        format: `jsonl`, `jsonl.gz`, `parquet` or `sqlite`.
        job: How to parse.
        jobs: Processes.
        resume: Keep the shards in the folder that are what this run would make.
        limit: Records to read at most.
        shard_records: Records of a shard.
        dask: Address of the scheduler of a Dask cluster that does the work in place of processes; `local` for one on
            this machine with `jobs` processes.
        stdin: Standard input.
        progress: Told after every shard.
        stopped: Asked often; when it says so, the shards under way are finished, and the run ends.

    Raises:
        UsageError: An input names nothing, an option is wrong, or the folder holds a run and `resume` was not asked
            for.
    """
    _check(format, jobs, limit, shard_records, dask)
    if not resume and (out / MANIFEST).exists():
        raise UsageError(f"Expected an empty folder; found a run in {out}. Go on with --resume, or name another --out.")
    paths = find(inputs, stdin, leave_out=out)
    out.mkdir(parents=True, exist_ok=True)
    with _locked(out), _runner(jobs, dask, stopped or (lambda: False)) as runner:
        run = _Run(out, format, job or Job(), runner, progress, stopped or (lambda: False), _total(paths, stdin))
        items: Iterable[Item] = items_of(open_sources(paths, stdin), run.job.limits)
        return run(cut(islice(items, limit), shard_records), len(paths))


def _check(format: str, jobs: int, limit: int | None, shard_records: int, dask: str | None) -> None:
    if format not in OUTPUTS:
        raise UsageError(f"Expected a format of {', '.join(OUTPUTS)}; found {format!r}.")
    for name, value in (("jobs", jobs), ("limit", limit), ("shard records", shard_records)):
        if value is not None and value < 1:
            raise UsageError(f"Expected 1 or more as {name}; found {value}.")
    try:
        # What an extra brings is looked for now, and not when the first shard is done.
        for module in (["arrow"] if format == "parquet" else []) + (["cluster"] if dask is not None else []):
            import_module(f"parser.batch.{module}")
    except ImportError as error:
        raise UsageError(str(error)) from error


class _Run:
    """One run: its shards are compared with what is there, done, and noted."""

    def __init__(
        self,
        out: Path,
        format: str,
        job: Job,
        runner: Runner,
        progress: Callable[[Progress], None] | None,
        stopped: Callable[[], bool],
        total: int | None,
    ) -> None:
        self.job = job
        self._out, self._format, self._runner = out, format, runner
        self._progress, self._stopped, self._total = progress, stopped, total
        self._manifest = Manifest(out, format)
        self._job_sha256 = job.digest()
        self._rules_sha256 = rules_sha256(job.rules)
        self._summary = Summary()
        self._last = self._shards = self._resumed = self._resumed_records = 0
        self._exhausted = False
        self._under_way = 0

    def __call__(self, shards: Iterator[Shard], sources: int) -> Ingested:
        begun = time.monotonic()
        remove_unfinished(self._out)
        for task, done in self._runner(do_shard, self._wanted(shards)):
            self._note(task, self._survived(task) if isinstance(done, WorkerDiedError) else done)
        # A worker that died in the middle of a shard, which another has done since, has left something behind.
        remove_unfinished(self._out)
        # A shard that was begun when the run was stopped may have been left undone.
        finished = self._exhausted and not self._under_way
        if finished:
            for name in self._manifest.finish(self._last):
                (self._out / name).unlink(missing_ok=True)
        self._gather_failures()
        ended = Ingested(
            summary=self._summary,
            sources=sources,
            shards=self._shards,
            resumed=self._resumed,
            records_now=self._summary.records - self._resumed_records,
            finished=finished,
            seconds=time.monotonic() - begun,
        )
        self._write_summary(ended)
        return ended

    def _wanted(self, shards: Iterator[Shard]) -> Iterator[Task]:
        """Yield the shards that are not done."""
        for shard in shards:
            self._last = shard.number
            wanted = self._entry(shard)
            if self._manifest.is_done(wanted) and (self._format != SQLITE or (self._out / STORE).exists()):
                self._resumed += 1
                self._count(Summary.of(self._manifest.entries[shard.number].summary), resumed=True)
                continue
            if self._stopped():
                return
            self._manifest.begin(shard.number)
            self._under_way += 1
            yield Task(self.job, shard, str(self._out), self._format)
        self._exhausted = True

    def _entry(self, shard: Shard) -> Entry:
        return Entry(shard.number, shard.source_sha256, self._job_sha256, self._rules_sha256)

    def _note(self, task: Task, done: Done) -> None:
        if self._format == SQLITE:
            with Store(self._out / STORE) as store:
                store.put_rows(done.rows)
        entry = self._entry(task.shard)
        self._manifest.done(replace(entry, files=done.files, summary=done.summary.as_dict()))
        self._under_way -= 1
        self._count(done.summary)

    def _count(self, summary: Summary, resumed: bool = False) -> None:
        self._summary.add(summary)
        self._shards += 1
        self._resumed_records += summary.records if resumed else 0
        if self._progress is not None:
            self._progress(Progress(self._summary.records, self._summary.bytes, self._total, self._resumed_records))

    def _survived(self, task: Task) -> Done:
        """Do a shard again without the records that no process survives."""
        items = without_culprits(task.job, task.shard.items)
        return do_shard(replace(task, shard=replace(task.shard, items=items)))

    def _gather_failures(self) -> None:
        """Put the failures of all shards into one file, in their order."""
        with replacing(self._out / FAILURES) as file:
            for number in sorted(self._manifest.entries):
                for name in self._manifest.entries[number].files:
                    if name.startswith("failures/"):
                        file.write((self._out / name).read_bytes())

    def _write_summary(self, ended: Ingested) -> None:
        numbers = {"sources": ended.sources, "shards": ended.shards, "finished": ended.finished}
        with replacing(self._out / SUMMARY) as file:
            file.write(json.dumps({**numbers, **ended.summary.as_dict()}, indent=2).encode() + b"\n")


def _total(paths: list[Path], stdin: BinaryIO | None) -> int | None:
    """Return the bytes of all inputs, where none of them is compressed."""
    from parser.batch.archives import HEAD, is_compressed

    total = 0
    for path in paths:
        try:
            with path.open("rb") as file:
                if is_compressed(file.read(HEAD)):
                    return None
            total += path.stat().st_size
        except OSError:
            if stdin is not None and str(path) == "-":
                return None
    return total


@contextmanager
def _runner(jobs: int, dask: str | None, stopped: Callable[[], bool]) -> Iterator[Runner]:
    if dask is None:
        yield lambda call, tasks: in_order(call, tasks, jobs, stopped)
        return
    from parser.batch.cluster import on_cluster

    with on_cluster(dask, jobs) as on:
        yield lambda call, tasks: on(call, tasks, stopped)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a folder, so that no two runs write into it at once. The system lets go of it when the process ends."""
    try:
        import fcntl
    except ImportError:
        # Windows has no such locks; there, the user sees to it.
        yield
        return
    with (folder / ".lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"Expected a folder that no other run writes to; found one at work in {folder}."
            ) from error
        yield
