"""Fields of listing pages that need no section of their own: title, summary, status, lists of terms, dates, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from parser.models.trial import StudyType
from parser.models.values import Concept, Span
from parser.normalize.absence import absent_reason
from parser.normalize.dates import DateOrder, DateReading, read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.names import normal_case
from parser.normalize.phases import is_phase, read_phases
from parser.normalize.statuses import read_status
from parser.reading.page import Page
from parser.registries.page.sections import Entry, Piece
from parser.registries.page.words import clean, label_of, span_of, stripped, words_of
from parser.registries.record import RecordBuilder

STUDY_TYPES: dict[str, StudyType] = {
    "interventional": "interventional",
    "interventional study": "interventional",
    "intervention": "interventional",
    "clinical trial": "interventional",
    "observational": "observational",
    "observational study": "observational",
    "observational non invasive": "observational",
    "expanded access": "expanded_access",
}

_TERM = re.compile(r"[^,;|#\t]+")
# A value under a label that a script fills in: a number, perhaps with a noun.
_SHORT_VALUE = 40
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,7}")


def read_paragraphs(page: Page, record: RecordBuilder, pointer: str, pieces: Sequence[Piece]) -> None:
    """Set a text of several paragraphs, a blank line between them."""
    if pieces:
        text = "\n\n".join(words_of(page, piece) for piece in pieces)
        record.set(pointer, text, span=(pieces[0].start, pieces[-1].end))


def read_line(page: Page, record: RecordBuilder, pointer: str, entry: Entry) -> None:
    """Set a value of one line, or note why it is absent."""
    if not entry.content:
        record.miss(pointer, "label_only")
        return
    piece = entry.content[0]
    words = words_of(page, piece)
    if reason := absent_reason(words):
        record.miss(pointer, reason, span=span_of(piece))
    else:
        record.set(pointer, words, span=span_of(piece))


def read_status_line(page: Page, record: RecordBuilder, piece: Piece, *, labelled: bool) -> bool:
    """Set the recruitment status from a line, and tell whether it is one; under a label, unknown words are kept."""
    words = words_of(page, piece)
    value = read_status(words, labelled=labelled)
    if value is None and not labelled:
        return False
    record.set("/status/value", value or "unknown", span=span_of(piece))
    record.set("/status/raw", words, span=span_of(piece))
    if value is None:
        record.note("unknown_value", pointer="/status/value", span=span_of(piece), field="status", found=words)
    return True


def set_organisation(page: Page, record: RecordBuilder, pointer: str, span: Span) -> None:
    """Set an organisation's name as written, and in normal case where capitals are only its display style."""
    raw = clean(page.text[slice(*span)])
    record.set(f"{pointer}/name", normal_case(raw), span=span)
    record.set(f"{pointer}/raw", raw, span=span)


# Between a name and the date behind it; the last one counts, for a name may hold any of them.
_LONGEST_DATE = 60
_SEPARATOR = re.compile(r"\s[·•|–—-]\s")


def split_dated_name(text: str, start: int, end: int) -> tuple[Span, Span | None]:
    """Split `text[start:end]` into a name and the date behind it, at the last separator that a date follows."""
    for match in reversed(list(_SEPARATOR.finditer(text, max(start, end - _LONGEST_DATE), end))):
        date_span = stripped(text, match.end(), end)
        if read_date(text[slice(*date_span)]).date is not None:
            return stripped(text, start, match.start()), date_span
    return (start, end), None


def terms_of(page: Page, pieces: Iterable[Piece]) -> list[Span]:
    """Return the terms of a list, one a line or apart by commas; commas in brackets separate nothing."""
    spans: list[Span] = []
    for piece in pieces:
        for start, end in _parts(page.text, piece):
            span = stripped(page.text, start, end, " \t\xa0•·-*")
            if span[0] < span[1]:
                spans.append(span)
    return spans


