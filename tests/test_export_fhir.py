"""Trials as FHIR: valid by the library, by the rules that it does not check, and complete but for what losses name."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import parser
from parser.export import REASONS, find_target
from parser.export.fhir import validation
from parser.models import Criterion, Eligibility, Trial
from parser.models.trial import (
    Arm,
    Contact,
    Design,
    Enrolment,
    Identifier,
    Intervention,
    Location,
    Organization,
    Outcome,
    Sponsor,
    Status,
    TimelineEvent,
)
from parser.models.values import Code, Concept, PartialDate, Range
from tests.fhir_rules import problems
from tests.random_rules import rules
from tests.random_trials import leaves, trials
from tests.sample_trial import sample_trial

#: Rules of any shape take minutes to shrink.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
RELEASES = {"fhir-r5": "R5", "fhir-r5-group": "R5", "fhir-r4b": "R4B"}
TARGETS = sorted(RELEASES)

#: How the source was read, what follows from the eligibility text, and words beside their normalised value.
_NOT_THE_TRIAL = re.compile(
    r"/(?:schema_\w+|source/(?!record_url|record_version).*|text|sections/.*|provenance/.*|absent/.*|diagnostics/.*|"
    r"eligibility/(?:parts|map|segments|criteria|coverage|stated_\w+)(?:/.*)?|"
    r".*/(?:raw|precision|unit|canonical/.*)|conditions/\*/(?:name|codes/\*/system)|interventions/\*/codes/\*/system)"
)
#: Values of ours that FHIR says with a code of its own, or by the element that holds them.
_CODED = re.compile(
    r"/(?:status/value|locations/\*/status/value|design/(?:study_type|phases/\*)|identifiers/\*/(?:scheme|role)|"
    r"outcomes/\*/rank|timeline/\*/(?:event|kind)|sponsor/\w+/\*/sponsor_class|sponsor/sponsor_class|"
    r"eligibility/(?:sex|age/.*|healthy_volunteers)|results/available|oversight/data_monitoring_committee)"
)


def validate(document: dict[str, Any], target: str) -> None:
    """Validate a Bundle by the library, where it is installed, and by the rules that it does not check."""
    assert problems(document, RELEASES[target]) == []
    pytest.importorskip("fhir.resources")
    validation.validate(json.loads(json.dumps(document)), RELEASES[target])


def resources(trial: Trial, target: str, kind: str) -> list[dict[str, Any]]:
    """Return the resources of a kind in a trial's Bundle."""
    entries = parser.export(trial, target).document["entry"]
    return [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == kind]


def study(trial: Trial, target: str) -> dict[str, Any]:
    return resources(trial, target, "ResearchStudy")[0]


def bare(**fields: Any) -> Trial:
    """Return a record that says nothing but what is given."""
    return Trial(source=sample_trial().source, **fields)


def a_day(text: str) -> PartialDate:
    precision = {4: "year", 7: "month", 10: "day"}[len(text)]
    return PartialDate.model_validate({"value": text, "precision": precision, "raw": text})


def everything_said(document: Any) -> str:
    """Return all strings and numbers of a document, markup and line breaks aside."""
    if isinstance(document, dict):
        return " ".join(map(everything_said, document.values()))
    if isinstance(document, list):
        return " ".join(map(everything_said, document))
    return (
        html.unescape(re.sub(r"</?(?:p|div)[^>]*>", " ", str(document))) if "<div" in str(document) else str(document)
    )


def silently_dropped(trial: Trial, sent: parser.export.Export) -> list[str]:
    """Return the pointers of filled fields that stand nowhere in the document and are named by no loss."""
    said = " ".join(everything_said(sent.document).split())
    lost = {loss.pointer for loss in sent.losses}
    return [
        pointer
        for pointer, pattern, words in leaves(trial.model_dump(mode="json"))
        if not _NOT_THE_TRIAL.fullmatch(pattern)
        and not _CODED.fullmatch(pattern)
        and words not in ("True", "False")
        and " ".join(words.split()) not in said
        and not any(pointer == each or pointer.startswith(each + "/") for each in lost)
        and not (pattern == "/timeline/*/label" and f"{pointer.rpartition('/')[0]}" in lost)
    ]


