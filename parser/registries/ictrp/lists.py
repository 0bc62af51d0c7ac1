"""Fields of the portal that hold lists: conditions, interventions, outcomes, the ages of the EU register.

Each register's own layout was joined into one text on its way into the portal, with `;`, `<br>` or nothing at all, and
cannot be taken apart where a mark may be the writer's own; there it stays whole.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from parser.models.values import Code, Concept
from parser.normalize.absence import absent_reason
from parser.registries.ictrp.columns import (
    GROUPED_INTERVENTIONS,
    ICD_CODED,
    JOINED_OUTCOMES,
    TIME_FRAME_IN_BRACKETS,
)
from parser.registries.ictrp.values import Value, miss, part, put, put_all, put_extra, split_outside
from parser.registries.record import RecordBuilder

_MEDDRA = re.compile(
    r"MedDRA version:\s*(?P<version>[\d.]*)\s*Level:\s*(?P<level>\w*)\s*Classification code:?\s*(?P<code>\d+)\s*"
    r"Term:\s*(?P<term>[^;\n]*?)\s*(?:System Organ Class:[^;\n]*)?(?=MedDRA version:|[;\n]|$)"
)
_AREA = re.compile(r"Therapeutic area:\s*")
_NUMBERED = re.compile(r"Health Condition\s*\d{1,2}\s*:\s*")
_ICD = re.compile(
    r"-?\s*([A-Z]\d{2}(?:\.?[\dA-Z]{1,2})?)\s*-\s*(?=[^\d\s])(.+)|-\s*([A-Z]\d{3}|[A-Z]\d\d\.\d{1,2})\s+(.+)", re.DOTALL
)
_ICD_ALONE = re.compile(r"[A-Z]\d{2}\.\d{1,2}")


def read_conditions(record: RecordBuilder, value: Value | None, register: str) -> None:
    """Add the conditions of a field: each once, with its code where the register states one."""
    if value is None:
        return
    prose = value.prose
    for match in _MEDDRA.finditer(prose) if "MedDRA" in prose else ():
        code = Code(system="MedDRA", code=match["code"], display=match["term"] or None)
        add_condition(record, match["term"] or match["code"], value, [code])
    for line in _MEDDRA.sub("\n", prose).split("\n"):
        for words in split_outside(line, ";#"):
            _read_condition(record, words.strip(" \t;#"), value, register)
    if record.get("/conditions") is None:
        miss(record, "/conditions", absent_reason(value.words) or "explicit_not_reported", value)


def _read_condition(record: RecordBuilder, words: str, value: Value, register: str) -> None:
    words = _NUMBERED.sub("", words).strip()
    if area := _AREA.match(words):
        put_extra(record, part(value, words[area.end() :]), "Therapeutic area")
        return
    code = _ICD.fullmatch(words) if register in ICD_CODED else None
    if code is not None:
        text = (code[2] or code[4]).strip()
        add_condition(record, text, value, [Code(system="ICD-10", code=code[1] or code[3], display=text)])
    elif register in ICD_CODED and _ICD_ALONE.fullmatch(words):
        add_condition(record, words, value, [Code(system="ICD-10", code=words)])
    else:
        add_condition(record, words.lstrip("-•* "), value)


def add_condition(record: RecordBuilder, words: str, value: Value, codes: list[Code] | None = None) -> None:
    """Add a condition that is not there yet; a code is added to one that is."""
    words = " ".join(words.split())
    if not words or absent_reason(words):
        return
    there: list[Concept] = record.get("/conditions") or []
    same = [at for at, one in enumerate(there) if _key(one.text) == _key(words)]
    if not same:
        pointer = record.next("/conditions")
        record.set(pointer, Concept(text=words, codes=codes or []))
        record.came_from(f"{pointer}/text", span=value.span, path=value.path)
    elif codes and not there[same[0]].codes:
        record.set(f"/conditions/{same[0]}", there[same[0]].model_copy(update={"codes": codes}))


def _key(words: str) -> str:
    return words.casefold().rstrip(" .;")


_TYPES = (
    "Behavioral|Behavioural|Biological|Combination Product|Device|Diagnostic Test|Dietary Supplement|Drug|Genetic|"
    "Other|Procedure|Radiation"
)
_TYPED = re.compile(rf"(?:^|;)\s*({_TYPES})\s*:\s*")
_NUMBERED_INTERVENTION = re.compile(r"(?:(Control)\s+)?Intervention\s?(\d{1,2})\s*:\s*")
_PRODUCT = re.compile(r"(?:Trade Name|Product Name|Product Code|Pharmaceutical Form|INN or Proposed INN):")
_PRODUCT_START = re.compile(r"\n\s*\n\s*(?=(?:Trade Name|Product Name|Product Code|Pharmaceutical Form):)")
_PRODUCT_NAMES = ("Trade Name", "Product Name", "INN or Proposed INN", "Other descriptive name", "Product Code")
# The EU's newer register joins the lines with commas.
_PRODUCT_LINE = re.compile(r"\n|,\s?(?=[A-Z][A-Za-z ()]{2,40}:)")
_CAS = re.compile(r"CAS Number:\s*(?:CAS\s*)?(\d{2,7}-\d{2}-\d)\s*$", re.MULTILINE)
_GROUPED = re.compile(r"(?:^|;)\s*([^;:\n]{1,120}?)\s*:\s*")


def read_interventions(record: RecordBuilder, value: Value | None, register: str) -> None:
    """Add the interventions of a field, apart where the register's layout tells them apart."""
    if value is None:
        return
    prose = value.prose
    if reason := absent_reason(value.words):
        miss(record, "/interventions", reason, value)
    elif _TYPED.match(prose):
        for kind, name in _labelled(_TYPED, prose):
            add_intervention(record, value, name=name, type=kind.casefold())
    elif _PRODUCT.match(prose):
        for block in _PRODUCT_START.split(prose):
            _read_product(record, block, value)
    elif _NUMBERED_INTERVENTION.match(prose):
        _read_numbered(record, prose, value)
    elif register in GROUPED_INTERVENTIONS and _GROUPED.match(prose):
        for group, given in _labelled(_GROUPED, prose):
            _read_group(record, group, given, value)
    elif prose.startswith(";"):
        for name in split_outside(prose, ";"):
            add_intervention(record, value, name=name)
    else:
        add_intervention(record, value, name=prose)


