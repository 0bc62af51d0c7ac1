"""What a number is a multiple or a share of: the limits of normal, a baseline, a predicted value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parser.models.values import RelativeTo
from parser.nlp.components.quantities.patterns import ABBREVIATIONS, ADJECTIVES, TIMES

_ADJECTIVE = rf"(?:(?:{'|'.join(map(re.escape, ADJECTIVES))})\s)"
_NORMAL = r"(?:normality|normals?|norms?|references?|lab(?:oratory)?\snormals?)"
_RANGE = r"(?:\s(?:ranges?|values?|limits?|levels?|intervals?|population|laboratory|lab|reference))"
_LIMIT = r"(?:limits?|levels?|bounds?|boundary|end|ranges?|values?|border|threshold)"
_OF = rf"(?:\s(?:of|for|in|at)\s{_ADJECTIVE}{{0,3}}{_NORMAL}{_RANGE}{{0,2}}|\s{_NORMAL}{_RANGE}?)"
_SHORT = "(?:" + "|".join(sorted(ABBREVIATIONS, key=len, reverse=True)) + ")"
_SHORT_AFTER = rf"(?:\s?(?:[(\[{{]\s?{_SHORT}\s?[)\]}}]|{_SHORT}(?![^\W_])))?"


def _end_of_normal(upper: str, most: str) -> str:
    """Return a pattern for one end of the normal range: "upper limit of normal", "normal upper limit"."""
    ends = rf"{upper}(?:\s{_NORMAL})?\s{_LIMIT}|{_NORMAL}\s(?:{upper}|{most})\s{_LIMIT}"
    superlatives = rf"{most}\s{_NORMAL}\s{_LIMIT}"
    return rf"(?:{ends}|{superlatives}|{upper}\s{_NORMAL})(?![^\W_])(?:{_OF}(?![^\W_]))?{_SHORT_AFTER}"


_UPPER = _end_of_normal("upper", "(?:maximum|maximal|highest)")
_LOWER = _end_of_normal("lower", "(?:minimum|minimal|lowest)")
_FOR_PEOPLE = r"(?:\sfor\s(?:age|sex|gender)(?:\s?(?:and|/|or)\s?(?:age|sex|gender))?(?![^\W_]))?"

_BOUNDARY = rf"(?:(?P<short>{_SHORT}(?![^\W_]))|(?P<uln>{_UPPER})|(?P<lln>{_LOWER})){_FOR_PEOPLE}"
_NORMALS = rf"(?P<normal>{_NORMAL}{_RANGE}{{0,2}})(?![^\W_])"
_BEFORE_TREATMENT = r"(?P<baseline>(?:baseline|pre-?treatment)(?:\s(?:values?|levels?))?)(?![^\W_])"
_FORETOLD = (
    r"(?P<predicted>(?:(?:age|sex|normal|gender|height)[-\s]){0,2}(?:predicted|predictive|pred\.?|theoretical|expected)"
    r"(?:\snormal)?(?:\s(?:values?|levels?|normals?))?)(?![^\W_])"
)
_NADIR = r"(?P<nadir>nadir)(?![^\W_])"
_TIMES = "(?:" + "|".join(re.escape(word) for word in sorted(TIMES, key=len, reverse=True)) + ")"

_REFERENCE = re.compile(
    rf"{_ADJECTIVE}{{0,4}}(?:{_BOUNDARY}|{_NORMALS}|{_BEFORE_TREATMENT}|{_NADIR}|{_FORETOLD})", re.IGNORECASE
)
#: Between a number and what it is a multiple of: "x", "times the", "-fold above".
_MULTIPLE = re.compile(
    rf"\s?{_TIMES}\s?[(\[]?(?:(?:above|over|of|than|greater|higher|that|or)\s){{0,3}}", re.IGNORECASE
)
#: The same after a number that multiplies by itself ("twice the ULN").
_DOUBLE = re.compile(r"\s(?:(?:above|over|of|that)\s){0,2}", re.IGNORECASE)
#: After a number alone: "2.5 ULN", "3 upper limit of normal".
_BARE = re.compile(r"\s?(?:(?:of|above|over)\s)?", re.IGNORECASE)
#: After a percentage: "80 % of predicted", "50% predicted", "70 % of the lower limit of normal", "10% from baseline".
_SHARE = re.compile(r"\s?(?:(?:of|from|above|over|below|than)\s)?", re.IGNORECASE)
#: What makes a text worth a look for such limits without numbers, and what that holds in lower case.
STEMS = ("ln", "unl", "limit", "normal")
HINT = re.compile(r"LN\b|UNL\b|\blimits?\b|\bnormal\b", re.IGNORECASE)

_ENDS: frozenset[RelativeTo] = frozenset(("ULN", "LLN"))
_BY_GROUP: dict[str, RelativeTo] = {
    "uln": "ULN",
    "lln": "LLN",
    "normal": "normal",
    "baseline": "baseline",
    "predicted": "predicted",
    "nadir": "nadir",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a number is compared with: where its words begin and end, and what they name."""

    start: int
    end: int
    relative: RelativeTo


def multiple_at(text: str, at: int) -> Reference | None:
    """Read what a number that ends at `at` is a multiple of: "x ULN", "times the upper limit of normal", "ULN"."""
    times = _MULTIPLE.match(text, at)
    read = _reference(text, times.end()) if times is not None else None
    if read is not None:
        return read
    bare = _BARE.match(text, at)
    read = _reference(text, bare.end()) if bare is not None else None
    return read if read is not None and read.relative in _ENDS else None


def double_at(text: str, at: int) -> Reference | None:
    """Read what is doubled ("twice the ULN")."""
    match = _DOUBLE.match(text, at)
    return _reference(text, match.end()) if match is not None else None


def share_at(text: str, at: int) -> Reference | None:
    """Read what a percentage is a share of; "normal" only after "of" or "the"."""
    match = _SHARE.match(text, at)
    read = _reference(text, match.end()) if match is not None else None
    if read is None or (read.relative == "normal" and not text[at : read.start].strip()):
        return None
    return read


def limits_in(text: str) -> Iterator[Reference]:
    """Yield every mention of the limits of normal."""
    for match in _REFERENCE.finditer(text):
        read = _named(match)
        if read.relative in _ENDS or read.relative == "normal":
            yield read


def _reference(text: str, at: int) -> Reference | None:
    match = _REFERENCE.match(text, at)
    return None if match is None else _named(match)


def _named(match: re.Match[str]) -> Reference:
    """Return what a match names; `start` is where the name begins, its adjectives aside."""
    group = match.lastgroup or ""
    relative = ABBREVIATIONS[match["short"].lower()] if group == "short" else _BY_GROUP[group]
    return Reference(match.start(), match.end(), relative)