# --- any record -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=15, deadline=None)
@given(trial=trials())
def test_export_fhir_is_valid_and_drops_nothing_silently(target: str, trial: Trial) -> None:
    before = trial.to_json()
    sent = parser.export(trial, target)
    assert trial.to_json() == before
    assert {loss.reason for loss in sent.losses} <= set(REASONS)
    validate(sent.document, target)
    assert silently_dropped(trial, sent) == []


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=30, deadline=None, phases=UNSHRUNK)
@given(rule=rules, kind=st.sampled_from(["inclusion", "exclusion", "unspecified", "other"]), suspect=st.booleans())
def test_export_fhir_takes_any_rule(target: str, rule: Any, kind: Any, suspect: bool) -> None:
    flags: Any = ["polarity_suspect"] if suspect else []
    criterion = Criterion(id=f"{kind}.1", kind=kind, text="tea", span=(0, 3), rule=rule, flags=flags)
    sent = parser.export(bare(eligibility=Eligibility(text="tea", criteria=[criterion])), target)
    validate(sent.document, target)


def _check(trial: Trial) -> None:
    for target, release in RELEASES.items():
        sent = parser.export(trial, target)
        assert problems(sent.document, release) == []
        assert silently_dropped(trial, sent) == []


def test_export_fhir_of_every_fixture_is_valid_and_complete(fixtures: Path) -> None:
    for source in sorted(fixtures.glob("*/sources/*")):
        for result in parser.parse_records(source, rules=False):
            if result.trial is not None:
                _check(result.trial)


def test_export_fhir_of_real_records_is_valid_and_complete(shared_data: Path) -> None:
    for source in sorted(path for path in (shared_data / "registries").rglob("*") if path.is_file())[::4]:
        for at, result in enumerate(parser.parse_records(source, rules=False)):
            if result.trial is not None and at % 20 == 0:
                _check(result.trial)


def test_export_fhir_example_page_validates_with_rules(clinconnect: Path) -> None:
    trial = parser.parse_file(clinconnect / "sources" / "clinconnect_sepsis.txt")
    for target in TARGETS:
        validate(parser.export(trial, target).document, target)


def test_export_fhir_validation_finds_what_is_wrong() -> None:
    pytest.importorskip("fhir.resources")
    document = parser.export(sample_trial(), "fhir-r5").document
    document["entry"][0]["resource"]["colour"] = "green"
    with pytest.raises(ValidationError, match="colour"):
        validation.validate(document, "R5")


def test_export_fhir_validation_knows_two_releases() -> None:
    with pytest.raises(parser.UsageError, match="R3"):
        validation.validate({}, "R3")


# --- the study --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "r5", "r4b"),
    [
        ("not_yet_recruiting", "not-yet-recruiting", "approved"),
        ("recruiting", "recruiting", "active"),
        ("active_not_recruiting", "active-but-not-recruiting", "closed-to-accrual"),
        ("suspended", "temporarily-closed-to-accrual", "temporarily-closed-to-accrual"),
        ("terminated", "terminated", "administratively-completed"),
        ("completed", "completed", "completed"),
        ("withdrawn", "withdrawn", "withdrawn"),
        ("not_authorised", "disapproved", "disapproved"),
    ],
)
def test_export_fhir_status(value: Any, r5: str, r4b: str) -> None:
    trial = bare(status=Status(value=value, raw="As On The Page", why_stopped="no tea"))
    modern, older = study(trial, "fhir-r5"), study(trial, "fhir-r4b")
    system = "http://hl7.org/fhir/research-study-status"
    assert modern["status"] == "active", "that of the resource, not of the study"
    assert modern["progressStatus"] == [
        {"state": {"coding": [{"system": system, "code": r5}], "text": "As On The Page"}}
    ]
    assert modern["whyStopped"] == {"text": "no tea"}
    assert older["status"] == r4b
    assert older["reasonStopped"] == {"text": "no tea"}
    assert {"text": "Recruitment status: As On The Page"} in older["note"]


@pytest.mark.parametrize(("status", "reason"), [(None, "unknown"), ("withheld", "unsupported")])
def test_export_fhir_a_status_that_r4b_lacks_is_absent_with_a_reason(status: Any, reason: str) -> None:
    trial = bare(status=Status(value=status, raw="Withheld") if status else None)
    made = study(trial, "fhir-r4b")
    url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    assert "status" not in made
    assert made["_status"] == {"extension": [{"url": url, "valueCode": reason}]}
    validate(parser.export(trial, "fhir-r4b").document, "fhir-r4b")


