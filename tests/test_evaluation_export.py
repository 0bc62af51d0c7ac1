"""The evaluation of exports: what it finds, and that real records have nothing for it to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.export import TARGETS, Target, find_target
from parser.export.losses import Loss
from tests.evaluation.export import Tally, evaluate, measure
from tests.whole_trial import whole


@pytest.mark.parametrize("folder", ["who_xml", "isrctn_json", "drks_json", "anzctr_html", "cris_html"])
def test_evaluation_export_real_records_leave_with_every_loss_named(folder: str, shared_data: Path) -> None:
    found = evaluate(shared_data / "registries" / folder, every="25" if folder == "who_xml" else "2")
    assert found["problems"] == []
    assert set(found["targets"]) == {target.name for target in TARGETS}
    assert all(tally["records"] for tally in found["targets"].values())


def changed(**fields: object) -> Target:
    known = find_target("who-xml")
    values = {name: getattr(known, name) for name in known.__slots__}
    return Target(**{**values, **fields})


def test_evaluation_export_an_exception_is_a_problem() -> None:
    tally, broken = Tally(), changed(write=lambda documents, stream: 1 / 0)
    measure("tea", whole(), broken, tally)
    assert (tally.records, len(tally.problems)) == (1, 1)
    assert "ZeroDivisionError" in tally.problems[0]


def test_evaluation_export_a_field_dropped_silently_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    tally = Tally()
    trial = whole()
    honest = find_target("who-xml").convert

    def forgetful(one: object) -> tuple[object, list[Loss]]:
        document, losses = honest(one)  # type: ignore[arg-type]
        return document, [loss for loss in losses if loss.pointer != "/results"]

    monkeypatch.setattr("tests.evaluation.export.parser.export", lambda one, name: _Sent(*forgetful(one)))
    measure("tea", trial, find_target("who-xml"), tally)
    assert tally.problems == ["who-xml tea: /results/available dropped silently"]


class _Sent:
    def __init__(self, document: object, losses: list[Loss]) -> None:
        self.document, self.losses = document, losses
