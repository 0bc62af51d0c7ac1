"""ClinicalTrials.gov: what a record says of the trial as a whole.

Identifiers, titles, status, sponsor, summary, eligibility, oversight, sharing of data and results. Where the record
misleads:

- `Unknown` as a status means that the record was not verified for two years; the status before it is kept in `extra`.
- `N/A` as an age limit, or no limit at all in the API, means that there is no limit.
- Collaborators help; the registry does not say which of them pay.
"""

from __future__ import annotations

import re

from parser.models.trial import AbsentReason
from parser.models.values import Range
from parser.normalize.ages import AGE_GROUPS, Limit, join_limits, read_age_limit
from parser.normalize.dates import read_date
from parser.normalize.identifiers import find_identifiers
from parser.normalize.names import normal_case
from parser.normalize.sexes import read_sex
from parser.normalize.statuses import read_status
from parser.registries.criteria import CriteriaField, set_criteria
from parser.registries.ctgov.nodes import Leaf, Node
from parser.registries.ctgov.values import (
    IPD_PLANS,
    SPONSOR_CLASSES,
    absence,
    display,
    line,
    put,
    put_display,
    put_extra,
    put_flag,
    put_list,
    put_prose,
)
from parser.registries.record import RecordBuilder

#: Values without a field of their own: name and label.
EXTRAS: tuple[tuple[str, str], ...] = (
    ("organization", "Organization"),
    ("org_study_id_type", "Organization study ID type"),
    ("org_study_id_domain", "Organization study ID issuer"),
    ("org_study_id_link", "Organization study ID link"),
    ("last_known_status", "Last known status"),
    ("delayed_posting", "Delayed posting"),
    ("has_expanded_access", "Expanded access"),
    ("expanded_access_nct_id", "Expanded access record"),
    ("expanded_access_status", "Expanded access status"),
    ("expanded_individual", "Expanded access: individual patients"),
    ("expanded_intermediate", "Expanded access: intermediate-size population"),
    ("expanded_treatment", "Expanded access: treatment IND/protocol"),
    ("patient_registry", "Patient registry"),
    ("target_duration", "Target follow-up duration"),
    ("number_of_arms", "Number of arms"),
    ("number_of_groups", "Number of groups"),
    ("masking_description", "Masking description"),
    ("biospecimen_retention", "Biospecimen retention"),
    ("biospecimen_description", "Biospecimen description"),
    ("gender_based", "Gender based eligibility"),
    ("unapproved_device", "Device not approved or cleared by U.S. FDA"),
    ("pediatric_surveillance", "Pediatric postmarket surveillance of a device"),
    ("us_export", "Product exported from U.S."),
    ("fdaaa_violation", "FDAAA 801 violation"),
    ("fda_regulated", "FDA regulated intervention"),
    ("section_801", "Section 801 clinical trial"),
)

# Words and punctuation that may stand around an identifier; a digit beside it makes it part of another number.
_AROUND = re.compile(r"[^\d.]*")
_DOWNLOADED = re.compile(r"\D+ on (\w+ \d{1,2}, \d{4})")


def read_identifiers(record: RecordBuilder, study: Node) -> None:
    """Set the registry's number, the sponsor's, and the others by what they look like."""
    primary = study.one("nct_id")
    if primary is not None and (found := find_identifiers(line(primary.text))):
        _identifier(record, found[0].scheme, found[0].value, primary, "primary")
    else:
        record.note("identifier_missing", pointer="/identifiers")
    for leaf in study.values("nct_alias"):
        _identifier(record, "nct", line(leaf.text).upper(), leaf)
    own = study.one("org_study_id")
    if own is not None and absence(line(own.text)) is None:
        _identifier(record, "sponsor", line(own.text), own)
    for entry in study.many("secondary_ids"):
        _read_secondary(record, entry)


