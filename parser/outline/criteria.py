"""From nodes to criteria: id, role, text, span, flags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

from pydantic import TypeAdapter

from parser.errors import InternalError
from parser.models.eligibility import Criterion, CriterionFlag, CriterionKind, CriterionRole, Scope
from parser.outline.boilerplate import is_boilerplate
from parser.outline.nesting import Node
from parser.outline.sections import Section

_CRITERIA = TypeAdapter(list[Criterion])
_NOTE = re.compile(
    r"(?:\W{0,2}(?:please )?note(?:\b|s\b)\s*(?:\d\s*)?[:：.–-]|n\.?b\.?\s*[:：.]|\*+\s*\S)", re.IGNORECASE
)
_PERMISSION = re.compile(
    r"(?:accepts )?healthy volunteers?(?: (?:are|is|may be))?(?: (?:allowed|accepted|permitted|eligible|included|yes))?"
    r"\W*(?:yes|accepted|allowed)?\.?",
    re.IGNORECASE,
)


class Row(TypedDict):
    """What a criterion is made of: the fields of `Criterion` that the outline knows."""

    id: str
    kind: CriterionKind
    role: CriterionRole
    text: str
    span: tuple[int, int]
    marker: str | None
    scope: dict[str, object] | None
    flags: list[CriterionFlag]
    criteria: list[Row]


def criterion_row(text: str, node: Node, section: Section, path: str, scope: Scope | None = None) -> Row:
    """Describe the criterion of a node and those under it; their entries learn which of them limit nobody.

    Args:
        text: The eligibility text.
        node: The criterion's.
        section: What holds for all under its heading.
        path: Its id.
        scope: That of the criterion it is nested in, where that has one of its own.
    """
    entry = node.entry
    if entry is None:
        raise InternalError(f"criterion {path} has no lines")
    start, end = entry.start, entry.end
    words = " ".join(text[start:end].split())
    scope = entry.scope or scope or section.scope
    role = _role(words)
    entry.boilerplate = role == "boilerplate"
    marker = node.marker
    children = node.children
    return {
        "id": path,
        "kind": section.kind,
        "role": role,
        "text": words,
        "span": (start, end),
        "marker": None if marker is None else text[marker.start : marker.end],
        # A copy each: criteria may be edited apart, and headings are remembered between texts.
        "scope": None if scope is None else scope.model_dump(),
        "flags": _flags(node, section),
        "criteria": [
            criterion_row(text, child, section, f"{path}.{at}", scope) for at, child in enumerate(children, start=1)
        ],
    }


def made(rows: Sequence[Row]) -> list[Criterion]:
    """Make the criteria of their rows, all in one go: one by one takes twice the time."""
    return _CRITERIA.validate_python(rows)


def _role(words: str) -> CriterionRole:
    if is_boilerplate(words):
        return "boilerplate"
    if "olunteer" in words.lower() and _PERMISSION.fullmatch(words):
        return "permission"
    may_be_note = words[0] in "nNpP" or not words[0].isalnum()
    return "note" if may_be_note and _NOTE.match(words) else "rule"


def _flags(node: Node, section: Section) -> list[CriterionFlag]:
    flags: list[CriterionFlag] = ["kind_inferred"] if section.inferred else []
    if node.ambiguous:
        flags.append("nesting_ambiguous")
    return flags
