"""Criteria written in FHIR R5 by hand, in `fixtures/export/fhir`: what a specialist makes of them, the exporter makes.

A source is a criterion with its rule; `words` stands for the spans of a node. An expected file is the characteristic of
an EvidenceVariable, and what it does not carry.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parser.export.fhir.characteristics import Characteristics
from parser.export.fhir.criteria import Asked
from parser.export.fhir.draft import Draft
from parser.export.fhir.variable import characteristic
from parser.models import Criterion, Eligibility, Trial
from parser.models.rules import atoms
from tests.sample_trial import sample_trial

FIXTURES = Path(__file__).parent.parent / "fixtures" / "export" / "fhir"
NAMES = sorted(path.stem for path in (FIXTURES / "sources").glob("*.json"))


def with_spans(node: Any, text: str) -> Any:
    """Put spans in the place of `words`, throughout."""
    if isinstance(node, list):
        return [with_spans(each, text) for each in node]
    if not isinstance(node, dict):
        return node
    found = {name: with_spans(value, text) for name, value in node.items() if name != "words"}
    if "words" in node:
        found["spans"] = [(text.index(words), text.index(words) + len(words)) for words in node["words"]]
    return found


def of_one(name: str) -> tuple[Trial, Criterion]:
    """Read a source, as the only criterion of a trial."""
    source = json.loads((FIXTURES / "sources" / f"{name}.json").read_text("utf-8"))
    text = source["text"]
    fields = {**with_spans(source, text), "id": f"{source['kind']}.1", "span": (0, len(text))}
    criterion = Criterion.model_validate(fields)
    eligibility = Eligibility(text=text, criteria=[criterion])
    return sample_trial().model_copy(update={"eligibility": eligibility}), criterion


@pytest.mark.parametrize("name", NAMES)
def test_export_fhir_criteria_are_as_written_by_hand(name: str) -> None:
    trial, criterion = of_one(name)
    expected = json.loads((FIXTURES / "expected" / f"{name}.json").read_text("utf-8"))
    draft = Draft(trial, "R5")
    made = characteristic(Asked(criterion, "/eligibility/criteria/0"), Characteristics(draft), draft)
    assert made == expected["characteristic"]
    assert [[loss.pointer, loss.reason, loss.written] for loss in draft.losses] == expected["losses"]


def test_export_fhir_criteria_cover_every_node_and_modifier() -> None:
    """The hand-written criteria hold every type of node, every modifier and every relation of a window."""
    sources = [json.loads((FIXTURES / "sources" / f"{name}.json").read_text("utf-8")) for name in NAMES]
    text = json.dumps(sources)
    types = "all_of any_of not age sex condition measurement biomarker treatment allergy reproductive observation"
    for kind in (*types.split(), "requirement", "unstructured"):
        assert f'"type": "{kind}"' in text, kind
    modifiers = "status certainty method qualifiers count when duration where defined_as unless examples subject dose"
    for name in (*modifiers.split(), "aspect", "values", "at_least", "relative_to", "scope"):
        assert f'"{name}"' in text, name
    assert len([atom for name in NAMES for atom in atoms(of_one(name)[1].rule)]) >= 40  # type: ignore[arg-type]