def add_intervention(record: RecordBuilder, value: Value, **fields: Any) -> None:
    """Add an intervention that is not there yet."""
    name = str(fields["name"]).strip(" \t\n;")
    if not name or absent_reason(name):
        return
    given = {**{key: content for key, content in fields.items() if content}, "name": name}
    if given in (record.get("/interventions") or ()):
        return
    put_all(record, record.next("/interventions"), given, value)


def _labelled(pattern: re.Pattern[str], prose: str) -> list[tuple[str, str]]:
    """Return the labels that a pattern finds, each with the text up to the next."""
    found = list(pattern.finditer(prose))
    ends = [match.start() for match in found[1:]] + [len(prose)]
    return [(match[1] or "", prose[match.end() : end].strip(" ;\n")) for match, end in zip(found, ends, strict=True)]


def _read_product(record: RecordBuilder, block: str, value: Value) -> None:
    """Read a medicinal product of the EU register: lines of `label: value`."""
    lines = [line.partition(":") for line in _PRODUCT_LINE.split(block) if ":" in line]
    fields = {label.strip(): words.strip() for label, _, words in lines}
    name = next((fields[label] for label in _PRODUCT_NAMES if absent_reason(fields.get(label, "")) is None), None)
    if name is None:
        put_extra(record, part(value, block))
        return
    cas = _CAS.search(block)
    codes = [Code(system="CAS", code=cas[1])] if cas else None
    add_intervention(record, value, name=name, description=block, codes=codes)


def _read_numbered(record: RecordBuilder, prose: str, value: Value) -> None:
    found = list(_NUMBERED_INTERVENTION.finditer(prose))
    for match, end in zip(found, [one.start() for one in found[1:]] + [len(prose)], strict=True):
        words = prose[match.end() : end].strip()
        name, colon, description = words.partition(":")
        # CTRI prints a short name, a colon, and the description; a colon further down is the writer's own.
        short = bool(colon) and len(name) <= 120 and "\n" not in name and description.strip() != ""
        role = "control" if match[1] else None
        if short and not match[0].startswith("Intervention "):
            add_intervention(record, value, name=name, description=description.strip(), role=role)
        else:
            add_intervention(record, value, name=words, role=role)


def _read_group(record: RecordBuilder, group: str, given: str, value: Value) -> None:
    """Read `group:what it is given`: an arm, and the intervention unless the group is given nothing."""
    arms = record.get("/design/arms") or ()
    if group.casefold() not in {arm["label"].casefold() for arm in arms}:
        put(record, f"{record.next('/design/arms')}/label", group, value)
    add_intervention(record, value, name=given, arms=[group])


Rank = Literal["primary", "secondary"]
_EU_PARTS = re.compile(
    r"(?:^|[;\n])\s*(Main Objective|Secondary Objective|Primary end point\(s\)|Secondary end point\(s\)|"
    r"Timepoint\(s\) of evaluation of this end point)\s*:\s*"
)
_TIME_POINT = re.compile(
    r"\.?\s*Timepoint\s*:\s*(.*?)\s*(?:\.?\s*Method of measurement\s*:\s*(.*?)\s*)?\.?\s*$", re.DOTALL
)
_IN_BRACKETS = re.compile(r"\s*\[\s*(?:Time\s?frame\s*:?\s*)?([^\[\]]*?)\s*\]\s*\.?\s*$", re.IGNORECASE)
_LABELLED_FRAME = re.compile(r"\s*[\[(]\s*Time\s?frame\s*:?\s*([^\[\]]*?)\s*[\])]\s*\.?\s*$", re.IGNORECASE)
_FRAME_LABEL = re.compile(r"^(?:\[\s*)?Time\s?(?:frame|point)(?:\s*:|(?<=\[Time.frame))\s*(?=\S)|\]$", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-•*–]\s+|\(?\d{1,2}[.)]\s*)(?=\S)")


