"""Values of WHO's Trial Registration Data Set with their places, and how each is set in a record.

The portal's export, its pages and the registers' interchange files all carry the same items; they differ in where an
item stands and how lists are joined, which is the business of their readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from parser.models.trial import AbsentReason, EventKind, StudyType
from parser.models.values import Span
from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_code
from parser.normalize.dates import DateKind, DateOrder, DateReading, read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.names import normal_case
from parser.normalize.phases import read_phases
from parser.normalize.sexes import read_sex
from parser.normalize.statuses import read_status
from parser.registries.age_limits import AgeLimit, set_age
from parser.registries.page.fields import STUDY_TYPES
from parser.registries.record import RecordBuilder
from parser.text import TracedText, mended_words, repairs_of


@dataclass(slots=True, eq=False)
class Value:
    """What a field of the source holds.

    Attributes:
        text: As the source has it.
        label: The field's name in the source.
        path: Where it stands in a record.
        span: Where it stands on a page.
    """

    text: str
    label: str
    path: str | None = None
    span: Span | None = None
    _mended: str | None = field(default=None, init=False, repr=False)
    _words: str | None = field(default=None, init=False, repr=False)

    @property
    def mended(self) -> str:
        """The text, its damage mended."""
        if self._mended is None:
            self._mended = mended_words(self.text)
        return self._mended

    @property
    def words(self) -> str:
        """The mended text in one line."""
        if self._words is None:
            self._words = " ".join(self.mended.split())
        return self._words

    @property
    def prose(self) -> str:
        """The mended text in its lines."""
        if "\n" not in self.mended:
            return self.words
        lines = (" ".join(line.split()) for line in self.mended.splitlines())
        return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


_BLANK_LINES = re.compile(r"\n{3,}")

#: Study types of the registers, beside those that all listing pages use. Kinds of research are no type of study.
WHO_STUDY_TYPES: dict[str, StudyType] = {
    **STUDY_TYPES,
    "interventional clinical trial of medicinal product": "interventional",
    "clinical trial of medicinal product": "interventional",
    "observational patient registry": "observational",
    "non interventional": "observational",
    "expanded access": "expanded_access",
    "basic science": "other",
    "diagnostic test": "other",
    "epidemilogical research": "other",
    "epidemiological research": "other",
    "health services reaserch": "other",
    "health services research": "other",
    "other": "other",
    "others": "other",
    "others meta analysis etc": "other",
    "pms": "other",
    "prevention": "other",
    "prognosis study": "other",
    "screening": "other",
    "cause relative factors study": "other",
    "treatment study": "other",
}
_APART = re.compile(r"[^a-z]+")
_KINDS: dict[str, DateKind] = {"actual": "actual", "anticipated": "anticipated", "estimated": "anticipated"}
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}
_GROUP_SIZE = re.compile(r"\s*([^;:]{1,200}?)\s*:\s*(\d{1,7})\s*(?:;|$)")
_WHOLE_NUMBER = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.0)?(?:\s*(?:\(.*\)|participants|patients|subjects))?", re.DOTALL
)
_UNITS = {"Y": "Years", "M": "Months", "W": "Weeks", "D": "Days", "H": "Hours"}
_SHORT_UNIT = re.compile(r"(\d{1,3})\s?([YMWDH])")
_BARE = re.compile(r"\d{1,3}(?:\.\d+)?")


def note_repairs(record: RecordBuilder, values: Iterable[Value]) -> None:
    """Note, once, that text in two encodings was repaired; that of the criteria is noted with them."""
    found: dict[str, None] = {}
    for value in values:
        if not value.text.isascii() and value.mended != value.text:
            for repair in repairs_of(TracedText(value.text, ())):
                found.update(dict.fromkeys(repair.found))
    if found:
        record.note("mojibake_repaired", found=", ".join(found))


def put(record: RecordBuilder, pointer: str, content: object, value: Value) -> None:
    """Set something that was read from a value."""
    record.set(pointer, content, span=value.span, path=value.path)


def put_all(record: RecordBuilder, pointer: str, contents: Mapping[str, object], value: Value) -> None:
    """Set an object whose every field was read from a value."""
    record.set(pointer, dict(contents))
    for name in contents:
        record.came_from(f"{pointer}/{name}", span=value.span, path=value.path)


def miss(record: RecordBuilder, pointer: str, reason: AbsentReason, value: Value) -> None:
    """Note why a value is absent, and where the words that say so stand."""
    record.miss(pointer, reason, span=value.span)
    record.came_from(pointer, span=value.span, path=value.path)


def note_unknown(record: RecordBuilder, pointer: str, field: str, value: Value) -> None:
    """Note words that are none of the field's known ones."""
    record.note("unknown_value", pointer=pointer, span=value.span, field=field, found=value.words[:200])


