"""Archives and compressed files, read as streams: zip, tar, gzip, bzip2, xz.

Nothing is ever unpacked to disk, so that the names in an archive lead nowhere. What is no plain file in it (links,
devices, archives in archives, names that climb out of their folder) is left out with a finding. What grows beyond all
measure is a bomb, and ends with an error.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from parser.errors import InputError, LimitExceededError, UnreadableInputError, diagnostic
from parser.models import Diagnostic

#: A file's first bytes, of which its kind is told.
HEAD = 1024
#: An archive may grow by so much for each of its bytes, beside what every file may: text grows tenfold or thirtyfold,
#: a bomb a thousandfold and more.
EXPANSION = 200
FREE_BYTES = 16 * 1024 * 1024
#: Members of an archive; the whole of ClinicalTrials.gov has about 600,000.
MEMBERS = 2_000_000

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_USTAR = slice(257, 262)
#: What opens a compressed stream that begins with these bytes.
_STREAMS: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
#: What the standard library raises of a damaged archive; OSError is gzip's and bzip2's.
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; or why it cannot be read.

    Attributes:
        name: Its path in the archive; empty for what a compressed file holds.
        content: An open binary file, to be read before the next member is asked for; an error; a finding about what
            is left out.
        size: Bytes that it holds, where that is known.
    """

    name: str
    content: IO[bytes] | InputError | Diagnostic
    size: int | None = None


def is_compressed(head: bytes) -> bool:
    """Tell from a file's first bytes whether it is an archive, or compressed."""
    return head.startswith(_ZIP) or _is_tar(head) or _stream_of(head) is not None


def open_members(file: io.BufferedReader[Any], head: bytes, size: int | None) -> Iterator[Member]:
    """Yield what is in an archive or a compressed file.

    Args:
        file: At its beginning.
        head: Its first bytes.
        size: Its bytes, where that is known.
    """
    found = False
    for member in _members(file, head, _Budget(size)):
        found = True
        yield member
    if not found:
        yield Member("", UnreadableInputError("Expected files in the archive; found none that is not hidden."))


def _members(file: io.BufferedReader[Any], head: bytes, budget: _Budget) -> Iterator[Member]:
    try:
        if head.startswith(_ZIP):
            yield from _zip_members(file, budget)
            return
        counted = file if budget.packed else io.BufferedReader(_Counting(file, budget))
        unpack = _stream_of(head)
        if unpack is None:
            yield from _tar_members(counted, budget)
            return
        inside = io.BufferedReader(_Bounded(unpack(counted), budget))
        start = inside.peek(HEAD)
        if _is_tar(start):
            yield from _tar_members(inside, _Budget(None, free=None))
        elif is_compressed(start):
            yield Member("", diagnostic("member_skipped", found="an archive in it", member="the compressed file"))
        else:
            yield Member("", inside)
    except InputError as error:
        # Whoever read the member that went beyond it has been told.
        if budget.refusals < 2:
            yield Member("", error)
    except _DAMAGE as error:
        yield Member("", _damaged(error))


def _zip_members(file: io.BufferedReader[Any], budget: _Budget) -> Iterator[Member]:
    if not file.seekable():
        raise UnreadableInputError("Expected a zip archive as a file; found one in a stream. Give its path.")
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        if len(members) > MEMBERS:
            raise LimitExceededError(f"Expected at most {MEMBERS:,} members; found {len(members):,}. Unpack it.")
        for member in members:
            if budget.is_spent():
                return
            if member.is_dir():
                continue
            kind = stat.S_IFMT(member.external_attr >> 16)
            reason = _unsafe(member.filename) or ("" if kind in (0, stat.S_IFREG) else "a link or device")
            reason = reason or ("an encrypted member" if member.flag_bits & 1 else "")
            if reason:
                yield _skipped(member.filename, reason)
                continue
            try:
                with archive.open(member) as content:
                    yield from _content(member.filename, content, budget, member.file_size)
            except _DAMAGE as error:
                yield Member(member.filename, _damaged(error))


