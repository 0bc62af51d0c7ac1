"""The promises that hold of every record, as assertions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

import parser
from parser.errors import InputError
from parser.models import Eligibility, Rule, Trial
from parser.models.trial import pointer_target
from parser.text import is_blank


def parsed(data: bytes | str, **options: Any) -> Trial | None:
    """Parse; input that is no trial may be refused with a message, and nothing else may be raised."""
    try:
        return parser.parse(data, **options)
    except InputError as error:
        refusal = str(error)
    assert refusal.strip()
    return None


def assert_tiled(text: str, spans: Sequence[tuple[int, int]]) -> None:
    """Nothing is lost: in the order of the text, apart, the spans hold every character that is not blank."""
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert is_blank(text[at:start]), text[at:start]
        at = end
    assert is_blank(text[at:]), text[at:]


def assert_sound(trial: Trial) -> None:
    """Nothing is lost, everything points back, and the record survives its own JSON."""
    text = trial.text or ""
    assert_tiled(text, [section.span for section in trial.sections])
    for pointer, place in trial.provenance.items():
        assert pointer_target(trial, pointer) is not None or pointer in trial.absent, pointer
        assert place.span is None or text[slice(*place.span)].strip(), pointer
    for pointer in trial.absent:
        assert not pointer_target(trial, pointer), pointer
    assert_read(trial.eligibility)
    assert Trial.from_json(trial.to_json()) == trial


def assert_read(eligibility: Eligibility) -> None:
    """Every character of the criteria is accounted for once, and no criterion or rule lies outside the text."""
    text = eligibility.text or ""
    assert_tiled(text, [segment.span for segment in eligibility.segments])
    if text.strip():
        shares = eligibility.coverage.model_dump().values()
        assert abs(sum(shares) - 1) < 1e-6 or not any(shares)
    ids = [criterion.id for criterion in eligibility.walk()]
    assert len(ids) == len(set(ids))
    for criterion in eligibility.walk():
        start, end = criterion.span
        assert 0 <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()


def nodes(rule: Rule) -> Iterator[Rule]:
    """Yield a rule and every rule in it, those of its modifiers included."""
    yield rule
    for name in type(rule).model_fields:
        value = getattr(rule, name)
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, get_args(get_args(Rule)[0])):
                yield from nodes(inner)
