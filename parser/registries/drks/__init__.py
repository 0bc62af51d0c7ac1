"""The German Clinical Trials Register (DRKS): the JSON of its interface; its pages are read by `page`.

Every text stands there in German, English or both. English is read where there is any, else German; the other language
goes to `translations`. Codes are words in capitals (`RECRUITING`, `NO_MAX_AGE`).
"""

from __future__ import annotations

from typing import Any

from parser.models import Trial
from parser.models.trial import EventKind, StudyType
from parser.models.values import Code, Concept
from parser.normalize.absence import absent_reason
from parser.normalize.countries import is_code
from parser.normalize.dates import DateKind, read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.names import normal_case
from parser.normalize.phases import read_phases
from parser.normalize.sexes import read_sex
from parser.normalize.statuses import read_status
from parser.reading.document import Document
from parser.registries.age_limits import AgeLimit, set_age
from parser.registries.criteria import CriteriaField, set_criteria
from parser.registries.drks import page as drks_page
from parser.registries.drks.nodes import Item
from parser.registries.drks.parties import set_parties
from parser.registries.record import USUAL, Origin, RecordBuilder
from parser.registries.tracked import TrackedRecord

_KEYS = frozenset({"drksId", "trialDescriptions", "recruitment", "studyCharacteristic", "trialContacts"})
_EXPECTED = (
    *USUAL,
    "/acronym",
    "/conditions",
    "/interventions",
    "/outcomes",
    "/summary/brief",
    "/sponsor/name",
    "/locations",
    "/countries",
)


def recognises(document: Document) -> bool:
    """Tell whether a document is a record or a page of this register."""
    if document.page is not None:
        return drks_page.recognises(document)
    least = 3
    tree = _tree(document)
    return document.format == "json" and "drksId" in tree and len(tree.keys() & _KEYS) >= least


def _tree(document: Document) -> dict[str, Any]:
    """Return the record, whether it stands alone or in a list of its own."""
    tree = document.tree
    if isinstance(tree, list) and len(tree) == 1:
        tree = tree[0]
    return tree if isinstance(tree, dict) else {}


def read(document: Document, origin: Origin) -> Trial:
    """Read a record or a page.

    Args:
        document: JSON, HTML or text of one trial.
        origin: Where it came from.
    """
    if document.page is not None:
        return drks_page.read(document, origin)
    record = TrackedRecord(document, origin)
    record.expect(*_EXPECTED)
    root = Item(_tree(document), "/0" if isinstance(document.tree, list) else "")
    language = _language(root)
    record.set("/source/language", language)
    _read_identifiers(record, root)
    _read_texts(record, root, language)
    _read_timeline(record, root)
    _read_status(record, root, language)
    _read_design(record, root, language)
    _read_conditions(record, root, language)
    _read_groups(record, root, language)
    _read_eligibility(record, root, language)
    _read_places(record, root)
    set_parties(record, root)
    _read_results(record, root, language)
    return record.build()


def _language(root: Item) -> str:
    """Return the language to read: English where the criteria or the title are there in it."""
    for name, field in (("recruitment/recruitmentDescriptions", "inclusionCriteria"), ("trialDescriptions", "title")):
        said = {item.locale for item in root.items(name) if item.text(field)}
        if said:
            return "en" if "en" in said else sorted(said)[0]
    return "en"


def _read_identifiers(record: TrackedRecord, root: Item) -> None:
    own = root.child("drksId")
    found = [one for one in find_identifiers(own.words) if one.scheme == "drks"] if own else []
    if own and found and not found[0].placeholder:
        _set_identifier(record, "drks", found[0].value, own, "primary")
    elif own and found:
        record.note("identifier_placeholder", pointer="/identifiers", found=own.words)
    else:
        record.note("identifier_missing", pointer="/identifiers")
    if url := root.child("url"):
        record.set("/source/record_url", url.words, path=url.path)
    names = ("universalTrialNumber", "eudraCtNumber", "otherPrimaryRegisterId", "eudamedNumber")
    others = [item for name in names if (item := root.child(f"secondaryIds/{name}"))]
    others += [value for item in root.items("otherSecondaryIds") if (value := item.child("value") or item.scalar)]
    for item in others:
        _read_secondary(record, item)


