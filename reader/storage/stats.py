"""Counting marks: whole answers from the database, numbers only, without a look at a text where none is asked for.

A mark counts as the view `spans` has it: where neither it nor its article is deleted and it has a place in the
article's present text. Articles, layers and tags are meant by their numbers (pks).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from reader.documents.span import parsed

if TYPE_CHECKING:
    from reader.storage.store import Store


@dataclass(frozen=True, slots=True)
class Among:
    """Which marks are counted; None for all."""

    documents: tuple[int, ...] | None = None
    layers: tuple[int, ...] | None = None
    tags: tuple[int, ...] | None = None
    """Merged ones have to be named too."""


class Article(NamedTuple):
    """What is known of an article without a look at its text."""

    number: int
    id: str
    title: str
    date: str
    source: str
    words: int
    length: int
    """Code points."""


Ranges = list[tuple[int, int]]
"""Starts and ends, code points."""

# Orphans are few and have an index of their own; that a mark has a row for the present text at all is what an update
# sees to and `reader check` proves.
_COUNTED = (
    "annotations.deleted_at IS NULL"
    " AND annotations.document NOT IN (SELECT pk FROM documents WHERE deleted_at IS NOT NULL)"
    " AND annotations.pk NOT IN (SELECT anchors.annotation FROM anchors INDEXED BY anchors_unsettled"
    " CROSS JOIN documents ON documents.version = anchors.version"
    " WHERE anchors.status IN ('unsure', 'orphan') AND anchors.status = 'orphan')"
)
_PLACED = (
    " FROM documents CROSS JOIN anchors INDEXED BY {index} ON anchors.version = documents.version{only}"
    " AND anchors.status <> 'orphan' CROSS JOIN annotations ON annotations.pk = anchors.annotation"
    " AND annotations.deleted_at IS NULL WHERE documents.deleted_at IS NULL"
)
_SEVERAL = "SELECT pk FROM anchors INDEXED BY anchors_pieces WHERE instr(fragments, ';')"


Counted = tuple[int, int, int, int, str, str]
"""The marks of one tag in one layer and document: document, layer, tag, how many, and the days (`2026-03-02`, UTC) on
which the first and the last of them were made, empty where these were not asked for. A plain row, since there are many.
"""


def counts(store: Store, among: Among, *, days: bool = False) -> list[Counted]:
    """All marks, in the order of the documents."""
    where, values = _among(among)
    # In the order of the index, so that nothing has to be sorted; days are not in it, and take twice the time.
    first_last = "substr(min(annotations.created_at), 1, 10), substr(max(annotations.created_at), 1, 10)"
    times = first_last if days else "'', ''"
    return cast("list[Counted]", store.rows(
        f"SELECT annotations.document, annotations.layer, annotations.tag, count(*), {times}"
        f" FROM annotations INDEXED BY annotations_document WHERE {_COUNTED}{where} GROUP BY 1, 2, 3",
        values,
    ))  # fmt: skip


def orphans(store: Store, among: Among) -> int:
    """How many marks have no place in the present text of their article: these are not counted otherwise."""
    where, said = _among(among)
    ((count,),) = store.rows(
        "SELECT count(*) FROM anchors INDEXED BY anchors_unsettled CROSS JOIN documents"
        " ON documents.version = anchors.version AND documents.deleted_at IS NULL"
        " CROSS JOIN annotations ON annotations.pk = anchors.annotation AND annotations.deleted_at IS NULL"
        f" WHERE anchors.status IN ('unsure', 'orphan') AND anchors.status = 'orphan'{where}",
        said,
    )
    return int(count)


def days(store: Store, among: Among) -> list[tuple[int, int, int, str, int]]:
    """Document, layer, tag, day and how many marks were made on it."""
    where, values = _among(among)
    found = store.rows(
        "SELECT annotations.document, annotations.layer, annotations.tag, substr(annotations.created_at, 1, 10),"
        f" count(*) FROM annotations INDEXED BY annotations_document WHERE {_COUNTED}{where} GROUP BY 1, 2, 3, 4",
        values,
    )
    return cast("list[tuple[int, int, int, str, int]]", found)


def values(store: Store, among: Among, names: Sequence[str]) -> list[tuple[str, int, int]]:
    """Each value of the attributes of these names, how many marks have it, and in how many documents."""
    where, said = _among(among)
    # All that was said by these names, or all marks of these documents: whichever can be less.
    join = (
        "attributes CROSS JOIN annotations ON annotations.pk = attributes.annotation"
        if among.documents is None
        else "annotations INDEXED BY annotations_document"
        " CROSS JOIN attributes ON attributes.annotation = annotations.pk"
    )
    found = store.rows(
        f"SELECT attributes.value, count(*), count(DISTINCT annotations.document) FROM {join}"
        f" WHERE attributes.name IN ({', '.join('?' * len(names))}) AND {_COUNTED}{where} GROUP BY 1",
        (*names, *said),
    )
    return cast("list[tuple[str, int, int]]", found)


def articles(store: Store, documents: Sequence[int] | None = None) -> list[Article]:
    """The articles with these numbers, or all, that are not deleted; in the order they came in."""
    where, said = ("", ()) if documents is None else (" AND documents.pk IN (SELECT value FROM json_each(?))",
                                                      (json.dumps(list(documents)),))  # fmt: skip
    return [Article._make(row) for row in store.rows(
        "SELECT documents.pk, documents.id, documents.title, documents.date, documents.source, versions.words,"
        " versions.length FROM documents CROSS JOIN versions INDEXED BY versions_size"
        f" ON versions.pk = documents.version WHERE documents.deleted_at IS NULL{where} ORDER BY documents.pk",
        said,
    )]  # fmt: skip


def places(store: Store, among: Among) -> dict[int, dict[int, Ranges]]:
    """Where the marks stand: their pieces by document and tag, in no order; best asked for some documents at a time."""
    where, said = _among(among, document="documents.pk")
    found: dict[int, dict[int, Ranges]] = {}
    whole = _PLACED.format(index="anchors_place", only=f" AND anchors.pk NOT IN ({_SEVERAL})")
    for document, tag, starts, ends in store.rows(
        "SELECT annotations.document, annotations.tag, group_concat(anchors.start), group_concat(anchors.end)"
        f"{whole}{where} GROUP BY 1, 2",
        said,
    ):
        pairs = zip(json.loads(f"[{starts}]"), json.loads(f"[{ends}]"), strict=True)
        found.setdefault(document, {})[tag] = list(pairs)
    parted = _PLACED.format(index="anchors_pieces", only=" AND instr(anchors.fragments, ';')")
    for document, tag, fragments in store.rows(
        f"SELECT annotations.document, annotations.tag, anchors.fragments{parted}{where}", said
    ):
        pieces = found.setdefault(document, {}).setdefault(tag, [])
        pieces += [(piece.start, piece.end) for piece in parsed(fragments)]
    return found


def text(store: Store, document: int) -> str:
    """The present text of a document; nothing where it is not there (any more)."""
    row = store.row("SELECT text FROM versions WHERE pk = (SELECT version FROM documents WHERE pk = ?)", (document,))
    return "" if row is None else str(row[0])


def _among(among: Among, document: str = "annotations.document") -> tuple[str, list[object]]:
    """What a choice adds to WHERE."""
    clause = ""
    said: list[object] = []
    columns = ((document, among.documents), ("annotations.layer", among.layers), ("annotations.tag", among.tags))
    for column, chosen in columns:
        if chosen is not None:
            clause += f" AND {column} IN (SELECT value FROM json_each(?))"
            said.append(json.dumps(chosen))
    return clause, said
