"""Searching everything: which articles may have what is looked for, and their marks; by pages, newest article first.

What a person typed reaches the search tables only as `phrase` makes it. The search tables say which articles and marks
are worth a look: they know words only. Where the words stand, and whether they stand there at all, is for whoever
looks at the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.documents.span import Span
    from reader.storage.store import Row, Store

NEWEST = 1 << 62
"""Beyond every number."""

FIRST_PAGE, LARGEST_PAGE = 16, 512
"""Articles that are asked for at once: few at first, so that the first hits are there soon."""

FEW = 2000
"""So many marks are held in memory at most to find their articles; more are met on the way soon enough."""

MARKS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a result names it."""

    number: int
    """Counted from 1 in the order they came in; what people type."""
    id: str
    """UUID of the document."""
    title: str
    byline: str
    date: str
    source: str
    version: int
    """The number (pk) of its current version."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles are worth a look; each part asks for nothing as it is."""

    match: str = ""
    """What the text must match, for FTS5; see `phrase`."""
    statuses: frozenset[str] | None = None
    """How far `layer` is with it: `new`, `reading`, `done`."""
    layer: int = 0
    layers: Sequence[int] | None = None
    """It has a mark in one of these layers (pks)…"""
    tags: Sequence[int] | None = None
    """… with one of these tags (pks); both or none are given."""
    among: Sequence[int] | None = None
    """It has one of these marks (pks, `FEW` at most)."""


class Marked(NamedTuple):
    """A mark as a result shows it; the number of its tag is of the one that it was given, merged or not."""

    pk: int
    id: str
    layer: int
    tag: int
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    note: str


@dataclass(frozen=True, slots=True)
class Said:
    """An attribute that a mark must have, or must not have."""

    names: tuple[str, ...]
    """As the marks have them: spellings of one name."""
    values: tuple[str, ...] | None
    """One of these, exactly; None for any."""
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Which:
    """Which marks; what cannot be said so is for whoever looks at their words."""

    layers: Sequence[int] | None = None
    """Numbers (pks)."""
    tags: Sequence[int] | None = None
    """Numbers (pks)."""
    said: Sequence[Said] = ()
    noted: bool = False
    """Only those with a note."""


class Few(NamedTuple):
    """Marks that are worth a look, `FEW` at most."""

    pks: list[int]
    are_anchors: bool = False
    """Whether these are numbers of their places, else of the marks themselves."""


class TagRow(NamedTuple):
    """A tag of any codebook."""

    pk: int
    heir: int
    """The number of the tag that it was merged into, or its own."""
    id: str
    name: str
    key: str
    symbol: str
    colour: str
    attributes: tuple[str, ...]
    """Names of the attributes that it declares."""


class Given(NamedTuple):
    """A tag that some words have."""

    id: str
    name: str
    symbol: str
    colour: str


def phrase(words: str, *, begins: bool = False) -> str:
    """These words one behind the other, as FTS5 takes them; the last one may be a beginning only.

    `words` must hold a letter or digit, else nothing can match.
    """
    quoted = words.replace('"', '""')
    return f'"{quoted}"{"*" if begins else ""}'


def every(phrases: Sequence[str]) -> str:
    """All of these phrases, for FTS5."""
    return " AND ".join(phrases)


def articles(store: Store, wanted: Wanted) -> Iterator[Article]:
    """The articles worth a look, those that came in last first; nothing is held open in between."""
    before, count = NEWEST, FIRST_PAGE
    while page := _page(store, wanted, before, count):
        yield from page
        before, count = page[-1].version, min(2 * count, LARGEST_PAGE)


def _page(store: Store, wanted: Wanted, before: int, count: int) -> list[Article]:
    """Up to `count` articles with versions older than `before` (a pk)."""
    where, values = _where(wanted)
    if wanted.match:
        version = "text_search.rowid"
        tables = f"text_search CROSS JOIN documents ON documents.version = {version}"
        where.insert(0, "text_search MATCH ?")
        values.insert(0, wanted.match)
    else:
        version = "documents.version"
        tables = "documents INDEXED BY documents_version"
    rows = store.rows(
        "SELECT documents.pk, documents.id, documents.title, documents.byline, documents.date, documents.source,"
        f" documents.version FROM {tables} WHERE {' AND '.join(where)} AND {version} < ?"
        f" ORDER BY {version} DESC LIMIT ?",
        (*values, before, count),
    )
    return [Article(*row) for row in rows]


