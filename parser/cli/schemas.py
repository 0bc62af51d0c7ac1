"""`trial-parser schema`: the JSON Schema of what `parse` prints."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from parser.cli.reporting import write


class SchemaOf(StrEnum):
    """What `schema` describes."""

    trial = "trial"
    rule = "rule"


def schema(
    kind: Annotated[
        SchemaOf, typer.Argument(metavar="KIND", help="trial: the whole record; rule: one rule of a criterion.")
    ] = SchemaOf.trial,
) -> None:
    """Print the JSON Schema (2020-12) of what `parse` prints."""
    from parser.models.schema import json_schema

    write(json.dumps(json_schema(kind.value), indent=2, ensure_ascii=False) + "\n")
