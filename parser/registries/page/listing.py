"""What listing pages have in common: which reader reads which label, and the lines that carry none.

A registry's reader calls these for the fields that it has no rule of its own for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parser.models import Part
from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_code
from parser.normalize.dates import DateOrder
from parser.reading.page import Page
from parser.registries.page import fields
from parser.registries.page.eligibility import read_age_limits, read_age_lines, read_criteria, read_sex_field
from parser.registries.page.labels import Label, LabelMatch
from parser.registries.page.people import read_contacts
from parser.registries.page.places import read_locations
from parser.registries.page.sections import Entry, Layout, Piece
from parser.registries.page.words import clean, label_of, span_of, words_of
from parser.registries.record import RecordBuilder

#: Labels under which criteria stand; the halves are at once the first line of the text.
CRITERIA = frozenset({"criteria", "inclusion", "exclusion"})

#: Labels of the header whose lines below the value may still be chips.
_CHIPS_BELOW = ("title", "loose", "trial_information", "launched_by", "as_of", "status")

Reader = Callable[[Page, RecordBuilder, Entry], None]


def mark_unknown_labels(page: Page, matches: list[LabelMatch | None]) -> None:
    """Make labels of definition lists and tables that no vocabulary knows labels too, so that they end other fields."""
    for index, block in enumerate(page.blocks):
        if block.kind == "label" and matches[index] is None:
            end = block.body + len(page.words(block).rstrip(": \t\xa0"))
            if end == block.body:
                continue
            matches[index] = LabelMatch(
                Label(f"extra:{index}", "other", floating=True, short=True), block.body, end, None, block
            )


def hide_chrome_before(title: int | None, matches: list[LabelMatch | None]) -> None:
    """Keep the website's own lines above the title with the header."""
    for index, match in enumerate(matches[: title or 0]):
        if match is not None and match.label.website:
            matches[index] = None


def read_labelled(page: Page, record: RecordBuilder, layout: Layout) -> None:
    """Set every field that has a label on the page and a row in `READERS`."""
    for name, reader in READERS.items():
        if entry := layout.first(name):
            reader(page, record, entry)


def read_extras(page: Page, record: RecordBuilder, layout: Layout) -> None:
    """Keep the labelled values that no vocabulary knows."""
    for entry in layout.entries:
        if entry.label.name.startswith("extra:"):
            fields.read_extra(page, record, entry)


def read_chips(page: Page, record: RecordBuilder, pieces: Sequence[Piece]) -> None:
    """Set status, study type and phase from the header's lines, where they stand without a label."""
    for piece in pieces:
        if record.get("/status") is None and fields.read_status_line(page, record, piece, labelled=False):
            continue
        if record.get("/design/study_type") is None and fields.read_study_type(page, record, piece, labelled=False):
            continue
        if record.get("/design/phases") is None:
            fields.read_phase_line(page, record, piece, labelled=False)


def header_pieces(layout: Layout, *more: str) -> list[Piece]:
    """Return the lines of the header that stand under no label of a field, or below the only line of one."""
    return [piece for entry in layout.all(*_CHIPS_BELOW, *more) for piece in entry.content]


def read_eligibility(page: Page, record: RecordBuilder, layout: Layout, *, found: str, markers: bool = False) -> None:
    """Set sex, ages and the text of the criteria.

    Args:
        page: The page.
        record: Gets the fields.
        layout: The page by its labels.
        found: What the section is called on pages of this kind, for the diagnostic where it is missing.
        markers: Keep list markers and indentation of a text page.
    """
    below_sex: list[Piece] = []
    if sex := layout.first("sex"):
        below_sex = read_sex_field(page, record, sex)
    if (age := layout.first("age")) and age.content:
        read_age_lines(page, record, age.content, labelled=True)
    read_age_limits(page, record, layout.first("age_min"), layout.first("age_max"))
    read_age_lines(page, record, below_sex, labelled=False)
    pieces, halves = _criteria_pieces(page, layout)
    if not pieces:
        record.note("section_missing", pointer="/eligibility/text", found=found)
    starts = read_criteria(page, record, pieces, markers=markers)
    for half in halves:
        _set_part(page, record, half, pieces, starts)


def _criteria_pieces(page: Page, layout: Layout) -> tuple[list[Piece], list[Entry]]:
    """Return the lines of the criteria in page order, and the labels that began a half of them."""
    pieces: list[Piece] = []
    halves: list[Entry] = []
    for entry in layout.all(*CRITERIA):
        block = page.blocks[entry.block]
        if entry.label.name != "criteria":
            pieces.append(Piece(block.body, block.body_end, block))
            halves.append(entry)
        pieces += entry.content
    return pieces, halves


def _set_part(
    page: Page, record: RecordBuilder, half: Entry, pieces: Sequence[Piece], starts: Sequence[tuple[int, int]]
) -> None:
    """Note which stretch of the eligibility text stands under a heading that says its kind."""
    first = next(index for index, piece in enumerate(pieces) if piece.block is page.blocks[half.block])
    span = (starts[first][0], starts[first + len(half.content)][1])
    part = Part(
        kind="inclusion" if half.label.name == "inclusion" else "exclusion", span=span, path=label_of(page, half)
    )
    record.set(record.next("/eligibility/parts"), part)


