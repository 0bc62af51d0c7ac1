"""The ISRCTN registry: the XML of its interface (`allTrials/fullTrial/trial`), and the JSON that tools make of it.

Facts of the format: the number stands without its prefix; dates are days written as midnight UTC, which no time zone
moves; funders, contacts and sponsors stand beside the trial, which names them by id. The registry states a status only
where someone overrode it; else its pages work it out from the dates of recruitment and the day on which they are
read. Here that day is the one that the source states, and without one there is no status.
"""

from __future__ import annotations

import re

from parser.models import Trial
from parser.models.trial import EventKind, StatusValue
from parser.models.values import Concept
from parser.normalize.absence import absent_reason
from parser.normalize.ages import AGE_GROUPS
from parser.normalize.countries import country_code
from parser.normalize.dates import read_date
from parser.normalize.identifiers import find_identifiers, is_placeholder
from parser.normalize.names import normal_case
from parser.normalize.phases import read_phases
from parser.normalize.sexes import read_sex
from parser.normalize.statuses import read_status
from parser.reading.document import Document
from parser.registries.age_limits import AgeLimit, set_age
from parser.registries.criteria import CriteriaField, set_criteria
from parser.registries.isrctn import results as isrctn_results
from parser.registries.isrctn.nodes import Node, local_name, step
from parser.registries.isrctn.parties import set_parties
from parser.registries.isrctn.results import outcomes, stated
from parser.registries.record import USUAL, Origin, RecordBuilder
from parser.registries.tracked import TrackedRecord

_KEYS = ("isrctn", "trialDescription", "participants", "trialDesign")
_EXPECTED = (
    *USUAL,
    "/scientific_title",
    "/conditions",
    "/interventions",
    "/outcomes",
    "/summary/brief",
    "/sponsor/name",
    "/locations",
    "/countries",
)


def recognises(document: Document) -> bool:
    """Tell whether a document is a record of this registry, by its root element or its keys."""
    return _find(document) is not None


def _find(document: Document) -> tuple[Node, Node] | None:
    """Return the full record (with the parties beside the trial) and the trial in it; None where there is none."""
    tree = document.tree
    if document.format == "xml" and tree is not None:
        return _find_xml(tree)
    if document.format != "json":
        return None
    node = Node(tree, "")
    for names in ((), ("",), ("trial",), ("fullTrial", "trial"), ("allTrials", "fullTrial", "trial")):
        trials = node.all(*names)
        if len(trials) == 1 and isinstance(trials[0].data, dict) and len(trials[0].data.keys() & set(_KEYS)) >= 3:
            around = node.all(*names[:-1])[0] if names else node
            return around, trials[0]
    return None


def _find_xml(root: object) -> tuple[Node, Node] | None:
    node = Node(root, f"/{step(root)}")
    name = local_name(root)
    if name == "trial":
        return (node, node) if node.get("isrctn") else None
    full = node if name == "fullTrial" else node.get("fullTrial") if name == "allTrials" else None
    trial = full.get("trial") if full else None
    return (full, trial) if full and trial else None


def read(document: Document, origin: Origin) -> Trial:
    """Read a record.

    Args:
        document: XML or JSON of one trial.
        origin: Where it came from.
    """
    node = Node(document.tree, "" if document.format == "json" else f"/{step(document.tree)}")
    full, trial = _find(document) or (node, node)
    record = TrackedRecord(document, origin)
    record.expect(*_EXPECTED)
    _read_identifiers(record, trial)
    _read_texts(record, trial)
    _read_timeline(record, trial, full)
    _read_status(record, trial)
    _read_design(record, trial)
    _read_eligibility(record, trial)
    _read_places(record, trial)
    set_parties(record, full, trial)
    isrctn_results.read_results(record, trial)
    isrctn_results.read_rest(record, trial)
    return record.build()


def _read_identifiers(record: TrackedRecord, trial: Node) -> None:
    """Set the registry's number, then the others, each once."""
    number = trial.get("isrctn")
    digits = re.sub(r"\D", "", number.text) if number else ""
    if number and len(digits) == 8 and not is_placeholder(f"ISRCTN{digits}"):
        _set_identifier(record, "isrctn", f"ISRCTN{digits}", number, "primary")
    elif number and is_placeholder(f"ISRCTN{digits}"):
        record.note("identifier_placeholder", pointer="/identifiers", found=number.text)
    else:
        record.note("identifier_missing", pointer="/identifiers")
    references = trial.get("externalRefs")
    for name in ("eudraCTNumber", "clinicalTrialsGovNumber", "irasNumber", "protocolSerialNumber", "doi"):
        for node in references.all(name) if references else []:
            _read_secondary(record, node, name)
    for node in references.all("secondaryNumbers", "secondaryNumber") if references else []:
        _read_secondary(record, node, "secondaryNumber")


