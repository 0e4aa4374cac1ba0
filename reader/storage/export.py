"""Marks on their way out: by pages, with no read left open between them, so that a long export blocks nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.annotations.annotation import Annotation
from reader.storage import annotations as stored

if TYPE_CHECKING:
    from reader.storage.store import Store

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


def layers(store: Store) -> dict[str, Layer]:
    """All layers by their id."""
    rows = store.rows(
        "SELECT layers.id, layers.purpose, annotators.name, annotators.id FROM layers"
        " JOIN annotators ON annotators.pk = layers.annotator ORDER BY layers.pk"
    )
    return {row[0]: Layer(*row) for row in rows}


def tag_names(store: Store) -> dict[str, str]:
    """The name of every tag by its id."""
    return dict(store.rows("SELECT id, name FROM tags"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which marks of a document go out; None for all."""

    tags: frozenset[str] | None = None
    """Ids of tags."""
    layers: frozenset[str] | None = None
    """Ids of layers."""


def pages(store: Store, document_id: str, wanted: Wanted) -> Iterator[tuple[Annotation, ...]]:
    """The marks of one document in text order, some at a time."""
    pks = _pks(store, document_id, wanted)
    for first in range(0, len(pks), PAGE):
        yield stored.by_pk(store, pks[first : first + PAGE])


def count(store: Store, document_id: str, wanted: Wanted) -> int:
    """How many marks `pages` would give."""
    return len(_pks(store, document_id, wanted))


def attribute_names(store: Store, document_id: str, wanted: Wanted) -> set[str]:
    """The attributes that anything was said by, in the marks that `pages` would give."""
    clause, values = _clause(document_id, wanted)
    rows = store.rows(
        f"SELECT DISTINCT attributes.name FROM {stored.TABLES}"
        f" JOIN attributes ON attributes.annotation = annotations.pk WHERE {clause}",
        values,
    )
    return {name for (name,) in rows}


def _pks(store: Store, document_id: str, wanted: Wanted) -> list[int]:
    clause, values = _clause(document_id, wanted)
    rows = store.rows(
        f"SELECT annotations.pk FROM {stored.TABLES} WHERE {clause}"
        " ORDER BY anchors.start, anchors.end DESC, annotations.pk",
        values,
    )
    return [pk for (pk,) in rows]


def _clause(document_id: str, wanted: Wanted) -> tuple[str, list[str]]:
    clause, values = f"documents.id = ? AND {stored.LIVE}", [document_id]
    for column, some in (("tags.id", wanted.tags), ("layers.id", wanted.layers)):
        if some is not None:
            clause += f" AND {column} IN ({', '.join('?' * len(some))})"
            values += sorted(some)
    return clause, values
