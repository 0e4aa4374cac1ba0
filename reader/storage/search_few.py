"""Which marks and notes are worth a look, as the search tables know it; None where these are more than `FEW`.

What is looked for is what `search.phrase` and `search.every` make of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.storage.search import listed, places

if TYPE_CHECKING:
    from reader.storage.search_marks import Said
    from reader.storage.store import Row, Store

FEW = 2000
"""So many marks are held in memory at most to find their articles; more are met on the way soon enough."""


class Few(NamedTuple):
    """Marks that are worth a look, `FEW` at most."""

    pks: list[int]
    are_anchors: bool = False
    """Whether these are numbers of their places, else of the marks themselves."""


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
        values.append(listed(said.values))
    return _few(store.rows(
        f"SELECT annotation FROM attributes WHERE name IN ({places(said.names)}){value} LIMIT ?",
        (*said.names, *values, FEW + 1),
    ))  # fmt: skip


def saying_words(store: Store, match: str) -> Few | None:
    """The marks about which something was said that matches."""
    return _few(store.rows(
        "SELECT attributes.annotation FROM said_search CROSS JOIN attributes ON attributes.pk = said_search.rowid"
        " WHERE said_search MATCH ? LIMIT ?",
        (match, FEW + 1),
    ))  # fmt: skip


def noted(store: Store, match: str) -> list[int] | None:
    """The documents (pks) on which somebody wrote a note that matches."""
    rows = store.rows(
        "SELECT versions.document FROM article_note_search CROSS JOIN readings"
        " ON readings.pk = article_note_search.rowid CROSS JOIN versions ON versions.pk = readings.version"
        " WHERE article_note_search MATCH ? LIMIT ?",
        (match, FEW + 1),
    )
    return None if len(rows) > FEW else [document for (document,) in rows]


def either(store: Store, *several: Few | None) -> Few | None:
    """The marks that are in any of these, by their own numbers."""
    found: list[int] = []
    for few in several:
        if few is None:
            return None
        found += _marks_of(store, few)
    return Few(found)


def documents_of(store: Store, few: Few) -> list[int]:
    """The documents (pks) that the marks are in."""
    sql = "SELECT DISTINCT document FROM annotations WHERE pk IN (SELECT value FROM json_each(?))"
    return [document for (document,) in store.rows(sql, (listed(_marks_of(store, few)),))]


def _marks_of(store: Store, few: Few) -> list[int]:
    if not few.are_anchors or not few.pks:
        return few.pks
    sql = "SELECT annotation FROM anchors WHERE pk IN (SELECT value FROM json_each(?))"
    return [pk for (pk,) in store.rows(sql, (listed(few.pks),))]


def _few(rows: Sequence[Row], *, are_anchors: bool = False) -> Few | None:
    return None if len(rows) > FEW else Few([pk for (pk,) in rows], are_anchors)
