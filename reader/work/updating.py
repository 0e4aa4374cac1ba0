"""Articles that change: a new text, what becomes of everybody's marks in it, and what a person decides of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.documents.span import Span
from reader.project import Project
from reader.storage import documents, settling, versions
from reader.storage.settling import Unsettled
from reader.storage.versions import Version
from reader.work import library

if TYPE_CHECKING:
    from reader.anchoring.carrying import Carried
    from reader.anchoring.comparing import Comparison
    from reader.documents.load import Source
    from reader.storage.moving import Update

__all__ = ["Unsettled", "Version"]


def update(project: Project, document: Document, source: Source, *, dry_run: bool = False) -> Update:
    """Gives an article the text in `source` and carries everybody's marks over; durable on return.

    What is sure moves along; what is not stands where it most likely belongs, as `unsure`, until somebody decides;
    what is gone is an orphan that keeps its words. The same text changes nothing. With `dry_run` it only says what
    would become of the marks. BadInput where the bytes are no readable text, Refused where the text is another
    article's.
    """
    from reader.documents.load import take_in
    from reader.storage import moving

    return moving.update(project.store, project.annotator, document.id, take_in(source), dry_run=dry_run)


def unsure(project: Project, document: Document, *, everybody: bool = False) -> tuple[Unsettled, ...]:
    """This annotator's marks (or everybody's) whose place in the present text is in doubt, in text order."""
    return _unsettled(project, document, "unsure", everybody)


def orphans(project: Project, document: Document, *, everybody: bool = False) -> tuple[Unsettled, ...]:
    """This annotator's marks (or everybody's) that have no place in the present text; by where they would be."""
    return _unsettled(project, document, "orphan", everybody)


def counts(project: Project, document: Document) -> tuple[int, int]:
    """How many unsure marks and how many orphans this annotator has in the article."""
    version = documents.version_pk(project.store, document)
    return settling.counts(project.store, version, project.annotator.layer_pk)


def confirm(
    project: Project, document: Document, annotation_id: str, fragments: Sequence[Span] | None = None
) -> Annotation:
    """Says that a mark is where it stands, or at these words instead; also gives an orphan a place.

    Refused where the article has another text than `document`, where another mark says the same of these words, or
    where an orphan gets no words.
    """
    return settling.confirm(project.store, project.annotator, document.version, annotation_id, fragments)


def make_orphan(project: Project, document: Document, annotation_id: str) -> None:
    """Says that a mark has no place in this text (any more); it keeps the words that it had."""
    settling.make_orphan(project.store, project.annotator, document.version, annotation_id)


def remove(project: Project, document: Document, annotation_id: str) -> None:
    """Takes an unsure mark or an orphan out of the article."""
    settling.remove(project.store, project.annotator, document.version, annotation_id)


def candidates(project: Project, document: Document, marks: Sequence[Unsettled]) -> tuple[Carried, ...]:
    """For each of these marks the places in the present text that it may belong to, the likeliest first."""
    from reader.anchoring.carrying import carry

    text = library.text(project, document)
    found: dict[str, Carried] = {}
    for version in dict.fromkeys(mark.known_version for mark in marks):
        some = [mark for mark in marks if mark.known_version == version and mark.known_fragments]
        carried = carry(library.text(project, as_of(project, version)), text, [mark.known_fragments for mark in some])
        found.update((mark.id, each) for mark, each in zip(some, carried, strict=True))
    return tuple(found[mark.id] for mark in marks)


def compare(project: Project, document: Document, version_id: str) -> Comparison:
    """What differs between the text of that version and the present one."""
    from reader.anchoring.comparing import compare as compared

    return compared(library.text(project, as_of(project, version_id)), library.text(project, document))


def as_of(project: Project, version_id: str) -> Document:
    """An article as it was in the version of this id: everything that reads takes it like the present one."""
    return documents.as_of(project.store, version_id)


def texts(project: Project, document: Document) -> tuple[Version, ...]:
    """All texts that the article had, by number."""
    return versions.of_document(project.store, documents.place(project.store, document.id).document)


def _unsettled(project: Project, document: Document, status: str, everybody: bool) -> tuple[Unsettled, ...]:
    layer = None if everybody else project.annotator.layer_pk
    return settling.unsettled(project.store, document.id, status, layer)
