"""ClinicalTrials.gov: the parts of a study page that are more than a label and a value.

Places, people, arms, interventions and outcomes stand in lists or tables, whose cells come as rows, as a label and its
value, or as lines of their own, as the markup has it. So they are told by their words: an arm by its kind, an
intervention by its type, a place by its country, a person by the role before the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parser.models.values import Span
from parser.normalize.countries import country_code
from parser.normalize.phases import read_phases
from parser.normalize.statuses import read_status
from parser.reading.page import Page
from parser.registries.page.people import EMAIL, PHONE
from parser.registries.page.sections import Entry, Piece
from parser.registries.page.words import clean, span_of, stripped, words_of
from parser.registries.record import RecordBuilder

_TYPES = (
    "Drug|Biological|Procedure|Device|Behavioral|Other|Radiation|Dietary Supplement|Genetic|Diagnostic Test|"
    "Combination Product"
)
_INTERVENTION = re.compile(rf"({_TYPES})\s*:\s*(?=\S)")
_ARM = re.compile(
    r"(Experimental|Active Comparator|Placebo Comparator|Sham Comparator|No Intervention|Other)\s*:\s*(?=\S)"
)
_PHASES = re.compile(r"(?:early )?phase\b|not applicable$|n/a$", re.IGNORECASE)
_TIME_FRAME = re.compile(r"\s*\[\s*Time Frame\s*:\s*(.*?)\s*\]\s*", re.DOTALL)
_ROLE = re.compile(
    r"(Contact|Contact Backup|Principal Investigator|Sub-Investigator|Study Chair|Study Director)\s*:\s*",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(Name|Phone Number|Phone|Email)\s*:\s*", re.IGNORECASE)
_PART = re.compile(r"[^,\t]+")
_CELL = re.compile(r"[^\t]+")
_EXTENSION = re.compile(r"\s*ext\.?\s*\d{1,8}", re.IGNORECASE)
_HEADS = frozenset({"outcome measure", "measure description", "time frame"})


def read_interventions(page: Page, record: RecordBuilder, pieces: Sequence[Piece]) -> None:
    """Set the interventions of a list, one a line, each with the type before its name."""
    for piece in pieces:
        if piece.block.kind != "row":
            _set_interventions(page, record, span_of(piece))


def _set_interventions(page: Page, record: RecordBuilder, span: Span) -> None:
    """Set the interventions in a line; a type in it begins the next one."""
    starts = list(_INTERVENTION.finditer(page.text, *span))
    if not starts:
        record.set(f"{record.next('/interventions')}/name", clean(page.text[slice(*span)]), span=span)
    ends = [*(start.start() for start in starts[1:]), span[1]]
    for start, end in zip(starts, ends, strict=False):
        name = stripped(page.text, start.end(), end)
        pointer = record.next("/interventions")
        record.set(f"{pointer}/type", start[1].casefold(), span=start.span(1))
        record.set(f"{pointer}/name", clean(page.text[slice(*name)]), span=name)


def read_condition_table(page: Page, record: RecordBuilder, pieces: Sequence[Piece]) -> None:
    """Set conditions, interventions and phases from the table of the classic layout, its cells in rows or lines."""
    missing = {name: record.get(name) is None for name in ("/conditions", "/interventions", "/design/phases")}
    for span in [cell for piece in pieces for cell in _cells(piece)]:
        words = clean(page.text[slice(*span)])
        if _PHASES.match(words):
            for phase in read_phases(words) if missing["/design/phases"] else ():
                record.set(record.next("/design/phases"), phase, span=span)
        elif _INTERVENTION.match(page.text, *span):
            if missing["/interventions"]:
                _set_interventions(page, record, span)
        elif missing["/conditions"]:
            pointer = record.next("/conditions")
            record.set(pointer, {"text": words})
            record.came_from(f"{pointer}/text", span=span)


def _cells(piece: Piece) -> list[Span]:
    """Return the cells of a row that are not empty, or the whole line."""
    spans = [cell for cell in piece.block.cells if cell[0] < cell[1]] if piece.block.kind == "row" else []
    return spans or [span_of(piece)]


def read_arms(page: Page, record: RecordBuilder, pieces: Sequence[Piece]) -> None:
    """Set the arms: a line that begins with a kind, or a table's first cell, then what is done, then its interventions.

    An intervention listed here repeats one of the study; its name joins the two.
    """
    pointer: str | None = None
    described = False
    for piece, span in [(line, cell) for line in pieces for cell in _cells(line)]:
        if "participant group/arm" in page.text[slice(*span)].casefold() or piece.block.kind == "heading":
            continue
        arm = _ARM.match(page.text, *span)
        if arm is not None and not _is_other_intervention(page, record, pointer, arm, span):
            pointer, described = record.next("/design/arms"), False
            label = (arm.end(), span[1])
            record.set(f"{pointer}/label", clean(page.text[slice(*label)]), span=label)
            record.set(f"{pointer}/kind", arm[1], span=arm.span(1))
        elif piece.block.kind == "label":
            pointer, described = record.next("/design/arms"), False
            record.set(f"{pointer}/label", clean(page.text[slice(*span)]), span=span)
        elif (given := _INTERVENTION.match(page.text, *span)) is not None:
            described = True
            _join(record, pointer, clean(page.text[given.end() : span[1]]), (given.end(), span[1]))
        elif pointer is not None and not described and piece.block.kind in {"paragraph", "row"}:
            described = True
            record.set(f"{pointer}/description", clean(page.text[slice(*span)]), span=span)


def _is_other_intervention(
    page: Page, record: RecordBuilder, pointer: str | None, arm: re.Match[str], span: Span
) -> bool:
    """Tell whether `Other: …` names an intervention of the arm above and not the next arm."""
    name = clean(page.text[arm.end() : span[1]])
    known = {one["name"] for one in record.get("/interventions") or ()}
    return arm[1] == "Other" and pointer is not None and name in known


def _join(record: RecordBuilder, arm: str | None, name: str, span: Span) -> None:
    if arm is None:
        return
    label = record.get(f"{arm}/label")
    for index, one in enumerate(record.get("/interventions") or ()):
        if one["name"] == name and label not in one.get("arms", ()):
            record.set(record.next(f"/interventions/{index}/arms"), label, span=span)


def read_outcomes(page: Page, record: RecordBuilder, pieces: Sequence[Piece], rank: str) -> None:
    """Set the outcomes of one rank: rows of measure, description and time frame, or items with the time in brackets."""
    for piece in pieces:
        cells = piece.block.cells or _tabbed(page.text, piece)
        if cells:
            _read_outcome_row(page, record, cells, rank)
        elif piece.block.kind == "item" or _TIME_FRAME.search(page.text, *span_of(piece)):
            _read_outcome_item(page, record, piece, rank)
        elif (outcomes := record.get("/outcomes")) and words_of(page, piece).casefold() not in _HEADS:
            pointer = f"/outcomes/{len(outcomes) - 1}/method"
            if outcomes[-1]["rank"] == rank and record.get(pointer) is None:
                record.set(pointer, words_of(page, piece), span=span_of(piece))


def _tabbed(text: str, piece: Piece) -> tuple[Span, ...]:
    """Return the cells of a line of a text copy, where tabs part them."""
    cells = tuple(stripped(text, *match.span()) for match in _CELL.finditer(text, *span_of(piece)))
    return cells if len(cells) > 1 else ()


def _read_outcome_row(page: Page, record: RecordBuilder, cells: Sequence[Span], rank: str) -> None:
    names = ("measure", "method", "time_frame")
    if clean(page.text[slice(*cells[0])]).casefold() in _HEADS:
        return
    pointer = record.next("/outcomes")
    for name, cell in zip(names, cells, strict=False):
        if cell[0] < cell[1]:
            record.set(f"{pointer}/{name}", clean(page.text[slice(*cell)]), span=cell)
    if record.get(f"{pointer}/measure") is not None:
        record.set(f"{pointer}/rank", rank)


def _read_outcome_item(page: Page, record: RecordBuilder, piece: Piece, rank: str) -> None:
    start, end = span_of(piece)
    time = _TIME_FRAME.search(page.text, start, end)
    measure = (start, time.start() if time else end)
    pointer = record.next("/outcomes")
    record.set(f"{pointer}/measure", clean(page.text[slice(*measure)]), span=measure)
    record.set(f"{pointer}/rank", rank)
    if time is not None:
        record.set(f"{pointer}/time_frame", clean(time[1]), span=time.span(1))
        rest = stripped(page.text, time.end(), end)
        if rest[0] < rest[1]:
            record.set(f"{pointer}/method", clean(page.text[slice(*rest)]), span=rest)


def read_contacts(page: Page, record: RecordBuilder, entry: Entry | None) -> None:
    """Set the trial's contacts: today's lines `Name:`, `Phone Number:`, `Email:`, or the classic row with a role."""
    if entry is None:
        return
    pointer: str | None = None
    for piece in entry.content:
        answer = _ANSWER.match(page.text, *span_of(piece))
        if answer is None:
            if _ROLE.match(page.text, *span_of(piece)):
                _set_person(page, record, record.next("/contacts"), _cells(piece))
            continue
        if pointer is None or answer[1].casefold() == "name":
            pointer = record.next("/contacts")
            record.set(f"{pointer}/role", "Contact" if entry.label.name == "contact" else "Contact Backup")
        name = {"name": "name", "email": "email"}.get(answer[1].casefold(), "phone")
        span = stripped(page.text, answer.end(), piece.end)
        if span[0] < span[1]:
            record.set(f"{pointer}/{name}", clean(page.text[slice(*span)]), span=span)


def read_investigators(page: Page, record: RecordBuilder, pieces: Sequence[Piece]) -> None:
    """Set the officials: `Principal Investigator: Name, Degree, Affiliation`, or the same in cells."""
    for piece in pieces:
        if _ROLE.match(page.text, *span_of(piece)):
            _set_person(page, record, record.next("/contacts"), _cells(piece), official=True)


def _set_person(page: Page, record: RecordBuilder, pointer: str, cells: list[Span], *, official: bool = False) -> None:
    """Set a person from a line or its cells: the role, the name, then the reach of a contact or an affiliation."""
    role = _ROLE.match(page.text, *cells[0])
    assert role is not None, "the caller has seen it"
    record.set(f"{pointer}/role", role[1], span=role.span(1))
    first = stripped(page.text, role.end(), cells[0][1])
    rest = [cell for cell in (first, *cells[1:]) if cell[0] < cell[1]]
    for number, (start, end) in enumerate(rest):
        reach = _reach(page.text, start, end)
        for name, span in reach.items():
            record.set(f"{pointer}/{name}", clean(page.text[slice(*span)]), span=span)
        end = min((span[0] for span in reach.values()), default=end)
        words = stripped(page.text, start, end, " \t\xa0,;")
        if words[0] >= words[1]:
            continue
        if official and number == 0:
            _set_name_and_affiliation(page, record, pointer, words)
        else:
            name = "name" if number == 0 else "affiliation"
            record.set(f"{pointer}/{name}", clean(page.text[slice(*words)]), span=words)


def _set_name_and_affiliation(page: Page, record: RecordBuilder, pointer: str, span: Span) -> None:
    """Set the name with the degrees behind it, which are short and have capitals, and the affiliation behind these."""
    parts = [stripped(page.text, *match.span()) for match in _PART.finditer(page.text, *span)]
    last = 0
    while last + 1 < len(parts) and _is_degree(page.text[slice(*parts[last + 1])]):
        last += 1
    name = (parts[0][0], parts[last][1])
    record.set(f"{pointer}/name", clean(page.text[slice(*name)]), span=name)
    if last + 1 < len(parts):
        affiliation = (parts[last + 1][0], span[1])
        record.set(f"{pointer}/affiliation", clean(page.text[slice(*affiliation)]), span=affiliation)


def _is_degree(words: str) -> bool:
    letters = words.replace(".", "").replace("-", "").replace(" ", "")
    return len(letters) <= 6 and sum(letter.isupper() for letter in letters) >= 2


def _reach(text: str, start: int, end: int) -> dict[str, Span]:
    found: dict[str, Span] = {}
    if email := EMAIL.search(text, start, end):
        found["email"] = email.span()
    if phone := PHONE.search(text, start, email.start() if email else end):
        extension = _EXTENSION.match(text, phone.end(1), end)
        found["phone"] = (phone.start(1), extension.end() if extension else phone.end(1))
    return found


def read_locations(page: Page, record: RecordBuilder, pieces: Sequence[Piece]) -> None:
    """Set the places: an address line with the lines of its site.

    Today's layout has status, facility and people below the address; the classic one has facility and status above.
    """
    lines = [span for piece in pieces if piece.block.kind != "heading" for span in _cells(piece)]
    addresses = [index for index, span in enumerate(lines) if _address(page.text, span)]
    if not addresses:
        return
    # Below the last address nothing but people is left where facilities stand above.
    above = not any(_is_facility(page.text, span) for span in lines[addresses[-1] + 1 :])
    for number, index in enumerate(addresses):
        following = addresses[number + 1] if number + 1 < len(addresses) else len(lines)
        people = [span for span in lines[index + 1 : following] if _ROLE.match(page.text, *span)]
        site = list(_above(page.text, lines, index) if above else _below(page.text, lines[index + 1 : following]))
        _set_location(page, record, lines[index], site, people)


def _below(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Yield status and facility below an address; the facility is the last of them."""
    for span in lines:
        if _is_facility(text, span):
            yield span
            return
        if read_status(clean(text[slice(*span)]), labelled=False):
            yield span


