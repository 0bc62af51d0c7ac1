"""WHO's search portal: its exports and pages, field by field, and what its registers' conventions make of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import parser
from parser.models import ParseResult, Trial
from parser.models.trial import pointer_target
from parser.reading import Document, read
from parser.reading.records import iter_documents
from parser.registries import REGISTRIES, read_trial, select
from parser.text import mended_words

SOURCES = {
    "ictrp/portal_export.xml": "portal_export",
    "ictrp/rows.jsonl": "rows",
    "ictrp/rows.csv": "rows_csv",
    "ictrp/full_export.csv": "full_export",
    "ictrp/portal_page.html": "portal_page",
    "ictrp/portal_page.txt": "portal_page_txt",
    "who/rebec.xml": "rebec",
    "who/chictr.xml": "chictr",
    "who/repec.xml": "repec",
}
#: Last names of pointers whose value is words of ours, a number or a date, not words of the source.
_NOT_WORDS = {"value", "country_code", "study_type", "sex", "rank", "role", "kind", "plan", "type", "label"}
#: Values that are words of ours; the map of the eligibility text has a test of its own.
_OURS = re.compile("/phases/|/age_groups/|/eligibility/text")


def source_of(fixtures: Path, source: str) -> Path:
    registry, name = source.split("/")
    return fixtures / registry / "sources" / name


def results_of(path: Path) -> list[ParseResult]:
    return list(parser.parse_records(path, rules=False))


def trials_of(path: Path) -> list[Trial]:
    results = results_of(path)
    assert all(result.trial for result in results), [result.diagnostics for result in results if not result.trial]
    return [result.trial for result in results if result.trial]


def differences(expected: Any, found: Any, at: str = "") -> list[str]:
    """Where a record lacks or contradicts what is expected; fields that are not expected may hold anything."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{at}: {found!r} is no object"]
        return [line for key, value in expected.items() for line in differences(value, found.get(key), f"{at}/{key}")]
    if isinstance(expected, list):
        entries = found or []
        if len(entries) != len(expected):
            return [f"{at}: {len(entries)} entries, expected {len(expected)}: {entries!r}"]
        pairs = enumerate(zip(expected, entries, strict=True))
        return [line for index, (one, other) in pairs for line in differences(one, other, f"{at}/{index}")]
    return [] if expected == found else [f"{at}: {found!r}, expected {expected!r}"]


@pytest.mark.parametrize("source", SOURCES)
def test_ictrp_records_hold_what_their_sources_say(fixtures: Path, source: str) -> None:
    expected = json.loads((fixtures / source.split("/")[0] / "expected" / f"{SOURCES[source]}.json").read_text("utf-8"))
    found = [trial.model_dump(mode="json") for trial in trials_of(source_of(fixtures, source))]
    assert len(found) == len(expected)
    assert differences(expected, found) == []


def resolved(document: Document, path: str) -> list[str]:
    """The texts that a path of provenance leads to: XPath, or a JSON pointer into the record."""
    if document.format == "xml":
        tree: Any = document.tree
        return ["".join(element.itertext()) for element in tree.getroottree().xpath(path)]
    target: Any = document.tree
    for token in path.split("/")[1:]:
        target = target[token.replace("~1", "/").replace("~0", "~")]
    return [str(target)]


