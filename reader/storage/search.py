"""Searching everything: the articles that may have what is looked for, and notes on them; by pages, the newest first.

What a person typed reaches the search tables only as `phrase` makes it. The search tables say which articles, notes and
marks are worth a look: they know words only. Where the words stand, and whether they stand there at all, is for whoever
looks at the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.storage.store import Store

NEWEST = 1 << 62
"""Beyond every number."""

FIRST_PAGE, LARGEST_PAGE = 16, 512
"""Articles that are asked for at once: few at first, so that the first hits are there soon."""


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
    """It has one of these numbers."""
    noted: bool = False
    """Somebody wrote a note on it as a whole."""


class Note(NamedTuple):
    """What somebody wrote on an article as a whole."""

    layer: int
    """Whose it is (pk)."""
    text: str


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
    where, values = among_articles(wanted)
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


def among_articles(wanted: Wanted) -> tuple[list[str], list[object]]:
    """The conditions that choose them, and their values."""
    where, values = ["documents.deleted_at IS NULL"], list[object]()
    if wanted.statuses is not None:
        where.append(
            "ifnull((SELECT status FROM readings WHERE layer = ? AND version = documents.version), 'new')"
            " IN (SELECT value FROM json_each(?))"
        )
        values += (wanted.layer, listed(sorted(wanted.statuses)))
    if wanted.layers is not None and wanted.tags is not None:
        where.append(
            "EXISTS (SELECT 1 FROM annotations INDEXED BY annotations_document WHERE document = documents.pk"
            f" AND layer IN ({places(wanted.layers)}) AND tag IN ({places(wanted.tags)}) AND deleted_at IS NULL)"
        )
        values += (*wanted.layers, *wanted.tags)
    if wanted.among is not None:
        where.append("documents.pk IN (SELECT value FROM json_each(?))")
        values.append(listed(wanted.among))
    if wanted.noted:
        where.append(
            "EXISTS (SELECT 1 FROM versions CROSS JOIN readings ON readings.version = versions.pk"
            " AND readings.note <> '' WHERE versions.document = documents.pk)"
        )
    return where, values


def text(store: Store, version: int) -> str:
    """The text of a version (its pk); not kept, since a search looks at many."""
    row = store.row("SELECT text FROM versions WHERE pk = ?", (version,))
    return "" if row is None else str(row[0])


def articles_by_version(store: Store, versions: Sequence[int]) -> list[Article]:
    """Those of the articles whose current version has one of these numbers that are there; some hundreds at most."""
    rows = store.rows(
        "SELECT pk, id, title, byline, date, source, version FROM documents"
        " WHERE version IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL",
        (listed(versions),),
    )
    return [Article(*row) for row in rows]


def notes(store: Store, document: int) -> list[Note]:
    """What was written on a document as a whole, whoever did; of each layer what it wrote last."""
    rows = store.rows(
        "SELECT readings.layer, readings.note FROM versions CROSS JOIN readings ON readings.version = versions.pk"
        " AND readings.note <> '' WHERE versions.document = ? ORDER BY versions.number",
        (document,),
    )
    last: dict[int, str] = dict(rows)
    return [Note(layer, last[layer]) for layer in sorted(last)]


def origins(store: Store, versions: Sequence[int]) -> dict[int, tuple[str, str, str, int]]:
    """Of the versions with these numbers: UUIDs of document and version, title, and the codebook's number."""
    rows = store.rows(
        "SELECT versions.pk, documents.id, versions.id, documents.title, documents.codebook FROM versions"
        " JOIN documents ON documents.pk = versions.document WHERE versions.pk IN (SELECT value FROM json_each(?))",
        (listed(versions),),
    )
    return {pk: (document, version, title, codebook) for pk, document, version, title, codebook in rows}


def listed(values: Sequence[object]) -> str:
    """Values as one, for `json_each`."""
    return json.dumps(list(values))


def places(values: Sequence[object]) -> str:
    """Places for so many values."""
    return ", ".join("?" * len(values))
