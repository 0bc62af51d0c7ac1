"""The embedded store: one SQLite file with the tables of trials, criteria and atoms, searchable, with every version.

`trials`, `criteria` and `atoms` hold the records as they are now. When a record comes again with other content, the one
before moves to `versions` with the times from and until which it held. `search` finds words in criteria and in their
rules (SQLite's FTS5).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from parser.errors import UnreadableInputError, UsageError
from parser.models import Trial
from parser.store.columns import TABLES, Column, Kind
from parser.store.rows import Row, Rows, rows_of

#: Of the tables; kept in SQLite's `user_version`.
LAYOUT = 1

_TYPES: dict[Kind, str] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "boolean": "INTEGER",
    "list": "TEXT",
    "json": "TEXT",
}
#: Columns that queries look for, by table; each row's own key comes first.
_INDEXES: dict[str, tuple[str, ...]] = {
    "trials": ("status", "sponsor", "start", "content_sha256"),
    "criteria": ("kind, understood",),
    "atoms": ("type, name", "system, code", "name, low, high"),
}
_KEYS = {"trials": "trial_id, registry", "criteria": "trial_id, registry, path", "atoms": "trial_id, registry, path"}
_EXTRA = """
    CREATE TABLE versions (
        trial_id TEXT NOT NULL, registry TEXT NOT NULL, content_sha256 TEXT NOT NULL,
        valid_from TEXT NOT NULL, valid_to TEXT, record TEXT
    );
    CREATE INDEX versions_of ON versions (trial_id, registry, valid_from);
    CREATE VIRTUAL TABLE search USING fts5 (text, rule_words, content='criteria', tokenize='unicode61');
    CREATE TRIGGER criteria_added AFTER INSERT ON criteria BEGIN
        INSERT INTO search (rowid, text, rule_words) VALUES (new.rowid, new.text, new.rule_words);
    END;
    CREATE TRIGGER criteria_removed AFTER DELETE ON criteria BEGIN
        INSERT INTO search (search, rowid, text, rule_words)
        VALUES ('delete', old.rowid, old.text, old.rule_words);
    END;
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """What putting records in did: how many were new, had changed, or were there already."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was for a time.

    Attributes:
        registry: The reader that read it.
        content_sha256: Of what it says.
        valid_from: When it was put in, in UTC (ISO 8601).
        valid_to: When another took its place; None for the one that holds.
    """

    registry: str
    content_sha256: str
    valid_from: str
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A criterion that a search found.

    Attributes:
        trial_id: Its trial.
        registry: The reader that read it.
        path: The criterion's id.
        kind: Inclusion or exclusion.
        text: Its words.
        rule_words: Its rule in English.
    """

    trial_id: str
    registry: str
    path: str
    kind: str
    text: str
    rule_words: str | None


class Store:
    """A store in a file, made where there is none; use it as a context manager, or close it.

    One process may write while others read.

    Args:
        path: Of the file.
        now: Tells the time of a change; for tests.

    Raises:
        UnreadableInputError: The file is no store.
        UsageError: It was made by a version of the package with other tables.
    """

    def __init__(self, path: str | Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._path = Path(path)
        try:
            self.database = sqlite3.connect(self._path, isolation_level=None)
        except sqlite3.Error as error:
            raise UnreadableInputError(f"Expected a path for a store; found none at {path} ({error}).") from error
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self.database.close()
            raise UnreadableInputError(f"Expected a store in {path}; found another file ({error}).") from error
        except UsageError:
            self.database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def put(self, trials: Iterable[Trial]) -> Changes:
        """Put records in, all or none; one that is there with the same content is left alone."""
        return self.put_rows(rows_of(trial) for trial in trials)

    def put_rows(self, records: Iterable[Rows]) -> Changes:
        """Put records in that are rows already, all or none."""
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        at = self._now().astimezone(UTC).isoformat(timespec="seconds")
        self.database.execute("BEGIN IMMEDIATE")
        try:
            for record in records:
                counts[self._put(record, at)] += 1
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")
        return Changes(**counts)

    def get(self, trial_id: str, registry: str | None = None, at: datetime | None = None) -> Trial | None:
        """Return a record as it is, or as it was at a time; of several registries, the first by name.

        Args:
            trial_id: Its primary identifier.
            registry: The reader that read it.
            at: A time with its zone.
        """
        when = at.astimezone(UTC).isoformat(timespec="seconds") if at is not None else None
        found = self.database.execute(
            """
            SELECT coalesce(versions.record, trials.record) FROM versions
            LEFT JOIN trials USING (trial_id, registry)
            WHERE trial_id = :id AND (:registry IS NULL OR registry = :registry)
            AND CASE WHEN :at IS NULL THEN valid_to IS NULL
                ELSE valid_from <= :at AND (valid_to IS NULL OR valid_to > :at) END
            ORDER BY registry LIMIT 1
            """,
            {"id": trial_id, "registry": registry, "at": when},
        ).fetchone()
        return Trial.from_json(found[0]) if found else None

    def trials(self) -> Iterator[Trial]:
        """Yield every record as it is, in the order of the identifiers."""
        for (record,) in self.database.execute("SELECT record FROM trials ORDER BY trial_id, registry"):
            yield Trial.from_json(record)

    def versions(self, trial_id: str) -> list[Version]:
        """Return the versions of a record, the first first."""
        found = self.database.execute(
            "SELECT registry, content_sha256, valid_from, valid_to FROM versions WHERE trial_id = ? ORDER BY rowid",
            (trial_id,),
        )
        return [Version(*row) for row in found]

    def search(self, words: str, *, kind: str | None = None, limit: int = 20) -> list[Hit]:
        """Return the criteria that hold all the words, or whose rules do, the best first.

        Args:
            words: What to look for; a phrase in double quotes stands together.
            kind: `inclusion` or `exclusion` alone.
            limit: Most criteria to return.
        """
        found = self.database.execute(
            """
            SELECT trial_id, registry, path, kind, criteria.text, criteria.rule_words
            FROM search JOIN criteria ON criteria.rowid = search.rowid
            WHERE search MATCH ? AND (? IS NULL OR kind = ?) ORDER BY rank, criteria.rowid LIMIT ?
            """,
            (_query(words), kind, kind, limit),
        )
        return [Hit(*row) for row in found]

    def _put(self, record: Rows, at: str) -> str:
        trial_id, registry = record.trial[:2]
        content = record.trial[_CONTENT]
        before = self.database.execute(
            "SELECT content_sha256, record FROM trials WHERE trial_id = ? AND registry = ?", (trial_id, registry)
        ).fetchone()
        if before is not None and before[0] == content:
            return "unchanged"
        if before is not None:
            self.database.execute(
                "UPDATE versions SET valid_to = ?, record = ? WHERE trial_id = ? AND registry = ? AND valid_to IS NULL",
                (at, before[1], trial_id, registry),
            )
            for table in TABLES:
                self.database.execute(f"DELETE FROM {table} WHERE trial_id = ? AND registry = ?", (trial_id, registry))
        self.database.execute(
            "INSERT INTO versions (trial_id, registry, content_sha256, valid_from) VALUES (?, ?, ?, ?)",
            (trial_id, registry, content, at),
        )
        for table, columns in TABLES.items():
            marks = ", ".join("?" * len(columns))
            self.database.executemany(f"INSERT INTO {table} VALUES ({marks})", _stored(columns, record.of(table)))
        return "new" if before is None else "changed"

    def _prepare(self) -> None:
        # Whoever reads is not held up by whoever writes; what was committed survives the loss of power.
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        (layout,) = self.database.execute("PRAGMA user_version").fetchone()
        if layout == LAYOUT:
            return
        if layout or self.database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise UsageError(
                f"Expected a store of layout {LAYOUT} in {self._path}; found layout {layout}. Make it anew."
            )
        self.database.executescript(f"BEGIN; {_tables()} {_EXTRA} PRAGMA user_version = {LAYOUT}; COMMIT;")


_CONTENT = [column.name for column in TABLES["trials"]].index("content_sha256")


def _tables() -> str:
    return " ".join(
        f"CREATE TABLE {table} ({', '.join(f'{column.name} {_TYPES[column.kind]}' for column in columns)});"
        f"CREATE {'UNIQUE ' if table == 'trials' else ''}INDEX {table}_of ON {table} ({_KEYS[table]});"
        + " ".join(
            f"CREATE INDEX {table}_by_{index.replace(', ', '_')} ON {table} ({index});" for index in _INDEXES[table]
        )
        for table, columns in TABLES.items()
    )


def _stored(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows as SQLite holds them: lists as JSON, and nothing that is no text in UTF-8."""
    lists = [column.kind == "list" for column in columns]
    for row in rows:
        yield tuple(_value(value, is_list) for value, is_list in zip(row, lists, strict=True))


def _value(value: Any, is_list: bool) -> Any:
    if is_list:
        return json.dumps(value or [], ensure_ascii=True)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _query(words: str) -> str:
    """Return the words as a query of FTS5 in which none of them is an operator: each word or phrase must be there."""
    # A NUL would end the query.
    pieces = words.replace("\0", " ").split('"')
    parts = [part for number, piece in enumerate(pieces) for part in ([piece] if number % 2 else piece.split())]
    return " ".join(f'"{part}"' for part in parts if part.strip()) or '""'
