"""Read clinical-trial listing pages and records into one structured record per trial.

    >>> import parser
    >>> trial = parser.parse_file("page.html")      # doctest: +SKIP
    >>> print(trial.eligibility.criteria[0].rule)   # doctest: +SKIP

Names load when they are first used, so that importing the package is cheap; spaCy loads with the first rules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from parser.version import __version__

if TYPE_CHECKING:
    from parser.batch import parse_many, parse_table
    from parser.completeness import Completeness, check
    from parser.errors import (
        InputError,
        InternalError,
        LimitExceededError,
        MultipleRecordsError,
        NotATrialError,
        TrialParserError,
        UnreadableInputError,
        UsageError,
    )
    from parser.export import Export, Loss, export
    from parser.matching import Participant, evaluate, verdict
    from parser.models import Criterion, Diagnostic, Eligibility, Limits, ParseResult, Rule, Trial
    from parser.pipeline import load_nlp, parse, parse_eligibility, parse_file, parse_records

_HOMES = {
    "parser.batch": ("parse_many", "parse_table"),
    "parser.completeness": ("Completeness", "check"),
    "parser.errors": (
        "InputError",
        "InternalError",
        "LimitExceededError",
        "MultipleRecordsError",
        "NotATrialError",
        "TrialParserError",
        "UnreadableInputError",
        "UsageError",
    ),
    "parser.export": ("Export", "Loss", "export"),
    "parser.matching": ("Participant", "evaluate", "verdict"),
    "parser.models": ("Criterion", "Diagnostic", "Eligibility", "Limits", "ParseResult", "Rule", "Trial"),
    "parser.pipeline": ("load_nlp", "parse", "parse_eligibility", "parse_file", "parse_records"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Completeness",
    "Criterion",
    "Diagnostic",
    "Eligibility",
    "Export",
    "InputError",
    "InternalError",
    "LimitExceededError",
    "Limits",
    "Loss",
    "MultipleRecordsError",
    "NotATrialError",
    "ParseResult",
    "Participant",
    "Rule",
    "Trial",
    "TrialParserError",
    "UnreadableInputError",
    "UsageError",
    "__version__",
    "check",
    "evaluate",
    "export",
    "load_nlp",
    "parse",
    "parse_eligibility",
    "parse_file",
    "parse_many",
    "parse_records",
    "parse_table",
    "verdict",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        home = import_module(_HOME[name])
        # Importing `parser.export` makes that module, which can be called, an attribute of this one.
        return globals().get(name, getattr(home, name))
    raise AttributeError(f"module 'parser' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
