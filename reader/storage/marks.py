"""Marks as columns, for a screen that shows thousands: numbers only, in text order, no objects."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.documents.span import Span, parsed

if TYPE_CHECKING:
    from reader.storage.store import Store

LONG = 8192
"""Code points beyond which a mark is looked up in an index of its own, so that a range query can stay local."""


@dataclass(frozen=True, slots=True)
class MarkColumns:
    """Marks by start, longer ones first where several start together; row i of each column is one mark."""

    pk: array[int]
    """`q`: the annotation's number."""

    start: array[int]
    """`q`: code point where its first piece begins."""

    end: array[int]
    """`q`: code point after its last piece."""

    tag: array[int]
    """`H`: which tag of the document's codebook, retired ones counted."""

    several: dict[int, tuple[Span, ...]]
    """The pieces of those marks that have more than one, by the annotation's number."""

    def __len__(self) -> int:
        return len(self.pk)


_PLACES = (
    "SELECT annotations.pk, anchors.start, anchors.end, annotations.tag,"
    " CASE WHEN instr(anchors.fragments, ';') THEN anchors.fragments END"
    " FROM anchors {index} JOIN annotations ON annotations.pk = anchors.annotation"
    " WHERE anchors.version = ? AND annotations.layer {layers} AND annotations.deleted_at IS NULL"
    " AND anchors.status <> 'orphan'"
)


def columns(store: Store, version: int, layers: Sequence[int]) -> MarkColumns:
    """All marks of these layers (pks) in a version (its pk)."""
    sql = _PLACES.format(index="", layers=_among(layers))
    return _columns(store, version, store.rows(sql, (version, *layers)))


def in_range(store: Store, version: int, layers: Sequence[int], start: int, end: int) -> MarkColumns:
    """The marks of these layers that share a code point with `start`–`end`, or lie around it with a gap there."""
    near = _PLACES.format(index="INDEXED BY anchors_place", layers=_among(layers))
    far = _PLACES.format(index="INDEXED BY anchors_long", layers=_among(layers))
    rows = store.rows(
        f"{near} AND anchors.start > ? AND anchors.start < ? AND anchors.end > ?"
        f" AND anchors.end - anchors.start <= {LONG}"
        f" UNION ALL {far} AND anchors.end - anchors.start > {LONG} AND anchors.start < ? AND anchors.end > ?",
        (version, *layers, start - LONG, end, start, version, *layers, end, start),
    )
    return _columns(store, version, rows)


def counts(store: Store, version: int, layers: Sequence[int]) -> dict[str, int]:
    """How many marks of each tag (its id) these layers have in a version (its pk)."""
    return dict(
        store.rows(
            "SELECT tags.id, count(*) FROM anchors JOIN annotations ON annotations.pk = anchors.annotation"
            " JOIN tags AS given ON given.pk = annotations.tag"
            " JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
            f" WHERE anchors.version = ? AND annotations.layer {_among(layers)} AND annotations.deleted_at IS NULL"
            " AND anchors.status <> 'orphan' GROUP BY tags.pk ORDER BY tags.position, tags.pk",
            (version, *layers),
        )
    )


def _columns(store: Store, version: int, rows: list[tuple[int, int, int, int, str | None]]) -> MarkColumns:
    order = _tag_order(store, version)
    rows.sort(key=lambda row: (row[1], -row[2], row[0]))
    return MarkColumns(
        pk=array("q", [row[0] for row in rows]),
        start=array("q", [row[1] for row in rows]),
        end=array("q", [row[2] for row in rows]),
        tag=array("H", [order[row[3]] for row in rows]),
        several={row[0]: parsed(row[4]) for row in rows if row[4]},
    )


def _tag_order(store: Store, version: int) -> dict[int, int]:
    """Each tag's place in the codebook of the version's document, by the tag's pk; a merged tag has its heir's."""
    tags = store.rows(
        "SELECT tags.pk, ifnull(tags.merged_into, tags.pk) FROM versions"
        " JOIN documents ON documents.pk = versions.document JOIN tags ON tags.codebook = documents.codebook"
        " WHERE versions.pk = ? ORDER BY tags.position, tags.pk",
        (version,),
    )
    place = {pk: index for index, (pk, _) in enumerate(tags)}
    return {pk: place.get(heir, place[pk]) for pk, heir in tags}


def _among(values: Sequence[int]) -> str:
    return f"IN ({', '.join('?' * len(values))})"