def _read_secondary(record: TrackedRecord, item: Item) -> None:
    if absent_reason(item.words):
        return
    known = {identifier["value"] for identifier in record.get("/identifiers") or ()}
    found = find_identifiers(item.words)
    for one in found:
        if one.placeholder:
            record.note("identifier_placeholder", pointer="/identifiers", found=one.value)
        elif one.value not in known:
            _set_identifier(record, one.scheme, one.value, item, "secondary")
    if not found and item.words not in known:
        _set_identifier(record, "other", item.words, item, "secondary")


def _set_identifier(record: RecordBuilder, scheme: str, value: str, item: Item, role: str) -> None:
    pointer = record.next("/identifiers")
    record.set(f"{pointer}/scheme", scheme)
    record.set(f"{pointer}/value", value, path=item.path)
    record.set(f"{pointer}/raw", item.words, path=item.path)
    record.set(f"{pointer}/role", role)


def _set_spoken(record: RecordBuilder, pointer: str, items: list[Item], field: str, language: str) -> bool:
    """Set a text in the language read, and keep it in the others as translations; tell whether there is one."""
    spoken = [(item.locale, text) for item in items if (text := item.child(field)) and not absent_reason(text.words)]
    chosen = next((text for locale, text in spoken if locale == language), None)
    if chosen is None:
        chosen = next((text for _, text in spoken), None)
    if chosen is None:
        return False
    record.set(pointer, chosen.words, path=chosen.path)
    for locale, text in spoken:
        if text.words != chosen.words and locale:
            _translate(record, pointer, locale, text)
    return True


def _translate(record: RecordBuilder, pointer: str, locale: str, text: Item) -> None:
    place = record.next("/translations")
    record.set(place, {"pointer": pointer, "language": locale, "text": text.words})
    record.came_from(f"{place}/text", path=text.path)


def _read_texts(record: RecordBuilder, root: Item, language: str) -> None:
    items = root.items("trialDescriptions")
    _set_spoken(record, "/title", items, "title", language)
    _set_spoken(record, "/acronym", items, "acronym", language)
    brief = _set_spoken(record, "/summary/brief", items, "summary", language)
    detailed = _set_spoken(record, "/summary/detailed", items, "scientificSummary", language)
    if brief or detailed:
        record.set("/summary/origin", "registrant")


_DATES: tuple[tuple[EventKind, DateKind | None, str], ...] = (
    ("registered", None, "registrationDrks"),
    ("updated", None, "lastUpdate"),
    ("start", "anticipated", "recruitment/scheduledStartDate"),
    ("start", "actual", "recruitment/actualStartDate"),
    ("completion", "anticipated", "recruitment/scheduledCompletionDate"),
    ("completion", "actual", "recruitment/actualCompletionDate"),
    ("other", None, "ethicsCommittee/applicationDate"),
    ("results_posted", None, "trialResults/firstResultPublication"),
    ("other", None, "trialResults/firstPublication"),
    ("other", "anticipated", "trialResults/plannedPublication"),
)


def _read_timeline(record: RecordBuilder, root: Item) -> None:
    for kind, happened, name in _DATES:
        if item := root.child(name):
            _set_event(record, kind, item, happened)
    for index, vote in enumerate(root.items("ethicsCommittee/ethicVotes")):
        _read_vote(record, vote, f"/ethics/{index}")


