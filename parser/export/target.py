"""What a target is, and what an export to it gives."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from parser.export.losses import Loss
from parser.models import Trial

#: A trial's document in the target's terms (an object, an element, rows), and what it could not carry.
Converted = tuple[Any, list[Loss]]


@dataclass(frozen=True, slots=True)
class Target:
    """A form in which records leave: one row of the table `TARGETS`.

    Attributes:
        name: What `--to` and the argument `target` say.
        about: What it is, in a line.
        media_type: Of its files (IANA).
        suffix: Of its files' names, with the dot.
        convert: Makes one trial's document, and says what it could not carry.
        write: Writes the documents of one trial or of many to a stream as one file. It reads them one by one.
        stem: Name of the one file of all trials, where they belong together as rows of a table do; else each may have
            its own.
    """

    name: str
    about: str
    media_type: str
    suffix: str
    convert: Callable[[Trial], Converted]
    write: Callable[[Iterable[Any], BinaryIO], None]
    stem: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """A trial in a target's form, and an exact account of what could not be carried.

    Attributes:
        document: The target's document: an object of a JSON target, an element of an XML one, rows of a table.
        losses: What was not carried as it is; a field that is named by none of them stands in the document.
        target: What it was made for.
    """

    document: Any
    losses: list[Loss]
    target: Target

    def to_bytes(self) -> bytes:
        """Return the file of this one trial."""
        stream = io.BytesIO()
        self.target.write([self.document], stream)
        return stream.getvalue()
