"""A small vocabulary in the shape of an OHDSI Athena download, written for these tests.

Ids and codes are made up but for those of a few well-known concepts; names are ordinary clinical words.
"""

from __future__ import annotations

from pathlib import Path

_CONCEPT_HEADER = (
    "concept_id concept_name domain_id vocabulary_id concept_class_id standard_concept concept_code "
    "valid_start_date valid_end_date invalid_reason"
).split()

#: id, name, domain, vocabulary, class, standard, code, invalid reason.
CONCEPTS = [
    (4329847, "Myocardial infarction", "Condition", "SNOMED", "Disorder", "S", "22298006", ""),
    (312327, "Acute myocardial infarction", "Condition", "SNOMED", "Disorder", "S", "57054005", ""),
    (255573, "Chronic obstructive pulmonary disease", "Condition", "SNOMED", "Disorder", "S", "13645005", ""),
    (201826, "Type 2 diabetes mellitus", "Condition", "SNOMED", "Disorder", "S", "44054006", ""),
    (201254, "Type 1 diabetes mellitus", "Condition", "SNOMED", "Disorder", "S", "46635009", ""),
    (4112853, "Malignant tumor of breast", "Condition", "SNOMED", "Disorder", "S", "254837009", ""),
    (316866, "Hypertensive disorder", "Condition", "SNOMED", "Disorder", "S", "38341003", ""),
    (317002, "Low blood pressure", "Condition", "SNOMED", "Disorder", "S", "45007003", ""),
    (439777, "Anemia", "Condition", "SNOMED", "Disorder", "S", "271737000", ""),
    (1503297, "metformin", "Drug", "RxNorm", "Ingredient", "S", "6809", ""),
    (42536529, "Transplantation of kidney", "Procedure", "SNOMED", "Procedure", "S", "70536003", ""),
    (3004410, "Hemoglobin A1c/Hemoglobin.total in Blood", "Measurement", "LOINC", "Lab Test", "S", "4548-4", ""),
    (900001, "Cold", "Condition", "SNOMED", "Disorder", "S", "x-cold-1", ""),
    (900002, "Cold", "Observation", "SNOMED", "Observable", "S", "x-cold-2", ""),
    (900003, "Mercury", "Observation", "SNOMED", "Substance", "S", "x-merc-1", ""),
    (900004, "Mercury", "Observation", "SNOMED", "Substance", "S", "x-merc-2", ""),
    # Not standard: the first two map to standard concepts, the third to two at once, the fourth to none.
    (45542411, "Heart attack, unspecified", "Condition", "ICD10CM", "Code", "", "I21.9x", ""),
    (900010, "Infarctus of myocardium", "Condition", "MeSH", "Heading", "", "D00X", "D"),
    (900011, "Diabetic anemia", "Condition", "ICD10CM", "Code", "", "E11.X", ""),
    (900012, "Unmapped syndrome", "Condition", "MeSH", "Heading", "", "D00Y", ""),
    # Deprecated and mapped to nothing: its name leads nowhere.
    (900013, "Forgotten fever", "Condition", "SNOMED", "Disorder", "", "x-old", "D"),
    (900014, 'The "alien hand" syndrome', "Condition", "SNOMED", "Disorder", "S", "x-alien", ""),
]

#: id, synonym, language.
SYNONYMS = [
    (4329847, "Heart attack", 4180186),
    (4329847, "MI - Myocardial infarction", 4180186),
    (4329847, "Herzinfarkt", 4182504),
    (255573, "COPD", 4180186),
    (316866, "Hypertension", 4180186),
    (317002, "Hypotension", 4180186),
    (4112853, "Breast cancer", 4180186),
    (4112853, "Carcinoma of the breast", 4180186),
    (42536529, "Renal transplantation", 4180186),
    (3004410, "HbA1c", 4180186),
]

#: id, id, relationship, invalid reason.
RELATIONSHIPS = [
    (45542411, 4329847, "Maps to", ""),
    (900010, 4329847, "Maps to", ""),
    (900011, 201826, "Maps to", ""),
    (900011, 439777, "Maps to", ""),
    (900012, 439777, "Maps to", "D"),
    (900013, 439777, "Is a", ""),
    (4329847, 4329847, "Maps to", ""),
    (312327, 4329847, "Is a", ""),
]


def write_download(folder: Path, *, line_end: str = "\n") -> Path:
    """Write the three tables into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    concepts = [(*row[:7], "19700101", "20991231", row[7]) for row in CONCEPTS]
    _write(folder / "CONCEPT.csv", _CONCEPT_HEADER, concepts, line_end)
    _write(
        folder / "CONCEPT_SYNONYM.csv",
        ["concept_id", "concept_synonym_name", "language_concept_id"],
        SYNONYMS,
        line_end,
    )
    relationships = [(*row[:3], "19700101", "20991231", row[3]) for row in RELATIONSHIPS]
    header = "concept_id_1 concept_id_2 relationship_id valid_start_date valid_end_date invalid_reason".split()
    _write(folder / "CONCEPT_RELATIONSHIP.csv", header, relationships, line_end)
    return folder


def _write(path: Path, header: list[str], rows: list[tuple], line_end: str) -> None:
    lines = ["\t".join(map(str, row)) for row in (header, *rows)]
    path.write_text(line_end.join(lines) + line_end, encoding="utf-8", newline="")
