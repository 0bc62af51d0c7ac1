"""What a worker does: parse a list of items. The same function serves one process, a pool and a cluster."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parser.batch.privacy import without_contacts
from parser.errors import InternalError, TrialParserError
from parser.models import Diagnostic, Limits, ParseResult
from parser.pipeline import parse_batch
from parser.reading.records import RawRecord

if TYPE_CHECKING:
    from parser.rules import Memory

#: Records whose criteria go through the language pipeline together.
BATCH = 32
_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One record to parse; or why there is none.

    Attributes:
        origin: Its source's name and, among several records, its number: `export.csv#12`.
        content: The record unread; an error or finding of cutting the source.
    """

    origin: str
    content: RawRecord | TrialParserError | Diagnostic

    @property
    def size(self) -> int:
        """Bytes of the record, or characters of its text."""
        return len(self.content.data) if isinstance(self.content, RawRecord) else 0

    def raw(self) -> bytes:
        """Return what decides the outcome, as bytes: the record, how it is to be read, and where it came from."""
        record = self.content
        if not isinstance(record, RawRecord):
            return f"{self.origin}\0{record}".encode("utf-8", "surrogatepass")
        # A row of a table says nothing without the names of its columns.
        how = (self.origin, record.format, record.encoding, record.encoding_from, *(record.row or ()))
        data = record.data if isinstance(record.data, bytes) else record.data.encode("utf-8", "surrogatepass")
        return f"{how!r}\0".encode() + data

    def excerpt(self) -> str:
        """Return the beginning of the record, for someone who looks into a failure."""
        if not isinstance(self.content, RawRecord):
            return ""
        data = self.content.data[:_EXCERPT]
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        return text.encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True)
class Job:
    """How to parse: the same for all records of a run.

    Attributes:
        rules: Make rules of the criteria.
        contacts: Keep names, telephone numbers and addresses of people.
        registry: As of `parser.parse`.
        limits: As of `parser.parse`.
        vocabulary: Path of the index that gives concepts codes (`trial-parser vocabulary build`).
    """

    rules: bool = True
    contacts: bool = True
    registry: str | None = None
    limits: Limits = field(default_factory=Limits)
    vocabulary: str | None = None

    def digest(self) -> str:
        """Return what tells this job's results from another's."""
        index = _digest(Path(self.vocabulary)) if self.vocabulary else ""
        words = (self.rules, self.contacts, self.registry, self.limits.model_dump_json(), index)
        return hashlib.sha256(repr(words).encode()).hexdigest()


@lru_cache(maxsize=4)
def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Worker:
    """Parses items; has what takes long to load, and remembers criteria.

    Args:
        job: How to parse.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self.memory: Memory | None = None
        self._options: dict[str, Any] = {"registry": job.registry, "rules": job.rules, "limits": job.limits}
        if job.rules:
            from parser.pipeline import load_nlp
            from parser.rules import Memory

            self.memory = Memory()
            self._options |= {"nlp": load_nlp(), "memory": self.memory}
        if job.vocabulary is not None:
            from parser.vocabulary import AthenaVocabulary

            self._options["vocabulary"] = AthenaVocabulary(Path(job.vocabulary))

    def parse(self, items: Sequence[Item]) -> Iterator[ParseResult]:
        """Yield one result an item, in their order."""
        for start in range(0, len(items), BATCH):
            yield from self._parse(items[start : start + BATCH])

    def _parse(self, items: Sequence[Item]) -> Iterator[ParseResult]:
        records = [item.content for item in items if isinstance(item.content, RawRecord)]
        results = iter(parse_batch(records, **self._options))
        for item in items:
            result = next(results) if isinstance(item.content, RawRecord) else not_parsed(item.content)
            if not self._job.contacts:
                result = _without_contacts(result, item)
            result.origin = item.origin
            yield result


def _without_contacts(result: ParseResult, item: Item) -> ParseResult:
    if result.trial is None:
        return result
    try:
        result.trial = without_contacts(result.trial)
    except Exception as error:  # noqa: BLE001 - one record's bug must not end a run of thousands
        return not_parsed(InternalError(f"A bug of ours in taking people out of {item.origin}: {error!r}. Report it."))
    result.diagnostics = result.trial.diagnostics
    return result


@lru_cache(maxsize=2)
def worker(job: Job) -> Worker:
    """Return this process's worker for a job, loaded once."""
    return Worker(job)


def not_parsed(reason: TrialParserError | Diagnostic) -> ParseResult:
    """Return the result of what could not be cut out of its source, or was left out."""
    if isinstance(reason, Diagnostic):
        return ParseResult(status="skipped", diagnostics=[reason])
    bad = Diagnostic(code=reason.code, severity="error", message=str(reason))
    return ParseResult(status="failed", diagnostics=[bad])


def parse_items(job: Job, items: Sequence[Item]) -> list[ParseResult]:
    """Parse items with this process's worker: what a pool is given to do."""
    return list(worker(job).parse(items))


def chunked(items: Iterable[Item], count: int, size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of so many at most, and of so many bytes unless a single one is larger."""
    chunk: list[Item] = []
    held = 0
    for item in items:
        if chunk and (len(chunk) >= count or held + item.size > size):
            yield chunk
            chunk, held = [], 0
        chunk.append(item)
        held += item.size
    if chunk:
        yield chunk
