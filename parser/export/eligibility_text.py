"""The eligibility text as targets take it that keep inclusion and exclusion apart, and ages as they write them."""

from __future__ import annotations

from typing import Final

from parser.models import Eligibility, Range
from parser.models.eligibility import CriterionKind

#: UCUM's units of time to the words that registers write for them.
AGE_UNITS: Final = {"a": "Years", "mo": "Months", "wk": "Weeks", "d": "Days", "h": "Hours", "min": "Minutes"}

_HEADINGS: Final[dict[CriterionKind, str]] = {"inclusion": "Inclusion Criteria:", "exclusion": "Exclusion Criteria:"}


def halves(eligibility: Eligibility) -> tuple[str, str]:
    """Return the text of the inclusion and of the exclusion criteria.

    The text is cut where its exclusion criteria begin, headings with them, so that the two halves joined are the text.
    Where the criteria are not one half after the other, all of it is in the first.
    """
    text = eligibility.text or ""
    cut = _cut_of_parts(eligibility) if eligibility.parts else _cut_of_criteria(eligibility)
    if cut is None:
        return text, ""
    return text[:cut].rstrip(), text[cut:].strip("\r\n")


def _cut_of_parts(eligibility: Eligibility) -> int | None:
    """Return where the source's own fields part: those of exclusion, after those of inclusion."""
    kinds = [part.kind for part in eligibility.parts]
    if "exclusion" not in kinds or set(kinds) - {"inclusion", "exclusion"}:
        return None
    first = kinds.index("exclusion")
    return eligibility.parts[first].span[0] if set(kinds[first:]) == {"exclusion"} else None


def _cut_of_criteria(eligibility: Eligibility) -> int | None:
    """Return where the outline's exclusion criteria begin with their heading."""
    kinds = [criterion.kind for criterion in eligibility.criteria]
    if not kinds or "exclusion" not in kinds:
        return None
    first = kinds.index("exclusion")
    if set(kinds[:first]) != {"inclusion"} or set(kinds[first:]) != {"exclusion"}:
        return None
    begins = max(criterion.span[1] for criterion in eligibility.criteria[first - 1].walk())
    heading = next((one for one in eligibility.segments if one.kind == "heading" and one.span[0] >= begins), None)
    text = eligibility.text or ""
    start = eligibility.criteria[first].span[0]
    if heading is None or heading.span[0] > start:
        return None
    return text.rfind("\n", 0, heading.span[0]) + 1 or None


def with_headings(eligibility: Eligibility) -> str | None:
    """Return the text with a heading before each half, where the source keeps the halves apart and needs none.

    Such a text says by its fields alone which half is which; a target that takes one text would not know.
    """
    text = eligibility.text
    if text is None or not any(part.kind in _HEADINGS for part in eligibility.parts):
        return text
    headings = [segment.span for segment in eligibility.segments if segment.kind == "heading"]
    pieces, last = [], None
    for part in eligibility.parts:
        start, end = part.span
        piece = text[start:end]
        begins = start + len(piece) - len(piece.lstrip())
        headed = any(span[0] <= begins < span[1] for span in headings)
        if part.kind in _HEADINGS and part.kind != last and not headed:
            piece = f"{_HEADINGS[part.kind]}\n\n{piece}"
        pieces.append(piece)
        last = part.kind
    return "\n\n".join(pieces)


def age_limits(age: Range | None) -> tuple[str | None, str | None]:
    """Return the lowest and the highest age as registers write them (`18 Years`); None where there is no limit."""
    if age is None or age.ucum not in AGE_UNITS:
        return None, None
    unit = AGE_UNITS[age.ucum]
    low = None if age.low is None else f"{'' if age.low_inclusive is not False else '> '}{age.low} {unit}"
    high = None if age.high is None else f"{'' if age.high_inclusive is not False else '< '}{age.high} {unit}"
    return low, high
