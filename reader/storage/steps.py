"""The log: every change is a step, every row it touches is a line with the row before and after, and undo goes back.

A row that came or went is in its line whole; one that was changed by what it changed, before and after.
A step belongs to one annotator and, mostly, one document; undo and redo go by (document, annotator), so that two
people, or two articles, do not undo each other. What is done to articles in a list of them (deleted, renamed, called
done there) has no document: it is the library's own history. A step in several documents (every occurrence of a word,
say) names none and has a row in `step_documents` for each; it stands in the history of all of them, and is taken back
as a whole from whichever comes to it first. Undoing appends a step that puts the rows back; nothing in the log is ever
changed. Kinds: `do`, `undo`, `redo`, and `record` for what is logged but not taken back by undo (an article came in,
was opened, was read up to here).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.errors import Refused
from reader.storage import versions
from reader.storage.tables import IMAGE, PASSING

if TYPE_CHECKING:
    from reader.storage.store import Store

Image = dict[str, Any]
"""A row by its columns: all but its number where it came or went, those that changed where it was changed."""

_PAGE = 200

_AT_ONCE = 500
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
        columns = IMAGE[table]
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            values: list[object] = []
            lines: list[object] = []
            for pk, row in enumerate(some, first + at):
                image = {name: row[name] for name in columns[1:]}
                values += (pk, *image.values())
                lines += (self._begun(), table, pk, _json(image))
            self._insert_rows(table, columns, values)
            self._insert_rows("log", ("step", "entity", "row", "after"), lines)
        return range(first, first + len(rows))

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
        """Undoes one line of the log; Refused where the row is no longer as that line left it."""
        present = self._present(table, pk)
        if before is not None and after is not None:
            # Only what that line changed: where somebody has read to, say, may have moved on in the same row.
            if present is None or any(present[name] != value for name, value in after.items()):
                raise _Changed
            self._log_change(table, pk, present, self._update(table, pk, before))
        elif before is None:
            passing = PASSING.get(table, frozenset())
            left = {name: value for name, value in (after or {}).items() if name not in passing}
            if present is None or any(present[name] != value for name, value in left.items()):
                raise _Changed
            self._delete(table, pk)
            self._log(table, pk, present, None)
        else:
            if present is not None:
                raise _Changed
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


class Target(NamedTuple):
    """The step that undo, or redo, would turn back next."""

    pk: int
    label: str


class Line(NamedTuple):
    """One line of the log."""

    entity: str
    row: int
    before: Image | None
    after: Image | None


def next_undo(store: Store, document: int | None, actor: int) -> Target | None:
    """What undo would take back: the newest step of this annotator here that is not taken back already."""
    return _target(store, document, actor, targets=("do", "redo"), skips="undo")


def next_redo(store: Store, document: int | None, actor: int) -> Target | None:
    """What redo would bring back; nothing once something new was done."""
    return _target(store, document, actor, targets=("undo",), skips="redo")


def lines(store: Store, step_pk: int) -> tuple[Line, ...]:
    """What a step did, row by row, in order."""
    found = store.rows("SELECT entity, row, before, after FROM log WHERE step = ? ORDER BY seq", (step_pk,))
    return tuple(
        Line(entity, row, json.loads(before) if before else None, json.loads(after) if after else None)
        for entity, row, before, after in found
    )


def annotations_in(store: Store, step_pk: int, document: int | None) -> tuple[int, ...]:
    """The numbers of the annotations of a document (none: of no one) that a step was about; of a link, its source."""
    rows = store.rows(
        "WITH concerned AS (SELECT seq, CASE entity WHEN 'annotations' THEN row WHEN 'relations' THEN"
        " ifnull((SELECT source FROM relations WHERE pk = row), json_extract(ifnull(after, before), '$.source'))"
        " ELSE json_extract(ifnull(after, before), '$.annotation') END AS pk"
        " FROM log WHERE step = ? AND entity IN ('annotations', 'anchors', 'attributes', 'relations'))"
        " SELECT pk FROM concerned WHERE ifnull((SELECT document FROM annotations WHERE annotations.pk = concerned.pk),"
        " (SELECT json_extract(ifnull(after, before), '$.document') FROM log WHERE entity = 'annotations'"
        " AND row = concerned.pk ORDER BY log.seq LIMIT 1)) = ? ORDER BY seq",
        (step_pk, document),
    )
    return tuple(dict.fromkeys(pk for (pk,) in rows))


def documents_in(store: Store, step_pk: int) -> tuple[int, ...]:
    """The numbers of the documents whose details, presence or status a step was about."""
    rows = store.rows(
        "SELECT CASE log.entity WHEN 'documents' THEN log.row ELSE versions.document END FROM log"
        " LEFT JOIN readings ON log.entity = 'readings' AND readings.pk = log.row"
        " LEFT JOIN versions ON versions.pk ="
        " ifnull(readings.version, json_extract(ifnull(log.after, log.before), '$.version'))"
        " WHERE log.step = ? AND log.entity IN ('documents', 'readings') ORDER BY log.seq",
        (step_pk,),
    )
    return tuple(dict.fromkeys(number for (number,) in rows if number is not None))


def turn_back(store: Store, target: Target, kind: str, document: int | None, layer: int | None, actor: int) -> None:
    """Puts back what the step `target` changed, as a step of `kind` `undo` or `redo`.

    All tables but the log are as they were before that step, ids and times included. Refused, and nothing changed,
    where a row is no longer as the step left it, or a mark would stand twice.
    """
    verb = "undone" if kind == "undo" else "redone"
    documents = [pk for (pk,) in store.rows("SELECT document FROM step_documents WHERE step = ?", (target.pk,))]
    done = lines(store, target.pk)
    is_switch = any(map(_is_switch, done))
    line = None
    try:
        with store.step(target.label, actor, None if documents else document, layer, kind, target.pk) as going_back:
            going_back.documents = documents
            for line in reversed(done):
                if line.entity not in IMAGE or (not is_switch and _is_of_another_text(store, line)):
                    raise _Changed
                try:
                    going_back.turn_back(line.entity, line.row, line.before, line.after)
                except sqlite3.IntegrityError as error:
                    raise _Changed from error
            for line in done:
                if line.entity == "annotations" and store.rows(_WRONG, (line.row, line.row)):
                    raise _Changed
            if is_switch and document is not None and versions.has_outdated_marks(store, document, kind, target.pk):
                raise Refused(
                    f"“{target.label}” cannot be {verb}: marks were made or moved in the article meanwhile."
                    " Take those back first, or update the article with the other text."
                )
    except _Changed as changed:
        where = _title(store, line) if documents and line else ""
        raise Refused(
            f"“{target.label}” cannot be {verb}: {where}what it changed has been changed again since."
            " Change it by hand."
        ) from changed


def switches(store: Store, step_pk: int) -> bool:
    """Whether a step gave an article another text."""
    return any(map(_is_switch, lines(store, step_pk)))


def _is_switch(line: Line) -> bool:
    return line.entity == "documents" and bool(line.before) and "version" in (line.after or {})


def _is_of_another_text(store: Store, line: Line) -> bool:
    """Whether a line moved a mark in a text that the article does not have (any more)."""
    if line.entity != "anchors" or line.before is None or line.after is None:
        return False
    return store.row(_PRESENT, (line.row,)) is None


_PRESENT = (
    "SELECT 1 FROM anchors JOIN annotations ON annotations.pk = anchors.annotation"
    " JOIN documents ON documents.pk = annotations.document AND documents.version = anchors.version"
    " WHERE anchors.pk = ?"
)


class _Changed(Exception):
    """The present is not what the log says that the step left."""


_WRONG = (
    "SELECT 1 FROM annotations AS mine JOIN documents ON documents.pk = mine.document"
    " JOIN anchors AS here ON here.annotation = mine.pk AND here.version = documents.version"
    " JOIN anchors AS there ON there.version = here.version AND there.start = here.start AND there.end = here.end"
    " AND there.fragments = here.fragments AND there.annotation <> mine.pk"
    " JOIN annotations AS other ON other.pk = there.annotation AND other.layer = mine.layer AND other.tag = mine.tag"
    " AND other.deleted_at IS NULL WHERE mine.pk = ? AND mine.deleted_at IS NULL"
    " AND here.status NOT IN ('unsure', 'orphan') AND there.status <> 'unsure' AND there.status <> 'orphan'"
    " UNION ALL SELECT 1 FROM annotations AS mine JOIN documents ON documents.pk = mine.document WHERE mine.pk = ?"
    " AND NOT EXISTS (SELECT 1 FROM anchors WHERE annotation = mine.pk AND version = documents.version) LIMIT 1"
)
"""Whether the same words have the same tag by another mark of the layer (redo may come late in one of its articles),
or a mark has no place in the present text, since it was made in another one.
"""


def _title(store: Store, line: Line) -> str:
    """Which of several articles a line of the log is about."""
    row = store.row(
        "SELECT documents.title FROM log JOIN documents ON documents.pk = json_extract(log.after, '$.document')"
        " WHERE log.entity = 'annotations' AND log.row = ? ORDER BY log.seq LIMIT 1",
        ((line.after or line.before or {}).get("annotation", line.row),),
    )
    return f"in “{row[0]}” " if row else ""


_HISTORY = (
    "SELECT pk, kind, label, undoes FROM steps INDEXED BY steps_done"
    " WHERE document IS ?1 AND actor = ?2 AND pk < ?3 AND kind <> 'record'"
    " AND (?1 IS NOT NULL OR NOT EXISTS (SELECT 1 FROM step_documents WHERE step = steps.pk))"
    " UNION ALL SELECT steps.pk, steps.kind, steps.label, steps.undoes FROM step_documents"
    " CROSS JOIN steps ON steps.pk = step_documents.step WHERE step_documents.document = ?1"
    " AND steps.actor = ?2 AND step_documents.step < ?3"
    f" ORDER BY pk DESC LIMIT {_PAGE}"
)


def _target(store: Store, document: int | None, actor: int, *, targets: tuple[str, ...], skips: str) -> Target | None:
    """Walks back from the newest step; each one that turned another back hides the one that it turned back."""
    hidden: set[int] = set()
    before = 1 << 62
    while True:
        page = store.rows(_HISTORY, (document, actor, before))
        for pk, kind, label, undoes in page:
            if kind == skips:
                hidden.add(undoes)
            elif kind in targets:
                if pk not in hidden:
                    return Target(pk, label)
            elif kind == "do":
                return None
        if len(page) < _PAGE:
            return None
        before = page[-1][0]


def _listed(columns: Mapping[str, object] | tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
