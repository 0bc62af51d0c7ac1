"""Who may take part, from a register's fields: sex, ages, and the criteria as one text."""

from __future__ import annotations

from parser.models import Part
from parser.models.values import Span
from parser.normalize.ages import Limit
from parser.normalize.sexes import read_sex
from parser.registries.label_tables.ages import Limits, joined, read_both, read_limit
from parser.registries.label_tables.values import (
    Form,
    Value,
    first_line,
    merged,
    note_unknown,
    text_of,
    translate,
    value_of,
)
from parser.registries.page.sections import Piece
from parser.registries.page.words import label_of, words_of
from parser.text import TracedText, mended

_ANSWERS = {"yes": True, "no": False, "y": True, "n": False, "accepted": True, "not accepted": False, "true": True}
#: Indentation of a list item for each level below the first.
_STEP = "  "


def read_sex_field(form: Form) -> None:
    """Set the sex, and whether healthy volunteers may take part."""
    value = first_line(form, merged(form, "sex"))
    if value.pieces:
        words = text_of(form, value)
        sex = read_sex(words)
        if sex is not None:
            form.record.set("/eligibility/sex", sex, span=value.span)
            translate(form, "/eligibility/sex", value)
        elif reason := form.absence(words):
            form.record.miss("/eligibility/sex", reason, span=value.span)
        else:
            form.record.miss("/eligibility/sex", "unparseable", span=value.span)
            note_unknown(form, "/eligibility/sex", value, "sex")
    elif form.all("sex"):
        form.record.miss("/eligibility/sex", "label_only")
    healthy = first_line(form, merged(form, "healthy"))
    if healthy.pieces and (answer := _ANSWERS.get(text_of(form, healthy).casefold().strip("."))) is not None:
        form.record.set("/eligibility/healthy_volunteers", answer, span=healthy.span)


def read_age_fields(form: Form) -> None:
    """Set the ages from one field with both limits, or from a field for each."""
    both = merged(form, "age")
    if both.pieces:
        _set_age(form, [(both, read_both(text_of(form, both)))])
        return
    found: list[tuple[Value, Limits]] = []
    limits: tuple[tuple[str, Limit], ...] = (("age_min", "low"), ("age_max", "high"))
    for name, limit in limits:
        value = first_line(form, merged(form, name))
        if value.pieces:
            found.append((value, _read_limit(form, value, limit)))
    if found:
        _set_age(form, found)
    elif form.all("age", "age_min", "age_max"):
        form.record.miss("/eligibility/age", "label_only")


def _read_limit(form: Form, value: Value, limit: Limit) -> Limits:
    """Read one limit; the other language's words count where they say more exactly whether the bound is included."""
    for _, pieces in value.others:
        reading = read_limit(" ".join(words_of(form.page, piece) for piece in pieces), limit)
        if reading.range is not None:
            return reading
    return read_limit(text_of(form, value), limit)


def _set_age(form: Form, found: list[tuple[Value, Limits]]) -> None:
    pointer = "/eligibility/age"
    reading = found[0][1] if len(found) == 1 else joined(found[0][1], found[1][1])
    values = [value for value, limits in found if limits.range is not None] or [value for value, _ in found]
    span = (min(value.span[0] for value in values), max(value.span[1] for value in values))
    words = "; ".join(text_of(form, value) for value in values)
    if reading.range is not None and (form.convention.years or not reading.unit_assumed):
        form.record.set(pointer, reading.range, span=span)
        if reading.unit_assumed:
            form.record.note("age_unit_assumed", pointer=pointer, span=span, found=words)
    elif reading.no_limit and reading.range is None:
        form.record.miss(pointer, "no_limit", span=span)
    elif reason := form.absence(words):
        form.record.miss(pointer, reason, span=span)
    else:
        form.record.miss(pointer, "unparseable", span=span)
        form.record.note("unknown_value", pointer=pointer, span=span, field="age", found=words)


def read_criteria(form: Form) -> None:
    """Set the eligibility text from the fields for the halves, joined by a blank line, with no heading of ours."""
    texts: list[TracedText] = []
    parts: list[Part] = []
    spans: list[Span] = []
    at = 0
    for entry in form.all("criteria", "inclusion", "exclusion"):
        value = value_of(form, entry.content)
        if not value.pieces or form.absence(text_of(form, value)):
            continue
        text = TracedText.join([_criterion_line(form, piece) for piece in value.pieces], "\n")
        at += 2 if texts else 0
        kind = entry.label.name if entry.label.name != "criteria" else "unspecified"
        parts.append(Part(kind=kind, span=(at, at + len(text.text)), path=label_of(form.page, entry)))
        at += len(text.text)
        texts.append(text)
        spans.append(value.span)
        translate(form, "/eligibility/text", value, separator="\n")
    if not texts:
        form.record.note("section_missing", pointer="/eligibility/text", found="Eligibility criteria")
        return
    joined_text = TracedText.join(texts, "\n\n")
    form.record.set("/eligibility/text", joined_text.text, span=(spans[0][0], spans[-1][1]))
    form.record.set("/eligibility/map", joined_text.contract_map())
    if len(parts) > 1 or parts[0].kind != "unspecified":
        form.record.set("/eligibility/parts", parts)


def _criterion_line(form: Form, piece: Piece) -> TracedText:
    line = mended(TracedText.of(form.page.text, piece.start, piece.end))
    indent = _STEP * (piece.block.level - 1) if piece.block.kind == "item" else ""
    if form.page.format == "text" and piece.start == piece.block.start:
        indent = " " * piece.block.indent
    return TracedText.join([TracedText.ours(indent), line]) if indent else line
