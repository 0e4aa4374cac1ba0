"""Marks as columns, for a screen that shows thousands: numbers only, in text order, no objects."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, cast

from reader.documents.span import Span, parsed
from reader.storage import codebooks

if TYPE_CHECKING:
    from reader.storage.store import Row, Store

LONG = 8192
"""Code points beyond which a mark is looked up in an index of its own, so that a range query can stay local."""

AT_A_TIME = 8192
"""Marks that are read at once: 100,000 in one answer would be 25 MB for a moment."""


class MarkColumns(NamedTuple):
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


_MARK = (
    "SELECT anchors.start, anchors.end, annotations.pk, annotations.tag,"
    " CASE WHEN instr(anchors.fragments, ';') THEN anchors.fragments END"
)
_ALL = (
    " FROM annotations INDEXED BY annotations_document"
    " CROSS JOIN anchors ON anchors.annotation = annotations.pk AND anchors.version = ?"
    " WHERE annotations.document = (SELECT document FROM versions WHERE pk = ?) AND annotations.layer {layers}"
    " AND annotations.deleted_at IS NULL AND anchors.status <> 'orphan'"
)
# Each answer comes from one index alone and as one string of numbers: half the time of 100,000 rows that are joined.
_TAGS = (
    "SELECT tag, group_concat(pk) FROM annotations INDEXED BY annotations_document"
    " WHERE document = (SELECT document FROM versions WHERE pk = ?) AND layer {layers} AND deleted_at IS NULL"
    " GROUP BY tag"
)
_PLACES = (
    "SELECT group_concat(start), group_concat(end), group_concat(annotation) FROM"
    " (SELECT start, end, annotation FROM anchors INDEXED BY anchors_place"
    " WHERE version = ? AND start >= ? AND start < ? AND status <> 'orphan' ORDER BY start, end DESC, annotation)"
)
_SEVERAL = (
    "SELECT annotation, fragments FROM anchors INDEXED BY anchors_pieces"
    " WHERE version = ? AND instr(fragments, ';') AND status <> 'orphan'"
)
_SOME = (
    " FROM anchors INDEXED BY {index} CROSS JOIN annotations ON annotations.pk = anchors.annotation"
    " WHERE anchors.version = ? AND annotations.layer {layers} AND annotations.deleted_at IS NULL"
    " AND anchors.status <> 'orphan'"
)

_IN_TEXT_ORDER = " ORDER BY 1, 2 DESC, 3"


def columns(store: Store, version: int, layers: Sequence[int]) -> MarkColumns:
    """All marks of these layers (pks) in a version (its pk)."""
    order = _tag_order(store, version)
    # By the annotation's number, since it costs a byte or two for each and a dictionary a hundred.
    ((most,),) = store.rows("SELECT ifnull(max(pk), 0) FROM annotations")
    tag_of = array("H", bytes(2 * (most + 1)))
    count = 0
    for tag, listed in store.rows(_TAGS.format(layers=_among(layers)), (version, *layers)):
        pks = _numbers(listed)
        count += len(pks)
        for pk in pks:
            tag_of[pk] = order[tag] + 1
    found = MarkColumns(array("q"), array("q"), array("q"), array("H"), {})
    ((length,),) = store.rows("SELECT length FROM versions WHERE pk = ?", (version,))
    stretch = length // (count // AT_A_TIME + 1) + 1
    for low in range(0, length if count else 0, stretch):
        ((starts, ends, marks),) = store.rows(_PLACES, (version, low, low + stretch))
        columns = [_numbers(starts), _numbers(ends), _numbers(marks)]
        tags = [tag_of[pk] for pk in columns[2]]
        if 0 in tags:
            # Marks of others, or removed ones, stand in between.
            columns = [list(compress(column, tags)) for column in columns]
            tags = list(compress(tags, tags))
        found.start.extend(columns[0])
        found.end.extend(columns[1])
        found.pk.extend(columns[2])
        found.tag.extend(tag - 1 for tag in tags)
    for pk, fragments in store.rows(_SEVERAL, (version,)):
        if tag_of[pk]:
            found.several[pk] = parsed(fragments)
    return found


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


def _numbers(listed: str | None) -> list[int]:
    """The numbers of `3,1,2`; none where there is nothing."""
    return cast("list[int]", json.loads(f"[{listed or ''}]"))


def _tag_order(store: Store, version: int) -> dict[int, int]:
    """Each tag's place in the codebook of the version's document, by the tag's pk; a merged tag has its heir's."""
    ((document,),) = store.rows("SELECT document FROM versions WHERE pk = ?", (version,))
    return codebooks.order_in(store, document)


def _among(values: Sequence[int]) -> str:
    return f"IN ({', '.join('?' * len(values))})"
