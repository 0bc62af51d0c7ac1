"""What could not be understood: kept whole, with the reason."""

from __future__ import annotations

from parser.models.rules import Unstructured, UnstructuredReason
from parser.rules.context import GUESS, Context

#: Words of judgement: a criterion that rests on them and names no clinical thing cannot be made checkable.
VAGUE_WORDS = frozenset(
    """
    significant significantly relevant foreseeable likely unlikely potential potentially possible possibly confounding
    confound bias inappropriate unsuitable unfit appropriate adequate sufficient reasonable factor factors circumstance
    circumstances reason reasons situation situations issue issues interfere jeopardize jeopardise compromise judgement
    judgment opinion discretion deemed considered likelihood probability possibility danger perceived anticipated
    expected substantial undue apparent
    """.split()
)


def unstructured(context: Context, start: int, end: int, reason: UnstructuredReason | None = None) -> Unstructured:
    """Keep the criterion's words `[start, end)` as they are."""
    words = context.words(start, end).strip()
    start += len(context.words(start, end)) - len(context.words(start, end).lstrip())
    return Unstructured(
        text=words,
        reason=reason or reason_for(words),
        spans=[context.span(start, start + len(words))],
        confidence=GUESS,
    )


def reason_for(words: str) -> UnstructuredReason:
    """Say why words have no rule: judgement without a checkable thing is `vague`, anything else `no_pattern`."""
    tokens = {token.strip(".,;:()").lower() for token in words.split()}
    return "vague" if tokens & VAGUE_WORDS and not any(char.isdigit() for char in words) else "no_pattern"
