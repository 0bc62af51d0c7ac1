"""What holds of any page, whatever stands on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parser
from parser.models import Trial
from parser.models.trial import pointer_target
from parser.normalize.sexes import read_sex
from parser.reading import read
from parser.registries import read_trial
from parser.text import TracedText, is_blank, unescape_markdown

_KNOWN = """\
Launched by ORLA HOSPITAL · May 3, 2024|Launched by|Trial Information|Current as of May 9, 2024|Recruiting|Keywords
asthma, nurses|ClinConnect Summary|A trial of tea.|Gender|ALL|Sex: Female|18 - 65 years|Age: over 18
Eligibility criteria|- Inclusion Criteria:|Inclusion Criteria|- • Asthma|Exclusion Criteria:|• Locations|Age:
About Orla Hospital|Contacts|Maeve Tully|Nurse at Orla Hospital|+353 91 555 0199|Locations|Galway, Ireland
Orla Hospital|Patients applied|12|Timeline|First submit|May 3, 2024|Estimated completion|Not reported
Trial launched: 2024|Privacy policy|© 2025|NCT05930217|Phase 2|Conditions: asthma|Sponsor: Orla|;;;|:
Title: a study of tea|Status:|\u00a0|* x:|Study dates|Start date: 03/04/2025|Korea, Republic of
a, b, c, d, France (Recruiting)|Primary outcome|Countries: Spain; Atlantis|Minimum age: 70|Maximum age: 7
"""
LINES = st.sampled_from(_KNOWN.rstrip("\n").replace("\n", "|").split("|"))
REGISTRIES = ("clinconnect", "generic")


def _check(trial: Trial) -> None:
    assert trial.text is not None
    at = 0
    for section in trial.sections:
        start, end = section.span
        assert is_blank(trial.text[at:start])
        assert trial.text[start:end] == section.text
        at = end
    assert is_blank(trial.text[at:])
    for pointer, place in trial.provenance.items():
        value = pointer_target(trial, pointer)
        if place.span is not None:
            _check_words(pointer, value, trial.text[slice(*place.span)])
    for pointer in trial.absent:
        assert not pointer_target(trial, pointer), pointer
    for start, source, length in trial.eligibility.map:
        text = trial.eligibility.text or ""
        assert text[start : start + length] == trial.text[source : source + length]
    assert Trial.from_json(trial.to_json()) == trial


def _check_words(pointer: str, value: Any, words: str) -> None:
    """Check that a value is its place's words, but for blanks, case and escapes, or what a table makes of them."""
    assert words.strip(), pointer
    if isinstance(value, str) and pointer.endswith(("/raw", "/title", "/label", "/name", "/city", "/affiliation")):
        plain = unescape_markdown(TracedText.of(words)).text
        assert " ".join(value.split()).casefold() == " ".join(plain.split()).casefold(), pointer
    if pointer == "/eligibility/sex":
        assert value == read_sex(words)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=40), st.sampled_from(REGISTRIES))
def test_registries_properties_hold_for_pages_of_known_lines_in_any_order(lines: list[str], registry: str) -> None:
    text = "\n".join(lines)
    if text.strip("\u00a0\n"):
        _check(read_trial(read(text, format="text"), registry=registry))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(LINES, min_size=1, max_size=25),
    st.sampled_from(REGISTRIES),
    st.sampled_from(["p", "li", "h2", "dt", "dd", "td"]),
)
def test_registries_properties_hold_for_pages_of_any_markup(lines: list[str], registry: str, tag: str) -> None:
    wrapped = "".join(
        f"<{tag if number % 3 else 'p'}>{line}</{tag if number % 3 else 'p'}>" for number, line in enumerate(lines)
    )
    text = f"<html><body><h1>Tea for nurses with asthma</h1>{wrapped}</body></html>"
    _check(read_trial(read(text, format="html"), registry=registry))


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200), st.sampled_from(REGISTRIES))
def test_registries_properties_hold_for_any_text(text: str, registry: str) -> None:
    _check(read_trial(read("x" + text, format="text"), registry=registry))


@pytest.mark.parametrize("character", [" ", ",", ";", ":", "·", "-", "1", "(", "a", "A ", "1-", "• ", "\\"])
@pytest.mark.parametrize(
    "label", ["Locations", "Contacts", "Keywords", "Gender", "Launched by", "Start date", "Eligibility"]
)
def test_registries_properties_long_runs_end(label: str, character: str) -> None:
    run = character * 20_000
    for text in (f"{label}\n{run}x", f"{label}: {run}x", f"{label} {run}"):
        for registry in REGISTRIES:
            read_trial(read(text, format="text"), registry=registry)


def test_registries_properties_hold_for_the_fixtures(fixtures: Path) -> None:
    sources = sorted((fixtures / "clinconnect" / "sources").iterdir())
    assert sources
    for source in sources:
        _check(read_trial(read(source.read_bytes())))


def test_registries_properties_absent_names_the_outermost_field_that_is_empty(fixtures: Path) -> None:
    sources = sorted(fixtures.glob("*/sources/*"))
    trials = [result.trial for source in sources for result in parser.parse_records(source, rules=False)]
    read = [trial for trial in trials if trial is not None]
    assert len({trial.source.registry for trial in read}) >= 15
    assert any(trial.absent for trial in read)
    for trial in read:
        for pointer in trial.absent:
            above = pointer.rpartition("/")[0]
            assert not pointer_target(trial, pointer), (trial.source.registry, pointer)
            assert not above or pointer_target(trial, above), (trial.source.registry, pointer)
