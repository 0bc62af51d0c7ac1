"""A table of trials as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from parser.export.csv_file import is_formula, write_rows
from parser.export.losses import Loss
from parser.export.tables import TRIAL_COLUMNS, Row, trial_losses, trial_row
from parser.models import Trial


def convert(trial: Trial) -> tuple[Row, list[Loss]]:
    """Make a trial's row, and name what no column holds."""
    cells = trial_row(trial)
    quoted = [
        Loss(column.carries[0], "quoted", f"'{str(cell)[:100]}")
        for column, cell in zip(TRIAL_COLUMNS, cells, strict=True)
        if column.carries and "*" not in column.carries[0] and is_formula(cell)
    ]
    return cells, [*trial_losses(trial, cells), *quoted]


def write(documents: Iterable[Any], stream: BinaryIO) -> None:
    """Write the rows under their headings."""
    write_rows([column.name for column in TRIAL_COLUMNS], documents, stream)
