"""Subjects that criteria have of their own. Data only.

`PHRASES[topic][value]` lists fixed writings, lower case; `PATTERNS` holds spaCy token patterns for what varies.
A value that begins with `-` is the unfavourable case, which becomes a `not`.
"""

from __future__ import annotations

from parser.nlp.components.matching import TokenPattern

_STUDY = ["trial", "trials", "study", "studies", "protocol", "research"]
_POOR = "poor insufficient inadequate low unsatisfactory suboptimal incomplete limited bad".split()

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
            "adults",
            "adult patients",
            "adult",
            "older adults",
            "elderly",
            "children",
            "adolescents",
            "infants",
            "neonates",
            "healthy volunteers",
        ),
    },
    "sex": {
        "female": ("women", "woman", "female", "females", "female patients", "female subjects", "female participants"),
        "male": ("men", "man", "male", "males", "male patients", "male subjects", "male participants"),
    },
    "age": {
        "age": ("age", "aged", "ages", "age of", "age range", "age group"),
        "low": ("minimum age", "minimum age of", "lower age limit", "age minimum"),
        "high": ("maximum age", "maximum age of", "upper age limit", "age maximum"),
    },
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
        "childbearing_potential": (
            "childbearing potential",
            "child-bearing potential",
            "child bearing potential",
            "reproductive potential",
            "childbearing age",
            "child-bearing age",
            "child bearing age",
            "reproductive age",
            "fertile age",
            "wocbp",
        ),
        "postmenopausal": ("postmenopausal", "post-menopausal", "post menopausal", "menopausal"),
        "sterile": (
            "surgically sterile",
            "surgically sterilized",
            "surgically sterilised",
            "permanently sterile",
            "sterile",
            "sterilized",
            "sterilised",
        ),
        "contraception": (
            "contraception",
            "contraceptive method",
            "contraceptive methods",
            "contraceptive measures",
            "contraceptive precautions",
            "contraceptives",
            "birth control",
            "method of contraception",
            "methods of contraception",
            "method of birth control",
            "form of contraception",
            "forms of contraception",
            "barrier contraception",
            "double barrier method",
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
            "anaphylaxis",
            "anaphylactic reaction",
            "anaphylactic reactions",
            "anaphylactic shock",
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
    "result": {"positive": ("positive", "reactive"), "negative": ("negative",)},
    "requirement": {
        "-ethics": ("violation of ethics", "violates ethics", "unethical"),
        "-adherence": ("noncompliance", "non-compliance", "nonadherence", "non-adherence"),
    },
}

#: What people do with a consent, before the word.
_CONSENTING = (
    "willing able and to or must have has is are be agree agrees provide provides provided providing provision of give "
    "gives given giving sign signs signed signing obtain obtained"
).split()
_REFUSING = "unable unwilling inability unwillingness refusal refuses failure lack".split()
_CONSENT: list[dict[str, object]] = [
    {"LOWER": {"IN": ["a", "an", "the", "their", "his", "her"]}, "OP": "?"},
    {"LOWER": {"IN": ["written", "signed", "voluntary", "dated", "full", "and"]}, "OP": "*"},
    {"LOWER": "informed"},
    {"LOWER": "consent"},
    {"LOWER": {"IN": ["form", "document", "forms"]}, "OP": "?"},
]

PATTERNS: tuple[TokenPattern, ...] = (
    ("requirement", "consent", [{"LOWER": {"IN": _CONSENTING}, "OP": "*"}, *_CONSENT]),
    (
        "requirement",
        "-consent",
        [
            {"LOWER": {"IN": _REFUSING}},
            {"LOWER": {"IN": [*_REFUSING, *_CONSENTING]}, "OP": "*"},
            *_CONSENT,
        ],
    ),
    ("requirement", "participation", [{"LOWER": {"IN": _TAKE_PART + _TAKES_PART}}, {"LOWER": "in"}, *_OTHER_STUDIES]),
    (
        "requirement",
        "-adherence",
        [{"LOWER": {"IN": _POOR}}, {"LOWER": {"IN": ["adherence", "compliance", "cooperation"]}}],
    ),
    (
        "requirement",
        "-ethics",
        [
            {"LOWER": {"IN": ["violation", "violations", "breach", "breaches", "infringement", "contravention"]}},
            {"LOWER": "of"},
            {"LOWER": {"IN": ["medical", "research", "clinical"]}, "OP": "?"},
            {"LOWER": {"IN": ["ethics", "ethical"]}},
            {"LOWER": {"IN": ["principles", "standards", "rules"]}, "OP": "?"},
        ],
    ),
)
