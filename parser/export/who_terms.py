"""Words of WHO's interchange format: what its elements hold where it expects one of a few values.

Sources: the WHO Trial Registration Data Set, version 1.3.1, and the registers' own files.
"""

from __future__ import annotations

from typing import Final

from parser.models.eligibility import EligibleSex
from parser.models.trial import IdentifierScheme, Phase, StatusValue, StudyType

#: Item 1: the registers of the WHO network by the scheme of their numbers, and others that send records.
REGISTERS: Final[dict[IdentifierScheme, str]] = {
    "actrn": "ANZCTR",
    "chictr": "ChiCTR",
    "ctis": "Clinical Trials Information System",
    "ctri": "CTRI",
    "drks": "German Clinical Trials Register",
    "eudract": "EU Clinical Trials Register",
    "irct": "IRCT",
    "isrctn": "ISRCTN",
    "jrct": "JPRN",
    "kct": "CRIS",
    "lbctr": "LBCTR",
    "nct": "ClinicalTrials.gov",
    "nl": "NL-OMON",
    "pactr": "PACTR",
    "rebec": "REBEC",
    "rpcec": "RPCEC",
    "slctr": "SLCTR",
    "tctr": "TCTR",
    "umin": "JPRN",
}

#: Item 3: who gives a secondary number.
ISSUERS: Final[dict[IdentifierScheme, str]] = {**REGISTERS, "utn": "WHO", "sponsor": "Sponsor protocol code"}

#: Item 18: its five values. Everything after the last participant is `Complete`.
STATUSES: Final[dict[StatusValue, str]] = {
    "not_yet_recruiting": "Pending",
    "recruiting": "Recruiting",
    "enrolling_by_invitation": "Recruiting",
    "suspended": "Suspended",
    "active_not_recruiting": "Complete",
    "completed": "Complete",
    "terminated": "Complete",
    "ongoing_unclear": "Other",
    "withdrawn": "Other",
    "not_authorised": "Other",
    "available": "Other",
    "no_longer_available": "Other",
    "temporarily_not_available": "Other",
    "approved_for_marketing": "Other",
    "withheld": "Other",
}

#: Item 15a.
STUDY_TYPES: Final[dict[StudyType, str]] = {
    "interventional": "Interventional",
    "observational": "Observational",
    "expanded_access": "Expanded Access",
}

#: Item 15b to 15e: fields of the design by the labels under which registers write them.
DESIGN_LABELS: Final = {
    "allocation": "Allocation",
    "intervention_model": "Intervention model",
    "observational_model": "Observational model",
    "time_perspective": "Time perspective",
    "masking": "Masking",
    "purpose": "Primary purpose",
}

#: Item 15f.
PHASES: Final[dict[Phase, str]] = {
    "early_phase_1": "Early Phase 1",
    "0": "Phase 0",
    "1": "Phase 1",
    "2": "Phase 2",
    "3": "Phase 3",
    "4": "Phase 4",
    "not_applicable": "N/A",
}

#: Item 14c.
SEXES: Final[dict[EligibleSex, str]] = {"all": "Both", "female": "Female", "male": "Male"}

#: Item 24.
IPD_PLANS: Final = {"yes": "Yes", "no": "No", "undecided": "Undecided"}

#: Items 7 and 8: which of the two kinds of contact a role is; anyone else answers the public's queries.
CONTACT_TYPES: Final = {
    "public": "public",
    "contact for public queries": "public",
    "scientific": "scientific",
    "contact for scientific queries": "scientific",
    "principal investigator": "scientific",
    "study chair": "scientific",
    "study director": "scientific",
    "sub-investigator": "scientific",
    "investigator": "scientific",
    "public, scientific": "public",
}

#: Kinds of intervention that registers write before a name (`Drug: …`).
INTERVENTION_TYPES: Final = {
    "behavioral": "Behavioral",
    "behavioural": "Behavioural",
    "biological": "Biological",
    "combination product": "Combination Product",
    "device": "Device",
    "diagnostic test": "Diagnostic Test",
    "dietary supplement": "Dietary Supplement",
    "drug": "Drug",
    "genetic": "Genetic",
    "other": "Other",
    "procedure": "Procedure",
    "radiation": "Radiation",
}

#: Registers that write `group:what it is given;` (item 13).
GROUPED: Final[frozenset[IdentifierScheme]] = frozenset({"chictr"})

#: Item 23: elements of its own for results, which a record of ours keeps as labelled values.
RESULT_ELEMENTS: Final = (
    "results_date_first_publication",
    "results_baseline_char",
    "results_participant_flow",
    "results_adverse_events",
    "results_outcome_measures",
    "results_url_protocol",
)
