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
        "authorised not started",
        "authorized not started",
        "ongoing not yet recruiting",
        "pending not yet recruiting",
        "approved not started",
        "registered not yet recruiting",
        "recruiting not yet started",
        "recruitment not started",
        "recruitment not yet started",
        "pre recruitment",
        "pre launch",
        "trial not yet started",
        "ongoing recruitment not started",
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
        "ongoing recruiting",
        "ongoing currently recruiting",
        "open patient inclusion",
        "open recruiting",
        "recruiting open",
        "recruitment in progress",
        "recruiting in progress",
        "recruitment open",
        "active recruiting",
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
        "ongoing no longer recruiting",
        "active not enrolling",
        "recruitment stopped",
        "inclusion stopped follow up",
        "closed to recruitment follow up complete",
        "closed to new participants",
        "recruiting complete follow up continuing",
        "enrolment completed",
        "enrollment completed",
        "recruitment finished",
        "recruitment has ended",
    ),
    "ongoing_unclear": (
        "ongoing",
        "restarted",
        "in progress",
        "authorised recruitment may be ongoing or finished",
        "authorised",
        "authorized",
        "trial now transitioned",
        "gb no longer in eu eea",
        "authorised recruitment status not known",
        "authorised with condition",
        "authorised with conditions",
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
        "recruitment on hold",
        "halted",
        "suspending",
        "suspended by ca",
        "temporary halt of the trial",
        "temporarily halted by sponsor",
        "ongoing temporarily halted",
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
        "closed follow up complete",
        "closed to recruitment study complete",
        "completed study",
        "completed trial",
        "study has been completed",
        "results available",
        "main results published",
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
        "early terminated",
        "early termination",
        "other terminated",
        "ended prematurely",
        "ended early",
        "stopped after recruitment started",
        "halted prematurely",
        "prematurely terminated",
        "revoked",
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
        "withdrawn before recruitment",
        "withdrawn before recruiting started",
        "never started",
        "not initiated",
    ),
    "not_authorised": (
        "not authorised",
        "not authorized",
        "prohibited by ca",
        "refused",
        "rejected",
        "not approved",
        "lapsed",
    ),
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
        "halted",
        "results available",
        "revoked",
        "lapsed",
        "not approved",
        "not initiated",
        "active recruiting",
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
# Some registers cut their values off (`Open to recruitment: actively recruiting participa`).
_CUT = 30


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
    return _VALUES.get(key) or _cut_off(key)


def _cut_off(key: str) -> StatusValue | None:
    """Return the status whose words begin as a cut value does; None where it is short or fits several."""
    if len(key) < _CUT:
        return None
    values = {value for words, value in _VALUES.items() if words.startswith(key)}
    return values.pop() if len(values) == 1 else None
