"""Sentences that every other record repeats and that limit nobody: data, and the pattern made of it."""

from __future__ import annotations

import re

#: Whole lines, in lower case without their final point.
_LINES = (
    r"n/?a",
    r"none",
    r"nil",
    r"not applicable",
    r"not specified",
    r"not provided",
    r"no(?:ne)? (?:exclusion|inclusion)(?: criteria)?",
    r"no criteria",
    r"(?:please )?(?:see|refer to) (?:the )?(?:study |full |clinical )?protocol\b.{0,60}",
    r"see (?:disease|patient|prior concurrent therapy) ?characteristics",
    r"see (?:above|below)",
    # what one register appends to the inclusion criteria of another
    r"are the trial subjects under 18\?.{0,20}",
    r"(?:f\.1\.\d\S* )?number of subjects for this age range.{0,20}",
    r"f\.1\.\d\S* .{0,80}",
    r"(?:for )?(?:more|further|additional|other) (?:information|details)\b.{0,80}",
)

#: Sentences, alone or at the end of a criterion.
_SENTENCE = (
    r"(?:note:? ?)?\W?(?:there (?:are|may be|were) )?(?:some |any |in addition,? )?(?:other|additional|further|more)"
    r"(?: (?:study|trial|protocol|sponsor|key|specific|detailed))?"
    r"(?:[ -](?:protocol|study|trial|sponsor)?[ -]?(?:defined|specified|specific|related))?"
    r"(?: (?:key|study|general|detailed))?"
    r" ?(?:inclusion|exclusion|eligibility|entry)?(?: ?(?:/|and/or|and|or|&) ?(?:inclusion|exclusion))?"
    r"(?: criteri(?:a|on))"
    r"(?: (?:for (?:inclusion|exclusion)|of the (?:study|protocol)))?"
    r" (?:may|might|will|could|do|can)? ?(?:also )?(?:appl(?:y|ies)|exist|be applicable|be required)\b.{0,50}"
)

_LONGEST = 200
_EDGES = " .*;:-()[]"
#: How such lines begin: most lines need no second look.
_FIRST_LETTERS = frozenset("n/ na no ni pl se re ar nu f. fo mo fu ad ot".split())
_LINE = re.compile(rf"(?:{'|'.join(_LINES)})")
_ALONE = re.compile(_SENTENCE)
_CUE = re.compile(r"criteri(?:a|on)[^.;]{0,40}\b(?:apply|applies|exist|applicable|required)\b", re.IGNORECASE)
_TAIL_START = re.compile(
    r"(?:(?<=[.;,)])|(?<=\w)(?=\s+(?:Other|Additional|Further)))\s+(?=(?:(?:Note:? ?)?(?:There (?:are|may be) )?"
    r"(?:Other|Additional|Further|other|additional|further)\b))"
)


def is_boilerplate(body: str) -> bool:
    """Tell whether the words of a line limit nobody: "N/A", "Other protocol-defined criteria may apply"."""
    if len(body) > 2 * _LONGEST:
        return False
    lower = body.lower()
    sentence = "criteri" in lower
    if not sentence and lower.lstrip(_EDGES)[:2] not in _FIRST_LETTERS:
        return False
    phrase = " ".join(lower.split()).strip(_EDGES)
    if len(phrase) > _LONGEST:
        return False
    return _LINE.fullmatch(phrase) is not None or (sentence and _ALONE.fullmatch(phrase) is not None)


def boilerplate_tail(body: str) -> int | None:
    """Return where such a sentence begins that ends a criterion without a line of its own; None without one."""
    if "riteri" not in body[-200:].lower() or _CUE.search(body, max(0, len(body) - 200)) is None:
        return None
    for match in _TAIL_START.finditer(body, max(0, len(body) - 200)):
        if match.start() and is_boilerplate(body[match.end() :]):
            return match.end()
    return None
