"""Records leave in the forms that others read: a table of targets, and what each of them cannot carry.

    >>> import parser
    >>> sent = parser.export(trial, "who-xml")    # doctest: +SKIP
    >>> sent.to_bytes(), sent.losses              # doctest: +SKIP

A new target is a module with two functions and a row of `TARGETS`: `convert(trial)` makes one trial's document and
names what it could not carry, `write(documents, stream)` writes the documents of one or many trials as one file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, BinaryIO

from parser.errors import UsageError
from parser.export.losses import REASONS, Loss
from parser.export.target import Converted, Export, Target
from parser.models import Trial

__all__ = ["REASONS", "TARGETS", "Export", "Loss", "Target", "export", "find_target"]


def _row(name: str, module: str, suffix: str, media_type: str, about: str, *, stem: str | None = None) -> Target:
    """Make the row of a target whose module `parser.export.<module>` is imported when it is first used."""

    @cache
    def home() -> Any:
        return import_module(f"{__name__}.{module}")

    def convert(trial: Trial) -> Converted:
        converted: Converted = home().convert(trial)
        return converted

    def write(documents: Iterable[Any], stream: BinaryIO) -> None:
        home().write(documents, stream)

    return Target(name, about, media_type, suffix, convert, write, stem)


#: As registered with IANA.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: In the order in which `--help` lists them.
TARGETS: tuple[Target, ...] = (
    _row("who-xml", "who", ".xml", "application/xml", "WHO ICTRP interchange XML, as registers send it"),
    _row("ctgov-json", "ctgov", ".json", "application/json", "JSON in the shape of ClinicalTrials.gov's API v2"),
    _row("fhir-r5", "fhir.r5", ".json", "application/fhir+json", "FHIR R5: eligibility as logic (EvidenceVariable)"),
    _row("fhir-r5-group", "fhir.r5_group", ".json", "application/fhir+json", "FHIR R5: eligibility as a Group"),
    _row("fhir-r4b", "fhir.r4b", ".json", "application/fhir+json", "FHIR R4B: eligibility as a Group"),
    _row("trials-csv", "trials_csv", ".csv", "text/csv", "a table of trials, one a row", stem="trials"),
    _row(
        "criteria-csv",
        "criteria_csv",
        ".csv",
        "text/csv",
        "a table of criteria and their rules in words",
        stem="criteria",
    ),
    _row("xlsx", "xlsx", ".xlsx", XLSX, "a workbook of both tables; needs the extra [xlsx]", stem="trials"),
)


def export(trial: Trial, target: str) -> Export:
    """Put a trial into a form that others read.

    Args:
        trial: The record, with rules or without.
        target: Name of a target: see `TARGETS`.

    Returns:
        The document, and what it could not carry.

    Raises:
        UsageError: When no target has the name.
    """
    wanted = find_target(target)
    document, losses = wanted.convert(trial)
    return Export(document, losses, wanted)


def find_target(name: str) -> Target:
    """Return the target of a name.

    Raises:
        UsageError: When there is none.
    """
    found = next((target for target in TARGETS if target.name == name), None)
    if found is None:
        known = ", ".join(target.name for target in TARGETS)
        raise UsageError(f"Expected a target of {known}; found {name!r}. Name one of them.")
    return found


class _CallableModule(ModuleType):
    """`parser.export` is this module and also the function: whichever was imported first, calling it exports."""

    def __call__(self, trial: Trial, target: str) -> Export:
        return export(trial, target)


sys.modules[__name__].__class__ = _CallableModule
