"""The fields of a register's record, each from the words under its labels, and the order in which they are set."""

from __future__ import annotations

import re

from parser.models.values import Span
from parser.normalize.identifiers import find_identifiers
from parser.normalize.statuses import read_status
from parser.registries.label_tables.dates import read_events
from parser.registries.label_tables.design import (
    read_arms,
    read_conditions,
    read_design,
    read_interventions,
    read_outcomes,
)
from parser.registries.label_tables.eligibility import read_age_fields, read_criteria, read_sex_field
from parser.registries.label_tables.people import read_contacts, read_ethics, read_organisations, read_places
from parser.registries.label_tables.values import (
    MAIN,
    Form,
    Value,
    first_line,
    home_country,
    merged,
    note_unknown,
    part_of,
    records_of,
    set_words,
    terms_of,
    text_of,
    translate,
    value_of,
)
from parser.registries.page.sections import Piece
from parser.registries.page.words import clean, label_of, stripped, words_of

#: Fields of one line that go as they are.
_LINES = {
    "title": "/title",
    "scientific_title": "/scientific_title",
    "acronym": "/acronym",
    "responsible_party": "/sponsor/responsible_party",
    "allocation": "/design/allocation",
    "masking": "/design/masking",
    "purpose": "/design/purpose",
    "intervention_model": "/design/intervention_model",
    "observational_model": "/design/observational_model",
    "time_perspective": "/design/time_perspective",
    "sex_note": "/eligibility/sex_note",
    "results_url": "/results/url",
    "record_url": "/source/record_url",
}
#: Fields of running text.
_TEXTS = {
    "summary": "/summary/brief",
    "detailed": "/summary/detailed",
    "design": "/design/description",
    "ipd": "/ipd_sharing/description",
    "ipd_access": "/ipd_sharing/access",
    "ipd_time": "/ipd_sharing/time_frame",
    "results": "/results/summary",
}
_ANSWERS = {"yes": True, "no": False, "y": True, "n": False, "accepted": True, "not accepted": False, "true": True}
_BEYOND_LATIN = re.compile("[^\x00-\u024f]+")
_PLANS = {
    "yes": "yes",
    "no": "no",
    "undecided": "undecided",
    "not yet decided": "undecided",
    "to be decided": "undecided",
}


def read_lines(form: Form) -> None:
    """Set the fields of one line, and those of running text."""
    for name, pointer in _LINES.items():
        if form.all(name):
            set_words(form, pointer, first_line(form, merged(form, name)))
    for name, pointer in _TEXTS.items():
        if form.all(name):
            set_words(form, pointer, merged(form, name), separator="\n")
    if form.record.get("/summary/brief") or form.record.get("/summary/detailed"):
        form.record.set("/summary/origin", "registrant")


def read_identifiers(form: Form) -> None:
    """Set the register's own number first, then the numbers elsewhere; a number of no known form is kept as `other`."""
    known: set[str] = set()
    for entry in form.all("registry_id"):
        _set_identifiers(form, value_of(form, entry.content), known, primary=True)
    if not known:
        _find_primary(form, known)
    if not known:
        form.record.note("identifier_missing", pointer="/identifiers")
    for entry in form.all("secondary_ids"):
        for record in records_of(form, entry):
            for part in (MAIN, "id"):
                _set_identifiers(form, part_of(form, record, part), known, primary=False)


def _find_primary(form: Form, known: set[str]) -> None:
    """Take the register's own number from the first line that has one, where no label says which it is."""
    for block in form.page.blocks:
        own = [one for one in find_identifiers(form.page.text, block.start, block.end) if _is_own(form, one.scheme)]
        if own:
            _set_identifiers(form, Value([Piece(own[0].start, own[0].end, block)]), known, primary=True)
            return


def _is_own(form: Form, scheme: str) -> bool:
    return scheme == form.convention.scheme


def _set_identifiers(form: Form, value: Value, known: set[str], *, primary: bool) -> None:
    for piece in value.pieces:
        words = words_of(form.page, piece)
        found = find_identifiers(form.page.text, piece.start, piece.end)
        for one in found:
            if one.placeholder:
                form.record.note(
                    "identifier_placeholder", pointer="/identifiers", span=(one.start, one.end), found=words
                )
            elif one.value not in known and not (primary and not known and not _is_own(form, one.scheme)):
                known.add(one.value)
                _set_identifier(form, one.scheme, one.value, (one.start, one.end), len(known) == 1)
        if (
            not found
            and not primary
            and not form.absence(words)
            and any(map(str.isdigit, words))
            and words not in known
        ):
            known.add(words)
            _set_identifier(form, "other", words, (piece.start, piece.end), False)