# A protocol's version, which people type where its number is asked for.
_VERSION = re.compile(r"(?:protocol\s)?v(?:ersion|er)?\.?\s?\d+(?:\.\d+)*", re.IGNORECASE)


def _read_secondary(record: TrackedRecord, node: Node, field: str) -> None:
    """Set a number that stands beside the registry's own; several may share a field."""
    record.taken.add(node.path)
    known = {identifier["value"].casefold() for identifier in record.get("/identifiers") or ()}
    text = node.text
    if not text or absent_reason(text) or text.casefold() in known:
        return
    if _VERSION.fullmatch(text):
        record.note("identifier_placeholder", pointer="/identifiers", found=text)
        return
    found = [] if field == "doi" else find_identifiers(text)
    for one in found:
        if one.placeholder:
            record.note("identifier_placeholder", pointer="/identifiers", found=text[one.start : one.end])
        elif one.value.casefold() not in known:
            known.add(one.value.casefold())
            _set_identifier(record, one.scheme, one.value, node, "secondary", text[one.start : one.end])
    covered = sum(one.end - one.start for one in found)
    if covered < len(re.sub(r"[\s,;]", "", text)) and not (found and len(text) - covered < 4):
        scheme = "sponsor" if field == "protocolSerialNumber" else "other"
        _set_identifier(record, scheme, text, node, "secondary")


def _set_identifier(
    record: RecordBuilder, scheme: str, value: str, node: Node, role: str, raw: str | None = None
) -> None:
    pointer = record.next("/identifiers")
    record.set(f"{pointer}/scheme", scheme)
    record.set(f"{pointer}/value", value, path=node.path)
    record.set(f"{pointer}/raw", raw or node.text, path=node.path)
    record.set(f"{pointer}/role", role)


_TEXTS = {
    "/title": ("trialDescription", "title"),
    "/scientific_title": ("trialDescription", "scientificTitle"),
    "/acronym": ("trialDescription", "acronym"),
    "/summary/brief": ("trialDescription", "plainEnglishSummary"),
    "/summary/detailed": ("trialDescription", "studyHypothesis"),
    "/design/description": ("trialDesign", "studyDesign"),
}


def _read_texts(record: RecordBuilder, trial: Node) -> None:
    for pointer, names in _TEXTS.items():
        stated(record, pointer, trial.get(*names))
    if record.get("/summary"):
        record.set("/summary/origin", "registrant")


_DATES: tuple[tuple[EventKind, tuple[str, ...]], ...] = (
    ("start", ("trialDesign", "overallStartDate")),
    ("recruitment_start", ("participants", "recruitmentStart")),
    ("recruitment_end", ("participants", "recruitmentEnd")),
    ("completion", ("trialDesign", "overallEndDate")),
    ("other", ("results", "intentToPublish")),
)


def _read_timeline(record: RecordBuilder, trial: Node, full: Node) -> None:
    number = trial.get("isrctn")
    for kind, owner, name in (
        ("registered", number, "dateAssigned"),
        ("first_submitted", trial, "dateApplied"),
        ("updated", trial, "lastUpdated"),
    ):
        node = owner.attribute(name) if owner else None
        if node is not None:
            _set_event(record, kind, name, node)
    for event, names in _DATES:
        if node := trial.get(*names):
            _set_event(record, event, names[-1], node)
    day = trial.get("record_last_import") or full.get("record_last_import")
    if day and (date := read_date(day.text).date):
        record.set("/source/as_of", date, path=day.path)
        _set_event(record, "as_of", "record_last_import", day)
    if version := trial.attribute("version"):
        record.set("/source/record_version", version.text, path=version.path)


def _set_event(record: RecordBuilder, kind: str, label: str, node: Node) -> None:
    pointer = record.next("/timeline")
    record.set(f"{pointer}/event", kind)
    record.set(f"{pointer}/label", label)
    reading = read_date(node.text, order="dmy")
    if reading.date is not None:
        record.set(f"{pointer}/date", reading.date, path=node.path)
    else:
        record.miss(f"{pointer}/date", reading.reason or "unparseable")
        record.came_from(f"{pointer}/date", path=node.path)


def _read_status(record: TrackedRecord, trial: Node) -> None:
    """Set the status from what overrides it, or from the dates as of the day of the source."""
    overall, recruiting = trial.get("trialDesign", "overallStatusOverride"), None
    for name in ("recruitmentStatusOverride", "recruitmentStartStatusOverride"):
        recruiting = recruiting or trial.get("participants", name)
    node = overall or recruiting
    if overall and recruiting and overall.text == recruiting.text:
        record.taken.add(recruiting.path)
    if node:
        value = read_status(node.text)
        _set_status(record, value or "unknown", node)
        if value is None:
            record.note("unknown_value", pointer="/status/value", field="status", found=node.text)
    elif derived := _derived(record, trial):
        _set_status(record, *derived)
    reason = trial.get("trialDesign", "reasonAbandoned")
    if reason and record.get("/status"):
        stated(record, "/status/why_stopped", reason)


