"""ClinConnect: trial pages of an aggregator, as text or as HTML of any markup.

The page's labels are whole lines and come in any order. What it states, and where it misleads:

- Under the title stands `Launched by <SPONSOR> · <date>`. The capitals are a display style, and the page does not say
  whether the launch is the first posting, the first submission or the start.
- The summary is a machine-written paraphrase, so its origin is `aggregator`.
- Labels whose values a script fills in (keywords, applicants, dates) may have nothing under them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.models import Trial
from parser.models.values import Span
from parser.normalize.dates import read_date
from parser.normalize.names import find_name, normal_case, same_name
from parser.normalize.sexes import is_sex
from parser.normalize.statuses import read_status
from parser.reading.document import Document
from parser.reading.page import Page
from parser.registries.page import fields
from parser.registries.page.labels import Label, LabelMatch, Vocabulary
from parser.registries.page.listing import (
    header_pieces,
    hide_chrome_before,
    mark_unknown_labels,
    read_as_of,
    read_chips,
    read_eligibility,
    read_events,
    read_extras,
    read_labelled,
)
from parser.registries.page.people import significant_words
from parser.registries.page.sections import Layout, lay_out, set_sections
from parser.registries.page.vocabulary import CHROME, shared_labels
from parser.registries.page.words import clean, label_of, span_of, words_of
from parser.registries.record import USUAL, Origin, RecordBuilder

_ABOUT = Label("about", "sponsor", heading=True)

LABELS: tuple[Label, ...] = (
    Label("launched_by", "header", ("launched by",), ("launched by",), event="launched", in_header=True, short=True),
    Label("trial_information", "header", ("trial information",), heading=True, whole_line=True),
    Label("as_of", "header", ("current as of",), ("current as of",), event="as_of", in_header=True, short=True),
    Label("keywords", "header", ("keywords", "keyword"), in_header=True, short=True),
    Label("summary", "summary", ("clinconnect summary",), heading=True),
    Label("sex", "eligibility", ("gender", "sex"), short=True, reads=is_sex),
    Label("criteria", "eligibility", ("eligibility criteria",), heading=True, whole_line=True),
    Label("contacts", "contact", ("contacts", "contact"), heading=True),
    Label("locations", "location", ("locations", "location"), heading=True),
    Label("applied", "other", ("patients applied",), heading=True, short=True),
    Label("timeline", "timeline", ("timeline",), heading=True, whole_line=True),
    Label("first_submitted", "timeline", ("first submit", "first submitted"), event="first_submitted", short=True),
    Label("launched", "timeline", ("trial launched",), event="launched", short=True),
    Label("updated", "timeline", ("trial updated",), event="updated", short=True),
    Label(
        "completion",
        "timeline",
        ("estimated completion",),
        event="completion",
        kind="anticipated",
        short=True,
    ),
    Label(
        "completion_actual",
        "timeline",
        ("actual completion", "trial completed on"),
        event="completion",
        kind="actual",
        short=True,
    ),
    *shared_labels(
        "status",
        "conditions",
        "interventions",
        "phase",
        "study_type",
        "arms",
        "outcomes",
        "age",
        "age_min",
        "age_max",
        "officials",
        "identifiers",
        "enrolment",
        "scientific_title",
        "acronym",
        "more",
    ),
    *CHROME,
)
VOCABULARY = Vocabulary(LABELS)

#: What a page of this registry is told by; three are enough.
MARKS = ("clinconnect summary", "trial information", "current as of", "patients applied", "launched by")
ENOUGH_MARKS = 3
_MARK = re.compile(
    r"(?:^|[\n\r\v\f\x85\u2028\u2029])[\s\ufeff\u200b#*_-]{0,40}" + f"({'|'.join(MARKS)})".replace(" ", r"\s{1,9}"),
    re.IGNORECASE,
)

EXPECTED = (
    *USUAL,
    "/scientific_title",
    "/keywords",
    "/summary",
    "/sponsor",
    "/locations",
)

_ABOUT_LINE = re.compile(r"About\s+", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Tell whether a document is a page of this registry, by the labels that begin its lines."""
    if document.page is None:
        return False
    found = {" ".join(mark.casefold().split()) for mark in _MARK.findall(document.page.text)}
    return len(found) >= ENOUGH_MARKS


def read(document: Document, origin: Origin) -> Trial:
    """Read a page of this registry.

    Args:
        document: Text or HTML.
        origin: Where it came from.
    """
    page = document.page
    assert page is not None, "the table of registries gives this reader text and HTML only"
    matches = VOCABULARY.scan(page)
    title = _find_title(page, matches)
    hide_chrome_before(title, matches)
    _find_about(page, matches)
    mark_unknown_labels(page, matches)
    layout = lay_out(page, matches, title=title)
    record = RecordBuilder(document, origin)
    record.expect(*EXPECTED)
    _read_header(page, record, layout)
    _read_body(page, record, layout)
    set_sections(page, record, layout)
    return record.build()


def _find_title(page: Page, matches: Sequence[LabelMatch | None]) -> int | None:
    """Return the block that is the title: a heading above `Launched by`, or the line before it, or the first line.

    Chips and labels between them are no titles.
    """
    launched = next((i for i, match in enumerate(matches) if match and match.label.name == "launched_by"), None)
    candidates = [i for i in range(len(page.blocks)) if matches[i] is None and _may_be_title(page, i)]
    if launched is None:
        top = [i for i in candidates if page.blocks[i].kind == "heading" and page.blocks[i].level == 1]
        return min(top or candidates[:1], default=None)
    above = [i for i in candidates if i < launched]
    if above and above[-1] == launched - 1 and page.blocks[above[-1]].kind == "heading":
        return above[-1]
    top = [i for i in above if page.blocks[i].kind == "heading" and page.blocks[i].level == 1]
    return max(top or above[-1:], default=None)


