"""ClinicalTrials.gov: in real records, what a few lines of independent reading find is what the record says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import parser
from parser.models import Trial
from parser.models.trial import TimelineEvent

#: Source's date to our event, with the XML's names of both generations.
JSON_DATES = {
    "startDateStruct": "start",
    "primaryCompletionDateStruct": "primary_completion",
    "completionDateStruct": "completion",
    "studyFirstPostDateStruct": "first_posted",
    "resultsFirstPostDateStruct": "results_posted",
    "lastUpdatePostDateStruct": "updated",
}
XML_DATES = {
    "start_date": "start",
    "primary_completion_date": "primary_completion",
    "completion_date": "completion",
    "study_first_submitted": "first_submitted",
    "firstreceived_date": "first_submitted",
    "study_first_posted": "first_posted",
    "results_first_posted": "results_posted",
    "last_update_posted": "updated",
}
UNITS = {"Year": "a", "Month": "mo", "Week": "wk", "Day": "d", "Hour": "h", "Minute": "min"}
SEXES = {
    "ALL": "all",
    "Both": "all",
    "All": "all",
    "FEMALE": "female",
    "Female": "female",
    "MALE": "male",
    "Male": "male",
}


def _files(folder: Path, ending: str) -> Iterator[Path]:
    yield from sorted(path for path in folder.iterdir() if path.suffix == ending)


def _squeezed(words: str | None) -> str | None:
    return " ".join(words.split()) if words and words.strip() else None


def _iso(words: str) -> str:
    """Return `August 24, 1981` or `November 2013` in ISO 8601, and ISO as it is."""
    if words[0].isdigit():
        return words
    day = "," in words
    return datetime.strptime(words, "%B %d, %Y" if day else "%B %Y").strftime("%Y-%m-%d" if day else "%Y-%m")


def _limit(words: str | None) -> tuple[int, str] | None:
    if not words or words == "N/A":
        return None
    number, unit = words.split()
    return int(number), UNITS[unit.rstrip("s")]


def _check_ages(trial: Trial, low: str | None, high: str | None) -> None:
    age = trial.eligibility.age
    limits = (_limit(low), _limit(high))
    if limits == (None, None):
        assert age is None
        assert trial.absent["/eligibility/age"] in {"no_limit", "not_on_page"}
        return
    assert age is not None
    found = tuple((bound, age.ucum) if bound is not None else None for bound in (age.low, age.high))
    units = {limit[1] for limit in limits if limit}
    if len(units) == 1:
        assert found == limits
    else:
        # Of two units the smaller is kept: 1 Month to 20 Years are 240 months.
        assert {limits[0][1], limits[1][1]} == {"mo", "a"}  # type: ignore[index]
        months = [limit[0] * (12 if limit[1] == "a" else 1) for limit in limits if limit]
        assert found == ((months[0], "mo"), (months[1], "mo"))


def _check_dates(trial: Trial, dates: dict[str, tuple[str, str | None]]) -> None:
    found: dict[str, TimelineEvent] = {event.event: event for event in trial.timeline if event.event != "other"}
    for event, (words, kind) in dates.items():
        assert found[event].date is not None, event
        assert found[event].date.value == _iso(words), event  # type: ignore[union-attr]
        if kind in {"ACTUAL", "Actual"}:
            assert found[event].kind == "actual", event
        elif event in {"start", "primary_completion", "completion"}:
            assert found[event].kind == ("anticipated" if kind else None), event


def test_registries_ctgov_real_json(shared_data: Path) -> None:
    """API v2: id, titles, sponsor, status, sex, ages, places, dates and lists are those of the file."""
    files = list(_files(shared_data / "registries" / "ctgov_v2_json", ".json"))
    assert files
    for path in files:
        trial = parser.parse_file(path, rules=False)
        whole: dict[str, Any] = json.loads(path.read_text())
        study = whole["protocolSection"]
        named = study["identificationModule"]
        assert (trial.identifiers[0].scheme, trial.identifiers[0].value) == ("nct", named["nctId"]), path.name
        assert (trial.title, trial.scientific_title) == (named["briefTitle"], _squeezed(named.get("officialTitle")))
        assert trial.acronym == named.get("acronym")
        sponsor = study["sponsorCollaboratorsModule"]
        assert trial.sponsor is not None
        assert trial.sponsor.raw == sponsor["leadSponsor"]["name"]
        assert [one.raw for one in trial.sponsor.collaborators] == [
            one["name"] for one in sponsor.get("collaborators", [])
        ]
        status = study["statusModule"]
        assert trial.status is not None
        assert (trial.status.raw, trial.status.value) == (status["overallStatus"], status["overallStatus"].lower())
        eligible = study["eligibilityModule"]
        assert trial.eligibility.sex == SEXES[eligible["sex"]]
        assert trial.eligibility.healthy_volunteers == eligible["healthyVolunteers"]
        _check_ages(trial, eligible.get("minimumAge"), eligible.get("maximumAge"))
        assert len(trial.locations) == len(study.get("contactsLocationsModule", {}).get("locations", []))
        assert all(place.country_code for place in trial.locations)
        dates = {
            event: (status[name]["date"], status[name].get("type"))
            for name, event in JSON_DATES.items()
            if name in status
        }
        _check_dates(trial, {**dates, "first_submitted": (status["studyFirstSubmitDate"], None)})
        outcomes = [
            one["measure"]
            for rank in ("primary", "secondary", "other")
            for one in study.get("outcomesModule", {}).get(f"{rank}Outcomes", [])
        ]
        assert [_squeezed(one.measure) for one in trial.outcomes] == [_squeezed(one) for one in outcomes]
        assert trial.results is not None
        assert trial.results.available == whole["hasResults"]
        assert not [found for found in trial.diagnostics if found.code == "unknown_value"]


def test_registries_ctgov_real_xml(shared_data: Path) -> None:
    """Legacy XML: id, titles, sponsor, status, sex, ages, places, dates and lists are those of the file."""
    files = list(_files(shared_data / "registries" / "ctgov_xml", ".xml"))
    assert len(files) > 60
    for path in files:
        trial = parser.parse_file(path, rules=False)
        root = ElementTree.parse(path).getroot()

        def text(name: str, root: ElementTree.Element = root) -> str | None:
            return _squeezed(root.findtext(name))

        assert (trial.identifiers[0].value, trial.title) == (text("id_info/nct_id"), text("brief_title")), path.name
        assert trial.scientific_title == text("official_title")
        agency = text("sponsors/lead_sponsor/agency")
        assert (trial.sponsor.raw if trial.sponsor else None) == (None if agency == "[Redacted]" else agency)
        assert trial.status is not None
        assert trial.status.raw == text("overall_status")
        assert trial.status.value == text("overall_status").lower().replace(",", "").replace(" ", "_")  # type: ignore[union-attr]
        gender = text("eligibility/gender")
        assert trial.eligibility.sex == (SEXES[gender] if gender else None)
        healthy = text("eligibility/healthy_volunteers")
        assert trial.eligibility.healthy_volunteers == ({"No": False}.get(healthy, True) if healthy else None)
        _check_ages(trial, text("eligibility/minimum_age"), text("eligibility/maximum_age"))
        assert len(trial.locations) == len(root.findall("location"))
        assert [one.raw for one in trial.countries] == [
            " ".join("".join(one.itertext()).split()) for one in root.findall("location_countries/country")
        ]
        found = {event: root.find(name) for name, event in XML_DATES.items() if root.find(name) is not None}
        _check_dates(
            trial, {event: (one.text or "", one.get("type")) for event, one in found.items() if one is not None}
        )
        assert [one.text for one in trial.conditions] == [_squeezed(one.text) for one in root.findall("condition")]
        assert len(trial.interventions) == len(root.findall("intervention"))
        assert len(trial.outcomes) == len([one for one in root.iter() if one.tag in OUTCOMES])
        assert bool(trial.eligibility.text) == (root.find("eligibility/criteria/textblock") is not None)
        enrolled = root.find("enrollment")
        if enrolled is not None:
            assert trial.design is not None
            assert trial.design.enrolment is not None
            kind = "actual" if enrolled.get("type") == "Actual" else "target"
            assert getattr(trial.design.enrolment, kind) == int(enrolled.text or "")


OUTCOMES = {"primary_outcome", "secondary_outcome", "other_outcome"}


def test_registries_ctgov_real_criteria(shared_data: Path) -> None:
    """The eligibility text is the file's letter by letter, and every criterion stands in it."""
    for path in _files(shared_data / "registries" / "ctgov_xml", ".xml"):
        trial = parser.parse_file(path, rules=False)
        stated = ElementTree.parse(path).getroot().findtext("eligibility/criteria/textblock") or ""
        assert _letters(trial.eligibility.text or "") == _letters(stated), path.name
        criteria = list(trial.eligibility.walk())
        assert criteria or not stated
        for criterion in criteria:
            assert _letters(criterion.text) in _letters(stated), (path.name, criterion.id)


def _letters(words: str) -> str:
    return "".join(character for character in words if character.isalnum())


def test_registries_ctgov_real_statistics(shared_data: Path) -> None:
    """The statistics of API v1 are no trial."""
    path = shared_data / "registries" / "ctgov_v1_json" / "study_statistics.json"
    with pytest.raises(parser.errors.NotATrialError):
        parser.parse_file(path)
