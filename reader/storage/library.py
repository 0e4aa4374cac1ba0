"""The library in lists: which articles there are, in which order, and what a row says. Only rows in view are read.

A document is meant by its number, the pk of its row: what people type, and what an order of 10,000 is made of.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from reader.documents.document import Document, Layout
from reader.errors import NotFound
from reader.storage import readings

if TYPE_CHECKING:
    from reader.storage.store import Store

COLUMNS = (
    "documents.id, documents.title, documents.byline, documents.date, documents.source, documents.language,"
    " versions.id, versions.text_hash, versions.length, versions.layout"
)
"""What `document_of` makes a document of."""


class DocumentRow(NamedTuple):
    """A document as a list of them shows it."""

    number: int
    """Counted from 1 in the order they came in; what people type."""

    document: Document
    words: int
    status: str
    """`new`, `reading` or `done`, for this layer."""

    place: int
    """How far this layer's annotator has read: an offset."""

    opened_at: str
    """When this layer's annotator opened it last, as the tables hold times; empty for never."""

    codebook: int
    """The number of the codebook that it is read with."""

    counts: Mapping[str, int]
    """This layer's marks by the tag's id, in the codebook's order; those that have a place in the present text."""

    orphans: int
    """This layer's marks that have none."""

    note: str
    """What this layer's annotator wrote on it as a whole; mostly nothing."""

    @property
    def progress(self) -> int:
        """How much of it is read, in per cent."""
        return 100 if self.status == "done" else 100 * self.place // max(1, self.document.length)


_PRESENT = "SELECT group_concat(pk) FROM documents INDEXED BY documents_present WHERE deleted_at IS NULL"
_OPENED = (
    "SELECT group_concat(pk) FROM (SELECT documents.pk FROM readings INDEXED BY readings_opened"
    " CROSS JOIN documents INDEXED BY documents_present ON documents.version = readings.version"
    " AND documents.deleted_at IS NULL"
    " WHERE readings.layer = ? AND readings.last_opened_at > '' ORDER BY readings.last_opened_at DESC)"
)
_READ = (
    " FROM readings CROSS JOIN documents INDEXED BY documents_present ON documents.version = readings.version"
    " AND documents.deleted_at IS NULL"
)


def present(store: Store) -> list[int]:
    """All documents in the order they came in."""
    return sorted(_numbers(store, _PRESENT))


def by_opening(store: Store, layer: int) -> list[int]:
    """All documents: what this layer (its pk) opened last first, then those never opened, what came in last first."""
    opened = _numbers(store, _OPENED, layer)
    return list(dict.fromkeys((*opened, *sorted(_numbers(store, _PRESENT), reverse=True))))


def dates(store: Store) -> dict[int, str]:
    """The date of every document that has one."""
    return dict(store.rows("SELECT pk, date FROM documents WHERE deleted_at IS NULL AND date <> ''"))


def words(store: Store) -> dict[int, int]:
    """How many words each document has."""
    return dict(store.rows(
        "SELECT documents.pk, versions.words FROM documents INDEXED BY documents_present"
        " CROSS JOIN versions INDEXED BY versions_size ON versions.pk = documents.version"
        " WHERE documents.deleted_at IS NULL"
    ))  # fmt: skip


def marks(store: Store, layer: int) -> dict[int, int]:
    """How many marks this layer has in each document where it has any; orphans are none."""
    counts: dict[int, int] = dict(store.rows(
        "SELECT document, count(*) FROM annotations INDEXED BY annotations_document"
        " WHERE layer = ? AND deleted_at IS NULL GROUP BY document",
        (layer,),
    ))  # fmt: skip
    for document, _, orphans in _orphans(store, layer):
        counts[document] -= orphans
    return {document: count for document, count in counts.items() if count}


def statuses(store: Store, layer: int) -> dict[int, str]:
    """`reading` or `done`, for each document that is not new to this layer."""
    return dict(store.rows(f"SELECT documents.pk, readings.status{_READ} WHERE readings.layer = ?", (layer,)))


