"""Cues for status, certainty, negation, severity, method, and words that only introduce. Data only.

`PHRASES[type][value]` lists the writings, lower case; `PATTERNS` what varies. Types that rules read:

| type | value | what it says of the thing it governs |
|---|---|---|
| `status` | history, current, prior, planned, indicated, family_history, risk | when the person has it |
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

from itertools import permutations

from parser.nlp.components.assertion.denials import NEGATIONS
from parser.nlp.components.matching import WordPattern
from parser.nlp.components.word_patterns import Step
from parser.nlp.components.writings import rows

_QUALIFIERS = (
    "severe moderate mild significant major minor acute chronic subacute recurrent relapsed relapsing refractory "
    "progressive persistent uncontrolled unstable stable symptomatic asymptomatic advanced metastatic localized "
    "localised disseminated systemic serious untreated congestive decompensated compensated clinical invasive "
    "opportunistic intractable unresectable resectable bilateral unilateral generalised generalized secondary "
    "clinically-significant life-threatening end-stage late-stage early-stage treatment-resistant long-term "
    "elective inherited acquired preexisting pre-existing underlying intermittent residual uncomplicated recent "
    "relevant strong potent short-term grave profound disabling debilitating incapacitating"
).split()

_QUALIFIER_PHRASES = rows(
    "clinically significant | clinically relevant | poorly controlled | inadequately controlled",
    "well controlled | newly diagnosed | previously untreated | previously treated | moderate to severe",
    "adequately treated | appropriately treated | curatively treated | curatively resected | completely resected",
    "mild to moderate | life threatening | end stage | locally advanced | medically uncontrolled",
)

#: How a diagnosis was established, by the adverb that says so.
_BY_METHOD: dict[str, str] = {
    "histologically": "histology",
    "histopathologically": "histopathology",
    "pathohistologically": "histopathology",
    "pathologically": "pathology",
    "cytologically": "cytology",
    "cytogenetically": "cytogenetics",
    "microbiologically": "microbiology",
    "bacteriologically": "bacteriology",
    "virologically": "virology",
    "serologically": "serology",
    "genetically": "genetic test",
    "molecularly": "molecular test",
    "radiologically": "radiology",
    "radiographically": "radiography",
    "angiographically": "angiography",
    "endoscopically": "endoscopy",
    "colonoscopically": "colonoscopy",
    "echocardiographically": "echocardiography",
    "electrocardiographically": "electrocardiography",
    "biochemically": "biochemistry",
    "immunohistochemically": "immunohistochemistry",
    "sonographically": "sonography",
    "ultrasonographically": "ultrasonography",
    "polysomnographically": "polysomnography",
    "urodynamically": "urodynamics",
    "surgically": "surgery",
    "clinically": "clinical assessment",
    "biopsy": "biopsy",
    "laboratory": "laboratory",
    "culture": "culture",
    "pcr": "PCR",
    "histology": "histology",
    "cytology": "cytology",
    "mri": "MRI",
    "ct": "CT",
    "ecg": "ECG",
    "physician": "physician",
    "imaging": "imaging",
}
#: The same by adjectives: "histological diagnosis of".
_BY_ADJECTIVE: dict[str, str] = {
    **dict.fromkeys(("histological", "histologic"), "histology"),
    **dict.fromkeys(("histopathological", "histopathologic"), "histopathology"),
    **dict.fromkeys(("cytological", "cytologic"), "cytology"),
    **dict.fromkeys(("pathological", "pathologic"), "pathology"),
    **dict.fromkeys(("radiological", "radiologic"), "radiology"),
    **dict.fromkeys(("radiographic",), "radiography"),
    **dict.fromkeys(("serological", "serologic"), "serology"),
}
_NOUNS = "diagnosis confirmation proof evidence documentation".split()
_CONFIRMED = "confirmed proven proved verified documented diagnosed established".split()
#: Of these, the ones that are named together.
_PAIRED = (
    "histologically histopathologically pathologically cytologically radiologically clinically genetically".split()
)


def _established() -> dict[str, tuple[str, ...]]:
    """Return the writings of "histologically confirmed", "biopsy-proven", "histologically or cytologically proven"."""
    alone: dict[str, tuple[str, ...]] = {}
    for word, method in _BY_METHOD.items():
        said = tuple(f"{word}{joint}{participle}" for joint in (" ", "-") for participle in _CONFIRMED)
        alone[method] = (*alone.get(method, ()), *said)
    for adjective, method in _BY_ADJECTIVE.items():
        said = tuple(f"{adjective} {noun} of" for noun in _NOUNS)
        alone[method] = (*alone.get(method, ()), *said)
    paired = {
        f"{_BY_METHOD[first]} or {_BY_METHOD[second]}": tuple(
            f"{first}{joint}{second} {said}" for joint in (" or ", " and ", " and/or ", "/") for said in _CONFIRMED
        )
        for first, second in permutations(_PAIRED, 2)
    }
    for (first, one), (second, other) in permutations(_BY_ADJECTIVE.items(), 2):
        if one != other:
            said = tuple(f"{first}{joint}{second} {noun} of" for joint in (" or ", " and/or ", "/") for noun in _NOUNS)
            paired[f"{one} or {other}"] = (*paired.get(f"{one} or {other}", ()), *said)
    return alone | paired


PHRASES: dict[str, dict[str, tuple[str, ...]]] = {
    "status": {
        "history": rows(
            "history of | hx of | h/o | a history of | any history of | history or presence of | past history of",
            "past medical history of | medical history of | personal history of | previous history of",
            "prior history of | lifetime history of | positive history of",
            "prior medical history of | recent history of | history or evidence of",
            "history or current evidence of | histories of | a past history of | a prior history of",
            "a previous history of | a medical history of | a personal history of",
            "presence or history of | life-long history of | lifelong history of | history of prior",
            "history of previous",
            "a recent history of | had a history of | previously had | ever had | have ever had | has ever had",
        ),
        "current": rows(
            "active | current | currently | currently active | ongoing | concurrent | concomitant",
            "simultaneous | simultaneously | parallel | concurrently | concomitantly | presently | still",
            "at present | at the present time | actively | on-going | existing | actual",
        ),
        "prior": rows(
            "prior | previous | previous treatment with | prior treatment with | previously",
            "previously received | have previously received | has previously received | have received prior",
            "has received prior | previous use of | prior use of | past use of | prior exposure to",
            "previous exposure to | prior therapy with | previous therapy with",
            "status post | s/p | status-post",
            "prior history of treatment with | previously treated with | past | former | formerly",
        ),
        "planned": rows(
            "planned | scheduled | planned use of | scheduled for | scheduled to undergo",
            "scheduled to receive | planned to undergo | planned to receive | planned for",
            "planning to undergo | planning to receive | plan to undergo | plan to receive | plans to undergo",
            "plans to receive | intending to undergo | intend to undergo | expected to undergo",
            "expected to receive | expected to require | anticipated | anticipated need for | awaiting",
            "will undergo | will receive | to undergo | due to undergo | about to undergo | likely to require",
            "likely to need | likely to undergo | likely to receive | expected to need | anticipated to require",
            "anticipated to undergo | anticipated to receive | anticipated to need",
        ),
        "indicated": rows(
            "requirement for | a requirement for | requires treatment with | require treatment with | requires use of",
            "in need of | need for | the need for | indication for | an indication for | indications for",
            "indicated for | candidate for | candidates for | a candidate for | suitable for | eligible for",
            "amenable to",
        ),
        "family_history": rows(
            "family history of | a family history of | familial history of | positive family history of",
            "a positive family history of | known family history of | first-degree relative with",
            "first degree relative with | first-degree relatives with | first degree relatives with",
            "family members with | a family member with",
        ),
        "risk": rows(
            "risk of | at risk of | at risk for | at high risk of | at high risk for | increased risk of",
            "at increased risk of | at increased risk for | high risk of | high risk for",
            "at risk for developing | predisposition to | a predisposition to | predisposed to",
            "susceptible to | risk factors for | risk factor for",
        ),
    },
    "certainty": {
        "confirmed": rows(
            "confirmed | documented | proven | established | verified | definite | confirmation of",
            "documented evidence of | confirmed evidence of | definitive diagnosis of",
            "definite diagnosis of",
        ),
        "suspected": rows(
            "suspected | possible | probable | presumed | suspicion of | presumptive | clinically suspected",
            "highly suspected | strongly suspected | clinical suspicion of | suspicion for | suspicious for",
            "suggestive of | suspected of having | suspected to have | likely | questionable",
        ),
        "known": ("known", "known to have", "known presence of"),
    },
    "established": _established(),
    "negation": {"not": NEGATIONS},
    "qualifier": {
        **{word: (word,) for word in _QUALIFIERS},
        **{f"non-{word}": (f"non-{word}",) for word in _QUALIFIERS},
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
        "method": rows(
            "based on | according to | in accordance with | as defined by | defined by | as per | per",
            "fulfilling | meeting | confirmed by | diagnosed by | documented by | proven by | verified by",
            "demonstrated by | established by | evidenced by | as evidenced by | as documented by",
            "as confirmed by | as demonstrated by | as measured by | measured by | on the basis of",
            "diagnosed according to | diagnosed based on | as specified by | as outlined in | as defined in",
            "as described in | in keeping with | using the criteria of | satisfying | that meets | which meets",
            "who meet | who fulfil | who fulfill | meets | meet | fulfills | fulfils | fulfilled",
        )
    },
    "intro": {
        "condition": rows(
            "diagnoses of | diagnosed with | diagnosed as | diagnosed as having | newly diagnosed with | diagnosis of",
            "a diagnosis of | clinical diagnosis of | a clinical diagnosis of | an established diagnosis of",
            "suffering from | suffers from | presence of | evidence of | signs of | symptoms of",
            "signs or symptoms of | signs and symptoms of | sign of | symptom of | clinical signs of",
            "clinical evidence of | clinical symptoms of | any evidence of | any signs of",
            "have been diagnosed with | has been diagnosed with | has a diagnosis of | have a diagnosis of",
            "having a diagnosis of | with a diagnosis of | with diagnosis of | who have been diagnosed with",
            "who are diagnosed with | a primary diagnosis of | primary diagnosis of | a current diagnosis of",
            "current diagnosis of | suffer from | affected by | presenting with | presents with | present with",
            "occurrence of | existence of | the presence of | complicated by | complicated with",
            "accompanied by",
        ),
        "treatment": rows(
            "treatment with | treated with | therapy with | use of | receiving | received | taking",
            "administration of | prescription of | undergoing | undergone | exposure to | exposed to | are receiving",
            "is receiving | are taking | is taking | being treated with | are treated with | is treated with",
            "on treatment with | under treatment with | the use of | any use of | intake of | receipt of",
            "treated by | who are receiving | who are taking | medicated with | have received | has received",
            "having received | have undergone | has undergone | having undergone | underwent | who underwent",
            "who have undergone | who have received | who received | have been treated with",
            "has been treated with | treatments with | administered",
        ),
    },
    "examples": {
        "examples": rows(
            "e.g. | e.g | eg | eg. | for example | such as | including but not limited to",
            "including, but not limited to | including but not restricted to | including (but not limited to)",
            "included but not limited to | such as but not limited to | such as, but not limited to",
            "for instance | as for example | examples include | to include but not limited to",
            "includes but is not limited to | include, but are not limited to | including without limitation",
            "not limited to | but not limited to",
        )
    },
    "definition": {
        "definition": rows(
            "i.e. | i.e | ie | that is | defined as",
        )
    },
    "exception": {
        "exception": rows(
            "except | except for | except that | unless | other than | with the exception of | excluding",
            "excepting | with exception of | the exception of | exception of | save for | besides | aside from",
            "exceptions include | exceptions are",
            "but excluding | not including | with the exclusion of | excl. | exclusive of | other than for",
            "apart from | but not | but | however | although",
        )
    },
    "narrowing": {
        "narrowing": rows(
            "which | that | who | requiring | due to | because of | caused by | secondary to | resulting in",
            "leading to | in whom | despite | with | under | in the opinion of | in the judgement of",
            "in the judgment of | as judged by | as assessed by | as determined by",
        )
    },
}

#: Adjectives made with these endings grade or describe a thing and are no part of its name ("drug-resistant").
_GRADING_ENDINGS = (
    "positive negative resistant dependent limiting threatening refractory sensitive related associated induced".split()
)

PATTERNS: tuple[WordPattern, ...] = (
    (
        "qualifier",
        "",
        (Step(None, glued=True), Step(frozenset(("-",)), glued=True), Step(frozenset(_GRADING_ENDINGS))),
    ),
)
