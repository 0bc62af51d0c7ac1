"""Records that were written before, and pages that were not parsed yet, as one stream.

A source is told by its first bytes, whatever its name: records of ours as JSON, JSON Lines, a JSON list, a store of
`ingest` or its Parquet files; anything else is parsed. A folder that `ingest` wrote stands for its records.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from pydantic import ValidationError

from parser.batch.manifest import NAME as MANIFEST
from parser.batch.sources import find, open_sources
from parser.errors import InputError, UnreadableInputError, UsageError
from parser.models import Diagnostic, ParseResult, Trial
from parser.pipeline import parse_records
from parser.version import SCHEMA_VERSION

#: Where `ingest` puts its records, in the folder of its output, by its formats.
_HOMES: Final = ("trials.sqlite", "shards", "trials")
_STORE: Final = b"SQLite format 3\0"
_PARQUET: Final = b"PAR1"
_MARK: Final = b"\xef\xbb\xbf"
_HEAD: Final = 4096
_RECORD = re.compile(rb'(?:\xef\xbb\xbf)?\s*(\[)?\s*\{\s*"schema_name"\s*:\s*"trial"')


def read_trials(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, rules: bool = True, registry: str | None = None
) -> Iterator[ParseResult]:
    """Yield a result for every record of the inputs, in their order.

    Args:
        inputs: Files, folders, globs and archives with records of ours or with pages; `-` is standard input.
        stdin: Standard input, where it may be named.
        rules: Make rules of the criteria of pages; records keep those that they have.
        registry: Read pages as this registry's.

    Yields:
        One result a record; what cannot be read is `failed`.

    Raises:
        UsageError: An input names nothing.
    """
    for source in open_sources(find([_records_of(each) for each in inputs], stdin), stdin):
        if isinstance(source.content, Diagnostic):
            yield ParseResult(status="skipped", diagnostics=[source.content], origin=source.name)
        elif isinstance(source.content, InputError):
            yield _failed(source.content, source.name)
        else:
            yield from _read(source.name, source.content, rules, registry)


def _records_of(each: str | Path) -> str | Path:
    """Return, of a folder that `ingest` wrote, what holds the records."""
    folder = Path(each)
    if not (folder / MANIFEST).is_file():
        return each
    return next((folder / home for home in _HOMES if (folder / home).exists()), each)


def _read(name: str, content: Any, rules: bool, registry: str | None) -> Iterator[ParseResult]:
    stream = content if isinstance(content, io.BufferedReader) else io.BufferedReader(content)
    begins = stream.peek(_HEAD)[:_HEAD]
    if begins.startswith(_STORE):
        yield from _stored(name)
        return
    if begins.startswith(_PARQUET):
        yield from _of_table(name, stream)
        return
    head = _RECORD.match(begins)
    if head is None:
        for result in parse_records(stream, rules=rules, registry=registry):
            yield result.model_copy(update={"origin": name})
        return
    for place, load in _listed(stream) if head[1] else _records(stream):
        yield _loaded(f"{name}{place}", load)


def _listed(stream: BinaryIO) -> Iterator[tuple[str, Callable[[], Trial]]]:
    """Yield the entries of a JSON list, as `_records`; one failing entry where it is no JSON."""
    content = stream.read()
    try:
        entries = json.loads(content)
    except ValueError:
        yield "", partial(Trial.from_json, content)
        return
    for at, entry in enumerate(entries, start=1):
        yield f", entry {at}", partial(Trial.model_validate, entry)


def _records(stream: BinaryIO) -> Iterator[tuple[str, Callable[[], Trial]]]:
    """Yield the records of a stream, unread, with where they stand in it."""
    first = stream.readline().removeprefix(_MARK)
    if not first.rstrip().endswith(b"}"):
        whole = first + stream.read()
        yield "", partial(Trial.from_json, whole)
        return
    number, line = 1, first
    while line:
        if line.strip():
            yield f", line {number}", partial(Trial.from_json, line)
        number, line = number + 1, stream.readline()


def _stored(name: str) -> Iterator[ParseResult]:
    from parser.store import Store

    try:
        with Store(name) as store:
            for trial in store.trials():
                yield _read_already(trial, name)
    except InputError as error:
        yield _failed(error, name)


def _of_table(name: str, stream: BinaryIO) -> Iterator[ParseResult]:
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            "Expected pyarrow for Parquet files; found none. Run: pip install 'trial-parser[parquet]'"
        ) from error
    table = pq.read_table(io.BytesIO(stream.read()), columns=["record"])
    for at, record in enumerate(table.column("record").to_pylist(), start=1):
        yield _loaded(f"{name}, row {at}", partial(Trial.from_json, record))


def _loaded(name: str, load: Callable[[], Trial]) -> ParseResult:
    try:
        trial = load()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = "/".join(map(str, first["loc"]))
        return _failed(
            UnreadableInputError(
                f"Expected a record of schema {SCHEMA_VERSION}; found at {where or 'the top'}: {first['msg']}. "
                "Parse its source again, or export it with the version that wrote it."
            ),
            name,
        )
    return _read_already(trial, name)


def _read_already(trial: Trial, name: str) -> ParseResult:
    return ParseResult(status="success", trial=trial, diagnostics=trial.diagnostics, source=trial.source, origin=name)


def _failed(error: InputError, name: str) -> ParseResult:
    bad = Diagnostic(code=error.code, severity="error", message=str(error))
    return ParseResult(status="failed", diagnostics=[bad], origin=name)
