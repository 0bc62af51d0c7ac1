"""ClinicalTrials.gov: hand-checked records of one invented trial in every format, and what odd input does."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import parser
from parser.errors import MultipleRecordsError, NotATrialError
from parser.models import Trial
from parser.models.trial import pointer_target

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "ctgov"
EXPECTED = sorted((FIXTURES / "expected").glob("*.json"))
#: The formats that hold the same trial, and what all of them say of it.
SAME_TRIAL = ("study_v2.json", "study_v1.json", "study_legacy.xml")
SAME_FIELDS = (
    "identifiers",
    "title",
    "scientific_title",
    "acronym",
    "keywords",
    "conditions",
    "outcomes",
    "contacts",
    "oversight",
)


def _source(name: str) -> Path:
    return next(path for path in (FIXTURES / "sources").iterdir() if path.name == name or path.stem == name)


def _study() -> dict[str, Any]:
    study: dict[str, Any] = json.loads(_source("study_v2.json").read_text())
    return study


def _parse(study: object, **options: Any) -> Trial:
    return parser.parse(json.dumps(study), rules=False, **options)


def _differences(expected: Any, found: Any, at: str = "") -> Iterator[str]:
    """Yield where a record does not say what is expected of it; fields that nothing is expected of may say anything."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from _differences(value, found.get(key), f"{at}/{key}")
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{at}: {len(expected)} expected, {len(found)} found: {found}"
        for index, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from _differences(one, other, f"{at}/{index}")
    elif expected != found:
        yield f"{at}: {expected!r} expected, {found!r} found"


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_registries_ctgov_expected(path: Path) -> None:
    """Every field checked by hand against its source is in the record."""
    trial = parser.parse_file(_source(path.stem), rules=False)
    found = json.loads(trial.to_json())
    assert not list(_differences(json.loads(path.read_text()), found))


def test_registries_ctgov_expected_all() -> None:
    """Every source has its expected record."""
    assert [path.stem for path in EXPECTED] == sorted(path.stem for path in (FIXTURES / "sources").iterdir())


@pytest.mark.parametrize("name", SAME_TRIAL[1:])
def test_registries_ctgov_formats_agree(name: str) -> None:
    """The same trial reads the same from each format of record."""
    one, other = (parser.parse_file(_source(each), rules=False) for each in (SAME_TRIAL[0], name))
    for field in SAME_FIELDS:
        left, right = (json.loads(trial.to_json())[field] for trial in (one, other))
        if field == "conditions" and name.endswith(".xml"):
            # The XML names the terms without their codes.
            left, right = ([condition["text"] for condition in side] for side in (left, right))
        assert left == right, field
    assert one.eligibility.sex == other.eligibility.sex
    assert one.eligibility.age == other.eligibility.age
    assert [arm.label for arm in one.design.arms] == [arm.label for arm in other.design.arms]  # type: ignore[union-attr]
    assert (one.design.masking, one.design.phases) == (other.design.masking, other.design.phases)  # type: ignore[union-attr]
    assert [place.facility for place in one.locations] == [place.facility for place in other.locations]
    assert [place.country_code for place in one.locations] == [place.country_code for place in other.locations]


# --- everything points back


def _resolve_json(tree: Any, path: str) -> Any:
    for step in path.split("/")[1:]:
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    return tree


def _resolve_xml(root: ElementTree.Element, path: str) -> Any:
    steps = path.split("/")[1:]
    assert steps[0] == root.tag
    attribute = steps.pop()[1:] if steps[-1].startswith("@") else None
    element = root.find("/".join(steps[1:])) if steps[1:] else root
    assert element is not None, path
    return element.get(attribute) if attribute else "".join(element.itertext())


def _letters(words: object) -> str:
    return "".join(character for character in str(words).casefold() if character.isalnum())


#: Fields that stand in the source letter by letter.
VERBATIM = (
    "/title",
    "/scientific_title",
    "/status/raw",
    "/status/why_stopped",
    "/summary/brief",
    "/eligibility/text",
    "/sponsor/raw",
    "/conditions/0/text",
    "/interventions/0/name",
    "/outcomes/0/measure",
    "/locations/0/facility",
    "/locations/1/city",
    "/timeline/0/date/raw",
    "/publications/0/citation",
)


