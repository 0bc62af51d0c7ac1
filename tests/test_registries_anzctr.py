"""Pages of the Australian New Zealand Clinical Trials Registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import parser
from tests.national_records import compare, unresolved


@pytest.fixture
def page(fixtures: Path) -> str:
    """The HTML fixture, to be changed by a test."""
    return (fixtures / "anzctr/sources/walking.html").read_text(encoding="utf-8")


def test_anzctr_fixture_gives_the_expected_record(fixtures: Path) -> None:
    source = fixtures / "anzctr/sources/walking.html"
    trial = parser.parse_file(source, rules=False)
    assert compare(trial, fixtures / "anzctr/expected/walking.json") == []
    assert unresolved(trial, b"{}") == []


def test_anzctr_text_of_the_page_gives_the_same_record(page: str) -> None:
    html = parser.parse(page, rules=False)
    text = parser.parse("\n".join(_lines(html)), rules=False)
    assert text.source.registry == "anzctr"
    assert text.source.format == "text"
    for field in ("identifiers", "title", "status", "design", "outcomes", "sponsor", "contacts", "timeline", "ethics"):
        assert getattr(text, field) == getattr(html, field), field
    assert text.eligibility.text == html.eligibility.text
    assert text.eligibility.age == html.eligibility.age


def _lines(trial: parser.Trial) -> list[str]:
    """Return the page's lines as a browser copies them: without the site's hidden words and numbers."""
    lines = [line for line in (trial.text or "").splitlines() if line != "Query!"]
    return [re.sub(r"(?<=[\]a-z])(?: \d+){2,4}$", "", line) for line in lines]


def test_anzctr_hidden_words_are_in_no_value(page: str) -> None:
    trial = parser.parse(page, rules=False)
    values = trial.model_dump_json(exclude={"text", "sections", "provenance"})
    assert "Query!" not in values
    assert "312004" not in values


def test_anzctr_foot_belongs_to_no_contact(page: str) -> None:
    trial = parser.parse(page, rules=False)
    assert [contact.email for contact in trial.contacts] == ["walk@ellen.example.edu.au"] * 3
    assert trial.sections[-1].kind == "other"
    assert trial.sections[-1].text.startswith("ANZCTR")


@pytest.mark.parametrize(
    ("low", "high", "age", "reason"),
    [
        ("18 Years", "No limit", (18, None), None),
        ("18 Years", "65 Years", (18, 65), None),
        ("No limit", "65 Years", (None, 65), None),
        ("No limit", "No limit", None, "no_limit"),
        ("Not stated", "Not stated", None, "explicit_not_reported"),
        ("Not stated", "No limit", None, "explicit_not_reported"),
    ],
)
def test_anzctr_ages(
    page: str, low: str, high: str, age: tuple[int | None, int | None] | None, reason: str | None
) -> None:
    changed = page.replace("<span>18</span> <span>Years</span>", low, 1).replace("No limit", high, 1)
    if low == "No limit":
        # The first of the two is the lowest age now.
        changed = page.replace("No limit", high, 1).replace("<span>18</span> <span>Years</span>", low, 1)
    trial = parser.parse(changed, rules=False)
    found = trial.eligibility.age
    assert (None if found is None else (found.low, found.high)) == age
    assert trial.absent.get("/eligibility/age") == reason


def test_anzctr_unknown_status_is_kept(page: str) -> None:
    trial = parser.parse(page.replace("Stopped early", "Resting"), rules=False)
    assert trial.status is not None
    assert (trial.status.value, trial.status.raw) == ("unknown", "Resting")
    assert "unknown_value" in [found.code for found in trial.diagnostics]


def test_anzctr_page_cut_off_still_reads(page: str) -> None:
    for share in range(1, 10):
        cut = page[: len(page) * share // 10]
        trial = parser.parse(cut, format="html", registry="anzctr", rules=False)
        assert unresolved(trial, b"{}") == []


def test_anzctr_real_page(shared_data: Path) -> None:
    trial = parser.parse_file(shared_data / "registries/anzctr_html/anzctr_1.html", rules=False)
    assert trial.identifiers[0].value == "ACTRN12605000001695"
    assert trial.title is not None
    assert trial.title.startswith("A phase II trial of gemcitabine")
    assert trial.acronym == "ABC trial"
    assert trial.status is not None
    assert trial.status.value == "completed"
    assert trial.design is not None
    assert trial.design.phases == ["2"]
    assert trial.eligibility.sex == "all"
    assert trial.eligibility.healthy_volunteers is False
    assert trial.absent["/eligibility/age"] == "explicit_not_reported"
    assert [outcome.rank for outcome in trial.outcomes] == ["primary"] + ["secondary"] * 6
    assert trial.outcomes[6].time_frame == "6 weekly until death"
    assert [committee.committee for committee in trial.ethics][1] == "Austin Health"
    assert trial.sponsor is not None
    assert trial.sponsor.name == "AGITG/ NHMRC Clinical Trials Centre"
    assert trial.sponsor.secondary == []
    dates = [(event.event, event.date.value, event.kind) for event in trial.timeline if event.date]
    assert dates == [
        ("first_submitted", "2005-07-06", None),
        ("registered", "2005-07-07", None),
        ("updated", "2009-12-16", None),
        ("recruitment_start", "2005-02-01", "anticipated"),
    ]
    assert unresolved(trial, b"{}") == []
