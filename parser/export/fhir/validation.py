"""Validation of what the FHIR targets write, with the library `fhir.resources` (the extra `fhir`).

The exporter needs none of it: its dictionaries are tested against the library, and against the value sets, invariants
and references that the library does not check.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from parser.errors import UsageError
from parser.export.fhir.datatypes import Json

#: Where the library has each release: its top level is R5.
_HOMES = {"R5": "fhir.resources.bundle", "R4B": "fhir.resources.R4B.bundle"}


def validate(document: Json, release: str) -> None:
    """Check a Bundle against FHIR's structure definitions: elements, types, cardinalities.

    Args:
        document: What a FHIR target made.
        release: `R5` or `R4B`.

    Raises:
        UsageError: The library is not installed, or the release is another one.
        pydantic.ValidationError: The Bundle is not valid; the error says where.
    """
    if release not in _HOMES:
        raise UsageError(f"Expected the release R5 or R4B; found {release!r}. Name one of them.")
    try:
        library: Any = import_module(_HOMES[release])
    except ImportError as error:
        raise UsageError(
            "Expected the library fhir.resources; it is not installed. Install trial-parser[fhir]."
        ) from error
    library.Bundle.model_validate(document)
