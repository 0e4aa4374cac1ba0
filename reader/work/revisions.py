"""Marks that were made before their tag got its present definition: finding them, and saying that they still hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Codebook, Tag
from reader.documents.document import Document
from reader.errors import Refused
from reader.project import Project
from reader.storage import annotations as stored
from reader.storage import documents, revisions
from reader.work import library


@dataclass(frozen=True, slots=True)
class Outdated:
    """A mark that was made under another definition than its tag has now."""

    annotation: Annotation
    article: int
    """The article's number."""
    title: str
    tag: Tag
    """The tag as it is now."""
    why: str
    """What has changed since, in a few words: `revision 1, now 3`, `was assertion`."""


def outdated(
    project: Project, codebook: Codebook, tag: Tag | None = None, document: Document | None = None, *, own: bool = False
) -> list[Outdated]:
    """Such marks of everybody's (or the annotator's `own`), of all tags or one, in all articles or one, in their order.

    Marks of a tag that was merged count too: its definition was another one.
    """
    tags_by_id = {each.id: each for each in codebook.tags}
    found = revisions.outdated(
        project.store,
        [tag.id] if tag is not None else list(tags_by_id),
        layer=project.annotator.layer_pk if own else None,
        document=None if document is None else library.number(project, document),
    )
    marks = {mark.pk: mark for mark in stored.by_pk(project.store, [old.pk for old in found])}
    return [
        Outdated(marks[old.pk], old.article, old.title, tags_by_id[old.tag_id], _why(old, tags_by_id[old.tag_id]))
        for old in found
        if old.pk in marks
    ]


def counts(project: Project) -> dict[str, int]:
    """How many such marks each tag (its id) has; nothing for those that have none."""
    return revisions.counts(project.store)


def confirm(project: Project, marks: Sequence[Annotation]) -> int:
    """The annotator's own among these marks hold under the present definition; one step, of the article or the library.

    How many did not before. Refused where none of them is the annotator's.
    """
    own = [mark for mark in marks if mark.layer == project.annotator.layer_id]
    if marks and not own:
        raise Refused("These marks are other people's, and only they can confirm them.")
    articles = {mark.document for mark in own}
    here = documents.place(project.store, articles.pop()).document if len(articles) == 1 else None
    with project.store.step("", project.annotator.pk, here, project.annotator.layer_pk) as step:
        step.label = f"{len(own):,} {'mark' if len(own) == 1 else 'marks'} confirmed"
        return revisions.confirm(project.store, step, project.annotator, [mark.pk for mark in own])


def _why(old: revisions.Old, tag: Tag) -> str:
    return f"was {old.given}" if old.merged else f"revision {old.revision}, now {tag.revision}"
