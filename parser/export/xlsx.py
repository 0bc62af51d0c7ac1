"""A workbook (XLSX) with a sheet of trials and a sheet of criteria, made to be read: wrapped, filtered, headings fixed.

Every text is written as text, so that none is calculated, whatever it begins with. Needs openpyxl, the extra `xlsx`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from parser.errors import LimitExceededError, UsageError
from parser.export.losses import Loss
from parser.export.tables import (
    CRITERION_COLUMNS,
    TRIAL_COLUMNS,
    Cell,
    Row,
    criterion_rows,
    rule_losses,
    trial_losses,
    trial_row,
)
from parser.models import Trial

#: What a cell and a sheet of the format hold at most.
CELL_CHARACTERS: Final = 32_767
SHEET_ROWS: Final = 1_048_576
#: Points of the highest row, and of a line of text in one.
HIGHEST_ROW: Final = 409.0
_LINE_POINTS: Final = 14.5
#: Letters that stand in a column of width 1: words are not cut, and wide letters need more.
_LETTERS: Final = 0.88
#: Of a line on paper, in letters that can still be read.
_PAGE_CHARACTERS: Final = 300
#: What XML 1.0 cannot hold.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Rows:
    """A trial's rows in the two sheets."""

    trial: Row
    criteria: list[Row]


def convert(trial: Trial) -> tuple[Rows, list[Loss]]:
    """Make a trial's rows, and name what no column holds or no cell is long enough for."""
    cells = trial_row(trial)
    losses = [loss for loss in trial_losses(trial, cells) if loss.pointer != "/eligibility/criteria"]
    losses += rule_losses(trial)
    for column, cell in zip(TRIAL_COLUMNS, cells, strict=True):
        if isinstance(cell, str) and len(cell) > CELL_CHARACTERS:
            losses.extend(Loss(pointer.partition("/*")[0], "truncated", cell[:100]) for pointer in column.carries[:1])
    return Rows(cells, criterion_rows(trial)), losses


def write(documents: Iterable[Any], stream: BinaryIO) -> None:
    """Write the rows of all trials as one workbook.

    Raises:
        UsageError: openpyxl is not installed.
        LimitExceededError: There are more rows than a sheet holds.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise UsageError(
            "Expected openpyxl for workbooks; found none. Run: pip install 'trial-parser[xlsx]'"
        ) from error
    book = Workbook(write_only=True)
    trials = _Sheet(book, "Trials", [(column.name, column.width) for column in TRIAL_COLUMNS])
    criteria = _Sheet(book, "Criteria", CRITERION_COLUMNS)
    for rows in documents:
        trials.add(rows.trial)
        for row in rows.criteria:
            criteria.add(row)
    trials.finish()
    criteria.finish()
    book.save(stream)


def _lines(value: Cell, width: int) -> int:
    """Return how many lines a cell's text takes in a column, as far as that can be told without its font."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, math.ceil(len(line) / (width * _LETTERS))) for line in value.split("\n"))


class _Sheet:
    """A sheet that grows row by row."""

    def __init__(self, book: Any, title: str, columns: Sequence[tuple[str, int]]) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        self._cell = WriteOnlyCell
        self._widths = [width for _, width in columns]
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._sheet = book.create_sheet(title)
        self._last = get_column_letter(len(columns))
        self._rows = 1
        for at, (_, width) in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(at)].width = width
        # Headings and the trial's number stay in sight.
        self._sheet.freeze_panes = "B2"
        self._on_paper(one_page_wide=sum(width for _, width in columns) <= _PAGE_CHARACTERS)
        headings = [self._made(name) for name, _ in columns]
        for heading in headings:
            heading.font = Font(bold=True)
            heading.fill = PatternFill("solid", fgColor="DDE6F0")
        self._sheet.row_dimensions[1].height = 2 * _LINE_POINTS
        self._sheet.append(headings)

    def _on_paper(self, *, one_page_wide: bool) -> None:
        """Set how it is printed: across, headings on every page, and as wide as a page where it can be read so."""
        from openpyxl.worksheet.properties import PageSetupProperties

        self._sheet.page_setup.orientation = "landscape"
        self._sheet.print_title_rows = "1:1"
        self._sheet.print_title_cols = "A:A"
        if one_page_wide:
            self._sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            self._sheet.page_setup.fitToHeight = 0

    def add(self, row: Row) -> None:
        """Add a row."""
        self._rows += 1
        if self._rows > SHEET_ROWS:
            raise LimitExceededError(
                f"Expected at most {SHEET_ROWS - 1:,} rows for a sheet; found more. Export fewer trials, or to CSV."
            )
        # Spreadsheets set heights of rows anew only where someone edits them: without one, wrapped lines are cut.
        self._sheet.row_dimensions[self._rows].height = self._height(row)
        self._sheet.append([self._made(value) for value in row])

    def _height(self, row: Row) -> float:
        """Return the height, in points, in which every cell's lines can be read; that of the format where more."""
        cells = zip(row, self._widths, strict=True)
        lines = max(_lines(value, width) for value, width in cells)
        return min(lines * _LINE_POINTS, HIGHEST_ROW)

    def finish(self) -> None:
        """Let the rows be filtered by their columns."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self._rows}"

    def _made(self, value: Cell) -> Any:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, str):
            value = _NO_XML.sub("", value)[:CELL_CHARACTERS]
        cell = self._cell(self._sheet, value=value)
        if isinstance(value, str):
            # A text that begins with "=" would be taken for a formula otherwise.
            cell.data_type = "s"
        cell.alignment = self._wrapped
        return cell
