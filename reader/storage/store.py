"""The open database: one connection, its rules, and the two ways in: read whole answers, write in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader import paths
from reader.errors import NotFound, StorageProblem
from reader.ids import Clock, NewId, now, timestamp, uuid7
from reader.storage.problems import sentence
from reader.storage.steps import Step, step
from reader.storage.tables import APPLICATION_ID, KNOWN, MIGRATION_SET

if TYPE_CHECKING:
    from reader.storage.said import Known

PATIENCE_MS = 150
"""How long a write waits for another program's: longer would be a frozen screen."""

OPENING_PATIENCE_MS = 1000
"""How long opening waits: nothing is on the screen yet."""

Row = tuple[Any, ...]


class Store:
    """One database file, open. Every answer is fetched whole, so that no read stays open and blocks a commit."""

    def __init__(self, connection: sqlite3.Connection, path: Path, clock: Clock, new_id: NewId) -> None:
        """Wraps a connection made with `isolation_level=None`; `open_store` is the way to get one."""
        self.connection = connection
        self.path = path
        self.clock = clock
        self.new_id = new_id
        self.last_text: tuple[int, str] | None = None
        """The text read last, by its version's pk: texts never change, and marking asks for the same one again."""
        self.known_values: dict[str, Known] = {}
        """What was said by the attributes that were asked for, by their names; see `reader.storage.said`."""

    def time(self) -> str:
        """The present, as the tables hold it."""
        return timestamp(self.clock())

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows that `sql` gives."""
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise sentence(error, self.path) from error

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row that `sql` gives, if any."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction: all of it is on disk afterwards, or, after any error, nothing of it.

        Takes the write lock at once: a transaction that reads first and asks for the lock later can be refused
        however long it waits.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise sentence(error, self.path) from error
            raise

    def step(
        self,
        label: str,
        actor: int,
        document: int | None = None,
        layer: int | None = None,
        kind: str = "do",
        undoes: int | None = None,
    ) -> AbstractContextManager[Step]:
        """One logged change in one transaction; see `reader.storage.steps`."""
        return step(self, label, actor, document, layer, kind, undoes)

    def reader(self) -> Store:
        """A second connection that only reads, for a thread of its own: to be made, used and closed there."""
        reader = Store(_connected(self.path), self.path, self.clock, self.new_id)
        try:
            reader.rows("PRAGMA query_only = ON")
        except BaseException:
            reader.close()
            raise
        return reader

    def close(self) -> None:
        """Lets go of the file."""
        self.connection.close()


def open_store(path: Path, *, create: bool, clock: Clock = now, new_id: NewId = uuid7) -> Store:
    """The database at `path`, brought up to this program's schema; made where it is missing and `create` says so.

    NotFound where there is none; StorageProblem where the file is something else, damaged or from a newer program.
    """
    # Absolute, because SQLite may take a path that starts with "file:" for a URI.
    path = Path(os.path.abspath(path.expanduser()))
    _look_before(path, create)
    connection = _connected(path)
    store = Store(connection, path, clock, new_id)
    try:
        _check_ours(store)
        # `trusted_schema` stays on: before SQLite 3.42 switching it off forbids the search tables' triggers and
        # json_valid, and this connection has no functions of its own that a schema could call.
        # One file that is whole and current after every commit: it gets copied, mailed and synced.
        store.rows("PRAGMA journal_mode = TRUNCATE")
        store.rows("PRAGMA synchronous = FULL")
        if missing_migrations(store):
            from reader.storage.migrations import migrate

            migrate(store)
        store.rows("PRAGMA foreign_keys = ON")
        store.rows(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    except BaseException:
        connection.close()
        raise
    return store


def _connected(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(path, isolation_level=None, timeout=OPENING_PATIENCE_MS / 1000)
    except sqlite3.Error as error:
        raise sentence(error, path) from error


def missing_migrations(store: Store) -> tuple[str, ...]:
    """The known migrations that the file has not had; StorageProblem where it has had some that are unknown here."""
    had: set[str] = set()
    if store.row("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"):
        had = {name for (name,) in store.rows(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (MIGRATION_SET,)
        )}  # fmt: skip
    unknown = sorted(had.difference(KNOWN))
    if unknown:
        raise StorageProblem(
            f"{store.path} was written by a newer reader (it has had “{unknown[-1]}”): update reader, then open it."
        )
    return tuple(name for name in KNOWN if name not in had)


def _look_before(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StorageProblem(f"{path} is a folder: name a file in it, such as {path / 'annotations.db'}.")
    if path.exists():
        return
    if not create:
        raise NotFound(f"There is no database at {path}: add an article first, or name another file with --db.")
    if path.parent == paths.data_folder():
        paths.made(path.parent)
    if not path.parent.is_dir():
        raise StorageProblem(f"The folder {path.parent} does not exist: make it first, or name another file with --db.")


def _check_ours(store: Store) -> None:
    # In one statement: another program may be making the file at this moment.
    found = store.row("SELECT application_id, EXISTS (SELECT 1 FROM sqlite_master) FROM pragma_application_id")
    if found not in ((APPLICATION_ID, 0), (APPLICATION_ID, 1), (0, 0)):
        raise StorageProblem(
            f"{store.path} is another program's database, so it was left alone: name another file with --db."
        )