@pytest.mark.parametrize("name", ["study_v2.json", "study_v1.json", "study_legacy.xml", "study_2009.xml"])
def test_registries_ctgov_paths_resolve(name: str) -> None:
    """Every path of the provenance leads to something in the source, verbatim fields to their own words."""
    data = _source(name).read_text()
    root: Any = ElementTree.fromstring(data) if name.endswith(".xml") else json.loads(data)
    if name == "study_v1.json":
        root = root["FullStudiesResponse"]["FullStudies"][0]
    trial = parser.parse_file(_source(name), rules=False)
    assert len(trial.provenance) > 40
    for pointer, place in trial.provenance.items():
        for path in (place.path or "").split():
            found = _resolve(root, path)
            assert found is not None, (pointer, path)
            target = pointer_target(trial, pointer)
            if pointer in VERBATIM and target is not None:
                assert _letters(target) == _letters(found), pointer
    dates = {pointer: place for pointer, place in trial.provenance.items() if pointer.endswith("/date")}
    assert dates
    for pointer, place in dates.items():
        assert pointer_target(trial, pointer).raw == " ".join(_resolve(root, place.path or "").split())


def _resolve(root: Any, path: str) -> Any:
    if isinstance(root, ElementTree.Element):
        return _resolve_xml(root, path)
    try:
        return _resolve_json(root, path)
    except KeyError:
        # Paths lead from the record's own root, which may lie deeper than the list's entry.
        return _resolve_json(root["Study"], path)


@pytest.mark.parametrize("name", ["page_current.html", "page_classic.html", "page_text.txt"])
def test_registries_ctgov_spans_hold_words(name: str) -> None:
    """Every span of a page holds the words of its value, and the sections tile the page."""
    trial = parser.parse_file(_source(name), rules=False)
    assert trial.text is not None
    for pointer, place in trial.provenance.items():
        if place.span is None:
            continue
        words = trial.text[slice(*place.span)]
        assert words.strip(), pointer
        target = pointer_target(trial, pointer)
        if isinstance(target, str) and not pointer.endswith(("/value", "_code", "/study_type", "/sex", "/raw")):
            assert _letters(target) in _letters(words), pointer
    covered = {place for section in trial.sections for place in range(*section.span)}
    assert all(place in covered for place, character in enumerate(trial.text) if not character.isspace())


# --- which documents are the registry's


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda study: study,
        lambda study: [study],
        lambda study: {"studies": [study], "nextPageToken": "abc"},
        lambda study: {"studies": study},
    ],
)
def test_registries_ctgov_wrappings(wrapped: Any) -> None:
    """A single study is read whatever it is wrapped in."""
    trial = _parse(wrapped(_study()))
    assert (trial.source.registry, trial.identifiers[0].value) == ("ctgov", "NCT09900017")


def test_registries_ctgov_several() -> None:
    """Several studies are no single record."""
    study = _study()
    with pytest.raises(MultipleRecordsError):
        _parse({"studies": [study, study]})


@pytest.mark.parametrize(
    "document",
    [
        '{"StudyStatistics": {"ElmtDefs": {"Study": {"ProtocolSection": "Object"}}}}',
        '{"studies": []}',
        '{"protocolSection": "none"}',
        "<search_results count='2'><study><nct_id>NCT09900017</nct_id></study></search_results>",
    ],
)
@pytest.mark.parametrize("registry", [None, "ctgov"])
def test_registries_ctgov_not_a_trial(document: str, registry: str | None) -> None:
    """Statistics, an empty list and search results are no trial, forced or not."""
    with pytest.raises(parser.errors.InputError) as error:
        parser.parse(document, rules=False, registry=registry)
    assert error.value.code in {"not_a_trial", "unreadable_input"}


def test_registries_ctgov_statistics_is_not_a_trial() -> None:
    """A statistics file has the error that says so."""
    with pytest.raises(NotATrialError):
        parser.parse('{"StudyStatistics": {"ElmtDefs": {}}}', registry="ctgov")


