"""Records as tables, and the embedded store that keeps them: SQLite, with full text search and all versions.

`columns` says what the tables hold, once, for every output with tables; `rows` makes their rows of a record; `sqlite`
is the store.
"""

from __future__ import annotations

from parser.store.columns import ATOMS, CRITERIA, TABLES, TRIALS, Column
from parser.store.rows import Rows, rows_of
from parser.store.sqlite import Changes, Hit, Store, Version

__all__ = [
    "ATOMS",
    "CRITERIA",
    "TABLES",
    "TRIALS",
    "Changes",
    "Column",
    "Hit",
    "Rows",
    "Store",
    "Version",
    "rows_of",
]
