"""`trial-parser check`: what records have of WHO's 24 items."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from parser.cli.exporting import Read
from parser.cli.reporting import reported, write

if TYPE_CHECKING:
    from parser.completeness import Completeness

#: In this order in tables.
STATES = ("present", "none", "missing", "placeholder", "incomplete", "inconsistent")
_NAME_WIDTH = 46


class CheckFormat(StrEnum):
    """How `check` prints."""

    table = "table"
    json = "json"


def check(
    records: Annotated[
        list[str],
        typer.Argument(
            metavar="RECORDS...", help="Records, pages, folders, archives, what `ingest` wrote; - is stdin."
        ),
    ],
    output: Annotated[
        CheckFormat, typer.Option("--format", help="table: to read; json: one JSON line a trial.")
    ] = CheckFormat.table,
    registry: Annotated[
        str | None, typer.Option(metavar="NAME", help="Registry to read pages as; recognised when not given.")
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules/--no-rules", help="Compare the fields with what the criteria say, or not (faster).")
    ] = True,
) -> None:
    """Say which of the 24 items of WHO's Trial Registration Data Set are missing, placeholders or inconsistent."""
    from parser.batch.stored import read_trials
    from parser.completeness import check as check_trial

    with reported(records[0]):
        read = Read(read_trials(records, stdin=sys.stdin.buffer, rules=rules, registry=registry))
        checked = (check_trial(trial) for trial in read.trials())
        if output is CheckFormat.json:
            for one in checked:
                write(json.dumps(one.to_dict(), ensure_ascii=False) + "\n")
        else:
            _print_tables(checked)
    raise typer.Exit(read.status())


def _print_tables(checked: Iterable[Completeness]) -> None:
    totals: dict[int, Counter[str]] = {}
    names: dict[int, str] = {}
    trials = 0
    for one in checked:
        trials += 1
        write("".join(f"{line}\n" for line in _table(one)) + "\n")
        for item in one.items:
            totals.setdefault(item.number, Counter())[item.state] += 1
            names[item.number] = item.name
    if trials > 1:
        write(f"{trials:,} trials\n")
        write(f"    {'':{_NAME_WIDTH}}" + "".join(f"{state:>14}" for state in STATES) + "\n")
        for number, counts in totals.items():
            cells = "".join(f"{counts[state] or '':>14}" for state in STATES)
            write(f"{number:>2}  {names[number]:{_NAME_WIDTH}}{cells}\n")


def _table(one: Completeness) -> Iterator[str]:
    """Yield the lines of one trial: the items with their states, findings under them."""
    counts = ", ".join(f"{count} {state}" for state in STATES if (count := one.count(state)))  # type: ignore[arg-type]
    yield f"{one.trial or 'no number'}: {counts}"
    for item in one.items:
        yield f"{item.number:>2}  {item.name:{_NAME_WIDTH}}{item.state}"
        for finding in item.findings:
            yield f"      {finding.message}"
