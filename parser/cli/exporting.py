"""`trial-parser export`: records and pages in the forms that others read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parser.cli.reporting import NOTHING_PARSED, SOME_FAILED, quiet_when_reader_gone, reported
from parser.errors import UsageError
from parser.export import TARGETS, Target, find_target

if TYPE_CHECKING:
    from parser.export.files import Exported
    from parser.models import ParseResult, Trial


def export(
    records: Annotated[
        list[str],
        typer.Argument(
            metavar="RECORDS...", help="Records, pages, folders, archives, what `ingest` wrote; - is stdin."
        ),
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="TARGET", help="; ".join(f"{each.name}: {each.about}" for each in TARGETS))
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder of the files and their losses; else one to stdout."),
    ] = None,
    losses: Annotated[
        Path | None, typer.Option("--losses", metavar="FILE", help="What was not carried, one JSON line each.")
    ] = None,
    registry: Annotated[
        str | None, typer.Option(metavar="NAME", help="Registry to read pages as; recognised when not given.")
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules/--no-rules", help="Make rules of the criteria of pages, or leave them as text.")
    ] = True,
) -> None:
    """Put records into a form that others read, and say what could not be carried."""
    from parser.batch.stored import read_trials

    with reported(records[0]):
        target = find_target(to)
        read = Read(read_trials(records, stdin=sys.stdin.buffer, rules=rules, registry=registry))
        done = _written(read.trials(), target, output, losses)
    counts = ", ".join(f"{reason} {count:,}" for reason, count in done.losses.most_common())
    typer.echo(f"{done.trials:,} to {target.name}; losses: {counts or 'none'}", err=True)
    raise typer.Exit(read.status())


def _written(trials: Iterable[Trial], target: Target, output: Path | None, losses: Path | None) -> Exported:
    from parser.batch.atomic import replacing
    from parser.export.files import export_folder, export_stream

    if output is not None:
        if losses is not None:
            raise UsageError(f"Expected --losses without -o; found both. The losses are in {output}/losses.jsonl.")
        return export_folder(trials, target, output)
    if target.name == "xlsx" and sys.stdout.isatty():
        raise UsageError("Expected a folder or a pipe for a workbook; found a terminal. Name a folder with -o.")
    with quiet_when_reader_gone():
        if losses is None:
            done = export_stream(trials, target, sys.stdout.buffer)
        else:
            with replacing(losses) as file:
                done = export_stream(trials, target, sys.stdout.buffer, file)
        sys.stdout.buffer.flush()
    return done


class Read:
    """The trials of a stream of results; what was no trial is said and counted."""

    def __init__(self, results: Iterable[ParseResult]) -> None:
        self._results = results
        self._failed = self._trials = 0

    def trials(self) -> Iterator[Trial]:
        """Yield the trials as they are needed."""
        for result in self._results:
            if result.trial is None:
                self._failed += 1
                why = result.diagnostics[0]
                words = " ".join(why.message.split())
                typer.echo(f"trial-parser: {result.status} [{why.code}] {result.origin}: {words}", err=True)
            else:
                self._trials += 1
                yield result.trial

    def status(self) -> int:
        """Return the exit status that says what became of them."""
        if not self._trials:
            return NOTHING_PARSED
        return SOME_FAILED if self._failed else 0
