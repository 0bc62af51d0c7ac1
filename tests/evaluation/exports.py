"""Real records through every target: `python -m tests.evaluation exports DIR [--every N] [--rules yes]`.

Reads every file below `DIR`, exports every N-th record (the default: all) to every target and counts the losses by
reason. Reported as `problems`: an export that raises, a reason without a row in `REASONS`, a Bundle that is not valid
by `fhir.resources` or by the rules that it does not check.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import parser
from parser.export import REASONS, TARGETS, Target
from parser.export.fhir import validation
from parser.models import Trial
from tests.fhir_rules import problems as fhir_problems

_SHOWN = 20


@dataclass
class Tally:
    """What was measured so far."""

    records: int = 0
    losses: dict[str, Counter[str]] = field(default_factory=lambda: {target.name: Counter() for target in TARGETS})
    validated: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def evaluate(folder: Path, every: str = "1", rules: str = "no") -> dict[str, Any]:
    """Export the records of a folder and return the losses by target and reason."""
    tally = Tally()
    for at, trial in enumerate(_records(folder, rules=rules == "yes")):
        if at % int(every) == 0:
            tally.records += 1
            for target in TARGETS:
                _count(trial, target, tally)
    return {
        "records": tally.records,
        "rules": rules,
        "losses": {name: dict(counts.most_common()) for name, counts in tally.losses.items()},
        "validated": dict(tally.validated),
        "problems": tally.problems[:_SHOWN],
    }


def _records(folder: Path, *, rules: bool) -> Iterator[Trial]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for result in parser.parse_records(path, rules=rules):
            if result.trial is not None:
                yield result.trial


def _count(trial: Trial, target: Target, tally: Tally) -> None:
    name = f"{target.name} of {trial.identifiers[0].value if trial.identifiers else trial.source.sha256[:8]}"
    try:
        sent = parser.export(trial, target.name)
        sent.to_bytes()
    except Exception as error:  # noqa: BLE001 - whatever it raises is what is measured
        tally.problems.append(f"{name}: {error!r}")
        return
    tally.losses[target.name].update(loss.reason for loss in sent.losses)
    tally.problems += [f"{name}: reason {loss.reason}" for loss in sent.losses if loss.reason not in REASONS]
    if target.name.startswith("fhir"):
        release = "R4B" if target.name == "fhir-r4b" else "R5"
        tally.problems += [f"{name}: {problem}" for problem in fhir_problems(sent.document, release)]
        try:
            validation.validate(json.loads(sent.to_bytes()), release)
            tally.validated[target.name] += 1
        except ValueError as error:  # pydantic's
            tally.problems.append(f"{name}: {error}")