def folded(words: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", mended_words(words)).split()).casefold()


@pytest.mark.parametrize("source", SOURCES)
def test_ictrp_provenance_leads_to_the_words(fixtures: Path, source: str) -> None:
    for document in iter_documents(source_of(fixtures, source)):
        assert isinstance(document, Document)
        trial = read_trial(document)
        for pointer, place in trial.provenance.items():
            value = pointer_target(trial, pointer)
            if place.span is not None and document.page is not None:
                words = document.page.text[slice(*place.span)]
            else:
                words = " ".join(resolved_all(document, place.path or ""))
            last = pointer.rpartition("/")[2]
            if isinstance(value, str) and last not in _NOT_WORDS and not _OURS.search(pointer):
                assert folded(value) in folded(words), (pointer, value, words)
            elif last == "raw":
                assert folded(str(value)) in folded(words)


def resolved_all(document: Document, paths: str) -> list[str]:
    """As `resolved`, of several paths apart by blanks."""
    return [text for path in re.split(r" (?=/)", paths) for text in resolved(document, path)]


@pytest.mark.parametrize("source", SOURCES)
def test_ictrp_eligibility_map_leads_to_its_field(fixtures: Path, source: str) -> None:
    for document in iter_documents(source_of(fixtures, source)):
        assert isinstance(document, Document)
        eligibility = read_trial(document).eligibility
        assert eligibility.text
        for start, at, length in eligibility.map:
            part = next((part for part in eligibility.parts if part.span[0] <= start < part.span[1]), None)
            place = read_trial(document).provenance["/eligibility/text"]
            path = part.path if part else place.path
            origin = document.page.text if document.page else resolved(document, path or "")[0]
            words = eligibility.text[start : start + length]
            if length > 3 and origin[at : at + length] != words:
                assert folded(words) in folded(origin), (words, origin[at : at + length])


ROW = {
    "TrialID": "NCT04999909",
    "Public title": "A trial",
    "Source Register": "ClinicalTrials.gov",
    "Inclusion Criteria": "Inclusion criteria: adults",
}


def one(**columns: Any) -> Trial:
    named = {name.replace("_", " "): value for name, value in columns.items()}
    return parser.parse(json.dumps({**ROW, **named}), rules=False)


@pytest.mark.parametrize(
    ("register", "low", "high", "expected", "codes"),
    [
        ("ChiCTR", "18", "75", (18, 75, "a"), ["age_unit_assumed", "age_unit_assumed"]),
        ("ISRCTN", "18", "75", None, ["unknown_value", "unknown_value"]),
        ("PACTR", "19 Year(s)", "44 Year(s)", (19, 44, "a"), []),
        ("REBEC", "6M", "", (6, None, "mo"), []),
        ("TCTR", "18 Years", "0 N/A (No limit)", (18, None, "a"), []),
        ("JPRN", ">= 20age old", "Not applicable", (20, None, "a"), []),
        ("JPRN", "20years-old", "<= 90age old", (20, 90, "a"), []),
        ("ChiCTR", "18", "0", (18, None, "a"), ["age_unit_assumed"]),
        ("ClinicalTrials.gov", "N/A", "17 Years", (None, 17, "a"), []),
    ],
)
def test_ictrp_ages_follow_the_register(
    register: str, low: str, high: str, expected: tuple[int | None, int | None, str] | None, codes: list[str]
) -> None:
    trial = one(Source_Register=register, Inclusion_agemin=low, Inclusion_agemax=high)
    age = trial.eligibility.age
    assert (None if age is None else (age.low, age.high, age.ucum)) == expected
    assert [found.code for found in trial.diagnostics if "age" in (found.pointer or "")] == codes


def test_ictrp_no_age_limit_is_a_reason() -> None:
    trial = one(Inclusion_agemin="N/A", Inclusion_agemax="N/A")
    assert trial.eligibility.age is None
    assert trial.absent["/eligibility/age"] == "no_limit"


@pytest.mark.parametrize(
    ("written", "digits", "expected", "kept"),
    [
        ("08/04/2024", "20240408", "2024-04-08", []),
        ("2024-04-08 00:00:00", "20240408", "2024-04-08", []),
        ("", "20240408", "2024-04-08", []),
        ("05/06/2024", "20240506", "2024-05-06", ["05/06/2024"]),
    ],
)
def test_ictrp_registration_date_agrees_with_its_digits(
    written: str, digits: str, expected: str, kept: list[str]
) -> None:
    trial = one(Date_registration=written, Date_registration3=digits)
    (event,) = [event for event in trial.timeline if event.event == "registered"]
    assert event.date is not None
    assert event.date.value == expected
    assert [extra.value for extra in trial.extra if extra.label == "Date registration"] == kept


@pytest.mark.parametrize(
    ("words", "target", "groups"),
    [
        ("1200", 1200, {}),
        ("1,200", 1200, {}),
        ("400 (200 in each arm)", 400, {}),
        ("Case series:138;", 138, {"Case series": 138}),
        ("A:49;B:49;follow-up group:49;", 147, {"A": 49, "B": 49, "follow-up group": 49}),
        ("All patients until June", None, {}),
    ],
)
def test_ictrp_target_size_adds_up_groups(words: str, target: int | None, groups: dict[str, int]) -> None:
    design = one(Target_size=words).design
    enrolment = design.enrolment if design else None
    assert (enrolment.target if enrolment else None) == target
    assert (enrolment.by_group if enrolment else {}) == groups


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Japan,Asia(except Japan),Europe", ["Japan", "Asia(except Japan)", "Europe"]),
        ("Korea, Republic of", ["Korea, Republic of"]),
        ("Iran (Islamic Republic of);Iran (Islamic Republic of)", ["Iran (Islamic Republic of)"]),
        ("\n            Sri Lanka\n        ", ["Sri Lanka"]),
        ("Sri Lanka, India", ["Sri Lanka", "India"]),
    ],
)
def test_ictrp_countries_come_apart(words: str, expected: list[str]) -> None:
    assert [country.raw for country in one(Countries=words).countries] == expected


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "kinds"),
    [
        ("Inclusion Criteria:<br>- adults<br>Exclusion Criteria:<br>- fever", "", ["inclusion", "exclusion"]),
        ("Inclusion criteria: adults", "Exclusion criteria: fever", ["inclusion", "exclusion"]),
        ("adults", "fever", ["inclusion", "exclusion"]),
    ],
)
def test_ictrp_criteria_keep_both_halves_apart(inclusion: str, exclusion: str, kinds: list[str]) -> None:
    criteria = one(Inclusion_Criteria=inclusion, Exclusion_Criteria=exclusion).eligibility.criteria
    assert [criterion.kind for criterion in criteria] == kinds
    assert [criterion.text for criterion in criteria] == ["adults", "fever"]


