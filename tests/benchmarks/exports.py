"""Measure what it costs to put records into the forms that others read, to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import parser
from parser.export import TARGETS
from parser.models import Trial

#: How many rows of the WHO portal's exports and how many API v2 studies are exported in one round.
_ROWS, _STUDIES = 80, 8
_ROUNDS = 8


def of_exports(folder: Path, seconds_each: Callable[..., float], *, rules: bool) -> Iterator[dict[str, object]]:
    """Yield the speed of every target on real records; with rules, of those that carry rules."""
    records = _records(folder, rules=rules)
    for target in TARGETS:
        if rules and not target.name.startswith("fhir"):
            continue
        cost = seconds_each(lambda name=target.name: _export(records, name), _ROUNDS)
        name = f"export_{target.name.replace('-', '_')}_{'with' if rules else 'without'}_rules"
        yield {"benchmark": name, "records_per_cpu_second": round(len(records) / cost)}


def _export(records: list[Trial], target: str) -> None:
    for record in records:
        parser.export(record, target).to_bytes()


def _records(folder: Path, *, rules: bool) -> list[Trial]:
    """Return the same records each time: as many rows of each export, and small studies."""
    exports = sorted((folder / "ictrp_export").glob("*.jsonl"))
    found = [
        result.trial
        for path in exports
        for result in islice(parser.parse_records(path, rules=rules), _ROWS // len(exports))
        if result.trial is not None
    ]
    paths = sorted(path for path in (folder / "ctgov_v2_json").glob("*.json") if path.stat().st_size < 60_000)
    return found + [parser.parse(path.read_bytes(), rules=rules) for path in paths[:_STUDIES]]
