"""Names of concepts: one name for what is written in many ways."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.normalize.abbreviations import long_form, meanings, stated, unambiguous
from parser.normalize.concepts import concept_name, singular
from parser.normalize.spelling import american


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Neuropsychiatric  Disorders", "neuropsychiatric disorder"),
        ("sepsis", "sepsis"),
        ("type 2 diabetes", "type 2 diabetes"),
        ("iron-deficiency anaemias", "iron-deficiency anemia"),
        ("Oesophageal varices", "esophageal varix"),
        ("diarrhoea", "diarrhea"),
        ("Ischaemic heart disease", "ischemic heart disease"),
        ("metastases of the liver", "metastasis of the liver"),
        ("women of childbearing potential", "woman of childbearing potential"),
        ("allergies to eggs", "allergy to egg"),
        ("tumour(s)", "tumor"),
        ("any serious infections.", "serious infection"),
        ("the lungs", "lung"),
        ("Crohn’s disease", "crohn's disease"),
        ("MALIGNANT NEOPLASMS", "malignant neoplasm"),
        ("COPD", "chronic obstructive pulmonary disease"),
        ("chronic obstructive pulmonary disease (COPD)", "chronic obstructive pulmonary disease"),
        ("severe COPD exacerbations", "severe chronic obstructive pulmonary disease exacerbation"),
        ("NSAIDs", "nonsteroidal anti-inflammatory drug"),
        ("T2DM", "type 2 diabetes mellitus"),
        ("GI bleeding", "gastrointestinal bleeding"),
        ("tyrosine kinase inhibitors (TKIs)", "tyrosine kinase inhibitor"),
        ("AST/ALT", "aspartate aminotransferase/alanine aminotransferase"),
        # Ambiguous ones mean nothing by themselves, and small words in capitals are words.
        ("MS", "ms"),
        ("PE", "pe"),
        ("ALL", "all"),
        # A bracket that says more stays.
        ("hepatitis (viral)", "hepatitis (viral)"),
        ("stage IV", "stage iv"),
    ],
)
def test_normalize_concepts_names(text: str, name: str) -> None:
    assert concept_name(text) == name


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("metastases", "metastasis"),
        ("psychoses", "psychosis"),
        ("doses", "dose"),
        ("biopsies", "biopsy"),
        ("headaches", "headache"),
        ("rashes", "rash"),
        ("abscesses", "abscess"),
        ("carcinomata", "carcinoma"),
        ("dialyses", "dialysis"),
        ("crises", "crisis"),
        ("calculi", "calculus"),
        ("fungi", "fungus"),
        ("varices", "varix"),
        ("testes", "testis"),
        ("valves", "valve"),
        ("responses", "response"),
        ("antibiotics", "antibiotic"),
        ("allergies", "allergy"),
        ("vertebrae", "vertebra"),
        ("children", "child"),
        # No plurals, though they end so.
        ("diabetes", "diabetes"),
        ("ascites", "ascites"),
        ("herpes", "herpes"),
        ("tuberculosis", "tuberculosis"),
        ("virus", "virus"),
        ("illness", "illness"),
        ("pancreas", "pancreas"),
        ("genetics", "genetics"),
        ("gas", "gas"),
    ],
)
def test_normalize_concepts_singular(plural: str, one: str) -> None:
    assert singular(plural) == one
    assert singular(one) == one


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("haemorrhage", "hemorrhage"),
        ("leukaemia", "leukemia"),
        ("oedema", "edema"),
        ("gynaecological surgery", "gynecological surgery"),
        ("dyspnoea", "dyspnea"),
        ("coeliac disease", "celiac disease"),
        ("general anaesthesia", "general anesthesia"),
        ("sulphonylurea", "sulfonylurea"),
        ("hospitalisation", "hospitalization"),
        ("sterilised", "sterilized"),
        ("foetal death", "fetal death"),
        ("orthopaedic", "orthopedic"),
        # The same on both sides.
        ("haemophilus influenzae", "haemophilus influenzae"),
        ("embolism", "embolism"),
        ("organism", "organism"),
        ("metastasis", "metastasis"),
        ("programmed cell death", "programmed cell death"),
        ("raised", "raised"),
        ("gastroesophageal reflux", "gastroesophageal reflux"),
        ("angioedema", "angioedema"),
        ("exercise", "exercise"),
    ],
)
def test_normalize_concepts_spelling(british: str, expected: str) -> None:
    assert american(british) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("History of chronic obstructive pulmonary disease (COPD).", {"COPD": "chronic obstructive pulmonary disease"}),
        ("ULN (upper limit of normal)", {"ULN": "upper limit of normal"}),
        ("monoamine oxidase inhibitors (MAOIs)", {"MAOI": "monoamine oxidase inhibitor"}),
        ("relapsing multiple sclerosis ('MS')", {"MS": "multiple sclerosis"}),
        ("body mass index [BMI] over 30", {"BMI": "body mass index"}),
        ("human chorionic gonadotropin (hCG)", {"hCG": "human chorionic gonadotropin"}),
        ("deep-vein thrombosis (DVT, or clots)", {"DVT": "deep-vein thrombosis"}),
        ("body mass index of (BMI) 30", {"BMI": "body mass index"}),
        # The first meaning counts; what only looks like a definition is none.
        ("mitral stenosis (MS); multiple sclerosis (MS)", {"MS": "mitral stenosis"}),
        ("age (years)", {}),
        ("Gleason score (HIV)", {}),
        ("Stable dose. (MRI)", {}),
        ("", {}),
    ],
)
def test_normalize_concepts_abbreviations_that_the_text_defines(text: str, expected: dict[str, str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "short", "meaning"),
    [
        ("Relapsing MS with EDSS below 5.5", "MS", "multiple sclerosis"),
        ("Mitral disease: MS", "MS", "mitral stenosis"),
        ("MS", "MS", None),
        ("MS with an EDSS of 5; no mitral valve disease", "MS", None),
        ("Deep vein thrombosis or PE", "PE", "pulmonary embolism"),
        ("RA on methotrexate", "RA", "rheumatoid arthritis"),
        ("ALL patients must consent", "ALL", None),
        ("ALL with blasts above 20 %", "ALL", "acute lymphoblastic leukemia"),
        ("No AML", "AML", "acute myeloid leukemia"),
        ("acute mountain lung (AML)", "AML", "acute mountain lung"),
    ],
)
def test_normalize_concepts_ambiguous_abbreviations_need_their_field(
    text: str, short: str, meaning: str | None
) -> None:
    assert meanings(text).get(short) == meaning


def test_normalize_concepts_names_with_the_meanings_of_a_text() -> None:
    known = meanings("Patients with primary open-angle glaucoma (POAG)")
    assert concept_name("advanced POAG", known) == "advanced primary open-angle glaucoma"
    assert concept_name("primary open-angle glaucoma (POAG)", known) == "primary open-angle glaucoma"


def test_normalize_concepts_table_is_well_formed() -> None:
    text = files("parser.normalize").joinpath("abbreviations.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert len({row[0] for row in rows}) >= 300
    assert len(rows) == len({(row[0], row[1]) for row in rows})
    for row in rows:
        short, name, *context = row
        assert len(row) <= 3
        assert re.search("[A-Z]", short)
        assert name == american(name.lower()) == " ".join(name.split())
        assert all(word and word == word.lower() for part in context for word in part.split("|"))
        # One that is ambiguous is so in every row.
        assert bool(context) == (short not in unambiguous())


@pytest.mark.parametrize("short", sorted(unambiguous()))
def test_normalize_concepts_names_of_the_table_are_final(short: str) -> None:
    name = concept_name(short)
    assert concept_name(name) == name


@given(text=st.text(max_size=80))
def test_normalize_concepts_take_any_text(text: str) -> None:
    name = concept_name(text)
    assert name == name.lower()
    assert isinstance(stated(text), dict)


@given(words=st.lists(st.sampled_from("chronic liver disease renal failure anaemia tumours of the skin".split())))
def test_normalize_concepts_names_are_idempotent(words: list[str]) -> None:
    name = concept_name(" ".join(words))
    assert concept_name(name) == name


def test_normalize_concepts_long_form_begins_where_the_first_letter_does() -> None:
    assert long_form("treated with low molecular weight heparin", "LMWH") == "low molecular weight heparin"
    assert long_form("no words of that kind", "XYZ") is None