@pytest.mark.parametrize(
    ("phases", "code", "text"),
    [
        (["1", "2"], "phase-1-phase-2", "Phase 1/2"),
        (["3"], "phase-3", "Phase 3"),
        (["0"], "early-phase-1", "Phase 0"),
        (["early_phase_1"], "early-phase-1", "Early phase 1"),
        (["not_applicable"], "n-a", "Not applicable"),
        (["3", "4"], None, "Phase 3/4"),
    ],
)
def test_export_fhir_phase(phases: Any, code: str | None, text: str) -> None:
    trial = bare(design=Design(phases=phases))
    for target, system in (("fhir-r5", "http://hl7.org/fhir/"), ("fhir-r4b", "http://terminology.hl7.org/CodeSystem/")):
        phase = study(trial, target)["phase"]
        assert phase["text"] == text
        expected = [{"system": system + "research-study-phase", "code": code}] if code else None
        assert phase.get("coding") == expected


def test_export_fhir_design_has_the_terms_of_its_words() -> None:
    design = Design(
        study_type="interventional",
        allocation="Non-randomised trial",
        masking="Double (Participant, Outcomes Assessor)",
        intervention_model="Crossover Assignment",
        purpose="Supportive Care",
    )
    made = study(bare(design=design), "fhir-r5")
    codes = [coding["code"] for each in made["studyDesign"] for coding in each.get("coding", [])]
    assert codes == ["SEVCO:01001", "SEVCO:01005", "SEVCO:01060", "SEVCO:01062", "SEVCO:01012"]
    assert made["primaryPurposeType"]["coding"][0]["code"] == "supportive-care"


@pytest.mark.parametrize("masking", ["None (Open Label)", "Open (masking not used)", "Not blinded"])
def test_export_fhir_open_studies_blind_nobody(masking: str) -> None:
    made = study(bare(design=Design(masking=masking)), "fhir-r5")
    assert made["studyDesign"] == [{"text": f"Masking: {masking}"}]


def test_export_fhir_dates_are_as_exact_as_the_page() -> None:
    timeline = [
        TimelineEvent(event="start", label="Study start", date=a_day("2020-03"), kind="actual"),
        TimelineEvent(event="completion", label="Study completion", date=a_day("2024"), kind="anticipated"),
        TimelineEvent(event="registered", label="Registered on", date=a_day("2020-01-05")),
        TimelineEvent(event="ethics_approval", label="Approved", date=a_day("2019-12-24")),
    ]
    made = study(bare(timeline=timeline), "fhir-r5")
    overall = {"system": "http://hl7.org/fhir/research-study-status", "code": "overall-study"}
    approved = {"system": "http://hl7.org/fhir/research-study-status", "code": "approved"}
    assert made["period"] == {"start": "2020-03", "end": "2024"}
    assert made["progressStatus"] == [
        {"state": {"coding": [overall], "text": "Study start"}, "actual": True, "period": {"start": "2020-03"}},
        {"state": {"coding": [overall], "text": "Study completion"}, "actual": False, "period": {"end": "2024"}},
        {"state": {"coding": [approved], "text": "Approved"}, "period": {"start": "2019-12-24"}},
    ]
    assert made["extension"] == [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/researchStudy-studyRegistration",
            "extension": [
                {"url": "activity", "valueCodeableConcept": {"text": "Registered on"}},
                {"url": "period", "valuePeriod": {"start": "2020-01-05", "end": "2020-01-05"}},
            ],
        }
    ]


def test_export_fhir_completion_before_start_makes_no_impossible_period() -> None:
    timeline = [
        TimelineEvent(event="start", label="Start", date=a_day("2021-05-01")),
        TimelineEvent(event="completion", label="End", date=a_day("2020-05-01")),
    ]
    made = study(bare(timeline=timeline), "fhir-r5")
    assert made["period"] == {"start": "2021-05-01"}
    assert [step["period"] for step in made["progressStatus"]] == [{"start": "2021-05-01"}, {"end": "2020-05-01"}]


