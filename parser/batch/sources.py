"""What there is to read: files, folders, globs, archives, compressed files and standard input, one after the other.

Every source is opened when its turn comes and read as a stream. What a file is, is told by its first bytes, not by its
name.
"""

from __future__ import annotations

import contextlib
import glob
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from parser.batch.archives import HEAD, is_compressed, open_members
from parser.errors import InputError, UnreadableInputError, UsageError
from parser.models import Diagnostic

#: Standard input.
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read records from; or why it cannot be read.

    Attributes:
        name: Its path; of an archive's member, the archive's path and the member's.
        content: An open binary file, to be read before the next source is asked for; an error; a finding about what
            is left out.
        size: Bytes that it holds, where that is known.
    """

    name: str
    content: IO[bytes] | InputError | Diagnostic
    size: int | None = None


def find(inputs: Iterable[str | Path], stdin: BinaryIO | None = None, leave_out: Path | None = None) -> list[Path]:
    """Return the files that inputs name: files, all files in folders, what globs match; in a fixed order.

    Hidden files and folders are left out, and so are links to folders, which may lead in circles.

    Args:
        inputs: Paths; `-` stands for standard input.
        stdin: Standard input, where it may be named.
        leave_out: A folder whose files are not taken: that of the output.

    Raises:
        UsageError: An input names nothing.
    """
    found: list[Path] = []
    for each in inputs:
        name = str(each)
        if name == STDIN and stdin is not None:
            found.append(Path(STDIN))
            continue
        paths = [Path(name)] if os.path.lexists(name) else _matching(Path(name))
        if not paths:
            raise UsageError(f"Expected a file, a folder or a glob that matches; found nothing at {name!r}.")
        for path in paths:
            found.extend(_files(path, leave_out) if path.is_dir() else [path])
    return list(dict.fromkeys(found))


def _matching(pattern: Path) -> list[Path]:
    """Return what a glob matches; `**` follows no links, which may lead in circles, and `*` is nothing hidden."""
    plain = next((number for number, part in enumerate(pattern.parts) if glob.has_magic(part)), None)
    if plain is None:
        return []
    base, rest = Path(*pattern.parts[:plain]), pattern.parts[plain:]
    asked = any(part.startswith(".") for part in rest)
    found = sorted(base.glob("/".join(rest)))
    return [path for path in found if asked or not any(part.startswith(".") for part in path.relative_to(base).parts)]


def _files(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    away = leave_out.resolve() if leave_out is not None else None
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (Path(here) / name).resolve() != away
        )
        yield from (Path(here) / name for name in sorted(names) if not name.startswith("."))


def open_sources(paths: Iterable[Path], stdin: BinaryIO | None = None) -> Iterator[Source]:
    """Yield what the files hold, opened: each file, or each member of an archive.

    A file that cannot be opened comes as its error, and the next one follows.
    """
    for path in paths:
        if str(path) == STDIN and stdin is not None:
            yield from open_stream("standard input", stdin)
            continue
        name = path.as_posix()
        try:
            with path.open("rb") as file:
                yield from open_stream(name, file, os.fstat(file.fileno()).st_size)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            yield Source(name, UnreadableInputError(f"Expected a file that can be read; found {reason} at {name}."))


def open_stream(name: str, stream: BinaryIO, size: int | None = None) -> Iterator[Source]:
    """Yield a stream as the source that it is, or the members of the archive that it is.

    Args:
        name: What to call it.
        stream: An open binary file.
        size: Its bytes, where that is known.
    """
    raw: Any = stream  # any stream of bytes does
    file = io.BufferedReader(raw)
    try:
        head = file.peek(HEAD)
        if not is_compressed(head):
            yield Source(name, file, size)
            return
        for member in open_members(file, head, size):
            yield Source(f"{name}/{member.name}" if member.name else name, member.content, member.size)
    finally:
        # The stream is its owner's to close.
        with contextlib.suppress(ValueError):
            file.detach()
