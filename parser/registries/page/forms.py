"""Registry pages that are forms: one label after the other, each with its value, many of them again and again.

What a label means may depend on the one above it: `Name` is a sponsor's below `Primary sponsor type`, a person's below
`Contact person for public queries`. So the labels are gathered into groups; some labels open a group.

A registry's reader gives its labels as a table (see `labels_of`) and one reader a name; a label that has no reader is
kept as a labelled value of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from parser.errors import InternalError
from parser.models import Part
from parser.models.trial import EventKind, SectionKind
from parser.models.values import Span
from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_code
from parser.normalize.dates import DateKind, DateOrder
from parser.normalize.statuses import read_status
from parser.reading.page import Block, Page
from parser.registries.age_limits import AgeLimit
from parser.registries.page import fields
from parser.registries.page.labels import Label, LabelMatch, Vocabulary
from parser.registries.page.listing import mark_unknown_labels
from parser.registries.page.sections import Entry, Layout, Piece, lay_out
from parser.registries.page.words import clean, label_of, words_of
from parser.registries.record import RecordBuilder
from parser.text import TracedText, unescape_markdown

#: Name of the site's own lines between the fields; what stands below goes on with the field above.
ASIDE = "aside"
#: Name of lines that belong to the website.
CHROME = "page"

_CRITERIA = frozenset({"inclusion", "exclusion"})


@dataclass(slots=True)
class Group:
    """Fields that belong together.

    Attributes:
        entry: The label that opens the group.
        answers: All its labels with their values, the opening one first.
    """

    entry: Entry
    answers: list[Entry] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the label that opens the group."""
        return self.entry.label.name

    def get(self, name: str) -> Entry | None:
        """Return the first entry of a name that has a value; None where the group has none."""
        return next((entry for entry in self.answers if entry.label.name == name and entry.content), None)


@dataclass(frozen=True, slots=True)
class Form:
    """A page as a form.

    Attributes:
        page: The page.
        layout: Its labels and sections.
        groups: In page order.
    """

    page: Page
    layout: Layout
    groups: tuple[Group, ...]

    def all(self, name: str) -> Iterator[Group]:
        """Yield the groups that a label of a name opens."""
        return (group for group in self.groups if group.name == name)

    def first(self, name: str) -> Entry | None:
        """Return the first entry of a name with a value, whatever its group; else the first of the name."""
        return self.layout.first(name)

    def text(self, entry: Entry | None) -> str | None:
        """Return a value's words, one line a piece; None where there are none."""
        return "\n".join(words_of(self.page, piece) for piece in entry.content) if entry and entry.content else None


FieldReader = Callable[[Form, RecordBuilder, Entry], None]


def labels_of(table: str) -> tuple[Label, ...]:
    """Read a registry's table of labels.

    A row is `section name: form | form`. A star behind the section makes the label the section's heading. Behind the
    name, a plus lets the value follow a colon in the same line, a hash lets a running number follow the label, a dash
    lets a list item hold it. A field of the section `other` stays in the section where it stands.
    """
    return tuple(_label(*row.split(":", 1)) for row in table.replace("\n ", " ").splitlines() if row.strip())


def _label(head: str, forms: str) -> Label:
    section, name = head.split()
    kind = section.rstrip("*")
    if kind not in get_args(SectionKind):
        raise InternalError(f"section {kind!r} of label {name!r} is not known")
    return Label(
        name.rstrip("+#-"),
        kind,  # type: ignore[arg-type]
        tuple(" ".join(form.casefold().split()).rstrip("?") for form in forms.split("|")),
        heading=section.endswith("*"),
        floating=kind == "other" and not section.endswith("*") and name != CHROME,
        whole_line="+" not in name,
        website=name == CHROME,
        repeats=True,
        numbered="#" in name,
        short="-" in name,
        closes=True,
    )


def lay_out_form(
    page: Page,
    vocabulary: Vocabulary,
    *,
    openers: frozenset[str],
    several: frozenset[str] = frozenset(),
    ends_with_tables: bool = False,
) -> Form:
    """Sort a page's blocks under its labels, and the labels into groups.

    Args:
        page: The page.
        vocabulary: The registry's labels.
        openers: Names of the labels that open a group, beside the headings.
        several: Names of the fields whose values have lines of the site between them.
        ends_with_tables: List items below the last value are the website's own.
    """
    matches = [_row_match(page, block, vocabulary) or vocabulary.match(page, block) for block in page.blocks]
    mark_unknown_labels(page, matches)
    if ends_with_tables:
        _mark_foot(page, matches)
    layout = lay_out(page, matches, criteria=_CRITERIA)
    return Form(page, layout, tuple(_groups(layout, openers, several)))


