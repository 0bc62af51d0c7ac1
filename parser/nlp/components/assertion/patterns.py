"""Cues for status, certainty, negation, severity, method, and words that only introduce. Data only.

`PHRASES[type][value]` lists the writings, lower case. Types:

| type | value | what it says of the thing it governs |
|---|---|---|
| `status` | history, current, prior, planned, family_history, risk | when the person has it |
| `certainty` | confirmed, suspected, known | how sure it is |
| `established` | how it was confirmed, as a method | "histologically confirmed" |
| `negation` | not | it is denied |
| `qualifier` | itself | severity, acuity, course, extent |
| `extent` | itself | a participle that opens a qualifying phrase ("affecting survival") |
| `method` | method | what follows names the test, guideline or criteria |
| `intro` | condition, treatment | what follows is such a thing |
| `examples` / `definition` | e.g. / i.e. | what follows names kinds of it / says what it means |
| `exception` | exception | what follows is taken out |
| `narrowing` | narrowing | what follows narrows what went before |
"""

from __future__ import annotations

from parser.nlp.components.matching import TokenPattern

_QUALIFIERS = (
    "severe moderate mild significant major minor acute chronic subacute recurrent relapsed relapsing refractory "
    "progressive persistent uncontrolled unstable stable symptomatic asymptomatic advanced metastatic localized "
    "localised disseminated systemic serious untreated congestive decompensated compensated clinical invasive "
    "opportunistic intractable unresectable resectable bilateral unilateral generalised generalized secondary "
    "clinically-significant life-threatening end-stage late-stage early-stage treatment-resistant long-term "
    "short-term grave profound disabling debilitating incapacitating"
).split()

_QUALIFIER_PHRASES = (
    "clinically significant",
    "clinically relevant",
    "poorly controlled",
    "inadequately controlled",
    "well controlled",
    "newly diagnosed",
    "previously untreated",
    "previously treated",
    "moderate to severe",
    "mild to moderate",
    "life threatening",
    "end stage",
    "locally advanced",
    "medically uncontrolled",
)

PHRASES: dict[str, dict[str, tuple[str, ...]]] = {
    "status": {
        "history": (
            "history of",
            "a history of",
            "any history of",
            "history or presence of",
            "past history of",
            "past medical history of",
            "medical history of",
            "personal history of",
            "previous history of",
            "prior history of",
            "documented history of",
        ),
        "current": (
            "active",
            "current",
            "currently",
            "currently active",
            "ongoing",
            "concurrent",
            "concomitant",
            "simultaneous",
            "simultaneously",
            "parallel",
        ),
        "prior": ("prior", "previous", "previous treatment with", "prior treatment with"),
        "planned": ("planned", "scheduled"),
        "family_history": ("family history of", "a family history of"),
        "risk": ("risk of", "at risk of", "at risk for", "at high risk of", "at high risk for", "increased risk of"),
    },
    "certainty": {
        "confirmed": ("confirmed", "documented", "proven", "established", "verified"),
        "suspected": ("suspected", "possible", "probable", "presumed", "suspicion of"),
        "known": ("known",),
    },
    "established": {
        "histology": ("histologically confirmed", "histologically proven", "histologically verified"),
        "cytology": ("cytologically confirmed", "cytologically proven"),
        "biopsy": ("biopsy proven", "biopsy-proven", "biopsy confirmed", "biopsy-confirmed"),
        "laboratory": ("laboratory confirmed", "laboratory-confirmed"),
    },
    "negation": {"not": ("no", "not", "without", "absence of", "free of", "no evidence of", "never", "lack of")},
    "qualifier": {
        **{word: (word,) for word in _QUALIFIERS},
        **{phrase: (phrase, phrase.replace(" ", "-")) for phrase in _QUALIFIER_PHRASES},
    },
    "extent": {
        word: (word,)
        for word in (
            "affecting compromising endangering impairing influencing involving limiting reducing shortening "
            "threatening worsening"
        ).split()
    },
    "method": {
        "method": (
            "based on",
            "according to",
            "in accordance with",
            "as defined by",
            "defined by",
            "as per",
            "per",
            "fulfilling",
            "meeting",
            "confirmed by",
            "diagnosed by",
            "documented by",
        )
    },
    "intro": {
        "condition": (
            "diagnosed with",
            "diagnosed as",
            "diagnosed as having",
            "newly diagnosed with",
            "diagnosis of",
            "a diagnosis of",
            "clinical diagnosis of",
            "a clinical diagnosis of",
            "an established diagnosis of",
            "suffering from",
            "suffers from",
            "presence of",
            "evidence of",
            "signs of",
            "symptoms of",
            "signs or symptoms of",
        ),
        "treatment": (
            "treatment with",
            "treated with",
            "therapy with",
            "use of",
            "receiving",
            "received",
            "taking",
            "administration of",
        ),
    },
    "examples": {
        "examples": (
            "e.g.",
            "e.g",
            "eg",
            "eg.",
            "for example",
            "such as",
            "including but not limited to",
            "including, but not limited to",
        )
    },
    "definition": {"definition": ("i.e.", "i.e", "ie", "that is", "defined as")},
    "exception": {
        "exception": (
            "except",
            "except for",
            "except that",
            "unless",
            "other than",
            "with the exception of",
            "excluding",
            "apart from",
            "but not",
            "but",
            "however",
            "although",
        )
    },
    "narrowing": {
        "narrowing": (
            "which",
            "that",
            "who",
            "requiring",
            "due to",
            "because of",
            "caused by",
            "secondary to",
            "resulting in",
            "leading to",
            "in whom",
            "despite",
            "with",
            "under",
            "in the opinion of",
            "in the judgement of",
            "in the judgment of",
            "as judged by",
            "as assessed by",
            "as determined by",
        )
    },
}

#: Adjectives made with these endings grade or describe a thing and are no part of its name ("drug-resistant").
_GRADING_ENDINGS = (
    "positive negative resistant dependent limiting threatening refractory sensitive related associated induced".split()
)

PATTERNS: tuple[TokenPattern, ...] = (
    (
        "qualifier",
        "",
        [{"IS_ALPHA": True, "SPACY": False}, {"ORTH": "-", "SPACY": False}, {"LOWER": {"IN": _GRADING_ENDINGS}}],
    ),
)
