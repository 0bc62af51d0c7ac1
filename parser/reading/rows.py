"""Tables of trials as CSV: one row a trial, a header row or the columns of WHO ICTRP's full export, which has none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Final

from parser.errors import InputError, LimitExceededError, UnreadableInputError
from parser.reading.splitting import lines

Row = dict[str, str]

#: Columns of ICTRP's full export in their order, named as its other exports name them where they do.
ICTRP_COLUMNS: Final = tuple(
    "TrialID Last_Refreshed_on Secondary_ID Public_title Scientific_title web_address "
    "Public_Contact_Firstname Public_Contact_Lastname Public_Contact_Address Public_Contact_Email Public_Contact_Tel "
    "Public_Contact_Affiliation Scientific_Contact_Firstname Scientific_Contact_Lastname Scientific_Contact_Address "
    "Scientific_Contact_Email Scientific_Contact_Tel Scientific_Contact_Affiliation "
    "Study_type Study_design Phase Date_registration Date_enrollement Target_size Recruitment_Status "
    "Primary_sponsor Secondary_Sponsor Source_Support Countries Condition Intervention "
    "Inclusion_agemin Inclusion_agemax Inclusion_gender Inclusion_Criteria Exclusion_Criteria "
    "Primary_outcome Secondary_outcome Bridging_flag Bridged_type Childs type_enrolment Retrospective_flag "
    "results_actual_enrollment results_url_link results_summary results_date_posted results_date_first_publication "
    "results_baseline_char results_participant_flow results_adverse_events results_outcome_measures "
    "results_url_protocol results_IPD_plan results_IPD_description results_date_completed results_yes_no "
    "Ethics_Status Ethics_Approval_Date Ethics_Contact_Name Ethics_Contact_Address Ethics_Contact_Phone "
    "Ethics_Contact_Email".split()
)

#: One of these columns makes a row of names a header of trials; letters and digits only, casefolded.
_ID_COLUMNS: Final = frozenset(
    "actrn ctnumber drksid euctnumber eudractnumber isrctn mainid nctid nctnumber registrationnumber trialid "
    "trialnumber".split()
)
_FEWEST_COLUMNS: Final = 3
_LONGEST_HEADER: Final = 20_000
_NOT_NAME: Final = re.compile(r"[^a-z0-9]+")
_ROW_ID: Final = re.compile(r"(?=\D*\d)[A-Za-z0-9][\w./-]{5,39}", re.ASCII)


def is_table(text: str) -> bool:
    """Tell whether a text begins as a table of trials: with a header that names a trial's number, or a row of ICTRP."""
    return _columns(_first_line(text)) is not None


def read_rows(text: str, limit: int) -> Row | list[Row]:
    """Load a table: the row, where it has one only, else all of them.

    Args:
        text: The decoded input.
        limit: Most characters of a line.

    Raises:
        UnreadableInputError: No table of trials, or no row in it.
        LimitExceededError: A field longer than the `csv` module reads.
    """
    found: list[Row] = []
    for row in table_rows([text], limit):
        if isinstance(row, InputError):
            raise row
        found.append(row[0])
    if not found:
        raise UnreadableInputError("Expected a table with a row for each trial; found a header only.")
    return found[0] if len(found) == 1 else found


def table_rows(chunks: Iterable[str], limit: int) -> Iterator[tuple[Row, str] | InputError]:
    """Yield every row by the names of its columns, with its own text; or why it cannot be read.

    Args:
        chunks: The file's text.
        limit: Most characters of a line.
    """
    consumed: list[str] = []
    read = _consumed(lines(chunks, limit), consumed)
    first = next(read, "")
    shape = _columns(first.strip("\r\n"))
    if shape is None:
        yield UnreadableInputError(
            "Expected a table whose first row names the trial's number among its columns; found "
            f"{first.strip()[:60]!r}. Add a header row."
        )
        return
    names, delimiter = shape
    header = names is not None
    if header:
        consumed.clear()
    cells = csv.reader(read if header else _from_first(first, read), delimiter=delimiter)
    while True:
        try:
            row = next(cells)
        except StopIteration:
            return
        except csv.Error as error:
            consumed.clear()
            yield LimitExceededError(f"Expected a row of a table; found what the csv module refuses ({error}).")
            continue
        except InputError as error:
            consumed.clear()
            yield error
            return
        own, consumed[:] = "".join(consumed), []
        if any(cell.strip() for cell in row):
            yield _named(names or ICTRP_COLUMNS, row), own


def _consumed(source: Iterator[str | InputError], consumed: list[str]) -> Iterator[str]:
    for line in source:
        if isinstance(line, InputError):
            raise line
        consumed.append(line)
        yield line


def _from_first(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _first_line(text: str) -> str:
    """Return the first line that is not blank; of a quoted cell with line breaks, its beginning."""
    start = re.compile(r"[^\s\ufeff]").search(text)
    if start is None:
        return ""
    end = text.find("\n", start.start())
    return text[start.start() : end if end >= 0 else None].rstrip("\r")


def _columns(line: str) -> tuple[tuple[str, ...] | None, str] | None:
    """Return the names of a header and its delimiter; no names for a row of ICTRP; None where it is neither."""
    for delimiter in ",;\t" if len(line) <= _LONGEST_HEADER else ():
        cells = _cells(line, delimiter)
        if len(cells) >= _FEWEST_COLUMNS and any(_NOT_NAME.sub("", c.casefold()) in _ID_COLUMNS for c in cells):
            return _unique(cells), delimiter
    return (None, ",") if _is_ictrp_row(line) else None


def _is_ictrp_row(line: str) -> bool:
    """Tell whether a line begins a row of the export without a header; its cells may hold line breaks."""
    cells = _cells(line, ",")
    if len(cells) < 2 or not _ROW_ID.fullmatch(cells[0].strip()):
        return False
    return len(cells) == len(ICTRP_COLUMNS) or (line.count('"') % 2 == 1 and len(cells) > _FEWEST_COLUMNS)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _unique(cells: list[str]) -> tuple[str, ...]:
    """Return the columns' names; one without a name, or with one that was there before, gets its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\ufeff", "").split())
        names.append(name if name and name not in names else f"{name} column {number}".strip())
    return tuple(names)


def _named(names: tuple[str, ...], cells: list[str]) -> Row:
    beyond = [f"column {number}" for number in range(len(names) + 1, len(cells) + 1)]
    return dict(zip((*names, *beyond), cells, strict=False))