def _read_secondary(record: RecordBuilder, entry: Node) -> None:
    leaf = entry.one("id.value")
    words = line(leaf.text) if leaf else ""
    if leaf is None or absence(words):
        return
    found = find_identifiers(words)
    if any(one.placeholder for one in found):
        record.note("identifier_placeholder", pointer="/identifiers", found=words)
        return
    if len(found) == 1 and _AROUND.fullmatch(words[: found[0].start] + words[found[0].end :]):
        _identifier(record, found[0].scheme, found[0].value, leaf)
    else:
        _identifier(record, "other", words, leaf)
    for name, label in (("id.type", "Type of"), ("id.domain", "Issuer of"), ("id.link", "Link of")):
        put_extra(record, f"{label} {words}", entry.one(name))


def _identifier(record: RecordBuilder, scheme: str, value: str, leaf: Leaf, role: str = "secondary") -> None:
    raw = line(leaf.text)
    known = record.get("/identifiers") or []
    if any(one["value"] == value and one["scheme"] == scheme for one in known):
        return
    pointer = record.append("/identifiers", {"scheme": scheme, "value": value, "raw": raw, "role": role})
    record.came_from(f"{pointer}/value", path=leaf.path)
    record.came_from(f"{pointer}/raw", path=leaf.path)


def read_head(record: RecordBuilder, study: Node) -> None:
    """Set titles, summary, status, and what the record says of itself."""
    put(record, "/title", study.one("brief_title"))
    put(record, "/scientific_title", study.one("official_title"))
    put(record, "/acronym", study.one("acronym"))
    if put_prose(record, "/summary/brief", study, "brief_summary") | put_prose(
        record, "/summary/detailed", study, "detailed_description"
    ):
        record.set("/summary/origin", "registrant")
    _read_status(record, study)
    _read_source(record, study)


def _read_status(record: RecordBuilder, study: Node) -> None:
    leaf = study.one("status")
    words = line(leaf.text) if leaf else ""
    if leaf is None or not words:
        return
    value = read_status(words)
    record.set("/status/value", value or "unknown", path=leaf.path)
    record.set("/status/raw", words, path=leaf.path)
    if value is None:
        record.note("unknown_value", pointer="/status/value", field="status", found=words)
    put_prose(record, "/status/why_stopped", study, "why_stopped")
    put_date(record, "/status/last_verified", study.one("verified"))


def _read_source(record: RecordBuilder, study: Node) -> None:
    put(record, "/source/record_url", study.one("record_url"))
    leaf = study.one("version")
    if leaf is None:
        return
    # The XML has a sentence, the API a date.
    sentence = _DOWNLOADED.fullmatch(line(leaf.text))
    put_date(record, "/source/as_of", Leaf(sentence[1], leaf.path) if sentence else leaf)


def put_date(record: RecordBuilder, pointer: str, leaf: Leaf | None) -> bool:
    """Set a date as exactly as it is stated, or note why it is absent; tell whether it was set."""
    if leaf is None:
        return False
    reading = read_date(leaf.text)
    if reading.date is not None:
        record.set(pointer, reading.date, path=leaf.path)
        return True
    record.miss(pointer, reading.reason or "unparseable")
    record.came_from(pointer, path=leaf.path)
    if reading.reason == "unparseable":
        record.note("unknown_value", pointer=pointer, field="date", found=line(leaf.text))
    return False


def read_sponsor(record: RecordBuilder, study: Node) -> None:
    """Set the sponsor, who works with it, and who answers for the record."""
    name = study.one("sponsor")
    if name is not None and (reason := absence(line(name.text))):
        record.miss("/sponsor/name", reason)
        record.came_from("/sponsor/name", path=name.path)
    else:
        _organisation(record, "/sponsor", name, study.one("sponsor_class"))
    for entry in study.many("collaborators"):
        leaf = entry.one("organisation.name")
        if leaf is not None and absence(line(leaf.text)) is None:
            _organisation(record, record.next("/sponsor/collaborators"), leaf, entry.one("organisation.class"))
    for entry in study.many("responsible")[:1]:
        _read_responsible(record, entry)


