"""A table of criteria as CSV: one row a criterion, with its rule in words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, BinaryIO

from parser.export.csv_file import write_rows
from parser.export.losses import Loss
from parser.export.tables import CRITERION_COLUMNS, Row, criteria_losses, criterion_rows
from parser.models import Trial


def convert(trial: Trial) -> tuple[list[Row], list[Loss]]:
    """Make the rows of a trial's criteria, and name what they do not hold."""
    return criterion_rows(trial), criteria_losses(trial)


def write(documents: Iterable[Any], stream: BinaryIO) -> None:
    """Write the rows of all trials under their headings."""
    write_rows([name for name, _ in CRITERION_COLUMNS], chain.from_iterable(documents), stream)
