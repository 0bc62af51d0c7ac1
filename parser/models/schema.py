"""The JSON Schema of what leaves the package, in the 2020-12 draft."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import TypeAdapter

from parser.models.rules import Rule
from parser.models.trial import Trial

SchemaName = Literal["trial", "rule"]

#: The dialect that pydantic writes (https://json-schema.org/draft/2020-12).
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_ROOTS: dict[SchemaName, tuple[str, TypeAdapter[Any]]] = {
    "trial": ("Trial", TypeAdapter(Trial)),
    "rule": ("Rule", TypeAdapter(Rule)),
}


def json_schema(name: SchemaName) -> dict[str, Any]:
    """Return the JSON Schema of a record as it is written.

    Args:
        name: `trial` for the whole record, `rule` for one node of a criterion's rule.
    """
    title, adapter = _ROOTS[name]
    schema = adapter.json_schema(mode="serialization")
    _require_constants(schema)
    for definition in schema.get("$defs", {}).values():
        _require_constants(definition)
    return {"$schema": DIALECT, **schema, "title": title}


def _require_constants(definition: dict[str, Any]) -> None:
    """Make fields of one constant value required.

    They are always written, and a `type` that could be missing would let one node pass for another.
    """
    constants = [name for name, field in definition.get("properties", {}).items() if "const" in field]
    if constants:
        definition["required"] = [*constants, *definition.get("required", [])]
