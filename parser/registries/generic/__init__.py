"""Any listing page of a trial: text, Markdown or HTML of a website that has no reader of its own.

Nothing is known of such a page but that it labels its fields. `vocabulary` holds the words that pages use; what stands
under no known label is kept as a section and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parser.models import Trial
from parser.normalize.absence import absent_reason
from parser.normalize.dates import read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.phases import is_phase
from parser.normalize.statuses import read_status
from parser.reading.document import Document
from parser.reading.page import Block, Page
from parser.registries.generic.embedded import embedded_names
from parser.registries.generic.pages import check_one_trial, lists_trials
from parser.registries.generic.tables import with_table_labels
from parser.registries.page import fields
from parser.registries.page.labels import LabelMatch, Vocabulary
from parser.registries.page.listing import (
    CRITERIA,
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
from parser.registries.page.places import FACILITY_WORDS
from parser.registries.page.sections import Entry, Layout, Piece, lay_out, set_sections
from parser.registries.page.vocabulary import CHROME, SHARED
from parser.registries.page.words import clean, span_of, words_of
from parser.registries.record import USUAL, Origin, RecordBuilder

VOCABULARY = Vocabulary((*SHARED, *CHROME))

EXPECTED = (
    *USUAL,
    "/scientific_title",
    "/conditions",
    "/summary",
    "/sponsor",
    "/locations",
)

#: Known labels that a page with a trial identifier, but without criteria, must have.
ENOUGH_LABELS = 2

# Words of which a page about a trial has at least one; `Eligibility criteria` alone may be a grant's or a school's.
_CLINICAL = re.compile(
    r"\b(?:clinical trials?|trials?|patients?|participants?|placebo|randomi[sz]ed|randomi[sz]ation|diagnos\w{2,4}|"
    r"investigational|interventional)\b",
    re.IGNORECASE,
)
_HALVES = frozenset({"inclusion", "exclusion"})
# A title has some words, and is no essay.
_TITLE_WORDS = 3
_TITLE_LENGTH = 400
# The name of a website or department is short, and says what it is.
_SITE_WORDS = 6
_INSTITUTIONS = FACILITY_WORDS | frozenset(
    "network networks register registry finder trials studies research group foundation society association "
    "departments hub portal programme program".split()
)


def recognises(document: Document) -> bool:
    """Tell whether a document is the page of a trial, or of several, which `read` refuses with the reason.

    It is when it has criteria and speaks of patients, or states a trial identifier and has labels of a trial's fields,
    or says to machines that it is about a trial, or lists trials with their numbers.
    """
    if document.page is None:
        return False
    page = with_table_labels(document.page)
    matches = VOCABULARY.scan(page)
    names = {match.label.name for match in matches if match and not match.label.website}
    if names & CRITERIA and (names >= _HALVES or _CLINICAL.search(page.text)):
        return True
    if names and embedded_names(page):
        return True
    if len(names) >= ENOUGH_LABELS and bool(find_identifiers(page.text) or find_identifiers(page.url or "")):
        return True
    return lists_trials(page, matches)


def read(document: Document, origin: Origin) -> Trial:
    """Read a page that labels its fields.

    Args:
        document: Text or HTML.
        origin: Where it came from.

    Raises:
        MultipleRecordsError: The page shows several trials.
        NotATrialError: It lists search results.
    """
    assert document.page is not None, "the table of registries gives this reader text and HTML only"
    page = with_table_labels(document.page)
    matches = VOCABULARY.scan(page)
    check_one_trial(page, matches)
    _end_criteria(page, matches)
    title = find_title(page, matches)
    if title is not None:
        matches[title] = None
    hide_chrome_before(title, matches)
    mark_unknown_labels(page, matches)
    layout = lay_out(page, matches, title=title, criteria=CRITERIA, known_site=False)
    record = RecordBuilder(document, origin)
    record.expect(*EXPECTED)
    _read_fields(page, record, layout)
    set_sections(page, record, layout)
    return record.build()


def find_title(page: Page, matches: Sequence[LabelMatch | None]) -> int | None:
    """Return the block that is the title; None where nothing above the first label can be one.

    What the page's metadata calls it comes first, then a heading of the first level, then any heading above the first
    label, then the longest line there that is no sentence.
    """
    candidates = [i for i in range(len(page.blocks)) if matches[i] is None and _may_be_title(page, i)]
    headings = [i for i in candidates if page.blocks[i].kind == "heading"]
    top = [i for i in headings if page.blocks[i].level == 1 and not _names_a_site(page, headings, i)]
    named = [i for i in (top or candidates) if _in_metadata(page, i)]
    if named or top:
        return (named or top)[0]
    first_label = _first_label(page, matches)
    above = [i for i in candidates if i < first_label]
    if titles := [i for i in headings if i < first_label]:
        return next((i for i in titles if not _names_a_site(page, headings, i)), titles[0])
    lines = [i for i in above if not page.words(page.blocks[i]).endswith((".", "!", "?"))]
    return max(lines or above, key=lambda index: page.blocks[index].end - page.blocks[index].body, default=None)


def _first_label(page: Page, matches: Sequence[LabelMatch | None]) -> int:
    """Return the first block with a label below the title; one that comes again is taken for the website's menu."""
    found = [(i, match.label.name) for i, match in enumerate(matches) if match and _ends_title(match)]
    last = {name: index for index, name in found}
    return next((index for index, name in found if last[name] == index), len(page.blocks))


