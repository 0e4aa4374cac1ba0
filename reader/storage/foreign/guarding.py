"""A database that nothing in can run: what it may cost is limited, and its tables are proved to be plain."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader.documents.normalise import safe
from reader.errors import StorageProblem
from reader.storage.tables import APPLICATION_ID, KNOWN, MIGRATION_SET

if TYPE_CHECKING:
    from reader.storage.store import Row

_Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]

READ = (
    "annotators", "layers", "codebooks", "tags", "tag_revisions", "documents", "versions", "annotations", "anchors",
    "attributes", "relations", "readings", "steps", "reviews", "review_sides", "decisions", "outcomes", "answers",
)  # fmt: skip
"""The tables that are read; whatever else is in the file is left alone."""

PAGE = 2000
MOST_ROWS = 2_000_000
"""Of one table."""

LONGEST = 200_000_000
"""Bytes of one value."""

_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, LONGEST),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 100),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 20),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 3),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 8),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
    (sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 10),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
)
_PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "query_only = ON",
    # The tables' own conditions are ours, proved by their text; they are not needed, since every value is looked at.
    "ignore_check_constraints = ON",
)

SECONDS = 60.0
"""How long reading may take: of a file that makes SQLite go in circles there would be no end."""

_SECONDS_PER_MB = 1.0
_STEPS_BETWEEN_LOOKS = 100_000


class Guarded:
    """An open copy of somebody's database, of which only certain tables can be read."""

    def __init__(self, connection: sqlite3.Connection, shown: str, tables: Mapping[str, frozenset[str]]) -> None:
        """Inside `guarded` only."""
        self._connection = connection
        self.shown = shown
        """What the file is called in messages."""
        self.tables = tables
        """Those that it has, with their columns."""

    def pages(self, table: str, columns: Sequence[str]) -> Iterator[list[Row]]:
        """These columns of all rows of a table, in the order of their pk, which is the first column."""
        if table not in self.tables:
            return
        listed = ", ".join(f'"{name}"' for name in columns)
        # No index is asked: what is in one need not be what is in the table.
        sql = f"SELECT {listed} FROM {table} NOT INDEXED WHERE pk > ? ORDER BY pk LIMIT {PAGE}"
        last, count = -(1 << 63), 0
        while True:
            rows = self._rows(sql, (last,))
            count += len(rows)
            if count > MOST_ROWS:
                raise StorageProblem(f"{self.shown} has more than {MOST_ROWS:,} rows in {table}: that is too much.")
            yield rows
            if len(rows) < PAGE:
                return
            last = rows[-1][0]

    def row(self, table: str, columns: Sequence[str], pk: int) -> Row | None:
        """These columns of one row."""
        listed = ", ".join(f'"{name}"' for name in columns)
        found = self._rows(f"SELECT {listed} FROM {table} NOT INDEXED WHERE pk = ? LIMIT 1", (pk,))
        return found[0] if found else None

    def _rows(self, sql: str, values: Sequence[object]) -> list[Row]:
        with _problems(self.shown):
            return self._connection.execute(sql, values).fetchall()


@contextmanager
def guarded(copy: Path, path: Path) -> Iterator[Guarded]:
    """A copy opened, its tables proved; `path` is where it came from, for messages."""
    shown = safe(str(path))
    deadline = time.monotonic() + SECONDS + copy.stat().st_size / 1e6 * _SECONDS_PER_MB
    with _problems(shown):
        connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
        for limit, most in _LIMITS:
            connection.setlimit(limit, most)
        with _problems(shown):
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            tables = _proved(connection, shown)
            connection.set_authorizer(_only_reads(frozenset(tables)))
            yield Guarded(connection, shown, tables)
    finally:
        connection.close()


