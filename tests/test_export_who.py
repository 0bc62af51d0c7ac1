"""WHO's interchange XML: what stands where, by the registers' own files and the 24 items of the data set."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from lxml import etree

import parser
from parser.export import who
from parser.export.who_terms import STATUSES
from parser.models import Contact, Eligibility, Range, Trial
from parser.models.trial import (
    Enrolment,
    Ethics,
    Identifier,
    Intervention,
    IpdSharing,
    LabelledValue,
    Location,
    Outcome,
    Status,
    StatusValue,
)
from parser.models.values import Code, Concept
from tests.sample_trial import sample_trial
from tests.whole_trial import event, whole


def element(trial: Trial) -> Any:
    """The exported trial, read with no reader of ours."""
    root = etree.fromstring(parser.export(trial, "who-xml").to_bytes())
    assert root.tag == "trials"
    assert [child.tag for child in root] == ["trial"]
    return root[0]


def losses(trial: Trial) -> dict[str, tuple[str, str | None]]:
    return {loss.pointer: (loss.reason, loss.written) for loss in parser.export(trial, "who-xml").losses}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main/trial_id", "ISRCTN48231507"),
        ("main/reg_name", "ISRCTN"),
        ("main/date_registration", "10/01/2024"),
        ("main/primary_sponsor", "Orla Hospital"),
        ("main/public_title", "Tea for nurses"),
        ("main/scientific_title", "Green tea and alertness on night shifts"),
        ("main/date_enrolment", "01/02/2024"),
        ("main/target_size", "120"),
        ("main/recruitment_status", "Recruiting"),
        ("main/study_type", "Interventional"),
        ("main/phase", "N/A"),
        ("main/hc_freetext", "Sleepiness"),
        ("main/i_freetext", "Green tea"),
        ("main/results_date_completed", "06/2025"),
        ("main/results_IPD_plan", "No"),
        ("contacts/contact[1]/type", "public"),
        ("contacts/contact[1]/email", "maeve@orla.example"),
        ("contacts/contact[2]/type", "scientific"),
        ("contacts/contact[2]/lastname", "Finn Daly"),
        ("countries/country2", "Ireland"),
        ("criteria/inclusion_criteria", "Inclusion Criteria:\n- Nurses"),
        ("criteria/exclusion_criteria", "Exclusion Criteria:\n- Pregnancy"),
        ("primary_outcome/prim_outcome", "Alertness [Time Frame: 8 hours]"),
        ("secondary_outcome/sec_outcome", "Mood"),
        ("secondary_sponsor/sponsor_name", "Galway University"),
        ("secondary_ids/secondary_id/sec_id", "TEA-4"),
        ("secondary_ids/secondary_id/issuing_authority", "Sponsor protocol code"),
        ("source_support/source_name", "Tea Board"),
        ("ethics_reviews/ethics_review/status", "Approved"),
        ("ethics_reviews/ethics_review/contact_name", "Galway ethics committee"),
    ],
)
def test_export_who_items_stand_in_their_elements(path: str, text: str) -> None:
    assert element(whole()).findtext(path) == text


def test_export_who_carries_all_24_items_of_a_whole_record() -> None:
    """What the checklist finds in the record, it finds in what comes back."""
    read = parser.parse(parser.export(whole(), "who-xml").to_bytes(), rules=False)
    absent = {item.number: item.state for item in parser.check(read).items if item.state != "present"}
    # The format has no element that says that there are no results.
    assert absent == {23: "none"}


def test_export_who_names_exactly_what_it_cannot_carry() -> None:
    assert losses(whole()) == {
        "/timeline/2/kind": ("no_place", None),
        "/ethics/0/committee": ("folded", "contact_name: Galway ethics committee"),
        "/results": ("no_place", None),
    }


@pytest.mark.parametrize("value", STATUSES)
def test_export_who_statuses_are_the_five_of_the_data_set(value: StatusValue) -> None:
    trial = whole().model_copy(update={"status": Status(value=value, raw=value)})
    written = element(trial).findtext("main/recruitment_status")
    assert written in {"Pending", "Recruiting", "Suspended", "Complete", "Other"}
    same = parser.parse(parser.export(trial, "who-xml").to_bytes(), rules=False).status.value == value
    assert ("/status/value" not in losses(trial)) == same
    if not same:
        assert losses(trial)["/status/value"] == ("narrowed", written)


@pytest.mark.parametrize(
    ("age", "low", "high"),
    [
        (Range(low=18, ucum="a"), "18 Years", None),
        (Range(low=6, high=204, ucum="mo"), "6 Months", "204 Months"),
        (Range(low=18, low_inclusive=False, high=65, high_inclusive=False, ucum="a"), "> 18 Years", "< 65 Years"),
        (Range(high=28, ucum="d"), None, "28 Days"),
    ],
)
def test_export_who_ages_come_back(age: Range, low: str | None, high: str | None) -> None:
    trial = whole()
    trial.eligibility.age = age
    assert (element(trial).findtext("criteria/agemin") or None) == low
    assert (element(trial).findtext("criteria/agemax") or None) == high
    assert not [pointer for pointer in losses(trial) if pointer.startswith("/eligibility")]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([Intervention(name="Tea", type="drug"), Intervention(name="Water", type="other")], "Drug: Tea;Other: Water"),
        ([Intervention(name="Tea"), Intervention(name="Water")], ";Tea;Water"),
        (
            [Intervention(name="Tea", description="3 cups"), Intervention(name="Water", role="control")],
            "Intervention1: Tea: 3 cups\nControl Intervention2: Water",
        ),
    ],
)
def test_export_who_interventions_come_back(given: list[Intervention], text: str) -> None:
    trial = whole().model_copy(update={"interventions": given})
    assert element(trial).findtext("main/i_freetext") == text
    read = parser.parse(parser.export(trial, "who-xml").to_bytes(), rules=False)
    assert [one.model_dump() for one in read.interventions] == [one.model_dump() for one in given]


@pytest.mark.parametrize(
    ("change", "pointer", "loss"),
    [
        ({"conditions": [Concept(text="Sleepiness", codes=[Code(system="ICD-10", code="G47.1")])]},
         "/conditions/0/codes/0", ("folded", "hc_code: G47.1")),
        ({"countries": [], "locations": [Location(raw="Galway, Ireland", city="Galway", country="Ireland")]},
         "/locations", ("folded", "countries: Ireland")),
        ({"timeline": [event("first_submitted", "2024-01-05")]},
         "/timeline/0", ("folded", "date_registration: 05/01/2024")),
        ({"timeline": [event("updated", "2024-01-05")]}, "/timeline", ("no_place", None)),
        ({"extra": [LabelledValue(label="Cups", value="12")]}, "/extra", ("no_place", None)),
        ({"outcomes": [Outcome(measure="Sleep", rank="other")]}, "/outcomes/0/rank", ("narrowed", "secondary")),
        ({"contacts": [Contact(name="Ada", role="tea taster", email="a@b.example")]},
         "/contacts/0/role", ("narrowed", "public")),
        ({"ipd_sharing": IpdSharing(plan="yes", raw="Yes", access="On request")},
         "/ipd_sharing/access", ("folded", "results_IPD_description: On request")),
        ({"title": "Tea\x01 for nurses"}, "/title", ("characters", "Tea for nurses")),
        ({"title": "N/A"}, "/title", ("no_place", None)),
    ],
)  # fmt: skip
def test_export_who_losses(change: dict[str, Any], pointer: str, loss: tuple[str, str | None]) -> None:
    assert losses(whole().model_copy(update=change))[pointer] == loss


def test_export_who_enrolment_that_was_reached_is_a_result() -> None:
    trial = whole()
    assert trial.design is not None
    trial.design.enrolment = Enrolment(actual=118)
    assert element(trial).findtext("main/results_actual_enrolment") == "118"
    assert losses(trial)["/design/enrolment/actual"] == ("folded", "results_actual_enrolment: 118")


def test_export_who_text_is_escaped_and_keeps_its_lines() -> None:
    trial = whole().model_copy(update={"title": "Tea < coffee & \"water\" 'cold' ]]>"})
    trial.eligibility = parser.parse_eligibility("Age > 18\n  - a & b\n\n<b>not markup</b>", rules=False)
    read = parser.parse(parser.export(trial, "who-xml").to_bytes(), rules=False)
    assert read.title == trial.title
    assert element(trial).findtext("criteria/inclusion_criteria") == trial.eligibility.text


def test_export_who_numbers_of_two_kinds() -> None:
    numbers = [
        Identifier(scheme="utn", value="U1111-1222-3334", raw="U1111-1222-3334", role="secondary"),
        Identifier(scheme="eudract", value="2021-000417-21", raw="2021-000417-21", role="secondary"),
    ]
    trial = whole().model_copy(update={"identifiers": [*whole().identifiers[:1], *numbers]})
    assert element(trial).findtext("main/utrn") == "U1111-1222-3334"
    assert element(trial).findtext("secondary_ids/secondary_id/issuing_authority") == "EU Clinical Trials Register"
    assert not [pointer for pointer in losses(trial) if pointer.startswith("/identifiers")]


def test_export_who_ethics_review_comes_back() -> None:
    review = Ethics(status="Approved", approved=event("start", "2024-01-20").date, contact=Contact(name="Liu Qing"))
    trial = whole().model_copy(update={"ethics": [review]})
    assert element(trial).findtext("ethics_reviews/ethics_review/approval_date") == "20/01/2024"
    assert not [pointer for pointer in losses(trial) if pointer.startswith("/ethics")]


def test_export_who_criteria_that_are_not_one_half_after_the_other_stay_whole() -> None:
    trial = whole()
    text = "Inclusion Criteria:\n- Nurses\nExclusion Criteria:\n- Pregnancy\nInclusion Criteria, part B:\n- Doctors"
    trial.eligibility = parser.parse_eligibility(text, rules=False)
    assert element(trial).findtext("criteria/inclusion_criteria") == text
    assert not element(trial).findtext("criteria/exclusion_criteria")


def test_export_who_the_outline_is_the_same_after_the_round_trip() -> None:
    trial = whole()
    read = parser.parse(parser.export(trial, "who-xml").to_bytes(), rules=False)

    def outline(eligibility: Eligibility) -> list[tuple[str, str]]:
        return [(criterion.id, criterion.text) for criterion in eligibility.walk()]

    assert outline(read.eligibility) == outline(trial.eligibility)


def test_export_who_many_trials_are_one_file() -> None:
    documents = [who.convert(whole())[0] for _ in range(3)]
    stream = BytesIO()
    who.write(documents, stream)
    assert len(list(parser.parse_records(stream.getvalue(), rules=False))) == 3


def test_export_who_rules_are_named_with_the_words_that_stand_for_them() -> None:
    trial = sample_trial()
    assert losses(trial)["/eligibility/criteria"] == ("rule_as_text", trial.eligibility.text)
