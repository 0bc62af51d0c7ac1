"""Archives and compressed files: what is in them is read, and nothing in them does harm."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import parser
from parser.batch import archives
from parser.batch.sources import find, open_stream
from parser.errors import InputError, UsageError
from parser.models import Diagnostic

WORDS = b"some words\n"
FILES = {"a.txt": WORDS, "folder/b.txt": WORDS * 2}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("folder/", b"")
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


class Pipe(io.BytesIO):
    """A stream that cannot go back."""

    def seekable(self) -> bool:
        return False


def read(data: bytes | Pipe) -> list[tuple[str, bytes | str]]:
    """What a stream holds: names with content, or with the code of what is wrong."""
    found: list[tuple[str, bytes | str]] = []
    opened = open_stream("x", data) if isinstance(data, Pipe) else open_stream("x", io.BytesIO(data), len(data))
    for source in opened:
        content = source.content
        if isinstance(content, InputError | Diagnostic):
            found.append((source.name, content.code))
            continue
        try:
            found.append((source.name, content.read()))
        except InputError as error:
            found.append((source.name, error.code))
    return found


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES),
        zipped(FILES, zipfile.ZIP_STORED),
        *(tarred(FILES, f"w:{kind}") for kind in ("", "gz", "bz2", "xz")),
    ],
    ids=["zip", "zip stored", "tar", "tar.gz", "tar.bz2", "tar.xz"],
)
def test_batch_archives_are_read_member_by_member(data: bytes) -> None:
    assert read(data) == [("x/a.txt", WORDS), ("x/folder/b.txt", WORDS * 2)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_batch_archives_compressed_files_are_unpacked(pack: Callable[[bytes], bytes]) -> None:
    assert read(pack(WORDS)) == [("x", WORDS)]
    assert read(zipped({"a.gz": pack(WORDS)})) == [("x/a.gz", WORDS)]


def test_batch_archives_other_files_are_left_as_they_are() -> None:
    assert read(WORDS) == [("x", WORDS)]
    assert read(b"") == [("x", b"")]


def test_batch_archives_in_streams_are_read_but_for_zip() -> None:
    assert read(Pipe(gzip.compress(WORDS))) == [("x", WORDS)]
    assert read(Pipe(tarred(FILES, "w:gz"))) == [("x/a.txt", WORDS), ("x/folder/b.txt", WORDS * 2)]
    assert read(Pipe(zipped(FILES))) == [("x", "unreadable_input")]


def test_batch_archives_in_streams_may_be_large() -> None:
    data = bytes(archives.FREE_BYTES + 1)
    assert [len(each) for _, each in read(Pipe(tarred({"a": data})))] == [len(data)]


@pytest.mark.parametrize("data", [zipped({}), zipped({".hidden": WORDS}), tarred({".hidden": WORDS}, "w:gz")])
def test_batch_archives_without_files_are_errors(data: bytes) -> None:
    assert [found for _, found in read(data)] == ["unreadable_input"]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/passwd", "a/../../b", "C:\\a.txt", "..\\a.txt"])
def test_batch_archives_leave_out_names_that_lead_out(name: str) -> None:
    assert read(tarred({name: WORDS, "b.txt": WORDS})) == [(f"x/{name}", "member_skipped"), ("x/b.txt", WORDS)]
    assert read(zipped({name: WORDS}))[0][1] == "member_skipped"


def test_batch_archives_leave_out_links_and_devices() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            member = tarfile.TarInfo(f"member{kind.decode()}")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert {found for _, found in read(file.getvalue())} == {"member_skipped"}
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(link, "/etc/passwd")
    assert read(file.getvalue()) == [("x/link", "member_skipped")]


def test_batch_archives_leave_out_archives_in_archives() -> None:
    assert read(zipped({"inner.zip": zipped(FILES), "b.txt": WORDS})) == [
        ("x/inner.zip", "member_skipped"),
        ("x/b.txt", WORDS),
    ]
    assert read(zipped({"inner.tgz": tarred(FILES, "w:gz")})) == [("x/inner.tgz", "member_skipped")]
    assert read(gzip.compress(gzip.compress(WORDS))) == [("x", "member_skipped")]


@pytest.mark.parametrize(
    "pack",
    [
        lambda zeros: zipped({"a": zeros}),
        lambda zeros: zipped({"a": zeros[: len(zeros) // 2], "b": zeros[: len(zeros) // 2]}),
        gzip.compress,
        bz2.compress,
        lambda zeros: tarred({"a": zeros}, "w:gz"),
    ],
    ids=["zip", "zip of two", "gzip", "bzip2", "tar.gz"],
)
def test_batch_archives_end_at_a_bomb(pack: Callable[[bytes], bytes]) -> None:
    """64 MB of zeros in some KB: reading ends soon after what any archive may become, in little memory."""
    data = pack(bytes(64 * 1024 * 1024))
    tracemalloc.start()
    codes: list[str] = []
    spent = 0
    for source in open_stream("x", io.BytesIO(data), len(data)):
        if isinstance(source.content, InputError | Diagnostic):
            codes.append(source.content.code)
            continue
        try:
            while part := source.content.read(65_536):
                spent += len(part)
        except InputError as error:
            codes.append(error.code)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes == ["limit_exceeded"]
    assert spent <= archives.FREE_BYTES + archives.EXPANSION * len(data) + 65_536
    assert peak < 16 * 1024 * 1024


@pytest.mark.parametrize("kind", ["zip", "gz", "tar.gz", "xz"])
@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_batch_archives_damaged_ones_are_errors(kind: str, damage: str) -> None:
    words = bytes(range(256)) * 40
    data = {
        "zip": zipped({"a": words, "b": words}),
        "gz": gzip.compress(words),
        "tar.gz": tarred({"a": words}, "w:gz"),
        "xz": lzma.compress(words),
    }[kind]
    middle = len(data) // 2
    broken = data[:middle] if damage == "cut" else data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]
    found = read(broken)
    assert "unreadable_input" in [each for _, each in found]
    assert all(each in (words, "unreadable_input", "limit_exceeded") for _, each in found)


def test_batch_archives_encrypted_members_are_left_out() -> None:
    data = bytearray(zipped({"a.txt": WORDS}))
    # The flag of encryption stands in the member's own header, and in the directory's.
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(mark) + at] |= 1
    assert read(bytes(data)) == [("x/a.txt", "member_skipped")]


def test_batch_archives_of_pages_are_parsed(clinconnect: Path) -> None:
    page = (clinconnect / "sources" / "clinconnect_sepsis.txt").read_bytes()
    data = zipped({"one.txt": page, "../two.txt": page, "letter.txt": b"Dear all, lunch is at noon."})
    results = list(parser.parse_many([("pages.zip", data)], rules=False))
    assert [(each.origin, each.status) for each in results] == [
        ("pages.zip/one.txt", "success"),
        ("pages.zip/../two.txt", "skipped"),
        ("pages.zip/letter.txt", "failed"),
    ]
    assert results[0].trial == parser.parse(page, rules=False)


# --- files and folders -----------------------------------------------------------------------------------------------


def test_batch_sources_find_files_folders_and_globs_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b/2.xml", "b/10.xml", "a.xml", "c.json", ".hidden/x.xml", "b/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)

    def names(*inputs: str, leave_out: str = "out") -> list[str]:
        paths = find([tmp_path / each for each in inputs], leave_out=tmp_path / leave_out)
        return [path.relative_to(tmp_path).as_posix() for path in paths]

    assert names("c.json", ".") == ["c.json", "a.xml", "b/10.xml", "b/2.xml"]
    assert names("*.xml", "**/*.xml") == ["a.xml", "b/10.xml", "b/2.xml"]
    assert names(".", leave_out="b") == ["a.xml", "c.json"]
    with pytest.raises(UsageError):
        names("*.csv")