def _tar_members(file: io.BufferedReader[Any], budget: _Budget) -> Iterator[Member]:
    # A stream read once, from front to back: a member's content is gone when the next one is asked for.
    with tarfile.open(fileobj=file, mode="r|") as archive:
        for number, member in enumerate(archive, start=1):
            # The module keeps every member that it has met; nobody asks for them again.
            archive.members = []  # type: ignore[attr-defined]
            if budget.is_spent():
                return
            if number > MEMBERS:
                raise LimitExceededError(f"Expected at most {MEMBERS:,} members; found more. Unpack it.")
            if member.isdir():
                continue
            reason = _unsafe(member.name) or ("" if member.isreg() else "a link or device")
            content = None if reason else archive.extractfile(member)
            if content is None:
                yield _skipped(member.name, reason or "no content")
            else:
                yield from _content(member.name, content, budget, member.size)


def _content(name: str, content: IO[bytes], budget: _Budget, size: int) -> Iterator[Member]:
    """Yield a plain member; one that is compressed once more is unpacked, an archive is left out."""
    if name.rpartition("/")[2].startswith("."):
        return
    file = io.BufferedReader(_Bounded(content, budget))
    try:
        head = file.peek(HEAD)
        unpack = _stream_of(head)
        if unpack is not None:
            file = io.BufferedReader(_Bounded(unpack(file), budget))
            head = file.peek(HEAD)
    except InputError as error:
        yield Member(name, error)
        return
    if is_compressed(head):
        yield _skipped(name, "an archive in the archive")
    else:
        yield Member(name, file, size if unpack is None else None)


class _Budget:
    """How many bytes an archive may still become.

    Args:
        size: Of the archive; None where its bytes are counted as they are read.
        free: What every archive may become, whatever its size; None for no bound, where another budget bounds.
    """

    def __init__(self, size: int | None, free: int | None = FREE_BYTES) -> None:
        self.packed = size or 0
        self._free = free
        self._spent = 0
        self.refusals = 0

    def is_spent(self) -> bool:
        """Tell whether the archive has become more than it may."""
        return self._free is not None and self._spent > self._free + EXPANSION * self.packed

    def spend(self, count: int) -> None:
        """Count bytes that came out.

        Raises:
            LimitExceededError: They are more than an archive of its size may become.
        """
        self._spent += count
        if self.is_spent():
            self.refusals += 1
            raise LimitExceededError(
                f"Expected an archive that grows at most {EXPANSION}-fold; found {self._spent:,} bytes in "
                f"{self.packed:,}, as in a zip bomb. Unpack it yourself if you trust it."
            )


class _Bounded(io.RawIOBase):
    """A member's bytes, counted against a budget; damage comes as an error of ours."""

    def __init__(self, file: IO[bytes], budget: _Budget) -> None:
        self._file = file
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            part = self._file.read(len(buffer))
        except _DAMAGE as error:
            raise _damaged(error) from error
        self._budget.spend(len(part))
        buffer[: len(part)] = part
        return len(part)


class _Counting(io.RawIOBase):
    """A stream whose size is not known: a budget grows with what is read of it."""

    def __init__(self, file: io.BufferedReader[Any], budget: _Budget) -> None:
        self._file = file
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._file.read1(len(buffer))
        self._budget.packed += len(part)
        buffer[: len(part)] = part
        return len(part)


def _is_tar(head: bytes) -> bool:
    return head[_USTAR] == b"ustar"


def _stream_of(head: bytes) -> Callable[[Any], Any] | None:
    return next((unpack for magic, unpack in _STREAMS.items() if head.startswith(magic)), None)


def _unsafe(name: str) -> str:
    """Say what is wrong with a member's name; nothing for a path that stays in its folder."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        return "a name that leads out of the archive"
    return "a name with a NUL" if "\0" in name else ""


def _skipped(name: str, reason: str) -> Member:
    return Member(name, diagnostic("member_skipped", found=reason, member=ascii(name)))


def _damaged(error: BaseException) -> UnreadableInputError:
    what = str(error) or type(error).__name__
    return UnreadableInputError(f"Expected an archive that can be unpacked; found a damaged one ({what}).")