def _set_status(record: RecordBuilder, value: StatusValue, node: Node) -> None:
    record.set("/status/value", value, path=node.path)
    record.set("/status/raw", node.text, path=node.path)


def _derived(record: RecordBuilder, trial: Node) -> tuple[StatusValue, Node] | None:
    """Return the status on the day of the source, and the date that decides it, by the registry's own rules.

    Before recruitment starts it is planned, until it ends it goes on; when the whole study has ended it is complete.
    """
    as_of = record.get("/source/as_of")
    start, end = trial.get("participants", "recruitmentStart"), trial.get("participants", "recruitmentEnd")
    finish = trial.get("trialDesign", "overallEndDate")
    if as_of is None or start is None or end is None:
        return None
    today = as_of.value[:10]
    dates = {node.path: read_date(node.text).date for node in (start, end, finish) if node}
    days = {path: date.value for path, date in dates.items() if date is not None and date.precision == "day"}
    if start.path not in days or end.path not in days or len(today) < 10:
        return None
    if today < days[start.path]:
        return "not_yet_recruiting", start
    if today <= days[end.path]:
        return "recruiting", end
    if finish and days.get(finish.path, today) < today:
        return "completed", finish
    return "active_not_recruiting", end


_STUDY_TYPES = {"interventional": "interventional", "observational": "observational", "other": "other"}
_DESIGN = {
    "/design/allocation": ("allocation", "allocationType"),
    "/design/masking": ("masking", "blinding"),
    "/design/intervention_model": ("assignment",),
    "/design/time_perspective": ("timePerspective",),
}


def _read_design(record: TrackedRecord, trial: Node) -> None:
    design = trial.get("trialDesign")
    if design:
        _read_study_type(record, design)
        for pointer, names in _DESIGN.items():
            stated(record, pointer, next((node for name in names if (node := design.get(name))), None))
        types = [node for name in (("trialTypes", "trialType"), ("trialType",)) for node in design.all(*name) if node]
        if types:
            record.set("/design/purpose", "; ".join(node.text for node in types), path=types[0].path)
    _read_enrolment(record, trial)
    for condition in trial.all("conditions", "condition"):
        text = condition.get("description") or (None if condition.get("diseaseClass1") else condition)
        if text and absent_reason(text.text) is None:
            pointer = record.next("/conditions")
            record.set(pointer, Concept(text=text.text))
            record.came_from(f"{pointer}/text", path=text.path)
    for intervention in trial.all("interventions", "intervention"):
        _read_intervention(record, intervention)
    outcomes(record, trial)


def _read_study_type(record: RecordBuilder, design: Node) -> None:
    """Set type and, where it says so, allocation or model from the secondary design (`Randomised controlled trial`)."""
    kind, more = design.get("primaryStudyDesign"), design.get("secondaryStudyDesign")
    if kind and absent_reason(kind.text) is None:
        value = _STUDY_TYPES.get(kind.text.casefold())
        record.set("/design/study_type", value or "unknown", path=kind.path)
        if value is None:
            record.note("unknown_value", pointer="/design/study_type", field="study type", found=kind.text)
    if more and "randomi" in more.text.casefold():
        stated(record, "/design/allocation", more)
    elif more and record.get("/design/study_type") == "observational":
        stated(record, "/design/observational_model", more)


def _read_enrolment(record: TrackedRecord, trial: Node) -> None:
    """Set planned and final numbers; the older field for the plan counts where the newer one is missing."""
    for field, name in (("target", "targetEnrolment"), ("actual", "totalFinalEnrolment"), ("target", "totalTarget")):
        node = trial.get("participants", name)
        number = node.text.replace(",", "") if node else ""
        if node is None or not (number.isascii() and number.isdecimal()):
            continue
        known = record.get(f"/design/enrolment/{field}")
        if known is None:
            record.set(f"/design/enrolment/{field}", int(number), path=node.path)
        elif known == int(number):
            record.taken.add(node.path)


def _read_intervention(record: RecordBuilder, node: Node) -> None:
    """Set an intervention, named by its drugs where it has any; else its description is its name."""
    drugs, description = node.get("drugNames"), node.get("description")
    if drugs and absent_reason(drugs.text):
        drugs = None
    name = drugs or description
    if name and absent_reason(name.text) is None:
        pointer = record.next("/interventions")
        record.set(f"{pointer}/name", name.text, path=name.path)
        stated(record, f"{pointer}/type", node.get("interventionType"))
        if drugs:
            stated(record, f"{pointer}/description", description)
    phase = node.get("phase")
    if phase is None or absent_reason(phase.text) == "explicit_not_reported" or record.get("/design/phases"):
        return
    for value in read_phases(phase.text):
        record.set(record.next("/design/phases"), value, path=phase.path)
    if record.get("/design/phases") is None:
        record.note("unknown_value", pointer="/design/phases", field="phase", found=phase.text)


