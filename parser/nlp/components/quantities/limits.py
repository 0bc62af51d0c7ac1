"""The limits of normal as bounds by themselves: "> ULN", "above the normal range", "within normal limits"."""

from __future__ import annotations

import re

from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.nlp.components.quantities.bounding import Found, gap_before
from parser.nlp.components.quantities.comparators import Comparator, before
from parser.nlp.components.quantities.references import HINT, STEMS, Reference, limits_in

_WITHIN = re.compile(r"(?:\bwithin|\bin)\s*(?:the\s)?$", re.IGNORECASE)
_RANGED = re.compile(r"(?:limits?|ranges?|values?)$", re.IGNORECASE)


def with_limits(found: list[Found], text: str) -> list[Found]:
    """Add the bounds without a number, which are one time the limit."""
    lowered = text.lower()
    if not any(stem in lowered for stem in STEMS) or not HINT.search(text):
        return found
    added: list[Found] = []
    for reference in limits_in(text):
        floor = gap_before(found, reference.start, reference.end)
        if floor is not None:
            read = _limit(reference, text, max(floor, added[-1][1] if added else 0))
            added += [read] if read is not None else []
    return sorted([*found, *added], key=lambda row: row[0]) if added else found


def _limit(reference: Reference, text: str, floor: int) -> Found | None:
    relative = reference.relative
    compared = before(text, reference.start, floor)
    if isinstance(compared, Comparator) and compared.side in ("low", "high") and compared.start < reference.start:
        if relative == "normal":
            relative = "ULN" if compared.side == "low" else "LLN"
        bounds = {compared.side: 1, f"{compared.side}_inclusive": compared.inclusive, "relative_to": relative}
        return compared.start, reference.end, _one_time(Range.model_validate(bounds))
    within = _WITHIN.search(text, max(floor, reference.start - 12), reference.start)
    words = text[reference.start : reference.end]
    if within is not None and relative == "normal" and _RANGED.search(words):
        return within.start(), reference.end, _one_time(Range(high=1, relative_to="normal"))
    return None


def _one_time(limits: Range) -> Quantity:
    return Quantity(limits, False, False, is_implied=True)
