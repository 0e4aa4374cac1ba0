"""What was said about marks beyond their tags: the values of attributes, and the marks that lack one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.storage.store import Row, Store

MOST_SINCE = 10_000
"""Lines of the log after which everything is counted anew."""

RECENT = 300
"""Marks with the same value that are asked what else was said of them."""

_LIVE = "annotations.deleted_at IS NULL"


def here(store: Store, layer: int, document: int, name: str) -> list[tuple[str, int]]:
    """The values of an attribute in a layer (its pk) and a document (its pk), each with how often it was given.

    The most frequent first, of equals the one given last.
    """
    rows = store.rows(
        "SELECT attributes.value, count(*) FROM annotations INDEXED BY annotations_document"
        " CROSS JOIN attributes ON attributes.annotation = annotations.pk AND attributes.name = ?"
        f" WHERE annotations.document = ? AND annotations.layer = ? AND {_LIVE}"
        " GROUP BY attributes.value ORDER BY count(*) DESC, max(attributes.pk) DESC",
        (name, document, layer),
    )
    return [(value, count) for value, count in rows]


class Known:
    """The values of an attribute as they were counted once, and with what came since."""

    def __init__(self, store: Store, name: str) -> None:
        """Counts them from one index: 200,000 in 20 to 30 ms."""
        self._name = name
        self._seq = _last(store)
        self._counts: dict[str, int] = dict(
            store.rows("SELECT value, count(*) FROM attributes WHERE name = ? GROUP BY value", (name,))
        )
        self.values = self._sorted()

    def renew(self, store: Store) -> bool:
        """Adds what the log says came since; False, and nothing done, where that is too much."""
        last = _last(store)
        if last - self._seq > MOST_SINCE:
            return False
        came = store.rows(
            "SELECT attributes.value FROM log NOT INDEXED"
            " CROSS JOIN attributes ON attributes.pk = log.row AND attributes.name = ?"
            " WHERE log.seq > ? AND log.entity = 'attributes'",
            (self._name, self._seq),
        )
        self._seq = last
        for (value,) in came:
            self._counts[value] = self._counts.get(value, 0) + 1
        if came:
            self.values = self._sorted()
        return True

    def _sorted(self) -> list[tuple[str, int]]:
        return sorted(self._counts.items(), key=lambda each: (-each[1], each[0]))


def _last(store: Store) -> int:
    ((seq,),) = store.rows("SELECT ifnull(max(seq), 0) FROM log")
    return int(seq)


def everywhere(store: Store, name: str) -> list[tuple[str, int]]:
    """All values of an attribute, everybody's, the most frequent first.

    Values that no mark has any more may be among them, see `is_given`; how often something is said is near enough to
    put them in order.
    """
    known = store.known_values.get(name)
    if known is None or not known.renew(store):
        known = store.known_values[name] = Known(store, name)
    return known.values


def is_given(store: Store, name: str, value: str) -> bool:
    """Whether a mark that is there has this value."""
    row = store.row(
        "SELECT 1 FROM attributes CROSS JOIN annotations ON annotations.pk = attributes.annotation"
        f" WHERE attributes.name = ? AND attributes.value = ? AND {_LIVE} LIMIT 1",
        (name, value),
    )
    return row is not None


def together(store: Store, given: str, value: str, name: str) -> list[tuple[str, int]]:
    """The values of `name` on the last marks whose attribute `given` has this value: the role of that speaker, say."""
    rows = store.rows(
        "SELECT other.value, count(*) FROM (SELECT annotation FROM attributes WHERE name = ? AND value = ?"
        f" ORDER BY pk DESC LIMIT {RECENT}) AS same CROSS JOIN attributes AS other"
        " ON other.annotation = same.annotation AND other.name = ?"
        f" CROSS JOIN annotations ON annotations.pk = same.annotation AND {_LIVE}"
        " GROUP BY other.value ORDER BY count(*) DESC, max(other.pk) DESC",
        (given, value, name),
    )
    return [(found, count) for found, count in rows]


def holders(store: Store, tag_id: str, name: str) -> int:
    """How many marks of a tag, and of those merged into it, have a value of this attribute."""
    ((count,),) = store.rows(
        "SELECT count(DISTINCT annotations.pk) FROM attributes"
        " CROSS JOIN annotations ON annotations.pk = attributes.annotation"
        " JOIN tags AS given ON given.pk = annotations.tag JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
        f" WHERE attributes.name = ? AND tags.id = ? AND {_LIVE}",
        (name, tag_id),
    )
    return int(count)


class Wanted(NamedTuple):
    """What a tag's marks should have said of them."""

    tag_id: str
    name: str


class Lacking(NamedTuple):
    """A mark that lacks something."""

    pk: int
    """The annotation's number."""
    document: int
    """The document's number."""
    names: tuple[str, ...]
    """The attributes that it lacks, in the codebook's order."""


def lacking(store: Store, layer: int, wanted: Sequence[Wanted], document: int | None = None) -> list[Lacking]:
    """The marks of a layer (its pk) that lack what is wanted of their tags, in the order of articles and of the text.

    Marks of a tag that was merged are asked for what its heir wants.
    """
    found: dict[int, Row] = {}
    names: dict[int, list[str]] = {}
    where = "" if document is None else " AND annotations.document = ?"
    for each in wanted:
        for row in store.rows(
            "SELECT annotations.pk, annotations.document, anchors.start, anchors.end FROM annotations"
            f"{'' if document is None else ' INDEXED BY annotations_document'}"
            " JOIN documents ON documents.pk = annotations.document AND documents.deleted_at IS NULL"
            " JOIN anchors ON anchors.annotation = annotations.pk AND anchors.version = documents.version"
            " AND anchors.status <> 'orphan'"
            " WHERE annotations.tag IN (SELECT given.pk FROM tags AS given"
            " LEFT JOIN tags ON tags.pk = given.merged_into WHERE ifnull(tags.id, given.id) = ?)"
            f" AND annotations.layer = ? AND {_LIVE}{where} AND NOT EXISTS (SELECT 1 FROM attributes"
            " WHERE attributes.annotation = annotations.pk AND attributes.name = ?)",
            (each.tag_id, layer, *(() if document is None else (document,)), each.name),
        ):
            found[row[0]] = row
            names.setdefault(row[0], []).append(each.name)
    ordered = sorted(found.values(), key=lambda row: (row[1], row[2], -row[3], row[0]))
    return [Lacking(row[0], row[1], tuple(names[row[0]])) for row in ordered]


def titles(store: Store, documents: Sequence[int]) -> dict[int, str]:
    """The titles of documents by their numbers."""
    rows = store.rows(
        "SELECT pk, title FROM documents WHERE pk IN (SELECT value FROM json_each(?))", (json.dumps(list(documents)),)
    )
    return dict(rows)
