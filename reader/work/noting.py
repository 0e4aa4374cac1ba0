"""Notes on an article as a whole; those on a mark are written by `tagging`. Every function is one step to undo."""

from __future__ import annotations

from reader.documents.document import Document
from reader.documents.normalise import safe
from reader.project import Project
from reader.storage import documents, readings


def article_note(project: Project, document: Document) -> str:
    """What this annotator wrote on the article; empty for nothing."""
    return readings.note(project.store, project.annotator, documents.place(project.store, document.id))


def set_article_note(project: Project, document: Document, note: str) -> str:
    """Writes, changes or (empty) takes away this annotator's note on the article; the note as it is kept."""
    kept = safe(note, lines=True).strip()
    readings.set_note(project.store, project.annotator, documents.place(project.store, document.id), kept)
    return kept
