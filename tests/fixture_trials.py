"""The records of all fixtures, read once: for what holds of every record."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import parser
from parser.models import Trial


@cache
def fixture_trials() -> tuple[Trial, ...]:
    """Every trial in the sources of the fixtures, without rules."""
    sources = sorted((Path(__file__).parents[1] / "fixtures").glob("*/sources/*"))
    results = (result for source in sources for result in parser.parse_records(source, rules=False))
    return tuple(result.trial for result in results if result.trial is not None)