def test_registries_ctgov_xml_wrapped() -> None:
    """A study within another element is read, its paths lead from the root."""
    data = _source("study_legacy.xml").read_text().split("?>", 1)[1]
    trial = parser.parse(f"<export>{data}</export>", rules=False)
    assert trial.identifiers[0].value == "NCT09900017"


@pytest.mark.parametrize("name", ["page_current.html", "page_classic.html", "page_text.txt"])
def test_registries_ctgov_page_recognised(name: str) -> None:
    """Saved pages are recognised by what they say."""
    assert parser.parse_file(_source(name), rules=False).source.registry == "ctgov"


def test_registries_ctgov_other_page() -> None:
    """A hospital's page that names the number is not the registry's own."""
    page = (
        "<h1>A Study of Heparin in Burns</h1><p>ClinicalTrials.gov Identifier: NCT09900017</p>"
        "<h2>Who can take part</h2><p>Inclusion criteria</p><ul><li>Patients with burns</li></ul>"
    )
    assert parser.parse(page, rules=False).source.registry == "generic"


# --- values


def _with(path: str, value: object) -> dict[str, Any]:
    study = _study()
    *steps, last = path.split("/")
    target: Any = study["protocolSection"]
    for step in steps:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return study


@pytest.mark.parametrize(
    ("code", "value", "known"),
    [
        ("ENROLLING_BY_INVITATION", "enrolling_by_invitation", True),
        ("ACTIVE_NOT_RECRUITING", "active_not_recruiting", True),
        ("NO_LONGER_AVAILABLE", "no_longer_available", True),
        ("TEMPORARILY_NOT_AVAILABLE", "temporarily_not_available", True),
        ("APPROVED_FOR_MARKETING", "approved_for_marketing", True),
        ("WITHHELD", "withheld", True),
        ("ON_THE_MOON", "unknown", False),
    ],
)
def test_registries_ctgov_status(code: str, value: str, known: bool) -> None:
    """Every status of the registry is known; another one is kept raw with a diagnostic."""
    trial = _parse(_with("statusModule/overallStatus", code))
    assert trial.status is not None
    assert (trial.status.value, trial.status.raw) == (value, code)
    assert known == (not [found for found in trial.diagnostics if found.code == "unknown_value"])


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("NIH", "government"),
        ("FED", "government"),
        ("OTHER_GOV", "government"),
        ("INDIV", "individual"),
        ("INDUSTRY", "industry"),
        ("NETWORK", "network"),
        ("OTHER", "other"),
        ("AMBIG", "unknown"),
        ("UNKNOWN", "unknown"),
    ],
)
def test_registries_ctgov_sponsor_class(code: str, value: str) -> None:
    """Every class has its value; the registry's own word is kept beside it."""
    trial = _parse(_with("sponsorCollaboratorsModule/leadSponsor/class", code))
    assert trial.sponsor is not None
    assert trial.sponsor.sponsor_class == value
    assert ("Class of Larkmoor University Hospital", code) in [(extra.label, extra.value) for extra in trial.extra]


@pytest.mark.parametrize(
    ("low", "high", "expected", "absent"),
    [
        ("18 Years", "65 Years", (18, 65, "a"), {}),
        ("18 Years", ..., (18, None, "a"), {"high": "no_limit"}),
        (..., "30 Days", (None, 30, "d"), {"low": "no_limit"}),
        ("N/A", "1 Year", (None, 1, "a"), {"low": "no_limit"}),
        ("6 Months", "2 Years", (6, 24, "mo"), {}),
        ("37 Weeks", "N/A", (37, None, "wk"), {"high": "no_limit"}),
        ("90 Minutes", "4 Hours", (90, 240, "min"), {}),
        ("18 Years", "many", (18, None, "a"), {"high": "unparseable"}),
    ],
)
def test_registries_ctgov_ages(low: Any, high: Any, expected: tuple[Any, ...], absent: dict[str, str]) -> None:
    """Limits keep their unit; one that is not stated is no limit, and never a number."""
    study = _with("eligibilityModule/minimumAge", low)
    if high is not ...:
        study["protocolSection"]["eligibilityModule"]["maximumAge"] = high
    trial = _parse(study)
    age = trial.eligibility.age
    assert age is not None
    assert (age.low, age.high, age.ucum) == expected
    assert {limit: trial.absent.get(f"/eligibility/age/{limit}") for limit in absent} == absent


