"""Kinds of study, and sample sizes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.normalize.enrolment import read_enrolment
from parser.normalize.studies import STUDY_TYPE_WORDS, read_study_type


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Interventional", "interventional"),
        ("INTERVENTIONAL", "interventional"),
        ("Interventional study", "interventional"),
        ("Interventional clinical trial of medicinal product", "interventional"),
        ("Observational [Patient Registry]", "observational"),
        ("Non-interventional", "observational"),
        ("Epidemilogical research", "observational"),
        ("Expanded Access", "expanded_access"),
        ("EXPANDED_ACCESS", "expanded_access"),
        ("Others,meta-analysis etc", "other"),
        ("PMS", "other"),
        ("N/A", None),
        ("a study of intervention", None),
        ("", None),
    ],
)
def test_normalize_studies_read_the_kind(words: str, value: str | None) -> None:
    assert read_study_type(words) == value


def test_normalize_studies_table_has_no_word_twice() -> None:
    words = [form for forms in STUDY_TYPE_WORDS.values() for form in forms]
    assert len(words) == len(set(words))
    assert all(read_study_type(word) is not None for word in words)


@pytest.mark.parametrize(
    ("words", "total", "groups"),
    [
        ("120", 120, {}),
        ("1,500", 1500, {}),
        ("400 (200 in each arm)", 400, {}),
        ("60 participants", 60, {}),
        (
            "Capsule maintenance group:49;Tablet group:49;follow-up group:49;",
            147,
            {"Capsule maintenance group": 49, "Tablet group": 49, "follow-up group": 49},
        ),
        ("2019 Y:2418;2020 Y:821;", 3239, {"2019 Y": 2418, "2020 Y": 821}),
        ("Control:10;Control:12;", 22, {"Control": 10, "Control (2)": 12}),
        ("dose 1:2 mix:30;", 30, {"dose 1:2 mix": 30}),
        ('Total Sample Size="120" Sample Size from India="100"', 120, {}),
    ],
)
def test_normalize_enrolment_reads_totals_and_groups(words: str, total: int, groups: dict[str, int]) -> None:
    found = read_enrolment(words)
    assert (found.total, found.by_group, found.reason) == (total, groups, None)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "label_only"),
        ("N/A", "explicit_not_reported"),
        ("Inclusion at 2 months", "unparseable"),
        ("10-20", "unparseable"),
        # Cut off by its register: the sum would be too small.
        ("Group one:200;Group two:50;Gro", "unparseable"),
        ("9" * 40, "unparseable"),
    ],
)
def test_normalize_enrolment_gives_the_reason_for_none(words: str, reason: str) -> None:
    found = read_enrolment(words)
    assert (found.total, found.by_group, found.reason) == (None, {}, reason)


_GROUP_NAMES = st.from_regex(r"[A-Za-z][a-z]{0,8}", fullmatch=True)


@given(st.dictionaries(_GROUP_NAMES, st.integers(0, 9999), min_size=1, max_size=5))
def test_normalize_enrolment_adds_up(groups: dict[str, int]) -> None:
    found = read_enrolment("".join(f"{name}:{count};" for name, count in groups.items()))
    assert (found.total, found.by_group) == (sum(groups.values()), groups)


@given(st.text(max_size=80))
def test_normalize_enrolment_takes_any_words(words: str) -> None:
    found = read_enrolment(words)
    assert (found.total is None) == (found.reason is not None)