def _read_eligibility(record: RecordBuilder, trial: Node) -> None:
    people = trial.get("participants")
    if people is None:
        return
    if sex := people.get("gender"):
        value = read_sex(sex.text)
        record.set("/eligibility/sex", value or "unknown", path=sex.path)
        if value is None:
            record.note("unknown_value", pointer="/eligibility/sex", field="sex", found=sex.text)
    _read_ages(record, trial, people)
    kinds = [*people.all("participantTypes", "participantType"), *people.all("participantType")]
    for node in kinds:
        if "healthy volunteer" in node.text.casefold():
            record.set("/eligibility/healthy_volunteers", True, path=node.path)
    halves = [("inclusion", people.all("inclusion")), ("exclusion", people.all("exclusion"))]
    fields = [
        CriteriaField(node.raw, node.path, kind)  # type: ignore[arg-type]
        for kind, nodes in halves
        for node in nodes
        if node.text and absent_reason(node.text) is None
    ]
    set_criteria(record, fields)


#: The registry's words for age groups that the shared table has not.
_GROUPS = {**AGE_GROUPS, "neonate": "newborn"}
# A number of weeks is an age before birth wherever the record speaks of such.
_GESTATION = re.compile(r"gestation|pre-?term|prematur|post-?\s?menstrual|corrected age", re.IGNORECASE)
_WEEKS = re.compile(r"\bweeks?\b", re.IGNORECASE)


def _read_ages(record: RecordBuilder, trial: Node, people: Node) -> None:
    """Set age group and limits; weeks in a record on gestation are no age of a person."""
    group = people.get("ageRange")
    if group and (value := _GROUPS.get(group.text.casefold())):
        record.set("/eligibility/age_groups", [value], path=group.path)
    nodes = {name: node for name in ("lowerAgeLimit", "upperAgeLimit") if (node := people.get(name))}
    weeks = [node for node in nodes.values() if _WEEKS.search(node.text)]
    if weeks and _speaks_of_gestation(trial):
        record.miss("/eligibility/age", "unparseable")
        record.came_from("/eligibility/age", path=weeks[0].path)
        found = f"{weeks[0].text} (gestational, by the record's own text)"
        record.note("unknown_value", pointer="/eligibility/age", field="chronological age", found=found)
        return
    limits = {name: AgeLimit(" ".join(node.text.split()), path=node.path) for name, node in nodes.items()}
    set_age(record, limits.get("lowerAgeLimit"), limits.get("upperAgeLimit"))


def _speaks_of_gestation(trial: Node) -> bool:
    places = (
        ("trialDescription", "title"),
        ("trialDescription", "scientificTitle"),
        ("trialDescription", "studyHypothesis"),
        ("participants", "inclusion"),
        ("conditions", "condition", "description"),
    )
    return any(_GESTATION.search(node.text) for names in places for node in trial.all(*names))


def _read_places(record: TrackedRecord, trial: Node) -> None:
    for node in trial.all("participants", "recruitmentCountries", "country"):
        if node.text:
            pointer = record.next("/countries")
            record.set(f"{pointer}/raw", node.text, path=node.path)
            _set_code(record, pointer, node)
    for centre in trial.all("participants", "trialCentres", "trialCentre"):
        _read_centre(record, centre)


def _set_code(record: RecordBuilder, pointer: str, node: Node) -> None:
    if code := country_code(node.text):
        record.set(f"{pointer}/country_code", code, path=node.path)
    else:
        record.note("unknown_value", pointer=pointer, field="country", found=node.text)


def _read_centre(record: TrackedRecord, centre: Node) -> None:
    names = ("name", "address", "city", "state", "zip", "country")
    parts = {name: node for name in names if (node := centre.get(name)) and absent_reason(node.text) is None}
    if not parts:
        return
    record.taken.update(node.path for node in parts.values())
    pointer = record.next("/locations")
    raw = ", ".join(", ".join(node.text.splitlines()) for node in parts.values())
    record.set(f"{pointer}/raw", raw, path=centre.path)
    for name, field in (("name", "facility"), ("city", "city"), ("state", "region"), ("country", "country")):
        if node := parts.get(name):
            value = normal_case(node.text) if name == "name" else node.text
            record.set(f"{pointer}/{field}", value, path=node.path)
    if country := parts.get("country"):
        _set_code(record, pointer, country)
