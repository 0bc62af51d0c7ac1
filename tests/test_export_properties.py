"""What holds of every record that is exported: nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

import parser
from parser.export import REASONS, ctgov, who
from parser.models import Trial
from tests.fixture_trials import fixture_trials
from tests.random_trials import silently_dropped, trials

READ_BACK: dict[str, Callable[[Any], Trial]] = {"who-xml": who.read_back, "ctgov-json": ctgov.read_back}


def _check(trial: Trial, target: str) -> None:
    before = trial.to_json()
    sent = parser.export(trial, target)
    assert trial.to_json() == before, "an export changes no record"
    assert {loss.reason for loss in sent.losses} <= set(REASONS)
    read = parser.parse(sent.to_bytes(), rules=False)
    assert silently_dropped(trial, read, {loss.pointer for loss in sent.losses}) == []


@pytest.mark.parametrize("target", READ_BACK)
@settings(max_examples=10, deadline=None)
@given(trial=trials())
def test_export_properties_every_filled_field_comes_back_or_is_a_loss(target: str, trial: Trial) -> None:
    _check(trial, target)


@pytest.mark.parametrize("target", READ_BACK)
def test_export_properties_hold_for_the_fixtures(target: str) -> None:
    assert len(fixture_trials()) > 50
    for trial in fixture_trials():
        _check(trial, target)
