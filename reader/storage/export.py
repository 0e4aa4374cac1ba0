"""Marks on their way out: by pages, with no read left open between them, so that a long export blocks nobody."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.storage import annotations as stored
from reader.storage import documents, relations

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.storage.store import Store

Attributes = Mapping[str, tuple[str, ...]]
"""What was said about a mark, by the attribute's name."""

Links = Sequence[tuple[str, str]]
"""The marks that a mark belongs to: what each is to it, and its id."""

PAGE = 500
"""Marks fetched at once."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Whose marks, and what for."""

    id: str
    purpose: str
    annotator: str
    """The name; two annotators may have the same."""
    annotator_id: str


def layers(store: Store) -> dict[int, Layer]:
    """All layers by their number."""
    rows = store.rows(
        "SELECT layers.pk, layers.id, layers.purpose, annotators.name, annotators.id FROM layers"
        " JOIN annotators ON annotators.pk = layers.annotator ORDER BY layers.pk"
    )
    return {pk: Layer(*row) for pk, *row in rows}


def tags(store: Store) -> dict[int, tuple[str, str]]:
    """Every tag's id and name by its number; those of its heir for one that was merged into another."""
    rows = store.rows(
        "SELECT given.pk, tags.id, tags.name FROM tags AS given"
        " JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
    )
    return {pk: (id_, name) for pk, id_, name in rows}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which marks of a document go out; None for all."""

    tags: frozenset[str] | None = None
    """Ids of tags."""
    layers: frozenset[str] | None = None
    """Ids of layers."""
    orphans: bool = False
    """Those as well that have no place in the present text."""


class Marked(NamedTuple):
    """A mark as it goes out; a plain row, since there may be very many."""

    anchor: int
    """The number of its place."""
    pk: int
    id: str
    layer: int
    """The layer's number."""
    tag: int
    """The tag's number."""
    tag_revision: int
    start: int
    end: int
    fragments: str
    """`10-25;40-52`; empty for an orphan."""
    status: str
    text: str
    before: str
    after: str
    note: str
    created_at: str
    updated_at: str


_MARKED = (
    "SELECT anchors.pk, annotations.pk, annotations.id, annotations.layer, annotations.tag, annotations.tag_revision,"
    " anchors.start, anchors.end, anchors.fragments, anchors.status, anchors.quote, anchors.prefix, anchors.suffix,"
    " annotations.note, annotations.created_at, annotations.updated_at"
    " FROM anchors CROSS JOIN annotations ON annotations.pk = anchors.annotation"
)
_STILL = " AND annotations.deleted_at IS NULL"

Kind = tuple[str, str]
"""Some of a document's marks: the index that has them, and which of it."""

_PLACED = ("anchors_place", "anchors.status <> 'orphan'")
_UNSETTLED = "anchors.status IN ('unsure', 'orphan')"
_UNSURE = ("anchors_unsettled", f"{_UNSETTLED} AND anchors.status = 'unsure'")
_ORPHANS = ("anchors_unsettled", f"{_UNSETTLED} AND anchors.status = 'orphan'")


def pages(store: Store, document: Document, wanted: Wanted) -> Iterator[list[tuple[Marked, Attributes, Links]]]:
    """The marks of one document in text order, orphans last, some at a time, each with its attributes and its links."""
    anchors = array("q")
    for kind in _kinds(wanted):
        where, values = _where(store, document, wanted, kind)
        anchors.extend(pk for (pk,) in store.rows(
            f"SELECT anchors.pk {where} ORDER BY anchors.start, anchors.end DESC, anchors.annotation", values
        ))  # fmt: skip
    for first in range(0, len(anchors), PAGE):
        some = anchors[first : first + PAGE]
        rows = store.rows(f"{_MARKED} WHERE anchors.pk IN ({', '.join('?' * len(some))}){_STILL}", some)
        found = {row[0]: Marked._make(row) for row in rows}
        pks = [mark.pk for mark in found.values()]
        said, linked = stored.attributes_of(store, pks), relations.targets(store, pks)
        yield [
            (mark, said.get(mark.pk, {}), linked.get(mark.pk, ())) for mark in map(found.get, some) if mark is not None
        ]


def count(store: Store, document: Document, wanted: Wanted) -> int:
    """How many marks `pages` would give."""
    return sum(_count(store, document, wanted, kind) for kind in _kinds(wanted))


def unsettled(store: Store, document: Document, wanted: Wanted) -> tuple[int, int]:
    """How many of the marks that are wanted are unsure, and how many orphans there are, wanted or not."""
    return _count(store, document, wanted, _UNSURE), _count(store, document, wanted, _ORPHANS)


def attribute_names(store: Store, document: Document, wanted: Wanted) -> set[str]:
    """The attributes that anything was said by, in the marks that `pages` would give."""
    names: set[str] = set()
    for kind in _kinds(wanted):
        where, values = _where(store, document, wanted, kind)
        names.update(name for (name,) in store.rows(
            f"SELECT DISTINCT name FROM attributes WHERE annotation IN (SELECT anchors.annotation {where})", values
        ))  # fmt: skip
    return names


def _kinds(wanted: Wanted) -> tuple[Kind, ...]:
    return (_PLACED, _ORPHANS) if wanted.orphans else (_PLACED,)


def _count(store: Store, document: Document, wanted: Wanted, kind: Kind) -> int:
    where, values = _where(store, document, wanted, kind)
    ((number,),) = store.rows(f"SELECT count(*) {where}", values)
    return int(number)


def _where(store: Store, document: Document, wanted: Wanted, kind: Kind) -> tuple[str, list[object]]:
    """Which marks; by their places, which are in order already."""
    index, which = kind
    clause = (
        f"FROM anchors INDEXED BY {index} CROSS JOIN annotations ON annotations.pk = anchors.annotation"
        f" WHERE anchors.version = ? AND {which}{_STILL}"
    )
    values: list[object] = [documents.place(store, document.id).version]
    if wanted.tags is not None:
        clause += (
            " AND annotations.tag IN (SELECT given.pk FROM tags AS given"
            " JOIN tags AS used ON used.pk = ifnull(given.merged_into, given.pk)"
            f" WHERE used.id IN ({', '.join('?' * len(wanted.tags))}))"
        )
        values += sorted(wanted.tags)
    if wanted.layers is not None:
        places = ", ".join("?" * len(wanted.layers))
        clause += f" AND annotations.layer IN (SELECT pk FROM layers WHERE id IN ({places}))"
        values += sorted(wanted.layers)
    return clause, values