def status_counts(store: Store, layer: int) -> dict[str, int]:
    """How many documents are `reading`, and how many `done`, to this layer."""
    return dict(store.rows(
        f"SELECT readings.status, count(*){_READ} WHERE readings.layer = ? GROUP BY readings.status", (layer,)
    ))  # fmt: skip


def progress(store: Store, layer: int) -> dict[int, float]:
    """How much of each document this layer has read, from 0 to 1, where it has begun."""
    return dict(store.rows(
        "SELECT documents.pk, CASE readings.status WHEN 'done' THEN 1.0 ELSE 1.0 * readings.place / versions.length END"
        f"{_READ} CROSS JOIN versions INDEXED BY versions_size ON versions.pk = documents.version"
        " WHERE readings.layer = ?",
        (layer,),
    ))  # fmt: skip


def names(store: Store, after: int, count: int) -> list[tuple[int, str, str, str, str]]:
    """Number, title, byline, source and date of the `count` documents that follow number `after`."""
    found = store.rows(
        "SELECT pk, title, byline, source, date FROM documents WHERE pk > ? AND deleted_at IS NULL ORDER BY pk LIMIT ?",
        (after, count),
    )
    return cast("list[tuple[int, str, str, str, str]]", found)


def most_tags(store: Store) -> int:
    """How many tags the largest codebook has that some document is read with."""
    ((count,),) = store.rows(
        "SELECT ifnull(max(count), 0) FROM (SELECT count(*) AS count FROM tags"
        " WHERE retired_at IS NULL AND merged_into IS NULL"
        " AND EXISTS (SELECT 1 FROM documents WHERE documents.codebook = tags.codebook) GROUP BY codebook)"
    )
    return int(count)


def known(store: Store, layer: int) -> frozenset[str]:
    """What is known of any document at all: of `byline`, `date`, `source`; `opened` where this layer opened one."""
    details = ("byline", "date", "source")
    there = "EXISTS (SELECT 1 FROM documents WHERE deleted_at IS NULL AND {} <> '')"
    (found,) = store.rows(
        f"SELECT {', '.join(map(there.format, details))},"
        " EXISTS (SELECT 1 FROM readings WHERE layer = ? AND last_opened_at > '')",
        (layer,),
    )
    return frozenset(name for name, is_there in zip((*details, "opened"), found, strict=True) if is_there)


def changes(store: Store) -> int:
    """A number that is another one once another program has changed the file."""
    ((version,),) = store.rows("PRAGMA data_version")
    return int(version)


def total(store: Store, layer: int) -> int:
    """How many marks this layer has in all documents that are not deleted; orphans are none."""
    ((count,),) = store.rows(
        "SELECT count(*) FROM annotations WHERE layer = ? AND deleted_at IS NULL"
        " AND document NOT IN (SELECT pk FROM documents WHERE deleted_at IS NOT NULL)",
        (layer,),
    )
    return int(count) - sum(orphans for _, _, orphans in _orphans(store, layer))


def _orphans(store: Store, layer: int, numbers: Sequence[int] | None = None) -> list[tuple[int, int, int]]:
    """Document, tag and how many marks of this layer have no place in its present text: few, by an index of their own.

    Of all documents that are not deleted, or of those with these numbers.
    """
    orphans, documents = "anchors INDEXED BY anchors_unsettled", "documents"
    tables = f"{orphans} CROSS JOIN {documents}" if numbers is None else f"{documents} CROSS JOIN {orphans}"
    among = "" if numbers is None else " AND documents.pk IN (SELECT value FROM json_each(?))"
    found = store.rows(
        f"SELECT annotations.document, annotations.tag, count(*) FROM {tables}"
        " CROSS JOIN annotations ON annotations.pk = anchors.annotation AND annotations.layer = ?"
        " AND annotations.deleted_at IS NULL WHERE documents.version = anchors.version"
        " AND anchors.status IN ('unsure', 'orphan') AND anchors.status = 'orphan'"
        f" AND documents.deleted_at IS NULL{among} GROUP BY 1, 2",
        (layer, *(() if numbers is None else (json.dumps(list(numbers)),))),
    )
    return cast("list[tuple[int, int, int]]", found)