def put_words(record: RecordBuilder, pointer: str, value: Value | None, *, prose: bool = False) -> bool:
    """Set a text as it is, in one line or in its lines; tell whether there is one."""
    if value is None:
        return False
    if reason := absent_reason(value.words):
        miss(record, pointer, reason, value)
        return False
    put(record, pointer, value.prose if prose else value.words, value)
    return True


def put_extra(record: RecordBuilder, value: Value, label: str | None = None) -> None:
    """Keep a value that has no field of its own."""
    words = value.prose
    if absent_reason(words) is None and any(map(str.isalnum, words)):
        put_all(record, record.next("/extra"), {"label": label or value.label, "value": words}, value)


def put_date(record: RecordBuilder, pointer: str, value: Value | None, order: DateOrder) -> DateReading | None:
    """Set a date, or note why there is none."""
    if value is None:
        return None
    reading = read_date(value.words, order=order)
    if reading.date is not None:
        put(record, pointer, reading.date, value)
    else:
        miss(record, pointer, reading.reason or "unparseable", value)
    return reading


def put_event(
    record: RecordBuilder, event: EventKind, value: Value | None, order: DateOrder, kind: Value | None = None
) -> None:
    """Add an event with its date, and whether it has come to pass where the source says so."""
    if value is None:
        return
    pointer = record.next("/timeline")
    record.set(pointer, {"event": event, "label": value.label})
    record.came_from(f"{pointer}/label", span=value.span, path=value.path)
    reading = put_date(record, f"{pointer}/date", value, order)
    said = _KINDS.get(kind.words.casefold()) if kind else None
    if kind is not None and said is not None:
        put(record, f"{pointer}/kind", said, kind)
    elif reading is not None and reading.kind is not None:
        put(record, f"{pointer}/kind", reading.kind, value)


def put_identifiers(record: RecordBuilder, value: Value | None, issuer: Value | None = None) -> None:
    """Add the trial's numbers in a value; the record's first one is primary. A number of no known register stays."""
    if value is None or absent_reason(value.words):
        return
    words = value.words
    known = {identifier["value"] for identifier in record.get("/identifiers") or ()}
    found = find_identifiers(words)
    for one in found:
        if one.placeholder:
            record.note("identifier_placeholder", pointer="/identifiers", span=value.span, found=words)
        elif one.value not in known:
            raw = words if len(found) == 1 else words[one.start : one.end]
            _put_identifier(record, one.scheme, one.value, raw, value)
            known.add(one.value)
    if not found and words not in known:
        sponsors = issuer is not None and re.search(r"sponsor|protocol", issuer.words, re.IGNORECASE) is not None
        _put_identifier(record, "sponsor" if sponsors else "other", words, words, value)


def _put_identifier(record: RecordBuilder, scheme: str, number: str, raw: str, value: Value) -> None:
    pointer = record.next("/identifiers")
    put_all(record, pointer, {"value": number, "raw": raw}, value)
    record.set(f"{pointer}/scheme", scheme)
    record.set(f"{pointer}/role", "primary" if pointer.endswith("/0") else "secondary")


def put_status(record: RecordBuilder, value: Value | None) -> None:
    """Set the recruitment status; words that are none of the known ones are kept."""
    if value is None:
        return
    if reason := absent_reason(value.words):
        miss(record, "/status", reason, value)
        return
    status = read_status(value.words)
    put(record, "/status/value", status or "unknown", value)
    put(record, "/status/raw", value.words, value)
    if status is None:
        note_unknown(record, "/status/value", "status", value)


def put_study_type(record: RecordBuilder, value: Value | None) -> None:
    """Set the study type; a kind of research that is none is `other`, and its words are kept."""
    if value is None:
        return
    if reason := absent_reason(value.words):
        miss(record, "/design/study_type", reason, value)
        return
    study_type = WHO_STUDY_TYPES.get(" ".join(_APART.split(value.words.casefold())).strip(), "unknown")
    put(record, "/design/study_type", study_type, value)
    if study_type in ("other", "unknown"):
        note_unknown(record, "/design/study_type", "study type", value)
        put_extra(record, value)


