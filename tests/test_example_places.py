"""Everything in a record of an example page points back to the words it came from."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from comparison import led_back, nodes

import parser
from parser.models import Criterion, PartialDate, Trial
from parser.models.trial import pointer_target

if TYPE_CHECKING:
    from spacy.language import Language

PAGES = (
    "clinconnect_sepsis.txt",
    "variant_cardiology.txt",
    "variant_dermatology.txt",
    "variant_gastroenterology.txt",
    "example_headings.html",
    "example_minified.html",
    "example_nested_lists.html",
    "example_styled_boxes.html",
    "example_tables.html",
    "example_website.html",
    "example_xhtml.html",
)


@pytest.fixture(scope="module", params=PAGES)
def trial(request: pytest.FixtureRequest, clinconnect: Path, nlp: Language) -> Trial:
    return parser.parse((clinconnect / "sources" / request.param).read_bytes(), nlp=nlp)


def test_example_places_expected_record_points_to_its_words(clinconnect: Path) -> None:
    """The record that other tests compare with holds together itself."""
    record = Trial.from_json((clinconnect / "expected" / "clinconnect_sepsis.json").read_bytes())
    _check_provenance(record)
    _check_segments(record)
    _check_map(record)
    _check_criteria(record)


def test_example_places_provenance(trial: Trial) -> None:
    assert trial.provenance
    _check_provenance(trial)


def test_example_places_every_value_has_one(trial: Trial) -> None:
    for pointer in _string_leaves(trial):
        assert pointer in trial.provenance, pointer


def test_example_places_absent_values_are_absent(trial: Trial) -> None:
    for pointer in trial.absent:
        assert not pointer_target(trial, pointer), pointer


def test_example_places_sections_tile_the_page(trial: Trial) -> None:
    text = trial.text or ""
    assert [text[slice(*one.span)] for one in trial.sections] == [one.text for one in trial.sections]
    covered = sorted(place for one in trial.sections for place in range(*one.span) if not text[place].isspace())
    assert covered == [place for place, letter in enumerate(text) if not letter.isspace()]
    for one in trial.sections:
        assert one.heading is None or one.heading in one.text


def test_example_places_segments_tile_the_eligibility_text(trial: Trial) -> None:
    _check_segments(trial)


def test_example_places_coverage_is_computed_from_the_segments(trial: Trial) -> None:
    text = trial.eligibility.text or ""
    sizes = dict.fromkeys(("structured", "unstructured", "heading", "marker", "boilerplate"), 0)
    for segment in trial.eligibility.segments:
        sizes[segment.kind] += len("".join(text[slice(*segment.span)].split()))
    total = sum(sizes.values())
    shares = {kind: size / total for kind, size in sizes.items()}
    coverage = trial.eligibility.coverage.model_dump()
    assert coverage == pytest.approx(shares, abs=1e-4)
    assert sum(coverage.values()) == pytest.approx(1)


def test_example_places_map_leads_back_to_the_page(trial: Trial) -> None:
    _check_map(trial)


def test_example_places_criteria_and_rules(trial: Trial) -> None:
    _check_criteria(trial)


def test_example_places_confidence_of_logic_is_the_least_of_its_parts(trial: Trial) -> None:
    for criterion in trial.eligibility.walk():
        for node in nodes(criterion.rule.model_dump() if criterion.rule else None):
            parts = node.get("rules", [node["rule"]] if "rule" in node else [])
            if parts:
                assert node["confidence"] == min(part["confidence"] for part in parts)


#: Exact factors between units of time; a month and a year have no fixed number of days.
_FACTORS = {("wk", "d"): 7, ("h", "min"): 60, ("d", "h"): 24}


def test_example_places_canonical_bounds_repeat_the_bounds(trial: Trial) -> None:
    for value in _ranges(trial.model_dump()):
        canonical = value["canonical"]
        for bound in ("low", "high"):
            assert (bound in value) == (bound in canonical)
            if bound in value:
                factor = _factor(value["ucum"], canonical["ucum"])
                assert canonical[bound] == pytest.approx(value[bound] * factor)


def _factor(unit: str, canonical: str) -> float:
    if unit == canonical:
        return 1
    known = {**_FACTORS, **{(small, large): 1 / factor for (large, small), factor in _FACTORS.items()}}
    known["h", "d"] = 1 / 24
    known["wk", "h"] = 7 * 24
    return known[unit, canonical]


def _ranges(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in _ranges(item)]
    if not isinstance(value, dict):
        return []
    below = [found for item in value.values() for found in _ranges(item)]
    return [value, *below] if "canonical" in value else below


# --- checks --------------------------------------------------------------------------------------------------------


def _letters(words: str) -> str:
    return "".join(words.split()).casefold()


def _check_provenance(trial: Trial) -> None:
    text = trial.text or ""
    for pointer, place in trial.provenance.items():
        assert place.span is not None, pointer
        words = text[slice(*place.span)]
        assert words == words.strip(), pointer
        assert words, pointer
        if pointer == "/eligibility/text":
            # The page's own list markers stand in between; the map leads back character by character.
            first, *_, last = (trial.eligibility.text or "").split("\n")
            assert words.startswith(first.strip()), pointer
            assert words.endswith(last.strip()), pointer
            continue
        assert _letters(words) in _readings(trial, pointer), pointer


def _readings(trial: Trial, pointer: str) -> set[str]:
    """Return the words, blanks and case apart, that a value may have come from."""
    value = pointer_target(trial, pointer)
    stem = pointer.rpartition("/")[0]
    if value is None:
        assert trial.absent[pointer] == "explicit_not_reported", pointer
        return {"notreported"}
    if pointer.endswith("/country_code"):
        return {_letters(pointer_target(trial, f"{stem}/country"))}
    if pointer == "/status/value":
        return {_letters(pointer_target(trial, "/status/raw"))}
    if pointer.startswith("/timeline/") and pointer.endswith("/kind"):
        return {_letters(pointer_target(trial, f"{stem}/label"))}
    return {_letters(value.raw if isinstance(value, PartialDate) else str(value))}


#: Values that say what a page's words mean, or who wrote them; they stand nowhere on it.
_NOT_READ = {"/source", "/text", "/schema_name", "/schema_version", "/eligibility", "/sections", "/summary/origin"}
_DERIVED = re.compile(r"/(event|kind|precision|value|code|severity|message|role)$|^/(provenance|absent|diagnostics)\b")


def _string_leaves(trial: Trial) -> list[str]:
    """Return the pointers of all text that was read from the page, dates as a whole."""

    def below(value: Any, pointer: str) -> list[str]:
        if pointer in _NOT_READ or (_DERIVED.search(pointer) and not pointer.startswith("/extra/")):
            return []
        if isinstance(value, dict):
            if "precision" in value:
                return [pointer]
            return [found for key, item in value.items() for found in below(item, f"{pointer}/{key}")]
        if isinstance(value, list):
            return [found for number, item in enumerate(value) for found in below(item, f"{pointer}/{number}")]
        return [pointer] if isinstance(value, str) else []

    return [*below(trial.model_dump(), ""), "/source/as_of", "/eligibility/text", "/eligibility/sex", "/status/value"]


def _check_segments(trial: Trial) -> None:
    text = trial.eligibility.text or ""
    spans = [segment.span for segment in trial.eligibility.segments]
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = [place for span in spans for place in range(*span) if not text[place].isspace()]
    assert covered == [place for place, letter in enumerate(text) if not letter.isspace()]


def _check_map(trial: Trial) -> None:
    text, page = trial.eligibility.text or "", trial.text or ""
    places = led_back(text, trial.eligibility.map)
    assert sorted(places) == [place for place, letter in enumerate(text) if not letter.isspace()]
    assert all(page[source] == text[place] for place, source in places.items())
    assert len(set(places.values())) == len(places)


def _check_criteria(trial: Trial) -> None:
    text = trial.eligibility.text or ""
    for criterion, around in _with_ancestors(trial.eligibility.criteria, ()):
        assert " ".join(text[slice(*criterion.span)].split()) == criterion.text
        assert criterion.rule is not None
        within = [*around, *(one.span for one in criterion.walk())]
        for node in nodes(criterion.rule.model_dump()):
            _check_node(node, within, text)


def _with_ancestors(
    criteria: list[Criterion], around: tuple[tuple[int, int], ...]
) -> list[tuple[Criterion, tuple[tuple[int, int], ...]]]:
    found = []
    for one in criteria:
        found.append((one, around))
        found.extend(_with_ancestors(one.criteria, (*around, one.span)))
    return found


def _check_node(node: dict[str, Any], within: list[tuple[int, int]], text: str) -> None:
    """A node's spans lie in its criterion, those above it or, in a list head's rule, those below it."""
    low, high = min(span[0] for span in within), max(span[1] for span in within)
    for start, end in node["spans"]:
        assert low <= start < end <= high, node
    if node["type"] in {"all_of", "any_of", "not"}:
        return
    assert node["spans"], node
    words = re.findall(r"\w+", " ".join(text[slice(*span)] for span in node["spans"]).casefold())
    if "concept" in node:
        assert set(re.findall(r"\w+", node["concept"]["text"].casefold())) <= set(words), node
