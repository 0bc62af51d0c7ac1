"""What things are called: measurements, markers, and the codes of public vocabularies.

Names load when they are first used: the measurements alone (`parser.vocabulary.measurements`) need no SQLite.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parser.vocabulary.athena import AthenaVocabulary
    from parser.vocabulary.builtin import MeasurementVocabulary
    from parser.vocabulary.coding import code_rules, name_concepts
    from parser.vocabulary.index import build_index
    from parser.vocabulary.interface import Vocabularies, Vocabulary

_HOMES = {
    "AthenaVocabulary": "athena",
    "MeasurementVocabulary": "builtin",
    "Vocabularies": "interface",
    "Vocabulary": "interface",
    "build_index": "index",
    "code_rules": "coding",
    "name_concepts": "coding",
}

__all__ = [
    "AthenaVocabulary",
    "MeasurementVocabulary",
    "Vocabularies",
    "Vocabulary",
    "build_index",
    "code_rules",
    "name_concepts",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