def test_export_fhir_arms_interventions_and_outcomes() -> None:
    trial = bare(
        identifiers=[Identifier(scheme="nct", value="NCT01234567", raw="NCT01234567", role="primary")],
        design=Design(arms=[Arm(label="Tea", kind="Experimental", description="Two cups"), Arm(label="Water")]),
        interventions=[Intervention(type="drug", name="Green tea", description="hot", arms=["Tea"])],
        outcomes=[Outcome(measure="Calm", rank="primary", method="Scale", time_frame="1 week")],
    )
    made = study(trial, "fhir-r5")
    exposure = next(each for each in resources(trial, "fhir-r5", "EvidenceVariable") if each["id"].endswith("tion-1"))
    entries = parser.export(trial, "fhir-r5").document["entry"]
    link = next(entry["fullUrl"] for entry in entries if entry["resource"] == exposure)
    arm = {"system": "http://hl7.org/fhir/research-study-arm-type", "code": "experimental"}
    rank = {"system": "http://hl7.org/fhir/research-study-objective-type", "code": "primary"}
    assert exposure["id"] == "NCT01234567-intervention-1"
    assert exposure["title"] == "Green tea"
    assert exposure["description"] == "hot"
    assert made["comparisonGroup"] == [
        {
            "name": "Tea",
            "type": {"coding": [arm], "text": "Experimental"},
            "description": "Two cups",
            "intendedExposure": [{"reference": link}],
        },
        {"name": "Water"},
    ]
    assert made["focus"] == [{"concept": {"text": "Green tea"}, "reference": {"reference": link}}]
    outcome = {"name": "Calm", "type": [{"coding": [rank]}], "description": "Scale\n\nTime frame: 1 week"}
    assert made["outcomeMeasure"] == [outcome]


def test_export_fhir_parties_are_resources_once_each() -> None:
    trial = bare(
        sponsor=Sponsor(name="Tea House", sponsor_class="industry", about="Since 1900"),
        contacts=[
            Contact(name="Ann Leaf", role="Principal Investigator", affiliation="Tea House", email="ann@tea.example"),
            Contact(email="desk@tea.example"),
        ],
        locations=[Location(raw="Tea House, Ceylon", facility="Tea House", country="Sri Lanka", country_code="LK")],
    )
    made = study(trial, "fhir-r5")
    roles = [party["role"]["coding"][0]["code"] for party in made["associatedParty"]]
    assert roles == ["lead-sponsor", "primary-investigator", "general-contact"]
    assert len(resources(trial, "fhir-r5", "Organization")) == 1
    assert resources(trial, "fhir-r5", "Practitioner")[0]["name"] == [{"text": "Ann Leaf"}]
    (site,) = resources(trial, "fhir-r5", "Location")
    assert site["name"] == "Tea House"
    assert site["address"] == {"text": "Tea House, Ceylon", "country": "LK"}
    older = study(trial, "fhir-r4b")
    assert older["principalInvestigator"]["display"] == "Ann Leaf"
    assert older["contact"] == [{"telecom": [{"system": "email", "value": "desk@tea.example"}]}]
    assert older["sponsor"]["display"] == "Tea House"


def test_export_fhir_an_organisation_that_is_reached_twice_keeps_both_ways() -> None:
    trial = bare(
        sponsor=Sponsor(name="Tea House", about="Since 1900", funders=[Organization(name="Milk Board")]),
        contacts=[
            Contact(affiliation="Tea House", phone="1"),
            Contact(affiliation="Tea House", email="desk@tea.example"),
        ],
    )
    house, board = resources(trial, "fhir-r5", "Organization")
    assert (house["name"], house["description"], board["name"]) == ("Tea House", "Since 1900", "Milk Board")
    assert [point["telecom"][0]["value"] for point in house["contact"]] == ["1", "desk@tea.example"]


def test_export_fhir_enrolment_stands_where_each_release_has_it() -> None:
    trial = bare(design=Design(enrolment=Enrolment(target=120, actual=98)), eligibility=Eligibility(text="Adults"))
    recruitment = study(trial, "fhir-r5")["recruitment"]
    assert (recruitment["targetNumber"], recruitment["actualNumber"]) == (120, 98)
    groups = {each["id"].rpartition("-")[2]: each for each in resources(trial, "fhir-r4b", "Group")}
    assert (groups["eligibility"]["quantity"], groups["eligibility"]["actual"]) == (120, False)
    assert (groups["enrolled"]["quantity"], groups["enrolled"]["actual"]) == (98, True)
    assert len(study(trial, "fhir-r4b")["enrollment"]) == 2


@pytest.mark.parametrize(
    ("number", "expected"),
    [("CTRI/2020/04/024772", "CTRI-2020-04-024772"), ("№ 5/x", "5-x"), ("A" * 99, "A" * 32)],
)
def test_export_fhir_ids_are_legal(number: str, expected: str) -> None:
    trial = bare(identifiers=[Identifier(scheme="other", value=number, raw=number, role="primary")])
    assert study(trial, "fhir-r5")["id"] == expected


