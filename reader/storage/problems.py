"""What SQLite's errors mean to a person: one sentence each, and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.errors import Busy, StorageProblem

_SENTENCES = (
    ("SQLITE_READONLY", "{path} can only be read, so nothing was saved: allow writing to the file and its folder."),
    ("SQLITE_FULL", "The disk is full, so nothing was saved: make room and do it again. ({path})"),
    ("SQLITE_CORRUPT", "{path} is damaged: make a copy of it first, then go back to a backup beside it (*.bak)."),
    ("SQLITE_NOTADB", "{path} is not a database of reader: name another file with --db."),
    ("SQLITE_CANTOPEN", "{path} cannot be opened: does its folder exist, and may you write there?"),
    ("SQLITE_IOERR", "The disk did not answer while reading or writing {path}, so nothing was saved: check the disk."),
    ("SQLITE_PERM", "You may not open {path}: change its permissions, or name another file with --db."),
    ("SQLITE_AUTH", "You may not open {path}: change its permissions, or name another file with --db."),
    ("SQLITE_TOOBIG", "That is more than one database row can hold, so nothing was saved: split the text."),
    ("SQLITE_NOMEM", "There was not enough memory, so nothing was saved: close other programs and do it again."),
)


def sentence(error: sqlite3.Error, path: Path) -> StorageProblem:
    """The problem that `error` stands for, to be raised in its place."""
    code = str(getattr(error, "sqlite_errorname", "") or "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(f"Another program is writing to {path}, so nothing was saved: try again in a moment.")
    for name, message in _SENTENCES:
        if code.startswith(name):
            return StorageProblem(message.format(path=path))
    return StorageProblem(f"{path} did not do what was asked, nothing was saved ({error}): run `reader check`.")
