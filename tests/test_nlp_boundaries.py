"""Entities whose boundaries the patterns mend; the marks of the patterns are set by hand here."""

from __future__ import annotations

import re

import pytest
import spacy
from spacy.tokens import Doc, Span

from parser.nlp.annotations import ASSERTION, QUANTITIES, WINDOWS, set_group
from parser.nlp.components.boundaries import factory  # noqa: F401  (registers the component)
from parser.nlp.components.boundaries.component import Boundaries
from parser.nlp.tokenizer import ClinicalTokenizer

VOCAB = spacy.blank("en").vocab
TOKENIZE = ClinicalTokenizer(VOCAB)

#: `<Label words>` is an entity; `{q words}` a quantity, `{w words}` a window, `{d words}` a duration, `{x words}` an
#: exception's cue.
_OPEN = re.compile(r"<(?P<label>[A-Z]\w+)\s|\{(?P<mark>[qwdx])\s|(?P<close>[>}])")
_GROUPS = {
    "q": (QUANTITIES, "quantity"),
    "w": (WINDOWS, "window"),
    "d": (WINDOWS, "duration"),
    "x": (ASSERTION, "exception"),
}


def annotated(entities: str, marks: str) -> Doc:
    """Make a `Doc` of two writings of one text, the first with its entities, the second with the patterns' marks."""
    text, found = stripped(entities)
    same, marked = stripped(marks)
    assert text == same
    doc = TOKENIZE(text)
    doc.ents = tuple(span(doc, *each) for each in found)
    for group in (QUANTITIES, WINDOWS, ASSERTION):
        mine = [(start, end, _GROUPS[mark][1]) for start, end, mark in marked if _GROUPS[mark][0] == group]
        set_group(doc, group, [span(doc, *each) for each in mine])
    return doc


def span(doc: Doc, start: int, end: int, label: str) -> Span:
    found = doc.char_span(start, end, label=label)
    assert found is not None
    return found