def test_export_fhir_id_of_a_trial_without_a_number_is_of_its_source() -> None:
    assert re.fullmatch(r"trial-[0-9a-f]{16}", study(bare(), "fhir-r5")["id"])


def test_export_fhir_many_trials_make_one_bundle_even_twice_the_same() -> None:
    trial = sample_trial()
    document = parser.export(trial, "fhir-r5").document
    stream = io.BytesIO()
    find_target("fhir-r5").write([document, document, document], stream)
    bundle = json.loads(stream.getvalue())
    assert len(bundle["entry"]) == 3 * len(document["entry"])
    validate(bundle, "fhir-r5")


def test_export_fhir_no_trials_make_an_empty_bundle() -> None:
    stream = io.BytesIO()
    find_target("fhir-r4b").write([], stream)
    assert json.loads(stream.getvalue())["entry"] == []


def test_export_fhir_control_characters_are_left_out_and_named() -> None:
    trial = bare(title="Tea\x0b study", keywords=["\x01"])
    sent = parser.export(trial, "fhir-r5")
    assert study(trial, "fhir-r5")["title"] == "Tea study"
    lost = {(loss.pointer, loss.reason) for loss in sent.losses}
    assert lost == {("/title", "characters"), ("/keywords/0", "characters")}


def test_export_fhir_codes_have_no_blanks_that_fhir_forbids() -> None:
    codes = [Code(system="ICD-10", code=" C 80\n"), Code(system="Tea Board", code="7", display="Green")]
    made = study(bare(conditions=[Concept(text="thirst", codes=codes)]), "fhir-r5")
    assert made["condition"][0]["coding"] == [
        {"system": "http://hl7.org/fhir/sid/icd-10", "code": "C 80"},
        {"code": "7", "display": "Tea Board 7: Green"},
    ]


# --- eligibility ------------------------------------------------------------------------------------------------------


def test_export_fhir_registry_limits_are_characteristics_of_their_own() -> None:
    eligibility = Eligibility(sex="female", age=Range(low=18, ucum="a"), healthy_volunteers=False)
    (variable,) = resources(bare(eligibility=eligibility), "fhir-r5", "EvidenceVariable")
    assert [each["linkId"] for each in variable["characteristic"]] == ["sex", "age"]
    years = {"value": 18, "comparator": ">=", "unit": "years", "system": "http://unitsofmeasure.org", "code": "a"}
    assert variable["characteristic"][1]["definitionByTypeAndValue"]["valueQuantity"] == years
    assert variable["note"] == [{"text": "Healthy volunteers: no"}]


def test_export_fhir_a_head_without_rules_keeps_the_words_below_it() -> None:
    nested = [
        Criterion(id=f"exclusion.1.{at}", kind="exclusion", text=text, span=(0, 1))
        for at, text in ((1, "tea"), (2, "coffee"))
    ]
    head = Criterion(id="exclusion.1", kind="exclusion", text="Use of:", span=(0, 1), criteria=nested)
    trial = bare(eligibility=Eligibility(text="Use of:\ntea\ncoffee", criteria=[head]))
    (variable,) = resources(trial, "fhir-r5", "EvidenceVariable")
    words = "Use of:\n- tea\n- coffee"
    assert variable["characteristic"] == [{"linkId": "exclusion.1", "description": words, "exclude": True}]
    (group,) = resources(trial, "fhir-r5-group", "Group")
    assert group["characteristic"] == [{"code": {"text": words}, "valueBoolean": True, "exclude": True}]


def _group(kind: Any, rule: dict[str, Any], text: str = "the words") -> tuple[list[dict[str, Any]], list[list[Any]]]:
    criterion = Criterion.model_validate({"id": f"{kind}.1", "kind": kind, "text": text, "span": (0, 1), "rule": rule})
    trial = bare(eligibility=Eligibility(text=text, criteria=[criterion]))
    sent = parser.export(trial, "fhir-r4b")
    (group,) = resources(trial, "fhir-r4b", "Group")
    return group["characteristic"], [[loss.pointer.rpartition("0/")[2], loss.reason] for loss in sent.losses]


