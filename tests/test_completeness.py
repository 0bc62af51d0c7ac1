"""The 24 items of WHO's Trial Registration Data Set, and what contradicts what."""

from __future__ import annotations

from typing import Any

import pytest

import parser
from parser.completeness.consistency import MESSAGES
from parser.completeness.items import ITEMS
from parser.models import Contact, Identifier, Range, Trial
from parser.models.trial import (
    Design,
    Enrolment,
    Outcome,
    Status,
    TimelineEvent,
)
from parser.models.values import Concept
from tests.fixture_trials import fixture_trials
from tests.whole_trial import event, whole


def states(trial: Trial) -> dict[int, str]:
    return {item.number: item.state for item in parser.check(trial).items}


def test_completeness_has_the_24_items_of_the_data_set() -> None:
    assert [item.number for item in ITEMS] == list(range(1, 25))


def test_completeness_of_a_whole_record() -> None:
    found = parser.check(whole())
    assert found.trial == "ISRCTN48231507"
    assert {item.number: item.state for item in found.items if item.state != "present"} == {}
    assert found.complete


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"identifiers": []}, 1),
        ({"timeline": []}, 2),
        ({"sponsor": None}, 5),
        ({"contacts": []}, 7),
        ({"title": None}, 9),
        ({"scientific_title": None}, 10),
        ({"countries": []}, 11),
        ({"conditions": []}, 12),
        ({"interventions": []}, 13),
        ({"design": None}, 17),
        ({"status": None}, 18),
        ({"outcomes": []}, 19),
        ({"ethics": []}, 21),
        ({"ipd_sharing": None}, 24),
    ],
)
def test_completeness_missing_items(change: dict[str, Any], number: int) -> None:
    found = parser.check(whole().model_copy(update=change))
    assert {item.number: item.state for item in found.items}[number] == "missing"
    assert not found.complete


@pytest.mark.parametrize(
    ("change", "number"), [({"identifiers": []}, 3), ({"sponsor": None}, 6), ({"results": None}, 23)]
)
def test_completeness_items_that_not_every_trial_has(change: dict[str, Any], number: int) -> None:
    assert states(whole().model_copy(update=change))[number] == "none"


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"title": "N/A"}, 9),
        ({"title": "xxx"}, 9),
        ({"scientific_title": "To be determined"}, 10),
        ({"conditions": [Concept(text="test")]}, 12),
        ({"title": None, "absent": {"/title": "explicit_not_reported"}}, 9),
        ({"timeline": [event("start", None)]}, 16),
        ({"design": Design(study_type="interventional", enrolment=Enrolment(target=0))}, 17),
        ({"status": Status(value="unknown", raw="?")}, 18),
        ({"contacts": [Contact(name="N/A", role="public")]}, 7),
        ({"identifiers": [Identifier(scheme="nct", value="NCT00000000", raw="NCT00000000", role="primary")]}, 1),
    ],
)
def test_completeness_placeholders(change: dict[str, Any], number: int) -> None:
    assert states(whole().model_copy(update=change))[number] == "placeholder"


@pytest.mark.parametrize(
    ("timeline", "number", "code"),
    [
        (["registered 2024-03-01", "start 2024-02-01"], 2, "retrospective_registration"),
        (["first_submitted 2024-03", "start 2024-02"], 2, "retrospective_registration"),
        (["completion 2023-12-31", "start 2024-02-01"], 22, "completion_before_start"),
        (["primary_completion 2026", "completion 2025-06"], 22, "primary_completion_after_completion"),
        (["ethics_approval 2024-03-01", "start 2024-02-01"], 21, "ethics_after_start"),
        (["results_posted 2020", "start 2024-02-01"], 23, "results_before_start"),
    ],
)
def test_completeness_dates_out_of_order(timeline: list[str], number: int, code: str) -> None:
    trial = whole().model_copy(update={"timeline": [event(*words.split()) for words in timeline]})
    item = parser.check(trial).items[number - 1]
    assert [finding.code for finding in item.findings] == [code]
    assert item.findings[0].pointers == ["/timeline/0/date", "/timeline/1/date"]
    assert item.state == "inconsistent"


