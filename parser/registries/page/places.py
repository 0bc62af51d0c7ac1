"""Where a trial runs: location lines, read from the right, the country last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parser.models.values import Span
from parser.normalize.countries import country_code
from parser.normalize.statuses import read_status
from parser.reading.page import Page
from parser.registries.page.sections import Piece
from parser.registries.page.words import clean, span_of, stripped, words_of
from parser.registries.record import RecordBuilder

#: A part with one of these words is an institution, not a town.
_FACILITY = (
    "hospital hospitals clinic clinics university center centre institute institution college school medical medicine "
    "research health healthcare department unit laboratory foundation hospitalier universitaire klinikum krankenhaus "
    "ospedale policlinico azienda hôpital chu clinique universitätsklinikum site infirmary cancer oncology associates "
    "gmbh llc inc ltd investigational practice trust"
)
FACILITY_WORDS = frozenset(_FACILITY.split())

# What may stand behind a country is short; looking no further keeps long lines cheap.
_TAIL = 80
_COUNT = re.compile(r"[\s,;(·|–-]*\d{1,6}\s(?:participants?|patients?|subjects?)\)?$", re.IGNORECASE)
_STATUS = re.compile(r"\s*(?:\(([^()]{4,60})\)|[·|–-]\s([^·|–-]{4,60}))$")
_PART = re.compile(r"[^,\t]+")
_POSTCODE = re.compile(r"[A-Z]{0,2}[\s-]?\d[\dA-Z -]{2,9}")


@dataclass(frozen=True, slots=True)
class Place:
    """The parts of a location line, each with its place on the page."""

    country: Span
    code: str
    city: Span | None = None
    region: Span | None = None
    facility: Span | None = None


def read_locations(page: Page, record: RecordBuilder, pieces: Sequence[Piece]) -> None:
    """Set a location for every line that ends in a country; a line before it without one is its facility."""
    pending: Piece | None = None
    for piece in _lines(page, pieces):
        place, status = _read_line(page, piece)
        if place is None and pending is not None:
            _set_unplaced(page, record, pending)
        if place is None:
            pending = piece
            continue
        own_line = pending if place.facility is None else None
        if pending is not None and own_line is None:
            _set_unplaced(page, record, pending)
        _set_location(page, record, piece, place, status, own_line)
        pending = None
    if pending is not None:
        _set_unplaced(page, record, pending)


def _lines(page: Page, pieces: Sequence[Piece]) -> list[Piece]:
    """Split a line that lists several places with semicolons."""
    lines: list[Piece] = []
    for piece in pieces:
        spans = [
            stripped(page.text, *match.span()) for match in _SEMICOLONS.finditer(page.text, piece.start, piece.end)
        ]
        lines.extend(Piece(start, end, piece.block) for start, end in spans if start < end)
    return lines


_SEMICOLONS = re.compile(r"[^;]+")


def _read_line(page: Page, piece: Piece) -> tuple[Place | None, Span | None]:
    """Return the parts of a location line, and the recruitment status that some pages put behind it."""
    end, status = piece.end, None
    if match := _COUNT.search(page.text, max(piece.start, end - _TAIL), end):
        end = match.start()
    if (match := _STATUS.search(page.text, max(piece.start, end - _TAIL), end)) and read_status(match[1] or match[2]):
        status = match.span(1) if match[1] else match.span(2)
        end = match.start()
    return _read_parts(page.text, piece.start, end), status


def _read_parts(text: str, start: int, end: int) -> Place | None:
    parts = [stripped(text, *match.span()) for match in _PART.finditer(text, start, end)]
    parts = [part for part in parts if part[0] < part[1]]
    country, code = _country(text, parts)
    if country is None or code is None:
        return None
    before = [part for part in parts if part[1] <= country[0] and not _POSTCODE.fullmatch(text[slice(*part)])]
    facility_end = _towns_from(text, before)
    towns = before[facility_end:]
    facility = (before[0][0], before[facility_end - 1][1]) if facility_end else None
    return Place(country, code, towns[0] if towns else None, towns[1] if len(towns) > 1 else None, facility)


def _country(text: str, parts: list[Span]) -> tuple[Span | None, str | None]:
    """Return the country at the end of a line; some have a comma in their names (`Korea, Republic of`)."""
    for count in (2, 1):
        if len(parts) >= count:
            span = (parts[-count][0], parts[-1][1])
            if code := country_code(text[slice(*span)]):
                return span, code
    return None, None


def _towns_from(text: str, before: list[Span]) -> int:
    """Return where, among the parts before the country, the town begins; what comes before it is the facility."""
    earliest = max(0, len(before) - 2)
    for index in range(len(before) - 1, earliest - 1, -1):
        if FACILITY_WORDS.intersection(re.findall(r"\w+", text[slice(*before[index])].casefold())):
            return index + 1
    return earliest


def _set_location(
    page: Page, record: RecordBuilder, piece: Piece, place: Place, status: Span | None, facility_line: Piece | None
) -> None:
    pointer = record.next("/locations")
    span = (facility_line.start if facility_line else piece.start, piece.end)
    raw = "\n".join(words_of(page, line) for line in (facility_line, piece) if line)
    record.set(f"{pointer}/raw", raw, span=span)
    facility = span_of(facility_line) if facility_line else place.facility
    named = {"facility": facility, "city": place.city, "region": place.region, "country": place.country}
    for name, part in named.items():
        if part is not None:
            record.set(f"{pointer}/{name}", clean(page.text[slice(*part)]), span=part)
    record.set(f"{pointer}/country_code", place.code, span=place.country)
    if status is not None:
        words = clean(page.text[slice(*status)])
        record.set(f"{pointer}/status/raw", words, span=status)
        record.set(f"{pointer}/status/value", read_status(words), span=status)


def _set_unplaced(page: Page, record: RecordBuilder, piece: Piece) -> None:
    """Keep a line without a country as it is; a country is never guessed from a town."""
    pointer = record.next("/locations")
    raw = words_of(page, piece)
    record.set(f"{pointer}/raw", raw, span=span_of(piece))
    record.note("unknown_value", pointer=pointer, span=span_of(piece), field="country", found=raw)
