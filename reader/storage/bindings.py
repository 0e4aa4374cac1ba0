"""Which articles are read with which codebook, and what happens to marks of tags that the next one has not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.annotations.codebook import Tag
    from reader.storage.annotators import Annotator
    from reader.storage.steps import Step
    from reader.storage.store import Store


@dataclass(frozen=True, slots=True)
class Stranger:
    """A tag that marks carry in articles that are to be read with a codebook that has it not."""

    tag_id: str
    name: str
    articles: int
    mine: int
    """The annotator's own marks."""
    others: int


def strangers(store: Store, actor: Annotator, documents: Sequence[int], codebook_id: str) -> list[Stranger]:
    """Such tags (heirs of merged ones) in these documents (pks), the most used one first."""
    rows = store.rows(
        "SELECT tags.id, tags.name, count(DISTINCT given.document), sum(given.mine), sum(given.count - given.mine) FROM"
        " (SELECT document, tag, count(*) AS count, sum(layer = ?) AS mine FROM annotations"
        " WHERE document IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL GROUP BY document, tag) AS given"
        " JOIN tags AS used ON used.pk = given.tag JOIN tags ON tags.pk = ifnull(used.merged_into, used.pk)"
        " WHERE used.codebook <> (SELECT pk FROM codebooks WHERE id = ?)"
        " GROUP BY tags.pk ORDER BY sum(given.count) DESC, tags.pk",
        (actor.layer_pk, json.dumps(list(documents)), codebook_id),
    )
    return [Stranger(*row) for row in rows]


def bind(store: Store, step: Step, documents: Sequence[int], codebook_id: str) -> int:
    """These documents (pks) are read with this codebook from now on; how many were not yet."""
    ((pk,),) = store.rows("SELECT pk FROM codebooks WHERE id = ?", (codebook_id,))
    return sum(step.update("documents", document, {"codebook": pk}) for document in documents)


def give(
    store: Store, step: Step, actor: Annotator, documents: Sequence[int], instead: Mapping[str, Tag]
) -> tuple[int, int]:
    """The actor's own marks in these documents (pks) get another tag for the one (its id) that they carry.

    How many did, and how many stay as they are since the tag is on the same words already.
    """
    rows = store.rows(
        "SELECT annotations.pk, tags.id FROM annotations JOIN tags AS given ON given.pk = annotations.tag"
        " JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
        " WHERE annotations.document IN (SELECT value FROM json_each(?)) AND annotations.layer = ?"
        " AND annotations.deleted_at IS NULL ORDER BY annotations.pk",
        (json.dumps(list(documents)), actor.layer_pk),
    )
    wanted = [(pk, instead[tag]) for pk, tag in rows if tag in instead]
    given = sum(retagged(store, step, pk, tag) for pk, tag in wanted)
    return given, len(wanted) - given


def retagged(store: Store, step: Step, annotation: int, tag: Tag) -> bool:
    """Gives a mark (its pk) a tag in its present revision; False where another mark of the layer says so already."""
    ((tag_pk,),) = store.rows("SELECT pk FROM tags WHERE id = ?", (tag.id,))
    if store.row(_SAME, (tag_pk, annotation)):
        return False
    return step.update(
        "annotations", annotation, {"tag": tag_pk, "tag_revision": tag.revision, "updated_at": store.time()}
    )


_SAME = (
    "SELECT 1 FROM annotations AS mine JOIN documents ON documents.pk = mine.document"
    " JOIN anchors AS here ON here.annotation = mine.pk AND here.version = documents.version"
    " JOIN anchors AS there ON there.version = here.version AND there.start = here.start AND there.end = here.end"
    " AND there.fragments = here.fragments AND there.annotation <> mine.pk AND there.status <> 'orphan'"
    " JOIN annotations AS other ON other.pk = there.annotation AND other.layer = mine.layer AND other.tag = ?"
    " AND other.deleted_at IS NULL WHERE mine.pk = ? AND here.status <> 'orphan' LIMIT 1"
)
"""Whether the very words of a mark carry a tag (its pk) by another mark of the same layer."""
