"""How a study is built, from a register's fields: type, phases, numbers, arms, interventions, conditions, outcomes."""

from __future__ import annotations

import re

from parser.models.trial import StudyType
from parser.models.values import Code, Concept, Span
from parser.normalize.phases import read_phases
from parser.registries.label_tables.values import (
    MAIN,
    Form,
    Record,
    Value,
    first_line,
    home_country,
    merged,
    note_unknown,
    part_of,
    records_of,
    replace_pieces,
    set_words,
    terms_of,
    text_of,
    translate,
    value_of,
)
from parser.registries.page.fields import STUDY_TYPES
from parser.registries.page.sections import Piece
from parser.registries.page.words import clean, words_of

#: What the registers call their studies beside the words that all use.
_TYPES: dict[str, StudyType] = {
    **dict.fromkeys(("rct", "cct", "randomised controlled trial", "randomized controlled trial"), "interventional"),
    **dict.fromkeys(
        (
            "diagnostic test|basic science|basic science study|prevention|epidemiological research|screening|"
            "epidemilogical research|health services research|health services reaserch|cause/relative factors study|"
            "treatment study|relative factors research|pms|post marketing surveillance|ba/be|others,meta-analysis etc|"
            "others, meta-analysis etc|others|other"
        ).split("|"),
        "other",
    ),
}
_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.])\d{1,7}(?!\w)")
_BRACKETED = re.compile(r"\[([^\[\]]{2,300})\]")
_ICD = re.compile(
    r"(?:ICD-?10\s*(?:Condition)?\s*:?\s*)?([A-Z]\d{2}(?:\.?\d{1,2})?(?:-[A-Z]\d{2})?)\s*(?:\|\||-)\s*(.+)", re.DOTALL
)
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s+")
_NUMBER_LABELS = (
    ("planned", re.compile(r"sample size from [a-z ]+=\s*\"?(\d{1,7})", re.IGNORECASE)),
    ("target", re.compile(r"(?:total|target) sample size\s*[=:]?\s*\"?(\d{1,7})", re.IGNORECASE)),
    ("actual", re.compile(r"final enrollment numbers achieved \(total\)\s*=\s*\"?(\d{1,7})", re.IGNORECASE)),
    ("actual", re.compile(r"(?:actual|final) (?:sample size|number)[a-z ]*\s*[=:]?\s*\"?(\d{1,7})", re.IGNORECASE)),
    (
        "home_actual",
        re.compile(r"final enrollment numbers achieved \([a-su-z][a-z]+\)\s*=\s*\"?(\d{1,7})", re.IGNORECASE),
    ),
)
#: What some registers call the type of an intervention, and is its part in the study.
_INTERVENTION_ROLES = frozenset(
    {"intervention", "comparator agent", "comparator", "control", "control group", "experimental", "experimental group"}
)


def read_design(form: Form) -> None:
    """Set study type, phases and the numbers of participants."""
    study_type = first_line(form, merged(form, "study_type"))
    if study_type.pieces and not form.absence(words := text_of(form, study_type)):
        key = " ".join(words.casefold().split())
        known: StudyType | None = STUDY_TYPES.get(key) or _TYPES.get(key)
        form.record.set("/design/study_type", known or "unknown", span=study_type.span)
        translate(form, "/design/study_type", study_type)
        if known is None:
            note_unknown(form, "/design/study_type", study_type, "study type")
    _read_phases(form)
    _read_enrolment(form)


def _read_phases(form: Form) -> None:
    value = first_line(form, merged(form, "phase"))
    if not value.pieces:
        return
    words = text_of(form, value)
    for phase in (phases := read_phases(words)):
        form.record.set(form.record.next("/design/phases"), phase, span=value.span)
    if not phases and not form.absence(words):
        note_unknown(form, "/design/phases", value, "phase")


