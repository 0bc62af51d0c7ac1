"""ClinicalTrials.gov: saved study pages by their labels, in the layout of today and in the classic one (until 2023).

No real page was at hand: the labels are those that the site prints, the markup is whatever the shared page makes lines
of. What the page has no label for is found by where it stands: the title is the heading above the number, the status
of today's layout a line above the title. Where the page misleads:

- The site puts the acronym behind the title in brackets; titles have brackets of their own, so it stays there.
- A day of posting that is `(Estimated)` has passed.
- The classic layout puts all conditions of a study into one cell; where nothing parts them there, they stay one.
"""

from __future__ import annotations

import re

from parser.models import Trial
from parser.models.values import Span
from parser.normalize.absence import absent_reason
from parser.normalize.dates import read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.phases import read_phases
from parser.normalize.statuses import read_status
from parser.reading.document import Document
from parser.reading.page import Block, Page
from parser.registries.ctgov.labels import (
    CONDITION_HEAD,
    CONDITION_TABLE,
    ENOUGH_MARKS,
    VOCABULARY,
    marks_of,
    names_number,
)
from parser.registries.ctgov.page_parts import (
    read_arms,
    read_condition_table,
    read_contacts,
    read_interventions,
    read_investigators,
    read_locations,
    read_outcomes,
)
from parser.registries.ctgov.values import IPD_PLANS, YES_NO
from parser.registries.page import fields
from parser.registries.page.eligibility import read_age_lines, read_criteria, read_sex_field
from parser.registries.page.labels import Label, LabelMatch
from parser.registries.page.listing import mark_unknown_labels, read_extras
from parser.registries.page.sections import Entry, Layout, Piece, lay_out, set_sections
from parser.registries.page.words import clean, span_of, words_of
from parser.registries.record import Origin, RecordBuilder

EXPECTED = (
    "/title",
    "/scientific_title",
    "/status",
    "/conditions",
    "/keywords",
    "/interventions",
    "/outcomes",
    "/summary",
    "/eligibility/sex",
    "/eligibility/age",
    "/eligibility/healthy_volunteers",
    "/eligibility/text",
    "/sponsor",
    "/contacts",
    "/locations",
    "/timeline",
)

#: Labels under which criteria stand, and the heading above them.
_CRITERIA = frozenset({"criteria", "criteria_part"})
#: Labels that mean a field only below another one: name to the labels of which one must stand above.
_ONLY_BELOW: dict[str, frozenset[str]] = {
    "criteria": frozenset({"participation", "criteria_part"}),
    "ipd_description": frozenset({"ipd_part", "ipd_plan"}),
    "ipd_time_frame": frozenset({"ipd_part", "ipd_plan"}),
    "ipd_access": frozenset({"ipd_part", "ipd_plan"}),
    "ipd_url": frozenset({"ipd_part", "ipd_plan"}),
}
#: Parts whose tables have no labels of fields in their first column.
_TABLES = frozenset({"arms", "outcomes_part", "outcomes_primary", "outcomes_secondary", "outcomes_other", "locations"})

#: Values of one line: label to field.
_LINES: dict[str, str] = {
    "scientific_title": "/scientific_title",
    "allocation": "/design/allocation",
    "intervention_model": "/design/intervention_model",
    "description": "/design/description",
    "masking": "/design/masking",
    "purpose": "/design/purpose",
    "observational_model": "/design/observational_model",
    "time_perspective": "/design/time_perspective",
    "sex_note": "/eligibility/sex_note",
    "sampling_method": "/eligibility/sampling_method",
    "ipd_time_frame": "/ipd_sharing/time_frame",
    "ipd_access": "/ipd_sharing/access",
    "ipd_url": "/ipd_sharing/url",
}
#: Running text: label to field.
_TEXTS: dict[str, str] = {
    "summary": "/summary/brief",
    "detailed": "/summary/detailed",
    "study_population": "/eligibility/study_population",
    "ipd_description": "/ipd_sharing/description",
}
#: Yes or no: label to field.
_FLAGS: dict[str, str] = {
    "healthy": "/eligibility/healthy_volunteers",
    "fda_drug": "/oversight/fda_regulated_drug",
    "fda_device": "/oversight/fda_regulated_device",
}
#: Labelled values without a field of their own.
_EXTRAS = (
    "last_known_status",
    "masking_description",
    "target_duration",
    "gender_based",
    "ipd_information",
    "us_export",
    "expanded_access",
)

