"""Reading marks: as columns for the screen, whole for lists and details."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.project import Project
from reader.storage import annotations as stored
from reader.storage import documents
from reader.storage import marks as columnar
from reader.storage.marks import MarkColumns

__all__ = ["MarkColumns"]


def columns(project: Project, document: Document) -> MarkColumns:
    """All marks of this annotator in the article, as arrays in text order."""
    version = documents.version_pk(project.store, document)
    return columnar.columns(project.store, version, [project.annotator.layer_pk])


def in_range(project: Project, document: Document, start: int, end: int) -> MarkColumns:
    """The marks of this annotator that touch the code points `start`–`end`: enough for a first screen."""
    version = documents.version_pk(project.store, document)
    return columnar.in_range(project.store, version, [project.annotator.layer_pk], start, end)


def counts(project: Project, document: Document) -> dict[str, int]:
    """How many marks of each tag (its id) this annotator made in the article."""
    version = documents.version_pk(project.store, document)
    return columnar.counts(project.store, version, [project.annotator.layer_pk])


def by_pk(project: Project, pks: Sequence[int]) -> tuple[Annotation, ...]:
    """Those of the marks with these numbers that are there, in that order: the visible part of a list."""
    return stored.by_pk(project.store, pks)


def of(project: Project, document: Document) -> tuple[Annotation, ...]:
    """All marks of this annotator in the article, in text order."""
    return by_pk(project, columns(project, document).pk)
