"""How many take part: a number, or sizes by group (`Experimental group:30;Control group:30;`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parser.models.trial import AbsentReason
from parser.normalize.absence import absent_reason

_COUNT = r"(?:\d{1,3}(?:[,\s]\d{3})+|\d{1,9})"
_NUMBER = re.compile(rf"({_COUNT})(?:\s?(?:\(.{{0,200}}\)|participants?|patients?|subjects?|people|persons))?\.?")
_GROUP = re.compile(rf"(?P<label>.{{0,500}})[:：]\s*(?P<count>{_COUNT})\s*", re.DOTALL)
# CTRI prints `Total Sample Size="120" Sample Size from India="100"`.
_TOTAL = re.compile(r"total\s+sample\s+size\s*=\s*\"?(\d{1,9})\"?", re.IGNORECASE)
_APART = re.compile(r"[;；\n]|<br\s?/?>")
_LONGEST = 5000


@dataclass(frozen=True, slots=True)
class EnrolmentReading:
    """What the words of a sample size say.

    Attributes:
        total: How many in all: the number written, or the sum of the groups where each has one.
        by_group: Sizes by group, in their order; a name that comes again is numbered.
        reason: Why there is no total; None beside one.
    """

    total: int | None = None
    by_group: dict[str, int] = field(default_factory=dict)
    reason: AbsentReason | None = None


def read_enrolment(words: str) -> EnrolmentReading:
    """Read the words of a field that holds a sample size."""
    plain = words.strip()
    if reason := absent_reason(plain):
        return EnrolmentReading(reason=reason)
    if len(plain) > _LONGEST:
        return EnrolmentReading(reason="unparseable")
    if match := _NUMBER.fullmatch(plain) or _TOTAL.search(plain):
        return EnrolmentReading(_count(match[1]))
    groups = [_GROUP.fullmatch(part.strip()) for part in _APART.split(plain) if part.strip()]
    by_group: dict[str, int] = {}
    for match in groups:
        if match is None:
            return EnrolmentReading(reason="unparseable")
        by_group[_unused(" ".join(match["label"].split()), by_group)] = _count(match["count"])
    return EnrolmentReading(sum(by_group.values()), by_group) if by_group else EnrolmentReading(reason="unparseable")


def _count(written: str) -> int:
    return int(re.sub(r"[,\s]", "", written))


def _unused(label: str, taken: dict[str, int]) -> str:
    """Return a group's name, numbered where the field has it already."""
    if label not in taken:
        return label
    return next(name for number in range(2, len(taken) + 3) if (name := f"{label} ({number})") not in taken)