@pytest.mark.parametrize(
    "odd",
    [
        {"Condition": None, "Target size": 40, "Countries": ["Kenya", "Chad"]},
        {"Condition": {"name": "Fever"}, "Inclusion Criteria": ["adults", "fever"], "Phase": True},
        {"Inclusion agemin": 18.5, "Inclusion gender": {}, "Contact Email": [None, ["a@b.example"]]},
        {"Study design": [], "Primary outcome": {"a": {"b": 1}}, "Date registration": 20200101, "TrialID": 7},
        {"Export date": "not a date", "results yes no": "perhaps", "Secondary ID": ";;;NCT12345678;;"},
    ],
)
def test_ictrp_odd_values_never_raise(odd: dict[str, Any]) -> None:
    trial = parser.parse(json.dumps({**ROW, **odd}), registry="ictrp", rules=False)
    assert trial.title == "A trial"
    assert parser.Trial.from_json(trial.to_json()) == trial


def test_ictrp_lists_of_values_are_all_read() -> None:
    trial = one(Countries=["Kenya", "Chad"], Condition=["Fever", "Cough"])
    assert [country.country_code for country in trial.countries] == ["KE", "TD"]
    assert trial.provenance["/conditions/1/text"].path == "/Condition/1"


def test_ictrp_container_of_one_record_is_that_record(fixtures: Path) -> None:
    text = source_of(fixtures, "ictrp/portal_export.xml").read_text("utf-8")
    single = text[: text.index("</Trial>")] + "</Trial></Trials_downloaded_from_ICTRP>"
    assert parser.parse(single, rules=False).identifiers[0].value == "ChiCTR2300099901"
    trial = read_trial(read(single))
    assert trial.provenance["/title"].path == "/Trials_downloaded_from_ICTRP/Trial[1]/Public_title[1]"
    wrapped = json.dumps({"Trials_downloaded_from_ICTRP": {"Trial": ROW}})
    assert (
        parser.parse(wrapped, rules=False).provenance["/title"].path
        == "/Trials_downloaded_from_ICTRP/Trial/Public title"
    )


