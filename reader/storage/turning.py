"""Going back: which step undo or redo would turn back, and putting its rows back as they were.

Lines of one kind are checked and turned back together, by SQL on the log itself. A row is looked at value by value
where its image is not to the letter what the log says, so that nothing is let through that one line alone would not be.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import Refused
from reader.storage import versions
from reader.storage.steps import AT_ONCE, Changed, Image
from reader.storage.tables import IMAGE

if TYPE_CHECKING:
    from reader.storage.steps import Step
    from reader.storage.store import Store

_PAGE = 200


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


def next_undo(store: Store, document: int | None, actor: int, layer: int | None = None) -> Target | None:
    """What undo would take back: the newest step of this annotator here that is not taken back already.

    `layer`: only what was done in this one, so that a review and one's own marks do not undo each other; what was done
    in none (another text, say) belongs to one's own.
    """
    return _target(store, document, actor, layer, targets=("do", "redo"), skips="undo")


def next_redo(store: Store, document: int | None, actor: int, layer: int | None = None) -> Target | None:
    """What redo would bring back; nothing once something new was done."""
    return _target(store, document, actor, layer, targets=("undo",), skips="redo")


def entities(store: Store, step_pk: int) -> frozenset[str]:
    """The tables that a step changed rows of."""
    return frozenset(entity for (entity,) in store.rows("SELECT DISTINCT entity FROM log WHERE step = ?", (step_pk,)))


def annotations_in(store: Store, step_pk: int, document: int | None, most: int) -> tuple[int, ...]:
    """The numbers of the annotations of a document (none: of no one) that a step was about; of a link, its source.

    The first ones in the order of the log; no more are looked for once there are more than `most`.
    """
    found: dict[int, None] = {}
    after = 0
    while len(found) <= most:
        page = store.rows(_CONCERNED, (step_pk, after, document))
        found.update(dict.fromkeys(pk for _, pk in page))
        if len(page) < _PAGE:
            break
        after = page[-1][0]
    return tuple(found)


_CONCERNED = (
    "WITH concerned AS (SELECT seq, CASE entity WHEN 'annotations' THEN row WHEN 'relations' THEN"
    " ifnull((SELECT source FROM relations WHERE pk = row), json_extract(ifnull(after, before), '$.source'))"
    " ELSE json_extract(ifnull(after, before), '$.annotation') END AS pk"
    " FROM log WHERE step = ? AND seq > ? AND entity IN ('annotations', 'anchors', 'attributes', 'relations'))"
    " SELECT seq, pk FROM concerned"
    " WHERE ifnull((SELECT document FROM annotations WHERE annotations.pk = concerned.pk),"
    " (SELECT json_extract(ifnull(after, before), '$.document') FROM log WHERE entity = 'annotations'"
    f" AND row = concerned.pk ORDER BY log.seq LIMIT 1)) = ? ORDER BY seq LIMIT {_PAGE}"
)


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
    is_switch = switches(store, target.pk)
    try:
        with store.step(target.label, actor, None if documents else document, layer, kind, target.pk) as going_back:
            going_back.documents = documents
            for run in _runs(store, target.pk):
                _turn(store, going_back, run, is_switch=is_switch)
            for (row,) in store.rows(_WRONG, (target.pk, target.pk)):
                raise _Stopped(Line("annotations", row, None, None))
            if is_switch and document is not None and versions.has_outdated_marks(store, document, kind, target.pk):
                raise Refused(
                    f"“{target.label}” cannot be {verb}: marks were made or moved in the article meanwhile."
                    " Take those back first, or update the article with the other text."
                )
    except _Stopped as stopped:
        where = _title(store, stopped.line) if documents else ""
        raise Refused(
            f"“{target.label}” cannot be {verb}: {where}what it changed has been changed again since."
            " Change it by hand."
        ) from stopped


class _Stopped(Exception):
    """A line of the log that cannot be turned back."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line


class _Run(NamedTuple):
    """Lines of a step, one behind the other, about one table: all rows that came, or went, or changed."""

    step: int
    entity: str
    came: bool
    went: bool
    first: int
    last: int
    """By `seq`."""

    @property
    def lines(self) -> tuple[str, tuple[int, int, int]]:
        """Which lines of the log they are, in SQL, and its values."""
        return "log.step = ? AND log.seq BETWEEN ? AND ?", (self.step, self.first, self.last)


def _runs(store: Store, step_pk: int) -> Iterator[_Run]:
    """What a step did, from its last line to the first."""
    rows = store.rows(
        "SELECT entity, before IS NULL, after IS NULL, seq FROM log WHERE step = ? ORDER BY seq DESC", (step_pk,)
    )
    for (entity, came, went), some in groupby(rows, key=lambda row: row[:3]):
        seqs = [row[3] for row in some]
        yield _Run(step_pk, entity, bool(came), bool(went), seqs[-1], seqs[0])


def _turn(store: Store, going_back: Step, run: _Run, *, is_switch: bool) -> None:
    """Turns the lines of a run back; whole rows together, since there may be 100,000 of them."""
    if run.entity not in IMAGE:
        raise _Stopped(next(_lines(store, run)))
    if run.came:
        _take_away(store, going_back, run)
    elif run.went:
        _bring_back(store, going_back, run)
    else:
        _one_by_one(store, going_back, run, is_switch=is_switch)


def _take_away(store: Store, going_back: Step, run: _Run) -> None:
    """Rows that came go again; those that are not to the letter what the log says are compared value by value."""
    lines, values = run.lines
    image = ", ".join(f"'{name}', here.\"{name}\"" for name in IMAGE[run.entity][1:])
    others = store.rows(
        f"SELECT log.seq FROM log LEFT JOIN {run.entity} AS here ON here.pk = log.row"
        f" WHERE {lines} AND (here.pk IS NULL OR json_object({image}) <> log.after) ORDER BY log.seq DESC",
        values,
    )
    last = run.last
    for (seq,) in others:
        _take_all(store, going_back, run._replace(first=seq + 1, last=last))
        _one_by_one(store, going_back, run._replace(first=seq, last=seq))
        last = seq - 1
    _take_all(store, going_back, run._replace(last=last))