def marks_among(store: Store, few: Few, wanted: Wanted, which: Which) -> list[tuple[Article, Marked]]:
    """Those of a few marks that are wanted, newest article first, each in its article's current text."""
    articles_, of_articles = _where(wanted)
    marks_, of_marks = _among(which)
    marks, places = "annotations ON annotations.pk = ", "anchors ON anchors."
    tables = (
        f"{places}pk = asked.value CROSS JOIN {marks}anchors.annotation"
        if few.are_anchors
        else f"{marks}asked.value CROSS JOIN {places}annotation = annotations.pk"
    )
    rows = store.rows(
        f"{_MARK}, documents.pk, documents.id, documents.title, documents.byline, documents.date, documents.source,"
        f" documents.version FROM json_each(?) AS asked CROSS JOIN {tables}"
        f" CROSS JOIN documents ON documents.pk = annotations.document AND documents.version = anchors.version"
        f"{_STANDS}{marks_} WHERE {' AND '.join(articles_)}"
        " ORDER BY documents.version DESC, anchors.start, anchors.end DESC, annotations.pk",
        (_list(list(dict.fromkeys(few.pks))), *of_marks, *of_articles),
    )
    count = len(Marked._fields)
    return [(Article(*row[count:]), Marked._make(row[:count])) for row in rows]


def _where(wanted: Wanted) -> tuple[list[str], list[object]]:
    where, values = ["documents.deleted_at IS NULL"], list[object]()
    if wanted.statuses is not None:
        where.append(
            "ifnull((SELECT status FROM readings WHERE layer = ? AND version = documents.version), 'new')"
            " IN (SELECT value FROM json_each(?))"
        )
        values += (wanted.layer, _list(sorted(wanted.statuses)))
    if wanted.layers is not None and wanted.tags is not None:
        where.append(
            "EXISTS (SELECT 1 FROM annotations INDEXED BY annotations_document WHERE document = documents.pk"
            f" AND layer IN ({_places(wanted.layers)}) AND tag IN ({_places(wanted.tags)}) AND deleted_at IS NULL)"
        )
        values += (*wanted.layers, *wanted.tags)
    if wanted.among is not None:
        where.append("documents.pk IN (SELECT document FROM annotations WHERE pk IN (SELECT value FROM json_each(?)))")
        values.append(_list(wanted.among))
    return where, values


def text(store: Store, version: int) -> str:
    """The text of a version (its pk); not kept, since a search looks at many."""
    row = store.row("SELECT text FROM versions WHERE pk = ?", (version,))
    return "" if row is None else str(row[0])


_MARK = (
    "SELECT annotations.pk, annotations.id, annotations.layer, annotations.tag, anchors.start, anchors.end,"
    " anchors.quote, anchors.prefix, anchors.suffix, annotations.note"
)
_STANDS = " AND annotations.deleted_at IS NULL AND anchors.status <> 'orphan'"


def marks(store: Store, version: int, which: Which) -> Iterator[Marked]:
    """The marks of a version, in text order; nothing is held open in between."""
    where, values = _among(which)
    after = (-1, NEWEST, -1)
    while True:
        page = store.rows(
            f"{_MARK} FROM anchors INDEXED BY anchors_place"
            f" CROSS JOIN annotations ON annotations.pk = anchors.annotation{_STANDS}{where}"
            " WHERE anchors.version = ? AND anchors.start >= ?"
            " AND (anchors.start, -anchors.end, anchors.annotation) > (?, ?, ?)"
            f" ORDER BY anchors.start, anchors.end DESC, anchors.annotation LIMIT {MARKS_AT_ONCE}",
            (*values, version, after[0], after[0], -after[1], after[2]),
        )
        yield from map(Marked._make, page)
        if len(page) < MARKS_AT_ONCE:
            return
        last = Marked._make(page[-1])
        after = (last.start, last.end, last.pk)


def _among(which: Which) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    if which.layers is not None:
        where += f" AND annotations.layer IN ({_places(which.layers)})"
        values += which.layers
    if which.tags is not None:
        where += f" AND annotations.tag IN ({_places(which.tags)})"
        values += which.tags
    if which.noted:
        where += " AND annotations.note <> ''"
    for said in which.said:
        where += (
            f" AND {'' if said.wanted else 'NOT '}EXISTS (SELECT 1 FROM attributes"
            f" WHERE attributes.annotation = annotations.pk AND attributes.name IN ({_places(said.names)})"
        )
        values += said.names
        if said.values is not None:
            where += " AND attributes.value IN (SELECT value FROM json_each(?))"
            values.append(_list(said.values))
        where += ")"
    return where, values


def marks_by_pk(store: Store, places: Sequence[tuple[int, int]]) -> list[Marked]:
    """Those of the marks with these numbers, each in the version beside it, that are there; some hundreds at most."""
    rows = store.rows(
        f"{_MARK} FROM json_each(?) AS asked"
        " CROSS JOIN annotations ON annotations.pk = json_extract(asked.value, '$[0]')"
        " CROSS JOIN anchors ON anchors.annotation = annotations.pk"
        f" AND anchors.version = json_extract(asked.value, '$[1]'){_STANDS}",
        (_list(places),),
    )
    return [Marked._make(row) for row in rows]


