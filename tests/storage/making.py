"""Projects to test with: a clock and ids that repeat, articles from plain strings, and what the tables say."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.documents.load import Source, TextKind
from reader.project import Project, open_project
from reader.storage.store import Store
from reader.storage.tables import IMAGE
from reader.work import ingest, tagging
from tests.marks import marked

MOON = "“It is round,” she said. “It is bright.” The moon is a quietly buried stone.\n\nNobody asked it. It went on."


class Ticking:
    """A clock that goes on by a second with every look, and ids from a counter."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self._ids = 0

    def clock(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def new_id(self) -> str:
        self._ids += 1
        return str(uuid.UUID(int=7 << 76 | self._ids))


def opened(path: Path, name: str = "ana", time: Ticking | None = None) -> Project:
    time = time or Ticking()
    return open_project(path, name, clock=time.clock, new_id=time.new_id)


def from_text(text: str, kind: TextKind = "text") -> Source:
    """A text as it would come from a file."""
    return Source("text", text.encode(), kind)


def article(project: Project, text: str = MOON, **details: Any) -> Document:
    return ingest.add(project, from_text(text), **details).document


def marked_article(project: Project, written: str) -> tuple[Document, list[Annotation]]:
    """An article with the marks that are written into it; see `tests.marks`."""
    text, marks = marked(written)
    document = article(project, text)
    return document, [tagging.mark(project, document, fragments, tag) for fragments, tag in marks]


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the log, and what the search tables find for a few words."""
    rows = {table: store.rows(f"SELECT * FROM {table} ORDER BY pk") for table in (*IMAGE, "structure")}
    for table in ("text_search", "note_search", "quote_search", "said_search", "article_note_search"):
        for word in ("moon", "is", "it", "note", "round"):
            rows[f"{table} {word}"] = store.rows(
                f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid", (word,)
            )
    return rows
