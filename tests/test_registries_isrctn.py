"""ISRCTN records, as XML and as JSON."""

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
    loaded: dict[str, Any] = json.loads((fixtures / "isrctn/sources/preterm_milk.json").read_bytes())
    return loaded


def parse(record: object) -> parser.Trial:
    return parser.parse(json.dumps(record), rules=False)


@pytest.mark.parametrize("name", ["asthma_school.xml", "preterm_milk.json"])
def test_isrctn_fixture_gives_the_expected_record(fixtures: Path, name: str) -> None:
    source = fixtures / "isrctn/sources" / name
    trial = parser.parse_file(source, rules=False)
    assert compare(trial, fixtures / "isrctn/expected" / f"{source.stem}.json") == []
    assert unresolved(trial, source.read_bytes()) == []


def test_isrctn_summary_keeps_its_paragraphs(fixtures: Path) -> None:
    trial = parser.parse_file(fixtures / "isrctn/sources/asthma_school.xml", rules=False)
    assert trial.summary is not None
    assert trial.summary.brief is not None
    assert trial.summary.brief.splitlines()[-2:] == ["Who can participate?", "Children aged 6 to 11 years"]


def test_isrctn_lone_full_trial_reads_like_the_container(fixtures: Path) -> None:
    whole = (fixtures / "isrctn/sources/asthma_school.xml").read_text(encoding="utf-8")
    start, end = whole.index("<fullTrial>"), whole.index("</fullTrial>") + len("</fullTrial>")
    lone, contained = parser.parse(whole[start:end], rules=False), parser.parse(whole, rules=False)
    assert lone.source.registry == "isrctn"
    assert lone.identifiers == contained.identifiers
    assert lone.sponsor == contained.sponsor
    assert lone.eligibility.text == contained.eligibility.text
    assert unresolved(lone, whole[start:end].encode()) == []


def test_isrctn_placeholder_numbers_are_no_identifiers(record: dict[str, Any]) -> None:
    trial = parse(record)
    assert [identifier.value for identifier in trial.identifiers] == ["ISRCTN27460938", "10.1186/ISRCTN27460938"]
    assert [found.code for found in trial.diagnostics if found.pointer == "/identifiers"] == ["identifier_placeholder"]


def test_isrctn_weeks_of_gestation_are_no_age(record: dict[str, Any]) -> None:
    trial = parse(record)
    assert trial.eligibility.age is None
    found = [found for found in trial.diagnostics if found.pointer == "/eligibility/age"]
    assert len(found) == 1
    assert "32 Weeks" in found[0].message


def test_isrctn_weeks_are_an_age_where_nothing_speaks_of_gestation(record: dict[str, Any]) -> None:
    record["trialDescription"].update(title="Colic in babies", scientificTitle="Colic in babies: a trial")
    record["participants"].update(inclusion="Babies with colic", lowerAgeLimit="2 Weeks", upperAgeLimit="26 Weeks")
    record["conditions"]["condition"]["description"] = "Colic"
    age = parse(record).eligibility.age
    assert age is not None
    assert (age.low, age.high, age.ucum) == (2, 26, "wk")


@pytest.mark.parametrize(
    ("as_of", "status", "raw"),
    [
        ("2022-01-09", "not_yet_recruiting", "2022-01-10T00:00:00.000Z"),
        ("2022-01-10", "recruiting", "2023-12-31T00:00:00.000Z"),
        ("2023-12-31", "recruiting", "2023-12-31T00:00:00.000Z"),
        ("2024-01-01", "active_not_recruiting", "2023-12-31T00:00:00.000Z"),
        ("2024-06-30", "active_not_recruiting", "2023-12-31T00:00:00.000Z"),
        ("2024-07-01", "completed", "2024-06-30T00:00:00.000Z"),
    ],
)
def test_isrctn_status_follows_the_dates_as_of_the_source(
    record: dict[str, Any], as_of: str, status: str, raw: str
) -> None:
    record["record_last_import"] = f"{as_of} 08:00:00"
    found = parse(record).status
    assert found is not None
    assert (found.value, found.raw) == (status, raw)


def test_isrctn_status_is_absent_without_the_day_of_the_source(record: dict[str, Any]) -> None:
    del record["record_last_import"]
    trial = parse(record)
    assert trial.status is None
    assert trial.absent["/status"] == "not_on_page"


def test_isrctn_override_comes_before_the_dates(record: dict[str, Any]) -> None:
    record["participants"]["recruitmentStatusOverride"] = "Suspended"
    found = parse(record).status
    assert found is not None
    assert (found.value, found.raw) == ("suspended", "Suspended")


def test_isrctn_day_dates_are_moved_by_no_time_zone(record: dict[str, Any]) -> None:
    record["participants"]["recruitmentStart"] = "2022-03-27T23:00:00.000Z"
    trial = parse(record)
    dates = {event.label: event.date.value for event in trial.timeline if event.date}
    assert dates["recruitmentStart"] == "2022-03-27"


@pytest.mark.parametrize("odd", [None, [], {}, "", 7, [None], [[]], {"x": [1]}, "text", True])
@pytest.mark.parametrize(
    "field", ["trialDescription", "externalRefs", "trialDesign", "conditions", "interventions", "results", "parties"]
)
def test_isrctn_odd_parts_never_crash(record: dict[str, Any], field: str, odd: object) -> None:
    record[field] = odd
    trial = parse(record)
    assert trial.identifiers[0].value == "ISRCTN27460938"


@pytest.mark.parametrize("odd", [None, [], {}, 7, [None, {"a": {}}], [["x"]], True])
def test_isrctn_odd_values_never_crash(record: dict[str, Any], odd: object) -> None:
    for part in ("trialDescription", "externalRefs", "trialDesign", "participants", "results"):
        record[part] = dict.fromkeys(record[part], odd)
    assert parser.parse(json.dumps(record), rules=False, registry="isrctn").source.registry == "isrctn"


@pytest.mark.parametrize("wrapped", ["list", "trial", "fullTrial"])
def test_isrctn_json_in_a_container_of_one(record: dict[str, Any], wrapped: str) -> None:
    held = {"list": [record], "trial": {"trial": record}, "fullTrial": {"fullTrial": {"trial": record}}}[wrapped]
    assert parse(held).identifiers[0].value == "ISRCTN27460938"


def test_isrctn_real_records_hold_what_the_files_state(shared_data: Path) -> None:
    files = sorted((shared_data / "registries/isrctn_json").glob("*.json"))
    for file in files:
        source = json.loads(file.read_bytes())
        trial = parser.parse_file(file, rules=False)
        people = source["participants"]
        assert trial.source.registry == "isrctn"
        assert trial.identifiers[0].value == f"ISRCTN{source['isrctn']}"
        assert trial.title == source["trialDescription"]["title"]
        assert trial.design is not None
        assert trial.design.enrolment is not None
        assert trial.design.enrolment.target == int(people["targetEnrolment"])
        dates = {event.label: event.date.value for event in trial.timeline if event.date}
        assert dates["recruitmentStart"] == people["recruitmentStart"][:10]
        assert dates["recruitmentEnd"] == people["recruitmentEnd"][:10]
        countries = people["recruitmentCountries"]["country"]
        assert [country.raw for country in trial.countries] == (
            countries if isinstance(countries, list) else [countries]
        )
        assert [part.kind for part in trial.eligibility.parts] == ["inclusion", "exclusion"]
        assert unresolved(trial, file.read_bytes()) == []
    assert files
