"""The dated steps of a register's record, in the notations of the registers."""

from __future__ import annotations

import re
from typing import Any

from parser.models.values import Span
from parser.normalize.dates import DateOrder, DateReading, read_date
from parser.registries.label_tables.terms import FIELDS, PERIODS
from parser.registries.label_tables.values import (
    Form,
    Value,
    first_line,
    replace_pieces,
    text_of,
    value_of,
)
from parser.registries.page.sections import Entry, Piece
from parser.registries.page.words import clean, label_of

_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|"
    r"\d{1,2} [A-Za-z]{3,9},? \d{4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)
_ORDERS: dict[str, DateOrder] = {"mm/dd/yyyy": "mdy", "dd/mm/yyyy": "dmy", "dd/mm/aaaa": "dmy"}
_ORDER = re.compile(r"\(?\b(mm/dd/yyyy|dd/mm/yyyy|dd/mm/aaaa)\b\)?", re.IGNORECASE)
# `2020 Year 03 Month 01 Day`, any of the numbers may be missing at its end.
_SPELLED = re.compile(
    r"(\d{4})\s*(?:Year|年)\s*(?:(\d{1,2})\s*)?(?:Month|月)?\s*(?:(\d{1,2})\s*)?(?:Day|日)?", re.IGNORECASE
)
# A date of another calendar, or a time, behind the date.
_AFTER_DATE = re.compile(
    r"\s*(?:,\s*1[34]\d\d[/-]\d{1,2}[/-]\d{1,2}|\s\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?)$", re.IGNORECASE
)
_REGISTERED = re.compile(r"(Registered on)\s*:?\s*(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})", re.IGNORECASE)


def read_date_words(form: Form, words: str) -> DateReading:
    """Read a date as the register prints it: with its order named behind it, with a time, or in words."""
    order = form.convention.order
    if match := _ORDER.search(words):
        order = _ORDERS[match[1].casefold()]
        words = (words[: match.start()] + words[match.end() :]).strip()
    words = _AFTER_DATE.sub("", words.strip())
    if match := _SPELLED.fullmatch(words):
        words = "-".join(part.zfill(2) for part in match.groups() if part)
    return read_date(words, order=order)


def read_events(form: Form) -> None:
    """Set the dated steps, in page order; an empty label whose field is filled elsewhere is the other language's."""
    filled = {entry.label.name for entry in form.entries if entry.content}
    for entry in form.entries:
        known = FIELDS.get(entry.label.name)
        if entry.label.name == "registry_id":
            _read_registered_inside(form, entry)
        elif known is not None and known.shape == "event" and (entry.content or entry.label.name not in filled):
            _set_event(form, entry)
        elif known is not None and known.shape == "period":
            _set_period(form, entry)


def _set_event(form: Form, entry: Entry) -> None:
    value = first_line(form, value_of(form, entry.content))
    pointer = _begin_event(form, entry.label.event, label_of(form.page, entry), entry.span, entry.label.kind)
    if not value.pieces:
        form.record.miss(f"{pointer}/date", "label_only")
        return
    set_date(form, f"{pointer}/date", replace_pieces(value, value.pieces[:1]))


def _begin_event(form: Form, event: Any, label: str, span: Span, kind: str | None = None) -> str:
    pointer: str = form.record.next("/timeline")
    form.record.set(f"{pointer}/event", event)
    form.record.set(f"{pointer}/label", label, span=span)
    if kind is not None:
        form.record.set(f"{pointer}/kind", kind)
    return pointer


def set_date(form: Form, pointer: str, value: Value) -> None:
    """Set a date, or note why there is none."""
    words = text_of(form, value)
    if reason := form.absence(words):
        form.record.miss(pointer, reason, span=value.span)
        return
    reading = read_date_words(form, words)
    if reading.date is not None:
        form.record.set(pointer, reading.date.model_copy(update={"raw": words}), span=value.span)
        return
    form.record.miss(pointer, reading.reason or "unparseable", span=value.span)
    if reading.ambiguous:
        form.record.note("date_ambiguous", pointer=pointer, span=value.span, found=words)


def _set_period(form: Form, entry: Entry) -> None:
    """Set the two events of a period: `From 2020-02-01 To 2020-12-31`."""
    for piece in value_of(form, entry.content).pieces:
        dates = list(_DATE.finditer(form.page.text, piece.start, piece.end))
        for event, match in zip(PERIODS[entry.label.name], dates, strict=False):
            pointer = _begin_event(form, event, label_of(form.page, entry), entry.span)
            set_date(form, f"{pointer}/date", Value([Piece(*match.span(), piece.block)]))


def _read_registered_inside(form: Form, entry: Entry) -> None:
    """Set the date of registration that stands in brackets behind the number."""
    for piece in entry.content:
        if match := _REGISTERED.search(form.page.text, piece.start, piece.end):
            pointer = _begin_event(form, "registered", clean(match[1]), match.span(1))
            set_date(form, f"{pointer}/date", Value([Piece(*match.span(2), piece.block)]))
