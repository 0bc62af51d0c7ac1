"""The EU Clinical Trials Register (EudraCT): a country's protocol, as a page of the register or as full text.

A trial has one protocol in each member state, with its own status, decision, numbers and languages; a record is one of
them. The register's full-text download holds many, one after the other: `parser.reading.dumps` finds them.

Where the same words stand in several languages, the untagged or English ones are read, and the others are kept as
`translations`. On pages, a language is expected by name beside the words (no such page was at hand).
"""

from __future__ import annotations

import re
from itertools import groupby

from parser.errors import MultipleRecordsError, NotATrialError
from parser.models import Trial
from parser.models.trial import SectionKind
from parser.reading.document import Document
from parser.reading.dumps import split_dump
from parser.reading.page import Page
from parser.registries.euctr.design import read_design
from parser.registries.euctr.eligibility import read_eligibility
from parser.registries.euctr.fields import read_extras, read_fields
from parser.registries.euctr.form import Form, scan
from parser.registries.euctr.terms import KINDS
from parser.registries.record import USUAL, Origin, RecordBuilder

__all__ = ["EXPECTED", "read", "recognises", "split_dump"]

EXPECTED = (
    *USUAL,
    "/scientific_title",
    "/conditions",
    "/interventions",
    "/outcomes",
    "/summary",
    "/sponsor",
    "/locations",
    "/ethics",
    "/ipd_sharing",
    "/results",
)

_PROTOCOL = re.compile(r"\b[AB]\.\d[\d. ]*[ \t\n]+(?:Member\s+State|EudraCT\s+number|Full\s+title|Name\s+of\s+Sponsor)")
_REGISTER = "EU Clinical Trials Register"
_SEARCH = re.compile(r"\d+\s+result\(s\)\s+found\s+for|Query did not match any studies|Download Options:")


def recognises(document: Document) -> bool:
    """Tell whether a document is the register's: a protocol, or any other page of its website."""
    page = document.page
    if page is None:
        return False
    return _is_protocol(page.text) or (page.format == "html" and _is_website(page))


def _is_protocol(text: str) -> bool:
    return "EudraCT" in text and _PROTOCOL.search(text) is not None


def _is_website(page: Page) -> bool:
    opening = page.text[:200]
    return _REGISTER in opening and ("EudraCT" in page.text or page.metadata.get("title") == "Clinical Trials Register")


def read(document: Document, origin: Origin) -> Trial:
    """Read a country's protocol.

    Args:
        document: Text or HTML.
        origin: Where it came from.

    Raises:
        NotATrialError: It is a page of the register without a protocol, such as a list of search results.
        MultipleRecordsError: It is a full-text download of several protocols.
    """
    page = document.page
    assert page is not None, "the table of registries gives this reader text and HTML only"
    _check_single(page)
    form = scan(page)
    record = RecordBuilder(document, origin)
    read_fields(form, record)
    read_design(form, record)
    read_eligibility(form, record)
    read_extras(form, record)
    _sections(form, record)
    record.expect(*EXPECTED)
    return record.build()


def _check_single(page: Page) -> None:
    if not _is_protocol(page.text) and _is_website(page):
        found = "a list of search results" if _SEARCH.search(page.text) else "another page of its website"
        raise NotATrialError(
            f"Expected the protocol of one trial in the EU Clinical Trials Register; found {found}, which holds no "
            "protocol. Open the trial in one of its countries, or download its full details."
        )
    records = len(split_dump(page.text)) if page.format == "text" else 1
    if records > 1:
        raise MultipleRecordsError(
            f"Expected one country's protocol; found {records} of them. Read them one by one with `parse_records`."
        )


def _sections(form: Form, record: RecordBuilder) -> None:
    """Set the record's sections: runs of blocks of one section of the form whose codes belong to the same kind."""
    parts = [(_kind(code), code[:1]) for code in form.owners]
    _close_last(form, parts)
    blocks = form.page.blocks
    for (kind, _), run in groupby(range(len(blocks)), key=parts.__getitem__):
        numbers = list(run)
        span = (blocks[numbers[0]].start, blocks[numbers[-1]].end)
        place = form.headings.get(numbers[0]) if form.owners[numbers[0]] else None
        heading = " ".join(form.page.text[slice(*place)].split()) if place else None
        section = {"kind": kind, "heading": heading, "text": form.page.text[slice(*span)], "span": span}
        record.set(record.next("/sections"), section)


def _kind(code: str) -> SectionKind:
    prefix = code.rstrip(".")
    while prefix and prefix not in KINDS:
        prefix = prefix.rpartition(".")[0]
    return KINDS[prefix]


def _close_last(form: Form, parts: list[tuple[SectionKind, str]]) -> None:
    """Take the foot of a page out of its last section."""
    if form.page.format != "html":
        return
    for number in range(len(parts) - 1, -1, -1):
        if number in form.headings:
            return
        parts[number] = ("other", "")