def read_outcomes(record: RecordBuilder, value: Value | None, rank: Rank, register: str) -> None:
    """Add the outcomes of a field."""
    if value is None:
        return
    prose = value.prose
    if _EU_PARTS.match(prose):
        _read_end_points(record, prose, rank, value)
        return
    for words in _apart(prose, register):
        add_outcome(record, words, rank, value, bracketed=register in TIME_FRAME_IN_BRACKETS)


def _apart(prose: str, register: str) -> list[str]:
    if register in JOINED_OUTCOMES:
        return split_outside(prose, ";")
    lines = [line for line in prose.split("\n") if line.strip()]
    if register in TIME_FRAME_IN_BRACKETS and all(_IN_BRACKETS.search(line) for line in lines):
        return lines
    if len(lines) > 1 and all(_ITEM.match(line) for line in lines):
        return [line[match.end() :] for line in lines if (match := _ITEM.match(line))]
    return [prose]


def add_outcome(record: RecordBuilder, words: str, rank: Rank, value: Value, *, bracketed: bool = False) -> None:
    """Add an outcome; its time frame and method are told apart where they are labelled or in the register's place."""
    words = words.strip(" \t\n;")
    if not words or absent_reason(words):
        return
    patterns = (_IN_BRACKETS if bracketed else _TIME_POINT, _TIME_POINT if bracketed else _LABELLED_FRAME)
    frame = patterns[0].search(words) or patterns[1].search(words)
    measure = words[: frame.start()].strip() if frame else words
    outcome = {"measure": measure or words, "rank": rank}
    if frame and frame[1] and measure:
        outcome["time_frame"] = _FRAME_LABEL.sub("", frame[1])
    if frame and frame.re is _TIME_POINT and frame[2]:
        outcome["method"] = frame[2]
    put_all(record, record.next("/outcomes"), outcome, value)


def _read_end_points(record: RecordBuilder, prose: str, rank: Rank, value: Value) -> None:
    """Read the EU register's objectives, end points and their time points."""
    for label, words in _labelled(_EU_PARTS, prose):
        outcomes = record.get("/outcomes") or ()
        if absent_reason(words):
            continue
        if "Objective" in label:
            main = label.startswith("Main") and record.get("/summary/brief") is None
            if main:
                put(record, "/summary/brief", words, value)
                record.set("/summary/origin", "registrant")
            else:
                put_extra(record, part(value, words), label)
        elif label.startswith("Timepoint") and outcomes and outcomes[-1]["rank"] == rank:
            put(record, f"/outcomes/{len(outcomes) - 1}/time_frame", _FRAME_LABEL.sub("", words), value)
        else:
            add_outcome(record, words, rank, value)


_EU_AGES = re.compile(r"(?:<br\s?/?>|\s)*Are the trial subjects under 18\?", re.IGNORECASE)
_EU_GROUPS = (
    (
        "child",
        re.compile(r"(subjects under 18)\?\s*(yes|no)?\s*(?:Number of subjects for this age range:\s*(\d+)?)?", re.I),
    ),
    ("adult", re.compile(r"(Adults\s*\([^)]*\))\s*(yes|no)?\s*(?:F\.1\.2\.1[^\d]*?range\s*(\d+)?(?=\s|F\.|$))?", re.I)),
    ("older_adult", re.compile(r"(Elderly\s*\([^)]*\))\s*(yes|no)?\s*(?:F\.1\.3\.1[^\d]*?range\s*(\d+)?)?", re.I)),
)


def cut_eu_ages(value: Value) -> tuple[Value, Value | None]:
    """Cut the EU register's answers on age groups off the end of the inclusion criteria, where the portal put them."""
    match = _EU_AGES.search(value.text) if "re the trial subjects under" in value.text else None
    if match is None:
        return value, None
    return part(value, value.text[: match.start()]), part(value, value.text[match.start() :])


def read_eu_ages(record: RecordBuilder, value: Value | None) -> None:
    """Set the age groups that the answers admit, and how many of each are planned."""
    if value is None:
        return
    sizes: dict[str, int] = {}
    for group, pattern in _EU_GROUPS:
        if (match := pattern.search(value.words)) is None:
            continue
        if (match[2] or "").casefold() == "yes":
            put(record, record.next("/eligibility/age_groups"), group, value)
        if match[3]:
            sizes[match[1]] = int(match[3])
    if sizes:
        put(record, "/design/enrolment/by_group", sizes, value)
    put_extra(record, value, "Age groups")
