"""Words that stand where a value would, and say that there is none."""

from __future__ import annotations

from parser.models.trial import AbsentReason

#: Whole values, casefolded, without final full stop. Collected from the fields of WHO ICTRP's registers.
ABSENCE_WORDS: dict[str, AbsentReason] = {
    "": "label_only",
    "-": "explicit_not_reported",
    "--": "explicit_not_reported",
    "---": "explicit_not_reported",
    "–": "explicit_not_reported",
    "—": "explicit_not_reported",
    "n.a": "explicit_not_reported",
    "n/a": "explicit_not_reported",
    "na": "explicit_not_reported",
    "nil known": "explicit_not_reported",
    "no data": "explicit_not_reported",
    "none": "explicit_not_reported",
    "none provided": "explicit_not_reported",
    "not available": "explicit_not_reported",
    "not given": "explicit_not_reported",
    "not provided": "explicit_not_reported",
    "not reported": "explicit_not_reported",
    "not specified": "explicit_not_reported",
    "not stated": "explicit_not_reported",
    "/": "explicit_not_reported",
    "information not present in eudract": "explicit_not_reported",
    "n/d": "explicit_not_reported",
    "nd": "explicit_not_reported",
    "nil": "explicit_not_reported",
    "no information": "explicit_not_reported",
    "not determined": "explicit_not_reported",
    "not known": "explicit_not_reported",
    "not provided at time of registration": "explicit_not_reported",
    "null": "explicit_not_reported",
    "tba": "explicit_not_reported",
    "tbd": "explicit_not_reported",
    "to be announced": "explicit_not_reported",
    "to be determined": "explicit_not_reported",
    "unknown": "explicit_not_reported",
    "unspecified": "explicit_not_reported",
    "not applicable": "not_applicable",
    "redacted": "redacted",
    "[redacted]": "redacted",
}


# Most values begin with another letter, or with a digit.
_FIRST = frozenset(words[0] for words in ABSENCE_WORDS if words)


def absent_reason(words: str) -> AbsentReason | None:
    """Return why a value is missing, when its words say so; None when they are a value."""
    first = words[:1]
    if first.isalnum() and first.casefold()[:1] not in _FIRST:
        return None
    return ABSENCE_WORDS.get(" ".join(words.casefold().split()).rstrip("."))