def _mark_foot(page: Page, matches: list[LabelMatch | None]) -> None:
    """Mark the list items below the last label and value as the website's."""
    label = Label(CHROME, "other", website=True, repeats=True, closes=True)
    for index in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[index]
        if block.kind != "item":
            return
        matches[index] = LabelMatch(label, block.body, block.end, None, block)


def _row_match(page: Page, block: Block, vocabulary: Vocabulary) -> LabelMatch | None:
    """Return the label of a table row that holds a group, a label and a value (`Arm 1`, `Arm Label`, …)."""
    least = 3
    if block.kind != "row" or len(block.cells) < least:
        return None
    start, end = block.cells[-2]
    found = vocabulary.match(page, Block("label", start, end)) if start < end else None
    return replace(found, value=block.cells[-1][0], block=block) if found else None


def _groups(layout: Layout, openers: frozenset[str], several: frozenset[str]) -> list[Group]:
    groups: list[Group] = []
    for entry in layout.entries:
        label = entry.label
        if label.name == ASIDE:
            if entry.content and groups and groups[-1].answers[-1].label.name in several:
                groups[-1].answers[-1].content += entry.content
        elif not groups or label.heading or label.name in openers:
            groups.append(Group(entry, [entry]))
        else:
            groups[-1].answers.append(entry)
    return groups


def read_fields(
    form: Form, record: RecordBuilder, readers: Mapping[str, FieldReader], *, grouped: frozenset[str]
) -> None:
    """Set every field that has a reader from its first value, and keep the rest as labelled values.

    Args:
        form: The page.
        record: Gets the fields.
        readers: By name of the label.
        grouped: Names that the registry's reader reads itself, with their groups.
    """
    done: set[int] = set()
    for name, read in readers.items():
        if entry := form.first(name):
            read(form, record, entry)
            done.add(id(entry))
    for group in form.groups:
        for entry in group.answers:
            label = entry.label
            other = label.name not in grouped and label.name not in _CRITERIA and not label.website
            if other and not label.heading and id(entry) not in done:
                set_extra(form, record, entry)


def set_extra(form: Form, record: RecordBuilder, entry: Entry) -> None:
    """Keep a labelled value that has no field; a label without a value says nothing."""
    text = form.text(entry)
    if text is None or absent_reason(text):
        return
    pointer = record.next("/extra")
    record.set(f"{pointer}/label", label_of(form.page, entry), span=entry.span)
    record.set(f"{pointer}/value", text, span=span_of_value(entry))


def span_of_value(entry: Entry) -> Span:
    """Return the stretch of a value on the page; of one that is empty, of its label."""
    return (entry.content[0].start, entry.content[-1].end) if entry.content else entry.span


def set_text(form: Form, record: RecordBuilder, pointer: str, entry: Entry | None) -> bool:
    """Set a value of any number of lines, or note why there is none; tell whether there is one."""
    if entry is None:
        return False
    text = form.text(entry)
    if text is None:
        record.miss(pointer, "label_only")
        return False
    if reason := absent_reason(text):
        record.miss(pointer, reason, span=span_of_value(entry))
        return False
    record.set(pointer, text, span=span_of_value(entry))
    return True


def text_at(pointer: str) -> FieldReader:
    """Return the reader that sets a value of any number of lines at a pointer."""

    def read(form: Form, record: RecordBuilder, entry: Entry) -> None:
        set_text(form, record, pointer, entry)

    return read


def event(kind: EventKind, order: DateOrder | None = None) -> FieldReader:
    """Return the reader that sets a dated step."""

    def read(form: Form, record: RecordBuilder, entry: Entry) -> None:
        set_event(form, record, kind, entry, order=order)

    return read


def set_event(
    form: Form,
    record: RecordBuilder,
    kind: EventKind,
    entry: Entry,
    *,
    label: Entry | None = None,
    order: DateOrder | None = None,
    happened: DateKind | None = None,
) -> None:
    """Set a dated step.

    Args:
        form: The page.
        record: Gets the event.
        kind: What happens.
        entry: The label with the date.
        label: The label that says what happens, where it is another one.
        order: Of day and month on this registry's pages.
        happened: Whether the label says that it has come to pass.
    """
    dated = replace(entry.label, event=kind, kind=happened)
    named = label or entry
    fields.read_event(
        form.page, record, Entry(dated, named.span, entry.block, entry.content, entry.inline), order=order
    )


def set_status(form: Form, record: RecordBuilder, entry: Entry) -> None:
    """Set the recruitment status; words that name none that is known are kept."""
    text = form.text(entry)
    reason = "label_only" if text is None else absent_reason(text)
    if text is None or reason is not None:
        record.miss("/status", reason or "label_only")
        return
    value = read_status(text)
    record.set("/status/value", value or "unknown", span=span_of_value(entry))
    record.set("/status/raw", text, span=span_of_value(entry))
    if value is None:
        record.note("unknown_value", pointer="/status/value", span=span_of_value(entry), field="status", found=text)


