"""A private copy of somebody's database: the one file, never its journal, which SQLite would obey."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reader.documents.normalise import safe
from reader.documents.plain_file import opened
from reader.errors import StorageProblem

HEADER = b"SQLite format 3\x00"
_WAL = 2
_HEADER_SIZE = 100


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """The path of a copy in a folder for this user alone, which goes again at the end.

    UsageProblem where there is no such file; StorageProblem where it is none of SQLite's, not whole without what lies
    beside it, or changes meanwhile.
    """
    shown = safe(str(path))
    with opened(path) as source:
        _check(source, path, shown)
        with tempfile.TemporaryDirectory(prefix="reader-") as folder:
            copy = Path(folder) / "copy.db"
            before = os.fstat(source.fileno())
            try:
                with copy.open("wb") as out:
                    shutil.copyfileobj(source, out, 1 << 20)
            except OSError as problem:
                raise StorageProblem(
                    f"{shown} cannot be copied to {folder} ({problem.strerror}): make room there, or see to the file."
                ) from problem
            after = os.fstat(source.fileno())
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                raise StorageProblem(f"{shown} is being written to: try again when that is done.")
            yield copy


def _check(source: BinaryIO, path: Path, shown: str) -> None:
    header = source.read(_HEADER_SIZE)
    source.seek(0)
    if len(header) < _HEADER_SIZE or not header.startswith(HEADER):
        raise StorageProblem(f"{shown} is not a database of reader: name another file.")
    beside = "-wal" if _WAL in header[18:20] else "-journal"
    if _has_some(path.with_name(path.name + beside)):
        what = "and its newest changes are in" if beside == "-wal" else "or a program was stopped while it wrote:"
        raise StorageProblem(
            f"{shown} is in use, {what} {safe(path.name)}{beside} beside it. Open it with reader, leave it again and"
            " take the file then; or take the file alone, copied to another folder."
        )


def _has_some(path: Path) -> bool:
    """Whether this is a file with something in it."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size > 0
