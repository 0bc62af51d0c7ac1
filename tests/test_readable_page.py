"""A record as a page to read: every part of it, each thing once, nothing a terminal could act on."""

from pathlib import Path

import pytest
from sample_trial import sample_trial

from parser import readable
from parser.models import Trial

#: Written by reading the record in `sample_trial`.
PAGE = """\
Fever Study
  Identifier        NCT01234567 (nct, primary)
  Status            terminated (low enrolment)
  Sponsor           Daping Hospital
  Contact           Ada Example, Example Clinic
  Location          Chongqing, China
  Patients applied  12
  Launched by       2025-03

Summary (by the aggregator, not by the registrant)
  First paragraph.
  Second paragraph.

Sections of the page
  eligibility  4 lines

Eligibility: 4 inclusion; 75% of the text structured
  Sex  all
  Age in the criteria  18 years or older
  inclusion.1  Age: 18 years or older
      →  age 18 years or older
  inclusion.2  Any of:
      →  any of the items below
    inclusion.2.1  Sepsis
        →  Sepsis
    inclusion.2.2  Good sense [part: Part A; nesting ambiguous]
        →  “Good sense” (not structured: vague)

Not structured
  inclusion.2.2  Good sense (vague)

Not stated
  /keywords  label only

Findings
  warning identifier_missing  Expected; found; do.
"""


def test_readable_page_tells_the_whole_record() -> None:
    assert readable.page(sample_trial()) == PAGE


def test_readable_page_tells_a_head_in_full_when_it_changes_its_items() -> None:
    trial = sample_trial()
    head = trial.eligibility.criteria[1]
    assert head.rule is not None
    head.criteria[0].rule = trial.eligibility.criteria[0].rule
    assert "any of: Sepsis; “Good sense” (not structured: vague)" in readable.page(trial)


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x9b", "\u202e", "\ud800"])
def test_readable_page_passes_no_control_characters_on(character: str) -> None:
    trial = sample_trial()
    trial.title = f"Fever{character}[31mStudy"
    trial.eligibility.criteria[0].text = f"Age{character}]0;title"
    page = readable.page(trial)
    assert character not in page
    assert page.splitlines()[0] == "Fever\ufffd[31mStudy"


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        ("inclusion.1", "age 0 to 65 years and sepsis"),
        ("inclusion.2", "sepsis (by Sepsis 3.0 International Guidelines)"),
        ("inclusion.3", "infection (confirmed or suspected)"),
        ("exclusion.1", "not (respect for medical ethics)"),
        ("exclusion.4", "current participation in another study"),
        ("exclusion.5", "any of the items below"),
        (
            "exclusion.5.3",
            "any of: history of allergy to biological products; history of intolerance to biological products (severe)",
        ),
        ("exclusion.5.7", "history of malignancy, before screening"),
        ("exclusion.5.8", "any of: pregnancy; breastfeeding; plans for pregnancy, within the next year"),
    ],
)
def test_readable_page_says_the_example_s_rules(clinconnect: Path, criterion: str, words: str) -> None:
    """The record written by hand from the example page; the words, from reading the page."""
    record = Trial.from_json((clinconnect / "expected" / "clinconnect_sepsis.json").read_bytes())
    lines = list(readable.lines(record))
    at = [line.label for line in lines].index(criterion)
    assert lines[at + 1].text == words


def test_readable_page_of_an_untitled_record_says_so() -> None:
    trial = sample_trial()
    trial.title = None
    assert readable.page(trial).splitlines()[0] == "Untitled trial"
