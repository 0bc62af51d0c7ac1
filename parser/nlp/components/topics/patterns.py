"""Subjects that criteria have of their own. Data only.

`PHRASES[topic][value]` lists fixed writings, lower case; `PATTERNS` holds patterns for what varies.
A value that begins with `-` is the unfavourable case, which becomes a `not`.
"""

from __future__ import annotations

from parser.nlp.components.matching import WordPattern
from parser.nlp.components.topics.notation import patterns
from parser.nlp.components.topics.observations import PATTERNS as OBSERVATIONS
from parser.nlp.components.topics.requirements import PATTERNS as REQUIREMENTS

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
            "person",
            "persons",
            "those",
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
            "anaphylactoid reaction",
            "anaphylactoid reactions",
            "allergic",
            "sensitivity",
            "sensitivities",
            "allergic history",
            "infusion reaction",
            "infusion reactions",
        ),
        "intolerance": (
            "intolerance",
            "intolerances",
            "intolerant",
            "cannot tolerate",
            "unable to tolerate",
            "inability to tolerate",
            "adverse reaction",
            "adverse reactions",
            "adverse drug reaction",
            "adverse drug reactions",
        ),
        "contraindication": (
            "contraindication",
            "contraindications",
            "contraindicated",
            "contra-indication",
            "contra-indications",
            "contra-indicated",
        ),
    },
    "result": {
        "positive": ("positive", "reactive", "seropositive", "seropositivity", "positivity", "sero-positive"),
        "negative": ("negative", "non-reactive", "nonreactive", "seronegative", "negativity"),
    },
    "requirement": {
        "-follow_up": ("lost to follow-up", "loss to follow-up"),
        "-ethics": ("violation of ethics", "violates ethics", "unethical"),
        "-adherence": ("noncompliance", "non-compliance", "nonadherence", "non-adherence"),
    },
}

PATTERNS: tuple[WordPattern, ...] = (
    *REQUIREMENTS,
    *OBSERVATIONS,
    *patterns(
        "infected",
        {"INFECTION": "hiv hbv hcv hpv cmv ebv covid"},
        {
            "positive": ("INFECTION - positive|seropositive|infected",),
            "negative": ("INFECTION - negative|seronegative",),
        },
    ),
    *patterns(
        "similar",
        {"COMPOUND": "compounds compound drugs drug agents agent substances medications"},
        {
            "similar": (
                "attributed|to* COMPOUND of|with|having|a+ similar "
                "chemical|or|and|/|biologic|biological|biochemical|chemically* composition|structure|properties|class "
                "to|as|of?",
            ),
        },
    ),
)
