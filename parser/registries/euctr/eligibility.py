"""Who may take part, in the EU register: criteria of E.3 and E.4, and the answers of section F."""

from __future__ import annotations

from itertools import pairwise

from parser.models.eligibility import CriterionKind
from parser.models.values import Range, Span
from parser.normalize.sexes import read_sex
from parser.registries.euctr.fields import translate
from parser.registries.euctr.form import Form, FormField
from parser.registries.euctr.terms import BANDS
from parser.registries.record import RecordBuilder
from parser.text import TracedText, mend

_HALVES: tuple[tuple[str, CriterionKind], ...] = (("E.3", "inclusion"), ("E.4", "exclusion"))


def read_eligibility(form: Form, record: RecordBuilder) -> None:
    """Set the criteria, and what the form asks of age, sex and health."""
    _criteria(form, record)
    _sex(form, record)
    _ages(form, record)
    if (one := form.first("F.3.1")) is not None and (healthy := form.flag("F.3.1")) is not None:
        record.set("/eligibility/healthy_volunteers", healthy, span=one.span)


def _criteria(form: Form, record: RecordBuilder) -> None:
    """Set the eligibility text from both halves; `map` leads to the page."""
    halves = [(kind, one) for code, kind in _HALVES if (one := form.first(code)) is not None and one.lines]
    if not halves:
        record.note("section_missing", pointer="/eligibility/text", found="E.3 Principal inclusion criteria")
        return
    pieces = [_piece(form, one) for _, one in halves]
    text = TracedText.join(pieces, "\n\n")
    record.set("/eligibility/text", text.text, span=(halves[0][1].span[0], halves[-1][1].span[1]))
    record.set("/eligibility/map", text.contract_map())
    at = 0
    for number, ((kind, one), piece) in enumerate(zip(halves, pieces, strict=True)):
        span = (at, at + len(piece.text))
        record.set(f"/eligibility/parts/{number}", {"kind": kind, "span": span, "path": one.code})
        at = span[1] + 2
        others = [other for other in form.all(one.code) if other is not one]
        translate(form, record, f"/eligibility/parts/{number}", others)
        if one.language is not None and record.get("/source/language") is None:
            record.set("/source/language", one.language)


def _piece(form: Form, one: FormField) -> TracedText:
    """Return a half of the criteria: its lines, with the blank lines between them, damage mended."""
    lines = [mend(TracedText.of(form.page.text, *span)).text for span in one.lines]
    pieces = lines[:1]
    for (above, below), line in zip(pairwise(one.lines), lines[1:], strict=True):
        blank = form.page.text.count("\n", above[1], below[0]) > 1
        pieces += [TracedText.ours("\n\n" if blank else "\n"), line]
    return TracedText.join(pieces)


def _sex(form: Form, record: RecordBuilder) -> None:
    answers = [one for code in ("F.2.1", "F.2.2") if (one := form.first(code)) is not None and one.lines]
    if len(answers) != 2:
        return
    start = form.page.text.find(answers[0].label, *answers[0].place)
    span = (max(start, answers[0].place[0]), answers[1].span[1])
    sex = read_sex(form.page.text[slice(*span)])
    if sex is not None:
        record.set("/eligibility/sex", sex, span=span)
    else:
        found = " ".join(form.page.text[slice(*span)].split())
        record.miss("/eligibility/sex", "unparseable", span=span)
        record.note("unknown_value", pointer="/eligibility/sex", span=span, field="sex", found=found)


def _ages(form: Form, record: RecordBuilder) -> None:
    """Set the age bands that are admitted, and the limits that follow from them."""
    minors = form.flag("F.1.1")
    answers = [form.flag(code) for code, *_ in BANDS]
    if minors is False:
        # Where nobody is under 18, the form does not ask for the bands below.
        answers = [
            bool(answer) if code.startswith("F.1.1") else answer
            for answer, (code, *_) in zip(answers, BANDS, strict=True)
        ]
    admitted = [number for number, answer in enumerate(answers) if answer]
    if not admitted:
        return
    fields = [one for number, (code, *_) in enumerate(BANDS) if (one := form.first(code)) and number in admitted]
    span = (fields[0].place[0], fields[-1].span[1])
    record.set("/eligibility/age_groups", [BANDS[number][1] for number in admitted], span=span)
    asked = [one for code in ("F.1.1", "F.1.2", "F.1.3") if (one := form.first(code)) is not None]
    if None not in answers and admitted == list(range(admitted[0], admitted[-1] + 1)):
        _limits(record, admitted, (asked[0].place[0], asked[-1].span[1]))


def _limits(record: RecordBuilder, admitted: list[int], span: Span) -> None:
    """Set the age limits of bands without a gap, where they can be said in one unit."""
    low, high = BANDS[admitted[0]][2], BANDS[admitted[-1]][3]
    last = len(BANDS) - 1
    if low is None or (high is None and admitted[-1] != last):
        return
    if low[0] == 0 and high is None:
        record.miss("/eligibility/age", "no_limit", span=span)
    elif high is None:
        record.set("/eligibility/age", Range(low=low[0], ucum=low[1]), span=span)
    elif low[0] == 0 or low[1] == high[1]:
        record.set("/eligibility/age", Range(low=low[0], high=high[0], ucum=high[1]), span=span)
