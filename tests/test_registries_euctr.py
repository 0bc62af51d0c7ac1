"""EU Clinical Trials Register: country protocols as pages and as full text, checked by hand against our own sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import parser
from parser.errors import MultipleRecordsError, NotATrialError
from parser.models import Trial
from parser.reading import read
from parser.registries import read_trial, select
from parser.registries.euctr import split_dump
from parser.text import is_blank


def _differences(expected: Any, found: Any, pointer: str = "") -> list[str]:
    """What a hand-checked record says that a parsed one does not; lists are compared whole."""
    if isinstance(expected, dict) and isinstance(found, dict):
        names = [(name, f"{pointer}/{name}") for name in expected]
        return [line for name, below in names for line in _differences(expected[name], found.get(name), below)]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for number, pair in pairs for line in _differences(*pair, f"{pointer}/{number}")]
    return [] if expected == found else [f"{pointer}: expected {expected!r}, found {found!r}"]


def _code(line: str) -> str:
    return line.partition(":")[0]


def _record(text: str, format: str = "text") -> Trial:
    return read_trial(read(text, format=format), registry="euctr")


@pytest.fixture(scope="module")
def page(fixtures: Path) -> Trial:
    return read_trial(read((fixtures / "euctr/sources/protocol_page.html").read_bytes()))


@pytest.fixture(scope="module")
def dump(fixtures: Path) -> str:
    return (fixtures / "euctr/sources/full_details.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def protocols(dump: str) -> list[Trial]:
    return [read_trial(read(dump[start:end])) for start, end in split_dump(dump)]


def test_registries_euctr_page_is_read(page: Trial, fixtures: Path) -> None:
    expected = json.loads((fixtures / "euctr/expected/protocol_page.json").read_text(encoding="utf-8"))
    assert _differences(expected, json.loads(page.to_json())) == []


@pytest.mark.parametrize("number", [0, 1])
def test_registries_euctr_full_text_is_read(protocols: list[Trial], fixtures: Path, number: int) -> None:
    expected = json.loads((fixtures / "euctr/expected/full_details.json").read_text(encoding="utf-8"))
    assert _differences(expected[number], json.loads(protocols[number].to_json())) == []


def test_registries_euctr_values_lead_back_to_their_words(page: Trial, protocols: list[Trial]) -> None:
    for trial in (page, *protocols):
        text = trial.text or ""
        words = {pointer: text[slice(*place.span)] for pointer, place in trial.provenance.items() if place.span}
        assert all(not is_blank(found) for found in words.values())
        assert words["/identifiers/0/value"] == trial.identifiers[0].value
        assert words["/status/raw"] == trial.status.raw if trial.status else True
        for number, event in enumerate(trial.timeline):
            assert words[f"/timeline/{number}/label"] == event.label
            assert event.date is None or words[f"/timeline/{number}/date"] == event.date.raw


def test_registries_euctr_places_on_the_page(page: Trial) -> None:
    text = page.text or ""
    words = {pointer: text[slice(*place.span)] for pointer, place in page.provenance.items() if place.span}
    assert words["/eligibility/sex"] == "Female\tYes\nF.2.2\tMale\tNo"
    assert words["/countries/0/raw"] == "Belgium"
    assert words["/countries/2/raw"] == "Canada"
    assert words["/design/masking"] == "E.8.1.4\tDouble blind\tYes"
    assert words["/interventions/1/name"] == "Placebo"
    assert words["/conditions/1/codes/0/code"] == "10019860"
    assert words["/translations/0/text"].startswith("Une étude")


def test_registries_euctr_map_leads_to_the_page(page: Trial, protocols: list[Trial]) -> None:
    for trial in (page, *protocols):
        for start, source, length in trial.eligibility.map:
            assert (trial.eligibility.text or "")[start : start + length] == (trial.text or "")[
                source : source + length
            ]


def test_registries_euctr_sections_tile_the_page(page: Trial, protocols: list[Trial]) -> None:
    for trial in (page, *protocols):
        text, at = trial.text or "", 0
        for section in trial.sections:
            assert is_blank(text[at : section.span[0]])
            assert text[slice(*section.span)] == section.text
            at = section.span[1]
        assert is_blank(text[at:])
    found = [(section.kind, section.heading) for section in page.sections]
    assert found[1:5] == [
        ("header", "A. Protocol Information"),
        ("sponsor", "B. Sponsor Information"),
        ("contact", "B.5 Contact point designated by the sponsor for further information on the trial"),
        ("design", "D. IMP Identification"),
    ]
    assert found[-1] == ("other", None)


def test_registries_euctr_extras_keep_what_has_no_field(page: Trial, protocols: list[Trial]) -> None:
    extras = {one.label: one.value for one in page.extra}
    assert (
        extras["E.8.6.3 If E.8.6.1 or E.8.6.2 are Yes, specify the regions in which trial sites are planned"]
        == "The Alps"
    )
    assert extras["D.IMP: 1 D.3.2 Product code"] == "MRW-150"
    assert extras["E.8.9.1 In the Member State concerned years"] == "2"
    assert "D.IMP: 1 D.3.11.3 Advanced Therapy IMP (ATIMP)" not in extras
    french = {one.label: one.value for one in protocols[0].extra}
    assert french["N. Ethics Committee Opinion: Reason(s) for unfavourable opinion"] == "Insurance certificate missing"
    assert french["Sponsor 1 B.3.1 Status of the sponsor"] == "Non-Commercial"
    assert french["D.IMP: 1 D.3.7 Routes of administration for this IMP"] == "Inhalation use"
    assert "E.8.1 Controlled" not in french


def test_registries_euctr_split_finds_each_protocol(dump: str) -> None:
    spans = split_dump(dump)
    assert [dump[start:end].split("\n")[1] for start, end in spans] == [
        "EudraCT Number: 2019-004417-26",
        "EudraCT Number: 2022-502913-18",
    ]
    assert spans[0][1] == spans[1][0]
    assert spans[1][1] == len(dump)
    assert split_dump("No protocol here.\nEudraCT numbers are given to trials.") == []


def test_registries_euctr_full_text_of_several_protocols_is_no_single_record(dump: str) -> None:
    with pytest.raises(MultipleRecordsError, match="found 2"):
        read_trial(read(dump), registry="euctr")


def test_registries_euctr_search_results_are_no_trial(fixtures: Path) -> None:
    document = read((fixtures / "euctr/sources/search_results.html").read_bytes())
    assert select(document).name == "euctr"
    with pytest.raises(NotATrialError, match="a list of search results"):
        read_trial(document)


@pytest.mark.parametrize(
    ("answers", "groups", "age", "absent"),
    [
        ("F.1.1: No|F.1.2: Yes|F.1.3: No", ["adult"], (18, 64, "a"), None),
        ("F.1.1: No|F.1.2: No|F.1.3: Yes", ["older_adult"], (65, None, "a"), None),
        ("F.1.1: Yes|F.1.2: Yes|F.1.3: No", ["adult"], None, None),
        ("F.1.1: Yes|" + "|".join(f"F.1.1.{n}: No" for n in (1, 2, 4, 5, 6)) + "|F.1.1.3: Yes|F.1.2: No|F.1.3: No",
         ["newborn"], (0, 27, "d"), None),
        ("F.1.1: Yes|F.1.1.1: Yes|" + "|".join(f"F.1.1.{n}: No" for n in range(2, 7)) + "|F.1.2: No|F.1.3: No",
         ["in_utero"], None, None),
        ("F.1.1: Yes|F.1.1.1: No|F.1.1.2: No|" + "|".join(f"F.1.1.{n}: Yes" for n in range(3, 7))
         + "|F.1.2: Yes|F.1.3: Yes",
         ["newborn", "infant", "child", "adolescent", "adult", "older_adult"], None, "no_limit"),
        ("F.1.1: Yes|F.1.1.1: No|F.1.1.2: No|F.1.1.3: No|F.1.1.4: No|F.1.1.5: Yes|F.1.1.6: No|F.1.2: Yes|F.1.3: No",
         ["child", "adult"], None, None),
    ],
)  # fmt: skip
def test_registries_euctr_age_bands(
    answers: str, groups: list[str], age: tuple[int, int | None, str] | None, absent: str | None
) -> None:
    """Limits follow from bands without a gap, every one of them answered, in one unit."""
    lines = [line.replace(":", " Band:") for line in sorted(answers.split("|"), key=_code)]
    trial = _record(
        "\n".join(["A.1 Member State Concerned: Spain - AEMPS", "A.2 EudraCT number: 2019-004417-26", *lines])
    )
    limits = trial.eligibility.age
    assert trial.eligibility.age_groups == groups
    assert (limits and (limits.low, limits.high, limits.ucum)) == age
    assert trial.absent.get("/eligibility/age") == (absent or (None if age else "not_on_page"))


@pytest.mark.parametrize(
    ("answers", "sex"),
    [("Yes|Yes", "all"), ("Yes|No", "female"), ("No|Yes", "male"), ("No|No", None)],
)
def test_registries_euctr_sex(answers: str, sex: str | None) -> None:
    female, male = answers.split("|")
    trial = _record(f"A.2 EudraCT number: 2019-004417-26\nF.2 Gender\nF.2.1 Female: {female}\nF.2.2 Male: {male}")
    assert trial.eligibility.sex == sex
    assert bool([one for one in trial.diagnostics if one.code == "unknown_value"]) == (sex is None)


@pytest.mark.parametrize(
    ("numbers", "target"),
    [
        ("E.8.5 Several: No|E.8.6.1 Both: No|E.8.6.2 Outside: No|F.4.1 In the member state: 40", 40),
        (
            "E.8.5 Several: Yes|E.8.6.1 Both: No|E.8.6.2 Outside: No|F.4.1 Member state: 40|F.4.2.1 In the EEA: 90",
            90,
        ),
        ("E.8.5 Several: Yes|E.8.6.1 Both: Yes|F.4.1 In the member state: 40|F.4.2.1 In the EEA: 90", None),
        ("F.4.1 In the member state: 40|F.4.2.2 In the whole clinical trial: 1,200", 1200),
    ],
)
def test_registries_euctr_number_of_the_whole_trial(numbers: str, target: int | None) -> None:
    trial = _record("\n".join(["A.2 EudraCT number: 2019-004417-26", *numbers.split("|")]))
    assert trial.design is not None
    assert trial.design.enrolment is not None
    assert trial.design.enrolment.target == target


def test_registries_euctr_unknown_status_is_kept_raw() -> None:
    trial = _record("Trial Status: Paused by the moon\nA.2 EudraCT number: 2019-004417-26")
    assert trial.status is not None
    assert (trial.status.value, trial.status.raw) == ("unknown", "Paused by the moon")
    assert [one.code for one in trial.diagnostics if one.pointer == "/status/value"] == ["unknown_value"]


def test_registries_euctr_fields_apart_by_tabs() -> None:
    """A page copied as text has its cells apart by tabs."""
    trial = _record(
        "EudraCT Number:2019-004417-26\nTrial Status:Completed\n"
        "A.1\tMember State Concerned\tSpain - AEMPS\nA.2\tEudraCT number\t2019-004417-26\n"
        "A.3.1\tTitle of the trial for lay people, in easily understood, language\tA study: of tea\n"
        "E.3\tPrincipal inclusion criteria\t1. Adults\n2. Asthma\nE.4\tPrincipal exclusion criteria\tNone known\n"
    )
    assert trial.title == "A study: of tea"
    assert trial.status is not None
    assert trial.status.value == "completed"
    assert trial.countries[0].country_code == "ES"
    assert trial.eligibility.text == "1. Adults\n2. Asthma\n\nNone known"


def test_registries_euctr_real_pages(shared_data: Path) -> None:
    """Read by hand: the German protocol of 2015-000590-12, with and without its end."""
    folder = shared_data / "registries" / "euctr_html"
    for name in ("4ff2c188_response_body.html", "4ff2c188_response_body_date.html"):
        trial = parser.parse_file(folder / name, rules=False)
        assert trial.identifiers[0].value == "2015-000590-12"
        assert trial.status is not None
        assert trial.status.value == "completed"
        assert [one.event for one in trial.timeline].count("completion") == ("_date" in name)
        assert (trial.eligibility.text or "").count("\n1. ") == 4
        assert "allograft" in (trial.eligibility.text or "")
        assert len(trial.interventions) == 10


def test_registries_euctr_real_full_text(shared_data: Path) -> None:
    path = shared_data / "registries" / "euctr_html" / "ctrdata_test_error_trials_euctr.txt"
    text = path.read_text(encoding="utf-8")
    trials = [parser.parse(text[start:end], rules=False) for start, end in split_dump(text)]
    assert [trial.countries[0].country_code for trial in trials] == "ES SE SE FR ES GR PL PL PT HU".split()
    assert all(trial.eligibility.text and trial.sponsor and trial.outcomes for trial in trials)
    assert [trial.design.enrolment.target for trial in trials if trial.design and trial.design.enrolment][:2] == [
        15,
        15,
    ]