def articles_by_version(store: Store, versions: Sequence[int]) -> list[Article]:
    """Those of the articles whose current version has one of these numbers that are there; some hundreds at most."""
    rows = store.rows(
        "SELECT pk, id, title, byline, date, source, version FROM documents"
        " WHERE version IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL",
        (_list(versions),),
    )
    return [Article(*row) for row in rows]


def tagged(store: Store, version: int, layer: int, spans: Sequence[Span]) -> list[tuple[Given, ...]]:
    """For each of these spans (some hundreds at most): the tags that this layer has on exactly it."""
    found: list[dict[Given, None]] = [{} for _ in spans]
    for index, *tag in store.rows(
        "SELECT asked.key, tags.id, tags.name, tags.symbol, tags.colour FROM json_each(?) AS asked"
        " CROSS JOIN anchors INDEXED BY anchors_place"
        " ON anchors.version = ? AND anchors.start = json_extract(asked.value, '$[0]')"
        " AND anchors.end = json_extract(asked.value, '$[1]') AND NOT instr(anchors.fragments, ';')"
        f" CROSS JOIN annotations ON annotations.pk = anchors.annotation{_STANDS} AND annotations.layer = ?"
        " JOIN tags AS given ON given.pk = annotations.tag"
        " JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk) ORDER BY asked.key, tags.position, tags.pk",
        (_list([(span.start, span.end) for span in spans]), version, layer),
    ):
        found[index][Given(*tag)] = None
    return [tuple(tags) for tags in found]


def origins(store: Store, versions: Sequence[int]) -> dict[int, tuple[str, str, str, int]]:
    """Of the versions with these numbers: UUIDs of document and version, title, and the codebook's number."""
    rows = store.rows(
        "SELECT versions.pk, documents.id, versions.id, documents.title, documents.codebook FROM versions"
        " JOIN documents ON documents.pk = versions.document WHERE versions.pk IN (SELECT value FROM json_each(?))",
        (_list(versions),),
    )
    return {pk: (document, version, title, codebook) for pk, document, version, title, codebook in rows}


# Which marks are worth a look, where they are few; None for more than `FEW`.


def quoting(store: Store, match: str) -> Few | None:
    """The marks whose words match, in whatever version; see `phrase`."""
    sql = "SELECT rowid FROM quote_search WHERE quote_search MATCH ? LIMIT ?"
    return _few(store.rows(sql, (match, FEW + 1)), are_anchors=True)


def noting(store: Store, match: str) -> Few | None:
    """The marks whose note matches."""
    return _few(store.rows("SELECT rowid FROM note_search WHERE note_search MATCH ? LIMIT ?", (match, FEW + 1)))


def saying(store: Store, said: Said) -> Few | None:
    """The marks of which this was said."""
    value, values = "", list[object]()
    if said.values is not None:
        value = " AND value IN (SELECT value FROM json_each(?))"
        values.append(_list(said.values))
    return _few(store.rows(
        f"SELECT annotation FROM attributes WHERE name IN ({_places(said.names)}){value} LIMIT ?",
        (*said.names, *values, FEW + 1),
    ))  # fmt: skip


def either(store: Store, one: Few | None, other: Few | None) -> Few | None:
    """The marks that are in either, by their own numbers."""
    if one is None or other is None:
        return None
    return Few([*_marks_of(store, one), *_marks_of(store, other)])


def _marks_of(store: Store, few: Few) -> list[int]:
    if not few.are_anchors or not few.pks:
        return few.pks
    sql = "SELECT annotation FROM anchors WHERE pk IN (SELECT value FROM json_each(?))"
    return [pk for (pk,) in store.rows(sql, (_list(few.pks),))]


def _few(rows: Sequence[Row], *, are_anchors: bool = False) -> Few | None:
    return None if len(rows) > FEW else Few([pk for (pk,) in rows], are_anchors)


# What there is to choose from


def tags(store: Store) -> list[TagRow]:
    """Every tag, retired and merged ones too, codebook by codebook."""
    rows = store.rows(
        "SELECT pk, ifnull(merged_into, pk), id, name, key, symbol, colour, attributes FROM tags"
        " ORDER BY codebook, position, pk"
    )
    return [TagRow._make((*row, tuple(each["name"] for each in json.loads(said)))) for *row, said in rows]


def attribute_names(store: Store) -> list[str]:
    """The attributes that anything was said by."""
    return list(_each(store, "name", "name > ?", ""))


def attribute_values(store: Store, name: str) -> Iterator[str]:
    """The different values of one attribute, in order."""
    yield from _each(store, "value", "name = ? AND value > ?", "", name)


def _each(store: Store, column: str, where: str, first: str, *values: object) -> Iterator[str]:
    """The different values of a column, each found by its place in the index, not by reading what lies between."""
    step = f"SELECT min({column}) FROM attributes WHERE {where}"
    after = first
    while (row := store.row(step, (*values, after))) is not None and row[0] is not None:
        after = row[0]
        yield after


def _list(values: Sequence[object]) -> str:
    return json.dumps(list(values))


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