def set_lines(pointer: str, name: str) -> FieldReader:
    """Return the reader that sets an entry of a list for every line of a value, the words as `name`."""

    def read(form: Form, record: RecordBuilder, entry: Entry) -> None:
        for piece in entry.content:
            words = words_of(form.page, piece)
            if absent_reason(words) is None:
                record.set(f"{record.next(pointer)}/{name}", words, span=(piece.start, piece.end))

    return read


def set_organisation(form: Form, record: RecordBuilder, pointer: str, entry: Entry | None) -> bool:
    """Set an organisation's name from a value; tell whether there is one."""
    text = form.text(entry)
    if entry is None or text is None or absent_reason(text):
        return False
    fields.set_organisation(form.page, record, pointer, span_of_value(entry))
    return True


def set_class(form: Form, record: RecordBuilder, pointer: str, entry: Entry, value: str | None) -> None:
    """Set what kind of organisation one is; words that are no kind that is known are noted."""
    span = span_of_value(entry)
    record.set(f"{pointer}/sponsor_class", value or "unknown", span=span)
    if value is None:
        record.note(
            "unknown_value", pointer=f"{pointer}/sponsor_class", span=span, field="sponsor type", found=form.text(entry)
        )


def set_contact(
    form: Form, record: RecordBuilder, group: Group, names: Mapping[str, str], *, pointer: str | None = None
) -> None:
    """Set a contact from a group: field of the contact by name of the label; nothing where the group has no value."""
    found = {attribute: group.get(name) for name, attribute in names.items()}
    texts = {attribute: form.text(entry) for attribute, entry in found.items()}
    given = {name: text for name, text in texts.items() if text and absent_reason(text) is None}
    if not given:
        return
    place = pointer or record.next("/contacts")
    for attribute, text in given.items():
        entry = found[attribute]
        assert entry is not None, "its text was found"
        record.set(f"{place}/{attribute}", text, span=span_of_value(entry))
    if pointer is None:
        record.set(f"{place}/role", label_of(form.page, group.entry), span=group.entry.span)


def add_country(form: Form, record: RecordBuilder, span: Span) -> None:
    """Add a country of recruitment."""
    raw = clean(form.page.text[slice(*span)])
    pointer = record.next("/countries")
    record.set(f"{pointer}/raw", raw, span=span)
    if code := country_code(raw):
        record.set(f"{pointer}/country_code", code, span=span)
    else:
        record.note("unknown_value", pointer=pointer, span=span, field="country", found=raw)


def limit_of(form: Form, entry: Entry | None) -> AgeLimit | None:
    """Return an age limit from a field; None where it is empty."""
    text = form.text(entry)
    return AgeLimit(" ".join(text.split()), span_of_value(entry)) if entry and text else None


def set_criteria_of(form: Form, record: RecordBuilder) -> None:
    """Set the eligibility text from the fields for inclusion and exclusion: its parts, a blank line between them."""
    halves = [entry for entry in form.layout.all(*_CRITERIA) if form.text(entry)]
    if not halves:
        record.note("section_missing", pointer="/eligibility/text", found="inclusion criteria")
        return
    texts = [TracedText.join([_criterion(form.page, piece) for piece in half.content], "\n") for half in halves]
    joined = TracedText.join(texts, "\n\n")
    record.set("/eligibility/text", joined.text, span=(span_of_value(halves[0])[0], span_of_value(halves[-1])[1]))
    record.set("/eligibility/map", joined.contract_map())
    start = 0
    for half, text in zip(halves, texts, strict=True):
        end = start + len(text.text)
        kind = "inclusion" if half.label.name == "inclusion" else "exclusion"
        part = Part.model_validate({"kind": kind, "span": (start, end), "path": label_of(form.page, half)})
        record.set(record.next("/eligibility/parts"), part)
        start = end + len("\n\n")


def _criterion(page: Page, piece: Piece) -> TracedText:
    """Return a line of the criteria: its own marker kept where the page is text, list items indented by level."""
    block = piece.block
    if page.format == "text" and block.kind != "heading" and piece.start == block.body:
        line = unescape_markdown(TracedText.of(page.text, block.start, piece.end))
        return TracedText.join([TracedText.ours(" " * block.indent), line]) if block.indent else line
    line = unescape_markdown(TracedText.of(page.text, piece.start, piece.end))
    indent = "  " * (block.level - 1) if block.kind == "item" else ""
    return TracedText.join([TracedText.ours(indent), line]) if indent else line