def read_events(page: Page, record: RecordBuilder, entries: Sequence[Entry], *, order: DateOrder | None = None) -> None:
    """Set the dated steps in the order given; a value below several labels without one may be any of theirs."""
    several = 2
    empty_above = 0
    for entry in entries:
        pointer = f"{record.next('/timeline')}/date"
        reading = fields.read_event(page, record, entry, order=order)
        if reading is None:
            empty_above += 1
            continue
        piece = entry.content[0]
        if empty_above >= several and not entry.inline and piece.block.kind != "value":
            found, label = words_of(page, piece), label_of(page, entry)
            record.note("value_owner_unclear", pointer=pointer, span=span_of(piece), found=found, label=label)
        empty_above = 0


def read_as_of(page: Page, record: RecordBuilder, entry: Entry | None) -> None:
    """Set the date of the page's information, as an event and for the source."""
    if entry is None:
        return
    reading = fields.read_event(page, record, entry)
    if reading and reading.date:
        record.set("/source/as_of", reading.date, span=span_of(entry.content[0]))


def _status(page: Page, record: RecordBuilder, entry: Entry) -> None:
    if not entry.content:
        record.miss("/status", "label_only")
    elif reason := absent_reason(words_of(page, entry.content[0])):
        record.miss("/status", reason, span=span_of(entry.content[0]))
    else:
        fields.read_status_line(page, record, entry.content[0], labelled=True)


def _phase(page: Page, record: RecordBuilder, entry: Entry) -> None:
    if entry.content:
        fields.read_phase_line(page, record, entry.content[0], labelled=True)


def _study_type(page: Page, record: RecordBuilder, entry: Entry) -> None:
    if entry.content:
        fields.read_study_type(page, record, entry.content[0], labelled=True)


def _scientific_title(page: Page, record: RecordBuilder, entry: Entry) -> None:
    fields.read_line(page, record, "/scientific_title", entry)


def _acronym(page: Page, record: RecordBuilder, entry: Entry) -> None:
    fields.read_line(page, record, "/acronym", entry)


def _responsible_party(page: Page, record: RecordBuilder, entry: Entry) -> None:
    fields.read_line(page, record, "/sponsor/responsible_party", entry)


def _actual_enrolment(page: Page, record: RecordBuilder, entry: Entry) -> None:
    fields.read_enrolment(page, record, entry, actual=True)


def _healthy(page: Page, record: RecordBuilder, entry: Entry) -> None:
    """Set whether healthy volunteers may take part, from a yes or no."""
    answers = {"yes": True, "no": False, "accepts healthy volunteers": True, "accepted": True, "not accepted": False}
    if not entry.content:
        return
    piece = entry.content[0]
    answer = answers.get(words_of(page, piece).casefold().strip("."))
    if answer is not None:
        record.set("/eligibility/healthy_volunteers", answer, span=span_of(piece))


def _detailed(page: Page, record: RecordBuilder, entry: Entry) -> None:
    fields.read_paragraphs(page, record, "/summary/detailed", entry.content)


def _contacts(page: Page, record: RecordBuilder, entry: Entry) -> None:
    read_contacts(page, record, entry.content)


def _investigator(page: Page, record: RecordBuilder, entry: Entry) -> None:
    read_contacts(page, record, entry.content, entry)


def _locations(page: Page, record: RecordBuilder, entry: Entry) -> None:
    read_locations(page, record, entry.content)


def _countries(page: Page, record: RecordBuilder, entry: Entry) -> None:
    """Set the countries of recruitment."""
    for span in fields.terms_of(page, entry.content):
        raw = clean(page.text[slice(*span)])
        code = country_code(raw)
        if code is not None:
            pointer = record.next("/countries")
            record.set(f"{pointer}/raw", raw, span=span)
            record.set(f"{pointer}/country_code", code, span=span)


def _organisations(pointer: str) -> Reader:
    def read(page: Page, record: RecordBuilder, entry: Entry) -> None:
        for piece in entry.content if entry.inline is False else entry.content[:1]:
            if absent_reason(words_of(page, piece)) is None:
                fields.set_organisation(page, record, record.next(pointer), span_of(piece))

    return read


def _outcomes(rank: str) -> Reader:
    def read(page: Page, record: RecordBuilder, entry: Entry) -> None:
        for piece in entry.content:
            pointer = record.next("/outcomes")
            record.set(f"{pointer}/measure", words_of(page, piece), span=span_of(piece))
            record.set(f"{pointer}/rank", rank)

    return read


#: Label to reader, in the order in which the fields are set.
READERS: dict[str, Reader] = {
    "status": _status,
    "scientific_title": _scientific_title,
    "acronym": _acronym,
    "keywords": fields.read_keywords,
    "conditions": fields.read_conditions,
    "interventions": fields.read_interventions,
    "phase": _phase,
    "study_type": _study_type,
    "enrolment": fields.read_enrolment,
    "enrolment_actual": _actual_enrolment,
    "healthy": _healthy,
    "detailed": _detailed,
    "responsible_party": _responsible_party,
    "collaborators": _organisations("/sponsor/collaborators"),
    "funders": _organisations("/sponsor/funders"),
    "contacts": _contacts,
    "officials": _contacts,
    "investigator": _investigator,
    "locations": _locations,
    "countries": _countries,
    "outcomes_primary": _outcomes("primary"),
    "outcomes_secondary": _outcomes("secondary"),
}