def _ends_title(match: LabelMatch) -> bool:
    """Tell whether a label stands below the title: all but the website's own, and the few that may stand above."""
    return not match.label.website and not match.label.in_header


def _may_be_title(page: Page, index: int) -> bool:
    block = page.blocks[index]
    words = page.words(block)
    if block.kind not in {"heading", "paragraph"} or len(words) > _TITLE_LENGTH:
        return False
    if read_status(words, labelled=False) is not None or is_phase(words):
        return False
    return len(words.split()) >= _TITLE_WORDS and read_date(words).date is None


def _names_a_site(page: Page, headings: Sequence[int], index: int) -> bool:
    """Tell whether a heading is the website's name: short, with a word for an institution, and a title follows."""
    words = re.findall(r"\w+", page.words(page.blocks[index]).casefold())
    if len(words) > _SITE_WORDS or not _INSTITUTIONS.intersection(words):
        return False
    following = [i for i in headings if i > index and page.blocks[i].level > page.blocks[index].level]
    return bool(following) and len(page.words(page.blocks[following[0]]).split()) > len(words)


def _in_metadata(page: Page, index: int) -> bool:
    """Tell whether the page's metadata calls it by this line."""
    words = clean(page.words(page.blocks[index])).casefold()
    named = [page.metadata.get(name, "") for name in ("og:title", "title")]
    return any(words in clean(name).casefold() for name in (*named, *embedded_names(page)))


def _end_criteria(page: Page, matches: list[LabelMatch | None]) -> None:
    """Let a line such as `Sex: All` end the criteria where it stands apart below their list and holds a value."""
    ended = -1
    for index, match in enumerate(matches):
        if match is None or index == 0 or match.label.reads is None or match.value is None:
            continue
        block, above = page.blocks[index], page.blocks[index - 1]
        plain = block.kind == "paragraph" and block.level == 0
        apart = ended == index - 1 or (above.kind == "item" and _is_apart(page, above, block))
        if plain and apart and match.label.reads(page.text[match.value : block.end]):
            matches[index] = replace(match, label=replace(match.label, closes=True))
            ended = index


def _is_apart(page: Page, above: Block, block: Block) -> bool:
    """Tell whether a blank line lies between two blocks of a text page; of HTML, a list's end parts them as well."""
    return page.format == "html" or page.text[above.end : block.start].count("\n") > 1


def _read_fields(page: Page, record: RecordBuilder, layout: Layout) -> None:
    _read_title(page, record, layout)
    _read_sponsor(page, record, layout)
    if (summary := layout.first("summary")) and summary.content:
        fields.read_paragraphs(page, record, "/summary/brief", summary.content)
    read_labelled(page, record, layout)
    pieces = header_pieces(layout)
    read_chips(page, record, pieces)
    read_eligibility(page, record, layout, found="Eligibility criteria", markers=True)
    read_as_of(page, record, layout.first("as_of"))
    read_events(page, record, _events(layout))
    _read_identifiers(page, record, layout, pieces)
    read_extras(page, record, layout)


def _events(layout: Layout) -> list[Entry]:
    return [entry for entry in layout.entries if entry.label.event and entry.label.name != "as_of"]


def _read_title(page: Page, record: RecordBuilder, layout: Layout) -> None:
    title, labelled = layout.first("title"), layout.first("public_title")
    if labelled and labelled.content:
        fields.read_line(page, record, "/title", labelled)
    elif title:
        block = page.blocks[title.block]
        record.set("/title", clean(page.words(block)), span=(block.body, block.body_end))


def _read_sponsor(page: Page, record: RecordBuilder, layout: Layout) -> None:
    """Set the sponsor from the first line under its label, without a date that stands behind the name."""
    entry = layout.first("sponsor")
    if entry is None:
        return
    if not entry.content:
        record.miss("/sponsor", "label_only")
        return
    piece = entry.content[0]
    if reason := absent_reason(words_of(page, piece)):
        record.miss("/sponsor", reason, span=span_of(piece))
        return
    name, _ = fields.split_dated_name(page.text, piece.start, piece.end)
    fields.set_organisation(page, record, "/sponsor", name)


def _read_identifiers(page: Page, record: RecordBuilder, layout: Layout, pieces: list[Piece]) -> None:
    labelled = [piece for entry in layout.all("identifiers") for piece in entry.content]
    own = [
        Piece(entry.span[0], page.blocks[entry.block].end, page.blocks[entry.block])
        for entry in layout.all("title", "identifiers", "public_title", "registered")
    ]
    fields.read_identifiers(page, record, [*labelled, *own, *pieces], record.get("/source/url"))
