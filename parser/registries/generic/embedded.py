"""Data that a page carries for machines, as schema.org describes trials: it only confirms what the page shows.

The types are `MedicalTrial`, `MedicalObservationalStudy` and `MedicalStudy` (schema.org, health and life sciences).
"""

from __future__ import annotations

import json
from typing import Any

from parser.reading.page import Page

_TYPES = frozenset({"medicaltrial", "medicalstudy", "medicalobservationalstudy"})
_NAMES = ("name", "headline", "alternateName")
# The data of a page is shallow; what is deeper is not looked at.
_DEEPEST = 12


def embedded_names(page: Page) -> list[str]:
    """Return what the page's embedded data calls the trial that the page is about; empty where there is none."""
    names: list[str] = []
    for key, text in page.metadata.items():
        if key.startswith("json-ld") and "Medical" in text:
            for study in _studies(_loaded(text), _DEEPEST):
                names += [name for name in (study.get(key) for key in _NAMES) if isinstance(name, str) and name.strip()]
    return names


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _studies(node: Any, depth: int) -> list[dict[str, Any]]:
    """Return the objects of a trial's types below a node."""
    if depth == 0:
        return []
    if isinstance(node, list):
        return [study for part in node for study in _studies(part, depth - 1)]
    if not isinstance(node, dict):
        return []
    kinds = node.get("@type")
    named = {str(kind).rpartition("/")[2].casefold() for kind in (kinds if isinstance(kinds, list) else [kinds])}
    own = [node] if named & _TYPES else []
    return own + [study for part in node.values() for study in _studies(part, depth - 1)]
