"""Many documents: a run over files, folders and archives in shards, by processes or a cluster, that can be resumed.

    sources ──▶ items (records, unread) ──▶ shards ──▶ workers: parse, write ──▶ manifest

`sources` and `archives` open what there is, `many` cuts it into items, `shards` into shards; `work` is what a process
does, `pools` and `cluster` are who does it; `outputs` writes, `manifest` remembers, `summary` counts; `run` is
the whole, `parse_many` the same for a program. Names load when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parser.batch.arrow import parse_table
    from parser.batch.many import parse_many
    from parser.batch.privacy import without_contacts
    from parser.batch.run import Ingested, Progress, ingest
    from parser.batch.summary import Summary
    from parser.batch.work import Job

_HOMES = {
    "Ingested": "run",
    "Job": "work",
    "Progress": "run",
    "Summary": "summary",
    "ingest": "run",
    "parse_many": "many",
    "parse_table": "arrow",
    "without_contacts": "privacy",
}

__all__ = ["Ingested", "Job", "Progress", "Summary", "ingest", "parse_many", "parse_table", "without_contacts"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