def _organisation(record: RecordBuilder, pointer: str, name: Leaf | None, kind: Leaf | None) -> None:
    if name is None:
        return
    raw = line(name.text)
    record.set(f"{pointer}/name", normal_case(raw), path=name.path)
    record.set(f"{pointer}/raw", raw, path=name.path)
    words = line(kind.text) if kind else ""
    if kind is None or not words:
        return
    value = SPONSOR_CLASSES.get(words.casefold())
    record.set(f"{pointer}/sponsor_class", value or "unknown", path=kind.path)
    put_extra(record, f"Class of {raw}", kind)
    if value is None:
        record.note("unknown_value", pointer=f"{pointer}/sponsor_class", field="sponsor class", found=words)


def _read_responsible(record: RecordBuilder, entry: Node) -> None:
    """Set the responsible party: a person with title and affiliation, else the party's kind (`Sponsor`)."""
    pointer = "/sponsor/responsible_party"
    kind = entry.one("responsible.type")
    named = [entry.one(f"responsible.{name}") for name in ("name", "title", "affiliation")]
    words = [line(leaf.text) for leaf in named if leaf is not None]
    stated = [part for part in words if absence(part) is None]
    if stated:
        record.set(pointer, ", ".join(stated), path=entry.path)
        if kind is not None:
            put_extra(record, "Responsible party type", kind, display(line(kind.text)))
    elif words and (reason := absence(words[0])):
        record.miss(pointer, reason)
        record.came_from(pointer, path=entry.path)
    else:
        put_display(record, pointer, kind)


def read_eligibility(record: RecordBuilder, study: Node) -> None:
    """Set who may take part: the registry's own fields, and the text of the criteria."""
    _read_sex(record, study.one("sex"))
    put(record, "/eligibility/sex_note", study.one("gender_description"))
    _read_ages(record, study)
    for group in study.values("age_groups"):
        words = line(group.text)
        known = AGE_GROUPS.get(words.replace("_", " ").casefold())
        record.set(record.next("/eligibility/age_groups"), known or words, path=group.path)
    put_flag(record, "/eligibility/healthy_volunteers", study.one("healthy_volunteers"))
    put_prose(record, "/eligibility/study_population", study, "study_population")
    put_display(record, "/eligibility/sampling_method", study.one("sampling_method"))
    leaf = study.one("criteria")
    if leaf is not None and leaf.text.strip():
        set_criteria(record, [CriteriaField(leaf.text, leaf.path)])
    else:
        record.note("section_missing", pointer="/eligibility/text", found="eligibility criteria")


def _read_sex(record: RecordBuilder, leaf: Leaf | None) -> None:
    words = line(leaf.text) if leaf else ""
    if leaf is None or not words:
        return
    sex = read_sex(words)
    if sex is None and (reason := absence(words)):
        record.miss("/eligibility/sex", reason)
        record.came_from("/eligibility/sex", path=leaf.path)
        return
    record.set("/eligibility/sex", sex or "unknown", path=leaf.path)
    if sex is None:
        record.note("unknown_value", pointer="/eligibility/sex", field="sex", found=words)


