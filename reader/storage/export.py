"""Marks on their way out: by pages, with no read left open between them, so that a long export blocks nobody."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from reader.storage import outlines, readings, relations, vocabulary
from reader.storage.library import COLUMNS, document_of

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.documents.outline import Outline
    from reader.storage.store import Row, Store

Attributes = Mapping[str, tuple[str, ...]]
"""What was said about a mark, by the attribute's name."""

Links = Sequence[tuple[str, str]]
"""The marks that a mark belongs to: what each is to it, and its id."""

Chosen = Sequence["Document"] | None
"""The documents that are asked for; None for all, in the order they came in, of which no list is held."""

PAGE = 2000
"""Marks fetched at once."""

_DOCUMENTS = 64
"""Documents that are looked up at once."""


class Layer(NamedTuple):
    """Whose marks, and what for."""

    id: str
    purpose: str
    annotator: str
    """The name; two annotators may have the same."""
    annotator_id: str

    @property
    def is_outcome(self) -> bool:
        """Whether a review made it: what is in it was marked by others already."""
        return self.purpose in ("adjudicated", "feedback")


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

    of: int
    """Which of the versions asked for it is in."""
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


Told = tuple[Marked, Attributes, Links]
"""A mark with what is said about it, and what it belongs to."""


class Page(NamedTuple):
    """Some marks of one document."""

    document: Document
    outline: Outline | None
    """Where its paragraphs and sentences begin; None for a long text, of which that is not kept."""
    notes: Mapping[int, str]
    """What was written on it as a whole, by the layer's number."""
    marks: list[Told]


class _Here(NamedTuple):
    """A document, and where it stands in the tables."""

    document: Document
    number: int
    version: int


_COLUMNS = (
    "annotations.pk, annotations.id, annotations.layer, annotations.tag, annotations.tag_revision, anchors.start,"
    " anchors.end, anchors.fragments, anchors.status, anchors.quote, anchors.prefix, anchors.suffix, annotations.note,"
    " annotations.created_at, annotations.updated_at"
)
_IN_ORDER = "anchors.start, anchors.end DESC, anchors.annotation"

Kind = tuple[str, str]
"""Some of a document's marks: the index that has them, and which of it."""

_PLACED = ("anchors_place", "anchors.status <> 'orphan'")
_UNSETTLED = "anchors.status IN ('unsure', 'orphan')"
_UNSURE = ("anchors_unsettled", f"{_UNSETTLED} AND anchors.status = 'unsure'")
_ORPHANS = ("anchors_unsettled", f"{_UNSETTLED} AND anchors.status = 'orphan'")


def pages(store: Store, chosen: Chosen, wanted: Wanted) -> Iterator[Page]:
    """The marks of these documents, one document after the other, each in text order, its orphans last."""
    layers = [pk for (pk,) in store.rows("SELECT pk FROM layers")]
    keeper = outlines.Keeper(store)
    for here in _batches(store, chosen):
        numbers, versions = [each.number for each in here], [each.version for each in here]
        known, counts = outlines.of_versions(store, versions), _counts(store, versions)
        keeper.complete(known, {each.version: each.document for each in here if each.version in counts})
        notes: dict[int, dict[int, str]] = {}
        for (layer, number), note in readings.notes(store, layers, numbers).items():
            notes.setdefault(number, {})[layer] = note
        for some in _together(here, counts):
            for index, marks in _marks_of(store, [each.version for each in some], wanted):
                document, number, version = some[index]
                yield Page(document, known.get(version), notes.get(number, {}), marks)


def _marks_of(store: Store, versions: Sequence[int], wanted: Wanted) -> Iterator[tuple[int, list[Told]]]:
    """The marks of these versions: which of them, and what is in it; of one alone a page at a time."""
    if len(versions) == 1:
        for marks in _one_by_one(store, versions[0], wanted):
            yield 0, _told(store, marks)
        if wanted.orphans:
            yield 0, _told(store, _asked_for(store, versions, wanted, _ORPHANS))
        return
    marks = _asked_for(store, versions, wanted, _PLACED)
    if wanted.orphans:
        marks = sorted([*marks, *_asked_for(store, versions, wanted, _ORPHANS)], key=lambda mark: mark.of)
    for index, some in groupby(_told(store, marks), key=lambda told: told[0].of):
        yield index, list(some)


