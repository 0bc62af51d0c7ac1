"""`trial-parser vocabulary`: codes for the names in rules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parser.cli.reporting import fresh_line, reported

if TYPE_CHECKING:
    from parser.vocabulary import Vocabulary

vocabularies = typer.Typer(help="Codes for the names in rules.", no_args_is_help=True, rich_markup_mode=None)


@vocabularies.command("build")
def build_vocabulary(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of an unpacked OHDSI Athena download.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The index to write.")],
) -> None:
    """Build the index of a vocabulary download, once; `parse --vocabulary` uses it."""
    from parser.vocabulary import build_index

    with reported(str(folder)):
        counts = build_index(folder, output, progress=_progress())
    typer.echo(f"{fresh_line()}{output}: {counts['concept']:,} concepts with {counts['label']:,} names", err=True)


def opened(path: Path | None) -> Vocabulary | None:
    """Return the vocabulary of an index that `build` wrote; None where there is no path."""
    if path is None:
        return None
    from parser.vocabulary import AthenaVocabulary

    return AthenaVocabulary(path)


def _progress() -> Callable[[str, int], None]:
    """Return what says on standard error how far a long work is: one line that is overwritten, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda what, rows: None
    return lambda what, rows: typer.echo(f"{fresh_line()}{what}: {rows:,} rows", err=True, nl=False)
