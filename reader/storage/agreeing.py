"""The marks of several people, article by article, as plain numbers: what agreement is measured on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from reader.storage.store import Store

_TOGETHER = 64
"""Articles whose marks are fetched at once."""

Placed = tuple[int, int, int, int, str | None]
"""One mark: layer and tag as given (their numbers), start, end, and its pieces (`10-25;40-52`) where it has several."""

_MARKS = (
    "SELECT asked.value, annotations.layer, annotations.tag, anchors.start, anchors.end,"
    " CASE WHEN instr(anchors.fragments, ';') THEN anchors.fragments END FROM json_each(?) AS asked"
    " CROSS JOIN documents ON documents.pk = asked.value"
    " CROSS JOIN anchors INDEXED BY anchors_place ON anchors.version = documents.version"
    " AND anchors.status <> 'orphan' CROSS JOIN annotations ON annotations.pk = anchors.annotation"
    " WHERE annotations.deleted_at IS NULL AND annotations.layer IN (SELECT value FROM json_each(?))"
)


def marks(store: Store, documents: Iterable[int], layers: Sequence[int]) -> Iterator[tuple[int, list[Placed]]]:
    """Each of these documents with the marks of these layers that have a place in its present text.

    Documents and layers by number. No read stays open between pages, so a mark may come or go in between.
    """
    wanted = iter(documents)
    while page := list(islice(wanted, _TOGETHER)):
        found: dict[int, list[Placed]] = {document: [] for document in page}
        for document, *mark in store.rows(_MARKS, (json.dumps(page), json.dumps(list(layers)))):
            found[document].append(cast("Placed", tuple(mark)))
        yield from found.items()