def _set_event(record: RecordBuilder, kind: EventKind, item: Item, happened: DateKind | None = None) -> None:
    pointer = record.next("/timeline")
    record.set(f"{pointer}/event", kind)
    record.set(f"{pointer}/label", item.name)
    if happened:
        record.set(f"{pointer}/kind", happened)
    reading = read_date(item.words)
    if reading.date is not None:
        record.set(f"{pointer}/date", reading.date, path=item.path)
    else:
        record.miss(f"{pointer}/date", reading.reason or "unparseable")


def _read_vote(record: RecordBuilder, vote: Item, pointer: str) -> None:
    """Set an ethics committee with its vote; the register's own code is the status, in normal case."""
    if name := vote.child("contact/affiliation"):
        record.set(f"{pointer}/committee", name.words, path=name.path)
    if status := vote.child("vote"):
        record.set(f"{pointer}/status", _spelled(status), path=status.path)
    if (date := vote.child("dateOfVote")) and (reading := read_date(date.words)).date:
        record.set(f"{pointer}/approved", reading.date, path=date.path)
        _set_event(record, "ethics_approval" if vote.text("vote") == "APPROVED" else "other", date)
    for field, name_ in (("address", "streetAndNo"), ("city", "city"), ("phone", "phone"), ("email", "email")):
        if part := vote.child(f"contact/{name_}"):
            record.set(f"{pointer}/contact/{field}", part.words, path=part.path)


def _spelled(item: Item) -> str:
    """Return a code in normal case (`RANDOMIZED_CONTROLLED_TRIAL`, `Randomized controlled trial`)."""
    words = item.words
    return words.replace("_", " ").capitalize() if words.isupper() else words


#: Statuses in which a reason says why the trial ended or stopped.
_ENDED = frozenset({"terminated", "withdrawn", "suspended"})


def _read_status(record: RecordBuilder, root: Item, language: str) -> None:
    item = root.child("recruitment/status")
    if item is None:
        return
    value = read_status(item.words)
    record.set("/status/value", value or "unknown", path=item.path)
    record.set("/status/raw", item.words, path=item.path)
    if value is None:
        record.note("unknown_value", pointer="/status/value", field="status", found=item.words)
    if value is None or value in _ENDED:
        texts = root.items("recruitment/recruitmentDescriptions")
        for field in ("reasonDescription", "reasonForStatusDescription"):
            if _set_spoken(record, "/status/why_stopped", texts, field, language):
                return


_STUDY_TYPES: dict[str, StudyType] = {"INTERVENTIONAL": "interventional", "NON_INTERVENTIONAL": "observational"}


def _read_design(record: RecordBuilder, root: Item, language: str) -> None:
    design = root.child("studyCharacteristic")
    if design is None:
        return
    if kind := design.child("type"):
        record.set("/design/study_type", _STUDY_TYPES.get(kind.words, "unknown"), path=kind.path)
        if kind.words not in _STUDY_TYPES:
            record.note("unknown_value", pointer="/design/study_type", field="study type", found=kind.words)
    _read_phase(record, design)
    codes = {"allocation": "allocation", "purpose": "purpose", "intervention_model": "assignment"}
    for field, name in {**codes, "time_perspective": "timing"}.items():
        if code := design.child(name):
            record.set(f"/design/{field}", _spelled(code), path=code.path)
    _read_masking(record, design)
    for field, name in (("target", "plannedParticipants"), ("actual", "totalParticipants")):
        number = root.child(f"recruitment/{name}")
        if number and number.words.isascii() and number.words.isdecimal():
            record.set(f"/design/enrolment/{field}", int(number.words), path=number.path)
    texts = design.items("characteristicDescriptions")
    for rank in ("primary", "secondary"):
        pointer = record.next("/outcomes")
        if _set_spoken(record, f"{pointer}/measure", texts, f"{rank}Outcome", language):
            record.set(f"{pointer}/rank", rank)
    for name in ("typeOfSequenceGeneration", "typeOfHiddenAllocation"):
        pointer = record.next("/extra")
        if _set_spoken(record, f"{pointer}/value", texts, name, language):
            record.set(f"{pointer}/label", name)
    _read_other_codes(record, root)


