"""The table of measurements: what is in it, and how a name leads to its row."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.vocabulary import measurements
from parser.vocabulary.measurements import Measured, measured, table
from parser.vocabulary.names import WEAK, words_of
from tests.ucum import is_ucum

KINDS = {"laboratory", "vital", "function", "imaging", "score", "stage", "class", "size", "time", "other"}

#: words of criteria, the measurement they name
NAMES = [
    ("ANC", "neutrophils"),
    ("Absolute Neutrophil Count (ANC)", "neutrophils"),
    ("absolute granulocyte count", "neutrophils"),
    ("WBC", "leukocytes"),
    ("white blood cell (WBC) count", "leukocytes"),
    ("leucocytes", "leukocytes"),
    ("Platelet count", "platelets"),
    ("PLT", "platelets"),
    ("Hb", "hemoglobin"),
    ("Haemoglobin", "hemoglobin"),
    ("hemoglobin level", "hemoglobin"),
    ("serum creatinine", "creatinine"),
    ("Serum Creatinine levels", "creatinine"),
    ("CrCl", "creatinine clearance"),
    ("Calculated creatinine clearance", "creatinine clearance"),
    ("eGFR", "glomerular filtration rate"),
    ("estimated glomerular filtration rate (eGFR)", "glomerular filtration rate"),
    ("ALT", "alanine aminotransferase"),
    ("SGPT", "alanine aminotransferase"),
    ("alanine transaminase", "alanine aminotransferase"),
    ("alanine aminotransferase (ALT)", "alanine aminotransferase"),
    ("ALT (SGPT)", "alanine aminotransferase"),
    ("ALT/SGPT", "alanine aminotransferase"),
    ("AST", "aspartate aminotransferase"),
    ("AST [SGOT]", "aspartate aminotransferase"),
    ("Alk phos", "alkaline phosphatase"),
    ("γ-GT", "gamma-glutamyl transferase"),
    ("bilirubin", "total bilirubin"),
    ("total serum bilirubin", "total bilirubin"),
    ("conjugated bilirubin", "direct bilirubin"),
    ("International Normalised Ratio", "INR"),
    ("aPTT", "partial thromboplastin time"),
    ("prothrombin time (PT)", "prothrombin time"),
    ("glycosylated haemoglobin", "HbA1c"),
    ("HbA1c value", "HbA1c"),
    ("A1C", "HbA1c"),
    ("fasting plasma glucose (FPG)", "fasting glucose"),
    ("blood glucose", "glucose"),
    ("LDL-C", "LDL cholesterol"),
    ("fasting triglycerides", "triglycerides"),
    ("serum potassium", "potassium"),
    ("corrected serum calcium", "calcium"),
    ("thyroid-stimulating hormone", "TSH"),
    ("NT-proBNP", "NT-proBNP"),
    ("hs-CRP", "high-sensitivity C-reactive protein"),
    ("C-reactive protein", "C-reactive protein"),
    ("plasma HIV-1 RNA", "HIV RNA"),
    ("viral load", "HIV RNA"),
    ("HCV RNA level", "HCV RNA"),
    ("CD4+ T cell count", "CD4 count"),
    ("PSA", "PSA"),
    ("serum testosterone", "testosterone"),
    ("β-hCG", "hCG"),
    ("25(OH)D", "25-hydroxyvitamin D"),
    ("25-hydroxy vitamin D", "25-hydroxyvitamin D"),
    ("UPCR", "urine protein to creatinine ratio"),
    ("urine albumin-to-creatinine ratio", "urine albumin to creatinine ratio"),
    ("BP", "blood pressure"),
    ("sitting systolic blood pressure", "systolic blood pressure"),
    ("resting heart rate", "heart rate"),
    ("BMI", "body mass index"),
    ("Body Mass Index (BMI)", "body mass index"),
    ("LVEF", "left ventricular ejection fraction"),
    ("left ventricular ejection fraction (LVEF)", "left ventricular ejection fraction"),
    ("QTcF", "QTcF interval"),
    ("corrected QT interval", "QTc interval"),
    ("FEV1", "forced expiratory volume in 1 second"),
    ("FEV1/FVC ratio", "FEV1/FVC"),
    ("DLCO", "diffusing capacity for carbon monoxide"),
    ("PaO2/FiO2", "PaO2/FiO2"),
    ("SpO2", "oxygen saturation"),
    ("ECOG", "ECOG performance status"),
    ("ECOG PS", "ECOG performance status"),
    ("WHO performance status", "ECOG performance status"),
    ("Karnofsky Performance Score", "Karnofsky performance status"),
    ("Child-Pugh score", "Child-Pugh score"),
    ("MELD", "MELD score"),
    ("NYHA functional class", "NYHA class"),
    ("ASA physical status", "ASA physical status"),
    ("Mini-Mental State Examination (MMSE)", "MMSE"),
    ("HDRS", "HAM-D"),
    ("Montgomery-Åsberg Depression Rating Scale", "MADRS"),
    ("PANSS total score", "PANSS"),
    ("Expanded Disability Status Scale (EDSS) score", "EDSS"),
    ("CHA2DS2-VASc score", "CHA2DS2-VASc score"),
    ("modified Rankin Scale", "modified Rankin Scale"),
    ("visual analogue scale", "visual analog scale"),
    ("Oswestry Disability Index", "Oswestry Disability Index"),
    ("Crohn's Disease Activity Index", "Crohn's Disease Activity Index"),
    ("Crohn’s disease activity index (CDAI)", "Crohn's Disease Activity Index"),
    ("Gleason score", "Gleason score"),
    ("IgA", "immunoglobulin A"),
    ("IGA", "Investigator Global Assessment"),
    ("life expectancy", "life expectancy"),
    ("gestational age", "gestational age"),
    ("tumour size", "tumor size"),
    ("Kellgren-Lawrence grade", "Kellgren-Lawrence grade"),
]

NOT_ONE = [
    "AST (ALT)",
    "ALT/AST",
    "hemoglobin and platelets",
    "shoe size",
    "serum",
    "level",
    "score",
    "",
    "(",
    "blood",
    "diabetes",
    "age",
]


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_vocabulary_measurements_by_name(words: str, name: str) -> None:
    row = measured(words)
    assert row is not None
    assert row.name == name


@pytest.mark.parametrize("words", NOT_ONE)
def test_vocabulary_measurements_other_words_name_none(words: str) -> None:
    assert measured(words) is None


@pytest.mark.parametrize(
    ("words", "loinc", "unit"),
    [
        ("hemoglobin", "718-7", "g/L"),
        ("creatinine", "2160-0", "mg/dL"),
        ("ALT", "1742-6", "U/L"),
        ("HbA1c", "4548-4", "%"),
        ("potassium level", "2823-3", "mmol/L"),
        ("systolic blood pressure", "8480-6", "mm[Hg]"),
        ("BMI", "39156-5", "kg/m2"),
        ("body weight", "29463-7", "kg"),
        ("INR", "6301-6", "{INR}"),
        ("ECOG performance status", "89247-1", "{score}"),
        ("TSH", "3016-3", "m[IU]/L"),
    ],
)
def test_vocabulary_measurements_codes_and_units(words: str, loinc: str, unit: str) -> None:
    row = measured(words)
    assert row is not None
    assert (row.loinc, row.unit) == (loinc, unit)


def test_vocabulary_measurements_are_many() -> None:
    assert len(table()) >= 250
    assert sum(row.loinc is not None for row in table()) >= 150


@pytest.mark.parametrize("row", table(), ids=lambda row: row.name)
def test_vocabulary_measurements_rows_are_sound(row: Measured) -> None:
    assert row.kind in KINDS
    assert row.name.strip() == row.name
    assert row.synonyms
    assert all(words_of(synonym.removeprefix(WEAK)) for synonym in row.synonyms)
    assert all(is_ucum(unit) for unit in (row.unit, *row.other_units) if unit), (row.unit, row.other_units)
    assert (row.loinc is None) == (row.display is None)
    assert row.loinc is None or is_loinc(row.loinc)
    assert row.molar_mass is None or (row.kind == "laboratory" and 1 < row.molar_mass < 100_000)
    assert row.charge in (None, 1, 2)


def is_loinc(code: str) -> bool:
    """Tell whether the check digit of a LOINC code is right (modulus 10, double-add-double)."""
    number, _, check = code.partition("-")
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(number))]
    return (10 - sum(sum(divmod(digit, 10)) for digit in doubled) % 10) % 10 == int(check)


def test_vocabulary_measurements_names_and_codes_are_unique() -> None:
    names = [row.name for row in table()]
    codes = [row.loinc for row in table() if row.loinc]
    assert len(names) == len(set(names))
    assert len(codes) == len(set(codes))


def test_vocabulary_measurements_a_synonym_has_one_meaning() -> None:
    """Two rows share a synonym only where its case tells them apart."""
    seen: dict[str, str] = {}
    for row in table():
        for synonym in row.synonyms:
            written = synonym.removeprefix(WEAK)
            assert seen.setdefault(written, row.name) == row.name
    anywhere = {words_of(written): name for written, name in seen.items() if written == written.lower()}
    for written, name in seen.items():
        assert anywhere.get(words_of(written), name) == name, written


def test_vocabulary_measurements_every_name_and_synonym_leads_to_its_row() -> None:
    for row in table():
        assert measured(row.name) is row, row.name
        for synonym in row.synonyms:
            assert measured(synonym.removeprefix(WEAK)) is row, (row.name, synonym)


def test_vocabulary_measurements_load_quickly() -> None:
    best = 1.0
    for _ in range(5):
        begun = time.process_time()
        measurements.table.__wrapped__()
        measurements._by_words.__wrapped__()
        best = min(best, time.process_time() - begun)
    assert best < 0.1  # about 0.01; the bound leaves room for slow machines


@given(st.text(max_size=60))
def test_vocabulary_measurements_any_text_is_looked_up(text: str) -> None:
    row = measured(text)
    assert row is None or row in table()


#: Names that their case tells apart are left out.
IN_ANY_CASE = [row for row in NAMES if row[0].lower() != "iga"]


@given(st.sampled_from(IN_ANY_CASE), st.sampled_from(["{}", " {} ", "serum {}", "{} level", "the {}"]))
def test_vocabulary_measurements_case_and_words_around_do_not_matter(named: tuple[str, str], frame: str) -> None:
    words, name = named
    rows = [measured(words), measured(words.upper()), measured(frame.format(words))]
    assert [row and row.name for row in rows] == [name] * 3
