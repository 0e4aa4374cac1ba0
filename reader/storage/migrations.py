"""How a file gets this program's schema: named migrations under the write lock, with a backup made first.

Loaded only when a migration is pending. A migration never calls code that may change later.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from reader.storage import (
    schema_0001,
    schema_0002,
    schema_0003,
    schema_0004,
    schema_0005,
    schema_0006,
    schema_0007,
    schema_0008,
    schema_0009,
)
from reader.storage.problems import sentence
from reader.storage.tables import APPLICATION_ID, KNOWN, MIGRATION_SET

if TYPE_CHECKING:
    from reader.storage.store import Store

_PATIENCE_MS = 5000
"""Another program may be bringing the same file up to date."""

reader = Migrations(MIGRATION_SET)


@reader(name="0001_first_schema")
def first_schema(db: Database) -> None:
    """The tables, indexes, search tables and the `spans` view."""
    for statement in _statements(schema_0001.SCHEMA):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@reader(name="0002_library")
def library(db: Database) -> None:
    """When each article was opened last; indexes for lists of many articles."""
    for statement in _statements(schema_0002.SCHEMA):
        db.execute(statement)


@reader(name="0003_shared_steps")
def shared_steps(db: Database) -> None:
    """Which articles a step is about that is about several."""
    for statement in _statements(schema_0003.SCHEMA):
        db.execute(statement)


@reader(name="0004_codebooks")
def codebooks(db: Database) -> None:
    """Which codebook new articles get; what the first default's attributes are for."""
    for statement in (*_statements(schema_0004.SCHEMA), *schema_0004.NEW_FIELDS):
        db.execute(statement)


@reader(name="0005_changed_articles")
def changed_articles(db: Database) -> None:
    """An index of the marks that a changed text made doubtful; their status in the `spans` view."""
    for statement in _statements(schema_0005.SCHEMA):
        db.execute(statement)


@reader(name="0006_outlines")
def outlines(db: Database) -> None:
    """Where the paragraphs and sentences of texts begin."""
    for statement in _statements(schema_0006.SCHEMA):
        db.execute(statement)


@reader(name="0007_histories")
def histories(db: Database) -> None:
    """What can be undone is found without what is only recorded."""
    for statement in _statements(schema_0007.SCHEMA):
        db.execute(statement)


@reader(name="0008_reviews")
def reviews(db: Database) -> None:
    """People's marks compared: reviews, decisions, what came of them, and answers."""
    for statement in _statements(schema_0008.SCHEMA):
        db.execute(statement)


@reader(name="0009_said")
def said(db: Database) -> None:
    """Values of attributes, and notes on articles, are found by their words."""
    for statement in _statements(schema_0009.SCHEMA):
        db.execute(statement)


def migrate(store: Store) -> None:
    """Brings the file up to date, all or nothing; the shipped codebook is put in where there is none."""
    from reader.storage.codebooks import ensure_shipped
    from reader.storage.store import missing_migrations

    store.rows(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    with store.write():
        # Asked again under the lock: another program may have done it meanwhile.
        missing = missing_migrations(store)
        if missing:
            if store.row("SELECT 1 FROM sqlite_master LIMIT 1"):
                _backup(store, missing[0])
            build(store.connection)
            store.connection.executemany(
                "UPDATE _sqlite_migrations SET applied_at = ? WHERE migration_set = ? AND name = ?",
                [(store.time(), MIGRATION_SET, name) for name in missing],
            )
            ensure_shipped(store)


def build(connection: sqlite3.Connection, names: Sequence[str] = KNOWN) -> None:
    """Applies what is pending of these, the first ones, to a connection, as it stands: no lock, no backup."""
    later = KNOWN[len(names) : len(names) + 1]
    reader.apply(Database(connection, execute_plugins=False, recursive_triggers=False), stop_before=later)


def _backup(store: Store, name: str) -> None:
    """A whole copy beside the file, under its own name only once it is complete; an older one is kept."""
    target = _free(store.path.with_name(f"{store.path.name}.before-{name}.bak"))
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    try:
        source = sqlite3.connect(store.path)
        copy = sqlite3.connect(unfinished)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise sentence(error, target) from error
    os.replace(unfinished, target)


def _free(wanted: Path) -> Path:
    number, path = 1, wanted
    while path.exists():
        number += 1
        path = wanted.with_name(f"{wanted.name}.{number}")
    return path


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: `executescript` would commit the transaction that is open."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
