"""Encodings: what wins, in which order. Expected names follow the order in the module's docstring and WHATWG labels."""

from __future__ import annotations

import hashlib

import pytest

from parser.errors import LimitExceededError, UnreadableInputError, UsageError
from parser.models import Limits
from parser.reading import read
from parser.reading.decode import decode

WORDS = "Größe: life expectancy <7 days – naïve"


@pytest.mark.parametrize(
    ("data", "encoding", "decided"),
    [
        (b"\xef\xbb\xbf" + WORDS.encode(), "utf-8", "bom"),
        (WORDS.encode("utf-16"), "utf-16-le", "bom"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16-be", "bom"),
        (WORDS.encode("utf-32"), "utf-32-le", "bom"),
        (WORDS.encode("utf-16-le"), "utf-16-le", "detected"),
        (WORDS.encode("utf-16-be"), "utf-16-be", "detected"),
        (WORDS.encode("utf-32-be"), "utf-32-be", "detected"),
        (WORDS.encode(), "utf-8", "utf-8"),
        (WORDS.encode("cp1252"), "cp1252", "fallback"),
    ],
)
def test_reading_decode_reads_the_same_words_from_every_form(data: bytes, encoding: str, decided: str) -> None:
    assert decode(data) == (WORDS, encoding, decided)


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        ("고지혈증이 있는 성인 환자를 대상으로 한 임상시험", "cp949"),
        ("重症患者を対象とした臨床試験の選択基準について", "euc_jp"),
        ("重症患者を対象とした臨床試験の選択基準について", "cp932"),
        ("重症患者を対象とした臨床試験の選択基準について", "iso2022_jp"),
        ("年龄在十八岁以上的患者，签署知情同意书，无严重心脏疾病", "gb18030"),
        ("年齡在十八歲以上的患者，簽署知情同意書，無嚴重心臟疾病", "big5"),
        ("Критерии включения: пациенты старше восемнадцати лет", "cp1251"),
        ("Критерии включения: пациенты старше восемнадцати лет", "koi8-r"),
    ],
)
def test_reading_decode_detects_the_script(words: str, codec: str) -> None:
    text = f"Inclusion criteria: {words}. Age 18 - 65 years"
    assert decode(text.encode(codec)) == (text, codec, "detected")


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><r>\xe9\x92</r>', "é’", "cp1252"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?><r>\x81</r>", "\x81", "iso8859-1"),
        (b'<html><meta charset="windows-1251"><p>\xc4\xe0', "Да", "cp1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">\x8a\xb3', "患", "cp932"),
        (b"<meta charset=gb2312>\xc4\xea", "年", "gb18030"),
    ],
)
def test_reading_decode_heeds_the_declaration(data: bytes, text: str, encoding: str) -> None:
    decoded = decode(data)
    assert text in decoded.text
    assert (decoded.encoding, decoded.encoding_from) == (encoding, "declared")


@pytest.mark.parametrize(
    ("data", "encoding", "decided"),
    [
        ('<meta charset="euc-jp"><p>größer'.encode(), "utf-8", "utf-8"),
        (b'<meta charset="utf-8"><p>\xe9t\xe9', "cp1252", "fallback"),
        (b'<meta charset="no-such-thing"><p>\xe9', "cp1252", "fallback"),
        (b'<meta charset="base64"><p>abcd', "utf-8", "utf-8"),
        (b'<meta charset="utf-16"><p>abcd', "utf-8", "utf-8"),
        (b'<meta charset="utf-7"><p>a +ADw-b', "utf-8", "utf-8"),
    ],
)
def test_reading_decode_passes_over_a_wrong_declaration(data: bytes, encoding: str, decided: str) -> None:
    assert decode(data)[1:] == (encoding, decided)


def test_reading_decode_byte_order_mark_wins_over_the_declaration() -> None:
    assert decode("\ufeff<meta charset=latin-1>é".encode())[1:] == ("utf-8", "bom")


def test_reading_decode_given_encoding_wins() -> None:
    assert decode("\ufeff<meta charset=utf-8>é".encode("utf-8"), "UTF-8") == ("<meta charset=utf-8>é", "utf-8", "given")
    assert decode(b"\xe9", "latin-1") == ("é", "iso8859-1", "given")


@pytest.mark.parametrize("encoding", ["no-such-thing", "base64", "idna", "x\0y", ""])
def test_reading_decode_unknown_encoding_is_a_usage_error(encoding: str) -> None:
    with pytest.raises(UsageError, match="Expected the name of an encoding"):
        read(b"abc", encoding=encoding)


def test_reading_decode_given_encoding_that_fails_is_unreadable() -> None:
    with pytest.raises(UnreadableInputError, match="the encoding given"):
        read(b"\xff\xfe\xfd", encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"{\\rtf1\\ansi", "RTF"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 100, "binary"),
        (b"", "blanks"),
        (b" \n\t\xc2\xa0\xe2\x80\x8b", "blanks"),
        (b"\xef\xbb\xbf\r\n", "blanks"),
    ],
)
def test_reading_decode_refuses_what_is_no_text(data: bytes, found: str) -> None:
    with pytest.raises(UnreadableInputError, match=found):
        read(data)


def test_reading_decode_tolerates_a_stray_nul() -> None:
    assert read(b"Inclusion criteria\n" * 20 + b"a\x00b").encoding == "utf-8"


def test_reading_decode_str_is_taken_as_it_is() -> None:
    document = read("\ufeffTitle é\n")
    assert document.page is not None
    assert document.page.text == "\ufeffTitle é\n"
    assert document.page.blocks[0].start == 1
    assert (document.encoding, document.encoding_from) == (None, "str")
    assert document.sha256 == hashlib.sha256("\ufeffTitle é\n".encode()).hexdigest()
    assert document.size == 12


def test_reading_decode_bytes_are_hashed_as_given() -> None:
    data = WORDS.encode("cp1252")
    document = read(data)
    assert (document.sha256, document.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_reading_decode_lone_surrogate_is_hashed_and_read() -> None:
    assert read("a\ud800").size == 4


@pytest.mark.parametrize("data", [b"abcdef", "abcdef", "éé_"])
def test_reading_decode_size_limit(data: bytes | str) -> None:
    with pytest.raises(LimitExceededError, match="at most 4 bytes"):
        read(data, limits=Limits(bytes=4))


def test_reading_decode_other_types_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match="found bytearray"):
        read(bytearray(b"abc"))  # type: ignore[arg-type]