def _batches(store: Store, chosen: Chosen) -> Iterator[list[_Here]]:
    """The documents that are there (still), some at a time."""
    select = (
        f"SELECT documents.pk, documents.version, {COLUMNS} FROM documents"
        " CROSS JOIN versions ON versions.pk = documents.version WHERE documents.deleted_at IS NULL"
    )
    if chosen is not None:
        for first in range(0, len(chosen), _DOCUMENTS):
            ids = [document.id for document in chosen[first : first + _DOCUMENTS]]
            rows = store.rows(f"{select} AND documents.id IN (SELECT value FROM json_each(?))", (_list(ids),))
            found = {here.document.id: here for here in map(_here, rows)}
            yield [found[id_] for id_ in ids if id_ in found]
        return
    last = 0
    while rows := store.rows(f"{select} AND documents.pk > ? ORDER BY documents.pk LIMIT {_DOCUMENTS}", (last,)):
        yield [_here(row) for row in rows]
        last = rows[-1][0]


def _here(row: Row) -> _Here:
    number, version, *document = row
    return _Here(document_of(tuple(document)), number, version)


def _counts(store: Store, versions: Sequence[int]) -> dict[int, int]:
    """How many marks stand in each version, by one look into an index."""
    return dict(store.rows(
        "SELECT version, count(*) FROM anchors INDEXED BY anchors_place"
        " WHERE version IN (SELECT value FROM json_each(?)) AND status <> 'orphan' GROUP BY version",
        (_list(versions),),
    ))  # fmt: skip


def _together(here: Sequence[_Here], counts: Mapping[int, int]) -> Iterator[list[_Here]]:
    """Documents whose marks are fetched together: no more than a page, or one document alone."""
    some: list[_Here] = []
    total = 0
    for each in here:
        count = counts.get(each.version, 0)
        if some and total + count > PAGE:
            yield some
            some, total = [], 0
        some.append(each)
        total += count
    if some:
        yield some


def _asked_for(store: Store, versions: Sequence[int], wanted: Wanted, kind: Kind) -> list[Marked]:
    """The marks of a few versions, in their order, each version's in text order."""
    which, values = _which(wanted)
    index, status = kind
    rows = store.rows(
        f"SELECT asked.key, {_COLUMNS} FROM json_each(?) AS asked"
        f" CROSS JOIN anchors INDEXED BY {index} ON anchors.version = asked.value AND {status}"
        f" CROSS JOIN annotations ON annotations.pk = anchors.annotation WHERE {which} ORDER BY asked.key, {_IN_ORDER}",
        (_list(versions), *values),
    )
    return [Marked._make(row) for row in rows]


def _one_by_one(store: Store, version: int, wanted: Wanted) -> Iterator[list[Marked]]:
    """The marks of one version, a page at a time, however many there are."""
    which, values = _which(wanted)
    after = (-1, 0, 0)
    while True:
        rows = store.rows(
            f"SELECT 0, {_COLUMNS} FROM anchors INDEXED BY {_PLACED[0]}"
            f" CROSS JOIN annotations ON annotations.pk = anchors.annotation WHERE {which} AND {_PLACED[1]}"
            " AND anchors.version = ? AND anchors.start >= ?"
            f" AND (anchors.start, -anchors.end, anchors.annotation) > (?, ?, ?) ORDER BY {_IN_ORDER} LIMIT {PAGE}",
            (*values, version, after[0], *after),
        )
        marks = [Marked._make(row) for row in rows]
        yield marks
        if len(marks) < PAGE:
            return
        after = (marks[-1].start, -marks[-1].end, marks[-1].pk)


def _told(store: Store, marks: Sequence[Marked]) -> list[Told]:
    """The marks with what is said about them, and what they belong to."""
    pks = _list([mark.pk for mark in marks])
    said: dict[int, dict[str, tuple[str, ...]]] = {}
    for pk, name, value in store.rows(
        "SELECT annotation, name, value FROM attributes WHERE annotation IN (SELECT value FROM json_each(?))"
        " ORDER BY annotation, name, position",
        (pks,),
    ):
        names = said.setdefault(pk, {})
        names[name] = (*names.get(name, ()), value)
    linked = (
        relations.targets(store, [mark.pk for mark in marks]) if store.row("SELECT 1 FROM relations LIMIT 1") else {}
    )
    return [(mark, said.get(mark.pk, _NOTHING), linked.get(mark.pk, ())) for mark in marks]


