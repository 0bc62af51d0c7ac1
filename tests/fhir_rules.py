"""What FHIR demands beyond the shapes that `fhir.resources` checks: bindings, invariants, references, ids.

`problems(bundle, release)` lists what is wrong. The tables were read from the definitions of R5 5.0.0 and R4B 4.3.0
(https://hl7.org/fhir/R5/researchstudy-definitions.html and its kin); codes of bindings that are required or extensible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_CODE = re.compile(r"[^\s]+( [^\s]+)*")
_URI = re.compile(r"\S+")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
#: UCUM as far as its grammar is a pattern: no blanks outside annotations.
_UCUM = re.compile(r"(?:[^\s{}]|\{[^{}]*\})+")
_LINK = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_TITLES = "primary official scientific plain-language subtitle short-title acronym earlier-title language autotranslated human-use machine-use duplicate-uid"  # noqa: E501
_STATES = "overall-study active active-but-not-recruiting administratively-completed approved closed-to-accrual closed-to-accrual-and-intervention completed disapproved enrolling-by-invitation in-review not-yet-recruiting recruiting temporarily-closed-to-accrual temporarily-closed-to-accrual-and-intervention terminated withdrawn"  # noqa: E501
_ROLES = "sponsor lead-sponsor sponsor-investigator primary-investigator collaborator funding-source general-contact recruitment-contact sub-investigator study-director study-chair irb"  # noqa: E501
_PHASES = "n-a early-phase-1 phase-1 phase-1-phase-2 phase-2 phase-2-phase-3 phase-3 phase-4"
_PURPOSES = "treatment prevention diagnostic supportive-care screening health-services-research basic-science device-feasibility"  # noqa: E501
_R4B_STATUSES = "active administratively-completed approved closed-to-accrual closed-to-accrual-and-intervention completed disapproved in-review temporarily-closed-to-accrual temporarily-closed-to-accrual-and-intervention withdrawn"  # noqa: E501
_DESIGNS = frozenset(
    f"SEVCO:{number:05}" for number in (*range(1001, 1047), *range(1048, 1055), *range(1060, 1065), *range(1085, 1099))
)

_FHIR, _THO = "http://hl7.org/fhir/", "http://terminology.hl7.org/CodeSystem/"
#: Complete code systems: a coding in one of them is one of its codes.
CODES: dict[str, frozenset[str]] = {
    _FHIR + "title-type": frozenset(_TITLES.split()),
    _FHIR + "research-study-status": frozenset(_STATES.split()),
    _FHIR + "research-study-party-role": frozenset(_ROLES.split()),
    _FHIR + "research-study-party-organization-type": frozenset(
        "nih fda government nonprofit academic industry".split()
    ),
    _FHIR + "research-study-arm-type": frozenset(
        "active-comparator placebo-comparator sham-comparator no-intervention experimental other-arm-type".split()
    ),
    _FHIR + "research-study-objective-type": frozenset("primary secondary exploratory".split()),
    _FHIR + "research-study-phase": frozenset(_PHASES.split()),
    _THO + "research-study-phase": frozenset(_PHASES.split()),
    _FHIR + "research-study-prim-purp-type": frozenset(_PURPOSES.split()),
    _THO + "research-study-prim-purp-type": frozenset(_PURPOSES.split()),
    _FHIR + "research-study-classifiers": frozenset(
        "fda-regulated-drug fda-regulated-device mpg-paragraph-23b irb-exempt".split()
    ),
    _FHIR + "study-design": _DESIGNS,
    _FHIR + "administrative-gender": frozenset("male female other unknown".split()),
    _FHIR + "definition-method": frozenset(
        "systematic-assessment non-systematic-assessment mean median mean-of-mean mean-of-median median-of-mean "
        "median-of-median".split()
    ),
    _FHIR + "characteristic-offset": frozenset({"UNL", "LNL"}),
    _FHIR + "evidence-variable-event": frozenset(
        "study-start treatment-start condition-detection condition-treatment hospital-admission hospital-discharge "
        "operative-procedure".split()
    ),
    _FHIR + "fhir-types": frozenset(
        "Condition MedicationStatement Procedure DeviceUsage Immunization AllergyIntolerance "
        "FamilyMemberHistory".split()
    ),
    _FHIR + "resource-types": frozenset(
        "Condition MedicationStatement Procedure DeviceUseStatement Immunization AllergyIntolerance "
        "FamilyMemberHistory".split()
    ),
}
#: Codes of required bindings, by the element's path.
REQUIRED: dict[str, dict[str, frozenset[str]]] = {
    "R5": {
        "Bundle.type": frozenset({"transaction"}),
        "ResearchStudy.status": frozenset("draft active retired unknown".split()),
        "EvidenceVariable.status": frozenset("draft active retired unknown".split()),
        "Group.type": frozenset(
            "person animal practitioner device careteam healthcareservice location organization relatedperson "
            "specimen".split()
        ),
        "Group.membership": frozenset({"definitional", "enumerated"}),
        "definitionByCombination.code": frozenset(
            "all-of any-of at-least at-most statistical net-effect dataset".split()
        ),
        "relatedArtifact.type": frozenset(
            "documentation justification citation predecessor successor derived-from depends-on composed-of part-of "
            "cites cited-by comments-on contains replaces".split()
        ),
    },
    "R4B": {
        "Bundle.type": frozenset({"transaction"}),
        "ResearchStudy.status": frozenset(_R4B_STATUSES.split()),
        "Group.type": frozenset("person animal practitioner device medication substance".split()),
        "relatedArtifact.type": frozenset(
            "documentation justification citation predecessor successor derived-from depends-on composed-of".split()
        ),
    },
}
_SHARED = {
    "comparator": frozenset(("<", "<=", ">=", ">", "ad")),
    "identifier.use": frozenset("usual official temp secondary old".split()),
    "telecom.system": frozenset("phone fax email pager url sms other".split()),
    "text.status": frozenset("generated extensions additional empty".split()),
    "request.method": frozenset("GET HEAD POST PUT DELETE PATCH".split()),
}
#: Types that a reference may lead to, by the element.
TARGETS: dict[str, frozenset[str]] = {
    "eligibility": frozenset({"Group", "EvidenceVariable"}),
    "intendedExposure": frozenset({"EvidenceVariable"}),
    "focus": frozenset({"EvidenceVariable", "Medication"}),
    "enrollment": frozenset({"Group"}),
    "site": frozenset({"Location"}),
    "party": frozenset({"Practitioner", "PractitionerRole", "Organization"}),
    "sponsor": frozenset({"Organization"}),
    "principalInvestigator": frozenset({"Practitioner", "PractitionerRole"}),
    "practitioner": frozenset({"Practitioner"}),
    "organization": frozenset({"Organization"}),
}
#: Elements of a characteristic of which evv-1 allows one.
_ONE_OF_SIX = (
    "definitionReference definitionCanonical definitionCodeableConcept definitionId definitionByTypeAndValue "
    "definitionByCombination".split()
)


def problems(bundle: Json, release: str) -> list[str]:
    """Return what is wrong with a Bundle, as sentences with the place."""
    found = [*_of_bundle(bundle)]
    kinds = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    for entry in bundle["entry"]:
        resource = entry["resource"]
        name = resource["resourceType"]
        for path, value in _walk(resource, name):
            found += _of_value(path, value, release)
            if isinstance(value, dict):
                found += _of_object(path, value, kinds)
    return found


def _of_bundle(bundle: Json) -> Iterator[str]:
    if bundle.get("resourceType") != "Bundle" or bundle.get("type") not in REQUIRED["R5"]["Bundle.type"]:
        yield "Bundle: no transaction"
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(urls) != len(set(urls)):
        yield "bdl-7: a fullUrl stands twice"
    for entry in bundle["entry"]:
        resource, request = entry["resource"], entry.get("request", {})
        if not _LINK.fullmatch(entry["fullUrl"]):
            yield f"fullUrl {entry['fullUrl']!r} is no urn:uuid"
        if request.get("url") != f"{resource['resourceType']}/{resource['id']}":
            yield f"bdl-3: request {request}"
        if not _ID.fullmatch(resource["id"]):
            yield f"id {resource['id']!r}"


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, path)


def _of_value(path: str, value: Any, release: str) -> Iterator[str]:
    if value in (None, "", [], {}):
        yield f"ele-1: {path} is empty"
    if isinstance(value, str):
        if any(ord(character) < 32 and character not in "\t\r\n" for character in value):
            yield f"{path}: control character in {value!r}"
        short = ".".join(path.split(".")[-2:])
        for name, codes in (*REQUIRED[release].items(), *_SHARED.items()):
            if (short == name or path.endswith("." + name)) and value not in codes:
                yield f"{path}: {value!r} is no code of its binding"
        if path.endswith((".linkId", ".id")) and not _ID.fullmatch(value):
            yield f"{path}: id {value!r}"
        if path.endswith((".system", ".url")) and not _URI.fullmatch(value):
            yield f"{path}: uri {value!r}"
        if re.search(r"(period|valuePeriod)\.(start|end)$", path) and not _DATE.fullmatch(value):
            yield f"{path}: date {value!r}"


def _of_object(path: str, value: Json, kinds: dict[str, str]) -> Iterator[str]:
    name = path.rpartition(".")[2]
    if "reference" in value and isinstance(value["reference"], str):
        element = path.split(".")[-1] if name != "reference" else path.split(".")[-2]
        kind = kinds.get(value["reference"])
        if kind is None:
            yield f"{path}: the reference leads out of the Bundle"
        elif kind not in TARGETS.get(element, {kind}):
            yield f"{path}: a reference to a {kind}"
    if "code" in value and isinstance(value["code"], str) and ("system" in value or "display" in value):
        yield from _of_coding(path, value)
    if name in ("characteristic",) and sum(each in value for each in _ONE_OF_SIX) > 1:
        yield f"evv-1: {path}"
    if name == "definitionByCombination":
        yield from _of_combination(path, value)
    if name.endswith(("Range", "range")):
        yield from _of_range(path, value)
    if name in ("period", "valuePeriod") and "start" in value and "end" in value:
        exact = min(len(value["start"]), len(value["end"]))
        if value["start"][:exact] > value["end"][:exact]:
            yield f"per-1: {path}"
    if value.get("resourceType") in ("ResearchStudy",):
        yield from _of_study(path, value)
    if value.get("resourceType") == "Organization" and not (value.get("name") or value.get("identifier")):
        yield f"org-1: {path}"
    if name == "telecom" and "value" in value and "system" not in value:
        yield f"cpt-2: {path}"


def _of_coding(path: str, value: Json) -> Iterator[str]:
    system, code = value.get("system"), value["code"]
    if not _CODE.fullmatch(code):
        yield f"{path}: code {code!r}"
    if system in CODES and code not in CODES[system]:
        yield f"{path}: {system} has no {code}"
    if system == "http://unitsofmeasure.org" and not _UCUM.fullmatch(code):
        yield f"{path}: {code!r} is no UCUM"
    if system is None and not path.endswith("coding"):
        yield f"qty-3: {path}"


def _of_combination(path: str, value: Json) -> Iterator[str]:
    counted = value["code"] in ("at-least", "at-most")
    if counted != ("threshold" in value):
        yield f"{path}: threshold and code disagree"


def _of_range(path: str, value: Json) -> Iterator[str]:
    low, high = value.get("low", {}), value.get("high", {})
    if "comparator" in low or "comparator" in high:
        yield f"sqty-1: {path}"
    if "value" in low and "value" in high and low.get("code") == high.get("code") and low["value"] > high["value"]:
        yield f"rng-2: {path}"


def _of_study(path: str, value: Json) -> Iterator[str]:
    if "status" not in value and "_status" not in value:
        yield f"{path}: no status"