def _read_phase(record: RecordBuilder, design: Item) -> None:
    phase = design.child("phase")
    if phase is None or absent_reason(phase.words) == "explicit_not_reported":
        return
    for value in read_phases(phase.words.replace("_", " ")):
        record.set(record.next("/design/phases"), value, path=phase.path)
    if record.get("/design/phases") is None:
        record.note("unknown_value", pointer="/design/phases", field="phase", found=phase.words)


def _read_masking(record: RecordBuilder, design: Item) -> None:
    """Set whether anyone is masked, and who."""
    kind = design.child("blindingType")
    who = [name for item in design.items("blindingWhoList") if (name := item.child("idBlindingWho/blindingWho"))]
    if kind:
        words = _spelled(kind)
        named = ", ".join(_spelled(item).lower() for item in who)
        path = " ".join(item.path for item in (kind, *who))
        record.set("/design/masking", f"{words} ({named})" if named else words, path=path)


#: Codes without a field of their own.
_OTHERS = (
    "registrationType",
    "trialStatus",
    "recruitment/centricType",
    "studyCharacteristic/duration",
    "ethicsCommittee/number",
)


def _read_other_codes(record: RecordBuilder, root: Item) -> None:
    items = [item for name in _OTHERS if (item := root.child(name))]
    for control in root.items("studyCharacteristic/controlTypes"):
        if code := control.child("idControlType/controlType"):
            items.append(code)
    for item in items:
        pointer = record.next("/extra")
        record.set(f"{pointer}/label", item.path.lstrip("/"), path=item.path)
        record.set(f"{pointer}/value", item.words, path=item.path)


#: Catalogues of the register, by the names that the contract's codes have.
_CATALOGUES = {"ICD10": "ICD-10", "ICD-10": "ICD-10", "MESH": "MeSH", "MEDDRA": "MedDRA", "ORPHA": "Orphanet"}


def _read_conditions(record: RecordBuilder, root: Item, language: str) -> None:
    for item in root.items("studiedHealthConditions"):
        pointer = record.next("/conditions")
        texts = item.items("studiedHealthConditionDescriptions")
        code, catalogue = item.child("code"), item.text("catalog")
        if not _set_spoken(record, f"{pointer}/text", texts, "comment", language):
            if code is None:
                continue
            record.set(f"{pointer}/text", code.words, path=code.path)
        if code and catalogue != "FREETEXT":
            system = _CATALOGUES.get(catalogue.upper(), catalogue or "other")
            text = record.get(pointer)["text"]
            record.set(pointer, Concept(text=text, codes=[Code(system=system, code=code.words)]))
            record.came_from(f"{pointer}/codes/0/code", path=code.path)


def _read_groups(record: RecordBuilder, root: Item, language: str) -> None:
    """Set what each group is given or how it is observed, as its arm and as an intervention."""
    groups: dict[str, list[Item]] = {}
    for item in root.items("observationalGroups"):
        groups.setdefault(item.text("idArm/arm") or item.text("arm"), []).append(item)
    for number, items in groups.items():
        pointer = record.next("/interventions")
        if not _set_spoken(record, f"{pointer}/name", items, "comment", language):
            continue
        arm = record.next("/design/arms")
        place = next((place for item in items if (place := item.child("idArm/arm") or item.child("arm"))), items[0])
        label = number or str(len(groups))
        record.set(f"{arm}/label", label, path=place.path)
        _set_spoken(record, f"{arm}/description", items, "comment", language)
        if number:
            record.set(f"{arm}/id", number, path=place.path)
            record.set(f"{pointer}/arms", [number], path=place.path)


