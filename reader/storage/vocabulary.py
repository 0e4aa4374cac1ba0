"""What there is to choose from: the tags of all codebooks, and what was said about marks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.storage.store import Store


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
