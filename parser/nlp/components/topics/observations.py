"""Facts about how people live and what they can do: words and patterns. Data only.

An `activity` counts only after an ability ("able to swallow tablets"); an `observation` stands for itself. A value that
begins with `-` is the fact denied ("non-smoker").
"""

from __future__ import annotations

from parser.nlp.components.matching import WordPattern
from parser.nlp.components.topics.notation import patterns

_SETS = {
    "SMOKED": "tobacco nicotine cannabis marijuana cigarette",
    "MEDICINE": """
        tablet tablets capsule capsules pill pills medication medications medicine medicines drug drugs formulation
        liquid liquids food
    """,
    "MEDICINE_BETWEEN": """
        or and retain oral whole intact study investigational solid large small a the of multiple numerous
    """,
    "ILLICIT": "illicit recreational illegal intravenous injection street iv injecting",
    "PEOPLES": """
        caucasian caucasians japanese chinese korean asian black white hispanic latino latina african american native
        hawaiian indian aboriginal european east south han
    """,
    "DESCENT": "descent ethnicity ethnic origin ancestry race heritage parents grandparents",
    "PEOPLE": """
        subject subjects patient patients participant participants men women male males female females volunteers adults
    """,
    "HOSPITAL": "hospital icu ward unit department",
    "WARD": "the an a medical intensive care cardiac emergency pediatric neonatal",
    "STUDY": """
        of or the a an and / investigational study site clinical research trial center centre participating principal
    """,
    "STUDY_PEOPLE": """
        sponsor site investigator investigators center centre study team institution cro staff personnel employee
        employees
    """,
}

_ACTIVITIES: dict[str, tuple[str, ...]] = {
    "swallow": (
        "swallow|swallowing",
        "swallow|swallowing|take|taking|ingest|tolerate|tolerating MEDICINE_BETWEEN* MEDICINE",
        "swallow|swallowing|take|taking MEDICINE_BETWEEN* MEDICINE or|and|/ MEDICINE",
    ),
    "walk": (
        "walk|ambulate|stand|sit",
        "walk|ambulate independently|unaided|unassisted|without|with|assistance|assistive|device|aid|or+",
    ),
    "complete": (
        "complete|answer|fill out|in|the|study|self|-|report|quality|of|life|all|required* "
        "questionnaire|questionnaires|survey|surveys|diary|diaries",
    ),
}
_OBSERVATIONS: dict[str, tuple[str, ...]] = {
    "smoking": (
        "heavy|former|ex|light|daily|cigarette|tobacco|regular|active* smoker|smokers",
        "ex|former - smoker|smokers",
        "smokes|smoke|smoked|smoking",
        "smoking|smokes|smoke of? tobacco|cigarettes",
        "SMOKED use|smoking|consumption|product|products+",
        "use|using|uses of? any? SMOKED|e|-|containing|or|and+ product|products|cigarettes",
        "use|using|uses of SMOKED",
        "e - cigarette|cigarettes use?",
    ),
    "-smoking": ("non -? smoker|smokers", "nonsmoker|nonsmokers"),
    "alcohol": (
        "excessive|heavy|moderate|regular|hazardous* alcohol use|intake|consumption|drinking|ingestion",
        "consumption|intake|use of alcohol",
    ),
    "drugs": ("ILLICIT+ drug|substance use|user|users", "use|using of ILLICIT+ drugs|substances|drug"),
    "hospital": (
        "hospitalized|hospitalised|hospitalization|hospitalisation|inpatient|inpatients|outpatient|outpatients",
        "hospitalized|hospitalised|admitted in|to WARD* HOSPITAL",
        "admitted|admission to|in WARD* HOSPITAL",
        "in the|an? icu",
    ),
    "residence": (
        "nursing home resident|residents",
        "living|lives|live|residing|resides|reside in a|an|the|long|term|care|assisted|-|or* "
        "nursing|institution|institutions|community+ home|homes|facility?",
        "community -? dwelling",
        "institutionalized|institutionalised|homeless",
    ),
    "place": ("resident|residents|residing|living|reside|resides|lives|citizen|citizens of|in",),
    "custody": (
        "prisoner|prisoners|incarcerated|incarceration|imprisoned",
        "involuntarily incarcerated|detained",
    ),
    "mobility": ("ambulatory|ambulant|bedridden|non-ambulatory", "wheelchair -? bound|dependent"),
    "-mobility": ("non - ambulatory|ambulant",),
    "hand": ("right|left -? handed|hander",),
    "ancestry": (
        "PEOPLES+ DESCENT",
        "of PEOPLES+ or|non|-|and|/|,* PEOPLES* DESCENT",
        "PEOPLES+ PEOPLE",
        "caucasian|caucasians",
    ),
    "relation": (
        "employee|employees|staff|relative|relatives STUDY+ STUDY_PEOPLE",
        "immediate|close|first|-|degree* family member|members|relative|relatives STUDY+ STUDY_PEOPLE",
    ),
}
PATTERNS: tuple[WordPattern, ...] = (
    *patterns("activity", _SETS, _ACTIVITIES),
    *patterns("observation", _SETS, _OBSERVATIONS),
)

#: Words for people after an adjective that says where they come from.
POPULATIONS = frozenset(_SETS["PEOPLE"].split())