def _take_all(store: Store, going_back: Step, run: _Run) -> None:
    try:
        if run.first <= run.last:
            going_back.take_all(run.entity, run.step, run.first, run.last)
    except sqlite3.IntegrityError:
        # Something else holds on to one of the rows: which?
        _one_by_one(store, going_back, run)
        raise


def _bring_back(store: Store, going_back: Step, run: _Run) -> None:
    """Rows that went come again."""
    lines, values = run.lines
    for (seq,) in store.rows(
        f"SELECT log.seq FROM log JOIN {run.entity} AS here ON here.pk = log.row WHERE {lines} LIMIT 1", values
    ):
        raise _Stopped(next(_lines(store, run._replace(first=seq, last=seq))))
    columns = set(IMAGE[run.entity][1:])
    last = run.last
    while page := store.rows(
        "SELECT seq, row, before FROM log WHERE step = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?",
        (run.step, run.first, last, AT_ONCE),
    ):
        rows = [(row, json.loads(before), before) for _, row, before in page]
        lines_of_page = run._replace(first=page[-1][0], last=last)
        if all(image.keys() == columns for _, image, _ in rows):
            try:
                going_back.put_all(run.entity, rows)
            except sqlite3.IntegrityError:
                # Something else has taken the place of one of the rows: of which?
                _one_by_one(store, going_back, lines_of_page)
                raise
        else:
            # From before the table had all its columns: the others get what new rows have there.
            _one_by_one(store, going_back, lines_of_page)
        last = page[-1][0] - 1


def _one_by_one(store: Store, going_back: Step, run: _Run, *, is_switch: bool = False) -> None:
    for line in _lines(store, run):
        if not is_switch and _is_of_another_text(store, line):
            raise _Stopped(line)
        try:
            going_back.turn_back(*line)
        except (Changed, sqlite3.IntegrityError) as problem:
            raise _Stopped(line) from problem


def _lines(store: Store, run: _Run) -> Iterator[Line]:
    """The lines of a run, from the last to the first; none of them is kept."""
    last = run.last
    while page := store.rows(
        "SELECT seq, entity, row, before, after FROM log WHERE step = ? AND seq BETWEEN ? AND ?"
        f" ORDER BY seq DESC LIMIT {_PAGE}",
        (run.step, run.first, last),
    ):
        for seq, entity, row, before, after in page:
            last = seq - 1
            yield Line(entity, row, json.loads(before) if before else None, json.loads(after) if after else None)


def switches(store: Store, step_pk: int) -> bool:
    """Whether a step gave an article another text."""
    return (
        store.row(
            "SELECT 1 FROM log WHERE step = ? AND entity = 'documents' AND before IS NOT NULL"
            " AND json_type(after, '$.version') IS NOT NULL LIMIT 1",
            (step_pk,),
        )
        is not None
    )


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


_OF_STEP = "mine.pk IN (SELECT row FROM log WHERE step = ? AND entity = 'annotations')"
_WRONG = (
    "SELECT mine.pk FROM annotations AS mine JOIN documents ON documents.pk = mine.document"
    " JOIN anchors AS here ON here.annotation = mine.pk AND here.version = documents.version"
    " JOIN anchors AS there ON there.version = here.version AND there.start = here.start AND there.end = here.end"
    " AND there.fragments = here.fragments AND there.annotation <> mine.pk"
    " JOIN annotations AS other ON other.pk = there.annotation AND other.layer = mine.layer AND other.tag = mine.tag"
    " AND other.deleted_at IS NULL"
    f" WHERE {_OF_STEP} AND mine.deleted_at IS NULL"
    " AND here.status NOT IN ('unsure', 'orphan') AND there.status <> 'unsure' AND there.status <> 'orphan'"
    " UNION ALL SELECT mine.pk FROM annotations AS mine JOIN documents ON documents.pk = mine.document"
    f" WHERE {_OF_STEP} AND NOT EXISTS"
    " (SELECT 1 FROM anchors WHERE annotation = mine.pk AND version = documents.version) LIMIT 1"
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


_IN_LAYER = (
    "(?4 IS NULL OR layer = ?4 OR layer IS NULL AND (SELECT layers.purpose FROM layers WHERE layers.pk = ?4) = 'own')"
)
_HISTORY = (
    "SELECT pk, kind, label, undoes FROM steps INDEXED BY steps_done"
    f" WHERE document IS ?1 AND actor = ?2 AND pk < ?3 AND kind <> 'record' AND {_IN_LAYER}"
    " AND (?1 IS NOT NULL OR NOT EXISTS (SELECT 1 FROM step_documents WHERE step = steps.pk))"
    " UNION ALL SELECT steps.pk, steps.kind, steps.label, steps.undoes FROM step_documents"
    " CROSS JOIN steps ON steps.pk = step_documents.step WHERE step_documents.document = ?1"
    f" AND steps.actor = ?2 AND step_documents.step < ?3 AND {_IN_LAYER}"
    f" ORDER BY pk DESC LIMIT {_PAGE}"
)


def _target(
    store: Store, document: int | None, actor: int, layer: int | None, *, targets: tuple[str, ...], skips: str
) -> Target | None:
    """Walks back from the newest step; each one that turned another back hides the one that it turned back."""
    hidden: set[int] = set()
    before = 1 << 62
    while True:
        page = store.rows(_HISTORY, (document, actor, before, layer))
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
