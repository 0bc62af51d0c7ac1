"""Pages that a browser saved as one file (MHTML, RFC 2557)."""

from __future__ import annotations

import hashlib
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

import parser
from parser.errors import UnreadableInputError
from parser.reading import read
from parser.reading.records import iter_documents
from parser.reading.saved import is_saved_page

PAGE = "<html><head><title>Tea</title></head><body><h1>Thé & asthma ≥ 18</h1><ul><li>café</li></ul></body></html>"
URL = "https://clinconnect.example/trials/NCT05930217"


def saved(*parts: MIMEBase, url: str | None = URL) -> bytes:
    """Return a saved page as Chromium writes it: its address in the headers, CRLF line ends."""
    message = MIMEMultipart("related", boundary="----MultipartBoundary--x", _subparts=parts, type="text/html")
    message["From"] = "<Saved by Blink>"
    if url:
        message["Snapshot-Content-Location"] = url
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def part(html: str, charset: str = "utf-8", url: str | None = URL, declared: bool = True) -> MIMEBase:
    made = MIMEText(html, "html", charset)
    if url:
        made["Content-Location"] = url
    if not declared:
        made.del_param("charset")
    return made


def lines(data: bytes) -> list[str]:
    page = read(data).page
    assert page is not None
    return page.text.split("\n")


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1252", "no-such-charset"])
def test_reading_saved_page_is_read_with_its_charset(charset: str) -> None:
    html = PAGE if charset.startswith("utf") else PAGE.replace("≥", "over")
    known = "cp1252" if charset == "no-such-charset" else charset
    made = part(html, known)
    made.set_param("charset", charset)
    assert lines(saved(made)) == [f"Thé & asthma {'≥' if html == PAGE else 'over'} 18", "café"]


def test_reading_saved_page_without_charset_has_it_decided() -> None:
    assert lines(saved(part(PAGE, declared=False))) == ["Thé & asthma ≥ 18", "café"]


def test_reading_saved_page_is_the_part_of_its_address_among_frames_and_pictures() -> None:
    frame = part("<html><body><p>An advertisement</p></body></html>", url="https://ads.example/")
    picture = MIMEImage(b"\x89PNG\r\n\x1a\n" + bytes(20), "png")
    assert lines(saved(frame, picture, part(PAGE)))[0] == "Thé & asthma ≥ 18"
    assert lines(saved(part(PAGE, url=None), frame, url=None))[0] == "Thé & asthma ≥ 18"


def test_reading_saved_page_keeps_the_files_hash_and_the_pages_address() -> None:
    data = saved(part(PAGE))
    document = read(data)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.size == len(data)
    assert document.page is not None
    assert document.page.url == URL
    canonical = PAGE.replace("<title>", '<link rel="canonical" href="https://a.example/b"><title>')
    document = read(saved(part(canonical)))
    assert document.page is not None
    assert document.page.url == "https://a.example/b"


def test_reading_saved_page_is_parsed_as_the_page_itself(fixtures: Path) -> None:
    html = (fixtures / "clinconnect" / "sources" / "example_headings.html").read_text(encoding="utf-8")
    plain, inside = parser.parse(html, rules=False), parser.parse(saved(part(html)), rules=False)
    assert inside.text == plain.text
    assert inside.eligibility == plain.eligibility
    assert [one.value for one in inside.identifiers] == ["NCT05930217"]


def test_reading_saved_page_is_one_document_of_a_stream() -> None:
    (document,) = iter_documents(saved(part(PAGE)))
    assert getattr(document, "format", None) == "html"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (saved(MIMEImage(b"x", "png")), "image/png"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "multipart/related"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=0\n\n"
            + b"".join(b"--%d\nContent-Type: multipart/related; boundary=%d\n\n" % (at, at + 1) for at in range(2_000)),
            "nested without end",
        ),
    ],
)
def test_reading_saved_file_without_a_page_is_refused(data: bytes, found: str) -> None:
    with pytest.raises(UnreadableInputError, match=found):
        read(data)


@pytest.mark.parametrize(
    "text",
    [
        "Title: a trial of tea\nStatus: Recruiting\n\nInclusion criteria\n- asthma",
        "Content-Type: multipart/related\n\nInclusion criteria",
        "<html><body>MIME-Version: 1.0\nContent-Type: multipart/related</body></html>",
        "A trial\n\nMIME-Version: 1.0\nContent-Type: multipart/related\n",
    ],
)
def test_reading_saved_other_text_is_none(text: str) -> None:
    assert not is_saved_page(text.encode())