def rows(store: Store, layer: int, numbers: Sequence[int]) -> list[DocumentRow]:
    """What a list says of these documents, in that order; those that are not there (any more) are left out."""
    places = ", ".join("?" * len(numbers))
    orphans = {(document, tag): count for document, tag, count in _orphans(store, layer, numbers)}
    counts = _counts(store, layer, numbers, orphans)
    gone = Counter[int]()
    for (document, _), count in orphans.items():
        gone[document] += count
    notes = readings.notes(store, [layer], numbers)
    found = {
        row[10]: DocumentRow(
            number=row[10],
            document=document_of(row[:10]),
            words=row[11],
            status=row[12],
            place=row[13],
            opened_at=row[14],
            codebook=row[15],
            counts=counts.get(row[10], {}),
            orphans=gone[row[10]],
            note=notes.get((layer, row[10]), ""),
        )
        for row in store.rows(
            f"SELECT {COLUMNS}, documents.pk, versions.words, ifnull(readings.status, 'new'),"
            " ifnull(readings.place, 0), ifnull(readings.last_opened_at, ''), documents.codebook"
            " FROM documents JOIN versions ON versions.pk = documents.version"
            " LEFT JOIN readings ON readings.version = versions.pk AND readings.layer = ?"
            f" WHERE documents.pk IN ({places}) AND documents.deleted_at IS NULL",
            (layer, *numbers),
        )
    }
    return [found[number] for number in numbers if number in found]


def document(store: Store, number: int) -> Document:
    """The document with this number; NotFound where it is not (any more) there."""
    row = store.row(
        f"SELECT {COLUMNS} FROM documents JOIN versions ON versions.pk = documents.version"
        " WHERE documents.pk = ? AND documents.deleted_at IS NULL",
        (number,),
    )
    if row is None:
        raise NotFound("That article is not in the database (any more): `reader list` shows what is.")
    return document_of(row)


def document_of(row: tuple[Any, ...]) -> Document:
    """A document from what `COLUMNS` gives."""
    id_, title, byline, date, source, language, version, text_hash, length, layout = row
    return Document(id_, title, byline, date, source, language, version, text_hash, length, Layout(layout))


def _counts(
    store: Store, layer: int, numbers: Sequence[int], orphans: Mapping[tuple[int, int], int]
) -> dict[int, dict[str, int]]:
    heirs = store.rows(
        "SELECT given.pk, tags.id FROM tags AS given JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
        " ORDER BY tags.codebook, tags.position, tags.pk"
    )
    order = {pk: (place, id_) for place, (pk, id_) in enumerate(heirs)}
    found = store.rows(
        "SELECT document, tag, count(*) FROM annotations INDEXED BY annotations_document"
        f" WHERE document IN ({', '.join('?' * len(numbers))}) AND layer = ? AND deleted_at IS NULL"
        " GROUP BY document, tag",
        (*numbers, layer),
    )
    counts: dict[int, dict[str, int]] = {}
    for number, tag, count in sorted(found, key=_placed(order)):
        there = count - orphans.get((number, tag), 0)
        if there:
            one = counts.setdefault(number, {})
            id_ = order[tag][1]
            one[id_] = one.get(id_, 0) + there
    return counts


def _placed(order: Mapping[int, tuple[int, str]]) -> Callable[[tuple[Any, ...]], int]:
    return lambda row: order[row[1]][0]


def _numbers(store: Store, sql: str, *values: object) -> list[int]:
    """The numbers of one string, `3,1,2`: a third of the time of as many rows."""
    ((listed,),) = store.rows(sql, values)
    return cast("list[int]", json.loads(f"[{listed or ''}]"))
