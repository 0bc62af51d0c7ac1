"""Words of ClinicalTrials.gov's API v2: the codes of its enumerations, and what other registers write for them.

Source: the API's enumerations (https://clinicaltrials.gov/data-api/about-api/study-data-structure). A code's own words
are what the reader of the format makes of it (`display`); only words beyond those are listed here.
"""

from __future__ import annotations

import re
from typing import Final

from parser.models.trial import IdentifierScheme, Phase, SponsorClass, StatusValue, StudyType
from parser.registries.ctgov.values import CODE_WORDS, display

STATUSES: Final[dict[StatusValue, str]] = {
    "not_yet_recruiting": "NOT_YET_RECRUITING",
    "recruiting": "RECRUITING",
    "enrolling_by_invitation": "ENROLLING_BY_INVITATION",
    "active_not_recruiting": "ACTIVE_NOT_RECRUITING",
    "suspended": "SUSPENDED",
    "completed": "COMPLETED",
    "terminated": "TERMINATED",
    "withdrawn": "WITHDRAWN",
    "available": "AVAILABLE",
    "no_longer_available": "NO_LONGER_AVAILABLE",
    "temporarily_not_available": "TEMPORARILY_NOT_AVAILABLE",
    "approved_for_marketing": "APPROVED_FOR_MARKETING",
    "withheld": "WITHHELD",
    "unknown": "UNKNOWN",
    # The API has no word for these two.
    "ongoing_unclear": "UNKNOWN",
    "not_authorised": "UNKNOWN",
}

STUDY_TYPES: Final[dict[StudyType, str]] = {
    "interventional": "INTERVENTIONAL",
    "observational": "OBSERVATIONAL",
    "expanded_access": "EXPANDED_ACCESS",
}

PHASES: Final[dict[Phase, str]] = {
    "early_phase_1": "EARLY_PHASE1",
    # The registry's name for what was phase 0 until 2009.
    "0": "EARLY_PHASE1",
    "1": "PHASE1",
    "2": "PHASE2",
    "3": "PHASE3",
    "4": "PHASE4",
    "not_applicable": "NA",
}

SPONSOR_CLASSES: Final[dict[SponsorClass, str]] = {
    "industry": "INDUSTRY",
    "government": "OTHER_GOV",
    "network": "NETWORK",
    "individual": "INDIV",
    "academic": "OTHER",
    "hospital": "OTHER",
    "other": "OTHER",
    "unknown": "UNKNOWN",
}

#: What kind of number a secondary one is.
IDENTIFIER_TYPES: Final[dict[IdentifierScheme, str]] = {
    "eudract": "EUDRACT_NUMBER",
    "ctis": "CTIS",
    "sponsor": "OTHER",
    "other": "OTHER",
}
OTHER_REGISTER: Final = "REGISTRY"

SEXES: Final = {"all": "ALL", "female": "FEMALE", "male": "MALE"}
AGE_GROUPS: Final = {"child": "CHILD", "adult": "ADULT", "older_adult": "OLDER_ADULT"}
IPD_PLANS: Final = {"yes": "YES", "no": "NO", "undecided": "UNDECIDED"}
DATE_TYPES: Final = {"actual": "ACTUAL", "anticipated": "ESTIMATED"}

