"""What holds for every document, whatever is in it; and what must not change what a page says."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from comparison import fields, tree
from hypothesis import given, settings
from hypothesis import strategies as st

import parser
from parser.errors import InputError, NotATrialError, UnreadableInputError
from parser.models import Trial

if TYPE_CHECKING:
    from spacy.language import Language

EXAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "clinconnect" / "sources" / "clinconnect_sepsis.txt"
PAGE = EXAMPLE.read_text(encoding="utf-8")
LINES = PAGE.split("\n")

#: Lines of the page's sections, first and after the last, counted from 0; the header, which comes first, apart.
HEADER = slice(0, 6)
SECTIONS = {
    "summary": slice(6, 9),
    "eligibility": slice(9, 30),
    "sponsor": slice(30, 32),
    "contact": slice(32, 35),
    "location": slice(35, 37),
    "other": slice(37, 38),
    "timeline": slice(38, 44),
}
#: What a section alone says.
FIELDS_OF = {
    "summary": "summary",
    "eligibility": "eligibility",
    "contact": "contacts",
    "location": "locations",
    "other": "extra",
}

few = settings(max_examples=60, deadline=None)
fewer = settings(max_examples=15, deadline=None)


@pytest.fixture(scope="module")
def as_written(nlp: Language) -> dict[str, Any]:
    return content(parser.parse(PAGE.encode(), nlp=nlp))


@pytest.fixture(scope="module")
def outlined() -> dict[str, Any]:
    return content(parser.parse(PAGE.encode(), rules=False))


def content(trial: Trial) -> dict[str, Any]:
    """Return what a record says, apart from places, bytes and the order of its sections."""
    eligibility = trial.eligibility
    return {
        **fields(trial),
        "registry": trial.source.registry,
        "format": trial.source.format,
        "eligibility": eligibility.text,
        "criteria": tree(eligibility.criteria),
        "coverage": eligibility.coverage.model_dump(),
        "sections": sorted((one.kind, one.heading or "") for one in trial.sections),
        "provenance": sorted(trial.provenance),
        "diagnostics": sorted((one.code, one.severity, one.pointer or "") for one in trial.diagnostics),
    }


# --- any input -----------------------------------------------------------------------------------------------------


def parsed_or_refused(data: bytes | str, **options: Any) -> Trial | None:
    """Parse; input that is no trial may be refused, and nothing else may be raised."""
    try:
        return parser.parse(data, **options)
    except InputError as error:
        message = str(error)
    assert message.strip()
    return None


@few
@given(st.binary(max_size=600))
def test_end_to_end_any_bytes(data: bytes) -> None:
    parsed_or_refused(data, rules=False)


@few
@given(st.text(max_size=600))
def test_end_to_end_any_text(data: str) -> None:
    parsed_or_refused(data, rules=False)


def damaged(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Replace stretches of the data, each given as `(place, length, new bytes)`."""
    for place, length, new in cuts:
        place %= len(data) + 1
        data = data[:place] + new + data[place + length :]
    return data


damages = st.lists(st.tuples(st.integers(0, 7000), st.integers(0, 400), st.binary(max_size=12)), min_size=1, max_size=6)


PAGES = [EXAMPLE.read_bytes(), *(path.read_bytes() for path in sorted(EXAMPLE.parent.glob("example_*.html")))]


