"""JSON in the shape of ClinicalTrials.gov's API v2: paths and codes by the API's study data structure."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import parser
from parser.export import ctgov
from parser.export.ctgov_terms import code_of, written_code
from parser.models import Contact, Range, Trial
from parser.models.eligibility import Part
from parser.models.trial import (
    Arm,
    Design,
    Enrolment,
    Identifier,
    Intervention,
    Location,
    Organization,
    Outcome,
    Publication,
    Sponsor,
    Status,
    StatusValue,
)
from parser.models.values import Code, Concept
from tests.fixture_trials import fixture_trials
from tests.whole_trial import event, whole

#: The API's enumerations (https://clinicaltrials.gov/data-api/about-api/study-data-structure), by field.
ENUMERATIONS = {
    "overallStatus": """ACTIVE_NOT_RECRUITING COMPLETED ENROLLING_BY_INVITATION NOT_YET_RECRUITING RECRUITING SUSPENDED
        TERMINATED WITHDRAWN AVAILABLE NO_LONGER_AVAILABLE TEMPORARILY_NOT_AVAILABLE APPROVED_FOR_MARKETING WITHHELD
        UNKNOWN""",
    "studyType": "EXPANDED_ACCESS INTERVENTIONAL OBSERVATIONAL",
    "phases": "NA EARLY_PHASE1 PHASE1 PHASE2 PHASE3 PHASE4",
    "allocation": "RANDOMIZED NON_RANDOMIZED NA",
    "interventionModel": "SINGLE_GROUP PARALLEL CROSSOVER FACTORIAL SEQUENTIAL",
    "primaryPurpose": """TREATMENT PREVENTION DIAGNOSTIC ECT SUPPORTIVE_CARE SCREENING HEALTH_SERVICES_RESEARCH
        BASIC_SCIENCE DEVICE_FEASIBILITY OTHER""",
    "observationalModel": """COHORT CASE_CONTROL CASE_ONLY CASE_CROSSOVER ECOLOGIC_OR_COMMUNITY FAMILY_BASED
        DEFINED_POPULATION NATURAL_HISTORY OTHER""",
    "timePerspective": "RETROSPECTIVE PROSPECTIVE CROSS_SECTIONAL OTHER",
    "masking": "NONE SINGLE DOUBLE TRIPLE QUADRUPLE",
    "whoMasked": "PARTICIPANT CARE_PROVIDER INVESTIGATOR OUTCOMES_ASSESSOR",
    "sex": "FEMALE MALE ALL",
    "stdAges": "CHILD ADULT OLDER_ADULT",
    "samplingMethod": "PROBABILITY_SAMPLE NON_PROBABILITY_SAMPLE",
    "ipdSharing": "YES NO UNDECIDED",
    "class": "NIH FED OTHER_GOV INDIV INDUSTRY NETWORK AMBIG OTHER UNKNOWN",
}
TYPES = {
    "armGroups": "EXPERIMENTAL ACTIVE_COMPARATOR PLACEBO_COMPARATOR SHAM_COMPARATOR NO_INTERVENTION OTHER",
    "interventions": """BEHAVIORAL BIOLOGICAL COMBINATION_PRODUCT DEVICE DIAGNOSTIC_TEST DIETARY_SUPPLEMENT DRUG GENETIC
        PROCEDURE RADIATION OTHER""",
    "secondaryIdInfos": """NIH FDA VA CDC AHRQ SAMHSA OTHER_GRANT EUDRACT_NUMBER CTIS REGISTRY OTHER""",
    "references": "BACKGROUND RESULT DERIVED",
    "DateStruct": "ACTUAL ESTIMATED",
    "enrollmentInfo": "ACTUAL ESTIMATED",
    "responsibleParty": "SPONSOR PRINCIPAL_INVESTIGATOR SPONSOR_INVESTIGATOR",
}


def study(trial: Trial) -> dict[str, Any]:
    sections: dict[str, Any] = json.loads(parser.export(trial, "ctgov-json").to_bytes())["protocolSection"]
    return sections


def losses(trial: Trial) -> dict[str, tuple[str, str | None]]:
    return {loss.pointer: (loss.reason, loss.written) for loss in parser.export(trial, "ctgov-json").losses}


def at(tree: Any, path: str) -> Any:
    for step in path.split("/"):
        tree = tree[int(step)] if step.isdigit() else tree[step]
    return tree


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("identificationModule/nctId", "ISRCTN48231507"),
        ("identificationModule/orgStudyIdInfo/id", "TEA-4"),
        ("identificationModule/briefTitle", "Tea for nurses"),
        ("identificationModule/officialTitle", "Green tea and alertness on night shifts"),
        ("statusModule/overallStatus", "RECRUITING"),
        ("statusModule/startDateStruct/date", "2024-02-01"),
        ("statusModule/completionDateStruct", {"date": "2025-06", "type": "ESTIMATED"}),
        ("statusModule/studyFirstPostDateStruct/date", "2024-01-10"),
        ("sponsorCollaboratorsModule/leadSponsor/name", "Orla Hospital"),
        ("sponsorCollaboratorsModule/collaborators", [{"name": "Galway University"}, {"name": "Tea Board"}]),
        ("conditionsModule/conditions", ["Sleepiness"]),
        ("designModule/studyType", "INTERVENTIONAL"),
        ("designModule/phases", ["NA"]),
        ("designModule/enrollmentInfo", {"count": 120, "type": "ESTIMATED"}),
        ("armsInterventionsModule/interventions", [{"name": "Green tea"}]),
        ("outcomesModule/primaryOutcomes", [{"measure": "Alertness", "timeFrame": "8 hours"}]),
        ("outcomesModule/secondaryOutcomes", [{"measure": "Mood"}]),
        ("eligibilityModule/eligibilityCriteria", "Inclusion Criteria:\n- Nurses\nExclusion Criteria:\n- Pregnancy"),
        ("contactsLocationsModule/centralContacts/0/email", "maeve@orla.example"),
        ("contactsLocationsModule/locations", [{"country": "Ireland"}]),
        ("ipdSharingStatementModule/ipdSharing", "NO"),
    ],
)
def test_export_ctgov_fields_stand_where_the_api_has_them(path: str, value: Any) -> None:
    assert at(study(whole()), path) == value


def test_export_ctgov_names_exactly_what_it_cannot_carry() -> None:
    assert losses(whole()) == {
        "/contacts/0/role": ("narrowed", "CONTACT"),
        "/contacts/1/role": ("narrowed", "CONTACT"),
        "/ethics": ("no_place", None),
        "/sponsor/funders/0": ("folded", "collaborators: Tea Board"),
        "/sponsor/secondary/0": ("folded", "collaborators: Galway University"),
        "/timeline/0": ("folded", "studyFirstPostDateStruct: 2024-01-10"),
    }


@pytest.mark.parametrize("value", StatusValue.__args__)  # type: ignore[attr-defined]
def test_export_ctgov_statuses_are_the_api_s_and_others_are_losses(value: StatusValue) -> None:
    trial = whole().model_copy(update={"status": Status(value=value, raw=value)})
    code = study(trial)["statusModule"]["overallStatus"]
    assert code in ENUMERATIONS["overallStatus"].split()
    assert ("/status/value" in losses(trial)) == (value in ("ongoing_unclear", "not_authorised"))


@pytest.mark.parametrize(
    ("field", "words", "code"),
    [
        ("allocation", "Randomised", "RANDOMIZED"),
        ("allocation", "Non-randomized controlled trial", "NON_RANDOMIZED"),
        ("allocation", "By coin", None),
        ("intervention_model", "Parallel group", "PARALLEL"),
        ("intervention_model", "Single Group Assignment", "SINGLE_GROUP"),
        ("masking", "Open (masking not used)", "NONE"),
        ("masking", "None (Open Label)", "NONE"),
        ("purpose", "Educational/Counseling/Training", "ECT"),
        ("observational_model", "Case-Control", "CASE_CONTROL"),
        ("time_perspective", "cross-sectional", "CROSS_SECTIONAL"),
        ("arm.kind", "Placebo Comparator", "PLACEBO_COMPARATOR"),
        ("intervention.type", "Treatment: drugs", "DRUG"),
    ],
)
def test_export_ctgov_words_become_codes_where_they_mean_one(field: str, words: str, code: str | None) -> None:
    assert code_of(field, words) == code


@pytest.mark.parametrize(
    ("words", "code"), [("Single Group Assignment", "SINGLE_GROUP"), ("Other Gov", "OTHER_GOV"), ("By coin", "By coin")]
)
def test_export_ctgov_words_of_the_registry_become_their_codes_again(words: str, code: str) -> None:
    assert written_code(words) == code


def test_export_ctgov_design_in_words_that_are_no_code_stands_in_a_description() -> None:
    design = Design(study_type="observational", allocation="By coin", masking="Half open", purpose="Treatment")
    trial = whole().model_copy(update={"design": design})
    written = study(trial)["designModule"]["designInfo"]
    assert written["interventionModelDescription"] == "Allocation: By coin"
    assert written["maskingInfo"] == {"maskingDescription": "Half open"}
    assert written["primaryPurpose"] == "TREATMENT"
    found = losses(trial)
    assert found["/design/allocation"] == ("folded", "interventionModelDescription: By coin")
    assert found["/design/masking"] == ("folded", "maskingDescription: Half open")
    assert "/design/purpose" not in found


@pytest.mark.parametrize(
    ("words", "info"),
    [
        ("Double (Participant, Outcomes Assessor)",
         {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"]}),
        ("None (Open Label)", {"masking": "NONE"}),
        ("Single blind", {"masking": "SINGLE"}),
    ],
)  # fmt: skip
def test_export_ctgov_masking(words: str, info: dict[str, Any]) -> None:
    trial = whole().model_copy(update={"design": Design(masking=words)})
    assert study(trial)["designModule"]["designInfo"]["maskingInfo"] == info


def test_export_ctgov_halves_in_fields_of_their_own_get_headings() -> None:
    trial = whole()
    trial.eligibility = parser.parse_eligibility("Nurses\n\nPregnancy", rules=False)
    trial.eligibility.parts = [
        Part(kind="inclusion", span=(0, 6), path="/i"),
        Part(kind="exclusion", span=(8, 17), path="/e"),
    ]
    text = study(trial)["eligibilityModule"]["eligibilityCriteria"]
    assert text == "Inclusion Criteria:\n\nNurses\n\nExclusion Criteria:\n\nPregnancy"
    assert losses(trial)["/eligibility/text"][0] == "headed"
    read = parser.parse(parser.export(trial, "ctgov-json").to_bytes(), rules=False)
    assert [one.kind for one in read.eligibility.criteria] == ["inclusion", "exclusion"]


def test_export_ctgov_text_is_read_as_it_was_written() -> None:
    trial = whole()
    trial.eligibility = parser.parse_eligibility("Inclusion Criteria:\n- a \\\\< b\n- 2 * 3 < 7 & x^2 > 1", rules=False)
    read = parser.parse(parser.export(trial, "ctgov-json").to_bytes(), rules=False)
    assert read.eligibility.text == trial.eligibility.text


def test_export_ctgov_a_year_alone_is_no_date_of_the_api() -> None:
    trial = whole().model_copy(update={"timeline": [event("start", "2024")]})
    assert "startDateStruct" not in study(trial)["statusModule"]
    assert losses(trial)["/timeline/0/date"] == ("precision", None)


def test_export_ctgov_people_places_and_papers_come_back() -> None:
    trial = whole().model_copy(
        update={
            "contacts": [
                Contact(name="Maeve Tully", role="Contact", email="maeve@orla.example", phone="+353 91 555 0199"),
                Contact(name="Finn Daly", role="Principal Investigator", affiliation="Orla Hospital"),
            ],
            "countries": [],
            "locations": [
                Location(
                    raw="Orla Hospital, Galway, H91 0000, Ireland",
                    facility="Orla Hospital",
                    city="Galway",
                    country="Ireland",
                    country_code="IE",
                    status=Status(value="recruiting", raw="RECRUITING"),
                    contact=Contact(name="Una Shea", phone="+353 91 555 0100"),
                )
            ],
            "publications": [
                Publication(pmid="12345", citation="Tully M. Tea. 2020.", type="background"),
                Publication(citation="The trial's site", url="https://tea.example"),
            ],
        }
    )
    sections = study(trial)["contactsLocationsModule"]
    assert sections["overallOfficials"] == [
        {"name": "Finn Daly", "affiliation": "Orla Hospital", "role": "PRINCIPAL_INVESTIGATOR"}
    ]
    assert sections["locations"][0]["zip"] == "H91 0000"
    assert not [p for p in losses(trial) if p.startswith(("/contacts", "/locations", "/publications"))]


def test_export_ctgov_codes_of_mesh_stand_in_the_derived_section() -> None:
    mesh = Code(system="MeSH", code="D012893", display="Sleep Wake Disorders")
    trial = whole().model_copy(update={"conditions": [Concept(text="Sleepiness", codes=[mesh])]})
    document = parser.export(trial, "ctgov-json").document
    assert document["derivedSection"]["conditionBrowseModule"]["meshes"] == [
        {"id": "D012893", "term": "Sleep Wake Disorders"}
    ]
    assert "/conditions/0/codes" not in losses(trial)


@pytest.mark.parametrize("name", ["study_v2.json", "study_v1.json", "study_legacy.xml"])
def test_export_ctgov_studies_of_the_registry_itself_lose_next_to_nothing(name: str, fixtures: Path) -> None:
    """Only what the API's second generation has no field for, or calls by another name."""
    trial = parser.parse_file(fixtures / "ctgov" / "sources" / name, rules=False)
    kinds = {(loss.pointer.split("/")[1], loss.reason) for loss in parser.export(trial, "ctgov-json").losses}
    no_field = {("source", "no_place"), ("extra", "no_place"), ("timeline", "no_place")}
    other_name = {
        ("status", "reworded"),
        ("timeline", "reworded"),
        ("timeline", "layout"),
        ("extra", "reworded"),
        ("extra", "layout"),
    }
    assert kinds <= (set() if name == "study_v2.json" else no_field | other_name)


