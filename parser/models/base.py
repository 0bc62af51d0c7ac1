"""What all models share: extra fields are refused, and JSON leaves out nulls."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

#: What holds for every record of ours: unknown fields are an error, and docstrings describe fields in the schema.
MODEL_CONFIG = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Model(BaseModel):
    """A record that is built up field by field. Unknown fields are an error."""

    model_config = MODEL_CONFIG

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """As pydantic's, without nulls unless `exclude_none=False`."""
        return super().model_dump(**{"exclude_none": True, **options})

    def model_dump_json(self, **options: Any) -> str:
        """As pydantic's, without nulls unless `exclude_none=False`."""
        return super().model_dump_json(**{"exclude_none": True, **options})


class Value(Model):
    """A value that never changes once made, and may be shared between records."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def is_empty(value: object) -> bool:
    """Tell whether a modifier says nothing; such modifiers are left out of the JSON."""
    return not value
