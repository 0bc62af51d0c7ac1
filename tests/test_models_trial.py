"""The record as data: JSON without nulls, back again unchanged, and its short form in words."""

import json

import pytest
from pydantic import ValidationError
from sample_trial import sample_trial

from parser.models import Source, Trial
from parser.models.trial import pointer_target


def test_models_trial_survives_json_unchanged() -> None:
    trial = sample_trial()
    assert Trial.from_json(trial.to_json()) == trial
    assert Trial.from_json(trial.to_json(indent=None).encode()) == trial


def test_models_trial_json_has_no_nulls() -> None:
    written = sample_trial().to_json()
    assert ": null" not in written
    assert "acronym" not in json.loads(written)
    assert json.loads(written)["timeline"][1] == {"event": "completion", "label": "Estimated completion"}


def test_models_trial_of_nothing_but_a_source_is_complete() -> None:
    source = Source(registry="generic", format="text", sha256="0" * 64, bytes=3, parser_version="0.1.0")
    assert Trial(source=source).eligibility.criteria == []


@pytest.mark.parametrize("extra", [{"phase": 3}, {"source": None}, {"status": {"value": "open", "raw": "Open"}}])
def test_models_trial_refuses_what_the_contract_does_not_know(extra: dict[str, object]) -> None:
    data = json.loads(sample_trial().to_json()) | extra
    with pytest.raises(ValidationError):
        Trial.model_validate(data)


def test_models_trial_walks_criteria_in_page_order() -> None:
    ids = [criterion.id for criterion in sample_trial().eligibility.walk()]
    assert ids == ["inclusion.1", "inclusion.2", "inclusion.2.1", "inclusion.2.2"]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/title", "Fever Study"),
        ("/acronym", None),
        ("/sponsor/name", "Daping Hospital"),
        ("/locations/0/city", "Chongqing"),
        ("/eligibility/criteria/1/criteria/0/id", "inclusion.2.1"),
        ("/design/phases", None),
    ],
)
def test_models_trial_pointer_leads_to_its_value(pointer: str, value: object) -> None:
    assert pointer_target(sample_trial(), pointer) == value


@pytest.mark.parametrize("pointer", ["/titel", "/locations/7", "/locations/x", "/sponsor/nom"])
def test_models_trial_pointer_to_no_field_is_an_error(pointer: str) -> None:
    with pytest.raises(KeyError):
        pointer_target(sample_trial(), pointer)


def test_models_trial_reads_as_a_short_summary() -> None:
    assert str(sample_trial()).splitlines() == [
        "Fever Study",
        "Identifiers: NCT01234567 (nct)",
        "Status: terminated (low enrolment)",
        "Sponsor: Daping Hospital",
        "Sex: all",
        "Age in the criteria: 18 years or older",
        "Criteria: 4 inclusion; 75% of the text structured",
        "Dates: Launched by 2025-03",
        "Source: generic text",
    ]


def test_models_trial_summary_tells_when_rules_were_not_read() -> None:
    trial = sample_trial()
    for criterion in trial.eligibility.walk():
        criterion.rule = None
    assert "Criteria: 4 inclusion; not read as rules" in str(trial).splitlines()
