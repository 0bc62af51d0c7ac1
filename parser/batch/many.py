"""`parse_many`: every record of many sources, in their order, from one process or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from parser.batch.pools import WorkerDiedError, alone, in_order
from parser.batch.sources import Source, find, open_sources, open_stream
from parser.batch.work import Item, Job, chunked, parse_items
from parser.errors import InputError, InternalError, UnreadableInputError, UsageError
from parser.models import Diagnostic, Limits, ParseResult
from parser.reading.records import iter_raw_records

#: What a process gets at once: so many records, and so many bytes unless one is larger.
CHUNK_RECORDS = 64
CHUNK_BYTES = 4 * 1024 * 1024

_LIMITS = Limits()
_NO_RECORD = "Expected a record; found a container of records with none in it."


def parse_many(
    sources: Iterable[Path | bytes | str | tuple[str, bytes]],
    *,
    jobs: int = 1,
    rules: bool = True,
    contacts: bool = True,
    registry: str | None = None,
    limits: Limits = _LIMITS,
    vocabulary: Path | None = None,
) -> Iterator[ParseResult]:
    """Parse every record of many sources; bad input comes back as a `failed` result and is not raised.

    Sources are read as they are needed, and few records are held at a time. Criteria of many trials go through the
    language pipeline together, and criteria that repeat word for word are read once.

    With several jobs, call it under `if __name__ == "__main__":`, since each process imports the program's main module.

    Args:
        sources: `Path`s of files, folders and archives; documents as bytes or `str`; `(id, bytes)` pairs. Each may hold
            one record or thousands, and be compressed.
        jobs: Processes; 1 for this one.
        rules: As of `parse`.
        contacts: Keep names, telephone numbers and addresses of people.
        registry: As of `parse`.
        limits: As of `parse`, for each record; `records` for each source.
        vocabulary: Index that gives concepts codes (`trial-parser vocabulary build`).

    Yields:
        One result a record, in the order of the sources; `origin` says which.

    Raises:
        UsageError: An argument names nothing known.
    """
    if jobs < 1:
        raise UsageError(f"Expected 1 job or more; found {jobs}.")
    job = Job(rules, contacts, registry, limits, str(vocabulary) if vocabulary is not None else None)
    chunks = chunked(items_of(_opened(sources), limits), CHUNK_RECORDS, CHUNK_BYTES)
    for chunk, results in in_order(partial(parse_items, job), chunks, jobs):
        if isinstance(results, WorkerDiedError):
            results = parse_items(job, without_culprits(job, chunk))
        yield from results


def _opened(sources: Iterable[Path | bytes | str | tuple[str, bytes]]) -> Iterator[Source]:
    for number, source in enumerate(sources, start=1):
        if isinstance(source, Path):
            yield from open_sources(find([source]) if source.is_dir() else [source])
            continue
        name, data = source if isinstance(source, tuple) else (str(number), source)
        data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        if not isinstance(name, str) or not isinstance(data, bytes):
            raise UsageError(f"Expected a Path, bytes, str or (id, bytes); found {type(source).__name__}.")
        yield from open_stream(name, BytesIO(data), len(data))


def items_of(sources: Iterable[Source], limits: Limits) -> Iterator[Item]:
    """Yield every record of the sources, unread; an error for a source with none."""
    for source in sources:
        if isinstance(source.content, InputError | Diagnostic):
            yield Item(source.name, source.content)
            continue
        number = 0
        for number, record in enumerate(iter_raw_records(cast(BinaryIO, source.content), limits=limits), start=1):
            among_others = isinstance(record, InputError | Diagnostic) and number > 1
            among_others = among_others or getattr(record, "number", 0) > 0
            yield Item(f"{source.name}#{number}" if among_others else source.name, record)
        if number == 0:
            yield Item(source.name, UnreadableInputError(_NO_RECORD))


def without_culprits(job: Job, items: Sequence[Item]) -> list[Item]:
    """Return the items with an error in the place of each that no process survives.

    They are found by halves, in processes of their own.
    """
    culprits = set(_culprits(job, list(enumerate(items))))
    return [replace(item, content=_fatal(item)) if number in culprits else item for number, item in enumerate(items)]


def _culprits(job: Job, items: Sequence[tuple[int, Item]]) -> Iterator[int]:
    outcome = alone(partial(_survive, job), [item for _, item in items])
    if not isinstance(outcome, WorkerDiedError):
        return
    if len(items) == 1:
        yield items[0][0]
        return
    half = len(items) // 2
    yield from _culprits(job, items[:half])
    yield from _culprits(job, items[half:])


def _survive(job: Job, items: Sequence[Item]) -> None:
    parse_items(job, items)


def _fatal(item: Item) -> InternalError:
    return InternalError(
        f"Expected {item.origin} to be parsed; found that the process died of it, by a crash or for want of memory. "
        "Left out; report it with the document."
    )