def test_registries_ctgov_no_age() -> None:
    """Without limits there is no range, and the reason is that there is no limit."""
    trial = _parse(_with("eligibilityModule/minimumAge", ...))
    assert trial.eligibility.age is None
    assert trial.absent["/eligibility/age"] == "no_limit"


@pytest.mark.parametrize(
    ("written", "scheme", "value"),
    [
        ("ISRCTN77112345", "isrctn", "ISRCTN77112345"),
        ("EudraCT 2019-001234-31", "eudract", "2019-001234-31"),
        ("2023-501234-12-00", "ctis", "2023-501234-12"),
        ("U10CA180886", "other", "U10CA180886"),
        ("NL77412.058.21", "other", "NL77412.058.21"),
        ("Protocol 7 of NCT09900044", "other", "Protocol 7 of NCT09900044"),
        ("NCT09900044", "nct", "NCT09900044"),
    ],
)
def test_registries_ctgov_secondary_ids(written: str, scheme: str, value: str) -> None:
    """A number is of a register only when nothing but words stands beside it."""
    trial = _parse(_with("identificationModule/secondaryIdInfos", [{"id": written}]))
    last = trial.identifiers[-1]
    assert (last.scheme, last.value, last.raw) == (scheme, value, written)


def test_registries_ctgov_enrolment_actual() -> None:
    """An actual enrolment is no target."""
    trial = _parse(_with("designModule/enrollmentInfo", {"count": 0, "type": "ACTUAL"}))
    assert trial.design is not None
    assert trial.design.enrolment is not None
    assert (trial.design.enrolment.actual, trial.design.enrolment.target) == (0, None)


def test_registries_ctgov_namibia() -> None:
    """A country's code that looks like a word for no value is a code."""
    trial = _parse(_with("contactsLocationsModule/locations", [{"city": "Windhoek", "country": "Namibia"}]))
    assert [(place.city, place.country_code) for place in trial.locations] == [("Windhoek", "NA")]
    assert [(country.raw, country.country_code) for country in trial.countries] == [("Namibia", "NA")]


def test_registries_ctgov_redacted() -> None:
    """A redacted sponsor has no name, and says why."""
    trial = _parse(_with("sponsorCollaboratorsModule/leadSponsor", {"name": "[Redacted]"}))
    assert trial.sponsor is not None
    assert trial.sponsor.name is None
    assert trial.absent["/sponsor/name"] == "redacted"


def test_registries_ctgov_unknown_date_stays_out() -> None:
    """A date that is none is absent, with a diagnostic and the label kept."""
    trial = _parse(_with("statusModule/startDateStruct", {"date": "soon", "type": "ACTUAL"}))
    assert (trial.timeline[0].event, trial.timeline[0].date, trial.timeline[0].kind) == ("start", None, None)
    assert trial.absent["/timeline/0/date"] == "unparseable"


# --- odd shapes


def test_registries_ctgov_lone_values() -> None:
    """A lone value where a list is usual is its only entry."""
    study = _study()
    section = study["protocolSection"]
    section["conditionsModule"] = {"conditions": "Burns", "keywords": {"a": "b"}}
    section["designModule"]["phases"] = "PHASE2"
    section["armsInterventionsModule"]["armGroups"] = {"label": "Only", "type": "EXPERIMENTAL"}
    section["armsInterventionsModule"]["interventions"] = {"name": "Heparin", "armGroupLabels": "Only"}
    study["derivedSection"]["miscInfoModule"]["removedCountries"] = "Spain"
    trial = _parse(study)
    assert [condition.text for condition in trial.conditions] == ["Burns"]
    assert trial.keywords == []
    assert trial.design is not None
    assert (trial.design.phases, [arm.label for arm in trial.design.arms]) == (["2"], ["Only"])
    assert [(one.name, one.arms) for one in trial.interventions] == [("Heparin", ["Only"])]
    assert trial.provenance["/conditions/0/text"].path == "/protocolSection/conditionsModule/conditions"


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every object or list of a tree with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


