"""What tags meant when: the states of each definition, and the marks that were made under another than the present."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.storage import codebooks
from reader.storage.bindings import retagged

if TYPE_CHECKING:
    from reader.storage.annotators import Annotator
    from reader.storage.steps import Step
    from reader.storage.store import Store

# `given` is the tag that the mark was given, `tags` the one that it is shown as.
_OLD = (
    " FROM annotations JOIN tags AS given ON given.pk = annotations.tag"
    " JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
    " JOIN documents ON documents.pk = annotations.document AND documents.deleted_at IS NULL"
    " WHERE annotations.deleted_at IS NULL"
    " AND (given.merged_into IS NOT NULL OR annotations.tag_revision < given.revision)"
)


@dataclass(frozen=True, slots=True)
class Revision:
    """A tag's definition as it was."""

    number: int
    at: str
    """Since when, as the tables hold times."""
    name: str
    unit: str
    definition: str
    do: tuple[str, ...]
    dont: tuple[str, ...]


class Old(NamedTuple):
    """A mark that was made under another definition than its tag has now."""

    pk: int
    """The annotation's number."""
    article: int
    """The document's number, and its title."""
    title: str
    given: str
    """The name that the tag had then, where it is known; it may have been merged into another since."""
    revision: int
    """The one that it was made under, of the tag that was given."""
    tag_id: str
    """The tag that it is shown as."""
    merged: bool
    """Whether that is another tag than the one given."""


def history(store: Store, tag_id: str) -> list[Revision]:
    """The states of a tag's definition that this database knows, the first one first."""
    rows = store.rows(
        "SELECT revision, created_at, name, unit, definition, examples FROM tag_revisions"
        " WHERE tag = (SELECT pk FROM tags WHERE id = ?) ORDER BY revision",
        (tag_id,),
    )
    return [_revision(*row) for row in rows]


def outdated(store: Store, tags: Sequence[str], *, layer: int | None = None, document: int | None = None) -> list[Old]:
    """The marks shown as one of these tags (ids) that were made under another definition, in the order of the articles.

    Of everybody, or in one layer (its pk); in all documents, or in one (its pk).
    """
    where = f" AND tags.id IN ({', '.join('?' * len(tags))})"
    values: list[object] = [*tags]
    for column, value in (("layer", layer), ("document", document)):
        if value is not None:
            where += f" AND annotations.{column} = ?"
            values.append(value)
    rows = store.rows(
        "SELECT annotations.pk, documents.pk, documents.title, ifnull((SELECT tag_revisions.name FROM tag_revisions"
        " WHERE tag_revisions.tag = given.pk AND tag_revisions.revision = annotations.tag_revision), given.name),"
        f" annotations.tag_revision, tags.id, given.merged_into IS NOT NULL{_OLD}{where}"
        " ORDER BY documents.pk, annotations.pk",
        values,
    )
    return [Old._make(row) for row in rows]


def counts(store: Store) -> dict[str, int]:
    """How many such marks, of everybody, each tag (its id) has; nothing for those that have none."""
    return dict(store.rows(f"SELECT tags.id, count(*){_OLD} GROUP BY tags.pk"))


def confirm(store: Store, step: Step, actor: Annotator, pks: Sequence[int]) -> int:
    """The actor's own among these marks now stand under the present definition; how many did not before.

    A mark whose tag was merged gets the heir, but where the heir is on the same words already.
    """
    rows = store.rows(
        f"SELECT annotations.pk, tags.id, tags.codebook{_OLD} AND annotations.layer = ?"
        " AND annotations.pk IN (SELECT value FROM json_each(?)) ORDER BY annotations.pk",
        (actor.layer_pk, json.dumps(list(pks))),
    )
    books = {book: codebooks.load(store, book) for book in {row[2] for row in rows}}
    return sum(retagged(store, step, pk, books[book].by_id(tag)) for pk, tag, book in rows)


def _revision(number: int, at: str, name: str, unit: str, definition: str, examples: str) -> Revision:
    told = json.loads(examples)
    return Revision(number, at, name, unit, definition, tuple(told["do"]), tuple(told["dont"]))
