"""Names of measurements in criteria, as annotated one-liners: what is in angle brackets is one name."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from parser.nlp.annotations import TOPICS
from parser.vocabulary.measurements import measured, table
from tests.linear import cost

NAMES = [
    "⟦Serum creatinine⟧ ≤ 1.5 mg/dL",
    "⟦AST⟧ and ⟦ALT⟧ ≤ 3 x ULN",
    "⟦ALT⟧/⟦AST⟧ ≤ 3 x ULN",
    "⟦SGOT (AST)⟧ < 2.5 x ULN",
    "⟦AST (SGOT)⟧ and ⟦ALT (SGPT)⟧ < 2.5 x ULN",
    "⟦AST/SGOT⟧ > 3 x ULN",
    "⟦alanine aminotransferase (ALT)⟧ > 2 x ULN",
    "⟦alanine aminotransferase [ALT]⟧ > 2 x ULN",
    "⟦alanine aminotransferase⟧ (⟦AST⟧) > 2 x ULN",
    "⟦absolute neutrophil count (ANC)⟧ ≥ 1.5 x 10^9/L",
    "⟦white blood cell (WBC) count⟧ ≥ 3,000/mm3",
    "⟦Haemoglobin⟧ ≥ 9 g/dL",
    "⟦total bilirubin level⟧ of less than 2 mg/dL",
    "⟦C-reactive protein⟧ > 5 mg/L",
    "⟦FEV1/FVC ratio⟧ < 0.7 and ⟦FEV1⟧ ≥ 50 % predicted",
    "⟦PaO2/FiO2⟧ ≤ 300",
    "⟦25(OH)D⟧ < 20 ng/mL",
    "⟦DAS28(CRP)⟧ > 3.2",
    "⟦left ventricular ejection fraction (LVEF)⟧ < 40 %",
    "⟦CHA2DS2-VASc score⟧ ≥ 2",
    "⟦Eastern Cooperative Oncology Group (ECOG) performance status⟧ 0-1",
    "⟦ECOG PS⟧ 0-1",
    "⟦NYHA⟧ class III or IV",
    "⟦Child-Pugh⟧ class A",
    "⟦Child-Pugh score⟧ ≤ 7",
    "⟦Crohn's Disease Activity Index⟧ > 220",
    "⟦systolic blood pressure⟧ > 180 mmHg",
    "negative ⟦serum pregnancy test⟧",
    "⟦serum pregnancy test⟧ within 7 days",
    "⟦life expectancy⟧ of at least 3 months",
    "Known ⟦HBsAg⟧ positivity",
    # what names a substance or a disease as well: only beside a number, a sample or an amount
    "⟦testosterone⟧ < 50 ng/dL",
    "⟦serum testosterone⟧ in the castrate range",
    "⟦Testosterone levels⟧ after castration",
    "prior testosterone therapy",
    "⟦potassium⟧ > 5.5 mmol/L",
    "potassium supplements",
    "calcium channel blockers",
    "⟦proteinuria⟧ > 1 g/24 h",
    "history of proteinuria",
    "carotid stenosis",
    "⟦carotid stenosis⟧ ≥ 70 %",
    "≥ 70 % ⟦stenosis⟧",
    "⟦fever⟧ > 38 °C",
    "fever, cough or dyspnea",
    "⟦PT⟧ ≤ 1.5 x ULN",
    "⟦PT⟧ or ⟦INR⟧ ≤ 1.5 x ULN",
    "the PT should refer the patient",
    # part of another name
    "platelet disorders",
    "glucose-galactose malabsorption",
    "prior EGFR-TKI or EGFR inhibitors",
    "⟦eGFR⟧ by the CKD-EPI formula",
    "⟦EGFR⟧ < 60 mL/min/1.73 m2",
    "insulin/insulin analogue",
    # names as written
    "all aspects of the study",
    "⟦IgA⟧ < 7 mg/dL",
    "⟦IGA⟧ ≥ 3",
    "no caps of 5 mg",
    "the patient must act within 3 days",
    # names do not run over the ends of sentences and lists
    "low ⟦platelets⟧. Count of lesions",
    "⟦hemoglobin⟧, ⟦platelets⟧",
    "patients with diabetes",
    "",
]


def names_in(nlp: Language, text: str) -> list[str]:
    doc = nlp(text)
    return [span.text for span in doc.spans[TOPICS] if span.label_ == "measurement"]


@pytest.mark.parametrize("marked", NAMES)
def test_nlp_topics_names_of_measurements(nlp: Language, marked: str) -> None:
    expected = re.findall(r"⟦([^⟧]+)⟧", marked)
    assert names_in(nlp, marked.replace("⟦", "").replace("⟧", "")) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ANC ≥ 1500/mm3", "neutrophils"),
        ("SGPT (ALT) < 2 x ULN", "alanine aminotransferase"),
        ("haemoglobin > 9", "hemoglobin"),
        ("IgA > 2", "immunoglobulin A"),
    ],
)
def test_nlp_topics_measurements_have_their_normalised_names(nlp: Language, text: str, name: str) -> None:
    doc = nlp(text)
    assert [span.kb_id_ for span in doc.spans[TOPICS] if span.label_ == "measurement"] == [name]


def test_nlp_topics_every_synonym_beside_a_number_is_found(nlp: Language) -> None:
    lost = []
    for row in table():
        for synonym in row.synonyms:
            found = names_in(nlp, f"{synonym.removeprefix('~')}: > 5")
            known = [measured(name) for name in found]
            if row not in known and not any(char in synonym for char in ".&"):
                lost.append((row.name, synonym, found))
    assert lost == []


def test_nlp_topics_building_is_quick(nlp: Language) -> None:
    from parser.nlp.components.topics.component import Topics

    best = 10.0
    for _ in range(3):
        begun = time.process_time()
        Topics(nlp.vocab)
        best = min(best, time.process_time() - begun)
    assert best < 0.5  # about 0.1


def test_nlp_topics_take_time_linear_in_the_text(nlp: Language) -> None:
    from parser.nlp.components.topics.measurements import MeasurementNames

    names = MeasurementNames(nlp.vocab)
    times = []
    for times_over in (200, 1600):
        doc = nlp.make_doc("serum alanine aminotransferase (ALT) level, PT or " * times_over)
        times.append(cost(names, doc))
    assert times[1] < 40 * times[0]  # eight times the text


@given(st.text(alphabet="ALTSGOPH()[]/- .,:1>levl", max_size=60))
def test_nlp_topics_names_lie_apart_in_any_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    spans = [span for span in doc.spans[TOPICS] if span.label_ == "measurement"]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.text.strip() for span in spans)
