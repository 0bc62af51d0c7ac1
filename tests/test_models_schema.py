"""The JSON Schema: every node of the contract, and the committed copies."""

import json
from pathlib import Path
from typing import Any

import pytest
from test_models_rules import NODE_TYPES

from parser.models.schema import SchemaName, json_schema

COMMITTED = Path(__file__).parent.parent / "docs" / "schema"
NAMES: list[SchemaName] = ["trial", "rule"]


def node_types(schema: dict[str, Any]) -> set[str]:
    fields = [definition.get("properties", {}).get("type", {}) for definition in schema["$defs"].values()]
    return {field["const"] for field in fields if "const" in field}


@pytest.mark.parametrize("name", NAMES)
def test_models_schema_has_every_node_type(name: SchemaName) -> None:
    assert node_types(json_schema(name)) == NODE_TYPES


@pytest.mark.parametrize("name", NAMES)
def test_models_schema_is_the_committed_one(name: SchemaName) -> None:
    """Regenerate with `trial-parser schema NAME > docs/schema/NAME.json`, and raise the schema's version."""
    assert json.loads((COMMITTED / f"{name}.json").read_text("utf-8")) == json_schema(name)


@pytest.mark.parametrize("name", NAMES)
def test_models_schema_allows_no_extra_fields_and_demands_the_type(name: SchemaName) -> None:
    schema = json_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for definition in schema["$defs"].values():
        assert definition["additionalProperties"] is False
        if "const" in definition["properties"].get("type", {}):
            assert "type" in definition["required"]


def test_models_schema_demands_what_no_record_is_without() -> None:
    schema = json_schema("trial")
    assert schema["required"] == ["schema_name", "source"]
    assert schema["title"] == "Trial"
    assert set(schema["$defs"]["Source"]["required"]) == {"registry", "format", "sha256", "bytes", "parser_version"}
