"""How criteria bound a number. Data only."""

from __future__ import annotations

from typing import Literal

from parser.models.values import RelativeTo

Side = Literal["low", "high"]
Bound = tuple[Side, bool]

_AT_LEAST: Bound = ("low", True)
_OVER: Bound = ("low", False)
_AT_MOST: Bound = ("high", True)
_UNDER: Bound = ("high", False)


def _table(rows: tuple[tuple[Bound, str], ...]) -> dict[str, Bound]:
    return {writing.strip(): bound for bound, writings in rows for writing in writings.split("|")}


#: Comparator before its number: which bound it gives, and whether the number itself is allowed.
BEFORE: dict[str, Bound] = _table(
    (
        (_AT_LEAST, "≥ | >= | => | >/= | ≧ | ⩾ | at least | no less than | not less than | a minimum of | minimum of"),
        (_AT_LEAST, "> or = to | > or = | > / = | >or= | minimum | greater than or equal to | more than or equal to"),
        (_AT_LEAST, "equal to or greater than | equal or greater than | greater or equal to | greater or equal"),
        (_AT_LEAST, "equal to or more than | more or equal to | more or equal | higher than or equal to"),
        (_OVER, "> | ＞ | more than | greater than | over | above | exceeding | exceeds | older than | higher than"),
        (_OVER, "longer than | greater then | more then"),
        (_AT_MOST, "≤ | <= | =< | </= | ≦ | ⩽ | at most | up to | a maximum of | maximum of | maximum | no more than"),
        (_AT_MOST, "< or = to | < or = | < / = | <or= | not more than | no greater than | not greater than"),
        (_AT_MOST, "not exceeding | less than or equal to | equal to or less than | equal or less than"),
        (_AT_MOST, "less or equal to | less or equal | lower than or equal to"),
        (_UNDER, "< | ＜ | less than | below | under | younger than | fewer than | lower than | shorter than"),
        (_UNDER, "smaller than | less then"),
    )
)

#: Comparator after its number and unit.
AFTER: dict[str, Bound] = _table(
    (
        (_AT_LEAST, "or older | and older | or over | and over | or above | and above | or more | and more"),
        (_AT_LEAST, "or greater | or higher | and higher | or longer"),
        (_AT_MOST, "or younger | and younger | or less | and less | or below | and below | or fewer | or lower"),
        (_AT_MOST, "or under | and under"),
    )
)

#: What follows a unit of time and says that the number is an age.
AGE_WORDS = ("old", "of age", "-old", "of old", "olds")

#: Between the two numbers of a range.
TO = ("-", "–", "—", "‐", "‑", "−", "to", "~", "～", "through")

#: What a number is a multiple or a share of.
RELATIVE: dict[str, RelativeTo] = {
    **{
        f"{limit}{short}": "ULN"
        for limit in (
            "upper limit of normal",
            "upper limits of normal",
            "upper limit of the normal",
            "upper limit of normal range",
            "upper limit of the normal range",
            "upper normal limit",
            "upper limit normal",
        )
        for short in ("", " (ULN)", " [ULN]")
    },
    "ULN": "ULN",
    "UNL": "ULN",
    "lower limit of normal": "LLN",
    "lower limit of the normal range": "LLN",
    "LLN": "LLN",
    "predicted": "predicted",
    "of predicted": "predicted",
    "pred": "predicted",
    "of the predicted value": "predicted",
    "predicted value": "predicted",
}

#: The same, where "times" stands before it.
NORMAL = ("normal", "normal limit", "normal limits", "normal value", "normal range", "maximum normal value")

#: Between the number and what it is a multiple of.
TIMES = ("x", "×", "*", "times", "-fold", "fold")