ODD: tuple[Any, ...] = (
    None,
    "",
    "  ",
    0,
    -1.5,
    True,
    [],
    {},
    [None],
    [[]],
    {"x": None},
    "\u0000",
    "N/A",
    [1, "a"],
    "é" * 300,
)


@pytest.mark.parametrize("name", ["study_v2.json", "study_v1.json"])
def test_registries_ctgov_odd_json(name: str) -> None:
    """Whatever stands where a value is usual, the record is read or refused in the parser's own words."""
    study = json.loads(_source(name).read_text())
    chosen = random.Random(20260117)
    read = 0
    for number, _ in enumerate(_places(study)):
        odd = copy.deepcopy(study)
        target, key = list(_places(odd))[number]
        target[key] = copy.deepcopy(chosen.choice(ODD))
        try:
            trial = _parse(odd, registry="ctgov")
        except parser.errors.InputError:
            continue
        assert Trial.from_json(trial.to_json()) == trial
        read += 1
    assert read > 100


def test_registries_ctgov_odd_xml() -> None:
    """Any element may be missing, empty or doubled."""
    data = _source("study_legacy.xml").read_text()
    count = len(list(ElementTree.fromstring(data).iter()))
    for number in range(1, count):
        for change in ("remove", "empty", "double"):
            root = ElementTree.fromstring(data)
            element = list(root.iter())[number]
            parent = next(one for one in root.iter() if element in list(one))
            if change == "remove":
                parent.remove(element)
            elif change == "empty":
                element.clear()
            else:
                parent.append(copy.deepcopy(element))
            trial = parser.parse(ElementTree.tostring(root, "unicode"), rules=False)
            assert trial.source.registry == "ctgov"


@pytest.mark.parametrize(
    ("whole", "allocation", "masking"),
    [
        ("Treatment, Randomized, Open Label, Parallel Assignment", None, None),
        (
            "Allocation: Randomized, Masking: Double Blind (Subject, Investigator)",
            "Randomized",
            "Double Blind (Subject, Investigator)",
        ),
        ("Masking:, Allocation: N/A", None, None),
    ],
)
def test_registries_ctgov_design_string(whole: str, allocation: str | None, masking: str | None) -> None:
    """The one string of older XML stays whole; only labelled parts of it become fields."""
    number = "<id_info><nct_id>NCT09900020</nct_id></id_info>"
    xml = f"<clinical_study>{number}<study_design>{whole}</study_design></clinical_study>"
    design = parser.parse(xml, rules=False).design
    assert design is not None
    assert (design.description, design.allocation, design.masking) == (whole, allocation, masking)


@pytest.mark.parametrize("name", ["page_current.html", "page_classic.html", "page_text.txt"])
def test_registries_ctgov_odd_page(name: str) -> None:
    """Whichever line of a page is missing or comes twice, the others are read and every span holds words."""
    lines = _source(name).read_text().splitlines()
    for number, line in enumerate(lines):
        for odd in ([*lines[:number], *lines[number + 1 :]], [*lines[:number], line, *lines[number:]]):
            trial = parser.parse(
                "\n".join(odd), rules=False, registry="ctgov", format=Path(name).suffix[1:].replace("txt", "text")
            )
            assert trial.text
            assert all(trial.text[slice(*place.span)].strip() for place in trial.provenance.values() if place.span)


def test_registries_ctgov_missing_line_is_missing_only() -> None:
    """Without its label a field is absent; its neighbour's value does not take its place."""
    page = _source("page_current.html").read_text().replace("<h3>Sexes Eligible for Study</h3>\n<p>All</p>", "")
    trial = parser.parse(page, rules=False)
    assert trial.eligibility.sex is None
    assert trial.absent["/eligibility/sex"] == "not_on_page"
    assert trial.eligibility.healthy_volunteers is False
