"""Many trials to files: one document of all or one a trial, and their losses as JSON Lines beside them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from parser.batch.atomic import replacing
from parser.export import Export, Target, export
from parser.models import Trial

#: The file of losses in a folder.
LOSSES: Final = "losses.jsonl"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME: Final = 100


@dataclass(slots=True)
class Exported:
    """What an export of many did.

    Attributes:
        trials: How many were written.
        losses: How often each reason was given.
        files: The files written, in a folder.
    """

    trials: int = 0
    losses: Counter[str] = field(default_factory=Counter)
    files: list[Path] = field(default_factory=list)


def export_stream(
    trials: Iterable[Trial], target: Target, stream: BinaryIO, losses: BinaryIO | None = None
) -> Exported:
    """Write trials as one document of a target; they are read as they are needed.

    Args:
        trials: The records.
        target: Where they go to.
        stream: Gets the document.
        losses: Gets what could not be carried, a JSON line a loss.
    """
    done = Exported()
    target.write(_documents(trials, target, losses, done), stream)
    return done


def export_folder(trials: Iterable[Trial], target: Target, folder: Path) -> Exported:
    """Write trials into a folder, each in a file of its own, or in one where the target keeps them together.

    Files are named by the trial's number. `losses.jsonl` beside them says what could not be carried.
    """
    done = Exported()
    with replacing(folder / LOSSES) as losses:
        if target.stem is not None:
            path = folder / f"{target.stem}{target.suffix}"
            with replacing(path) as file:
                target.write(_documents(trials, target, losses, done), file)
            done.files.append(path)
        else:
            taken: Counter[str] = Counter()
            for trial in trials:
                path = folder / f"{_name(trial, taken)}{target.suffix}"
                with replacing(path) as file:
                    target.write([_counted(trial, target, losses, done).document], file)
                done.files.append(path)
    return done


def _documents(trials: Iterable[Trial], target: Target, losses: BinaryIO | None, done: Exported) -> Iterator[Any]:
    for trial in trials:
        yield _counted(trial, target, losses, done).document


def _counted(trial: Trial, target: Target, losses: BinaryIO | None, done: Exported) -> Export:
    sent = export(trial, target.name)
    done.trials += 1
    done.losses.update(loss.reason for loss in sent.losses)
    if losses is not None:
        about = {"trial": _number(trial) or trial.source.sha256, "target": target.name}
        for loss in sent.losses:
            line = json.dumps({**about, **loss.to_dict()}, ensure_ascii=False)
            losses.write(line.encode("utf-8", "backslashreplace") + b"\n")
    return sent


def _number(trial: Trial) -> str | None:
    """Return the number that a trial is known by, the primary one first."""
    numbers = sorted(trial.identifiers, key=lambda one: one.role != "primary")
    return numbers[0].value if numbers else None


def _name(trial: Trial, taken: Counter[str]) -> str:
    """Return a file's name: the trial's number, else its source's hash; numbered where it comes again."""
    name = _UNSAFE.sub("-", _number(trial) or "").strip("-.")[:_LONGEST_NAME] or trial.source.sha256
    # Some file systems tell no case.
    taken[name.casefold()] += 1
    again = taken[name.casefold()]
    return name if again == 1 else f"{name}~{again}"