_KINDS = ("_actual", "_anticipated")
_TITLE_WORDS = 3
_REASON = re.compile(r"(.+?)\s*\((.+)\)\s*")
_PROVIDED = re.compile(r"\s*\(Responsible Party\)\s*$", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\(.*")
_BY = re.compile(r"\s+by\s.*")


# Shorter lines among the publications are the site's own headings.
_LONG_LABEL = 40
#: Stands for the first cell of a row of a table without labels of fields, while the others are marked.
_HELD = LabelMatch(Label("held", "other"), 0, 0, None, Block("label", 0, 0))


def recognises_page(page: Page) -> bool:
    """Tell whether a page is the registry's own: it names its number as the site does, and has enough of its lines."""
    if not names_number(page.text) and not names_number(page.url or ""):
        return False
    return marks_of(page.text) >= ENOUGH_MARKS


def read_page(document: Document, page: Page, origin: Origin) -> Trial:
    """Read a study page.

    Args:
        document: Text or HTML.
        page: Its page.
        origin: Where it came from.
    """
    matches = VOCABULARY.scan(page)
    title = _find_title(page, matches)
    _drop_misplaced(matches)
    _mark_tables(page, matches)
    layout = lay_out(page, matches, title=title, criteria=_CRITERIA)
    record = RecordBuilder(document, origin)
    record.expect(*EXPECTED)
    _read_identity(page, record, layout)
    _read_sponsors(page, record, layout)
    _read_design(page, record, layout)
    _read_eligibility(page, record, layout)
    _read_rest(page, record, layout)
    set_sections(page, record, layout)
    return record.build()


def _find_title(page: Page, matches: list[LabelMatch | None]) -> int | None:
    """Return the block that is the title: the first heading of the top level, else the last line above the number."""
    free = [
        index
        for index, block in enumerate(page.blocks)
        if matches[index] is None and block.kind in {"heading", "paragraph"} and _may_be_title(page.words(block))
    ]
    top = [index for index in free if page.blocks[index].kind == "heading" and page.blocks[index].level == 1]
    if top:
        return top[0]
    labels = [index for index, match in enumerate(matches) if match is not None]
    number = next((i for i in labels if (match := matches[i]) and match.label.name == "nct_id"), min(labels, default=0))
    above = [index for index in free if index < number and not page.words(page.blocks[index]).endswith(".")]
    return above[-1] if above else None


def _may_be_title(words: str) -> bool:
    return len(words.split()) >= _TITLE_WORDS and read_status(words, labelled=False) is None


def _drop_misplaced(matches: list[LabelMatch | None]) -> None:
    """Leave out labels that mean something else where they stand."""
    seen: set[str] = set()
    for index, match in enumerate(matches):
        if match is None:
            continue
        needed = _ONLY_BELOW.get(match.label.name)
        if needed is not None and not seen & needed:
            matches[index] = None
        else:
            seen.add(match.label.name)


def _mark_tables(page: Page, matches: list[LabelMatch | None]) -> None:
    """Make unknown labels of tables labels too, but for the tables of arms, outcomes and places."""
    part = ""
    for index, (block, match) in enumerate(zip(page.blocks, matches, strict=True)):
        if match is not None:
            part = match.label.name
        elif CONDITION_HEAD.match(page.text, block.body, block.end):
            matches[index] = LabelMatch(CONDITION_TABLE, block.body, block.end, None, block)
            part = CONDITION_TABLE.name
        elif part in _TABLES and block.kind == "label":
            matches[index] = _HELD
    mark_unknown_labels(page, matches)
    for index, match in enumerate(matches):
        if match is _HELD:
            matches[index] = None


def _read_identity(page: Page, record: RecordBuilder, layout: Layout) -> None:
    if title := layout.first("title"):
        record.set("/title", clean(page.text[slice(*title.span)]), span=title.span)
    _read_number(page, record, layout)
    for number, piece in enumerate(_content(layout, "other_ids")):
        _read_other_id(page, record, piece, own=number == 0)
    _read_status(page, record, layout)
    for name in ("verified", "verified_by"):
        pieces = _content(layout, name)
        if pieces and record.get("/status") is not None and record.get("/status/last_verified") is None:
            date = read_date(_BY.sub("", words_of(page, pieces[0]))).date
            if date is not None:
                record.set("/status/last_verified", date, span=span_of(pieces[0]))


def _read_number(page: Page, record: RecordBuilder, layout: Layout) -> None:
    """Set the registry's number, from its label or from the page's address."""
    for piece in _content(layout, "nct_id"):
        for found in find_identifiers(page.text, piece.start, piece.end):
            if found.scheme == "nct":
                _set_identifier(
                    record, "nct", found.value, page.text[found.start : found.end], (found.start, found.end)
                )
                return
    url = record.get("/source/url") or ""
    if numbers := [found for found in find_identifiers(url) if found.scheme == "nct"]:
        _set_identifier(record, "nct", numbers[0].value, url[numbers[0].start : numbers[0].end], None)
    else:
        record.note("identifier_missing", pointer="/identifiers")


def _read_other_id(page: Page, record: RecordBuilder, piece: Piece, *, own: bool) -> None:
    """Set another number of the study; the sponsor's comes first, and brackets behind the others say whose they are."""
    words = words_of(page, piece)
    value = words if own else _BRACKETED.sub("", words)
    found = [one for one in find_identifiers(value) if not one.placeholder]
    if own:
        _set_identifier(record, "sponsor", value, words, span_of(piece))
    elif len(found) == 1 and value[: found[0].start] + value[found[0].end :] == "":
        _set_identifier(record, found[0].scheme, found[0].value, words, span_of(piece))
    elif value:
        _set_identifier(record, "other", value, words, span_of(piece))


def _set_identifier(record: RecordBuilder, scheme: str, value: str, raw: str, span: Span | None) -> None:
    pointer = record.next("/identifiers")
    role = "primary" if scheme == "nct" and pointer.endswith("/0") else "secondary"
    record.set(pointer, {"scheme": scheme, "value": value, "raw": raw, "role": role})
    for name in ("value", "raw"):
        record.came_from(f"{pointer}/{name}", span=span, path=None if span else "/source/url")


def _read_status(page: Page, record: RecordBuilder, layout: Layout) -> None:
    """Set the status from its label, else from a line beside the title; a reason may stand behind it in brackets."""
    for piece in _content(layout, "status")[:1]:
        words = words_of(page, piece)
        reason = _REASON.fullmatch(words) if read_status(words) is None else None
        if reason is None or read_status(reason[1]) is None:
            fields.read_status_line(page, record, piece, labelled=True)
            return
        record.set("/status/value", read_status(reason[1]), span=span_of(piece))
        record.set("/status/raw", reason[1], span=span_of(piece))
        record.set("/status/why_stopped", reason[2], span=span_of(piece))
        return
    pieces = [piece for entry in layout.all("loose", "title") for piece in entry.content]
    for index, piece in enumerate(pieces):
        if not fields.read_status_line(page, record, piece, labelled=False):
            continue
        below = words_of(page, pieces[index + 1]) if index + 1 < len(pieces) else ""
        if below.startswith("(") and below.endswith(")"):
            record.set("/status/why_stopped", below[1:-1], span=span_of(pieces[index + 1]))
        return


def _read_sponsors(page: Page, record: RecordBuilder, layout: Layout) -> None:
    both = _content(layout, "sponsors")
    sponsor = (_content(layout, "sponsor") or both)[:1]
    for piece in sponsor:
        if reason := absent_reason(words_of(page, piece)):
            record.miss("/sponsor/name", reason, span=span_of(piece))
        else:
            fields.set_organisation(page, record, "/sponsor", span_of(piece))
    for piece in _content(layout, "collaborators") or both[1:]:
        fields.set_organisation(page, record, record.next("/sponsor/collaborators"), span_of(piece))
    for name in ("responsible_party", "provided_by"):
        pieces = _content(layout, name)[:1]
        if pieces and record.get("/sponsor/responsible_party") is None:
            words = _PROVIDED.sub("", words_of(page, pieces[0]))
            record.set("/sponsor/responsible_party", words, span=span_of(pieces[0]))


def _read_design(page: Page, record: RecordBuilder, layout: Layout) -> None:
    for piece in _content(layout, "study_type")[:1]:
        _read_study_type(page, record, piece)
    for piece in _content(layout, "phase"):
        _read_phase(page, record, piece)
    for name in ("enrolment_actual", "enrolment_target", "enrolment"):
        if entry := layout.first(name):
            fields.read_enrolment(page, record, entry, actual=name == "enrolment_actual")
    for piece in _content(layout, "conditions"):
        _set_condition(page, record, span_of(piece))
    read_interventions(page, record, _content(layout, "interventions"))
    read_condition_table(page, record, _content(layout, CONDITION_TABLE.name))
    read_arms(page, record, _content(layout, "arms"))
    for rank in ("primary", "secondary", "other"):
        read_outcomes(page, record, _content(layout, f"outcomes_{rank}"), rank)


def _read_study_type(page: Page, record: RecordBuilder, piece: Piece) -> None:
    """Set the study type, without what the classic layout says behind it in brackets (`(Clinical Trial)`)."""
    end = piece.start + len(_BRACKETED.sub("", page.text[piece.start : piece.end]))
    fields.read_study_type(page, record, Piece(piece.start, end, piece.block), labelled=True)


def _read_phase(page: Page, record: RecordBuilder, piece: Piece) -> None:
    for phase in read_phases(words_of(page, piece)):
        if phase not in (record.get("/design/phases") or ()):
            record.set(record.next("/design/phases"), phase, span=span_of(piece))


def _set_condition(page: Page, record: RecordBuilder, span: Span) -> None:
    pointer = record.next("/conditions")
    record.set(pointer, {"text": clean(page.text[slice(*span)])})
    record.came_from(f"{pointer}/text", span=span)


def _read_eligibility(page: Page, record: RecordBuilder, layout: Layout) -> None:
    if sex := layout.first("sex"):
        read_sex_field(page, record, sex)
    read_age_lines(page, record, _content(layout, "age")[:1], labelled=True)
    # In today's layout the text stands under `Description`, in older copies right under the heading.
    pieces = _content(layout, "criteria") or _content(layout, "criteria_part")
    if pieces:
        read_criteria(page, record, pieces, markers=True)
    else:
        record.note("section_missing", pointer="/eligibility/text", found="Eligibility Criteria")


def _read_rest(page: Page, record: RecordBuilder, layout: Layout) -> None:
    for name, pointer in _LINES.items():
        if (entry := layout.first(name)) and record.get(pointer) is None:
            fields.read_line(page, record, pointer, entry)
    for name, pointer in _TEXTS.items():
        fields.read_paragraphs(page, record, pointer, _content(layout, name))
    if record.get("/summary") is not None:
        record.set("/summary/origin", "registrant")
    for name, pointer in _FLAGS.items():
        for piece in _content(layout, name)[:1]:
            answer = YES_NO.get(words_of(page, piece).casefold().rstrip("."))
            if answer is not None:
                record.set(pointer, answer, span=span_of(piece))
    keywords = layout.first("keywords")
    # `Keywords provided by <name>:` has the words below it.
    for piece in keywords.content[int(keywords.inline) :] if keywords else ():
        record.set(record.next("/keywords"), words_of(page, piece), span=span_of(piece))
    _read_sharing(page, record, layout)
    for name in ("contact", "contact_backup"):
        read_contacts(page, record, layout.first(name))
    read_investigators(page, record, _content(layout, "investigators"))
    read_locations(page, record, _content(layout, "locations"))
    _read_timeline(page, record, layout)
    for piece in _content(layout, "general_publications") or _content(layout, "publications"):
        if piece.end - piece.start > _LONG_LABEL:
            record.set(f"{record.next('/publications')}/citation", words_of(page, piece), span=span_of(piece))
    for entry in layout.all(*_EXTRAS):
        fields.read_extra(page, record, entry)
    for piece in _content(layout, "meshes"):
        _put_extra(page, record, "Additional relevant MeSH term (assigned by the registry)", piece)
    read_extras(page, record, layout)


def _read_sharing(page: Page, record: RecordBuilder, layout: Layout) -> None:
    for piece in _content(layout, "ipd_plan")[:1]:
        words = words_of(page, piece)
        plan = IPD_PLANS.get(words.casefold())
        record.set("/ipd_sharing/plan", plan or "unknown", span=span_of(piece))
        record.set("/ipd_sharing/raw", words, span=span_of(piece))
        if plan is None:
            record.note(
                "unknown_value", pointer="/ipd_sharing/plan", span=span_of(piece), field="IPD sharing plan", found=words
            )


def _read_timeline(page: Page, record: RecordBuilder, layout: Layout) -> None:
    """Set the dated steps; one that the page repeats is set once, with its kind where it says that anywhere."""
    chosen: dict[tuple[str, str | None], Entry] = {}
    for entry in layout.entries:
        if entry.label.event is None or not entry.content:
            continue
        step = _step(page, entry)
        if step not in chosen or not chosen[step].label.name.endswith(_KINDS):
            chosen[step] = entry
    for entry in sorted(chosen.values(), key=lambda entry: entry.block):
        fields.read_event(page, record, entry)


def _step(page: Page, entry: Entry) -> tuple[str, str | None]:
    """Return which step an entry is of, and the date that it gives."""
    name = entry.label.name.removesuffix(_KINDS[0]).removesuffix(_KINDS[1])
    date = read_date(words_of(page, entry.content[0])).date
    return name, date.value if date else None


def _put_extra(page: Page, record: RecordBuilder, label: str, piece: Piece) -> None:
    pointer = record.next("/extra")
    record.set(pointer, {"label": label, "value": words_of(page, piece)})
    record.came_from(f"{pointer}/value", span=span_of(piece))


def _content(layout: Layout, name: str) -> list[Piece]:
    """Return the words under a label; none where the page has no such label."""
    entry = layout.first(name)
    return entry.content if entry else []
