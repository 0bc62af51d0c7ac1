"""CSV (RFC 4180) that a spreadsheet opens as it is meant: UTF-8 with its mark, and no cell that it would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO, Final

from parser.export.tables import Cell, Row

#: What begins a formula in one spreadsheet or another, at the start of a cell
#: (https://owasp.org/www-community/attacks/CSV_Injection), the wide forms of East Asia included.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def is_formula(cell: Cell) -> bool:
    """Tell whether a spreadsheet might take a text for a formula."""
    return isinstance(cell, str) and cell.startswith(FORMULA_STARTS)


def write_rows(headings: Iterable[str], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Write a table as CSV."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(headings)
        for row in rows:
            writer.writerow([_cell(cell) for cell in row])
    finally:
        # The stream is the caller's to close.
        text.detach()


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"'{cell}" if is_formula(cell) else cell
