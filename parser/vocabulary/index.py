"""Building the index of a vocabulary download: one SQLite file, made once.

| table | what it holds |
|---|---|
| `concept` | the concepts that names lead to |
| `label` | key and bag of each name, the concept it leads to, and how (`tier`) |
| `word`, `gram` | the words of all keys, and their trigrams, for misspelled words |
| `stem` | the words of each label, to find names with other endings |
| `meta` | the index's format, and counts |

A name of a concept that is not standard leads to the standard one it maps to; where it maps to none, to itself.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from parser.errors import UsageError
from parser.vocabulary import download
from parser.vocabulary.keys import bag, key

#: Changes with the tables below; an index of another format is refused.
FORMAT = 1

#: Called with what is being done and how many rows are done.
Progress = Callable[[str, int], None]

_BATCH = 50_000

_STAGE = """
    CREATE TABLE stage.raw (id INTEGER PRIMARY KEY, name, domain, vocabulary, code, standard, valid);
    CREATE TABLE stage.maps (one INTEGER, other INTEGER);
    CREATE TABLE stage.spelled (id INTEGER, key, bag, synonym);
    CREATE TABLE stage.leads (one INTEGER, other INTEGER, tier INTEGER);
"""

#: Where names lead: tier 0 to the standard concept itself, 2 to the one it maps to, 4 to several that only together
#: say the same, 6 to itself where nothing standard does. A synonym's tier is one more.
_LEADS = """
    INSERT INTO stage.leads SELECT id, id, 0 FROM stage.raw WHERE standard AND valid;
    CREATE INDEX stage.by_one ON maps (one);
    INSERT INTO stage.leads
        SELECT one, other, CASE WHEN count(*) OVER (PARTITION BY one) > 1 THEN 4 ELSE 2 END
        FROM (SELECT DISTINCT one, other FROM stage.maps)
        JOIN stage.raw AS target ON target.id = other AND target.standard AND target.valid
        JOIN stage.raw AS source ON source.id = one AND NOT (source.standard AND source.valid);
    CREATE INDEX stage.by_source ON leads (one);
    INSERT INTO stage.leads SELECT id, id, 6 FROM stage.raw WHERE valid AND id NOT IN (SELECT one FROM stage.leads);
"""

_INDEX = """
    CREATE TABLE concept (id INTEGER PRIMARY KEY, name, domain, vocabulary, code, standard);
    INSERT INTO concept SELECT id, name, domain, vocabulary, code, standard AND valid FROM stage.raw
        WHERE id IN (SELECT other FROM stage.leads);
    CREATE TABLE label (id INTEGER PRIMARY KEY, key, bag, concept INTEGER, tier INTEGER);
    INSERT INTO label (key, bag, concept, tier)
        SELECT key, bag, other, min(tier + synonym) FROM stage.spelled JOIN stage.leads ON one = spelled.id
        WHERE key <> '' GROUP BY key, other ORDER BY key, other;
    CREATE INDEX label_by_key ON label (key);
    CREATE INDEX label_by_bag ON label (bag);
    CREATE TABLE word (id INTEGER PRIMARY KEY, text UNIQUE);
    CREATE VIRTUAL TABLE gram USING fts5 (text, content = 'word', content_rowid = 'id', tokenize = 'trigram',
                                          detail = 'none', columnsize = 0);
    CREATE VIRTUAL TABLE stem USING fts5 (key, content = 'label', content_rowid = 'id', detail = 'none',
                                          columnsize = 0);
    INSERT INTO stem (stem) VALUES ('rebuild');
    CREATE TABLE meta (name PRIMARY KEY, value);
"""


def build_index(folder: Path, target: Path, *, progress: Progress = lambda what, rows: None) -> dict[str, int]:
    """Build the index of a download.

    Args:
        folder: With `CONCEPT.csv`, `CONCEPT_SYNONYM.csv` and `CONCEPT_RELATIONSHIP.csv`.
        target: The file to write; it appears, or replaces the one there, when it is complete.
        progress: Called after each batch of rows.

    Returns:
        How many concepts and names the index holds.

    Raises:
        UnreadableInputError: A table is missing, or is not as Athena writes it.
        UsageError: There is no folder to write the index in.
        OSError: The index cannot be written.
    """
    if not target.parent.is_dir():
        raise UsageError(f"Expected the folder {target.parent} to write {target.name} in; found none. Make it first.")
    download.check(folder)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as workplace:
        unfinished = Path(workplace) / "index"
        with closing(sqlite3.connect(unfinished)) as database:
            _prepare(database, Path(workplace) / "stage")
            _load(database, folder, progress)
            counts = _finish(database, progress)
        os.replace(unfinished, target)
    return counts


def _prepare(database: sqlite3.Connection, stage: Path) -> None:
    # The files are thrown away when anything fails, so nothing needs to survive a crash half done.
    database.execute("ATTACH ? AS stage", (str(stage),))
    for schema in ("main", "stage"):
        database.execute(f"PRAGMA {schema}.journal_mode = OFF")
        database.execute(f"PRAGMA {schema}.synchronous = OFF")
    database.executescript(_STAGE)


def _load(database: sqlite3.Connection, folder: Path, progress: Progress) -> None:
    rows = download.concepts(folder)
    _insert(database, "INSERT OR REPLACE INTO stage.raw VALUES (?, ?, ?, ?, ?, ?, ?)", rows, "concepts", progress)
    _insert(database, "INSERT INTO stage.maps VALUES (?, ?)", download.mappings(folder), "mappings", progress)
    spelled = "INSERT INTO stage.spelled VALUES (?, ?, ?, ?)"
    names = ((row.id, row.name) for row in download.concepts(folder))
    _insert(database, spelled, _keyed(names, synonym=False), "names", progress)
    _insert(database, spelled, _keyed(download.synonyms(folder), synonym=True), "synonyms", progress)


def _keyed(names: Iterable[tuple[int, str]], *, synonym: bool) -> Iterator[tuple[int, str, str, bool]]:
    for id, name in names:
        words = key(name)
        yield id, words, bag(words), synonym


def _insert(database: sqlite3.Connection, sql: str, rows: Iterable[object], what: str, progress: Progress) -> None:
    remaining = iter(rows)
    done = 0
    while batch := list(islice(remaining, _BATCH)):
        database.executemany(sql, batch)  # type: ignore[arg-type]
        done += len(batch)
        progress(what, done)
    database.commit()


def _finish(database: sqlite3.Connection, progress: Progress) -> dict[str, int]:
    progress("index", 0)
    database.executescript(_LEADS)
    database.executescript(_INDEX)
    words = {word for (line,) in database.execute("SELECT key FROM label") for word in line.split()}
    database.executemany("INSERT INTO word (text) VALUES (?)", ((word,) for word in sorted(words)))
    database.execute("INSERT INTO gram (gram) VALUES ('rebuild')")
    counts = {
        table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("concept", "label", "word")
    }
    database.executemany("INSERT INTO meta VALUES (?, ?)", [("format", FORMAT), *counts.items()])
    database.execute("ANALYZE")
    database.commit()
    database.execute("DETACH stage")
    progress("index", counts["label"])
    return counts
