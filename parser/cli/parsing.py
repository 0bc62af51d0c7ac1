"""`trial-parser parse`: the record of one trial."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parser.cli.reporting import quiet_when_reader_gone, reported, write
from parser.cli.vocabularies import opened

if TYPE_CHECKING:
    from parser.models import Trial
    from parser.readable import Line

#: How each role of a line looks on a terminal (rich's style names).
STYLES = {
    "title": "bold",
    "heading": "bold cyan",
    "field": "",
    "prose": "",
    "criterion": "",
    "rule": "green",
    "finding": "yellow",
}


class OutputFormat(StrEnum):
    """How `parse` prints the record."""

    json = "json"
    text = "text"


class InputFormat(StrEnum):
    """What the input is, where its bytes do not tell."""

    text = "text"
    html = "html"
    xml = "xml"
    json = "json"
    csv = "csv"


def parse(
    path: Annotated[str, typer.Argument(metavar="PATH", help="File with one trial; - reads standard input.")],
    output: Annotated[
        OutputFormat, typer.Option("--format", help="json: the record; text: a page to read.")
    ] = OutputFormat.json,
    registry: Annotated[
        str | None, typer.Option(metavar="NAME", help="Registry to read it as; recognised when not given.")
    ] = None,
    input_format: Annotated[
        InputFormat | None, typer.Option("--input-format", help="What the input is; recognised when not given.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="Encoding of the input; detected when not given.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of the page; never fetched, it may hold the trial's id.")
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules/--no-rules", help="Read the criteria as rules, or leave them as text (faster).")
    ] = True,
    vocabulary: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Give concepts the codes of this index (`vocabulary build`).")
    ] = None,
) -> None:
    """Parse one trial and print its record."""
    options = {
        "registry": registry,
        "format": input_format.value if input_format else None,
        "encoding": encoding,
        "url": url,
        "rules": rules,
    }
    with reported(path):
        trial = _parsed(path, {**options, "vocabulary": opened(vocabulary)})
    if output is OutputFormat.json:
        write(trial.to_json() + "\n")
    else:
        _write_page(trial)


def _parsed(path: str, options: dict[str, Any]) -> Trial:
    import parser as library

    if path == "-":
        # One byte more than is allowed, for the library to refuse.
        return library.parse(sys.stdin.buffer.read(library.Limits().bytes + 1), **options)
    return library.parse_file(path, **options)


def _write_page(trial: Trial) -> None:
    """Write the page to read: in colours on a terminal, as plain text into a pipe or file."""
    from parser import readable

    if not sys.stdout.isatty():
        write(readable.page(trial))
        return
    with quiet_when_reader_gone():
        print_styled(readable.lines(trial))


def print_styled(lines: Iterator[Line]) -> None:
    """Print a page's lines with rich, in the style of their roles."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        label = f"{line.label}  " if line.label else ""
        words = Text.assemble((label, "dim"), (line.text, STYLES[line.role]))
        console.print(Padding(words, (0, 0, 0, 2 * line.indent)))