def _parts(text: str, piece: Piece) -> list[Span]:
    line = text[piece.start : piece.end]
    if not any(bracket in line for bracket in "([{"):
        return [match.span() for match in _TERM.finditer(text, piece.start, piece.end)]
    parts: list[Span] = []
    depth, start = 0, piece.start
    for at, character in enumerate(line, start=piece.start):
        depth += (character in "([{") - (character in ")]}")
        if depth <= 0 and character in ",;|#\t":
            parts.append((start, at))
            start = at + 1
    return [*parts, (start, piece.end)]


def read_keywords(page: Page, record: RecordBuilder, entry: Entry) -> None:
    """Set the keywords; a line that is a status or a date is none."""
    pieces = [piece for piece in entry.content if read_status(words_of(page, piece), labelled=False) is None]
    if not pieces:
        record.miss("/keywords", "label_only")
    for span in terms_of(page, pieces):
        record.set(record.next("/keywords"), clean(page.text[slice(*span)]), span=span)


def read_conditions(page: Page, record: RecordBuilder, entry: Entry) -> None:
    """Set the conditions under study, as the page writes them."""
    if not entry.content:
        record.miss("/conditions", "label_only")
    for span in terms_of(page, entry.content):
        pointer = record.next("/conditions")
        record.set(pointer, Concept(text=clean(page.text[slice(*span)])))
        record.came_from(f"{pointer}/text", span=span)


_TYPED = re.compile(
    r"\s*(drug|biological|procedure|device|behaviou?ral|other|radiation|dietary supplement|genetic|diagnostic test|"
    r"combination product)\s*:\s*",
    re.IGNORECASE,
)


def read_interventions(page: Page, record: RecordBuilder, entry: Entry) -> None:
    """Set the interventions, one a line or term, with the type that a line may begin with (`Drug: …`)."""
    if not entry.content:
        record.miss("/interventions", "label_only")
    for start, end in terms_of(page, entry.content):
        pointer = record.next("/interventions")
        if match := _TYPED.match(page.text, start, end):
            record.set(f"{pointer}/type", match[1].casefold(), span=match.span(1))
            start = match.end()
        record.set(f"{pointer}/name", clean(page.text[start:end]), span=(start, end))


def read_phase_line(page: Page, record: RecordBuilder, piece: Piece, *, labelled: bool) -> bool:
    """Set the phases from a line, and tell whether it states any."""
    words = words_of(page, piece)
    if not labelled and not is_phase(words):
        return False
    phases = read_phases(words)
    for phase in phases if record.get("/design/phases") is None else ():
        record.set(record.next("/design/phases"), phase, span=span_of(piece))
    if not phases and not absent_reason(words):
        record.note("unknown_value", pointer="/design/phases", span=span_of(piece), field="phase", found=words)
    return bool(phases)


def read_study_type(page: Page, record: RecordBuilder, piece: Piece, *, labelled: bool) -> bool:
    """Set the study type from a line, and tell whether it is one."""
    words = words_of(page, piece)
    value = STUDY_TYPES.get(" ".join(words.casefold().replace("[", " ").replace("-", " ").split()))
    if value is None and (not labelled or absent_reason(words)):
        return False
    record.set("/design/study_type", value or "unknown", span=span_of(piece))
    if value is None:
        record.note("unknown_value", pointer="/design/study_type", span=span_of(piece), field="study type", found=words)
    return True


def read_enrolment(page: Page, record: RecordBuilder, entry: Entry, *, actual: bool = False) -> None:
    """Set how many take part, where the line holds one number."""
    if not entry.content:
        return
    piece = entry.content[0]
    numbers = list(_COUNT.finditer(page.text, piece.start, piece.end))
    words = words_of(page, piece).casefold()
    if len(numbers) != 1:
        return
    field: Literal["actual", "target"] = "actual" if actual or "actual" in words else "target"
    record.set(f"/design/enrolment/{field}", int(numbers[0][0].replace(",", "")), span=numbers[0].span())


