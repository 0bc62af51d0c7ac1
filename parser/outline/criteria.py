"""From nodes to criteria: id, role, text, span, flags."""

from __future__ import annotations

import re

from parser.errors import InternalError
from parser.models.eligibility import Criterion, CriterionFlag, CriterionRole
from parser.outline.boilerplate import is_boilerplate
from parser.outline.nesting import Node
from parser.outline.sections import Section

_NOTE = re.compile(
    r"(?:\W{0,2}(?:please )?note(?:\b|s\b)\s*(?:\d\s*)?[:：.–-]|n\.?b\.?\s*[:：.]|\*+\s*\S)", re.IGNORECASE
)
_PERMISSION = re.compile(
    r"(?:accepts )?healthy volunteers?(?: (?:are|is|may be))?(?: (?:allowed|accepted|permitted|eligible|included|yes))?"
    r"\W*(?:yes|accepted|allowed)?\.?",
    re.IGNORECASE,
)


def make_criterion(text: str, node: Node, section: Section, path: str) -> Criterion:
    """Make the criterion of a node and those under it."""
    entry = node.entry
    if entry is None:
        raise InternalError(f"criterion {path} has no lines")
    start, end = entry.start, entry.end
    words = " ".join(text[start:end].split())
    marker = node.marker
    return Criterion(
        id=path,
        kind=section.kind,
        role=_role(words),
        text=words,
        span=(start, end),
        marker=None if marker is None else text[marker.start : marker.end],
        # A copy each: criteria may be edited apart, and headings are remembered between texts.
        scope=None if section.scope is None else section.scope.model_copy(deep=True),
        flags=_flags(node, section),
        criteria=[
            make_criterion(text, child, section, f"{path}.{number}")
            for number, child in enumerate(node.children, start=1)
        ],
    )


def _role(words: str) -> CriterionRole:
    if is_boilerplate(words):
        return "boilerplate"
    if _PERMISSION.fullmatch(words):
        return "permission"
    return "note" if _NOTE.match(words) else "rule"


def _flags(node: Node, section: Section) -> list[CriterionFlag]:
    flags: list[CriterionFlag] = []
    if section.inferred:
        flags.append("kind_inferred")
    if node.ambiguous:
        flags.append("nesting_ambiguous")
    return flags