def stripped(writing: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Take the marks out of a writing, and say where they stood."""
    text, found, open_, at = "", [], [], 0
    for match in _OPEN.finditer(writing):
        text += writing[at : match.start()]
        at = match.end()
        if match["close"]:
            begin, label = open_.pop()
            found.append((begin, len(text), label))
        else:
            open_.append((len(text), match["label"] or match["mark"]))
    assert not open_
    return text + writing[at:], sorted(found)


@pytest.mark.parametrize(
    ("entities", "marks", "expected"),
    [
        # Values: the comparator and the unit belong to them.
        ("ANC ≥ <Value 1,500>/mm3", "ANC {q ≥ 1,500/mm3}", [("≥ 1,500/mm3", "Value")]),
        ("BMI <Value 18> to <Value 30 kg>/m2", "BMI {q 18 to 30 kg/m2}", [("18 to 30 kg/m2", "Value")]),
        # ... but not what follows: whose age it is, a bracket from before.
        ("<Value 18 years of age>", "{q 18 years of age}", [("18 years", "Value")]),
        ("(<Value at least 18 years old)>", "({q at least 18 years old})", [("at least 18 years", "Value")]),
        ("<Value 40 (20)>", "{q 40 (20)}", [("40 (20)", "Value")]),
        # Words before the number stay.
        ("<Value scores above 26> points", "scores {q above 26 points}", [("scores above 26 points", "Value")]),
        # Others are left alone: nothing of another label is cut or swallowed, and nothing is made of nothing.
        ("<Measurement ANC ≥> <Value 1,500>", "ANC {q ≥ 1,500}", [("ANC ≥", "Measurement"), ("1,500", "Value")]),
        ("<Temporal 6 weeks>", "{q 6 weeks}", [("6 weeks", "Temporal")]),
        ("at least 3 lesions", "{q at least 3} lesions", []),
    ],
)
def test_nlp_boundaries_values(entities: str, marks: str, expected: list[tuple[str, str]]) -> None:
    assert mended(annotated(entities, marks)) == expected


@pytest.mark.parametrize(
    ("entities", "marks", "expected"),
    [
        # The preposition, the length and the anchor belong to a time.
        ("within <Temporal 6 months>", "{w within 6 months}", [("within 6 months", "Temporal")]),
        ("<Temporal 14 days> before surgery", "{w 14 days before surgery}", [("14 days before surgery", "Temporal")]),
        ("<Temporal in the> past <Temporal year>", "{w in the past year}", [("in the past year", "Temporal")]),
        # What else the annotation holds stays in it.
        (
            "<Temporal for 2 months prior to> visit 1",
            "for 2 months {w prior to visit 1}",
            [("for 2 months prior to visit 1", "Temporal")],
        ),
        # Durations are annotated with their preposition or without: as recognised.
        ("for <Temporal 6 weeks>", "{d for 6 weeks}", [("6 weeks", "Temporal")]),
        # Nothing of another label is cut or swallowed.
        (
            "<Temporal within 6 weeks of> <Procedure surgery>",
            "{w within 6 weeks of surgery}",
            [("within 6 weeks of", "Temporal"), ("surgery", "Procedure")],
        ),
    ],
)
def test_nlp_boundaries_times(entities: str, marks: str, expected: list[tuple[str, str]]) -> None:
    assert mended(annotated(entities, marks)) == expected


@pytest.mark.parametrize(
    ("entities", "marks", "expected"),
    [
        ("surgery within 6 weeks", "surgery {w within 6 weeks}", [("within 6 weeks", "Temporal")]),
        ("at screening", "{w at screening}", [("at screening", "Temporal")]),
        ("during the study", "{w during the study}", []),
        ("for 6 weeks", "{d for 6 weeks}", []),
        ("cancer other than skin", "cancer {x other than} skin", [("other than", "Negation")]),
        ("Except asthma", "{x Except} asthma", [("Except", "Negation")]),
        ("but asthma", "{x but} asthma", []),
        ("cancer <Negation other> than skin", "cancer {x other than} skin", [("other than", "Negation")]),
        (
            "<Qualifier other than mild> asthma",
            "{x other than} mild asthma",
            [("other than mild", "Qualifier")],
        ),
    ],
)
def test_nlp_boundaries_missing(entities: str, marks: str, expected: list[tuple[str, str]]) -> None:
    assert mended(annotated(entities, marks)) == expected


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ("<Condition asthma,> mild", [("asthma", "Condition")]),
        ("(<Condition asthma)>", [("asthma", "Condition")]),
        ("<Condition tumor (benign)>", [("tumor (benign)", "Condition")]),
        ("<Measurement HBsAg-> negative", [("HBsAg", "Measurement")]),
        ("<Condition - asthma.>", [("asthma", "Condition")]),
        ("<Measurement transaminase (AST>) below", [("transaminase (AST)", "Measurement")]),
        ("<Condition tumor (benign> or malignant)", [("tumor (benign", "Condition")]),
        ("(<Condition asthma>)", [("asthma", "Condition")]),
        ("<Value +>", [("+", "Value")]),
        ("<Value ->", [("-", "Value")]),
        ("<Condition asthma>, <Condition gout;>", [("asthma", "Condition"), ("gout", "Condition")]),
    ],
)
def test_nlp_boundaries_edges(entities: str, expected: list[tuple[str, str]]) -> None:
    assert mended(annotated(entities, stripped(entities)[0])) == expected


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ("<Condition irritable bowel syndrome> (IBS)", [("irritable bowel syndrome (IBS)", "Condition")]),
        ("<Condition irritable bowel syndrome (>IBS)", [("irritable bowel syndrome (IBS)", "Condition")]),
        ("<Drug tyrosine kinase inhibitors> (TKIs).", [("tyrosine kinase inhibitors (TKIs)", "Drug")]),
        # Another thing, or recognised by itself.
        ("<Condition multiple ill effects> (mild)", [("multiple ill effects", "Condition")]),
        ("<Condition hypertension> (DBP over 90)", [("hypertension", "Condition")]),
        (
            "<Measurement body mass index> (<Measurement BMI>)",
            [("body mass index", "Measurement"), ("BMI", "Measurement")],
        ),
        ("<Condition irritable bowel syndrome> (", [("irritable bowel syndrome", "Condition")]),
        # A name that goes on behind the bracket is one name, of one label.
        ("<Drug tyrosine kinase> (<Drug TK) inhibitors>", [("tyrosine kinase (TK) inhibitors", "Drug")]),
        ("<Device tyrosine kinase> (<Drug TK) use>", [("tyrosine kinase", "Device"), ("TK) use", "Drug")]),
        ("<Drug tyrosine kinase> (<Drug all) such>", [("tyrosine kinase", "Drug"), ("all) such", "Drug")]),
    ],
)
def test_nlp_boundaries_abbreviations(entities: str, expected: list[tuple[str, str]]) -> None:
    assert mended(annotated(entities, stripped(entities)[0])) == expected


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        # Missed, cut, or taken for something else; with the word of illness behind it.
        ("Patients with COVID-19", [("COVID-19", "Condition")]),
        ("Patients with <Condition COVID>-19", [("COVID-19", "Condition")]),
        ("positive for <Measurement SARS-CoV>-2", [("SARS-CoV-2", "Condition")]),
        ("<Qualifier SARS-CoV-2> infection", [("SARS-CoV-2 infection", "Condition")]),
        (
            "Novel coronavirus pneumonia or 2019-nCoV",
            [("Novel coronavirus pneumonia", "Condition"), ("2019-nCoV", "Condition")],
        ),
        ("coronavirus disease 2019 (Covid 19)", [("coronavirus disease 2019", "Condition"), ("Covid 19", "Condition")]),
        ("<Condition COVID-19> patients", [("COVID-19", "Condition")]),
        # Part of a longer name, known as one or not.
        ("<Condition severe COVID-19 pneumonia>", [("severe COVID-19 pneumonia", "Condition")]),
        ("<Drug COVID-19 vaccine>", [("COVID-19 vaccine", "Drug")]),
        ("a COVID-19 vaccine", []),
        ("SARS-CoV-2-antibodies", []),
        ("<Measurement SARS-CoV-2> PCR", [("SARS-CoV-2", "Measurement")]),
        # Not such a name.
        ("the covidien device, SARS, covalent", []),
    ],
)
def test_nlp_boundaries_young_diseases(entities: str, expected: list[tuple[str, str]]) -> None:
    assert mended(annotated(entities, stripped(entities)[0])) == expected


def mended(doc: Doc) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in Boundaries()(doc).ents]


@pytest.mark.parametrize("switch", ["values", "times", "missing", "edges", "abbreviations", "young"])
def test_nlp_boundaries_repairs_can_be_switched_off(switch: str) -> None:
    entities = (
        "ANC ≥ <Value 1,500>/mm3 within <Temporal 6 weeks>, <Condition gout,> other than <Condition lung cancer> (LC) "
        "or mpox"
    )
    marks = "ANC {q ≥ 1,500/mm3} {w within 6 weeks}, gout, {x other than} lung cancer (LC) or mpox"
    mended_ones = {
        "values": ("≥ 1,500/mm3", "Value"),
        "times": ("within 6 weeks", "Temporal"),
        "missing": ("other than", "Negation"),
        "edges": ("gout", "Condition"),
        "abbreviations": ("lung cancer (LC)", "Condition"),
        "young": ("mpox", "Condition"),
    }
    doc = Boundaries(**{switch: False})(annotated(entities, marks))
    found = {(entity.text, entity.label_) for entity in doc.ents}
    assert {name for name, mended_one in mended_ones.items() if mended_one in found} == set(mended_ones) - {switch}


def test_nlp_boundaries_leaves_a_text_without_marks_as_it_is() -> None:
    doc = TOKENIZE("history of asthma")
    doc.ents = (Span(doc, 0, 1, label="Temporal"), Span(doc, 2, 3, label="Condition"))
    before = doc.ents
    assert Boundaries()(doc).ents == before
    assert Boundaries()(TOKENIZE("")).ents == ()


def test_nlp_boundaries_in_a_pipeline() -> None:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "trial_tokenizer.v1"}}})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "Value", "pattern": [{"LIKE_NUM": True}]}])
    nlp.add_pipe("trial_quantities")
    nlp.add_pipe("trial_boundaries", config={"edges": False})
    assert [entity.text for entity in nlp("BMI ≥ 30 kg/m2").ents] == ["≥ 30 kg/m2"]


def test_nlp_boundaries_takes_long_texts_in_linear_time() -> None:
    doc = TOKENIZE("ANC ≥ 1,500/mm3, " * 5_000)
    quantities = [Span(doc, at, at + 4, label="quantity") for at in range(1, len(doc) - 4, 6)]
    set_group(doc, QUANTITIES, quantities)
    doc.ents = tuple(Span(doc, each.start + 1, each.start + 2, label="Value") for each in quantities)
    assert {entity.text for entity in Boundaries()(doc).ents} == {"≥ 1,500/mm3"}
