"""Libraries to measure with: a database with one article and its marks, built once and kept."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.article import RECIPE, article, marks

READER: Final = "bench"
"""Whose marks they are."""

STRANGER: Final = "stranger"
"""Somebody who has marked nothing in the same article."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to read."""

    name: str
    bytes: int
    """Of the text, in UTF-8."""
    marks: int


SIZES: Final = {
    "4k": Size("4k", 4_000, 20),
    "3m": Size("3m", 3_000_000, 100_000),
    "50m": Size("50m", 50_000_000, 100_000),
}


@dataclass(frozen=True, slots=True)
class Library:
    """One article, as a database and as a file."""

    size: Size
    database: Path
    text_file: Path

    @property
    def text(self) -> str:
        """The article's text."""
        return self.text_file.read_bytes().decode()


def library(size: Size, cache: Path, tell: Callable[[str], None]) -> Library:
    """The library of this size, built where the cache folder has none that this program's schema can use as it is."""
    from reader.storage.tables import KNOWN

    made_by = hashlib.sha256(f"{RECIPE} {size} {KNOWN}".encode()).hexdigest()[:12]
    folder = cache / f"{size.name}-{made_by}"
    found = Library(size, folder / "library.db", folder / "article.txt")
    if not folder.exists():
        tell(f"Building the library of {size.name}, once …")
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".building-", dir=cache))
        try:
            _build(Library(size, unfinished / "library.db", unfinished / "article.txt"))
            for stale in cache.glob(f"{size.name}-*"):
                shutil.rmtree(stale)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return found


def copied(database: Path, copy: Path) -> Path:
    """A copy to write in, all of it on the disk, so that nothing is still being written when a commit is timed."""
    shutil.copyfile(database, copy)
    handle = os.open(copy, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return copy


def _build(into: Library) -> None:
    from reader.documents.load import read_file
    from reader.documents.span import Span
    from reader.project import open_project
    from reader.work import ingest, tagging

    into.text_file.write_bytes(article(into.size.bytes).encode())
    project = open_project(into.database, READER)
    try:
        document = ingest.add(project, read_file(into.text_file), title=f"An article of {into.size.name}").document
        made = marks(into.text, into.size.marks)
        for tag in sorted({mark.tag for mark in made}):
            tagging.mark_all(project, document, [Span(mark.start, mark.end) for mark in made if mark.tag == tag], tag)
    finally:
        project.close()