def read_event(
    page: Page, record: RecordBuilder, entry: Entry, *, order: DateOrder | None = None
) -> DateReading | None:
    """Set a timeline event from a label and the date under it, or the reason why there is no date.

    Returns:
        What the words under the label say; None where there are none, or they are no date at all.
    """
    pointer = record.next("/timeline")
    record.set(f"{pointer}/event", entry.label.event)
    record.set(f"{pointer}/label", label_of(page, entry), span=entry.span)
    if entry.label.kind is not None:
        record.set(f"{pointer}/kind", entry.label.kind)
    piece = entry.content[0] if entry.content else None
    reading = read_date(words_of(page, piece), order=order) if piece else None
    if piece is None or reading is None or _is_foreign(page, entry, reading):
        record.miss(f"{pointer}/date", "label_only")
        return None
    if reading.date is None:
        record.miss(f"{pointer}/date", reading.reason or "unparseable", span=span_of(piece))
        if reading.ambiguous:
            record.note("date_ambiguous", pointer=f"{pointer}/date", span=span_of(piece), found=words_of(page, piece))
        return reading
    record.set(f"{pointer}/date", reading.date, span=span_of(piece))
    if reading.kind is not None:
        record.set(f"{pointer}/kind", reading.kind)
    return reading


def _is_foreign(page: Page, entry: Entry, reading: DateReading) -> bool:
    """Tell whether the line below a label is not its value but something else, such as the foot of the page."""
    piece = entry.content[0]
    if reading.reason != "unparseable" or entry.inline or piece.block.kind == "value":
        return False
    words = words_of(page, piece)
    return len(words) > _SHORT_VALUE or not any(character.isdigit() for character in words) or "©" in words


def read_extra(page: Page, record: RecordBuilder, entry: Entry) -> None:
    """Keep a labelled value that has no field of its own."""
    pointer = record.next("/extra")
    record.set(f"{pointer}/label", label_of(page, entry), span=entry.span)
    piece = entry.content[0] if entry.content else None
    if piece is None or (piece.end - piece.start > _SHORT_VALUE and not entry.inline):
        record.miss(f"{pointer}/value", "label_only")
    elif reason := absent_reason(words_of(page, piece)):
        record.miss(f"{pointer}/value", reason, span=span_of(piece))
    else:
        record.set(f"{pointer}/value", words_of(page, piece), span=span_of(piece))


def read_identifiers(page: Page, record: RecordBuilder, pieces: Iterable[Piece], url: str | None = None) -> None:
    """Set the trial's identifiers from its address and from lines that are about the trial itself.

    The first is primary. Numbers in prose (of other trials, in the criteria) must not be among the lines.
    """
    known: set[str] = set()
    for found in find_identifiers(url or ""):
        if not found.placeholder and found.value not in known:
            known.add(found.value)
            _set_identifier(record, found.scheme, found.value, (url or "")[found.start : found.end], path="/source/url")
    for piece in pieces:
        for found in find_identifiers(page.text, piece.start, piece.end):
            raw = page.text[found.start : found.end]
            if found.placeholder:
                record.note("identifier_placeholder", pointer="/identifiers", span=(found.start, found.end), found=raw)
            elif found.value not in known:
                known.add(found.value)
                _set_identifier(record, found.scheme, found.value, raw, span=(found.start, found.end))
    if not known:
        record.note("identifier_missing", pointer="/identifiers")


def _set_identifier(
    record: RecordBuilder, scheme: str, value: str, raw: str, *, span: Span | None = None, path: str | None = None
) -> None:
    pointer = record.next("/identifiers")
    role = "primary" if pointer.endswith("/0") else "secondary"
    record.set(f"{pointer}/scheme", scheme)
    record.set(f"{pointer}/value", value, span=span, path=path)
    record.set(f"{pointer}/raw", raw, span=span, path=path)
    record.set(f"{pointer}/role", role)
