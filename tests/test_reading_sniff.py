"""The format, told from the text alone."""

from __future__ import annotations

import time

import pytest

from parser.errors import UnreadableInputError, UsageError
from parser.reading import read
from parser.reading.sniff import sniff


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title\nLife expectancy <7 days, age >18", "text"),
        ("<7 days of treatment", "text"),
        ("< 18 years", "text"),
        ("<a@b.example> wrote this", "text"),
        ("<Insert name> of the sponsor", "text"),
        ("Criteria<br>1. Age over 18<br>", "text"),
        ("# Title\n\n<div>a badge</div>\n\n## Eligibility", "text"),
        ("[1] Age over 18", "text"),
        ("{see protocol}", "text"),
        ("[[link]] and words", "text"),
        ("<p>Words</p>", "html"),
        ("  \ufeff\n<b>Bold</b> words", "html"),
        ("<!DOCTYPE html><title>x</title>", "html"),
        ("<!-- saved page --><!doctype HTML><p>", "html"),
        ("<!-- saved page -->\n<html>", "html"),
        ('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html>', "html"),
        ("Skip to content <html><body>x</body></html>", "html"),
        ("Words <p>one</p><p>two</p><p>three</p>", "html"),
        ("<clinical_study>\n<a/></clinical_study>\n", "xml"),
        ('<?xml version="1.0" encoding="UTF-8"?><Trials_downloaded_from_ICTRP>', "xml"),
        ("<!DOCTYPE clinical_study SYSTEM 'a.dtd'><clinical_study/>", "xml"),
        ("<ns:trial xmlns:ns='u'></ns:trial>", "xml"),
        ('{"protocolSection": {', "json"),
        ('\n [ {"id": 1}]', "json"),
        ("{}", "json"),
        ("[]", "json"),
    ],
)
def test_reading_sniff_tells_the_format(text: str, expected: str) -> None:
    assert sniff(text) == expected


def test_reading_sniff_broken_json_is_reported_as_such_not_read_as_text() -> None:
    with pytest.raises(UnreadableInputError, match=r"JSON value.*line 2, column"):
        read('{"protocolSection": {\n "identificationModule": ')


def test_reading_sniff_forced_format_wins() -> None:
    document = read("<p>Words</p>", format="text")
    assert document.format == "text"
    assert document.page is not None
    assert document.page.text == "<p>Words</p>"


def test_reading_sniff_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="text, html, xml, json"):
        read("Words", format="pdf")


@pytest.mark.parametrize("unit", ["<!--", "<? ?>", "<a", '{"', "[{", "<!", "</p>", '"\\', "<!---->"])
def test_reading_sniff_takes_linear_time(unit: str) -> None:
    began = time.process_time()
    sniff(unit * (2_000_000 // len(unit)))
    assert time.process_time() - began < 5
