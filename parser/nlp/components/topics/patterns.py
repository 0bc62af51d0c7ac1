"""Subjects that criteria have of their own. Data only.

`PHRASES[topic][value]` lists fixed writings, lower case; `PATTERNS` holds spaCy token patterns for what varies.
A value that begins with `-` is the unfavourable case, which becomes a `not`.
"""

from __future__ import annotations

from parser.nlp.components.matching import TokenPattern

_STUDY = ["trial", "trials", "study", "studies", "protocol", "research"]
_STUDY_WORDS = [*_STUDY, "procedure", "procedures", "visit", "visits", "schedule", "schedules", "requirement", "requirements"]
_STUDY_WORDS += ["the", "clinical", "treatment", "medication", "follow", "-", "up", "and", "regimen", "drug", "this"]

_OTHER_STUDIES: list[dict[str, object]] = [
    {"LOWER": {"IN": ["a", "any", "an", "the"]}, "OP": "?"},
    {"LOWER": {"IN": ["other", "another"]}},
    {"LOWER": {"IN": ["interventional", "clinical", "drug", "investigational", "research", "experimental"]}, "OP": "*"},
    {"LOWER": {"IN": _STUDY}},
]
_TAKE_PART = ["participation", "participating", "enrollment", "enrolment", "enrolled", "participate", "involvement"]
_TAKES_PART = ["participates", "participated", "included", "inclusion"]

PHRASES: dict[str, dict[str, tuple[str, ...]]] = {
    "population": {
        "any": (
            "patients",
            "patient",
            "subjects",
            "subject",
            "participants",
            "participant",
            "individuals",
            "individual",
            "persons",
            "people",
            "volunteers",
            "the patient",
            "the subject",
            "the participant",
            "any patient",
        ),
    },
    "sex": {
        "female": ("women", "woman", "female", "females", "female patients", "female subjects", "female participants"),
        "male": ("men", "man", "male", "males", "male patients", "male subjects", "male participants"),
    },
    "age": {"age": ("age", "aged", "ages", "age of", "aged between", "age between", "ages between", "age range")},
    "reproductive": {
        "pregnant": ("pregnant", "pregnancy", "current pregnancy", "gravid"),
        "breastfeeding": (
            "lactation",
            "lactating",
            "breastfeeding",
            "breast-feeding",
            "breast feeding",
            "nursing",
            "current lactation",
        ),
        "planning_pregnancy": (
            "plans for pregnancy",
            "plan for pregnancy",
            "planning pregnancy",
            "planning a pregnancy",
            "planned pregnancy",
            "pregnancy planning",
            "planning to become pregnant",
            "plan to become pregnant",
            "plans to become pregnant",
            "intend to become pregnant",
            "intending to become pregnant",
            "intention to become pregnant",
            "wish to become pregnant",
            "wishing to become pregnant",
            "planning to conceive",
            "plan to conceive",
            "intending to conceive",
            "intention of becoming pregnant",
        ),
    },
    "allergy": {
        "allergy": (
            "hypersensitivity",
            "hypersensitivities",
            "hypersensitivity reaction",
            "hypersensitivity reactions",
            "allergy",
            "allergies",
            "allergic",
            "allergic reaction",
            "allergic reactions",
            "hypersensitive",
        ),
        "intolerance": (
            "intolerance",
            "intolerant",
            "adverse reaction",
            "adverse reactions",
            "adverse drug reaction",
            "adverse drug reactions",
        ),
        "contraindication": ("contraindication", "contraindications", "contraindicated"),
    },
    "requirement": {
        "-ethics": ("violation of ethics", "violates ethics", "unethical"),
        "-adherence": ("noncompliance", "non-compliance", "nonadherence", "non-adherence"),
    },
    "measurement": {
        term: (term,)
        for term in (
            "life expectancy",
            "estimated life expectancy",
            "expected survival",
            "body mass index",
            "bmi",
            "body mass index (bmi)",
            "body weight",
            "hemoglobin",
            "haemoglobin",
            "platelet count",
            "platelets",
            "absolute neutrophil count",
            "absolute neutrophil count (anc)",
            "anc",
            "serum creatinine",
            "creatinine clearance",
            "total bilirubin",
            "systolic blood pressure",
            "diastolic blood pressure",
            "left ventricular ejection fraction",
            "left ventricular ejection fraction (lvef)",
            "lvef",
            "hba1c",
            "karnofsky performance status",
        )
    },
    "list_head": {
        "any": ("any of the following", "one of the following", "at least one of the following", "one or more of the following"),
        "all": ("all of the following", "all the following"),
    },
}

PATTERNS: tuple[TokenPattern, ...] = (
    ("requirement", "participation", [{"LOWER": {"IN": _TAKE_PART + _TAKES_PART}}, {"LOWER": "in"}, *_OTHER_STUDIES]),
    (
        "requirement",
        "-adherence",
        [
            {"LOWER": {"IN": ["poor", "insufficient", "inadequate", "low"]}},
            {"LOWER": {"IN": ["adherence", "compliance"]}},
            {"LOWER": {"IN": ["to", "with"]}},
            {"LOWER": {"IN": _STUDY_WORDS}, "OP": "+"},
        ],
    ),
    (
        "requirement",
        "-adherence",
        [{"LOWER": {"IN": ["poor", "insufficient", "inadequate"]}}, {"LOWER": {"IN": ["adherence", "compliance"]}}],
    ),
    (
        "requirement",
        "-ethics",
        [
            {"LOWER": {"IN": ["violation", "violations", "breach"]}},
            {"LOWER": "of"},
            {"LOWER": {"IN": ["medical", "research", "clinical"]}, "OP": "?"},
            {"LOWER": {"IN": ["ethics", "ethical"]}},
            {"LOWER": {"IN": ["principles", "standards", "rules"]}, "OP": "?"},
        ],
    ),
)
