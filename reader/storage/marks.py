"""Marks as columns, for a screen that shows thousands: numbers only, in text order, no objects."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.documents.span import Span, parsed

if TYPE_CHECKING:
    from reader.storage.store import Row, Store

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


_MARK = (
    "SELECT anchors.start, anchors.end, annotations.pk, annotations.tag,"
    " CASE WHEN instr(anchors.fragments, ';') THEN anchors.fragments END"
)
# By the order in which the marks were made, which is the order of the rows on disk: by place it would be all jumps.
_ALL = (
    " FROM annotations INDEXED BY annotations_document"
    " CROSS JOIN anchors ON anchors.annotation = annotations.pk AND anchors.version = ?"
    " WHERE annotations.document = (SELECT document FROM versions WHERE pk = ?) AND annotations.layer {layers}"
    " AND annotations.deleted_at IS NULL AND anchors.status <> 'orphan'"
)
_SOME = (
    " FROM anchors INDEXED BY {index} CROSS JOIN annotations ON annotations.pk = anchors.annotation"
    " WHERE anchors.version = ? AND annotations.layer {layers} AND annotations.deleted_at IS NULL"
    " AND anchors.status <> 'orphan'"
)

_IN_TEXT_ORDER = " ORDER BY 1, 2 DESC, 3"


def columns(store: Store, version: int, layers: Sequence[int]) -> MarkColumns:
    """All marks of these layers (pks) in a version (its pk)."""
    sql = _MARK + _ALL.format(layers=_among(layers)) + _IN_TEXT_ORDER
    return _columns(store, version, store.rows(sql, (version, version, *layers)))


def in_range(store: Store, version: int, layers: Sequence[int], start: int, end: int) -> MarkColumns:
    """The marks of these layers that share a code point with `start`–`end`, or lie around it with a gap there."""
    near = _MARK + _SOME.format(index="anchors_place", layers=_among(layers))
    far = _MARK + _SOME.format(index="anchors_long", layers=_among(layers))
    rows = store.rows(
        f"{near} AND anchors.start > ? AND anchors.start < ? AND anchors.end > ?"
        f" AND anchors.end - anchors.start <= {LONG}"
        f" UNION ALL {far} AND anchors.end - anchors.start > {LONG} AND anchors.start < ? AND anchors.end > ?"
        f"{_IN_TEXT_ORDER}",
        (version, *layers, start - LONG, end, start, version, *layers, end, start),
    )
    return _columns(store, version, rows)


def counts(store: Store, version: int, layers: Sequence[int]) -> dict[str, int]:
    """How many marks of each tag (its id) these layers have in a version (its pk), in the codebook's order."""
    rows = store.rows(
        "SELECT tags.id, sum(given.count) FROM"
        f" (SELECT annotations.tag AS tag, count(*) AS count{_ALL.format(layers=_among(layers))} GROUP BY 1) AS given"
        " JOIN tags AS used ON used.pk = given.tag JOIN tags ON tags.pk = ifnull(used.merged_into, used.pk)"
        " GROUP BY tags.pk ORDER BY tags.position, tags.pk",
        (version, version, *layers),
    )
    return dict(rows)


def _columns(store: Store, version: int, rows: list[Row]) -> MarkColumns:
    order = _tag_order(store, version)
    starts, ends, pks, tags, several = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    return MarkColumns(
        pk=array("q", pks),
        start=array("q", starts),
        end=array("q", ends),
        tag=array("H", map(order.__getitem__, tags)),
        several={pk: parsed(fragments) for pk, fragments in zip(pks, several, strict=True) if fragments},
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
