"""Real records in the forms that others read: `python -m tests.evaluation export DIR` sends every file below `DIR`.

Reported by target: records, exceptions, losses by reason, losses a record, and records a CPU second to bytes (without
rules). For the targets that a reader of ours reads, each record is read back from the finished file; `problems` lists
exceptions, and fields that neither came back nor are named by a loss, and criteria whose outline changed although their
text came back.
"""

from __future__ import annotations

import io
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import parser
from parser.export import REASONS, TARGETS, Export, Target
from parser.models import Trial
from tests.random_trials import silently_dropped

#: Targets whose files a reader of ours reads.
READ_BACK = ("who-xml", "ctgov-json")
_SHOWN = 40


@dataclass
class Tally:
    """What was measured of one target."""

    records: int = 0
    cpu: float = 0.0
    losses: Counter[str] = field(default_factory=Counter)
    exact: int = 0
    problems: list[str] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "records": self.records,
            "without_loss": self.exact,
            "losses": dict(self.losses.most_common()),
            "losses_a_record": round(self.losses.total() / self.records, 1) if self.records else None,
            "records_per_cpu_second": round(self.records / self.cpu) if self.cpu else None,
            "problems": len(self.problems),
        }


def evaluate(folder: Path, every: str = "1") -> dict[str, Any]:
    """Export every record (with `every`, each so manieth) of the files below a folder and return what was measured."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for number, (name, trial) in enumerate(_records(folder)):
        if number % int(every) == 0:
            for target in TARGETS:
                measure(name, trial, target, tallies[target.name])
    problems = [problem for tally in tallies.values() for problem in tally.problems]
    return {
        "targets": {name: tally.report() for name, tally in tallies.items()},
        "problems": problems[:_SHOWN],
        "problems_in_all": len(problems),
    }


def _records(folder: Path) -> Any:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for result in parser.parse_records(path, rules=False):
            if result.trial is not None:
                yield path.relative_to(folder).as_posix(), result.trial


def measure(name: str, trial: Trial, target: Target, tally: Tally) -> None:
    """Export one record and count."""
    tally.records += 1
    begun = time.process_time()
    try:
        sent = parser.export(trial, target.name)
        content = io.BytesIO()
        target.write([sent.document], content)
    except Exception as error:  # noqa: BLE001 - counting exceptions is what this is for
        tally.problems.append(f"{target.name} {name}: {error!r}")
        return
    finally:
        tally.cpu += time.process_time() - begun
    tally.losses.update(loss.reason for loss in sent.losses)
    tally.exact += not sent.losses
    unknown = {loss.reason for loss in sent.losses} - set(REASONS)
    tally.problems += [f"{target.name} {name}: unknown reason {reason}" for reason in sorted(unknown)]
    if target.name in READ_BACK:
        tally.problems += [f"{target.name} {name}: {problem}" for problem in _lost(trial, sent, content.getvalue())]


def _lost(trial: Trial, sent: Export, content: bytes) -> list[str]:
    """Return what neither came back from the file nor is named."""
    read = parser.parse(content, rules=False)
    lost = {loss.pointer for loss in sent.losses}
    found = [f"{pointer} dropped silently" for pointer in silently_dropped(trial, read, lost)]
    if "/eligibility/text" not in lost and _outline(trial) != _outline(read):
        found.append("the outline of the criteria changed")
    return found


def _outline(trial: Trial) -> list[tuple[str, str]]:
    return [(one.kind, " ".join(one.text.split())) for one in trial.eligibility.walk()]