def _set_identifier(form: Form, scheme: str, value: str, span: Span, primary: bool) -> None:
    pointer = form.record.next("/identifiers")
    form.record.set(f"{pointer}/scheme", scheme)
    form.record.set(f"{pointer}/value", value, span=span)
    form.record.set(f"{pointer}/raw", clean(form.page.text[slice(*span)]), span=span)
    form.record.set(f"{pointer}/role", "primary" if primary else "secondary")


def read_status_fields(form: Form) -> None:
    """Set the recruitment status: the first that is one, and the home country's where the register has one apart."""
    for name in ("status", "status_country"):
        for entry in form.all(name):
            value = first_line(form, value_of(form, entry.content))
            if form.record.get("/status") is None:
                _set_status(form, "/status", value)
            if name == "status_country" and form.convention.home and value.pieces:
                _set_status(form, f"{home_country(form)}/status", value)


def _set_status(form: Form, pointer: str, value: Value) -> None:
    if not value.pieces:
        form.record.miss(pointer, "label_only")
        return
    words = text_of(form, value)
    if (reason := form.absence(words)) and reason != "label_only":
        form.record.miss(pointer, reason, span=value.span)
        return
    found = read_status(words)
    form.record.set(f"{pointer}/value", found or "unknown", span=value.span)
    form.record.set(f"{pointer}/raw", words, span=value.span)
    translate(form, f"{pointer}/raw", value)
    if found is None:
        form.record.note("unknown_value", pointer=f"{pointer}/value", span=value.span, field="status", found=words)


def read_sharing(form: Form) -> None:
    """Set the statement on sharing participants' data, and whether there are results."""
    plan = first_line(form, merged(form, "ipd_plan"))
    if plan.pieces and not form.absence(words := text_of(form, plan)):
        plain = _BEYOND_LATIN.sub(" ", words).casefold().strip(" .")
        found = _PLANS.get(plain) or _PLANS.get(re.split(r"[\s,.;:(-]", plain, maxsplit=1)[0])
        form.record.set("/ipd_sharing/plan", found or "unknown", span=plan.span)
        form.record.set("/ipd_sharing/raw", words, span=plan.span)
        if found is None:
            note_unknown(form, "/ipd_sharing/plan", plan, "IPD sharing plan")
    available = first_line(form, merged(form, "results_available"))
    if available.pieces and (answer := _ANSWERS.get(text_of(form, available).casefold().strip("."))) is not None:
        form.record.set("/results/available", answer, span=available.span)
    for entry in form.all("publications"):
        for piece in value_of(form, entry.content).pieces:
            if not form.absence(words := words_of(form.page, piece)):
                form.record.set(f"{form.record.next('/publications')}/citation", words, span=(piece.start, piece.end))


def read_keywords(form: Form) -> None:
    """Set the keywords."""
    for piece in merged(form, "keywords").pieces:
        for start, end in terms_of(form, piece):
            for match in re.finditer(r"[^,]+", form.page.text[start:end]):
                span = stripped(form.page.text, start + match.start(), start + match.end())
                if span[0] < span[1] and not form.absence(clean(form.page.text[slice(*span)])):
                    form.record.set(form.record.next("/keywords"), clean(form.page.text[slice(*span)]), span=span)


def read_extras(form: Form) -> None:
    """Keep the labelled values that no field takes."""
    for entry in form.entries:
        if not entry.label.name.startswith("extra") and entry.label.name not in _EXTRA:
            continue
        pointer = form.record.next("/extra")
        form.record.set(f"{pointer}/label", label_of(form.page, entry), span=entry.span)
        set_words(form, f"{pointer}/value", value_of(form, entry.content), separator="\n")


#: Fields of the registers' forms for which the record has no place of their own.
_EXTRA = frozenset(
    "registered_status public_acronym brief_title objective study_arm_count regulatory protocol_url".split()
)

#: In the order in which the fields are set.
READERS = (
    read_identifiers,
    read_lines,
    read_places,
    read_status_fields,
    read_design,
    read_keywords,
    read_conditions,
    read_arms,
    read_interventions,
    read_outcomes,
    read_sex_field,
    read_age_fields,
    read_criteria,
    read_organisations,
    read_contacts,
    read_events,
    read_ethics,
    read_sharing,
    read_extras,
)
