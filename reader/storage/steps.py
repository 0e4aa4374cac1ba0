"""The log: every change is a step, every row it touches is a line with the row before and after, and undo goes back.

A row that came or went is in its line whole; one that was changed by what it changed, before and after.
A step belongs to one annotator and, mostly, one document; undo and redo go by (document, annotator, layer), so that two
people, two articles, or a review and one's own marks, do not undo each other. What is done to articles in a list of
them (deleted, renamed, called done there) has no document: it is the library's own history. A step in several documents
(every occurrence of a word, say) names none and has a row in `step_documents` for each; it stands in the history of all
of them, and is taken back as a whole from whichever comes to it first. Undoing appends a step that puts the rows back;
nothing in the log is ever changed. Kinds: `do`, `undo`, `redo`, and `record` for what is logged but not taken back by
undo (an article came in, was opened, was read up to here).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reader.storage.tables import IMAGE, PASSING

if TYPE_CHECKING:
    from reader.storage.store import Store

Image = dict[str, Any]
"""A row by its columns: all but its number where it came or went, those that changed where it was changed."""

AT_ONCE = 500
"""Rows written by one statement."""


class Step:
    """A change being made: rows go in, change and go through here, so that each is logged."""

    def __init__(
        self,
        store: Store,
        label: str,
        actor: int,
        document: int | None,
        layer: int | None,
        kind: str,
        undoes: int | None,
    ) -> None:
        """Inside `step` only."""
        self._store = store
        self.label = label
        """What undo will call it; it, document, layer and kind may still be set before the first row is touched."""
        self.document = document
        self.documents: Sequence[int] = ()
        """Where the step is about several documents: all of them, and `document` is none."""
        self.layer = layer
        self.kind = kind
        self._actor = actor
        self._undoes = undoes
        self._pk = 0  # none while nothing has changed, since a step without changes is not kept

    def beside(self, label: str, kind: str) -> Step:
        """Another step of the same transaction: for what is not taken back together with this one."""
        return Step(self._store, label, self._actor, self.document, self.layer, kind, None)

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """A new row; its pk, which was never another row's (undo may want to put that one back)."""
        pk = self._new_pk(table)
        self._log(table, pk, None, self._insert(table, pk, values))
        return pk

    def insert_all(self, table: str, rows: Sequence[Mapping[str, object]]) -> range:
        """New rows, each with the same columns, all that the log knows of; their pks, in that order."""
        first = self._new_pk(table)
        columns = IMAGE[table][1:]
        for at in range(0, len(rows), AT_ONCE):
            images = [{name: row[name] for name in columns} for row in rows[at : at + AT_ONCE]]
            self.put_all(table, [(pk, image, _json(image)) for pk, image in enumerate(images, first + at)])
        return range(first, first + len(rows))

    def put_all(self, table: str, rows: Sequence[tuple[int, Image, str]]) -> None:
        """Rows with these numbers, `AT_ONCE` at most, whole, each with its image as the log is to hold it."""
        columns = IMAGE[table]
        self._insert_rows(table, columns, [
            value for pk, image, _ in rows for value in (pk, *(image[name] for name in columns[1:]))
        ])  # fmt: skip
        begun = self._begun()
        self._insert_rows("log", ("step", "entity", "row", "after"), [
            value for pk, _, written in rows for value in (begun, table, pk, written)
        ])  # fmt: skip

    def take_all(self, table: str, step: int, first: int, last: int) -> None:
        """Takes the rows away that these lines (by `seq`) of a step brought and that are as these lines left them."""
        lines = "FROM log WHERE step = ? AND seq BETWEEN ? AND ?"
        execute = self._store.connection.execute
        execute(
            f"INSERT INTO log (step, entity, row, before) SELECT ?, entity, row, after {lines} ORDER BY seq DESC",
            (self._begun(), step, first, last),
        )
        execute(f"DELETE FROM {table} WHERE pk IN (SELECT row {lines})", (step, first, last))

    def update(self, table: str, pk: int, values: Mapping[str, object]) -> bool:
        """Changes columns of a row; False, and no trace, where it says so already (the time alone is no change)."""
        before = self._present(table, pk)
        said = [name for name in values if name != "updated_at"] or values
        if before is None or all(before[name] == values[name] for name in said):
            return False
        self._log_change(table, pk, before, self._update(table, pk, values))
        return True

    def delete(self, table: str, pk: int) -> None:
        """Takes a row away; the log keeps what it was."""
        before = self._present(table, pk)
        if before is not None:
            self._delete(table, pk)
            self._log(table, pk, before, None)

    def turn_back(self, table: str, pk: int, before: Image | None, after: Image | None) -> None:
        """Undoes one line of the log; Changed where the row is no longer as that line left it."""
        present = self._present(table, pk)
        if before is not None and after is not None:
            # Only what that line changed: where somebody has read to, say, may have moved on in the same row.
            if present is None or any(present[name] != value for name, value in after.items()):
                raise Changed
            self._log_change(table, pk, present, self._update(table, pk, before))
        elif before is None:
            passing = PASSING.get(table, frozenset())
            left = {name: value for name, value in (after or {}).items() if name not in passing}
            if present is None or any(present[name] != value for name, value in left.items()):
                raise Changed
            self._delete(table, pk)
            self._log(table, pk, present, None)
        else:
            if present is not None:
                raise Changed
            self._log(table, pk, None, self._insert(table, pk, before))

    def _new_pk(self, table: str) -> int:
        found = self._store.connection.execute(
            f"SELECT max(ifnull((SELECT max(pk) FROM {table}), 0),"
            " ifnull((SELECT max(row) FROM log WHERE entity = ?), 0))",
            (table,),
        ).fetchone()
        return int(found[0]) + 1

    def _present(self, table: str, pk: int) -> Image | None:
        columns = IMAGE[table][1:]
        row = self._store.connection.execute(f"SELECT {_listed(columns)} FROM {table} WHERE pk = ?", (pk,)).fetchone()
        return None if row is None else dict(zip(columns, row, strict=True))

    def _insert(self, table: str, pk: int, values: Mapping[str, object]) -> Image:
        columns = IMAGE[table][1:]
        places = ", ".join("?" * (len(values) + 1))
        sql = f"INSERT INTO {table} ({_listed(('pk', *values))}) VALUES ({places}) RETURNING {_listed(columns)}"
        return dict(zip(columns, self._one(sql, (pk, *values.values())), strict=True))

    def _insert_rows(self, table: str, columns: tuple[str, ...], values: list[object]) -> None:
        """Many rows by one statement: a search table begins a new page of its index with every statement."""
        row = f"({', '.join('?' * len(columns))})"
        rows = ", ".join([row] * (len(values) // len(columns)))
        self._store.connection.execute(f"INSERT INTO {table} ({_listed(columns)}) VALUES {rows}", values)

    def _update(self, table: str, pk: int, values: Mapping[str, object]) -> Image:
        columns = IMAGE[table][1:]
        changes = ", ".join(f'"{name}" = ?' for name in values)
        sql = f"UPDATE {table} SET {changes} WHERE pk = ? RETURNING {_listed(columns)}"
        return dict(zip(columns, self._one(sql, (*values.values(), pk)), strict=True))

    def _delete(self, table: str, pk: int) -> None:
        self._store.connection.execute(f"DELETE FROM {table} WHERE pk = ?", (pk,))

    def _one(self, sql: str, values: tuple[object, ...]) -> tuple[Any, ...]:
        (row,) = self._store.connection.execute(sql, values).fetchall()
        return tuple(row)

    def _log_change(self, table: str, pk: int, before: Image, after: Image) -> None:
        # Which mark it is about stays in the line, whatever changed.
        changed = [name for name, value in before.items() if after[name] != value or name == "annotation"]
        self._log(table, pk, {name: before[name] for name in changed}, {name: after[name] for name in changed})

    def _log(self, table: str, pk: int, before: Image | None, after: Image | None) -> None:
        self._store.connection.execute(
            "INSERT INTO log (step, entity, row, before, after) VALUES (?, ?, ?, ?, ?)",
            (self._begun(), table, pk, dumped(before), dumped(after)),
        )

    def _begun(self) -> int:
        """The step's own pk; its row is written with the first line."""
        if not self._pk:
            head = (self._store.time(), self._actor, self.document, self.layer, self.label, self.kind, self._undoes)
            found = self._store.connection.execute(
                "INSERT INTO steps (at, actor, document, layer, label, kind, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)", head
            )
            self._pk = found.lastrowid or 0
            self._store.connection.executemany(
                "INSERT INTO step_documents (step, document) VALUES (?, ?)",
                [(self._pk, document) for document in self.documents],
            )
        return self._pk


class Changed(Exception):
    """The present is not what the log says that a step left."""


@contextmanager
def step(
    store: Store, label: str, actor: int, document: int | None, layer: int | None, kind: str, undoes: int | None
) -> Iterator[Step]:
    """One change by `actor` (an annotator's pk), in one transaction; after any error nothing of it is stored."""
    with store.write():
        yield Step(store, label, actor, document, layer, kind, undoes)


def dumped(image: Image | None) -> str | None:
    """A row as the log holds it."""
    return None if image is None else _json(image)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _listed(columns: Mapping[str, object] | tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