def _read_ages(record: RecordBuilder, study: Node) -> None:
    """Set the ages; a limit that is not stated, or `N/A`, is none, as the registry defines it."""
    pointer = "/eligibility/age"
    leaves = {"low": study.one("minimum_age"), "high": study.one("maximum_age")}
    ranges: dict[str, Range | None] = {}
    missing: dict[str, AbsentReason] = {}
    for limit, leaf in leaves.items():
        ranges[limit], reason = _age_limit(record, leaf, "low" if limit == "low" else "high")
        if reason is not None:
            missing[limit] = reason
    joined = join_limits(ranges["low"], ranges["high"])
    paths = " ".join(leaf.path for limit, leaf in leaves.items() if leaf is not None and limit not in missing)
    if joined is not None:
        record.set(pointer, joined, path=paths)
        for limit, reason in missing.items():
            record.miss(f"{pointer}/{limit}", reason)
    elif not missing:
        # The lower limit is above the upper one.
        found = " to ".join(line(leaf.text) for leaf in leaves.values() if leaf is not None)
        record.miss(pointer, "unparseable")
        record.came_from(pointer, path=paths)
        record.note("unknown_value", pointer=pointer, field="age", found=found)
    elif any(study.one(name) for name in ("criteria", "sex", "minimum_age", "maximum_age")):
        record.miss(pointer, "unparseable" if "unparseable" in missing.values() else "no_limit")


def _age_limit(record: RecordBuilder, leaf: Leaf | None, limit: Limit) -> tuple[Range | None, AbsentReason | None]:
    """Return a limit, or why there is none."""
    words = line(leaf.text) if leaf else ""
    if not words:
        return None, "no_limit"
    reading = read_age_limit(words, limit)
    if reading.range is None and reading.reason == "unparseable":
        record.note("unknown_value", pointer=f"/eligibility/age/{limit}", field="age", found=words)
        return None, "unparseable"
    if reading.range is None:
        return None, "no_limit"
    if reading.unit_assumed:
        record.note("age_unit_assumed", pointer="/eligibility/age", found=words)
    return reading.range, None


def read_conduct(record: RecordBuilder, study: Node) -> None:
    """Set oversight, the sharing of participants' data, and whether there are results."""
    put_list(record, "/oversight/authorities", study.values("authorities"))
    put_flag(record, "/oversight/data_monitoring_committee", study.one("monitoring_committee"))
    put_flag(record, "/oversight/fda_regulated_drug", study.one("fda_drug"))
    put_flag(record, "/oversight/fda_regulated_device", study.one("fda_device"))
    _read_sharing(record, study)
    _read_results(record, study)
    for name, label in EXTRAS:
        stated = study.one(name)
        if stated is not None:
            put_extra(record, label, stated, display(line(stated.text)))
    for leaf in study.values("removed_countries"):
        put_extra(record, "Removed country", leaf)
    for leaf in study.values("ipd_info_types"):
        put_extra(record, "Individual participant data: supporting information", leaf, display(line(leaf.text)))
    for entry in study.many("documents"):
        title = entry.one("document.label")
        put_extra(record, line(title.text) if title else "Study document", entry.one("document.file"))


def _read_sharing(record: RecordBuilder, study: Node) -> None:
    leaf = study.one("ipd_sharing")
    words = line(leaf.text) if leaf else ""
    if leaf is not None and words:
        plan = IPD_PLANS.get(words.casefold())
        record.set("/ipd_sharing/plan", plan or "unknown", path=leaf.path)
        record.set("/ipd_sharing/raw", words, path=leaf.path)
        if plan is None:
            record.note("unknown_value", pointer="/ipd_sharing/plan", field="IPD sharing plan", found=words)
    put_prose(record, "/ipd_sharing/description", study, "ipd_description")
    put_prose(record, "/ipd_sharing/time_frame", study, "ipd_time_frame")
    put_prose(record, "/ipd_sharing/access", study, "ipd_access")
    put(record, "/ipd_sharing/url", study.one("ipd_url"))


def _read_results(record: RecordBuilder, study: Node) -> None:
    """Set whether results are posted: stated by the API, or shown by their section or the date of their posting."""
    stated = study.one("has_results")
    if stated is not None:
        put_flag(record, "/results/available", stated)
    elif sections := study.many("results_section"):
        record.set("/results/available", True, path=sections[0].path)
    posted = study.one("results_posted")
    dated = put_date(record, "/results/posted", posted)
    if dated and posted is not None and record.get("/results/available") is None:
        record.set("/results/available", True, path=posted.path)
