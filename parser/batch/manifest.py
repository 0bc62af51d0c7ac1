"""The manifest: what each shard of a run was made of, and by what; one line a shard, the last one counts.

A line is added when a shard's files are in their place. A line that was cut off by a crash is no line, and its shard is
done again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from parser.batch.atomic import replacing
from parser.errors import UsageError
from parser.version import SCHEMA_VERSION, __version__

NAME = "manifest.jsonl"
_HEADER = "trial-parser manifest"
#: Rooms of the package whose code and data decide what a record is; `nlp` and `rules` only where rules are made.
_READING = ("models", "text", "normalize", "reading", "registries", "outline", "pipeline.py", "errors.py")
_RULES = ("nlp", "rules", "vocabulary")
_NO_CODE = frozenset({"__pycache__", "training"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A shard that is done.

    Attributes:
        shard: Its number, from 1.
        source_sha256: Of its records as they came in, with their origins.
        job_sha256: Of the options.
        rules_sha256: Of the code and data that made its records.
        parser_version: Of the package.
        schema_version: Of the JSON.
        files: Its files and their bytes.
        summary: What became of its records.
    """

    shard: int
    source_sha256: str
    job_sha256: str
    rules_sha256: str
    parser_version: str = __version__
    schema_version: str = SCHEMA_VERSION
    files: dict[str, int] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)

    def made_of(self) -> tuple[str, ...]:
        """Return what decides the shard's content."""
        return (
            self.source_sha256,
            self.job_sha256,
            self.rules_sha256,
            self.parser_version,
            self.schema_version,
        )


class Manifest:
    """The manifest of a folder.

    Args:
        folder: Where the run's output is.
        format: Of the output.

    Attributes:
        entries: By the shard's number, what is done.

    Raises:
        UsageError: The folder holds a run in another format.
    """

    def __init__(self, folder: Path, format: str) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._header = {"manifest": _HEADER, "format": format}
        self.entries: dict[int, Entry] = {}
        if not self._path.exists():
            self._write()
            return
        header, *lines = self._path.read_bytes().split(b"\n")
        if _loaded(header) != self._header:
            raise UsageError(
                f"Expected a run in the format {format} in {folder}; found {header[:80]!r}. Name another --out."
            )
        for line in lines:
            self._take(_loaded(line))
        # A line that was cut off must not be continued.
        self._write()

    def is_done(self, wanted: Entry) -> bool:
        """Tell whether a shard is done of the same content by the same means, and its files are all there."""
        done = self.entries.get(wanted.shard)
        return (
            done is not None
            and done.made_of() == wanted.made_of()
            and all(_size(self._folder / name) == size for name, size in done.files.items())
        )

    def begin(self, shard: int) -> None:
        """Note that a shard's files are about to change, where they were done before."""
        if self.entries.pop(shard, None) is not None:
            self._add({"shard": shard, "undone": True})

    def done(self, entry: Entry) -> None:
        """Note that a shard's files are in their place."""
        self.entries[entry.shard] = entry
        self._add(asdict(entry))

    def finish(self, shards: int) -> list[str]:
        """Forget shards beyond the last, and return the names of the files that were theirs."""
        beyond = [self.entries.pop(number) for number in sorted(self.entries) if number > shards]
        self._write()
        return [name for entry in beyond for name in entry.files]

    def _take(self, line: Any) -> None:
        if not isinstance(line, dict) or "shard" not in line:
            return
        if line.get("undone"):
            self.entries.pop(line["shard"], None)
            return
        try:
            self.entries[line["shard"]] = Entry(**line)
        except TypeError:
            # Another version's: it is done again.
            self.entries.pop(line["shard"], None)

    def _add(self, line: dict[str, Any]) -> None:
        with self._path.open("ab") as file:
            file.write(_line(line))
            file.flush()
            os.fsync(file.fileno())

    def _write(self) -> None:
        with replacing(self._path) as file:
            file.write(_line(self._header))
            file.writelines(_line(asdict(self.entries[number])) for number in sorted(self.entries))


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


@cache
def rules_sha256(rules: bool) -> str:
    """Return the hash of the code and data that decide what a record is."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in _files(root / name for name in (*_READING, *(_RULES if rules else ()))):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(places: Iterable[Path]) -> list[Path]:
    found = [one for place in places for one in ([place] if place.is_file() else place.rglob("*"))]
    return sorted(path for path in found if path.is_file() and not _NO_CODE.intersection(path.parts))