def put_phases(record: RecordBuilder, value: Value | None) -> None:
    """Set the phases; words that name none are kept."""
    if value is None:
        return
    phases = read_phases(value.prose)
    for phase in phases:
        put(record, record.next("/design/phases"), phase, value)
    if phases:
        return
    reason = absent_reason(value.words)
    miss(record, "/design/phases", reason or "unparseable", value)
    if reason is None and ": no" not in value.words:
        note_unknown(record, "/design/phases", "phase", value)
    if reason is None:
        put_extra(record, value)


def put_enrolment(record: RecordBuilder, value: Value | None) -> None:
    """Set how many take part: one number, or one a group (`Treatment:49;Control:49;`), whose sum is the target."""
    if value is None:
        return
    words = value.words
    groups = [(match[1], int(match[2])) for match in _GROUP_SIZE.finditer(words)]
    if groups and not _GROUP_SIZE.sub("", words).strip(" ;"):
        put(record, "/design/enrolment/target", sum(size for _, size in groups), value)
        sizes: dict[str, int] = {}
        for name, size in groups:
            sizes[name] = sizes.get(name, 0) + size
        put(record, "/design/enrolment/by_group", sizes, value)
    elif match := _WHOLE_NUMBER.fullmatch(words):
        put(record, "/design/enrolment/target", int(match[1].replace(",", "")), value)
    else:
        reason = absent_reason(words)
        miss(record, "/design/enrolment/target", reason or "unparseable", value)
        if reason is None:
            put_extra(record, value)


def put_sex(record: RecordBuilder, value: Value | None) -> None:
    """Set who is admitted by sex."""
    if value is None:
        return
    if reason := absent_reason(value.words):
        miss(record, "/eligibility/sex", reason, value)
        return
    sex = read_sex(value.words)
    put(record, "/eligibility/sex", sex or "unknown", value)
    if sex is None:
        note_unknown(record, "/eligibility/sex", "sex", value)
        put(record, "/eligibility/sex_note", value.words, value)


def put_ages(record: RecordBuilder, low: Value | None, high: Value | None, *, bare_years: bool) -> None:
    """Set the ages admitted.

    Args:
        record: Gets them.
        low: The lowest.
        high: The highest; zero is what registers store where there is none.
        bare_years: Whether the register means years by a number alone; else such a number is no age.
    """
    if high is not None and _is_zero(high):
        miss(record, "/eligibility/age/high", "explicit_not_reported", high)
        high = None
    kept = []
    for value in (_with_unit(low), _with_unit(high)):
        refused = value is not None and not bare_years and _BARE.fullmatch(value.words) is not None
        if refused and value is not None:
            miss(record, "/eligibility/age", "unparseable", value)
            note_unknown(record, "/eligibility/age", "age (a number without a unit)", value)
            put_extra(record, value)
        kept.append(None if value is None or refused else AgeLimit(value.words, value.span, value.path))
    set_age(record, kept[0], kept[1])


def _with_unit(value: Value | None) -> Value | None:
    """Write out the letter that ReBEC has for the unit."""
    match = _SHORT_UNIT.fullmatch(value.words) if value else None
    return part(value, f"{match[1]} {_UNITS[match[2]]}") if value and match else value


def _is_zero(value: Value) -> bool:
    return _BARE.fullmatch(value.words) is not None and float(value.words) == 0


def put_organisation(record: RecordBuilder, pointer: str, value: Value | None) -> None:
    """Set an organisation's name as written, and in normal case."""
    if value is None:
        return
    words = value.words.rstrip(" ,;")
    if reason := absent_reason(words):
        miss(record, f"{pointer}/name", reason, value)
        return
    put(record, f"{pointer}/name", normal_case(words), value)
    put(record, f"{pointer}/raw", words, value)


def add_organisation(record: RecordBuilder, pointer: str, value: Value) -> None:
    """Add an organisation to a list, once."""
    names = {entry["raw"].casefold() for entry in record.get(pointer) or ()}
    words = value.words.strip(" ,;")
    if words and absent_reason(words) is None and words.casefold() not in names:
        put_organisation(record, record.next(pointer), value)