@pytest.mark.parametrize(
    ("data", "registry"),
    [
        (json.dumps(ROW), "ictrp"),
        (
            "<Trial><TrialID>NCT04999909</TrialID><Public_title>x</Public_title><web_address>u</web_address>"
            "<Inclusion_Criteria>y</Inclusion_Criteria></Trial>",
            "ictrp",
        ),
        ("<trial><main><trial_id>NCT04999909</trial_id></main></trial>", "who"),
    ],
)
def test_ictrp_documents_are_recognised(data: str, registry: str) -> None:
    assert select(read(data)).name == registry


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"TrialID": "NCT04999909", "Public title": "x"}),
        json.dumps({"protocolSection": {}}),
        "<trial><trialDescription/></trial>",
        "<Trial><x/></Trial>",
    ],
)
def test_ictrp_leaves_other_documents_alone(data: str) -> None:
    document = read(data)
    assert not [row.name for row in REGISTRIES if row.name in ("ictrp", "who") and row.recognises(document)]


def real_files(shared_data: Path) -> list[Path]:
    folder = shared_data / "registries"
    files = sorted([*folder.glob("ictrp_export/*.jsonl"), *folder.glob("who_xml/*.xml")])
    if not files:
        pytest.skip("needs the exports in ../shared/data/registries")
    return files


#: Words of the exports' layout that are no part of any value.
_LAYOUT = re.compile(
    r"_x000D_|<br ?/?>|&lt;|F\.1\.\d|Are the trial subjects under 18|Classification code|Therapeutic area:"
)


def test_ictrp_real_records_all_parse(shared_data: Path) -> None:
    for path in real_files(shared_data):
        for result in parser.parse_records(path, rules=False):
            assert result.status == "success", (path, result.diagnostics)
            trial = result.trial
            assert trial is not None
            assert trial.identifiers, path
            assert trial.title or trial.scientific_title, trial.identifiers
            assert not _LAYOUT.search(" ".join(field_texts(trial))), trial.identifiers


def field_texts(trial: Trial) -> list[str]:
    design = trial.design
    texts = [trial.title, trial.scientific_title, trial.sponsor.name if trial.sponsor else None]
    texts += [condition.text for condition in trial.conditions]
    texts += [intervention.name for intervention in trial.interventions]
    texts += [text for outcome in trial.outcomes for text in (outcome.measure, outcome.time_frame, outcome.method)]
    texts += [text for contact in trial.contacts for text in (contact.name, contact.affiliation, contact.address)]
    texts += [design.allocation, design.masking, design.purpose, design.intervention_model] if design else []
    texts.append(trial.eligibility.text)
    return [text for text in texts if text]


def test_ictrp_real_rows_keep_their_eligibility_text(shared_data: Path) -> None:
    for path in real_files(shared_data):
        if path.suffix != ".jsonl":
            continue
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for row, trial in zip(rows, trials_of(path), strict=True):
            assert folded(row["TrialID"]) in folded(trial.identifiers[0].raw), row["TrialID"]
            if row["Inclusion Criteria"].strip() or row["Exclusion Criteria"].strip():
                assert trial.eligibility.text, row["TrialID"]


STREAM = r"""
import re, sys
from pathlib import Path
import parser

count = 0
for path in sys.argv[1:]:
    count += sum(result.status == "success" for result in parser.parse_records(Path(path), rules=False))
# The peak of this process alone: what `getrusage` gives holds the parent's from before the exec.
status = Path("/proc/self/status")
peak = int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024 if status.exists() else 0
print(count, peak)
"""


def test_ictrp_rows_stream_in_bounded_memory(shared_data: Path) -> None:
    files = [str(path) for path in real_files(shared_data) if path.suffix == ".jsonl"]
    output = subprocess.run([sys.executable, "-c", STREAM, *files], capture_output=True, text=True, check=True).stdout
    count, peak_mib = map(float, output.split())
    assert count == sum(len(Path(path).read_text("utf-8").splitlines()) for path in files)
    assert peak_mib < 300
