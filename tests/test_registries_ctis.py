"""CTIS: records of both generations of the public API, checked by hand against our own sources."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parser
from parser.models import Trial
from parser.models.trial import pointer_target
from parser.reading import read
from parser.reading.document import Document
from parser.registries import read_trial, select

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "ctis"
NAMES = ("record", "record_before_2024")
EMPTY: dict[str, Any] = {
    "ctNumber": "2023-507741-36-00",
    "authorizedApplication": {"authorizedPartI": {"trialDetails": {}}},
}


def _tree(name: str) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads((FIXTURES / "sources" / f"{name}.json").read_text(encoding="utf-8"))
    return tree


def _read(tree: Any, registry: str | None = None) -> Trial:
    return read_trial(Document("json", None, tree, "0" * 64, 1, None, None), registry=registry)


def _differences(expected: Any, found: Any, pointer: str = "") -> list[str]:
    """What a hand-checked record says that a parsed one does not; lists are compared whole."""
    if isinstance(expected, dict) and isinstance(found, dict):
        names = [(name, f"{pointer}/{name}") for name in expected]
        return [line for name, below in names for line in _differences(expected[name], found.get(name), below)]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for number, pair in pairs for line in _differences(*pair, f"{pointer}/{number}")]
    return [] if expected == found else [f"{pointer}: expected {expected!r}, found {found!r}"]


def _followed(tree: Any, path: str) -> Any:
    for token in path.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        tree = tree[int(name)] if isinstance(tree, list) else tree[name]
    return tree


@pytest.mark.parametrize("name", NAMES)
def test_registries_ctis_record_is_read(name: str) -> None:
    document = read((FIXTURES / "sources" / f"{name}.json").read_bytes())
    assert select(document).name == "ctis"
    expected = json.loads((FIXTURES / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    assert _differences(expected, json.loads(read_trial(document).to_json())) == []


@pytest.mark.parametrize("name", NAMES)
def test_registries_ctis_paths_lead_to_the_words(name: str) -> None:
    tree = _tree(name)
    trial = _read(tree)
    for pointer, place in trial.provenance.items():
        found = [_followed(tree, path) for path in (place.path or "").split(" ")]
        assert found, pointer
        if pointer.endswith("/raw") and "countries" not in pointer and "locations" not in pointer:
            assert str(found[0]) == pointer_target(trial, pointer)
    assert trial.provenance["/eligibility/text"].path is not None
    for part, words in zip(trial.eligibility.parts, (trial.eligibility.text or "").split("\n\n"), strict=True):
        assert (trial.eligibility.text or "")[slice(*part.span)] == words


def test_registries_ctis_criteria_stand_in_the_order_of_their_numbers() -> None:
    trial = _read(_tree("record"))
    places = [part.path.rpartition("Criteria/")[2].partition("/")[0] for part in trial.eligibility.parts]
    assert places == ["0", "2", "1", "0", "2"]


def test_registries_ctis_list_in_one_criterion_becomes_criteria() -> None:
    trial = parser.parse_file(FIXTURES / "sources" / "record.json", rules=False)
    texts = {criterion.id: criterion.text for criterion in trial.eligibility.walk() if criterion.kind == "exclusion"}
    assert list(texts.values()) == [
        "Any of the following:",
        "Pregnancy",
        "Breast-feeding",
        "Planned surgery",
        "AST or ALT > 3 x ULN",
    ]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (1, "not_yet_recruiting"),
        (2, "not_yet_recruiting"),
        (3, "recruiting"),
        ("4", "recruiting"),
        (5, "active_not_recruiting"),
        (6, "suspended"),
        (7, "suspended"),
        (8, "completed"),
        (9, "not_authorised"),
        (10, "not_authorised"),
        (11, "not_authorised"),
        (12, "withdrawn"),
        (13, "unknown"),
        ("Authorised, recruitment pending", "not_yet_recruiting"),
        ("Ongoing, recruitment ended", "active_not_recruiting"),
        ("Revoked", "not_authorised"),
        ("Eclipsed", "unknown"),
    ],
)
def test_registries_ctis_status(code: int | str, value: str) -> None:
    trial = _read({**EMPTY, "ctStatus": code})
    assert trial.status is not None
    assert (trial.status.value, trial.status.raw) == (value, str(code))
    assert ("unknown_value" in [one.code for one in trial.diagnostics]) == (value == "unknown")


@pytest.mark.parametrize(
    ("category", "label", "phases"),
    [
        ("4", None, ["2"]),
        ("1", None, ["1"]),
        ("10", None, ["2", "3"]),
        ("11", None, ["3", "4"]),
        ("99", None, []),
        ("4", "Therapeutic confirmatory  (Phase III)", ["3"]),
        (None, "Phase I and Phase II (Integrated)- First administration to humans", ["1", "2"]),
    ],
)
def test_registries_ctis_phase_codes_are_no_phases(category: str | None, label: str | None, phases: list[str]) -> None:
    tree = copy.deepcopy(EMPTY)
    details = tree["authorizedApplication"]["authorizedPartI"]["trialDetails"]
    details["trialInformation"] = {"trialCategory": {"trialPhase": category}}
    trial = _read({**tree, "trialPhase": label})
    assert trial.design is not None
    assert trial.design.phases == phases
    assert ("unknown_value" in [one.code for one in trial.diagnostics]) == (not phases)


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("ES: 24/04/2024, IT: 23/10/2024", [("decisionDate ES", "2024-04-24"), ("decisionDate IT", "2024-10-23")]),
        ("DE:2022-08-03", [("decisionDate DE", "2022-08-03")]),
        ("2022-09-15T19:56:21.977", [("decisionDate", "2022-09-15")]),
        ("03/04/2024", [("decisionDate", "2024-04-03")]),
        ("soon", [("decisionDate", None)]),
    ],
)
def test_registries_ctis_decisions(words: str, dates: list[tuple[str, str | None]]) -> None:
    trial = _read({**EMPTY, "decisionDate": words})
    found = [(one.label, one.date.value if one.date else None) for one in trial.timeline if one.event == "decision"]
    assert found == dates


@pytest.mark.parametrize(
    ("words", "groups", "limits", "absent"),
    [
        ("18-64 years", ["adult"], (18, 64), None),
        ("65+ years, 18-64 years", ["adult", "older_adult"], (18, None), None),
        ("0-17 years, 65+ years", ["under_18", "older_adult"], None, "not_on_page"),
        ("0-17 years, 18-64 years, 65+ years", ["under_18", "adult", "older_adult"], None, "no_limit"),
        ("In utero", ["in_utero"], None, "not_on_page"),
        ("18-64 years, 120+ years", ["adult"], None, "not_on_page"),
    ],
)
def test_registries_ctis_ages(
    words: str, groups: list[str], limits: tuple[int, int | None] | None, absent: str | None
) -> None:
    trial = _read({**EMPTY, "ageGroup": words})
    age = trial.eligibility.age
    assert trial.eligibility.age_groups == groups
    assert (age and (age.low, age.high)) == limits
    assert trial.absent.get("/eligibility/age") == absent


def test_registries_ctis_row_of_the_search_list() -> None:
    row = {
        "ctNumber": "2024-511902-88-00",
        "ctStatus": 2,
        "ctTitle": "Tea for nurses",
        "conditions": "Fatigue",
        "trialCountries": ["Slovakia:2", "North Macedonia:3"],
        "sponsor": "ORLA HOSPITAL",
        "product": "Tea",
        "primaryEndPoint": "Yawns",
        "gender": "Female",
    }
    trial = _read({"pagination": {"totalRecords": 1}, "data": [row]})
    assert trial.identifiers[0].value == "2024-511902-88"
    assert trial.provenance["/title"].path == "/data/0/ctTitle"
    assert (trial.title, trial.conditions[0].text, trial.interventions[0].name) == ("Tea for nurses", "Fatigue", "Tea")
    assert [(one.country_code, one.status and one.status.value) for one in trial.countries] == [
        ("SK", "not_yet_recruiting"),
        ("MK", "recruiting"),
    ]
    assert trial.sponsor is not None
    assert (trial.sponsor.name, trial.eligibility.sex, trial.outcomes[0].measure) == (
        "Orla Hospital",
        "female",
        "Yawns",
    )


def test_registries_ctis_reads_an_application_before_it_is_authorised() -> None:
    part = _tree("record")["authorizedApplication"]["authorizedPartI"]
    trial = _read({"ctNumber": "2023-507741-36-00", "ctStatus": "Under evaluation", "applications": [{"partI": part}]})
    assert trial.title == "Tarvimab for long-lasting hives"
    assert trial.provenance["/title"].path == (
        "/applications/0/partI/trialDetails/clinicalTrialIdentifiers/publicTitle"
    )


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, inner in below for found in _paths(inner, (*path, key)))]


_RECORDS = {name: _tree(name) for name in NAMES}
_CHANGES = st.sampled_from([None, {}, [], "x", 5, True, 1.5, "", "-", [None], {"a": 1}, ["a", {"b": [1]}], [[["q"]]]])


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(NAMES))
def test_registries_ctis_odd_values_are_no_obstacle(data: st.DataObject, name: str) -> None:
    """Whatever stands where something else is usual, the record is read and leads back to its source."""
    tree = copy.deepcopy(_RECORDS[name])
    for path in data.draw(st.lists(st.sampled_from(_paths(_RECORDS[name])[1:]), min_size=1, max_size=8)):
        target: Any = tree
        try:
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = data.draw(_CHANGES)
        except (KeyError, IndexError, TypeError):
            continue
    trial = _read(tree, "ctis")
    for place in trial.provenance.values():
        assert all(_followed(tree, path) is not None for path in (place.path or "").split(" ") if path)
    assert Trial.from_json(trial.to_json()) == trial


def test_registries_ctis_real_records(shared_data: Path) -> None:
    """Counted by hand in the six records at hand: criteria, sites, countries, status."""
    expected = {
        "2022-500676-59": (6, 26, 1, ["DE"], "recruiting"),
        "2022-501142-30": (9, 18, 5, ["FR"], "recruiting"),
        "2022-501180-40": (None, None, None, None, "recruiting"),
        "2023-505613-24": (5, 13, 6, ["BE", "PL", "GR", "PH", "IL", "US", "RU", "MX", "PE"], "recruiting"),
        "2023-508143-51": (1, 1, 2, ["NL"], "not_yet_recruiting"),
        "2024-512095-35": (8, 16, 12, None, "recruiting"),
    }
    paths = sorted((shared_data / "registries" / "ctis_json").glob("*.json"))
    trials = {trial.identifiers[0].value: trial for trial in (parser.parse_file(path, rules=False) for path in paths)}
    assert set(trials) >= set(expected)
    for number, (inclusion, exclusion, sites, countries, status) in expected.items():
        trial = trials[number]
        kinds = [part.kind for part in trial.eligibility.parts]
        assert trial.status is not None
        assert trial.status.value == status
        assert countries is None or [one.country_code for one in trial.countries] == countries
        assert sites is None or len(trial.locations) == sites
        assert inclusion is None or (kinds.count("inclusion"), kinds.count("exclusion")) == (inclusion, exclusion)