def _read_eligibility(record: RecordBuilder, root: Item, language: str) -> None:
    if gender := root.child("recruitment/gender"):
        value = read_sex(gender.words)
        record.set("/eligibility/sex", value or "unknown", path=gender.path)
        if value is None:
            record.note("unknown_value", pointer="/eligibility/sex", field="sex", found=gender.words)
    set_age(record, _age_limit(root, "minimumAge"), _age_limit(root, "maximumAge"))
    healthy = root.child("recruitment/healthyVolunteers")
    if healthy is not None and isinstance(healthy.data, bool):
        record.set("/eligibility/healthy_volunteers", healthy.data, path=healthy.path)
    _read_criteria(record, root, language)


def _age_limit(root: Item, name: str) -> AgeLimit | None:
    """Return a limit: an amount with its unit, or a unit that says there is none (`NO_MAX_AGE`)."""
    limit = root.child(f"recruitment/{name}")
    if limit is None:
        return None
    amount, unit = limit.child("amount") or limit.child("value"), limit.child("unit")
    if amount is None and unit and unit.words in {"NO_MIN_AGE", "NO_MAX_AGE"}:
        return AgeLimit("no limit", path=unit.path)
    if amount is None:
        return AgeLimit(limit.words, path=limit.path) if limit.words else None
    words = f"{amount.words} {unit.words.replace('_', ' ').capitalize() if unit else ''}".strip()
    return AgeLimit(words, path=amount.path)


def _read_criteria(record: RecordBuilder, root: Item, language: str) -> None:
    texts = root.items("recruitment/recruitmentDescriptions")
    chosen = [item for item in texts if item.locale == language] or texts[:1]
    fields: list[CriteriaField] = []
    for item in chosen[:1]:
        for field in ("inclusionCriteria", "exclusionCriteria"):
            text = item.child(field)
            if text and absent_reason(text.words) is None:
                kind = "inclusion" if field.startswith("in") else "exclusion"
                fields.append(CriteriaField(str(text.data), text.path, kind))  # type: ignore[arg-type]
    set_criteria(record, fields)
    for item in texts:
        if item in chosen[:1] or not item.locale:
            continue
        for field in ("inclusionCriteria", "exclusionCriteria"):
            if text := item.child(field):
                _translate(record, "/eligibility/text", item.locale, text)


def _read_places(record: RecordBuilder, root: Item) -> None:
    for item in root.items("recruitment/countries"):
        code = item.child("idCountry/code") or item.child("country") or item.scalar
        if code is None:
            continue
        pointer = record.next("/countries")
        record.set(f"{pointer}/raw", code.words, path=code.path)
        if is_code(code.words):
            record.set(f"{pointer}/country_code", code.words, path=code.path)
        else:
            record.note("unknown_value", pointer=pointer, field="country", found=code.words)
    for item in root.items("recruitment/institutes"):
        name, city = item.child("name"), item.child("city")
        given = [part for part in (name, city) if part]
        if not given:
            continue
        pointer = record.next("/locations")
        record.set(f"{pointer}/raw", ", ".join(part.words for part in given), path=item.path)
        if name:
            record.set(f"{pointer}/facility", normal_case(name.words), path=name.path)
        if city:
            record.set(f"{pointer}/city", city.words, path=city.path)


def _read_results(record: RecordBuilder, root: Item, language: str) -> None:
    texts = root.items("trialResults/trialResultsDescriptions")
    plan = root.child("trialResults/ipdSharingPlan")
    if plan is not None and isinstance(plan.data, bool):
        record.set("/ipd_sharing/plan", "yes" if plan.data else "no", path=plan.path)
        record.set("/ipd_sharing/raw", plan.words, path=plan.path)
    _set_spoken(record, "/ipd_sharing/description", texts, "ipdSharingPlanDescription", language)
    _set_spoken(record, "/results/summary", texts, "briefSummaryOfResultsDescription", language)
    for item in root.items("trialResults/publications"):
        pointer = record.next("/publications")
        for field, name in (("citation", "description"), ("url", "link"), ("type", "type")):
            if part := item.child(name):
                record.set(f"{pointer}/{field}", part.words, path=part.path)
