"""What became of each stretch of the eligibility text, once there are rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from parser.models.eligibility import Criterion, Segment
from parser.models.rules import Rule, Unstructured, parts
from parser.models.values import Span


def resegment(text: str, segments: list[Segment], criteria: Iterable[Criterion]) -> list[Segment]:
    """Mark the words of criteria that their rules took as `structured`; the kept words stay `unstructured`.

    Args:
        text: The eligibility text.
        segments: The outline's, in which all words of criteria are `unstructured`.
        criteria: All of them, nested ones included, with their rules.

    Returns:
        Segments that tile the same characters.
    """
    structured = _structured(criteria)
    # The furthest end so far: it grows, so that the first stretch which reaches into a segment is found at once.
    ends = list(accumulate((end for _, end in structured), max))
    return [piece for segment in segments for piece in _pieces(text, segment, structured, ends)]


def _structured(criteria: Iterable[Criterion]) -> list[Span]:
    """Return the stretches that rules took, in order: each criterion's words but those kept as they are."""
    spans: list[Span] = []
    for criterion in criteria:
        if criterion.rule is not None:
            spans.extend(_without(criterion.span, _kept(criterion.rule, criterion.span)))
    return sorted(spans)


def _kept(rule: Rule, within: Span) -> list[Span]:
    """Return the places of a criterion's own unstructured words."""
    if isinstance(rule, Unstructured):
        return [span for span in rule.spans if within[0] <= span[0] and span[1] <= within[1]]
    return [span for part in parts(rule) for span in _kept(part, within)]


def _without(whole: Span, holes: list[Span]) -> Iterator[Span]:
    at = whole[0]
    for start, end in sorted(holes):
        if start > at:
            yield (at, start)
        at = max(at, end)
    if at < whole[1]:
        yield (at, whole[1])


def _pieces(text: str, segment: Segment, structured: Sequence[Span], ends: Sequence[int]) -> Iterator[Segment]:
    """Cut an unstructured segment where rules took its words."""
    if segment.kind != "unstructured":
        yield segment
        return
    start, end = segment.span
    at = start
    for index in range(bisect_right(ends, start), len(structured)):
        low, high = structured[index]
        if low >= end:
            break
        if high <= at:
            continue
        yield from _trimmed(text, "unstructured", at, max(low, at))
        yield from _trimmed(text, "structured", max(low, at), min(high, end))
        at = min(high, end)
    yield from _trimmed(text, "unstructured", at, end)


def _trimmed(text: str, kind: str, start: int, end: int) -> Iterator[Segment]:
    words = text[start:end]
    stripped = words.strip()
    if stripped:
        start += len(words) - len(words.lstrip())
        yield Segment.model_validate({"kind": kind, "span": (start, start + len(stripped))})