@few
@given(st.sampled_from(PAGES), damages)
def test_end_to_end_damaged_page_keeps_every_promise(page: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    trial = parsed_or_refused(damaged(page, cuts), rules=False)
    if trial is not None:
        assert Trial.from_json(trial.to_json()) == trial
        assert_tiled(trial)


@fewer
@given(damages)
def test_end_to_end_damaged_page_with_rules(nlp: Language, cuts: list[tuple[int, int, bytes]]) -> None:
    trial = parsed_or_refused(damaged(PAGE.encode(), cuts), nlp=nlp)
    if trial is not None:
        assert Trial.from_json(trial.to_json()) == trial
        assert_tiled(trial)
        assert all(one.rule is not None for one in trial.eligibility.walk() if one.role == "rule")


@few
@given(
    st.lists(st.sampled_from([*LINES, "Inclusion Criteria:", "- 1. Age >= 18", "<p>", "\t", "About us"]), max_size=40)
)
def test_end_to_end_shuffled_lines(lines: list[str]) -> None:
    trial = parsed_or_refused("\n".join(lines), rules=False)
    if trial is not None:
        assert_tiled(trial)


def assert_tiled(trial: Trial) -> None:
    """Nothing is lost: sections and segments hold every non-blank character exactly once."""
    eligibility = trial.eligibility
    for text, spans in (
        (trial.text or "", [one.span for one in trial.sections]),
        (eligibility.text or "", [one.span for one in eligibility.segments]),
    ):
        covered = sorted(place for span in spans for place in range(*span) if not is_blank(text[place]))
        assert covered == [place for place, letter in enumerate(text) if not is_blank(letter)]
    for pointer, place in trial.provenance.items():
        assert (place.span is None) != (place.path is None), pointer
        assert place.span is None or 0 <= place.span[0] < place.span[1] <= len(trial.text or ""), pointer


def is_blank(letter: str) -> bool:
    """White space, and characters that show nothing: controls, byte order marks, joiners."""
    return letter.isspace() or not letter.isprintable()


@pytest.mark.parametrize("data", [b"", b"   \n\t ", "", "\ufeff", b"\x89PNG\r\n\x1a\n" + bytes(200)])
def test_end_to_end_nothing_to_read(data: bytes | str) -> None:
    with pytest.raises(UnreadableInputError):
        parser.parse(data)


PROSE = "The weather was fine all week.\n\nWe walked along the river and talked about the harvest.\n"


@pytest.mark.parametrize(
    "data", [PROSE, f"<html><body><h1>News</h1><p>{PROSE}</p></body></html>", '{"colour": "blue"}', "<a><b>1</b></a>"]
)
def test_end_to_end_no_trial(data: str) -> None:
    with pytest.raises(NotATrialError):
        parser.parse(data)


@pytest.mark.parametrize("as_source", [str, str.encode, "file"])
def test_end_to_end_records_of_a_source_without_a_trial(tmp_path: Path, as_source: Any) -> None:
    file = tmp_path / "weather.txt"
    file.write_text(PROSE, encoding="utf-8")
    (result,) = parser.parse_records(file if as_source == "file" else as_source(PROSE))
    assert result.status == "failed"
    assert result.trial is None
    assert [(one.code, one.severity) for one in result.diagnostics] == [("not_a_trial", "error")]


def test_end_to_end_records_of_a_page(nlp: Language, as_written: dict[str, Any]) -> None:
    (result,) = parser.parse_records(EXAMPLE, nlp=nlp)
    assert result.status == "success"
    assert result.trial is not None
    assert content(result.trial) == as_written


def test_end_to_end_file_is_parsed_like_its_bytes(nlp: Language) -> None:
    assert parser.parse_file(EXAMPLE, nlp=nlp) == parser.parse(EXAMPLE.read_bytes(), nlp=nlp)


# --- the same record -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rules", [True, False])
def test_end_to_end_json_round_trip(nlp: Language, rules: bool) -> None:
    trial = parser.parse(PAGE.encode(), rules=rules, nlp=nlp if rules else None)
    assert Trial.from_json(trial.to_json()) == trial


def test_end_to_end_parsing_is_deterministic(nlp: Language) -> None:
    assert parser.parse(PAGE, nlp=nlp).to_json() == parser.parse(PAGE, nlp=nlp).to_json()


def blank_lines_between(text: str) -> str:
    return text.replace("\n", "\n\n")


def blanks_at_line_ends(blank: str) -> Callable[[str], str]:
    return lambda text: "\n".join(line + blank for line in text.split("\n"))


REWRITTEN: dict[str, Callable[[str], bytes | str]] = {
    "str": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "no-break spaces at line ends": lambda text: blanks_at_line_ends("\u00a0")(text).encode(),
    "spaces at line ends": lambda text: blanks_at_line_ends("  ")(text).encode(),
    "tabs at line ends": lambda text: blanks_at_line_ends("\t")(text).encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "byte order mark in a str": lambda text: "\ufeff" + text,
    "utf-16": lambda text: text.encode("utf-16"),
    "final line break": lambda text: (text + "\n").encode(),
    "many final line breaks": lambda text: (text + "\n\n \n").encode(),
    "leading line breaks": lambda text: ("\n \n" + text).encode(),
    "blank lines between": lambda text: blank_lines_between(text).encode(),
    "crlf and blank lines between": lambda text: blank_lines_between(text).replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("rewrite", REWRITTEN.values(), ids=REWRITTEN.keys())
def test_end_to_end_layout_changes_nothing(
    nlp: Language, as_written: dict[str, Any], rewrite: Callable[[str], bytes | str]
) -> None:
    assert content(parser.parse(rewrite(PAGE), nlp=nlp)) == as_written


def test_end_to_end_given_encoding(nlp: Language, as_written: dict[str, Any]) -> None:
    trial = parser.parse(PAGE.encode("cp1252"), encoding="cp1252", nlp=nlp)
    assert trial.source.encoding_from == "given"
    assert content(trial) == as_written


def page_of(kinds: Iterator[str] | list[str]) -> str:
    return "\n".join(line for part in (HEADER, *(SECTIONS[kind] for kind in kinds)) for line in LINES[part])


def test_end_to_end_sections_of_the_example_are_its_lines() -> None:
    assert page_of(list(SECTIONS)) == PAGE


@few
@given(st.permutations(list(SECTIONS)))
def test_end_to_end_order_of_sections_changes_nothing(outlined: dict[str, Any], kinds: list[str]) -> None:
    assert content(parser.parse(page_of(kinds), rules=False)) == outlined


def test_end_to_end_order_of_sections_changes_no_rule(nlp: Language, as_written: dict[str, Any]) -> None:
    assert content(parser.parse(page_of(list(reversed(SECTIONS))), nlp=nlp)) == as_written


@pytest.mark.parametrize("missing", SECTIONS)
def test_end_to_end_missing_section_takes_its_own_fields_only(outlined: dict[str, Any], missing: str) -> None:
    trial = parser.parse(page_of([kind for kind in SECTIONS if kind != missing]), rules=False)
    actual, right = content(trial), dict(outlined)
    for record in (actual, right):
        _drop(record, missing)
    assert actual == right


@pytest.mark.parametrize("emptied", SECTIONS)
def test_end_to_end_section_with_its_heading_alone(outlined: dict[str, Any], emptied: str) -> None:
    """A page whose script did not run has labels without values."""
    part = SECTIONS[emptied]
    heading = LINES.index("Eligibility criteria") if emptied == "eligibility" else part.start
    page = "\n".join([*LINES[: part.start], LINES[heading], *LINES[part.stop :]])
    actual, right = content(parser.parse(page, rules=False)), dict(outlined)
    for record in (actual, right):
        _drop(record, emptied)
    assert actual == right


def _drop(record: dict[str, Any], kind: str) -> None:
    """Take out what a section says, and what is said about it."""
    record["sections"] = [one for one in record["sections"] if one[0] != kind]
    record["timeline"] = record["timeline"][:2] if kind == "timeline" else record["timeline"]
    if kind == "sponsor":
        # Normal case comes from the section; without it the header's capitals are all there is.
        record["sponsor"] = record["sponsor"]["raw"]
    if kind == "eligibility":
        for name in ("eligibility", "criteria", "coverage", "sex", "stated_age"):
            record.pop(name)
    elif kind in FIELDS_OF:
        record.pop(FIELDS_OF[kind])
    prefix = {"sponsor": "/sponsor", "timeline": "/timeline"}.get(kind, f"/{FIELDS_OF.get(kind)}")
    record["absent"] = {pointer: why for pointer, why in record["absent"].items() if not pointer.startswith(prefix)}
    record["provenance"] = [pointer for pointer in record["provenance"] if not pointer.startswith(prefix)]
    record["diagnostics"] = [
        one for one in record["diagnostics"] if one[0] != "section_missing" and not one[2].startswith(prefix)
    ]


# --- an eligibility text alone -------------------------------------------------------------------------------------


def test_end_to_end_eligibility_text_alone(nlp: Language, as_written: dict[str, Any]) -> None:
    eligibility = parser.parse_eligibility(as_written["eligibility"], nlp=nlp)
    assert eligibility.text == as_written["eligibility"]
    assert tree(eligibility.criteria) == as_written["criteria"]


def test_end_to_end_eligibility_text_of_a_kind(nlp: Language) -> None:
    eligibility = parser.parse_eligibility("* Pregnancy\n* History of malignancy", kind="exclusion", nlp=nlp)
    pregnancy, malignancy = eligibility.criteria
    assert [one.id for one in eligibility.criteria] == ["exclusion.1", "exclusion.2"]
    assert [one.kind for one in eligibility.criteria] == ["exclusion", "exclusion"]
    assert pregnancy.rule is not None
    assert (pregnancy.rule.type, getattr(pregnancy.rule, "state", None)) == ("reproductive", "pregnant")
    assert malignancy.rule is not None
    assert (malignancy.rule.type, getattr(malignancy.rule, "status", None)) == ("condition", ["history"])


def test_end_to_end_eligibility_order_of_criteria_changes_no_rule(nlp: Language, as_written: dict[str, Any]) -> None:
    """Each line says the same wherever it stands."""
    lines = [line for line in as_written["eligibility"].split("\n") if line.startswith("• ") and line[2].isalpha()]
    shuffled = random.Random(7).sample(lines, len(lines))

    def rules(text: str) -> dict[str, Any]:
        found = tree(parser.parse_eligibility(text, kind="exclusion", nlp=nlp).criteria)
        return {one["text"]: one["rule"] for one in found}

    assert len(lines) == 7
    assert rules("\n".join(shuffled)) == rules("\n".join(lines))
