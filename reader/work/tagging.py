"""Marking: saying of some words what they are, and changing what was said. Every function is one step to undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Tag
from reader.documents.document import Document
from reader.documents.normalise import safe
from reader.documents.span import Span, merged, without
from reader.errors import Refused
from reader.project import Project
from reader.storage import annotations as stored
from reader.storage import codebooks, documents
from reader.work.attributes import checked


def mark(
    project: Project,
    document: Document,
    fragments: Sequence[Span],
    tag: Tag | str,
    note: str = "",
    attributes: Mapping[str, Sequence[str]] | None = None,
) -> Annotation:
    """Tags these words (one piece or several) in the annotator's own layer; durable on return.

    `tag` may be a name as people write it. Refused: no words, the same tag on the same words, an attribute that the
    tag does not have.
    """
    meant = _tag(project, document.id, tag)
    return stored.add(
        project.store,
        project.annotator,
        document.id,
        document.version,
        fragments,
        meant,
        _note(note),
        checked(meant, attributes or {}),
    )


def mark_all(project: Project, document: Document, spans: Sequence[Span], tag: Tag | str) -> Sequence[int]:
    """Tags each of these spans, as one step; those that carry the tag already stay as they are.

    The numbers of the new marks (see `marks.by_pk`), which may be very many. Refused where none is left to tag.
    """
    meant = _tag(project, document.id, tag)
    places = stored.Places(document.id, document.version, spans, meant)
    made, _ = stored.add_all(project.store, project.annotator, [places])
    if not made:
        raise Refused(f"Every one of these is marked as {meant.name} already: there is nothing to add.")
    return made


def retag(project: Project, annotation_id: str, tag: Tag | str) -> Annotation:
    """Gives a mark another tag; what else was said about it stays."""
    present = stored.own(project.store, project.annotator, annotation_id)
    return stored.retag(project.store, project.annotator, annotation_id, _tag(project, present.document, tag))


def remove(project: Project, annotation_id: str) -> Annotation:
    """Takes a mark away; the mark as it was."""
    return stored.remove(project.store, project.annotator, annotation_id)


def set_note(project: Project, annotation_id: str, note: str) -> Annotation:
    """Writes, changes or (empty) takes away a mark's note."""
    return stored.set_note(project.store, project.annotator, annotation_id, _note(note))


def set_attributes(project: Project, annotation_id: str, attributes: Mapping[str, Sequence[str]]) -> Annotation:
    """Sets each attribute named to its values (none: taken away); the others stay. Refused where one cannot be."""
    present = stored.own(project.store, project.annotator, annotation_id)
    tag = codebooks.of_document(project.store, present.document).by_id(present.tag)
    return stored.set_attributes(project.store, project.annotator, annotation_id, checked(tag, attributes))


def move_edges(
    project: Project, annotation_id: str, fragments: Sequence[Span], seen: Document | None = None
) -> Annotation:
    """Puts a mark on these words instead; touching pieces become one.

    `seen`, here and below: the article as it was when the offsets were chosen. Refused where its text was replaced.
    """
    version = seen.version if seen is not None else None
    return stored.set_fragments(project.store, project.annotator, annotation_id, fragments, "edges moved", version)


def join(project: Project, annotation_id: str, span: Span, seen: Document | None = None) -> Annotation:
    """Adds a piece to a mark; Refused where the mark has these words already."""
    present = _own(project, annotation_id, seen)
    if any(piece.covers(span) for piece in present.fragments):
        raise Refused("The mark has these words already: select others to join to it.")
    pieces = merged((*present.fragments, span))
    version = seen.version if seen is not None else None
    return stored.set_fragments(project.store, project.annotator, annotation_id, pieces, "piece joined", version)


def take_piece(project: Project, annotation_id: str, span: Span, seen: Document | None = None) -> Annotation | None:
    """Takes words out of a mark; with its last ones goes the mark itself, and the answer is None."""
    present = _own(project, annotation_id, seen)
    left = without(present.fragments, span)
    if left == present.fragments:
        raise Refused("The mark has none of these words: put the cursor on the piece to take away.")
    if not left:
        stored.remove(project.store, project.annotator, annotation_id)
        return None
    version = seen.version if seen is not None else None
    return stored.set_fragments(project.store, project.annotator, annotation_id, left, "piece taken away", version)


def _own(project: Project, annotation_id: str, seen: Document | None) -> Annotation:
    """The mark as it is now, its offsets in the text that somebody has seen."""
    present = stored.own(project.store, project.annotator, annotation_id)
    if seen is not None:
        stored.refuse_replaced(project.store, documents.place(project.store, seen.id), seen.version)
    return present


def _tag(project: Project, document_id: str, tag: Tag | str) -> Tag:
    return tag if isinstance(tag, Tag) else codebooks.of_document(project.store, document_id).find(tag)


def _note(note: str) -> str:
    return safe(note, lines=True).strip()
