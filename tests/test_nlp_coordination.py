"""Lists of things: which of them are alternatives, which are asked for together."""

from __future__ import annotations

import pytest

from parser.nlp.components.coordination import Link, alternatives, coordinate
from tests.evaluation.relations import pipeline, span_of
from tests.one_line_entities import unmarked

NLP = pipeline()

#: Marked criteria, whether they exclude, and what is linked: `first|second`, `first&second`.
CASES: list[tuple[str, bool, set[str]]] = [
    ("[Asthma](Condition) or [COPD](Condition)", False, {"Asthma|COPD"}),
    (
        "History of [asthma](Condition), [COPD](Condition) or [fibrosis](Condition)",
        True,
        {"asthma|COPD", "COPD|fibrosis"},
    ),
    ("[Pregnant](Condition) / [lactating](Condition) women", True, {"Pregnant|lactating"}),
    ("[Metastatic](Qualifier) or [unresectable](Qualifier) [melanoma](Condition)", False, {"Metastatic|unresectable"}),
    (
        "Use of [aspirin](Drug), [heparin](Drug), or other [anticoagulants](Drug)",
        True,
        {"aspirin|heparin", "heparin|anticoagulants"},
    ),
    ("[Women](Person) with [diabetes](Condition)", False, {"Women&diabetes"}),
    ("[Women](Person) of [childbearing potential](Condition)", False, {"Women&childbearing potential"}),
    ("[Weight](Measurement) [≥ 50 kg](Value)", False, set()),
    ("[Diabetes](Condition) [treated with](Mood) [insulin](Drug)", False, set()),
    ("BMI [≥ 18](Value) and [≤ 27 kg/m2](Value)", False, {"≥ 18&≤ 27 kg/m2"}),
    (
        "[Psoriasis](Condition), and is a candidate for [phototherapy](Procedure)",
        False,
        {"Psoriasis&phototherapy"},
    ),
    (
        "[Women](Person) with [renal](Qualifier) or [hepatic](Qualifier) [disease](Condition)",
        False,
        {"renal|hepatic", "Women&disease"},
    ),
]


def links_of(marked: str, *, excludes: bool) -> set[str]:
    text, entities = unmarked(marked)
    doc = NLP.make_doc(text)
    spans = [span for each in entities if (span := span_of(doc, (each.start, each.end), each.label)) is not None]
    links = coordinate(doc, spans, excludes=excludes)
    return {f"{spans[one].text}{'|' if either else '&'}{spans[other].text}" for one, other, either in links}


@pytest.mark.parametrize(("marked", "excludes", "links"), CASES)
def test_nlp_coordination_links_neighbours_in_a_list(marked: str, excludes: bool, links: set[str]) -> None:
    assert links_of(marked, excludes=excludes) == links


def test_nlp_coordination_and_lists_what_disqualifies_in_an_exclusion() -> None:
    text = "[Asthma](Condition), [epilepsy](Condition), [stroke](Condition)"
    assert links_of(text, excludes=True) == {"Asthma|epilepsy", "epilepsy|stroke"}


def test_nlp_coordination_groups_are_what_links_of_alternatives_join() -> None:
    links = [Link(0, 1, either=True), Link(1, 4, either=True), Link(2, 3, either=False), Link(5, 6, either=True)]
    assert sorted(map(sorted, alternatives(links))) == [[0, 1, 4], [5, 6]]


def test_nlp_coordination_of_nothing_is_nothing() -> None:
    assert coordinate(NLP.make_doc("No words here"), []) == []