#: Fields whose values are codes: which there are, and words of other registers that mean one of them.
_CODES: Final[dict[str, dict[str, str]]] = {
    "allocation": {
        "RANDOMIZED": "randomised|randomised controlled trial|randomized controlled trial|randomized trial|rct|yes",
        "NON_RANDOMIZED": "non randomised|not randomised|not randomized|non randomised trial|non randomized trial|"
        "non randomized controlled trial|non randomised controlled trial",
        "NA": "single arm study",
    },
    "intervention_model": {
        "SINGLE_GROUP": "single|single group|single arm",
        "PARALLEL": "parallel|parallel group|parallel groups",
        "CROSSOVER": "crossover|cross over",
        "FACTORIAL": "factorial",
        "SEQUENTIAL": "sequential",
    },
    "masking": {
        "NONE": "none|open|open label|not blinded|unblinded|open masking not used|none open label|no masking",
        "SINGLE": "single blind|single blinded|single masked",
        "DOUBLE": "double blind|double blinded|double masked",
        "TRIPLE": "triple blind|triple blinded",
        "QUADRUPLE": "quadruple blind",
    },
    "who_masked": {
        "PARTICIPANT": "subject|patient|participants",
        "CARE_PROVIDER": "caregiver|therapist",
        "INVESTIGATOR": "investigators",
        "OUTCOMES_ASSESSOR": "assessor|outcome assessor",
    },
    "purpose": {
        "TREATMENT": "therapeutic",
        "PREVENTION": "prophylaxis",
        "DIAGNOSTIC": "diagnosis",
        "ECT": "education guidance|education",
        "SUPPORTIVE_CARE": "supportive",
        "SCREENING": "",
        "HEALTH_SERVICES_RESEARCH": "health service research|health care system",
        "BASIC_SCIENCE": "basic research physiological study|basic research",
        "DEVICE_FEASIBILITY": "",
        "OTHER": "",
    },
    "observational_model": {
        "COHORT": "cohort study",
        "CASE_CONTROL": "case control study",
        "CASE_ONLY": "",
        "CASE_CROSSOVER": "",
        "ECOLOGIC_OR_COMMUNITY": "",
        "FAMILY_BASED": "",
        "DEFINED_POPULATION": "",
        "NATURAL_HISTORY": "",
        "OTHER": "",
    },
    "time_perspective": {"RETROSPECTIVE": "", "PROSPECTIVE": "", "CROSS_SECTIONAL": "", "OTHER": "both"},
    "sampling_method": {"PROBABILITY_SAMPLE": "", "NON_PROBABILITY_SAMPLE": ""},
    "arm.kind": {
        "EXPERIMENTAL": "experimental group|intervention group",
        "ACTIVE_COMPARATOR": "",
        "PLACEBO_COMPARATOR": "",
        "SHAM_COMPARATOR": "",
        "NO_INTERVENTION": "",
        "OTHER": "",
    },
    "intervention.type": {
        "BEHAVIORAL": "behavioural|treatment behavioural|behavior",
        "BIOLOGICAL": "biological vaccine",
        "COMBINATION_PRODUCT": "",
        "DEVICE": "treatment devices",
        "DIAGNOSTIC_TEST": "",
        "DIETARY_SUPPLEMENT": "",
        "DRUG": "treatment drugs|medicinal product",
        "GENETIC": "",
        "PROCEDURE": "procedure surgery|treatment surgery",
        "RADIATION": "",
        "OTHER": "treatment other",
    },
    "person.role": {
        "STUDY_CHAIR": "",
        "STUDY_DIRECTOR": "",
        "PRINCIPAL_INVESTIGATOR": "",
        "SUB_INVESTIGATOR": "",
        "CONTACT": "public|scientific|public queries|scientific queries|contact backup|"
        "contact person for public queries|contact person for scientific queries",
    },
    "responsible.type": {"SPONSOR": "", "PRINCIPAL_INVESTIGATOR": "", "SPONSOR_INVESTIGATOR": ""},
    "organisation.class": {
        "NIH": "",
        "FED": "u s fed",
        "OTHER_GOV": "other government",
        "INDIV": "individual",
        "INDUSTRY": "",
        "NETWORK": "",
        "AMBIG": "",
        "OTHER": "",
        "UNKNOWN": "",
    },
    "id.type": {
        "NIH": "u s nih grant contract",
        "FDA": "u s fda grant contract",
        "VA": "u s va grant contract",
        "CDC": "u s cdc grant contract",
        "AHRQ": "u s ahrq grant contract",
        "SAMHSA": "u s samhsa grant contract",
        "OTHER_GRANT": "other grant funding number",
        "EUDRACT_NUMBER": "",
        "CTIS": "eu trial ctis number",
        "REGISTRY": "registry identifier",
        "OTHER": "other identifier",
    },
    "reference.type": {"BACKGROUND": "", "RESULT": "results article", "DERIVED": ""},
}

_APART = re.compile(r"[^a-z0-9]+")


def _key(words: str) -> str:
    return _APART.sub(" ", words.casefold()).strip()


_BY_WORDS: Final[dict[str, dict[str, str]]] = {
    field: {
        **{_key(word): code for code, words in codes.items() for word in words.split("|") if word},
        **{_key(display(code)): code for code in codes},
        **{_key(code): code for code in codes},
    }
    for field, codes in _CODES.items()
}
_BY_DISPLAY: Final = {words: code for code, words in CODE_WORDS.items()}


def code_of(field: str, words: str | None) -> str | None:
    """Return the code that a field's words mean; None where they are none of its enumeration."""
    return _BY_WORDS[field].get(_key(words)) if words else None


def written_code(words: str) -> str:
    """Return the code that the registry's words are those of; other words as they are."""
    if words in _BY_DISPLAY:
        return _BY_DISPLAY[words]
    code = words.upper().replace(" ", "_")
    return code if display(code) == words else words
