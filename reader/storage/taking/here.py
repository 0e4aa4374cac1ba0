"""What is here of a layer already: its marks with all their places and attributes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.storage.store import Store


class Anchor(NamedTuple):
    """A place of a mark as the table has it."""

    status: str
    score: float | None
    start: int
    end: int
    fragments: str
    quote: str
    prefix: str
    suffix: str


@dataclass(slots=True)
class MarkHere:
    """A mark that is here already."""

    pk: int
    document: str
    """UUID of the article."""
    tag: str
    shown: str
    """UUID of the tag that it is shown as."""
    tag_revision: int
    note: str
    created_at: str
    updated_at: str
    deleted_at: str | None
    anchors: dict[str, tuple[int, Anchor]] = field(default_factory=dict)
    """Number and place, by the text's hash."""
    attributes: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """Numbers and values, in order, by name."""

    def said(self) -> dict[str, tuple[str, ...]]:
        """What is said about it."""
        return {name: tuple(value for _, value in listed) for name, listed in self.attributes.items()}


def marks_of(store: Store, layer: int) -> dict[str, MarkHere]:
    """All marks of a layer (its pk), removed ones too, by id."""
    found: dict[str, MarkHere] = {}
    by_pk: dict[int, MarkHere] = {}
    for id_, pk, *row in store.rows(
        "SELECT annotations.id, annotations.pk, documents.id, tags.id, ifnull(heir.id, tags.id),"
        " annotations.tag_revision, annotations.note, annotations.created_at, annotations.updated_at,"
        " annotations.deleted_at FROM annotations JOIN documents ON documents.pk = annotations.document"
        " JOIN tags ON tags.pk = annotations.tag LEFT JOIN tags AS heir ON heir.pk = tags.merged_into"
        " WHERE annotations.layer = ?",
        (layer,),
    ):
        found[id_] = by_pk[pk] = MarkHere(pk, *row)
    for annotation, text_hash, pk, *place in store.rows(
        "SELECT anchors.annotation, versions.text_hash, anchors.pk, anchors.status, anchors.score, anchors.start,"
        " anchors.end, anchors.fragments, anchors.quote, anchors.prefix, anchors.suffix FROM annotations"
        " CROSS JOIN anchors ON anchors.annotation = annotations.pk JOIN versions ON versions.pk = anchors.version"
        " WHERE annotations.layer = ?",
        (layer,),
    ):
        by_pk[annotation].anchors[text_hash] = (pk, Anchor(*place))
    listed: defaultdict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for annotation, name, pk, value in store.rows(
        "SELECT attributes.annotation, attributes.name, attributes.pk, attributes.value FROM annotations"
        " CROSS JOIN attributes ON attributes.annotation = annotations.pk WHERE annotations.layer = ?"
        " ORDER BY attributes.annotation, attributes.name, attributes.position",
        (layer,),
    ):
        listed[annotation, name].append((pk, value))
    for (annotation, name), values in listed.items():
        by_pk[annotation].attributes[name] = values
    return found


def taken(store: Store, table: str, ids: Collection[str]) -> dict[str, int]:
    """Those of these ids that rows of `annotations`, `relations` … here have, with the layer (its pk) they are in."""
    return dict(
        store.rows(
            f"SELECT id, layer FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
        )
    )