def _read_enrolment(form: Form) -> None:
    for name, field in (("enrolment", "target"), ("enrolment_actual", "actual"), ("enrolment_reached", "actual")):
        for entry in form.all(name):
            _set_enrolment(form, field, value_of(form, entry.content))
    for entry in form.all("enrolment_table"):
        for piece in entry.content:
            _set_labelled_numbers(form, piece)


#: Numbers of the registry's own country; a registry of no country has none.
_OF_HOME = ("planned", "home_actual")


def _set_enrolment(form: Form, field: str, value: Value) -> None:
    """Set how many take part, from the first number of the first line."""
    if not value.pieces or form.record.get(f"/design/enrolment/{field}") is not None:
        return
    if _set_labelled_numbers(form, *value.pieces):
        return
    piece = value.pieces[0]
    if match := _NUMBER.search(form.page.text, piece.start, piece.end):
        form.record.set(f"/design/enrolment/{field}", int(match[0].replace(",", "")), span=match.span())


def _set_labelled_numbers(form: Form, *pieces: Piece) -> bool:
    """Set the numbers that stand behind labels of their own in one value (`Total Sample Size="120"`)."""
    found = False
    for piece in pieces:
        for name, pattern in _NUMBER_LABELS:
            if name in _OF_HOME and form.convention.home is None:
                continue
            if match := pattern.search(form.page.text, piece.start, piece.end):
                found = True
                form.record.set(_number_pointer(form, name), int(match[1]), span=match.span(1))
    return found


def _number_pointer(form: Form, name: str) -> str:
    if name in _OF_HOME:
        return f"{home_country(form)}/{'planned' if name == 'planned' else 'actual'}"
    return f"/design/enrolment/{name}"


def read_arms(form: Form) -> None:
    """Set the arms with their numbers of participants, and what each is given."""
    sizes: dict[str, int] = {}
    spans: list[Span] = []
    for entry in form.all("arms"):
        for record in records_of(form, entry):
            label = part_of(form, record, "label")
            if not label.pieces:
                continue
            pointer = form.record.next("/design/arms")
            set_words(form, f"{pointer}/label", label)
            for name in ("kind", "description"):
                if (value := part_of(form, record, name)).pieces:
                    set_words(form, f"{pointer}/{name}", value)
            if size := _first_number(form, part_of(form, record, "size")):
                sizes[text_of(form, label)] = size[0]
                spans.append(size[1])
            if (given := part_of(form, record, "intervention")).pieces:
                _set_intervention(form, given, arm=text_of(form, label))
    _set_sizes(form, sizes, spans)


def _set_sizes(form: Form, sizes: dict[str, int], spans: list[Span]) -> None:
    if not sizes:
        return
    whole = (spans[0][0], spans[-1][1])
    form.record.set("/design/enrolment/by_group", sizes, span=whole)
    if form.record.get("/design/enrolment/target") is None and len(sizes) == len(form.record.get("/design/arms")):
        form.record.set("/design/enrolment/target", sum(sizes.values()), span=whole)


def _first_number(form: Form, value: Value) -> tuple[int, Span] | None:
    for piece in value.pieces:
        if match := _NUMBER.search(form.page.text, piece.start, piece.end):
            return int(match[0].replace(",", "")), match.span()
    return None


def read_interventions(form: Form) -> None:
    """Set the interventions: records with name, type and details, or one a label."""
    for entry in form.all("interventions"):
        for record in records_of(form, entry):
            value = part_of(form, record, "name", "description", MAIN)
            if value.pieces:
                pointer = _set_intervention(form, value)
                _set_details(form, pointer, record, named=bool(record.get("name")))


def _set_details(form: Form, pointer: str, record: Record, *, named: bool) -> None:
    if (kind := part_of(form, record, "type")).pieces:
        words = text_of(form, kind).partition(":")[0].strip().casefold()
        part = "role" if words in _INTERVENTION_ROLES else "type"
        form.record.set(f"{pointer}/{part}", words, span=kind.span)
    if named and (details := part_of(form, record, "description")).pieces:
        set_words(form, f"{pointer}/description", details, separator="\n")


