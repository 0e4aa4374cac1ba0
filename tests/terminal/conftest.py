"""What the terminal tests share: an article of their own, the command line beside the screen, and the database."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ARTICLE = Path(__file__).parent.parent / "articles" / "ferry.txt"
Mark = tuple[str, str]
"""The tag's name and the words, with single blanks between them."""


@pytest.fixture
def article() -> Path:
    """The article, in the current folder."""
    path = Path("ferry.txt")
    shutil.copy(ARTICLE, path)
    return path


def command(*args: str | Path) -> tuple[int, str]:
    """`reader args…` without a terminal; its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "reader", *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.decode()


def database() -> Path:
    """Where the marks are when nobody says where."""
    return Path(os.environ["XDG_DATA_HOME"]) / "closereader" / "annotations.db"


def marks() -> list[Mark]:
    """Every mark that is in the database, in text order."""
    with closing(sqlite3.connect(database())) as connection:
        rows = connection.execute("SELECT tag, text FROM spans ORDER BY start, end DESC, tag").fetchall()
    return [(tag, " ".join(text.split())) for tag, text in rows]


def is_whole() -> bool:
    """Whether SQLite finds nothing wrong with the file."""
    with closing(sqlite3.connect(database())) as connection:
        return [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
