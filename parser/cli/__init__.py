"""The command `trial-parser`. Thin: every command calls a library function; one file a command, one row in `COMMANDS`.

Standard output is data only; messages go to standard error. The exit statuses are in `reporting`.
"""

from __future__ import annotations

from typing import Annotated

import typer

from parser.cli.checking import check
from parser.cli.exporting import export
from parser.cli.ingesting import ingest
from parser.cli.parsing import parse
from parser.cli.reporting import write
from parser.cli.schemas import schema
from parser.cli.vocabularies import vocabularies
from parser.version import SCHEMA_VERSION, __version__

#: The commands, in the order in which `--help` lists them.
COMMANDS = (parse, ingest, export, check, schema)
#: Commands that have commands of their own, by their names.
GROUPS = {"vocabulary": vocabularies}

app = typer.Typer(
    name="trial-parser",
    help="Turn a clinical-trial registry page into one structured record, its eligibility criteria into rules.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command()(command)
for name, group in GROUPS.items():
    app.add_typer(group, name=name)


def main() -> None:
    """Run the command line; the console script."""
    app(prog_name="trial-parser")


def _version(wanted: bool) -> None:
    if wanted:
        write(f"trial-parser {__version__} (schema {SCHEMA_VERSION})\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass
