"""What all commands share: the exit statuses, errors as one line, and writing to standard output.

Exit status: 0 all good, 1 some documents failed, 2 a wrong option or argument, 3 nothing could be parsed. A reader
that stops early (`| head`) ends the command quietly with 141, as the shell's own tools end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from parser.errors import TrialParserError, UsageError

SOME_FAILED = 1
USAGE = 2
NOTHING_PARSED = 3
#: 128 + SIGPIPE, what a shell reports of a command whose reader has gone.
READER_GONE = 141


@contextmanager
def reported(path: str) -> Iterator[None]:
    """Turn an error into its one line on standard error, and the exit status."""
    try:
        yield
    except UsageError as error:
        fail(error.code, str(error), USAGE)
    except TrialParserError as error:
        fail(error.code, str(error), NOTHING_PARSED)
    except OSError as error:
        fail("unreadable_input", f"cannot read {path}: {error.strerror or error}", NOTHING_PARSED)


def fail(code: str, message: str, status: int) -> NoReturn:
    """Print an error as one line, and end with the status."""
    # File names and quoted input may hold line breaks and control characters; the message is one line.
    words = "".join(each if each.isprintable() else "\ufffd" for each in " ".join(message.split()))
    typer.echo(f"trial-parser: error [{code}]: {words}", err=True)
    raise typer.Exit(status)


def write(text: str) -> None:
    """Write data to standard output as UTF-8, whatever the locale."""
    with quiet_when_reader_gone():
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


@contextmanager
def quiet_when_reader_gone() -> Iterator[None]:
    """End the command quietly where nobody reads standard output any more."""
    try:
        yield
    except BrokenPipeError:
        # The interpreter flushes standard output at exit and would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(READER_GONE) from None


def fresh_line() -> str:
    """Return what takes a terminal back to the beginning of its line and empties it."""
    return "\r\x1b[K" if sys.stderr.isatty() else ""
