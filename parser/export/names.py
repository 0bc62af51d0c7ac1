"""Names of organisations as targets get them."""

from __future__ import annotations

from parser.models.trial import Organization, Sponsor
from parser.normalize.names import normal_case


def organisation(one: Sponsor | Organization) -> str | None:
    """Return a name in normal case, else as the source has it where a reader would change that case."""
    return one.name if one.name and normal_case(one.name) == one.name else one.raw or one.name
