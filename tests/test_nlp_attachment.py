"""Which thing a denial, a time or a value belongs to: things are `[words](label)`, the modifier `{words}`."""

from __future__ import annotations

import re

import pytest
import spacy
from spacy.tokens import Doc, Span

from parser.nlp.components.attachment import Kind, attach, nearest
from tests.evaluation.relations import Line, pipeline, scored_end_to_end

_MARK = re.compile(r"\{(?P<modifier>[^}]+)\}|\[(?P<words>[^]]+)\]\((?P<own>\*?)(?P<label>\w+)\)")

#: `*` marks the one that the modifier belongs to; none means that it belongs to nothing here.
CASES: tuple[tuple[Kind, str], ...] = (
    ("negation", "{No} [asthma](*Condition)"),
    ("negation", "{Without} severe [renal failure](*Condition) treated with [dialysis](Procedure)"),
    ("negation", "Any [cancer](Condition) {except} [basal cell carcinoma](*Condition)"),
    ("negation", "[Malignancy](Condition) {other than} [cervical carcinoma](*Condition) in the last 5 years"),
    ("negation", "[Asthma](Condition). Patients with [eczema](*Condition) {are eligible}"),
    ("negation", "[Hypertension](Condition) (patients with [white coat hypertension](*Condition) {are not excluded})"),
    ("negation", "History of [stroke](Condition) and {no} [epilepsy](*Condition)"),
    ("negation", "{not} using highly [effective](Qualifier) [contraception](*Drug)"),
    ("time", "[Surgery](*Procedure) {within 4 weeks} or [asthma](Condition)"),
    ("time", "[Stroke](*Condition) {in the past 6 months}"),
    ("value", "[Hemoglobin](*Measurement) {> 9 g/dL} and [platelets](Measurement)"),
    ("value", "[ALT](Measurement) and [bilirubin](*Measurement) {< 2 x ULN}"),
)


def _read(text: str) -> tuple[Doc, Span, list[Span], list[int]]:
    """Return the text without its marks, the modifier, the things, and which of them it belongs to."""
    plain, places, own = "", [], []
    modifier = (0, 0)
    at = 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        words = match["modifier"] or match["words"]
        place = (len(plain), len(plain) + len(words))
        plain += words
        at = match.end()
        if match["modifier"]:
            modifier = place
            continue
        own += [len(places)] if match["own"] else []
        places.append((*place, match["label"]))
    config = {"nlp": {"tokenizer": {"@tokenizers": "trial_tokenizer.v1"}}}
    doc = spacy.blank("en", config=config)(plain + text[at:])
    spans = [doc.char_span(start, end, label=label) for start, end, label in places]
    named = doc.char_span(*modifier)
    assert named is not None
    things = [span for span in spans if span is not None]
    assert len(things) == len(places)
    return doc, named, things, own


@pytest.mark.parametrize(("kind", "text"), CASES, ids=lambda each: str(each)[:60])
def test_nlp_attachment_gives_a_modifier_its_own_thing(kind: Kind, text: str) -> None:
    doc, modifier, things, own = _read(text)
    assert attach(doc, [modifier], things, kind) == [(0, index) for index in own]


@pytest.mark.parametrize("kind", ["negation", "time", "value"])
def test_nlp_attachment_without_things_gives_nothing(kind: Kind) -> None:
    doc, modifier, _, _ = _read("{No} asthma")
    assert attach(doc, [modifier], [], kind) == nearest(doc, [modifier], [], kind) == []


def test_nlp_attachment_of_a_long_list_gives_the_first() -> None:
    doc, modifier, things, _ = _read("{No} " + ", ".join("[asthma](Condition)" for _ in range(300)))
    assert attach(doc, [modifier], things, "negation") == [(0, 0)]


@pytest.mark.parametrize(
    ("entities", "found", "strict"),
    [
        ([("Hemoglobin", "Measurement"), ("> 9 g/dL", "Value")], 1.0, 1.0),
        ([("Hemoglobin", "Measurement"), ("9 g/dL", "Value")], 1.0, 0.0),
        ([("Hemoglobin", "Condition"), ("> 9 g/dL", "Value")], 0.0, 0.0),
        ([("Hemoglobin", "Measurement")], 0.0, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_evaluation_attachment_end_to_end_wants_both_ends(
    entities: list[tuple[str, str]], found: float, strict: float
) -> None:
    text = "Hemoglobin > 9 g/dL"
    line = Line(text, {"T1": ("Measurement", (0, 10)), "T2": ("Value", (11, 19))}, [("Has_value", "T1", "T2")])
    doc = pipeline()(text)
    spans = [doc.char_span(text.index(words), text.index(words) + len(words), label) for words, label in entities]
    doc.ents = [span for span in spans if span is not None]
    measured = scored_end_to_end([line], [doc], "value")
    assert (measured["gold_pairs"], measured["f1"], measured["strict_f1"]) == (1, found, strict)