def _condition(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": "condition", "concept": {"text": name}, **fields}


def _is(name: str, exclude: bool) -> dict[str, Any]:
    kind = {"coding": [{"system": "http://hl7.org/fhir/resource-types", "code": "Condition"}], "text": "condition"}
    return {"code": kind, "valueCodeableConcept": {"text": name}, "exclude": exclude}


TEA_OR_MILK = [_condition("tea"), _condition("milk")]


@pytest.mark.parametrize(
    ("kind", "rule", "expected"),
    [
        ("inclusion", {"type": "all_of", "rules": TEA_OR_MILK}, [_is("tea", False), _is("milk", False)]),
        ("exclusion", {"type": "any_of", "rules": TEA_OR_MILK}, [_is("tea", True), _is("milk", True)]),
        (
            "inclusion",
            {"type": "not", "rule": {"type": "any_of", "rules": TEA_OR_MILK}},
            [_is("tea", True), _is("milk", True)],
        ),
        (
            "exclusion",
            {"type": "not", "rule": {"type": "all_of", "rules": TEA_OR_MILK}},
            [_is("tea", False), _is("milk", False)],
        ),
        ("exclusion", {"type": "not", "rule": _condition("tea")}, [_is("tea", False)]),
    ],
)
def test_export_fhir_group_splits_what_and_can_say(kind: Any, rule: dict[str, Any], expected: list[Any]) -> None:
    assert _group(kind, rule) == (expected, [])


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("inclusion", {"type": "any_of", "rules": TEA_OR_MILK}),
        ("exclusion", {"type": "all_of", "rules": TEA_OR_MILK}),
        ("exclusion", {"type": "any_of", "at_least": 2, "rules": [*TEA_OR_MILK, _condition("rum")]}),
    ],
)
def test_export_fhir_group_keeps_the_opposite_in_words(kind: Any, rule: dict[str, Any]) -> None:
    words = {"code": {"text": "the words"}, "valueBoolean": True, "exclude": kind == "exclusion"}
    assert _group(kind, rule) == ([words], [["rule", "rule_as_text"]])


def test_export_fhir_group_keeps_an_alternative_among_others_in_our_words() -> None:
    rule = {"type": "all_of", "rules": [_condition("rum"), {"type": "any_of", "rules": TEA_OR_MILK}]}
    words = {"code": {"text": "either tea or milk"}, "valueBoolean": True, "exclude": False}
    assert _group("inclusion", rule) == ([_is("rum", False), words], [["rule/rules/1", "rule_as_text"]])


def test_export_fhir_group_gives_no_code_for_more_than_the_criterion_says() -> None:
    """Malignancy within five years, as a code, would keep out everybody who ever had one."""
    coded = {"text": "malignancy", "codes": [{"system": "ICD-10", "code": "C80"}]}
    rule = {"type": "condition", "concept": coded, "when": [{"relation": "before", "max": "P5Y"}]}
    characteristics, losses = _group("exclusion", rule)
    words = "malignancy, within the past 5 years"
    assert characteristics == [{"code": {"text": words}, "valueBoolean": True, "exclude": True}]
    assert losses == [["rule/when", "folded"]]


def test_export_fhir_group_keeps_bounds_whose_window_is_in_words() -> None:
    loinc = {"system": "LOINC", "code": "777-3"}
    rule = {
        "type": "measurement",
        "concept": {"text": "platelets", "codes": [loinc]},
        "range": {"low": 100, "unit": "x 10^9/L", "ucum": "10*9/L"},
        "when": [{"relation": "before", "max": "P14D", "anchor": "randomization"}],
    }
    ((characteristic,), losses) = _group("inclusion", rule)
    assert characteristic["code"]["coding"] == [{"system": "http://loinc.org", "code": "777-3"}]
    assert characteristic["code"]["text"].endswith("platelets, within 14 days before randomization")
    assert characteristic["valueQuantity"]["comparator"] == ">="
    assert losses == [["rule/when", "folded"]]


def test_export_fhir_group_takes_bounds_apart_where_both_must_hold() -> None:
    potassium = {
        "type": "measurement",
        "concept": {"text": "potassium"},
        "range": {"low": 3.5, "low_inclusive": False, "high": 5.5, "high_inclusive": False, "ucum": "mmol/L"},
    }
    inside, _ = _group("inclusion", potassium)
    assert [each["valueQuantity"]["comparator"] for each in inside] == [">", "<"]
    outside, losses = _group("exclusion", potassium)
    assert [each["code"]["text"] for each in outside] == ["potassium > 3.5 and < 5.5 mmol/L"]
    assert losses == [["rule", "rule_as_text"]]
