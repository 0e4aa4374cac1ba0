"""An article laid out for reading: everything about it that the screen needs at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.annotations.codebook import Codebook
from reader.documents.document import Document, Structure
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.project import Project
from reader.tui.layout.marks import MarkIndex
from reader.work import library, marks

NEARBY = 10_000
"""Code points around the cursor whose marks are fetched before the first paint: more than any terminal shows."""


class Desk(NamedTuple):
    """One article, opened by one annotator."""

    project: Project
    document: Document
    codebook: Codebook
    text: str
    paragraphs: Paragraphs
    structure: Sequence[Structure]
    segments: Segments


def lay_out(project: Project, document: Document) -> Desk:
    """Fetch an article and find its paragraphs."""
    text = library.text(project, document)
    paragraphs = Paragraphs(text, document.layout)
    return Desk(
        project=project,
        document=document,
        codebook=library.codebook(project, document),
        text=text,
        paragraphs=paragraphs,
        structure=library.structure(project, document),
        segments=Segments(text, paragraphs, document.language),
    )


def marks_near(desk: Desk, offset: int) -> MarkIndex:
    """The marks around an offset: all that a first screen needs."""
    return _index(marks.in_range(desk.project, desk.document, max(0, offset - NEARBY), offset + NEARBY))


def all_marks(desk: Desk) -> MarkIndex:
    """Every mark of this annotator in the article."""
    return _index(marks.columns(desk.project, desk.document))


def _index(columns: marks.MarkColumns) -> MarkIndex:
    return MarkIndex.of(columns.pk, columns.start, columns.end, columns.tag, columns.several)