def _proved(connection: sqlite3.Connection, shown: str) -> dict[str, frozenset[str]]:
    """The tables that can be read, with their columns: each as this program's migrations make it, and undamaged."""
    if connection.execute("PRAGMA application_id").fetchall() != [(APPLICATION_ID,)]:
        raise StorageProblem(f"{shown} is another program's database, not one of reader: name another file.")
    had = _migrations(connection, shown)
    should = _expected(had)
    is_ = {
        name: (kind, sql)
        for kind, name, sql in connection.execute(f"SELECT type, name, sql FROM sqlite_master LIMIT {PAGE}")
        if name in should
    }
    for name, (sql, _) in should.items():
        if is_.get(name) != ("table", sql):
            raise StorageProblem(
                f"The table {name} in {shown} is not as reader makes it, so nothing of the file was read: ask for it"
                " again, as reader left it."
            )
    for name in should:
        for (said,) in connection.execute(f"PRAGMA quick_check({name})"):
            if said != "ok":
                raise StorageProblem(f"{shown} is damaged ({safe(str(said))[:200]}): ask for it again.")
    return {name: columns for name, (_, columns) in should.items()}


def _migrations(connection: sqlite3.Connection, shown: str) -> int:
    """How many of the known migrations the file has had, in order."""
    strange = StorageProblem(f"{shown} does not say which reader wrote it, so nothing was read: ask for it again.")
    if connection.execute("SELECT type FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchall() != [
        ("table",)
    ]:
        raise strange
    columns = connection.execute("PRAGMA table_xinfo(_sqlite_migrations)").fetchall()
    plain = {name for _, name, *_, hidden in columns if not hidden}
    if len(plain) < len(columns) or not {"migration_set", "name"} <= plain:
        raise strange
    had = [
        name
        for of, name in connection.execute(f"SELECT migration_set, name FROM _sqlite_migrations LIMIT {PAGE}")
        if of == MIGRATION_SET and isinstance(name, str)
    ]
    unknown = sorted(set(had).difference(KNOWN))
    if unknown:
        raise StorageProblem(
            f"{shown} was written by a newer reader (it has had “{safe(unknown[-1])[:60]}”): update reader, then"
            " take it in."
        )
    if not had or set(had) != set(KNOWN[: len(had)]):
        raise strange
    return len(had)


def _expected(had: int) -> dict[str, tuple[str, frozenset[str]]]:
    """The tables that are read as the first `had` migrations make them: the statement and the columns."""
    from reader.storage.migrations import build

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        build(connection, KNOWN[:had])
        return {
            name: (sql, frozenset(row[1] for row in connection.execute(f"PRAGMA table_info({name})")))
            for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
            if name in READ
        }
    finally:
        connection.close()


def _only_reads(tables: frozenset[str]) -> _Authorizer:
    """Allows reading of these tables and nothing else."""

    def allowed(action: int, first: str | None, second: str | None, database: str | None, inner: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and first in tables and inner is None:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    return allowed


@contextmanager
def _problems(shown: str) -> Iterator[None]:
    """What SQLite's errors mean here."""
    try:
        yield
    except sqlite3.Error as error:
        name = str(getattr(error, "sqlite_errorname", "") or "")
        if name == "SQLITE_NOTADB":
            raise StorageProblem(f"{shown} is not a database of reader: name another file.") from error
        if name == "SQLITE_INTERRUPT":
            raise StorageProblem(f"{shown} takes too long to read, so it was left alone: is it damaged?") from error
        if name.startswith("SQLITE_CORRUPT"):
            raise StorageProblem(f"{shown} is damaged: ask for it again.") from error
        if name in ("SQLITE_TOOBIG", "SQLITE_NOMEM"):
            raise StorageProblem(f"{shown} holds more than can be taken in at once: nothing was read.") from error
        said = safe(str(error))[:200]
        raise StorageProblem(f"{shown} cannot be read as a database of reader ({said}): ask for it again.") from error
    except MemoryError as error:
        raise StorageProblem(f"{shown} holds more than can be taken in at once: nothing was read.") from error
