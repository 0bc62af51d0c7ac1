"""Phases of clinical development."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parser.models.trial import Phase

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PHASE_OF: dict[str, Phase] = {"0": "0", "1": "1", "2": "2", "3": "3", "4": "4"}
_NOT_APPLICABLE = frozenset({"n/a", "na", "not applicable", "phase not applicable", "no phase", "not selected"})
_EARLY = re.compile(r"\bearly[\s_]*phase[\s_]*(?:1|i)\b")
_POST_MARKET = re.compile(r"post[\s-]*market|\bpms\b")
# `Human pharmacology (Phase I): no` of the EU register, one answer for each phase.
_ANSWER = re.compile(r"phase\s*(iv|iii|ii|i|[0-4])[ab]?\s*\)?\s*:\s*(yes|no)")
_NUMBER = re.compile(r"(?<![a-z0-9.])(?:phase)?[\s_-]*(iv|iii|ii|i|[0-4])(?:[ab](?:\s?/\s?[ab])?)?(?![a-z0-9.])")
_CODE = re.compile(r"phase(\d)")
_LONGEST = 400


def read_phases(words: str) -> list[Phase]:
    """Return the phases that the words of a phase field name, lowest first; empty where they name none."""
    folded = " ".join(words.casefold().split())
    if len(folded) > _LONGEST:
        return []
    if folded in _NOT_APPLICABLE:
        return ["not_applicable"]
    if _EARLY.search(folded) or folded == "early_phase1":
        return ["early_phase_1"]
    if answers := _ANSWER.findall(folded):
        return _sorted(number for number, answer in answers if answer == "yes")
    numbers = _NUMBER.findall(folded) + _CODE.findall(folded)
    if not numbers and _POST_MARKET.search(folded):
        return ["4"]
    return _sorted(numbers)


def is_phase(words: str) -> bool:
    """Tell whether a line is nothing but a phase (`Phase 2`, `PHASE II/III`)."""
    return _LINE.fullmatch(" ".join(words.casefold().split())) is not None if len(words) <= 40 else False


_LINE = re.compile(
    r"(?:early )?phase[\s_]?(?:iv|iii|ii|i|[0-4])[ab]?(?:\s?[/,&-]\s?(?:phase[\s_]?)?(?:iv|iii|ii|i|[0-4])[ab]?)?"
)


def _sorted(numbers: Iterable[str]) -> list[Phase]:
    digits = {_ROMAN.get(number, number) for number in numbers}
    return [_PHASE_OF[digit] for digit in sorted(digits) if digit in _PHASE_OF]
