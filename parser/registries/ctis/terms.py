"""Codes of the EU's Clinical Trials Information System, as its public portal explains them.

A record has codes in some fields and words in others, by its generation; the same number means different things in
different fields (phase code 4 is phase II).
"""

from __future__ import annotations

from typing import Final

from parser.models.trial import EventKind, SponsorClass, StatusValue

#: Public status of a trial, or of a trial in a member state.
STATUS_CODES: Final[dict[int, StatusValue]] = {
    1: "not_yet_recruiting",  # under evaluation
    2: "not_yet_recruiting",  # authorised, recruitment pending
    3: "recruiting",  # authorised, recruiting
    4: "recruiting",  # ongoing, recruiting
    5: "active_not_recruiting",  # ongoing, recruitment ended
    6: "suspended",  # temporarily halted
    7: "suspended",
    8: "completed",  # ended; early too
    9: "not_authorised",  # expired
    10: "not_authorised",  # revoked
    11: "not_authorised",
    12: "withdrawn",  # cancelled
}

#: The same in words, casefolded, where they are not the words of other registers.
STATUS_LABELS: Final[dict[str, StatusValue]] = {
    "under evaluation": "not_yet_recruiting",
    "authorised, not started": "not_yet_recruiting",
    "authorised, recruitment pending": "not_yet_recruiting",
    "authorised, recruiting": "recruiting",
    "ongoing, recruiting": "recruiting",
    "ongoing, recruitment ended": "active_not_recruiting",
    "ended": "completed",
    "expired": "not_authorised",
    "revoked": "not_authorised",
    "lapsed": "not_authorised",
}

#: Phase code to phases.
PHASE_CODES: Final[dict[int, tuple[str, ...]]] = {
    1: ("1",),
    2: ("1",),
    3: ("1",),
    4: ("2",),
    5: ("3",),
    6: ("4",),
    7: ("1", "2"),
    8: ("1", "2"),
    9: ("1", "2"),
    10: ("2", "3"),
    11: ("3", "4"),
}

#: Age category code, or words, to its name.
AGE_CATEGORIES: Final[dict[str, str]] = {
    "1": "in_utero",
    "2": "under_18",
    "3": "adult",
    "4": "older_adult",
    "in utero": "in_utero",
    "0-17 years": "under_18",
    "18-64 years": "adult",
    "65+ years": "older_adult",
}

#: Age categories in order, with their limits in completed years, both inclusive.
AGE_LIMITS: Final[dict[str, tuple[int, int | None]]] = {
    "under_18": (0, 17),
    "adult": (18, 64),
    "older_adult": (65, None),
}

#: Role of a product, by its code.
PRODUCT_ROLES: Final[dict[str, str]] = {"1": "Test", "2": "Comparator", "3": "Placebo", "4": "Auxiliary"}

#: Type of an organisation, casefolded.
SPONSOR_CLASSES: Final[dict[str, SponsorClass]] = {
    "pharmaceutical company": "industry",
    "industry": "industry",
    "hospital/clinic/other health care facility": "hospital",
    "educational institution": "academic",
    "laboratory/research/testing facility": "other",
    "pharmaceutical association/federation": "other",
    "patient organisation/association": "other",
    "health care": "other",
    "non-profit organisation": "other",
    "government": "government",
    "regulatory authority": "government",
    "member state institution/body/agency": "government",
    "individual": "individual",
    "other": "other",
}

#: Notifications of a member state, casefolded with blanks for underscores.
NOTIFICATIONS: Final[dict[str, EventKind]] = {
    "start of trial": "start",
    "start of recruitment": "recruitment_start",
    "end of recruitment": "recruitment_end",
    "end of trial": "completion",
    "global end of trial": "completion",
    "early termination": "completion",
    "global end of trial / early termination": "completion",
    "temporary halt": "other",
    "restart of trial": "other",
    "restart trial": "other",
    "restart of recruitment": "other",
    "restart recruitment": "other",
}

#: BCP 47: undetermined. Some language codes come without a description.
UNDETERMINED: Final = "und"

#: Fields without one of their own in the record, kept with their name: path below part I, or below the record.
PART_ONE_EXTRAS: Final[tuple[tuple[str, ...], ...]] = (
    ("isLowIntervention",),
    ("trialDetails", "trialInformation", "trialCategory", "trialCategory"),
    ("trialDetails", "trialInformation", "trialCategory", "justificationForTrialCategory"),
    ("trialDetails", "trialInformation", "populationOfTrialSubjects", "isVulnerablePopulationSelected"),
)
RECORD_EXTRAS: Final[tuple[tuple[str, ...], ...]] = (
    ("sponsorType",),
    ("trialRegion",),
    ("recruitmentStatus",),
    ("endPoint",),
)
