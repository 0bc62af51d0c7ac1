"""Records of criteria and a number alone, as corpora have them."""

from __future__ import annotations

import json
from typing import Any

import pytest

import parser

CRITERIA = "Inclusion Criteria:\n\n* Adults with gout\n\nExclusion Criteria:\n\n* Kidney stones"


def parsed(record: Any) -> parser.Trial:
    return parser.parse(json.dumps(record), rules=False)


def test_registries_criteria_only_reads_number_title_and_criteria() -> None:
    trial = parsed({"nct_id": "NCT04567890", "title": "Gout in Adults", "criteria": CRITERIA})
    assert trial.source.registry == "criteria_only"
    assert [(one.scheme, one.value, one.role) for one in trial.identifiers] == [("nct", "NCT04567890", "primary")]
    assert trial.title == "Gout in Adults"
    assert [(one.kind, one.text) for one in trial.eligibility.criteria] == [
        ("inclusion", "Adults with gout"),
        ("exclusion", "Kidney stones"),
    ]
    assert trial.provenance["/eligibility/text"].path == "/criteria"
    assert trial.provenance["/identifiers/0"].path == "/nct_id"
    assert trial.absent["/status"] == "not_on_page"


def test_registries_criteria_only_reads_both_kinds_apart() -> None:
    trial = parsed({"id": "A-17", "inclusion_criteria": "Gout", "exclusion/criteria": "Kidney stones"})
    assert [(one.kind, one.text) for one in trial.eligibility.criteria] == [
        ("inclusion", "Gout"),
        ("exclusion", "Kidney stones"),
    ]
    assert [(one.scheme, one.value) for one in trial.identifiers] == [("other", "A-17")]
    assert [part.path for part in trial.eligibility.parts] == ["/inclusion_criteria", "/exclusion~1criteria"]


@pytest.mark.parametrize(
    "record",
    [
        {"id": "17", "text": CRITERIA},  # a text with some number may be anything
        {"id": "NCT04567890", "text": CRITERIA, "status": "Recruiting"},  # the status would be lost
        {"id": "NCT04567890", "text": " "},
        {"id": "NCT04567890"},
        {"id": "NCT04567890", "criteria": [CRITERIA]},
    ],
)
def test_registries_criteria_only_leaves_other_records_alone(record: Any) -> None:
    with pytest.raises(parser.NotATrialError):
        parsed(record)


def test_registries_criteria_only_leaves_placeholders_out() -> None:
    trial = parsed({"id": "NCT11111111", "text": CRITERIA})
    assert trial.identifiers == []
    assert "identifier_placeholder" in [found.code for found in trial.diagnostics]