def _may_be_title(page: Page, index: int) -> bool:
    block = page.blocks[index]
    return block.kind in {"heading", "paragraph"} and read_status(page.words(block), labelled=False) is None


def _find_about(page: Page, matches: list[LabelMatch | None]) -> None:
    """Find the heading `About <sponsor>`: only the sponsor's own name behind it makes the line a heading."""
    launched = next((match for match in matches if match and match.label.name == "launched_by"), None)
    sponsor = clean(page.text[slice(*_sponsor_span(page, launched))]) if launched else ""
    for index, block in enumerate(page.blocks):
        if block.kind in {"item", "value", "row"} or matches[index] is not None:
            continue
        if (about := _ABOUT_LINE.match(page.text, block.body, block.end)) is None:
            continue
        named = clean(page.text[about.end() : block.end].rstrip(": "))
        below = page.words(page.blocks[index + 1]) if index + 1 < len(page.blocks) else ""
        if same_name(named, sponsor) or (not sponsor and find_name(named, below[: len(named) + 20])):
            matches[index] = LabelMatch(_ABOUT, block.body, block.end, None, block)


def _sponsor_span(page: Page, launched: LabelMatch) -> Span:
    """Return the sponsor's name in the line `Launched by …`, or in the line below the label alone."""
    if launched.value is not None:
        return fields.split_dated_name(page.text, launched.value, launched.block.end)[0]
    following = next((block for block in page.blocks if block.start > launched.block.start), launched.block)
    return fields.split_dated_name(page.text, following.body, following.end)[0]


def _read_header(page: Page, record: RecordBuilder, layout: Layout) -> None:
    if title := layout.first("title"):
        record.set("/title", clean(page.text[slice(*title.span)]), span=title.span)
    _read_launched(page, record, layout)
    read_as_of(page, record, layout.first("as_of"))
    labelled = [piece for entry in layout.all("identifiers") for piece in entry.content]
    pieces = header_pieces(layout, "keywords")
    fields.read_identifiers(page, record, [*labelled, *pieces], record.get("/source/url"))


def _read_launched(page: Page, record: RecordBuilder, layout: Layout) -> None:
    """Set the sponsor, as written and in normal case, and the date of the launch."""
    entry = layout.first("launched_by")
    if entry is None or not entry.content:
        return
    first = entry.content[0]
    sponsor, date_span = fields.split_dated_name(page.text, first.start, first.end)
    raw = clean(page.text[slice(*sponsor)])
    record.set("/sponsor/raw", raw, span=sponsor)
    _read_sponsor_name(page, record, layout, raw, sponsor)
    if date_span is None and len(entry.content) > 1 and read_date(words_of(page, entry.content[1])).date:
        date_span = span_of(entry.content[1])
    if date_span is None:
        return
    reading = read_date(page.text[slice(*date_span)])
    pointer = record.next("/timeline")
    record.set(f"{pointer}/event", entry.label.event)
    record.set(f"{pointer}/label", label_of(page, entry), span=entry.span)
    record.set(f"{pointer}/date", reading.date, span=date_span)
    record.note(
        "launched_meaning_unclear",
        pointer=pointer,
        span=(entry.span[0], date_span[1]),
        found=f"{label_of(page, entry)} … {clean(page.text[slice(*date_span)])}",
    )


def _read_sponsor_name(page: Page, record: RecordBuilder, layout: Layout, raw: str, span: Span) -> None:
    """Set the name in normal case: the blurb's own words, else the heading's, else a careful change of case."""
    about = layout.first("about")
    if about and about.content:
        fields.read_paragraphs(page, record, "/sponsor/about", about.content)
        place = find_name(raw, page.text, about.content[0].start, about.content[-1].end)
        if place is not None:
            record.set("/sponsor/name", clean(page.text[slice(*place)]), span=place)
            return
    record.set("/sponsor/name", normal_case(raw), span=span)


def _read_body(page: Page, record: RecordBuilder, layout: Layout) -> None:
    if (summary := layout.first("summary")) and summary.content:
        fields.read_paragraphs(page, record, "/summary/brief", summary.content)
        record.set("/summary/origin", "aggregator")
    read_labelled(page, record, layout)
    read_chips(page, record, header_pieces(layout, "keywords"))
    read_eligibility(page, record, layout, found="Eligibility criteria")
    _check_contacts(record)
    if applied := layout.first("applied"):
        fields.read_extra(page, record, applied)
    read_extras(page, record, layout)
    steps = [entry for entry in layout.entries if entry.label.event and entry.label.section == "timeline"]
    read_events(page, record, steps)


def _check_contacts(record: RecordBuilder) -> None:
    """Flag contacts that name neither the sponsor nor a site: the site shows some who have no part in the trial."""
    places = record.get("/locations") or []
    known = significant_words(record.get("/sponsor/raw") or "")
    known |= significant_words(" ".join(place["raw"] for place in places))
    for index, contact in enumerate(record.get("/contacts") or []):
        affiliation = contact.get("affiliation")
        if affiliation is not None and known and not known & significant_words(affiliation):
            pointer = f"/contacts/{index}"
            record.note(
                "contact_boilerplate_suspect", pointer=pointer, span=record.span_under(pointer), found=affiliation
            )
