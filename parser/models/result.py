"""The envelope of a document in a stream: a trial, or the reason why there is none; and the limits of a parse."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from parser.models.base import Model, Value
from parser.models.trial import Diagnostic, Source, Trial

Positive = Annotated[int, Field(gt=0)]


class Limits(Value):
    """Bounds on what one document may cost. Each is an argument, never a hidden constant."""

    bytes: Positive = 64 * 1024 * 1024
    """Size of a document."""
    depth: Positive = 200
    """Nesting of elements, objects and list items."""
    blocks: Positive = 200_000
    """Lines and blocks of a page, which is cut there; and lines of criteria, those beyond kept as text, unread."""
    records: Positive | None = None
    """Trials read from one source; the rest is skipped with a diagnostic."""
    seconds: Annotated[float, Field(gt=0)] | None = None
    """CPU seconds for one document's rules; criteria beyond are `unstructured` with reason `too_long`."""


class ParseResult(Model):
    """What became of one record of a source."""

    status: Literal["success", "partial", "failed", "skipped"]
    """`partial` has a trial and diagnostics of severity error; `failed` has no trial."""
    trial: Trial | None = None
    diagnostics: list[Diagnostic] = Field(default_factory=list)
    source: Source | None = None
    origin: str | None = None
    """Where the record stands among many: its source's name, and which of the source's records it is (`a.csv#12`)."""
    timings: dict[str, float] = Field(default_factory=dict)
    """CPU seconds by stage."""