def test_export_ctgov_every_code_is_one_of_the_api_s() -> None:
    for trial in fixture_trials():
        _check_codes(study(trial), "")


def _check_codes(tree: Any, holder: str) -> None:
    if isinstance(tree, list):
        for entry in tree:
            _check_codes(entry, holder)
    if not isinstance(tree, dict):
        return
    for name, value in tree.items():
        codes = ENUMERATIONS.get(name) if not isinstance(value, dict) else None
        if name == "type":
            codes = next((words for key, words in TYPES.items() if holder.endswith(key)), None)
        if codes is not None:
            assert set(value if isinstance(value, list) else [value]) <= set(codes.split()), (holder, name)
        _check_codes(value, name)


def test_export_ctgov_one_trial_is_a_study_and_several_are_a_list() -> None:
    documents = [ctgov.convert(whole())[0] for _ in range(2)]
    for count, read in ((1, "protocolSection"), (2, "studies")):
        stream = BytesIO()
        ctgov.write(documents[:count], stream)
        assert read in json.loads(stream.getvalue())
        assert len(list(parser.parse_records(stream.getvalue(), rules=False))) == count


@pytest.mark.parametrize(
    ("change", "pointer", "loss"),
    [
        ({"sponsor": Sponsor(name="Orla", sponsor_class="hospital")}, "/sponsor/sponsor_class", ("narrowed", "OTHER")),
        ({"design": Design(phases=["0"])}, "/design/phases/0", ("narrowed", "EARLY_PHASE1")),
        ({"design": Design(enrolment=Enrolment(target=9, actual=8))}, "/design/enrolment/target", ("no_place", None)),
        ({"design": Design(arms=[Arm(label="A", kind="Tea group")])}, "/design/arms/0/kind", ("no_place", None)),
        ({"interventions": [Intervention(name="Tea", role="control")]}, "/interventions/0/role", ("no_place", None)),
        ({"outcomes": [Outcome(measure="Sleep\nMood", rank="primary")]},
         "/outcomes/0/measure", ("layout", "Sleep Mood")),
        ({"identifiers": [Identifier(scheme="other", value="PER-1", raw="PER-1", role="primary")]},
         "/identifiers/0", ("folded", "nctId: PER-1")),
    ],
)  # fmt: skip
def test_export_ctgov_losses(change: dict[str, Any], pointer: str, loss: tuple[str, str | None]) -> None:
    found = losses(whole().model_copy(update=change))
    assert found.get(pointer, found.get(pointer.rpartition("/")[0])) == loss


def test_export_ctgov_ages_and_sex() -> None:
    trial = whole()
    trial.eligibility.age, trial.eligibility.sex = Range(low=18, high=65, ucum="a"), "female"
    written = study(trial)["eligibilityModule"]
    assert (written["minimumAge"], written["maximumAge"], written["sex"]) == ("18 Years", "65 Years", "FEMALE")


def test_export_ctgov_sponsors_are_named_once() -> None:
    sponsor = Sponsor(
        name="Orla", collaborators=[Organization(name="Tea Board")], funders=[Organization(name="Tea Board")]
    )
    trial = whole().model_copy(update={"sponsor": sponsor})
    assert study(trial)["sponsorCollaboratorsModule"]["collaborators"] == [{"name": "Tea Board"}]