@pytest.mark.parametrize(
    "timeline",
    [
        ["registered 2024-02-01", "start 2024-02-01"],
        # The day or month that is not known may be the later one.
        ["registered 2024-02-20", "start 2024-02"],
        ["completion 2024", "start 2024-02-01"],
        ["registered 2024-03-01"],
    ],
)
def test_completeness_dates_that_contradict_nothing(timeline: list[str]) -> None:
    trial = whole().model_copy(update={"timeline": [event(*words.split()) for words in timeline]})
    assert [finding for item in parser.check(trial).items for finding in item.findings] == []


@pytest.mark.parametrize(
    ("status", "timeline", "code"),
    [
        ("not_yet_recruiting", [event("start", "2024-02-01", kind="actual")], "status_before_start"),
        ("recruiting", [event("completion", "2024-02-01", kind="actual")], "status_after_end"),
        ("completed", [event("completion", "2030-02-01", kind="anticipated")], "completed_before_end"),
    ],
)
def test_completeness_status_that_the_dates_deny(status: str, timeline: list[TimelineEvent], code: str) -> None:
    told = Status.model_validate({"value": status, "raw": status})
    item = parser.check(whole().model_copy(update={"status": told, "timeline": timeline})).items[17]
    assert (item.state, [finding.code for finding in item.findings]) == ("inconsistent", [code])


@pytest.mark.parametrize(
    ("field", "stated", "codes"),
    [
        (Range(low=18, ucum="a"), Range(low=21, ucum="a"), ["age_differs_from_text"]),
        (Range(low=1, high=18, ucum="a"), Range(low=6, high=17, ucum="mo"), ["age_differs_from_text"] * 2),
        (Range(low=2, ucum="a"), Range(low=24, ucum="mo"), []),
        (Range(low=18, ucum="a"), Range(high=65, ucum="a"), []),
    ],
)
def test_completeness_ages_unlike_the_criteria(field: Range, stated: Range, codes: list[str]) -> None:
    trial = whole()
    trial.eligibility.age, trial.eligibility.stated_age = field, stated
    assert [finding.code for finding in parser.check(trial).items[13].findings] == codes


def test_completeness_sex_unlike_the_criteria() -> None:
    trial = whole()
    trial.eligibility.sex, trial.eligibility.stated_sex = "all", "female"
    assert [finding.code for finding in parser.check(trial).items[13].findings] == ["sex_differs_from_text"]


@pytest.mark.parametrize(
    ("change", "number", "code"),
    [
        ({"outcomes": [Outcome(measure="Alertness", rank="primary")]}, 19, "outcome_without_time"),
        ({"contacts": [Contact(name="Maeve Tully")]}, 7, "contact_unreachable"),
    ],
)
def test_completeness_items_of_which_a_part_is_missing(change: dict[str, Any], number: int, code: str) -> None:
    item = parser.check(whole().model_copy(update=change)).items[number - 1]
    assert (item.state, [finding.code for finding in item.findings]) == ("incomplete", [code])


@pytest.mark.parametrize("measure", ["Peak flow at 3 and 6 months", "Mood on day 5", "Change from baseline of weight"])
def test_completeness_outcomes_that_say_when_in_their_words(measure: str) -> None:
    trial = whole().model_copy(update={"outcomes": [Outcome(measure=measure, rank="primary")]})
    assert parser.check(trial).items[18].state == "present"


def test_completeness_as_json_has_every_item_and_only_known_codes() -> None:
    for trial in fixture_trials():
        found = parser.check(trial).to_dict()
        assert len(found["items"]) == 24
        assert {finding["code"] for item in found["items"] for finding in item["findings"]} <= set(MESSAGES)