def _above(text: str, lines: Sequence[Span], address: int) -> Iterator[Span]:
    """Yield facility and status above an address, up to the people of the site before it or the country's heading."""
    for span in reversed(lines[max(0, address - 3) : address]):
        if not (_is_facility(text, span) or read_status(clean(text[slice(*span)]), labelled=False)):
            return
        yield span


def _is_facility(text: str, span: Span) -> bool:
    words = clean(text[slice(*span)])
    if _ROLE.match(words) or read_status(words, labelled=False) or _reach(text, *span):
        return False
    return country_code(words) is None and country_code(words.partition(",")[0]) is None


def _address(text: str, span: Span) -> tuple[list[Span], int, int] | None:
    """Return an address's parts and which of them are the country; None where a line is none.

    It reads `City, Region, Country, Postcode`; a country alone, or before its region, is a heading.
    """
    if span[1] - span[0] > 200 or _ROLE.match(text, *span):
        return None
    parts = [stripped(text, *match.span()) for match in _PART.finditer(text, *span)]
    for count in (2, 1):
        for first in range(len(parts) - count, 0, -1):
            if country_code(text[parts[first][0] : parts[first + count - 1][1]]):
                return parts, first, first + count
    return None


def _set_location(page: Page, record: RecordBuilder, address: Span, site: list[Span], people: list[Span]) -> None:
    found = _address(page.text, address)
    assert found is not None, "the caller has seen it"
    parts, first, last = found
    pointer = record.next("/locations")
    whole = [address, *site]
    span = (min(start for start, _ in whole), max(end for _, end in whole))
    facility = [one for one in site if read_status(clean(page.text[slice(*one)]), labelled=False) is None]
    raw = ", ".join(clean(page.text[slice(*one)]) for one in (*facility[:1], address))
    record.set(f"{pointer}/raw", raw, span=span)
    country = (parts[first][0], parts[last - 1][1])
    city = (parts[0][0], parts[max(0, first - 2)][1])
    named = {"facility": facility[0] if facility else None, "city": city, "country": country}
    named["region"] = parts[first - 1] if first > 1 else None
    for name, one in named.items():
        if one is not None:
            record.set(f"{pointer}/{name}", clean(page.text[slice(*one)]), span=one)
    record.set(f"{pointer}/country_code", country_code(page.text[slice(*country)]), span=country)
    for one in site:
        words = clean(page.text[slice(*one)])
        if (value := read_status(words, labelled=False)) is not None:
            record.set(f"{pointer}/status/value", value, span=one)
            record.set(f"{pointer}/status/raw", words, span=one)
    for number, one in enumerate(people):
        place = f"{pointer}/contact" if number == 0 else record.next("/contacts")
        _set_person(page, record, place, [one])
        if number and facility:
            record.set(f"{place}/affiliation", clean(page.text[slice(*facility[0])]), span=facility[0])
    _set_country(page, record, country)


def _set_country(page: Page, record: RecordBuilder, span: Span) -> None:
    """Add a site's country to the countries of recruitment, once."""
    raw = clean(page.text[slice(*span)])
    if raw not in {one["raw"] for one in record.get("/countries") or ()}:
        pointer = record.next("/countries")
        record.set(f"{pointer}/raw", raw, span=span)
        record.set(f"{pointer}/country_code", country_code(raw), span=span)
