"""Closed vocabularies: statuses, sexes, phases, countries, absence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.normalize.absence import ABSENCE_WORDS, absent_reason
from parser.normalize.countries import country_code, country_name, is_code
from parser.normalize.country_names import COUNTRY_NAMES
from parser.normalize.phases import is_phase, read_phases
from parser.normalize.sexes import SEX_WORDS, read_sex
from parser.normalize.statuses import STATUS_WORDS, read_status


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Recruiting", "recruiting"),
        ("RECRUITING", "recruiting"),
        ("Not yet recruiting", "not_yet_recruiting"),
        ("NOT_YET_RECRUITING", "not_yet_recruiting"),
        ("Active, not recruiting", "active_not_recruiting"),
        ("Enrolling by invitation", "enrolling_by_invitation"),
        ("Suspended", "suspended"),
        ("Terminated", "terminated"),
        ("Withdrawn", "withdrawn"),
        ("Completed", "completed"),
        ("Trial completed", "completed"),
        ("Closed", "completed"),
        ("Unknown status", "unknown"),
        ("Complete: follow-up continuing", "active_not_recruiting"),
        ("Authorised-recruitment may be ongoing or finished", "ongoing_unclear"),
        ("Temporarily closed", "suspended"),
        ("Open to recruitment: actively recruiting participants", "recruiting"),
        ("Prohibited by CA", "not_authorised"),
        ("No longer available", "no_longer_available"),
        ("Approved for marketing", "approved_for_marketing"),
        # Cut off by its register; one status only begins so.
        ("Open to recruitment: actively recruiting participa", "recruiting"),
        ("Authorised-recruitment may be", None),
        ("Ongoing, recruiting", "recruiting"),
        ("Ongoing, recruitment ended", "active_not_recruiting"),
        ("Authorised, not started", "not_yet_recruiting"),
        ("RECRUITING_COMPLETE_FOLLOW_UP_CONTINUING", "active_not_recruiting"),
        ("Open patient inclusion", "recruiting"),
        ("Other (Terminated)", "terminated"),
        ("GB - no longer in EU/EEA", "ongoing_unclear"),
        ("Not Recruiting", "active_not_recruiting"),
        ("Under evaluation", None),
        ("We are recruiting nurses", None),
    ],
)
def test_normalize_statuses_read_words(words: str, value: str | None) -> None:
    assert read_status(words) == value


@pytest.mark.parametrize("words", ["Open", "Closed", "Active", "Planned", "Available", "Pending"])
def test_normalize_statuses_take_common_words_only_under_a_label(words: str) -> None:
    assert read_status(words) is not None
    assert read_status(words, labelled=False) is None


def test_normalize_statuses_table_has_no_word_twice() -> None:
    words = [form for forms in STATUS_WORDS.values() for form in forms]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("value", sorted(STATUS_WORDS))
def test_normalize_statuses_are_idempotent(value: str) -> None:
    assert read_status(value) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ALL", "all"),
        ("Both", "all"),
        ("Both males and females", "all"),
        ("Female, Male", "all"),
        ("M/F", "all"),
        ("<br>Female: yes<br>Male: yes<br>", "all"),
        ("Female: no Male: yes", "male"),
        ("FEMALE", "female"),
        ("Women only", "female"),
        ("M", "male"),
        ("Not Specified", "unknown"),
        ("Female: no Male: no", None),
        ("", None),
        ("see text", None),
    ],
)
def test_normalize_sexes_read_words(words: str, value: str | None) -> None:
    assert read_sex(words) == value


@pytest.mark.parametrize("value", sorted(set(SEX_WORDS) - {"unknown"}))
def test_normalize_sexes_are_idempotent(value: str) -> None:
    assert read_sex(value) == value


@pytest.mark.parametrize(
    ("words", "phases"),
    [
        ("Phase 2", ["2"]),
        ("PHASE2", ["2"]),
        ("Phase II", ["2"]),
        ("Phase 1/Phase 2", ["1", "2"]),
        ("Phase1/Phase2", ["1", "2"]),
        ("Phase II/III", ["2", "3"]),
        ("2-3", ["2", "3"]),
        ("I+II", ["1", "2"]),
        ("Phase 2b", ["2"]),
        ("Phase IIa", ["2"]),
        ("Early Phase 1", ["early_phase_1"]),
        ("EARLY_PHASE1", ["early_phase_1"]),
        ("Phase 0", ["0"]),
        ("N/A", ["not_applicable"]),
        ("Post-market", ["4"]),
        ("Phase I (Phase I study)", ["1"]),
        ("Human pharmacology (Phase I): noTherapeutic exploratory (Phase II): yes", ["2"]),
        ("Other", []),
    ],
)
def test_normalize_phases_read_words(words: str, phases: list[str]) -> None:
    assert read_phases(words) == phases


@pytest.mark.parametrize(("words", "is_one"), [("Phase 2", True), ("PHASE II/III", True), ("Phase out", False)])
def test_normalize_phases_tell_a_line_that_is_one(words: str, is_one: bool) -> None:
    assert is_phase(words) is is_one


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("China", "CN"),
        ("United States", "US"),
        ("USA", "US"),
        ("Korea, Republic of", "KR"),
        ("Korea (Republic of)", "KR"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Turkey (Türkiye)", "TR"),
        ("Côte d'Ivoire", "CI"),
        ("Cote d’Ivoire", "CI"),
        ("Perú", "PE"),
        ("Czech Republic", "CZ"),
        ("Viet Nam", "VN"),
        ("The Netherlands", "NL"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Bosnia & Herzegovina", "BA"),
        ("England", "GB"),
        ("Russian Federation", "RU"),
        ("Hong Kong", "HK"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo", "CG"),
        ("Asia (except Japan)", None),
        ("Boston", None),
        ("", None),
    ],
)
def test_normalize_countries_find_codes(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_normalize_countries_hold_the_whole_standard() -> None:
    codes = {line[:2] for line in COUNTRY_NAMES.splitlines()}
    # ISO 3166-1 has 249 officially assigned codes; XK is user-assigned.
    assert len(codes - {"XK"}) == 249


@pytest.mark.parametrize("code", sorted({line[:2] for line in COUNTRY_NAMES.splitlines()}))
def test_normalize_countries_are_idempotent(code: str) -> None:
    assert is_code(code)
    assert country_code(country_name(code)) == code


def test_normalize_countries_give_no_name_two_codes() -> None:
    names: dict[str, str] = {}
    for line in COUNTRY_NAMES.splitlines():
        code, *forms = line.split("|")
        for form in forms:
            assert names.setdefault(form.casefold(), code) == code
            assert country_code(form) == code


@pytest.mark.parametrize("words", ["Not reported", "N/A", "n.a.", " - ", "TBD"])
def test_normalize_absence_knows_words_for_nothing(words: str) -> None:
    assert absent_reason(words) == "explicit_not_reported"


def test_normalize_absence_table_is_in_the_form_that_is_looked_up() -> None:
    assert all(absent_reason(words) == reason for words, reason in ABSENCE_WORDS.items())


@given(st.text(max_size=120))
def test_normalize_vocabularies_take_any_words(words: str) -> None:
    read_status(words)
    read_sex(words)
    assert len(read_phases(words)) <= 5
    code = country_code(words)
    assert code is None or is_code(code)