def add_country(record: RecordBuilder, value: Value) -> None:
    """Add a country of recruitment, once."""
    words = value.words.strip(" ,;")
    known = {entry["raw"].casefold() for entry in record.get("/countries") or ()}
    if not words or absent_reason(words) or words.casefold() in known:
        return
    code = country_code(words)
    found = {"raw": words, "country_code": code} if code else {"raw": words}
    put_all(record, record.next("/countries"), found, value)


ContactField = Literal["name", "role", "affiliation", "address", "city", "country", "phone", "email"]


def add_contact(record: RecordBuilder, fields: dict[ContactField, Value]) -> bool:
    """Add someone to write to, unless nothing but a role is known or the same contact is there; tell whether added."""
    given = {name: value for name, value in fields.items() if absent_reason(value.words.strip(" ;")) is None}
    words = {name: value.words.strip(" ;") for name, value in given.items()}
    if not words.keys() - {"role", "country"} or words in (record.get("/contacts") or ()):
        return False
    pointer = record.next("/contacts")
    record.set(pointer, words)
    for name, value in given.items():
        record.came_from(f"{pointer}/{name}", span=value.span, path=value.path)
    return True


def add_ethics(
    record: RecordBuilder,
    status: Value | None,
    approved: Value | None,
    contact: dict[ContactField, Value],
    order: DateOrder,
) -> None:
    """Add a review by an ethics committee."""
    filled = {name: value for name, value in contact.items() if absent_reason(value.words.strip(" ;")) is None}
    stated = status is not None and absent_reason(status.words) is None
    dated = approved is not None and read_date(approved.words, order=order).date is not None
    if not (filled or stated or dated):
        return
    pointer = record.next("/ethics")
    if not put_words(record, f"{pointer}/status", status) and not (filled or dated):
        return
    put_date(record, f"{pointer}/approved", approved, order)
    for name, value in filled.items():
        put(record, f"{pointer}/contact/{name}", value.words.strip(" ;"), value)


def put_flag(record: RecordBuilder, pointer: str, value: Value | None) -> None:
    """Set a yes or no; other words are kept."""
    if value is None:
        return
    answer = _ANSWERS.get(value.words.casefold())
    if answer is not None:
        put(record, pointer, answer, value)
    elif absent_reason(value.words) is None:
        put_extra(record, value)


def put_ipd_plan(record: RecordBuilder, plan: Value | None, description: Value | None) -> None:
    """Set the statement on sharing individual participant data."""
    if plan is not None and absent_reason(plan.words) is None:
        answer = plan.words.casefold().strip(" .")
        put(record, "/ipd_sharing/plan", answer if answer in ("yes", "no", "undecided") else "unknown", plan)
        put(record, "/ipd_sharing/raw", plan.words, plan)
        if answer not in ("yes", "no", "undecided"):
            note_unknown(record, "/ipd_sharing/plan", "IPD sharing plan", plan)
    if description is not None and absent_reason(description.words) is None:
        put(record, "/ipd_sharing/description", description.prose, description)


def part(value: Value, text: str) -> Value:
    """Return a part of a value: other words, the same place."""
    return Value(text, value.label, value.path, value.span)


def joined(values: Iterable[Value], separator: str = " ") -> Value | None:
    """Return several values as one, in all their places; None where none holds anything."""
    given = [value for value in values if absent_reason(value.words) is None]
    if len(given) < 2:
        return given[0] if given else None
    paths = " ".join(dict.fromkeys(value.path for value in given if value.path))
    spans = [value.span for value in given if value.span]
    span = (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None
    return Value(separator.join(value.words for value in given), given[0].label, paths or None, span)


def split_outside(words: str, marks: str) -> list[str]:
    """Split words at marks that stand in no bracket; brackets that do not match count for nothing."""
    if not any(mark in words for mark in marks):
        return [words]
    if any(words.count(opening) != words.count(closing) for opening, closing in ("()", "[]")):
        return re.split(f"[{re.escape(marks)}]", words)
    parts, depth, start = [], 0, 0
    for at, character in enumerate(words):
        depth += (character in "([") - (character in ")]")
        if character in marks and depth <= 0:
            parts.append(words[start:at])
            start = at + 1
    return [*parts, words[start:]]
