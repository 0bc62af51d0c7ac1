"""What a document may cost, and what is said of one that costs more."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import settings
from spacy.language import Language

import parser
from parser.errors import LimitExceededError, UnreadableInputError, UsageError
from parser.models import Limits
from parser.outline import outline
from parser.reading import read

PAGE = "A trial of tea NCT05930217\n\nInclusion Criteria:\n\n{}\n"
STUDY = {"protocolSection": {"identificationModule": {"nctId": "NCT05930217", "briefTitle": "Tea"}}}


def study(criteria: str) -> str:
    return json.dumps(
        STUDY
        | {"protocolSection": {**STUDY["protocolSection"], "eligibilityModule": {"eligibilityCriteria": criteria}}}
    )


@pytest.mark.parametrize("data", ["x" * 101, b"x" * 101, "é" * 51])
def test_hostile_limits_bytes(data: str | bytes) -> None:
    with pytest.raises(LimitExceededError, match=r"at most 100 bytes.*Raise `Limits.bytes`"):
        parser.parse(data, limits=Limits(bytes=100))


@pytest.mark.parametrize(
    "data",
    ["<p>" + "<div>" * 50 + "x", "<r>" * 50 + "</r>" * 50, '{"a":' * 50 + "1" + "}" * 50],
    ids=["html", "xml", "json"],
)
def test_hostile_limits_depth(data: str) -> None:
    with pytest.raises(LimitExceededError, match=r"at most 20 deep.*Raise `Limits.depth`"):
        read(data, limits=Limits(depth=20))


def test_hostile_limits_records() -> None:
    source = "\n".join(study("- asthma") for _ in range(5))
    results = list(parser.parse_records(source, rules=False, limits=Limits(records=2)))
    assert [result.status for result in results] == ["success", "success", "skipped"]
    assert [found.code for found in results[-1].diagnostics] == ["limit_exceeded"]


def test_hostile_limits_lines_of_criteria_in_a_record() -> None:
    """A record has no page whose blocks are counted; what is beyond stays text, and nothing of it is lost."""
    trial = parser.parse(study("\n".join(f"- illness {at}" for at in range(10))), rules=False, limits=Limits(blocks=4))
    eligibility = trial.eligibility
    assert [one.text for one in eligibility.walk()] == [f"illness {at}" for at in range(4)]
    assert eligibility.text is not None
    start, end = eligibility.segments[-1].span
    assert eligibility.text[start:end].split("\n") == [f"- illness {at}" for at in range(4, 10)]
    assert eligibility.segments[-1].kind == "unstructured"
    (found,) = [one for one in trial.diagnostics if one.code == "limit_exceeded"]
    assert (found.pointer, found.span) == ("/eligibility/text", (start, end))


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("- a\n- b", 2, 2),
        ("- a\n- b\n\n \n", 2, 2),
        ("- a\r\n- b\r\n- c", 2, 2),
        ("- a\r- b\r- c\r", 2, 2),
        ("\n\n- a\n\n- b", 1, 1),
    ],
)
def test_hostile_limits_lines_are_counted_without_blank_ones(text: str, most: int, kept: int) -> None:
    outlined = outline(text, most_lines=most)
    assert len(outlined.criteria) == kept
    assert bool(outlined.diagnostics) == (text.split()[-1] != "b" or most == 1)


def test_hostile_limits_seconds(nlp: Language) -> None:
    """Criteria for which the time did not suffice are kept as words, are counted as such, and it is said."""
    text = "\n".join(f"- history of illness {at}" for at in range(20))
    trial = parser.parse(study(text), nlp=nlp, limits=Limits(seconds=1e-9))
    rules = [one.rule for one in trial.eligibility.walk()]
    assert len(rules) == 20
    assert {getattr(rule, "reason", None) for rule in rules} == {"too_long"}
    assert trial.eligibility.coverage.structured == 0
    (found,) = [one for one in trial.diagnostics if one.code == "limit_exceeded"]
    assert found.pointer == "/eligibility/criteria"
    assert "20 criteria" in found.message


def test_hostile_limits_seconds_are_kept(nlp: Language) -> None:
    """The clock is looked at often enough: a text that would take half a minute ends soon after its time."""
    text = "\n".join("- " + "( 5 asthma or " * 400 for _ in range(60))
    begun = time.process_time()
    eligibility = parser.parse_eligibility(text, nlp=nlp, limits=Limits(seconds=0.2))
    assert time.process_time() - begun < 8
    reasons = [getattr(one.rule, "reason", "") for one in eligibility.walk()]
    assert reasons.count("too_long") > 50


def test_hostile_limits_enough_seconds_change_nothing(nlp: Language) -> None:
    text = "Inclusion Criteria:\n- age over 18\n- asthma\nExclusion Criteria:\n- pregnancy"
    assert parser.parse_eligibility(text, nlp=nlp, limits=Limits(seconds=600)) == parser.parse_eligibility(
        text, nlp=nlp
    )


@pytest.mark.parametrize("unit", ["x", "( ", "9", "- ", "\u200b", "<p"])
def test_hostile_limits_one_long_line(unit: str) -> None:
    """A megabyte, or 50 in the longer profile."""
    size = 50_000_000 if settings.default.max_examples > 100 else 1_000_000
    begun = time.process_time()
    trial = parser.parse(PAGE.format("- " + unit * (size // len(unit))), rules=False)
    assert time.process_time() - begun < 2 * size / 1_000_000
    assert len(list(trial.eligibility.walk())) <= 1


def test_hostile_limits_markup_that_never_closes_is_refused_at_once() -> None:
    """The lenient reader would take its square."""
    with pytest.raises(UnreadableInputError, match="no element"):
        read("<a b=" * 20_000)


@pytest.mark.parametrize("source", [None, 5, ["a"], {"a": 1}])
def test_hostile_limits_what_is_no_source_is_a_usage_error(source: object) -> None:
    with pytest.raises(UsageError, match="Expected bytes, str"):
        parser.parse(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_hostile_limits_other_kinds_of_bytes_are_bytes(kind: type) -> None:
    data = PAGE.format("- asthma").encode()
    assert parser.parse(kind(data), rules=False) == parser.parse(data, rules=False)
