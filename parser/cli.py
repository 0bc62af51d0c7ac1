"""The command `trial-parser`. Thin: every command calls a library function.

Standard output is data only; messages go to standard error. Exit status: 0 all good, 2 a wrong option or argument,
3 nothing could be parsed. A reader that stops early (`| head`) ends the command quietly with 141, as the shell's
own tools end.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from parser.errors import TrialParserError, UsageError
from parser.version import SCHEMA_VERSION, __version__

if TYPE_CHECKING:
    from parser.models import Trial
    from parser.readable import Line
    from parser.vocabulary import Vocabulary

USAGE = 2
NOTHING_PARSED = 3
#: 128 + SIGPIPE, what a shell reports of a command whose reader has gone.
READER_GONE = 141

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

app = typer.Typer(
    name="trial-parser",
    help="Turn a clinical-trial registry page into one structured record, its eligibility criteria into rules.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
vocabularies = typer.Typer(help="Codes for the names in rules.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(vocabularies, name="vocabulary")


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


class SchemaOf(StrEnum):
    """What `schema` describes."""

    trial = "trial"
    rule = "rule"


def main() -> None:
    """Run the command line; the console script."""
    app(prog_name="trial-parser")


def _version(wanted: bool) -> None:
    if wanted:
        _write(f"trial-parser {__version__} (schema {SCHEMA_VERSION})\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


# --- commands ------------------------------------------------------------------------------------------------------


@app.command()
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
    with _reported(path):
        trial = _parsed(path, {**options, "vocabulary": _vocabulary(vocabulary)})
    if output is OutputFormat.json:
        _write(trial.to_json() + "\n")
    else:
        _write_page(trial)


@app.command()
def schema(
    kind: Annotated[
        SchemaOf, typer.Argument(metavar="KIND", help="trial: the whole record; rule: one rule of a criterion.")
    ] = SchemaOf.trial,
) -> None:
    """Print the JSON Schema (2020-12) of what `parse` prints."""
    from parser.models.schema import json_schema

    _write(json.dumps(json_schema(kind.value), indent=2, ensure_ascii=False) + "\n")


@vocabularies.command("build")
def build_vocabulary(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of an unpacked OHDSI Athena download.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The index to write.")],
) -> None:
    """Build the index of a vocabulary download, once; `parse --vocabulary` uses it."""
    from parser.vocabulary import build_index

    with _reported(str(folder)):
        counts = build_index(folder, output, progress=_progress())
    typer.echo(f"{_fresh_line()}{output}: {counts['concept']:,} concepts with {counts['label']:,} names", err=True)


def _progress() -> Callable[[str, int], None]:
    """Return what says on standard error how far a long work is: one line that is overwritten, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda what, rows: None
    return lambda what, rows: typer.echo(f"{_fresh_line()}{what}: {rows:,} rows", err=True, nl=False)


def _fresh_line() -> str:
    """Return what takes a terminal back to the beginning of its line and empties it."""
    return "\r\x1b[K" if sys.stderr.isatty() else ""


def _vocabulary(path: Path | None) -> Vocabulary | None:
    if path is None:
        return None
    from parser.vocabulary import AthenaVocabulary

    return AthenaVocabulary(path)


def _parsed(path: str, options: dict[str, Any]) -> Trial:
    import parser as library

    if path == "-":
        # One byte more than is allowed, for the library to refuse.
        return library.parse(sys.stdin.buffer.read(library.Limits().bytes + 1), **options)
    return library.parse_file(path, **options)


# --- output and errors ---------------------------------------------------------------------------------------------


@contextmanager
def _reported(path: str) -> Iterator[None]:
    """Turn an error into its one line on standard error, and the exit status."""
    try:
        yield
    except UsageError as error:
        _fail(error.code, str(error), USAGE)
    except TrialParserError as error:
        _fail(error.code, str(error), NOTHING_PARSED)
    except OSError as error:
        _fail("unreadable_input", f"cannot read {path}: {error.strerror or error}", NOTHING_PARSED)


def _fail(code: str, message: str, status: int) -> NoReturn:
    # File names and quoted input may hold line breaks and control characters; the message is one line.
    words = "".join(each if each.isprintable() else "\ufffd" for each in " ".join(message.split()))
    typer.echo(f"trial-parser: error [{code}]: {words}", err=True)
    raise typer.Exit(status)


def _write(text: str) -> None:
    """Write data to standard output as UTF-8, whatever the locale."""
    with _quiet_when_reader_gone():
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def _write_page(trial: Trial) -> None:
    """Write the page to read: in colours on a terminal, as plain text into a pipe or file."""
    from parser import readable

    if not sys.stdout.isatty():
        _write(readable.page(trial))
        return
    with _quiet_when_reader_gone():
        _print_styled(readable.lines(trial))


def _print_styled(lines: Iterator[Line]) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        label = f"{line.label}  " if line.label else ""
        words = Text.assemble((label, "dim"), (line.text, STYLES[line.role]))
        console.print(Padding(words, (0, 0, 0, 2 * line.indent)))


@contextmanager
def _quiet_when_reader_gone() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # The interpreter flushes standard output at exit and would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(READER_GONE) from None
