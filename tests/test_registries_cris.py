"""Pages of the Clinical Research Information Service of Korea."""

from __future__ import annotations

from pathlib import Path

import pytest

import parser
from tests.national_records import compare, unresolved


@pytest.fixture
def page(fixtures: Path) -> str:
    """The HTML fixture, to be changed by a test."""
    return (fixtures / "cris/sources/night_shift.html").read_text(encoding="utf-8")


def test_cris_fixture_gives_the_expected_record(fixtures: Path) -> None:
    source = fixtures / "cris/sources/night_shift.html"
    trial = parser.parse_file(source, rules=False)
    assert trial.source.registry == "cris"
    assert compare(trial, fixtures / "cris/expected/night_shift.json") == []
    assert unresolved(trial, b"{}") == []


def test_cris_text_of_the_page_gives_the_same_record(page: str) -> None:
    html = parser.parse(page, rules=False)
    text = parser.parse((html.text or "").replace("Arm 1\t", "").replace("Arm 2\t", ""), rules=False)
    assert text.source.registry == "cris"
    assert text.source.format == "text"
    for field in ("identifiers", "title", "status", "outcomes", "sponsor", "locations", "timeline", "contacts"):
        assert getattr(text, field) == getattr(html, field), field


@pytest.mark.parametrize(
    ("words", "age", "reason"),
    [
        ("45 Year ~ 79 Year", (45, 79, "a"), None),
        ("20(Year)~No Limit", (20, None, "a"), None),
        ("No Limit ~ 18 Year", (None, 18, "a"), None),
        ("1 Month ~ 23 Month", (1, 23, "mo"), None),
        ("No Limit ~ No Limit", None, "no_limit"),
    ],
)
def test_cris_ages(page: str, words: str, age: tuple[int, int, str] | None, reason: str | None) -> None:
    trial = parser.parse(page.replace("20 Year ~ 59 Year", words), rules=False)
    found = trial.eligibility.age
    assert (None if found is None else (found.low, found.high, found.ucum)) == age
    assert trial.absent.get("/eligibility/age") == reason


def test_cris_criteria_that_look_like_labels_stay_criteria(page: str) -> None:
    trial = parser.parse(page, rules=False)
    assert [criterion.text for criterion in trial.eligibility.walk()] == [
        "Nurse with at least 6 night shifts a month",
        "Age; 20 years or older",
        "Ferritin > 30 ng/mL",
        "Sleep apnea",
        "Pregnancy",
    ]


def test_cris_foot_belongs_to_no_field(page: str) -> None:
    trial = parser.parse(page, rules=False)
    assert trial.ipd_sharing is not None
    assert trial.ipd_sharing.raw == "Undecided"
    assert trial.sections[-1].kind == "other"
    assert "Some Street" in trial.sections[-1].text


def test_cris_page_cut_off_still_reads(page: str) -> None:
    for share in range(1, 10):
        cut = page[: len(page) * share // 10]
        trial = parser.parse(cut, format="html", registry="cris", rules=False)
        assert unresolved(trial, b"{}") == []


def test_cris_real_page(shared_data: Path) -> None:
    trial = parser.parse_file(shared_data / "registries/cris_html/RecordsView.html", rules=False)
    assert [identifier.value for identifier in trial.identifiers] == ["KCT0000001", "2009-0074"]
    assert trial.status is not None
    assert trial.status.value == "recruiting"
    assert trial.design is not None
    assert trial.design.phases == ["3"]
    assert trial.design.enrolment is not None
    assert trial.design.enrolment.target == 2062
    assert trial.design.enrolment.by_group == {"TREATMENT ARM": 1375, "NON TREATMENT ARM": 687}
    age = trial.eligibility.age
    assert age is not None
    assert (age.low, age.high, age.ucum) == (45, 79, "a")
    assert len(trial.locations) == 15
    assert [site.status.value for site in trial.locations if site.status].count("not_yet_recruiting") == 4
    assert [contact.name for contact in trial.contacts] == ["Ki-hoon Han", "Eun-jung Kim", "Eun-young Kim"]
    assert trial.sponsor is not None
    assert trial.sponsor.name == "Korea Centers for Disease Control and Prevention"
    assert unresolved(trial, b"{}") == []
