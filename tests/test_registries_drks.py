"""DRKS records as JSON, and pages of the register in English and German."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import parser
from tests.national_records import compare, unresolved


@pytest.fixture
def record(fixtures: Path) -> dict[str, Any]:
    """The JSON fixture, to be changed by a test."""
    loaded: dict[str, Any] = json.loads((fixtures / "drks/sources/tremor.json").read_bytes())
    return loaded


def parse(record: object) -> parser.Trial:
    return parser.parse(json.dumps(record), rules=False)


@pytest.mark.parametrize("name", ["tremor.json", "knee_page.txt", "schlaf_page.html"])
def test_drks_fixture_gives_the_expected_record(fixtures: Path, name: str) -> None:
    source = fixtures / "drks/sources" / name
    trial = parser.parse_file(source, rules=False)
    assert trial.source.registry == "drks"
    assert compare(trial, fixtures / "drks/expected" / f"{source.stem}.json") == []
    assert unresolved(trial, source.read_bytes()) == []


def test_drks_only_german_texts_are_read_as_german(record: dict[str, Any]) -> None:
    for texts in (record["trialDescriptions"], record["recruitment"]["recruitmentDescriptions"]):
        texts[:] = [text for text in texts if text["idLocale"]["locale"] == "de"]
    trial = parse(record)
    assert trial.source.language == "de"
    assert trial.title == "Tremolin bei essentiellem Tremor"
    assert trial.eligibility.text == "Essentieller Tremor seit mindestens 3 Jahren\n\nParkinson-Krankheit"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ({"amount": 18, "unit": "YEARS"}, {"amount": 65, "unit": "YEARS"}, (18, 65, "a")),
        ({"value": 6, "unit": "MONTHS"}, {"value": 12, "unit": "MONTHS"}, (6, 12, "mo")),
        ({"amount": None, "unit": "NO_MIN_AGE"}, {"amount": 17, "unit": "YEARS"}, (None, 17, "a")),
    ],
)
def test_drks_age_in_both_shapes(
    record: dict[str, Any], low: object, high: object, expected: tuple[int | None, int, str]
) -> None:
    record["recruitment"].update(minimumAge=low, maximumAge=high)
    age = parse(record).eligibility.age
    assert age is not None
    assert (age.low, age.high, age.ucum) == expected


def test_drks_no_limit_on_both_sides_is_a_reason(record: dict[str, Any]) -> None:
    record["recruitment"].update(minimumAge={"unit": "NO_MIN_AGE"}, maximumAge={"unit": "NO_MAX_AGE"})
    trial = parse(record)
    assert trial.eligibility.age is None
    assert trial.absent["/eligibility/age"] == "no_limit"


def test_drks_unknown_codes_are_kept_and_noted(record: dict[str, Any]) -> None:
    record["recruitment"].update(status="HIBERNATING", countries=[{"idCountry": {"code": "QQ"}}])
    trial = parse(record)
    assert trial.status is not None
    assert (trial.status.value, trial.status.raw) == ("unknown", "HIBERNATING")
    assert trial.countries[0].raw == "QQ"
    assert trial.countries[0].country_code is None
    noted = {found.pointer for found in trial.diagnostics if found.code == "unknown_value"}
    assert noted == {"/status/value", "/countries/0"}


@pytest.mark.parametrize("odd", [None, [], {}, "", 7, [None], [[]], {"x": [1]}, "text", True])
@pytest.mark.parametrize(
    "field",
    "ethicsCommittee materialSupports observationalGroups otherSecondaryIds recruitment secondaryIds "
    "studiedHealthConditions studyCharacteristic trialContacts trialDescriptions trialResults lastUpdate".split(),
)
def test_drks_odd_parts_never_crash(record: dict[str, Any], field: str, odd: object) -> None:
    record[field] = odd
    trial = parser.parse(json.dumps(record), rules=False, registry="drks")
    assert trial.identifiers[0].value == "DRKS00041237"
    assert unresolved(trial, json.dumps(record).encode()) == []


@pytest.mark.parametrize("odd", [None, [], {}, 7, [None, {"a": {}}], [["x"]], True])
def test_drks_odd_values_never_crash(record: dict[str, Any], odd: object) -> None:
    for part in ("recruitment", "studyCharacteristic", "secondaryIds", "trialResults"):
        record[part] = dict.fromkeys(record[part], odd)
    assert parser.parse(json.dumps(record), rules=False, registry="drks").title == "Tremolin for essential tremor"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Recruiting planned", "not_yet_recruiting"),
        ("Recruiting ongoing", "recruiting"),
        ("Recruiting suspended on temporary hold", "suspended"),
        ("Recruiting complete, study continuing", "active_not_recruiting"),
        ("Recruiting complete, follow-up complete", "completed"),
        ("Recruiting stopped after recruiting started", "terminated"),
        ("Recruiting withdrawn before recruiting started", "withdrawn"),
        ("Rekrutierung geplant", "not_yet_recruiting"),
    ],
)
def test_drks_page_statuses(fixtures: Path, words: str, status: str) -> None:
    text = (fixtures / "drks/sources/knee_page.txt").read_text(encoding="utf-8")
    text = text.replace("Recruiting complete, follow-up continuing", words)
    found = parser.parse(text, rules=False).status
    assert found is not None
    assert (found.value, found.raw) == (status, words)


def test_drks_foot_of_a_page_belongs_to_no_field(fixtures: Path) -> None:
    trial = parser.parse_file(fixtures / "drks/sources/schlaf_page.html", rules=False)
    assert trial.text is not None
    assert "Impressum" in trial.text
    record = json.loads(trial.to_json())
    fields = {key: value for key, value in record.items() if key not in ("text", "sections")}
    assert "Impressum" not in json.dumps(fields)


def test_drks_real_records_hold_what_the_files_state(shared_data: Path) -> None:
    files = sorted((shared_data / "registries/drks_json").glob("*.json"))
    for file in files:
        source = json.loads(file.read_bytes())
        trial = parser.parse_file(file, rules=False)
        english = next(one for one in source["trialDescriptions"] if one["idLocale"]["locale"] == "en")
        recruitment = source["recruitment"]
        assert trial.identifiers[0].value == source["drksId"]
        assert trial.title == english["title"]
        assert trial.status is not None
        assert trial.status.raw == recruitment["status"]
        assert len(trial.locations) == len(recruitment["institutes"])
        assert {event.date.value for event in trial.timeline if event.event == "registered" and event.date} == {
            source["registrationDrks"]
        }
        assert unresolved(trial, file.read_bytes()) == []
    assert files