_NOTHING: Attributes = {}


def has_any(store: Store, chosen: Chosen, wanted: Wanted) -> bool:
    """Whether `pages` would give any mark."""
    return any(
        _counted(store, here, wanted, kind, most=1) for here in _batches(store, chosen) for kind in _kinds(wanted)
    )


def count(store: Store, chosen: Chosen, wanted: Wanted) -> int:
    """How many marks `pages` would give."""
    return sum(_counted(store, here, wanted, kind) for here in _batches(store, chosen) for kind in _kinds(wanted))


def unsettled(store: Store, chosen: Chosen, wanted: Wanted) -> tuple[int, int]:
    """How many of the marks that are wanted are unsure, and how many orphans there are, wanted or not."""
    unsure = orphans = 0
    for here in _batches(store, chosen):
        unsure += _counted(store, here, wanted, _UNSURE)
        orphans += _counted(store, here, wanted, _ORPHANS)
    return unsure, orphans


def attribute_names(store: Store, chosen: Chosen, wanted: Wanted, known: Collection[str]) -> set[str]:
    """The attributes besides the `known` ones that anything was said by, in the marks that `pages` would give."""
    others = set(vocabulary.attribute_names(store)).difference(known)
    found: set[str] = set()
    for here in _batches(store, chosen) if others else ():
        for kind in _kinds(wanted):
            where, values = _where(here, wanted, kind)
            found.update(name for (name,) in store.rows(
                f"SELECT DISTINCT name FROM attributes WHERE annotation IN (SELECT annotations.pk {where})"
                " AND name IN (SELECT value FROM json_each(?))",
                (*values, _list(sorted(others))),
            ))  # fmt: skip
    return found


def books(store: Store, chosen: Chosen) -> list[int]:
    """The numbers of the codebooks that these documents are read with."""
    if chosen is None:
        rows = store.rows("SELECT DISTINCT codebook FROM documents WHERE deleted_at IS NULL ORDER BY codebook")
    else:
        rows = store.rows(
            "SELECT DISTINCT codebook FROM documents WHERE id IN (SELECT value FROM json_each(?)) ORDER BY codebook",
            (_list([document.id for document in chosen]),),
        )
    return [pk for (pk,) in rows]


def all_books(store: Store) -> list[int]:
    """The numbers of all codebooks: a mark may have a tag of one that its article is not read with any more."""
    return [pk for (pk,) in store.rows("SELECT pk FROM codebooks ORDER BY pk")]


def _kinds(wanted: Wanted) -> tuple[Kind, ...]:
    return (_PLACED, _ORPHANS) if wanted.orphans else (_PLACED,)


def _counted(store: Store, here: Sequence[_Here], wanted: Wanted, kind: Kind, most: int = 1 << 62) -> int:
    where, values = _where(here, wanted, kind)
    ((number,),) = store.rows(f"SELECT count(*) FROM (SELECT 1 {where} LIMIT ?)", (*values, most))
    return int(number)


def _where(here: Sequence[_Here], wanted: Wanted, kind: Kind) -> tuple[str, list[object]]:
    """Which marks of some documents."""
    index, status = kind
    which, values = _which(wanted)
    clause = (
        f"FROM anchors INDEXED BY {index} CROSS JOIN annotations ON annotations.pk = anchors.annotation"
        f" WHERE anchors.version IN (SELECT value FROM json_each(?)) AND {status} AND {which}"
    )
    return clause, [_list([each.version for each in here]), *values]


def _which(wanted: Wanted) -> tuple[str, list[object]]:
    """Which marks of a document."""
    clause, values = "annotations.deleted_at IS NULL", list[object]()
    if wanted.tags is not None:
        clause += (
            " AND annotations.tag IN (SELECT given.pk FROM tags AS given"
            " JOIN tags AS used ON used.pk = ifnull(given.merged_into, given.pk)"
            " WHERE used.id IN (SELECT value FROM json_each(?)))"
        )
        values.append(_list(sorted(wanted.tags)))
    if wanted.layers is not None:
        clause += " AND annotations.layer IN (SELECT pk FROM layers WHERE id IN (SELECT value FROM json_each(?)))"
        values.append(_list(sorted(wanted.layers)))
    return clause, values


def _list(values: Sequence[object]) -> str:
    return json.dumps(list(values))
