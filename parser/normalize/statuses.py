"""Recruitment statuses: the words of the registers to one vocabulary.

Published mappings disagree on "not recruiting" and "ongoing", so the raw words always stay beside the value.
"""

from __future__ import annotations

from parser.models.trial import StatusValue

#: Value to the words for it, casefolded, dashes and punctuation as blanks.
STATUS_WORDS: dict[StatusValue, tuple[str, ...]] = {
    "not_yet_recruiting": (
        "not yet recruiting",
        "not recruiting yet",
        "not yet open",
        "not yet started",
        "not started",
        "pending",
        "preinitiation",
        "planned",
        "in planning",
        "in preparation",
        "opening soon",
        "starting soon",
        "without starting enrollment",
        "without startig enrollment",
        "authorised recruitment pending",
        "authorised recruitment not started",
        "approved not yet recruiting",
        "recruiting planned",
        "recruitment pending",
        "coming soon",
    ),
    "recruiting": (
        "recruiting",
        "now recruiting",
        "currently recruiting",
        "actively recruiting",
        "open public recruiting",
        "open for recruitment",
        "open to recruitment",
        "open to recruitment actively recruiting participants",
        "open for enrollment",
        "open for enrolment",
        "open to enrollment",
        "open to enrolment",
        "open to accrual",
        "in enrollment",
        "enrolling",
        "now enrolling",
        "recruiting ongoing",
        "recruitment ongoing",
        "recruiting now",
        "open",
        "recruiting participants",
        "recruiting patients",
        "authorised recruiting",
    ),
    "enrolling_by_invitation": (
        "enrolling by invitation",
        "by invitation",
        "by invitation only",
        "invitation only",
    ),
    "active_not_recruiting": (
        "active not recruiting",
        "not recruiting",
        "no longer recruiting",
        "ongoing not recruiting",
        "closed to recruitment",
        "closed to accrual",
        "closed to enrollment",
        "closed to enrolment",
        "closed to recruitment of participants",
        "recruitment completed",
        "recruitment complete",
        "recruitment closed",
        "recruitment ended",
        "recruiting completed",
        "recruiting complete",
        "enrollment closed",
        "enrolment closed",
        "enrollment complete",
        "enrolment complete",
        "complete follow up continuing",
        "closed follow up continuing",
        "closed to recruitment follow up continuing",
        "active",
        "ongoing recruitment ended",
    ),
    "ongoing_unclear": (
        "ongoing",
        "restarted",
        "in progress",
        "authorised recruitment may be ongoing or finished",
        "authorised",
        "authorized",
        "trial now transitioned",
    ),
    "suspended": (
        "suspended",
        "temporarily closed",
        "temporary halt",
        "temporarily halted",
        "interrupted",
        "on hold",
        "paused",
        "recruiting suspended",
        "recruitment suspended",
        "recruiting stopped temporarily",
        "recruiting suspended on temporary hold",
    ),
    "completed": (
        "completed",
        "complete",
        "study completed",
        "trial completed",
        "study complete",
        "trial complete",
        "finished",
        "complete follow up complete",
        "recruiting complete follow up complete",
        "data analysis completed",
        "ended",
        "main results already published",
        "closed",
    ),
    "terminated": (
        "terminated",
        "stopped",
        "stopped early",
        "prematurely ended",
        "premature end",
        "terminated early",
        "study terminated",
        "trial terminated",
        "recruiting stopped after recruiting started",
        "discontinued",
    ),
    "withdrawn": (
        "withdrawn",
        "study withdrawn",
        "trial withdrawn",
        "cancelled",
        "canceled",
        "recruiting withdrawn before recruiting started",
        "withdrawn prior to enrollment",
        "withdrawn before enrolment",
    ),
    "not_authorised": ("not authorised", "not authorized", "prohibited by ca", "refused", "rejected"),
    "available": ("available", "available for expanded access"),
    "no_longer_available": ("no longer available", "no longer available for expanded access"),
    "temporarily_not_available": ("temporarily not available", "temporarily not available for expanded access"),
    "approved_for_marketing": ("approved for marketing",),
    "withheld": ("withheld",),
    "unknown": (
        "unknown",
        "unknown status",
        "status unknown",
        "unknown verified status",
        "deleted from source registry",
    ),
}

#: Words that are a status in a status field, but too common to be recognised as one by themselves.
_ONLY_LABELLED = frozenset(
    {
        "active",
        "authorised",
        "authorized",
        "available",
        "closed",
        "complete",
        "ended",
        "in progress",
        "open",
        "planned",
        "pending",
        "refused",
        "rejected",
        "stopped",
        "unknown",
        "cancelled",
        "canceled",
        "ongoing",
        "finished",
        "interrupted",
        "discontinued",
        "coming soon",
        "enrolling",
    }
)

_VALUES: dict[str, StatusValue] = {
    **{words: value for value, forms in STATUS_WORDS.items() for words in forms},
    **{value.replace("_", " "): value for value in STATUS_WORDS},
}
_BLANKED = str.maketrans(dict.fromkeys("-‐‑–—_,.:;/()[]|•·●", " "))
# The longest of the words above has 58 characters; a paragraph is no status.
_LONGEST = 90


def read_status(words: str, *, labelled: bool = True) -> StatusValue | None:
    """Return the status that the words name, or None where they name none that is known.

    Args:
        words: The whole field or line.
        labelled: Whether the page says that this is a status; by itself, `Open` or `Closed` is not taken for one.
    """
    if len(words) > _LONGEST:
        return None
    key = " ".join(words.casefold().translate(_BLANKED).split())
    if not labelled and key in _ONLY_LABELLED:
        return None
    return _VALUES.get(key)
