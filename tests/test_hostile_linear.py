"""The time of every component grows with its input and no faster, whatever the input is made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from linear import GROWTH, assert_linear, assert_linear_in_units, cost, units_of
from matching_rules import ON, condition, measurement
from spacy.language import Language
from spacy.tokens import Doc, Span

import parser
from parser.errors import InputError
from parser.matching import Participant, evaluate, explain
from parser.models import AllOf, AnyOf, Concept, Condition, Eligibility, Range
from parser.nlp.components import ORDER
from parser.normalize import (
    abbreviations,
    absence,
    ages,
    concepts,
    countries,
    dates,
    enrolment,
    identifiers,
    languages,
    names,
    numbers,
    phases,
    sexes,
    spelling,
    statuses,
    studies,
    units,
)
from parser.outline import outline
from parser.reading import read
from parser.reading.decode import decode
from parser.reading.records import iter_documents
from parser.reading.sniff import root_name, sniff
from parser.registries import REGISTRIES, Origin
from parser.rules.context import Context
from parser.rules.findings import find
from parser.rules.grammar import read_criterion, read_list
from parser.rules.segments import resegment
from parser.rules.stated import state_age_and_sex
from parser.rules.units import Unit
from parser.rules.units import units as units_in
from parser.text import TracedText, find_lost_comparators, mended, unescape_markdown
from parser.vocabulary import MeasurementVocabulary, code_rules, name_concepts

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def refused_or(work: Callable[[Any], object]) -> Callable[[Any], None]:
    """Return the same work, of which it is no failure to refuse the input."""

    def done(data: Any) -> None:
        with suppress(InputError):
            work(data)

    return done


# --- reading -------------------------------------------------------------------------------------------------------

READING: dict[str, tuple[Callable[[Any], object], str, str]] = {
    "decode": (lambda text: decode(text.encode("utf-8", "surrogatepass")), "x ", " x"),
    "sniff": (lambda text: (sniff(text), root_name(text)), "", ""),
    "sniff markup": (sniff, "<", ""),
    "any": (read, "", ""),
    "text": (partial(read, format="text"), "x ", " x"),
    "html": (partial(read, format="html"), "<p>", "</p>"),
    "html attribute": (partial(read, format="html"), '<p class="', '">x</p>'),
    "xml": (partial(read, format="xml"), "<a>", "</a>"),
    "xml attribute": (partial(read, format="xml"), '<a b="', '"/>'),
    "json": (partial(read, format="json"), '{"a": "', '"}'),
    "csv": (partial(read, format="csv"), "TrialID,title,status\n1,", "\n"),
    "saved page": (read, "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", ""),
    "records": (lambda text: list(iter_documents(text.encode("utf-8", "replace"))), "", ""),
    "records of JSON": (lambda text: list(iter_documents(text.encode("utf-8", "replace"))), '[{"a": "', '"}]'),
    "records of XML": (lambda text: list(iter_documents(text.encode("utf-8", "replace"))), "<trials><trial>", ""),
    "records of a table": (lambda text: list(iter_documents(text.encode("utf-8", "replace"))), "TrialID,a,b\n", ""),
}


@pytest.mark.parametrize("name", READING)
def test_hostile_linear_reading(name: str) -> None:
    work, before, after = READING[name]
    assert_linear_in_units(name, refused_or(work), 4_000, before=before, after=after)


# --- registries ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [row.name for row in REGISTRIES if "text" in row.formats])
def test_hostile_linear_readers_of_pages(name: str) -> None:
    (row,) = (row for row in REGISTRIES if row.name == name)
    page = (
        "A trial of tea NCT05930217\nStatus: {}\nInclusion Criteria:\n- {}\nLocations\n{}\nContacts\n{}\nTimeline\n{}"
    )

    def work(text: str) -> None:
        row.read(read(page.replace("{}", text), format="text"), Origin(name, None))

    assert_linear_in_units(name, work, 300)


RECORDS = [path for path in sorted(FIXTURES.glob("*/sources/*.json")) if path.parts[-3] != "export"]


def grown(value: Any, lists: int, strings: int) -> Any:
    """Return a JSON value with every list and every string so many times as long."""
    if isinstance(value, dict):
        return {key: grown(each, lists, strings) for key, each in value.items()}
    if isinstance(value, list):
        return [grown(each, 1, strings) for each in value] * lists
    return " ".join([value] * strings) if isinstance(value, str) and len(value) > 20 else value


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
@pytest.mark.parametrize("what", ["lists", "strings"])
def test_hostile_linear_readers_of_records(path: Path, what: str) -> None:
    record = json.loads(path.read_bytes())
    size = {"lists": 10, "strings": 5}[what]

    def make(times: int) -> bytes:
        many = {"lists": 1, "strings": 1} | {what: times * size}
        return json.dumps(grown(record, **many)).encode()

    assert_linear(refused_or(partial(parser.parse, rules=False)), make, path.name)


PAGES = [
    path for path in sorted(FIXTURES.glob("*/sources/*")) if path.suffix in (".txt", ".html", ".md", ".csv", ".xml")
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_hostile_linear_readers_of_pages_with_every_line_many_times(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")

    def make(times: int) -> bytes:
        return b"\n".join(line for line in lines for _ in range(times * 5))

    def work(data: bytes) -> None:
        for _ in parser.parse_records(data, rules=False):
            pass

    assert_linear(work, make, path.name)


# --- words ---------------------------------------------------------------------------------------------------------

WORDS: dict[str, Callable[[str], object]] = {
    "absent_reason": absence.absent_reason,
    "stated abbreviations": abbreviations.stated,
    "long_form": lambda words: abbreviations.long_form(words, "ABC"),
    "read_ages": ages.read_ages,
    "is_age": ages.is_age,
    "read_age_limit": lambda words: ages.read_age_limit(words, "low"),
    "concept_name": concepts.concept_name,
    "country_code": countries.country_code,
    "read_date": dates.read_date,
    "read_enrolment": enrolment.read_enrolment,
    "find_identifiers": identifiers.find_identifiers,
    "read_identifiers": identifiers.read_identifiers,
    "language_code": languages.language_code,
    "normal_case": lambda words: names.normal_case(words.upper()),
    "find_name": lambda words: names.find_name(words[:20], words),
    "same_name": lambda words: names.same_name(words, words),
    "parse_number": numbers.parse_number,
    "parse_roman": numbers.parse_roman,
    "read_phases": phases.read_phases,
    "is_phase": phases.is_phase,
    "read_sex": sexes.read_sex,
    "american": spelling.american,
    "singular": spelling.singular,
    "read_status": statuses.read_status,
    "read_study_type": studies.read_study_type,
    "unit_of": units.unit_of,
    "mended": lambda words: mended(TracedText.of(words)).contract_map(),
    "unescape_markdown": lambda words: unescape_markdown(TracedText.of(words)),
    "find_lost_comparators": find_lost_comparators,
}


@pytest.mark.parametrize("name", WORDS)
def test_hostile_linear_words(name: str) -> None:
    assert_linear_in_units(name, WORDS[name], 1_000)


# --- criteria ------------------------------------------------------------------------------------------------------


def test_hostile_linear_outline() -> None:
    assert_linear_in_units("outline", outline, 2_000)
    assert_linear_in_units(
        "of a list", outline, 2_000, before="Inclusion Criteria:\n\n- any of the following:\n  - a\n"
    )


def test_hostile_linear_tokenizer(nlp: Language) -> None:
    assert_linear_in_units("tokenizer", nlp.make_doc, 1_000)


@pytest.mark.parametrize("unit", ["(", "9 ", "history of "])
def test_hostile_linear_recogniser(nlp: Language, unit: str) -> None:
    def make(times: int) -> Doc:
        return nlp.make_doc(unit * (times * 1_000 // len(unit)))

    assert_linear(nlp.get_pipe("trial_recogniser"), make, unit)


@pytest.mark.parametrize("kind", ["inclusion", "exclusion"])
def test_hostile_linear_components_and_grammar(nlp: Language, kind: Any) -> None:
    """Every component, then the units, then the grammar: each by its own time."""
    for unit in units_of(kind):

        def text(times: int, unit: str = unit) -> str:
            return f"x {unit * (times * 500 // len(unit))} x".replace("\n", " ")

        for _ in range(3):
            small, large = (stages(nlp, text(times), kind) for times in (1, GROWTH))
            slow = [name for name in small if large[name] > 9 * small[name] + 0.02]
            if not slow:
                break
        assert not slow, f"{unit!r}: {[(name, small[name], large[name]) for name in slow]}"


def stages(nlp: Language, text: str, kind: Any) -> dict[str, float]:
    """Return the CPU seconds of each stage on the way from a text to its rule."""
    doc = nlp.make_doc(text)
    # The recogniser, which takes most of the time, is measured apart; every third word is what it would have found.
    doc.ents = [Span(doc, at, at + 1, label="Condition") for at in range(0, len(doc), 3) if not doc[at].is_space]
    spent = {name: cost(nlp.get_pipe(name), doc) for name in ORDER}
    row: list[Unit] = []
    spent["units"] = cost(lambda doc: row.extend(units_in(doc)), doc)
    context = Context(kind=kind, text=TracedText.of(text), read_list=read_list)
    spent["grammar"] = cost(lambda row: read_criterion(row, context), row) if row else 0.0
    return spent


SHAPES = {
    "items": "- asthma\n",
    "list heads": "- any of the following:\n  - asthma\n  - sepsis\n",
    "headings": "Inclusion Criteria:\n- asthma\n",
    "cohorts": "Cohort A:\n- asthma\n",
    "deep lists": "".join(f"{'  ' * depth}- any of:\n" for depth in range(24)),
    "ages": "- age over 18 years\n",
    "numbered": "1. asthma\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_hostile_linear_number_of_criteria(nlp: Language, shape: str) -> None:
    """What is done with all rules of a text: joining, naming, codes, segments, the stated age, wording, JSON."""

    def work(text: str) -> None:
        eligibility = parser.parse_eligibility(text, nlp=nlp, rules=False)
        for criterion in eligibility.walk():
            criterion.rule = Condition(concept=Concept(text=criterion.text), spans=[criterion.span])
        name_concepts(eligibility)
        code_rules(eligibility, MeasurementVocabulary())
        eligibility.segments = resegment(eligibility.text or "", eligibility.segments, eligibility.walk())
        state_age_and_sex(eligibility)
        find(eligibility)
        eligibility.cover()
        Eligibility.model_validate_json(eligibility.model_dump_json())

    assert_linear(work, lambda times: SHAPES[shape] * (times * 150), shape)


# --- matching ------------------------------------------------------------------------------------------------------


def test_hostile_linear_evaluation_in_the_rules() -> None:
    someone = Participant(conditions=[{"concept": "asthma", "start": "2020"}], birth_date="1980")

    def work(rule: AllOf) -> None:
        evaluate(rule, someone, on=ON)
        explain(rule, someone, on=ON)
        str(rule)

    def make(times: int) -> AllOf:
        parts = [
            AnyOf(rules=[condition(f"illness {at}"), measurement("weight", Range(low=at))]) for at in range(times * 60)
        ]
        return AllOf(rules=parts)

    assert_linear(work, make)


def test_hostile_linear_evaluation_in_the_facts() -> None:
    rule = AnyOf(rules=[condition("asthma"), condition("sepsis", where=[condition("shock")]), measurement("weight")])

    def make(times: int) -> Participant:
        many = range(times * 100)
        return Participant(
            conditions=[{"concept": f"illness {at}", "start": "2020"} for at in many],
            measurements=[{"concept": "weight", "amount": {"value": at, "unit": "kg"}} for at in many],
        )

    assert_linear(lambda someone: evaluate(rule, someone, on=ON), make)