def _set_intervention(form: Form, value: Value, *, arm: str | None = None) -> str:
    """Set an intervention; of several lines, the first is its name and all are its description."""
    pointer: str = form.record.next("/interventions")
    first = replace_pieces(value, value.pieces[:1])
    set_words(form, f"{pointer}/name", first if len(value.pieces) > 1 else value)
    if len(value.pieces) > 1:
        set_words(form, f"{pointer}/description", value, separator="\n")
    if arm is not None:
        form.record.set(f"{pointer}/arms", [arm])
    return pointer


def read_conditions(form: Form) -> None:
    """Set the conditions under study, with the codes that the register gives."""
    for entry in form.all("conditions"):
        for record in records_of(form, entry):
            _set_condition(form, record)


def _set_condition(form: Form, record: Record) -> None:
    value = part_of(form, record, "text", "code_text", MAIN)
    code = part_of(form, record, "code")
    for piece in value.pieces:
        coded = _ICD.fullmatch(_NUMBERED.sub("", words_of(form.page, piece), count=1))
        for span in [(piece.start, piece.end)] if coded else terms_of(form, piece):
            words = clean(form.page.text[slice(*span)])
            if form.absence(words):
                continue
            codes = [Code(system="ICD-10", code=text_of(form, code))] if code.pieces else []
            if match := _ICD.fullmatch(_NUMBERED.sub("", words, count=1)):
                words, codes = match[2].strip(), [Code(system="ICD-10", code=match[1])]
                at = form.page.text.find(match[2].split()[0], *span)
                span = (max(at, span[0]), span[1])
            pointer = form.record.next("/conditions")
            form.record.set(pointer, Concept(text=words, codes=codes))
            form.record.came_from(f"{pointer}/text", span=span)
            if len(value.pieces) == 1:
                translate(form, f"{pointer}/text", value)


def read_outcomes(form: Form) -> None:
    """Set the outcomes, primary before secondary as the labels or the records themselves say."""
    for name, rank in (("outcomes_primary", "primary"), ("outcomes_secondary", "secondary"), ("outcomes", "other")):
        for entry in form.all(name):
            for record in records_of(form, entry):
                _set_outcome(form, record, rank)


def _set_outcome(form: Form, record: Record, rank: str) -> None:
    if not record.get("measure"):
        value = value_of(form, record.get(MAIN, []))
        for piece in value.pieces:
            _set_outcome_line(form, piece, rank)
        if len(value.pieces) == 1 and form.record.get("/outcomes"):
            translate(form, f"/outcomes/{len(form.record.get('/outcomes')) - 1}/measure", value)
        return
    value = part_of(form, record, "measure")
    if not value.pieces:
        return
    pointer = form.record.next("/outcomes")
    set_words(form, f"{pointer}/measure", value)
    stated = text_of(form, part_of(form, record, "rank")).casefold()
    named = next((one for one in ("primary", "secondary") if one in stated), rank)
    form.record.set(f"{pointer}/rank", named)
    for name in ("time_frame", "method"):
        if (part := part_of(form, record, name)).pieces:
            set_words(form, f"{pointer}/{name}", part)


def _set_outcome_line(form: Form, piece: Piece, rank: str) -> None:
    """Set an outcome of one line; a line in square brackets is the time frame of the one above."""
    words = words_of(form.page, piece)
    if form.absence(words):
        return
    count = len(form.record.get("/outcomes") or ())
    if count and (match := _BRACKETED.fullmatch(words)):
        at = (piece.start + 1, piece.end - 1)
        form.record.set(f"/outcomes/{count - 1}/time_frame", match[1].strip(), span=at)
        return
    pointer = form.record.next("/outcomes")
    form.record.set(f"{pointer}/measure", words, span=(piece.start, piece.end))
    form.record.set(f"{pointer}/rank", rank)
