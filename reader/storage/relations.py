"""Relations between marks: rows of their own, in the layer of both marks.

Taking a mark away touches none of its relations: they are there while both of its marks stand in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.annotations.relation import Bond, Relation
from reader.errors import Refused
from reader.storage import annotations as stored
from reader.storage import documents

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.storage.annotators import Annotator
    from reader.storage.steps import Step
    from reader.storage.store import Store

_AT_ONCE = 250
"""Marks asked about in one statement, each of them twice."""


def add(store: Store, actor: Annotator, source_id: str, target_id: str, bond: Bond) -> str:
    """Relates two of the actor's marks in one article; the relation's id. How two belong together may change.

    Refused: a mark with itself or with one of another article, or two that are related so, or the other way round.
    """
    with _relating(store, actor, source_id, target_id) as (step, source, target):
        if _between(store, target, source) is not None:
            raise Refused("These two marks are linked the other way round: take that link away first.")
        step.label = f"{bond} linked"
        known = _between(store, source, target)
        if known is None:
            id_ = store.new_id()
            row = {"id": id_, "layer": actor.layer_pk, "kind": bond, "source": source.pk, "target": target.pk}
            step.insert("relations", {**row, "created_at": store.time(), "deleted_at": None})
            return id_
        pk, id_, kind = known
        if kind == bond:
            raise Refused("These two marks are linked like that already: link others, or take this link away.")
        step.update("relations", pk, {"kind": bond})
        return id_


def remove(store: Store, actor: Annotator, source_id: str, target_id: str) -> None:
    """Takes the relation of two marks away, whichever of them belongs to the other; Refused where there is none."""
    with _relating(store, actor, source_id, target_id) as (step, source, target):
        known = _between(store, source, target) or _between(store, target, source)
        if known is None:
            raise Refused("These two marks are not linked: there is no link to take away.")
        step.label = f"{known[2]} unlinked"
        step.update("relations", known[0], {"deleted_at": store.time()})


def of(store: Store, pks: Sequence[int]) -> dict[int, list[Relation]]:
    """The relations of those of the marks with these numbers that have any, of each first what it belongs to."""
    rows: list[tuple[int, str, str, bool, int]] = []
    for first in range(0, len(pks), _AT_ONCE):
        some = pks[first : first + _AT_ONCE]
        places = ", ".join("?" * len(some))
        rows += (
            (pk, id_, kind, bool(is_source), end)
            for pk, id_, kind, is_source, end in store.rows(
                f"SELECT source, id, kind, 1, target FROM relations WHERE source IN ({places}) AND deleted_at IS NULL"
                " UNION ALL SELECT target, id, kind, 0, source FROM relations"
                f" WHERE target IN ({places}) AND deleted_at IS NULL",
                (*some, *some),
            )
        )
    if not rows:
        return {}
    # Of those ends that are removed, or have no place in the present text, there is nothing to show.
    ends = {mark.pk: mark for mark in stored.by_pk(store, list({row[4] for row in rows}))}
    found: dict[int, list[Relation]] = {}
    for pk, id_, kind, is_source, end in sorted(rows, key=lambda row: (not row[3], row[1])):
        if end in ends:
            found.setdefault(pk, []).append(Relation(id_, _bond(kind), is_source, ends[end]))
    return found


def targets(store: Store, pks: Sequence[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """What those of the marks with these numbers (a few hundred at most) belong to: kind and the other mark's id."""
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for source, kind, id_ in store.rows(
        "SELECT relations.source, relations.kind, annotations.id FROM relations"
        " JOIN annotations ON annotations.pk = relations.target AND annotations.deleted_at IS NULL"
        " JOIN documents ON documents.pk = annotations.document"
        " JOIN anchors ON anchors.annotation = annotations.pk AND anchors.version = documents.version"
        " AND anchors.status <> 'orphan'"
        f" WHERE relations.source IN ({', '.join('?' * len(pks))}) AND relations.deleted_at IS NULL"
        " ORDER BY relations.id",
        pks,
    ):
        found[source] = (*found.get(source, ()), (_bond(kind).value, id_))
    return found


@contextmanager
def _relating(
    store: Store, actor: Annotator, source_id: str, target_id: str
) -> Iterator[tuple[Step, Annotation, Annotation]]:
    with store.step("", actor.pk, layer=actor.layer_pk) as step:
        source = stored.own(store, actor, source_id)
        target = stored.own(store, actor, target_id)
        if source.pk == target.pk:
            raise Refused("That is the same mark: go to the one that it belongs to.")
        if source.document != target.document:
            raise Refused("The two marks are in different articles: only marks of one article can be linked.")
        step.document = documents.place(store, source.document).document
        yield step, source, target


def _between(store: Store, source: Annotation, target: Annotation) -> tuple[int, str, str] | None:
    """Number, id and kind of the relation from one mark to the other."""
    row = store.row(
        "SELECT pk, id, kind FROM relations WHERE source = ? AND target = ? AND deleted_at IS NULL",
        (source.pk, target.pk),
    )
    return None if row is None else (int(row[0]), str(row[1]), str(row[2]))


def _bond(kind: str) -> Bond:
    """A database that somebody else wrote to may hold any word."""
    return Bond(kind) if kind in set(Bond) else Bond.OTHER
