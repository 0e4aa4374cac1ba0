"""Undo and redo: any depth, per article, annotator and layer (one's own, or a review's), also after a restart.

Without an article it is the library's own history: what was done to articles in the list of them.
"""

from __future__ import annotations

from typing import NamedTuple

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.errors import Refused
from reader.project import Project
from reader.storage import annotations as stored
from reader.storage import documents, turning

MOST_NAMED = 1000
"""So many marks are shown to be others one by one; where there are more, all are read again sooner."""


class Undone(NamedTuple):
    """What going back, or forward, did."""

    label: str
    """The step that was undone or redone, as a person would call it: `claim on 22 words`."""
    kind: str
    """`undo` or `redo`."""
    before: tuple[Annotation, ...]
    """The marks concerned that were there before: those of this article, where the step was about several."""
    after: tuple[Annotation, ...]
    """The marks concerned that are there now, likewise."""
    are_all: bool
    """Whether these are all of them: of very many only some are named, and all marks must be asked for again."""
    articles: tuple[int, ...]
    """The numbers of the articles whose details, status or presence it was about."""
    text_changed: bool
    """Whether the article has another text now: what shows it must be opened again."""
    step: int = 0
    """The number of the step that was undone or redone."""


def undo(project: Project, document: Document | None) -> Undone:
    """Takes this annotator's last step in the article back; Refused where there is none or it cannot be.

    A step in several articles is taken back in all of them.
    """
    return _turn_back(project, document, "undo")


def redo(project: Project, document: Document | None) -> Undone:
    """Brings back what undo took; Refused where there is nothing, or something new was done since."""
    return _turn_back(project, document, "redo")


def peek(project: Project, document: Document | None) -> tuple[str | None, str | None]:
    """What undo, and what redo, would be about; None where there is nothing."""
    here = _place(project, document)
    layer = _layer(project, document)
    back = turning.next_undo(project.store, here, project.annotator.pk, layer)
    forth = turning.next_redo(project.store, here, project.annotator.pk, layer)
    return (back.label if back else None, forth.label if forth else None)


def _turn_back(project: Project, document: Document | None, kind: str) -> Undone:
    store, actor = project.store, project.annotator
    here = _place(project, document)
    find = turning.next_undo if kind == "undo" else turning.next_redo
    target = find(store, here, actor.pk, _layer(project, document))
    if target is None:
        raise Refused(f"There is nothing to {kind} in {'the library' if document is None else 'this article'}.")
    concerned = turning.annotations_in(store, target.pk, here, MOST_NAMED)
    before = stored.by_pk(store, concerned)
    turning.turn_back(store, target, kind, here, actor.layer_pk, actor.pk)
    after, articles = stored.by_pk(store, concerned), turning.documents_in(store, target.pk)
    are_all, text_changed = len(concerned) <= MOST_NAMED, turning.switches(store, target.pk)
    return Undone(target.label, kind, before, after, are_all, articles, text_changed, target.pk)


def _layer(project: Project, document: Document | None) -> int | None:
    """The layer whose history it is; an article's details belong to none."""
    return None if document is None else project.annotator.layer_pk


def _place(project: Project, document: Document | None) -> int | None:
    return None if document is None else documents.place(project.store, document.id).document
