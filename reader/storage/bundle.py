"""A review as a database of its own, to be sent back: what it is about, and nothing else of this one.

Every row that goes along is as it is here, with its number, but for three things: nobody in it works in it (all
annotators have come from elsewhere), each layer says up to which step of its home it is, and the log begins anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.storage.steps import dumped
from reader.storage.store import open_store
from reader.storage.tables import IMAGE

if TYPE_CHECKING:
    from reader.storage.store import Store

_AT_ONCE = 500
_SHIPPED = ("tag_revisions", "tags", "codebooks")
"""What is in every new file, and gives way to what is here."""

_TEXTS: Mapping[str, tuple[str, ...]] = {"versions": ("offset_map", "text", "raw")}
"""Columns that the log does not know."""

_BESIDE: Mapping[str, tuple[str, ...]] = {
    "structure": ("pk", "version", "kind", "start", "end", "data"),
    "outlines": ("version", "language", "paragraphs", "sentences"),
}
"""Tables of what texts say besides, which the log does not know; each has a column `version`."""


def write(store: Store, review: int, path: Path, documents: Collection[int] | None = None) -> None:
    """Writes a review (its pk) to a new file at `path`, for all its documents or for these (pks).

    It holds the documents that its sides, or it, have marks, readings or decisions in, with their texts; the layers of
    the sides and its own with all marks in them; the codebooks of those; its decisions, outcomes and answers.
    """
    target = open_store(path, create=True, clock=store.clock, new_id=store.new_id)
    try:
        # The file is private until it is whole, and what it points at comes in whichever order.
        target.rows("PRAGMA synchronous = OFF")
        target.rows("PRAGMA foreign_keys = OFF")
        with target.write():
            for table in _SHIPPED:
                target.connection.execute(f"DELETE FROM {table}")
            wanted = _wanted(store, review, documents)
            ((reviewer,),) = store.rows(
                "SELECT annotator FROM layers WHERE pk = (SELECT layer FROM reviews WHERE pk = ?)", (review,)
            )
            ((step,),) = target.connection.execute(
                "INSERT INTO steps (at, actor, label, kind) VALUES (?, ?, 'review handed on', 'record') RETURNING pk",
                (store.time(), reviewer),
            ).fetchall()
            for table in wanted:
                _copy(store, target, table, wanted, step)
            for table, columns in _BESIDE.items():
                _copy_beside(store, target, table, columns, wanted["versions"])
    finally:
        target.close()


def _wanted(store: Store, review: int, documents: Collection[int] | None) -> dict[str, list[int]]:
    """The numbers of the rows that go along, by table."""

    def numbers(sql: str, *values: object) -> list[int]:
        return [pk for (pk,) in store.rows(sql, values)]

    ((own,),) = store.rows("SELECT layer FROM reviews WHERE pk = ?", (review,))
    layers = sorted({own, *numbers("SELECT layer FROM review_sides WHERE review = ?", review)})
    among = _list(layers)
    homes = numbers(
        f"SELECT document FROM annotations WHERE layer IN ({among})"
        " UNION SELECT document FROM decisions WHERE review = ?"
        " UNION SELECT versions.document FROM readings JOIN versions ON versions.pk = readings.version"
        f" WHERE readings.layer IN ({among})",
        review,
    )
    home = _list([pk for pk in homes if documents is None or pk in documents])
    marks = f"SELECT pk FROM annotations WHERE layer IN ({among}) AND document IN ({home})"
    readings = (
        "SELECT readings.pk FROM readings JOIN versions ON versions.pk = readings.version"
        f" WHERE readings.layer IN ({among}) AND versions.document IN ({home})"
    )
    decisions = numbers(f"SELECT pk FROM decisions WHERE review = ? AND document IN ({home})", review)
    answers = numbers(f"SELECT pk FROM answers WHERE decision IN ({_list(decisions)})")
    books = (
        f"SELECT codebook FROM documents WHERE pk IN ({home}) UNION SELECT codebook FROM tags"
        f" WHERE pk IN (SELECT tag FROM annotations WHERE pk IN ({marks}))"
    )
    return {
        "annotators": numbers(
            f"SELECT annotator FROM layers WHERE pk IN ({among}) UNION SELECT annotator FROM answers"
            f" WHERE pk IN ({_list(answers)}) UNION SELECT annotator FROM decisions WHERE pk IN ({_list(decisions)})"
        ),
        "layers": layers,
        "codebooks": numbers(f"SELECT pk FROM codebooks WHERE pk IN ({books})"),
        "tags": numbers(f"SELECT pk FROM tags WHERE codebook IN ({books})"),
        "tag_revisions": numbers(
            f"SELECT pk FROM tag_revisions WHERE tag IN (SELECT pk FROM tags WHERE codebook IN ({books}))"
        ),
        "documents": numbers(f"SELECT pk FROM documents WHERE pk IN ({home})"),
        "versions": numbers(
            f"SELECT version FROM documents WHERE pk IN ({home})"
            f" UNION SELECT version FROM anchors WHERE annotation IN ({marks})"
            f" UNION SELECT version FROM readings WHERE pk IN ({readings})"
        ),
        "annotations": numbers(marks),
        "anchors": numbers(f"SELECT pk FROM anchors WHERE annotation IN ({marks})"),
        "attributes": numbers(f"SELECT pk FROM attributes WHERE annotation IN ({marks})"),
        "relations": numbers(f"SELECT pk FROM relations WHERE source IN ({marks})"),
        "readings": numbers(readings),
        "reviews": [review],
        "review_sides": numbers("SELECT pk FROM review_sides WHERE review = ?", review),
        "decisions": decisions,
        "outcomes": numbers(
            f"SELECT pk FROM outcomes WHERE annotation IN ({marks}) AND (decision IS NULL"
            f" OR decision IN ({_list(decisions)}))"
        ),
        "answers": answers,
    }


def _copy(store: Store, target: Store, table: str, wanted: Mapping[str, Sequence[int]], step: int) -> None:
    """Rows of a table, each with its line in the log."""
    known = IMAGE[table]
    columns = (*known, *_TEXTS.get(table, ()))
    seq = _last_step(store)
    marks = frozenset(wanted["annotations"]) if table == "outcomes" else frozenset()
    local = _local(store)
    for rows in _rows(store, table, columns, "pk", wanted[table]):
        lines: list[tuple[object, ...]] = []
        for number, row in enumerate(rows):
            values = dict(zip(columns, row, strict=True))
            if table == "annotators":
                values["origin"] = "imported"
            elif table == "codebooks":
                values["default_at"] = None
            elif table == "layers" and values["annotator"] in local:
                values["seq"] = seq
            elif table == "outcomes" and values["source"] not in marks:
                values["source"] = None
            rows[number] = tuple(values.values())
            lines.append((step, table, values["pk"], dumped({name: values[name] for name in known[1:]})))
        _insert(target, table, columns, rows)
        _insert(target, "log", ("step", "entity", "row", "after"), lines)


def _copy_beside(store: Store, target: Store, table: str, columns: Sequence[str], versions: Sequence[int]) -> None:
    for rows in _rows(store, table, columns, "version", versions):
        _insert(target, table, columns, rows)


def _rows(
    store: Store, table: str, columns: Sequence[str], key: str, numbers: Sequence[int]
) -> Iterator[list[tuple[object, ...]]]:
    """Some rows at a time; texts one by one."""
    step = 1 if table in _TEXTS else _AT_ONCE
    for at in range(0, len(numbers), step):
        among = _list(numbers[at : at + step])
        yield store.rows(f"SELECT {_named(columns)} FROM {table} WHERE {key} IN ({among}) ORDER BY {key}")


def _insert(target: Store, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    places = ", ".join("?" * len(columns))
    target.connection.executemany(f"INSERT INTO {table} ({_named(columns)}) VALUES ({places})", rows)


def _last_step(store: Store) -> int:
    ((last,),) = store.rows("SELECT ifnull(max(pk), 0) FROM steps")
    return int(last)


def _local(store: Store) -> frozenset[int]:
    return frozenset(pk for (pk,) in store.rows("SELECT pk FROM annotators WHERE origin = 'local'"))


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _list(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
