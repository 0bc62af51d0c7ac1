"""Record pages of ChiCTR, CTRI, jRCT, UMIN, IRCT, ReBEC, PACTR, TCTR and SLCTR.

`fixtures/<register>/sources` holds pages in each register's shape with content of our own, `expected` what a reader of
the page finds on it: only the fields that are listed there are compared, and null says that there is no value.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parser
from parser.models import Trial
from parser.models.trial import pointer_target
from parser.models.values import PartialDate, Range
from parser.reading import read
from parser.registries import read_trial, select
from parser.registries.label_tables.ages import read_both, read_limit
from parser.registries.label_tables.scan import look_up
from parser.registries.label_tables.terms import FIELDS, read_table
from parser.text import is_blank

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
REGISTERS = ("chictr", "ctri", "jrct", "umin", "irct", "rebec", "pactr", "tctr", "slctr")
SOURCES = [path for name in REGISTERS for path in sorted((FIXTURES / name / "sources").iterdir())]
#: Lines that pages of these registers are made of, and such as break them.
LINES = (
    "Gender|Gender: -|Age Minimum\t18age old|Inclusion criteria|1. Asthma\t|\t\t|Name\tEmail|Primary Outcome|"
    "Outcome\tTimePoints|Type\tName\tDetails|日本語|英語|en|注册题目：|Public title：|哮喘|Secondary Ids|Details|"
    "Sponsor|Institute|<table>|# 1|- item: x|Countries of recruitment|Korea, Republic of|Date of registration|"
    '31/12/2020 (mm/dd/yyyy)|2020 Year Month Day|Target sample size|Total Sample Size="9"|Interventions|'
    "组别：\tA\t样本量：\t3|Contact people|Role\tName\tPhone|Public\tA\t1|研究负责人|日本/Japan|18歳以上"
).split("|")
#: Fields that other words stand for than the value itself, and joined ones with their labels in between.
_NORMALISED = re.compile(
    r"/(value|sex|study_type|country_code|plan|rank|event|kind|healthy_volunteers|age|date|approved|name|role|type|"
    r"text|available|by_group|target)$|/phases/\d+$|/conditions/\d+$"
)


def _read(path: Path, registry: str | None = None) -> Trial:
    return read_trial(read(path.read_bytes()), registry=registry)


def _ids(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_registries_label_pages_state_what_is_expected(path: Path) -> None:
    expected = json.loads((path.parents[1] / "expected" / f"{path.stem}.json").read_text(encoding="utf-8"))
    trial = _read(path)
    assert trial.source.registry == path.parents[1].name
    actual = json.loads(trial.to_json())
    if "translations" in expected:
        unordered = [json.dumps(one, sort_keys=True, ensure_ascii=False) for one in actual["translations"]]
        wanted = [json.dumps(one, sort_keys=True, ensure_ascii=False) for one in expected.pop("translations")]
        assert sorted(unordered) == sorted(wanted)
    _compare(expected, actual, "")


def _compare(expected: Any, actual: Any, at: str) -> None:
    """Compare the fields that are expected; lists are compared whole, entry by entry."""
    if isinstance(expected, dict):
        assert isinstance(actual, dict), at
        for key, value in expected.items():
            _compare(value, actual.get(key), f"{at}/{key}")
    elif isinstance(expected, list):
        assert isinstance(actual, list), at
        assert len(actual) == len(expected), f"{at}: {actual}"
        for index, (one, other) in enumerate(zip(expected, actual, strict=True)):
            _compare(one, other, f"{at}/{index}")
    else:
        assert actual == expected, at


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_registries_label_pages_point_back_to_their_words(path: Path) -> None:
    trial = _read(path)
    assert trial.text is not None
    assert trial.provenance
    for pointer, place in trial.provenance.items():
        if pointer.startswith("/translations"):
            continue
        value = pointer_target(trial, pointer) if "/by_group" not in pointer else None
        if place.span is None:
            assert pointer.startswith("/identifiers"), pointer
            continue
        words = "".join(trial.text[slice(*place.span)].split())
        assert words, pointer
        if isinstance(value, str) and not _NORMALISED.search(pointer) and pointer != "/eligibility/text":
            assert "".join(value.split()) == words, pointer
        elif isinstance(value, int) and not isinstance(value, bool) and not _NORMALISED.search(pointer):
            assert str(value) == words, pointer
        elif isinstance(value, PartialDate):
            assert "".join(value.raw.split()) == words, pointer
        elif isinstance(value, Range):
            assert any(str(bound) in words for bound in (value.low, value.high)), pointer


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_registries_label_pages_criteria_lead_back_to_the_page(path: Path) -> None:
    trial = _read(path)
    text = trial.eligibility.text
    assert text is not None
    assert trial.text is not None
    for start, source, length in trial.eligibility.map:
        assert text[start : start + length] == trial.text[source : source + length]
    for part in trial.eligibility.parts:
        assert text[slice(*part.span)].strip() == text[slice(*part.span)] != ""


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_registries_label_pages_sections_tile_the_page(path: Path) -> None:
    trial = _read(path)
    assert trial.text is not None
    at = 0
    for section in trial.sections:
        start, end = section.span
        assert not trial.text[at:start].strip()
        assert trial.text[start:end] == section.text
        at = end
    assert not trial.text[at:].strip()


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_registries_label_pages_hold_no_label_as_a_value(path: Path) -> None:
    """No field holds the words of the label that follows on the page."""
    trial = _read(path)
    labels = {step.label.casefold() for step in trial.timeline} | {one.label.casefold() for one in trial.extra}
    labels |= {"gender", "age to", "exclusion criteria", "primary sponsor", "recruitment status", "name", "email"}
    values = [trial.title, trial.scientific_title, trial.status.raw if trial.status else None]
    values += [one.text for one in trial.conditions] + [one.measure for one in trial.outcomes]
    values += [one.name for one in trial.contacts] + [one.name for one in trial.interventions]
    assert not labels & {value.casefold() for value in values if value}


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_registries_label_pages_have_criteria(path: Path) -> None:
    trial = parser.parse(path.read_bytes(), rules=False)
    kinds = {criterion.kind for criterion in trial.eligibility.criteria}
    assert {"inclusion", "exclusion"} <= kinds


@pytest.mark.parametrize("path", [path for path in SOURCES if path.suffix == ".html"], ids=_ids)
def test_registries_label_pages_read_the_same_as_text(path: Path) -> None:
    """A page that was saved as text has the same labels and values, one a line, the cells of its rows apart by tabs."""
    page = _read(path)
    assert page.text is not None
    text = read_trial(read(page.text, format="text"))
    assert text.source.registry == page.source.registry
    for name in ("title", "scientific_title", "acronym", "status", "conditions", "countries", "timeline", "summary"):
        assert getattr(text, name) == getattr(page, name), name
    assert (text.eligibility.sex, text.eligibility.age) == (page.eligibility.sex, page.eligibility.age)
    assert (text.eligibility.text or "").split() == (page.eligibility.text or "").split()
    assert [one.measure for one in text.outcomes] == [one.measure for one in page.outcomes]
    assert [(one.name, one.email) for one in text.contacts] == [(one.name, one.email) for one in page.contacts]


@given(
    name=st.sampled_from(REGISTERS),
    lines=st.lists(
        st.sampled_from(LINES) | st.text(max_size=20),
        max_size=14,
    ),
)
@settings(max_examples=150, deadline=None)
def test_registries_label_pages_never_fail_and_lose_no_line(name: str, lines: list[str]) -> None:
    text = "\n".join(["x", *lines])
    trial = read_trial(read(text, format="text"), registry=name)
    assert trial.text is not None
    assert Trial.from_json(trial.to_json()) == trial
    covered = "".join(section.text for section in trial.sections)
    assert _visible(covered) == _visible(trial.text)
    for place in trial.provenance.values():
        assert place.span is None or 0 <= place.span[0] < place.span[1] <= len(trial.text)


def _visible(text: str) -> str:
    return "".join(character for character in text if not is_blank(character))


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_registries_label_pages_can_be_forced(path: Path) -> None:
    name = path.parents[1].name
    assert _read(path, registry=name) == _read(path)


@pytest.mark.parametrize("name", REGISTERS)
def test_registries_label_pages_leave_other_pages_alone(name: str) -> None:
    others = [path for path in SOURCES if path.parents[1].name != name]
    others += sorted((FIXTURES / "generic" / "sources").glob("*.html"))
    others += sorted((FIXTURES / "clinconnect" / "sources").iterdir())
    for path in others:
        assert select(read(path.read_bytes())).name != name if _is_trial(path) else True


def _is_trial(path: Path) -> bool:
    return not path.name.startswith(("not_a_trial", "several_", "search_"))


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize(
    "data",
    ["x", "Title", "a\tb\tc\n\t\n", "<p>Inclusion criteria</p>", "<table><tr><td></table>", "Gender:\nGender: -\n"],
)
def test_registries_label_pages_forced_on_anything_never_fail(name: str, data: str) -> None:
    trial = read_trial(read(data), registry=name)
    assert trial.source.registry == name
    assert [found.code for found in trial.diagnostics if found.code == "identifier_missing"]


@pytest.mark.parametrize("name", REGISTERS)
def test_registries_label_pages_every_label_means_a_known_field(name: str) -> None:
    from importlib import import_module

    convention = import_module(f"parser.registries.{name}").CONVENTION
    unknown = {field for field in convention.labels.values() if field not in FIELDS}
    assert not unknown
    assert convention.marks <= convention.labels.keys() | set(), convention.marks - convention.labels.keys()


@pytest.mark.parametrize(
    ("words", "limit", "bounds"),
    [
        # UMIN writes the age before the sign.
        ("20 years-old <=", "low", (20, True, None, None)),
        ("20 years-old <", "low", (20, False, None, None)),
        ("75 years-old >", "high", (None, None, 75, False)),
        ("75 years-old >=", "high", (None, None, 75, True)),
        ("20years-old <=", "low", (20, True, None, None)),
        # jRCT in English, in the WHO's export, and in Japanese.
        ("18age old over", "low", (18, True, None, None)),
        (">= 18age old", "low", (18, True, None, None)),
        ("< 75age old", "high", (None, None, 75, False)),
        ("75age old not", "high", (None, None, 75, False)),
        ("18歳以上", "low", (18, True, None, None)),
        ("75歳未満", "high", (None, None, 75, False)),
        ("75歳以下", "high", (None, None, 75, True)),
        # CTRI and ReBEC.
        ("18.00 Year(s)", "low", (18, True, None, None)),
        ("18 Y", "low", (18, True, None, None)),
    ],
)
def test_registries_label_ages_reads_each_registers_limits(
    words: str, limit: Any, bounds: tuple[int | None, bool | None, int | None, bool | None]
) -> None:
    found = read_limit(words, limit).range
    assert found is not None
    assert (found.low, found.low_inclusive, found.high, found.high_inclusive) == bounds
    assert found.ucum == "a"


@pytest.mark.parametrize("words", ["No limit", "Not applicable", "0 N/A (No limit)", "0 -", "上限なし", "No Age Limit"])
def test_registries_label_ages_reads_words_for_no_limit(words: str) -> None:
    reading = read_limit(words, "high")
    assert (reading.range, reading.no_limit) == (None, True)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("From 18 years old to 65 years old", (18, 65, "a")),
        ("From 18 years old", (18, None, "a")),
        ("最小 Min age 18 岁 years 最大 Max age 75 岁 years", (18, 75, "a")),
        ("Minimum : 6 Months Maximum : 24 Months", (6, 24, "mo")),
        ("Minimum : 18 Years Maximum : 0 N/A (No limit)", (18, None, "a")),
    ],
)
def test_registries_label_ages_reads_both_limits_of_one_field(
    words: str, bounds: tuple[int | None, int | None, str]
) -> None:
    found = read_both(words).range
    assert found is not None
    assert (found.low, found.high, found.ucum) == bounds


def test_registries_label_ages_assume_years_only_where_the_register_means_them() -> None:
    page = "注册号：\nRegistration number：\nChiCTR2400011111\n年龄范围：\nParticipant age：\n"
    trial = read_trial(read(page + "最小 Min age 18\n最大 Max age 60\n"), registry="chictr")
    assert trial.eligibility.age is not None
    assert (trial.eligibility.age.low, trial.eligibility.age.high, trial.eligibility.age.ucum) == (18, 60, "a")
    assert "age_unit_assumed" in [found.code for found in trial.diagnostics]
    trial = read_trial(read("Trial no.\tPACTR202401234567890\nMinimum age\t18\nMaximum age\t60\n"), registry="pactr")
    assert trial.eligibility.age is None
    assert trial.absent["/eligibility/age"] == "unparseable"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Public Title", "title"),
        ("平易な研究名称 / Public Title", "title"),
        ("年齢下限/AgeMinimum", "low"),
        ("年齢（下限）/Age-lower limit", "low"),
        ("年齢（下限）", "low"),
        ("UMIN試験ID/Unique ID issued by UMIN", "id"),
        ("  Public   title： ", "title"),
        ("Public title of the study", None),
        ("沈如琢 Public", None),
    ],
)
def test_registries_label_scan_finds_a_label_in_either_language(words: str, field: str | None) -> None:
    forms = read_table(
        "title: public title\nlow: ageminimum | age-lower limit | 年齢(下限)\nid: unique id issued by umin\n"
    )
    assert look_up(words, forms) == field


def test_registries_label_pages_take_no_criterion_for_a_field() -> None:
    page = (
        "SLCTR Registration Number\nSLCTR/2023/004\nPublic Title of Trial\nA trial of tea\nInclusion criteria\n"
        "Masking: not of interest to the reader\nPurpose\nTreatment\n"
    )
    trial = read_trial(read(page), registry="slctr")
    assert trial.design is not None
    assert trial.design.purpose == "Treatment"
    page = "IRCT registration number: IRCT20200101000001N1\nInclusion/Exclusion criteria\nAge: 18 or older\n"
    trial = read_trial(read(page + "Gender: women\nPhase\n3\n"), registry="irct")
    assert trial.eligibility.text == "Age: 18 or older\nGender: women"
    assert trial.eligibility.sex is None
    assert trial.design is not None
    assert trial.design.phases == ["3"]
